package oatutor

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"kith/internal/fault"
	"kith/internal/interop/bank"
)

// zipped packs files, by their names in the archive.
func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, at := range files {
		b := []byte("{}")
		if at != "" {
			var err error
			if b, err = os.ReadFile(filepath.Join("testdata", at)); err != nil {
				t.Fatal(err)
			}
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFrom_ReadsACourseInAnArchiveAsInItsFolder(t *testing.T) {
	files, err := Load("testdata/sheep.jsonl", "testdata")
	if err != nil {
		t.Fatal(err)
	}
	want, err := Read(files, nil)
	if err != nil {
		t.Fatal(err)
	}
	whole := map[string]string{"pool/sheep.jsonl": "sheep.jsonl", "pool/coursePlans.json": "coursePlans.json", "books/sections.json": "sections.json", "books/prerequisites.csv": "prerequisites.csv"}
	got, err := Zipped(zipped(t, whole), bank.Options{File: "sheep.zip"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Source != want.Source || len(got.Items) != len(want.Items) || len(got.Course.Edges) != len(want.Course.Edges) || len(got.Skipped) != len(want.Skipped) {
		t.Errorf("%s: %d items, %d edges, %d left out; in its folder %s: %d, %d, %d", got.Source, len(got.Items), len(got.Course.Edges), len(got.Skipped),
			want.Source, len(want.Items), len(want.Course.Edges), len(want.Skipped))
	}
	// Without the book the course stands by its plan alone.
	alone, err := Zipped(zipped(t, map[string]string{"sheep.jsonl": "sheep.jsonl", "coursePlans.json": "coursePlans.json"}), bank.Options{File: "sheep.zip"})
	if err != nil || len(alone.Items) == 0 || len(alone.Course.Edges) != 0 {
		t.Errorf("%v: %d items, %d edges", err, len(alone.Items), len(alone.Course.Edges))
	}
	for code, files := range map[string]map[string]string{
		"fault.import.oatutor.lacks":   {"sheep.jsonl": "sheep.jsonl"},
		"fault.import.oatutor.several": {"sheep.jsonl": "sheep.jsonl", "goat.jsonl.gz": "", "coursePlans.json": "coursePlans.json"},
		"fault.import.archive":         {"../sheep.jsonl": "sheep.jsonl", "coursePlans.json": "coursePlans.json"},
	} {
		if _, err := Zipped(zipped(t, files), bank.Options{File: "sheep.zip"}); fault.Said(err).Code != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
	if !Holds([]string{"a/sheep.jsonl.gz", "a/coursePlans.json"}) || Holds([]string{"sheep.jsonl"}) {
		t.Error("an archive is told by what it holds")
	}
}

func TestRead_ACourseWithoutSectionNumbersHasThoseOfItsPlan(t *testing.T) {
	p := coursePlan{Lessons: []lesson{{ID: "a", Name: "Lesson A1.1.1", Topics: "Algebra Defined"}, {ID: "b", Name: "Lesson A1.1.2", Topics: "Rules"},
		{ID: "c", Name: "Lesson A1.2.1", Topics: "Solving"}, {ID: "d", Name: "Lesson TEST"}}}
	o := outline{}
	got := o.number(p, "OATutor.io")
	if want := [4]string{"1.1", "1.2", "2.1", "3.1"}; [4]string(got) != want {
		t.Errorf("%v", got)
	}
	if o.chapters[1] != "A1.1 Algebra Defined" || o.chapters[2] != "A1.2 Solving" || o.chapters[3] != "TEST" {
		t.Errorf("%v", o.chapters)
	}
}

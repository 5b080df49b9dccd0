package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/pgtest"

	"github.com/google/uuid"
)

var update = flag.Bool("update", false, "write the golden reports anew")

// emptySchool is a data folder with a school in which there is a class 7B and nobody.
func emptySchool(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	withSchool(t, dir, func(f *flow.Flow, _ roster.SchoolID) { openSchool(t, f, "school", "7B") })
	return dir
}

// imported runs the command as a person would, and gives what it wrote.
func imported(t *testing.T, c importCmd) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := c.run(t.Context(), &out, io.Discard)
	return out.String(), err
}

func TestImport_ReportsAsProgramsReadIt(t *testing.T) {
	sources := "../../internal/interop/"
	dir := emptySchool(t)
	for _, kind := range []struct{ kind, path, class string }{
		{"standards", sources + "standards/testdata", ""},
		{"people", sources + "people/testdata/people.csv", "7B"},
		{"oatutor", sources + "oatutor/testdata/sheep.jsonl", ""},
		{"gift", sources + "gift/testdata/bakery.gift", ""},
	} {
		c := importCmd{where: where{Data: dir}, Kind: kind.kind, Path: kind.path, Class: kind.class, OpenStax: sources + "oatutor/testdata", JSON: true}
		dry := c
		dry.DryRun = true
		foretold, err := imported(t, dry)
		if err != nil {
			t.Fatal(err)
		}
		first, err := imported(t, c)
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.Replace(foretold, `"dry_run": true`, `"dry_run": false`, 1); first != want {
			t.Errorf("%s: the dry run foretold\n%s\nbut it became\n%s", kind.kind, foretold, first)
		}
		golden := "testdata/import-" + kind.kind + ".json"
		if *update {
			if err := os.WriteFile(golden, []byte(first), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || first != string(want) {
			t.Errorf("%s is not %s (go test ./cmd/kith -run Import -update writes it anew): %v\n%s", kind.kind, golden, err, first)
		}
		again, err := imported(t, c)
		if err != nil || !strings.Contains(again, `"taken": 0,`) || !strings.Contains(again, `"changed": 0,`) || strings.Contains(again, `"unchanged": 0,`) {
			t.Errorf("%s again: %v\n%.400s", kind.kind, err, again)
		}
		c.JSON = false
		table, err := imported(t, c)
		if err != nil || !strings.Contains(table, "Nothing changed.") || strings.Contains(table, "import.") {
			t.Errorf("%s as a table: %v\n%s", kind.kind, err, table)
		}
	}
}

func TestImport_SaysTheSameOnPostgreSQL(t *testing.T) {
	where := where{Data: t.TempDir(), DB: pgtest.Start(t)}
	s, err := store.Open(t.Context(), store.Config{Dir: where.Data, URL: where.DB})
	if err != nil {
		t.Fatal(err)
	}
	openSchool(t, flow.New(s), "school", "7B")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	sources := "../../internal/interop/"
	for kind, path := range map[string]string{"standards": "standards/testdata", "people": "people/testdata/people.csv", "oatutor": "oatutor/testdata/sheep.jsonl",
		"gift": "gift/testdata/bakery.gift"} {
		c := importCmd{where: where, Kind: kind, Path: sources + path, OpenStax: sources + "oatutor/testdata", JSON: true}
		if kind == "people" {
			c.Class = "7B"
		}
		want, err := os.ReadFile("testdata/import-" + kind + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := imported(t, c); err != nil || got != string(want) {
			t.Errorf("%s: %v\n%s", kind, err, got)
		}
		if again, err := imported(t, c); err != nil || !strings.Contains(again, `"taken": 0,`) || !strings.Contains(again, `"changed": 0,`) {
			t.Errorf("%s again: %v\n%.400s", kind, err, again)
		}
	}
}

func TestImport_RefusesInWordsAndWritesNothing(t *testing.T) {
	dir := emptySchool(t)
	cut := filepath.Join(t.TempDir(), "standards.json")
	if err := os.WriteFile(cut, []byte("[\n{\"code\":\"a\",\"te"), 0o600); err != nil {
		t.Fatal(err)
	}
	none := t.TempDir()
	for _, c := range []struct {
		c    importCmd
		code string
	}{
		{importCmd{where: where{Data: dir}, Kind: "weather", Path: cut}, "fault.import.kind"},
		{importCmd{where: where{Data: none}, Kind: "standards", Path: cut}, "fault.import.no_school"},
		{importCmd{where: where{Data: dir}, Kind: "standards", Path: cut, School: "other"}, "fault.import.school"},
		{importCmd{where: where{Data: dir}, Kind: "standards", Path: cut}, "fault.import.json"},
		{importCmd{where: where{Data: dir}, Kind: "oatutor", Path: cut}, "fault.import.file"},
		{importCmd{where: where{Data: dir}, Kind: "people", Path: "../../internal/interop/people/testdata/people.csv", Class: "9Z"}, "fault.import.class"},
	} {
		out, err := imported(t, c.c)
		if fault.Said(err).Code != c.code || out != "" {
			t.Errorf("%s %s: %v, want %s; wrote %q", c.c.Kind, c.c.Path, err, c.code, out)
		}
		if err != nil && strings.HasPrefix(inWords(err), "fault.") {
			t.Errorf("%s has no words: %s", c.code, inWords(err))
		}
	}
	if left, err := os.ReadDir(none); err != nil || len(left) > 0 {
		t.Errorf("a folder without a school now holds %v, %v", left, err)
	}
	withSchool(t, dir, func(f *flow.Flow, school roster.SchoolID) {
		people, err := door.People(t.Context(), f, school)
		if err != nil || len(people) > 0 {
			t.Errorf("after refusals there are %v, %v", people, err)
		}
	})
}

func TestImport_AsksWhichSchool(t *testing.T) {
	dir := emptySchool(t)
	withSchool(t, dir, func(f *flow.Flow, _ roster.SchoolID) { openSchool(t, f, "second", "8A") })
	c := importCmd{where: where{Data: dir}, Kind: "standards", Path: "../../internal/interop/standards/testdata"}
	if _, err := imported(t, c); fault.Said(err).Code != "fault.import.which_school" {
		t.Errorf("without --school: %v", err)
	}
	c.School = "second"
	if _, err := imported(t, c); err != nil {
		t.Errorf("with --school: %v", err)
	}
}

// withSchool opens a data folder; school is its first.
func withSchool(t *testing.T, dir string, body func(f *flow.Flow, school roster.SchoolID)) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f := flow.New(s)
	schools, err := door.Schools(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	var first roster.SchoolID
	if len(schools) > 0 {
		first = schools[0].ID
	}
	body(f, first)
}

// openSchool makes a school with one class and nobody in it.
func openSchool(t *testing.T, f *flow.Flow, code, class string) {
	t.Helper()
	id := func() string { return uuid.Must(uuid.NewV7()).String() }
	in := door.SetUpIn{Op: flow.Op{Op: id()}, Code: code, Name: "School", Zone: "Europe/London", Locale: "en", BeganOn: "2026-09-01", BeganMs: 1,
		Classes: []door.SetUpClass{{Class: roster.Class{ID: roster.ClassID(id()), Name: class, Code: code}}}}
	if _, err := flow.Run(t.Context(), f, door.SetUp, access.Actor{School: roster.SchoolID(id()), System: true}, in); err != nil {
		t.Fatal(err)
	}
}

// A data folder has one writer: an import beside a running school says so, and what to do instead.
func TestImport_WhileTheSchoolRunsSaysAPlainSentence(t *testing.T) {
	dir := emptySchool(t)
	withSchool(t, dir, func(*flow.Flow, roster.SchoolID) {
		_, err := imported(t, importCmd{where: where{Data: dir}, Kind: "people", Path: "../../internal/interop/people/testdata/people.csv", Class: "7B"})
		if !fault.Is(err, fault.Conflict) {
			t.Fatalf("%v", err)
		}
		words, loadErr := catalogue()
		if loadErr != nil {
			t.Fatal(loadErr)
		}
		said := words.Say("en", fault.Said(err))
		for _, want := range []string{dir, "Nothing was imported", "Stop Kith", "the page “Bring items in”"} {
			if !strings.Contains(said, want) {
				t.Errorf("%q does not say %q", said, want)
			}
		}
	})
}

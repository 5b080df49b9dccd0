package standards

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/flow/intake"
)

func TestRead_TakesStandardsAndEdgesAndNamesWhatItLeaves(t *testing.T) {
	for _, path := range []string{"testdata", "testdata/standards.json"} {
		f, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		if f.Code != "ccss-math" || !strings.Contains(f.Notice, "National Governors Association") || !strings.Contains(f.Notice, "All rights reserved") {
			t.Errorf("framework %q with the notice %q", f.Code, f.Notice)
		}
		want := intake.Standard{Code: "6.XY.A.1", SchoolYear: "6", Domain: "Made up for tests", Text: "Count sheep that are ≠ goats."}
		if len(f.Standards) != 3 || f.Standards[0] != want {
			t.Errorf("standards: %+v", f.Standards)
		}
		edges := []intake.StandardEdge{{From: "6.XY.A.1", To: "6.XY.A.2", Kind: "prerequisite"}, {From: "6.XY.A.2", To: "7.XY.A.1", Kind: "prerequisite"}, {From: "6.XY.A.1", To: "7.XY.A.1", Kind: "related"}}
		if !slices.Equal(f.Edges, edges) {
			t.Errorf("edges: %v", f.Edges)
		}
		var why []string
		for _, s := range f.Skipped {
			why = append(why, s.ID+": "+s.Reason.Code)
		}
		if got, want := strings.Join(why, "; "), "6.XY.A.1 → 9.XY.A.1: import.standards.unknown; 6.XY.A.1 → 6.XY.A.2: import.twice; 6.XY.A.1 → 6.XY.A.2: import.standards.kind"; got != want {
			t.Errorf("skipped %s", got)
		}
	}
}

func TestRead_RefusesByFileAndLine(t *testing.T) {
	good := `[{"code":"a","text":"A"},{"code":"b","text":"B"}]`
	for _, c := range []struct{ what, standards, edges, code, where string }{
		{"cut off", "[\n{\"code\":\"a\",\"text\":\"A\"},\n{\"code\":\"b\",\"te", "", "fault.import.json", "3"},
		{"no list", `{"code":"a"}`, "", "fault.import.json", "1"},
		{"none", `[]`, "", "fault.import.empty", ""},
		{"no code", `[{"text":"A"}]`, "", "fault.import.entry", "1"},
		{"no text", `[{"code":"a","text":" "}]`, "", "fault.import.entry", "1"},
		{"a code twice", `[{"code":"a","text":"A"},{"code":"a","text":"B"}]`, "", "fault.import.twice", ""},
		{"another header", good, "a,b,kind\n", "fault.import.header", ""},
		{"no header", good, "", "fault.import.header", ""},
		{"a cell too many", good, "from,to,kind\na,b,related\na,b,related,x\n", "fault.import.csv", "3"},
		{"a quote left open", good, "from,to,kind\n\"a,b,related\n", "fault.import.csv", "2"},
		{"UTF-16", good, "\xFF\xFEf\x00", "fault.import.utf16", ""},
		{"a NUL", good, "from,to,kind\na,\x00b,related\n", "fault.import.nul", "2"},
	} {
		dir := t.TempDir()
		for name, text := range map[string]string{"standards.json": c.standards, "edges.csv": c.edges} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, err := Read(dir)
		var f *fault.Error
		if !errors.As(err, &f) || f.Say.Code != c.code {
			t.Errorf("%s: got %v, want %s", c.what, err, c.code)
			continue
		}
		if line, ok := f.Say.Args["line"]; ok && c.where != "" && line != int(c.where[0]-'0') {
			t.Errorf("%s: line %v, want %s", c.what, line, c.where)
		}
	}
	if _, err := Read(t.TempDir()); fault.Said(err).Code != "fault.import.file" {
		t.Errorf("an empty folder: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	standards, _ := os.ReadFile("testdata/standards.json")
	edges, _ := os.ReadFile("testdata/edges.csv")
	f.Add(standards, edges)
	f.Fuzz(func(t *testing.T, standards, edges []byte) {
		got, err := ReadStandards("s.json", standards)
		if err != nil {
			return
		}
		if err := ReadEdges(&got, "e.csv", edges); err == nil && len(got.Edges)+len(got.Skipped) > len(edges) {
			t.Errorf("%d edges from %d bytes", len(got.Edges), len(edges))
		}
	})
}

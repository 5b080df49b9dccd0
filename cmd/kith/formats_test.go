package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith/internal/fault"
)

// fixtures are our own files, one a format that can be read.
var fixtures = map[string]string{
	"gift":   "gift/testdata/bakery.gift",
	"moodle": "moodlexml/testdata/garden.xml",
}

// written runs an export as a person would, and gives the report and the file.
func written(t *testing.T, c exportCmd) (report, file string) {
	t.Helper()
	var out bytes.Buffer
	if c.Out == "" {
		c.Out = filepath.Join(t.TempDir(), "out."+c.Kind)
	}
	if err := c.run(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String(), c.Out
}

func nothingNew(report string) bool {
	return strings.Contains(report, `"taken": 0,`) && strings.Contains(report, `"changed": 0,`) && !strings.Contains(report, `"unchanged": 0,`)
}

// What was imported, written and imported again changes nothing, whatever the file is called by then; and another school that
// imports it has a course that is written the same.
func TestExport_ThenImportChangesNothing(t *testing.T) {
	for kind, path := range fixtures {
		if formats[kind].write == nil {
			continue
		}
		dir := emptySchool(t)
		if _, err := imported(t, importCmd{where: where{Data: dir}, Kind: kind, Path: "../../internal/interop/" + path, JSON: true, Licence: "CC BY 4.0", Authors: "A. Baker"}); err != nil {
			t.Fatal(kind, err)
		}
		report, file := written(t, exportCmd{where: where{Data: dir}, Kind: kind, JSON: true})
		if !strings.Contains(report, `"skipped": 0`) || strings.Contains(report, "doubts") {
			t.Errorf("%s: %s", kind, report)
		}
		again, err := imported(t, importCmd{where: where{Data: dir}, Kind: kind, Path: file, JSON: true})
		if err != nil || !nothingNew(again) {
			t.Errorf("%s again: %v\n%s", kind, err, again)
		}
		other := emptySchool(t)
		if _, err := imported(t, importCmd{where: where{Data: other}, Kind: kind, Path: file, JSON: true}); err != nil {
			t.Fatal(kind, err)
		}
		_, second := written(t, exportCmd{where: where{Data: other}, Kind: kind})
		a, _ := os.ReadFile(file)
		b, _ := os.ReadFile(second)
		if len(a) == 0 || !bytes.Equal(a, b) {
			t.Errorf("%s in another school\n%s\nwas\n%s", kind, b, a)
		}
	}
}

// A unit is written alone, and importing it takes nothing out of the course around it.
func TestExport_AUnitAloneChangesNothingEither(t *testing.T) {
	dir := emptySchool(t)
	two := filepath.Join(t.TempDir(), "two.gift")
	if err := os.WriteFile(two, []byte("$CATEGORY: A/a\n\n::one::q {#1}\n\n$CATEGORY: B/b\n\n::two::q {#2}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := imported(t, importCmd{where: where{Data: dir}, Kind: "gift", Path: two}); err != nil {
		t.Fatal(err)
	}
	_, file := written(t, exportCmd{where: where{Data: dir}, Kind: "gift", Unit: "B"})
	body, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(body), "::two::") || strings.Contains(string(body), "::one::") {
		t.Fatalf("%v\n%s", err, body)
	}
	again, err := imported(t, importCmd{where: where{Data: dir}, Kind: "gift", Path: file, JSON: true})
	if err != nil || !nothingNew(again) {
		t.Errorf("%v\n%s", err, again)
	}
	_, whole := written(t, exportCmd{where: where{Data: dir}, Kind: "gift"})
	if body, err := os.ReadFile(whole); err != nil || !strings.Contains(string(body), "::one::") {
		t.Errorf("%v\n%s", err, body)
	}
}

func TestExport_RefusesInWordsAndWritesNothing(t *testing.T) {
	dir := emptySchool(t)
	out := filepath.Join(t.TempDir(), "out")
	for _, c := range []struct {
		c    exportCmd
		code string
	}{
		{exportCmd{where: where{Data: dir}, Kind: "weather", Out: out}, "fault.export.kind"},
		{exportCmd{where: where{Data: t.TempDir()}, Kind: "gift", Out: out}, "fault.import.no_school"},
		{exportCmd{where: where{Data: dir}, Kind: "gift", Out: out, Course: "none"}, "fault.export.none"},
		{exportCmd{where: where{Data: dir}, Kind: "gift", Out: out, Unit: "none"}, "fault.export.none"},
	} {
		err := c.c.run(t.Context(), &bytes.Buffer{})
		if fault.Said(err).Code != c.code || strings.HasPrefix(inWords(err), "fault.") {
			t.Errorf("%s: %v, want %s", c.c.Kind, err, c.code)
		}
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a file was written")
	}
	if err := writeWhole(filepath.Join(dir, "no", "where"), nil); fault.Said(err).Code != "fault.export.file" {
		t.Errorf("into nowhere: %v", err)
	}
}

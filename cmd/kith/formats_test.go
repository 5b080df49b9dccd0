package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/export"
	"kith/internal/interop/formats"
	"kith/internal/roster"
	"kith/internal/sample"
	"kith/internal/store"
	"kith/internal/store/pgtest"
)

// fixtures are our own files, one a format that can be read.
var fixtures = map[string]string{
	"gift":     "gift/testdata/bakery.gift",
	"moodle":   "moodlexml/testdata/garden.xml",
	"qti":      "qti/testdata/orchard.zip",
	"csv":      "itemcsv/testdata/kitchen.csv",
	"markdown": "itemmd/testdata/kitchen.md",
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
		if f, _ := formats.Find(kind); !f.Writes() {
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

// Every item of the course that comes along, in every format: what a format carries comes back to the same item of the same
// course, and what it does not is named.
func TestExport_OfWhatComesAlongChangesNothing(t *testing.T) {
	dir := t.TempDir()
	all := 0
	withSchool(t, dir, func(f *flow.Flow, school roster.SchoolID) {
		openSchool(t, f, "school", "7B")
		schools, err := door.Schools(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sample.BringCourse(t.Context(), f, schools[0].ID); err != nil {
			t.Fatal(err)
		}
		b, err := export.Course(t.Context(), f, schools[0].ID, "", export.Ask{})
		if err != nil {
			t.Fatal(err)
		}
		all = len(b.Items)
	})
	for _, format := range formats.All {
		if !format.Writes() {
			continue
		}
		report, file := written(t, exportCmd{where: where{Data: dir}, Kind: format.Kind, JSON: true})
		var said reported
		if err := json.Unmarshal([]byte(report), &said); err != nil {
			t.Fatal(err)
		}
		items := 0
		for _, r := range said.Records {
			if r.File == "item" {
				items++
			}
			if r.Outcome == "skipped" && r.Reason == "" {
				t.Errorf("%s: %s is left out without a word", format.Kind, r.ID)
			}
		}
		if items != all {
			t.Errorf("%s: %d of %d items are spoken of", format.Kind, items, all)
		}
		t.Logf("%s: %d written, %d left out, %d without a part", format.Kind, said.Counts.Taken, said.Counts.Skipped, len(said.Doubts))
		if said.Counts.Taken == 0 { // its numbers and figures are all drawn
			continue
		}
		again, err := imported(t, importCmd{where: where{Data: dir}, Kind: format.Kind, Path: file, JSON: true})
		if err != nil || !nothingNew(again) {
			t.Errorf("%s again: %v\n%s", format.Kind, err, again)
		}
	}
}

// A file goes into a course that is there when that is asked for: its folders are the skills of their names.
func TestImport_IntoACourseTakesItsSkillsByName(t *testing.T) {
	dir := emptySchool(t)
	write := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	one := write("one.gift", "$CATEGORY: A/a\n\n::one::q {#1}\n\n$CATEGORY: B/b\n\n::two::q {#2}\n")
	if _, err := imported(t, importCmd{where: where{Data: dir}, Kind: "gift", Path: one}); err != nil {
		t.Fatal(err)
	}
	more := write("more.md", "# b\n\n## three\n\nq\n\n= 3\n\n# B / c\n\n## four\n\nq\n\n= 4\n")
	into := importCmd{where: where{Data: dir}, Kind: "markdown", Path: more, Course: "one", JSON: true}
	report, err := imported(t, into)
	if err != nil || !strings.Contains(report, `"taken": 3,`) || !strings.Contains(report, `"changed": 2,`) { // two items and a skill; the course and unit B
		t.Fatalf("%v\n%s", err, report)
	}
	if again, err := imported(t, into); err != nil || !nothingNew(again) {
		t.Errorf("%v\n%s", err, again)
	}
	_, file := written(t, exportCmd{where: where{Data: dir}, Kind: "csv", Course: "one"})
	body, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(body), "B/b,three") || !strings.Contains(string(body), "B/c,four") {
		t.Errorf("%v\n%s", err, body)
	}
	if again, err := imported(t, importCmd{where: where{Data: dir}, Kind: "csv", Path: file, JSON: true}); err != nil || !nothingNew(again) {
		t.Errorf("%v\n%s", err, again)
	}
	if _, err := imported(t, importCmd{where: where{Data: dir}, Kind: "markdown", Path: more, Course: "none"}); fault.Said(err).Code != "fault.export.none" {
		t.Errorf("into nowhere: %v", err)
	}
}

func TestImport_TemplatesArePrintedAndNeedNoSchool(t *testing.T) {
	for _, kind := range []string{"csv", "markdown"} {
		if out, err := imported(t, importCmd{Kind: kind, Template: true}); err != nil || !strings.Contains(out, "hexagon") {
			t.Errorf("%s: %v %s", kind, err, out)
		}
	}
	if _, err := imported(t, importCmd{Kind: "gift", Template: true}); fault.Said(err).Code != "fault.import.template" {
		t.Error(err)
	}
	if _, err := imported(t, importCmd{Kind: "gift"}); fault.Said(err).Code != "fault.import.no_path" {
		t.Error(err)
	}
}

// An import is listed, taken back once, and can be brought again; the command says how.
func TestImport_CanBeListedAndTakenBack(t *testing.T) {
	takesBack(t, where{Data: emptySchool(t)})
}

func TestImport_CanBeTakenBackOnPostgreSQL(t *testing.T) {
	at := where{Data: t.TempDir(), DB: pgtest.Start(t)}
	s, err := store.Open(t.Context(), store.Config{Dir: at.Data, URL: at.DB})
	if err != nil {
		t.Fatal(err)
	}
	openSchool(t, flow.New(s), "school", "7B")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	takesBack(t, at)
}

func takesBack(t *testing.T, at where) {
	t.Helper()
	gift := importCmd{where: at, Kind: "gift", Path: "../../internal/interop/gift/testdata/bakery.gift"}
	told, err := imported(t, gift)
	if err != nil || !strings.Contains(told, "kith import --undo ") {
		t.Fatalf("%v\n%s", err, told)
	}
	list, err := imported(t, importCmd{where: at, List: true, JSON: true})
	var all []listed
	if err != nil || json.Unmarshal([]byte(list), &all) != nil || len(all) != 1 || all[0].File != "bakery.gift" || all[0].Undone != "" || !strings.Contains(told, all[0].ID) {
		t.Fatalf("%v\n%s", err, list)
	}
	dry, err := imported(t, importCmd{where: at, Undo: "last", DryRun: true, JSON: true})
	if err != nil || !strings.Contains(dry, `"changed": 18,`) {
		t.Errorf("%v\n%s", err, dry)
	}
	back, err := imported(t, importCmd{where: at, Undo: all[0].ID, JSON: true})
	if err != nil || !strings.Contains(back, `"changed": 18,`) || !strings.Contains(back, `"skipped": 0`) || !strings.Contains(back, "Deleted: nobody has used it.") {
		t.Errorf("%v\n%s", err, back)
	}
	if again, err := imported(t, importCmd{where: at, Undo: all[0].ID}); err != nil || !strings.Contains(again, "Nothing changed.") {
		t.Errorf("%v\n%s", err, again)
	}
	if _, err := imported(t, importCmd{where: at, Undo: "last"}); fault.Said(err).Code != "fault.import.no_import" {
		t.Errorf("%v", err)
	}
	if list, err := imported(t, importCmd{where: at, List: true}); err != nil || !strings.Contains(list, "taken back") {
		t.Errorf("%v\n%s", err, list)
	}
	gift.JSON = true
	if second, err := imported(t, gift); err != nil || !strings.Contains(second, `"taken": 18,`) {
		t.Errorf("%v\n%s", err, second)
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

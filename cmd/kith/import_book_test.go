package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const kitchenBook = "../../internal/interop/cnxml/testdata/kitchen"

func bookReport(t *testing.T, c importCmd) reported {
	t.Helper()
	c.Kind, c.JSON = "cnxml", true
	said, err := imported(t, c)
	if err != nil {
		t.Fatal(err)
	}
	var out reported
	if err := json.Unmarshal([]byte(said), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// A book comes in as a course of its own; a dry run foretells it, a second run changes nothing, and taking it back leaves nothing.
func TestImportBook_IsForetoldIdempotentAndTakenBack(t *testing.T) {
	dir := emptySchool(t)
	c := importCmd{where: where{Data: dir}, Path: kitchenBook}
	dry := c
	dry.DryRun = true
	foretold, first, again := bookReport(t, dry), bookReport(t, c), bookReport(t, c)
	if foretold.Counts != first.Counts || first.Counts.Taken == 0 {
		t.Errorf("foretold %+v, did %+v", foretold.Counts, first.Counts)
	}
	if again.Counts.Taken+again.Counts.Changed != 0 || again.Counts.Skipped != first.Counts.Skipped {
		t.Errorf("again: %+v", again.Counts)
	}
	for _, r := range first.Records {
		if r.Outcome == "skipped" && (r.Reason == "" || r.File == "" || r.ID == "") {
			t.Errorf("%+v", r)
		}
	}
	if _, err := imported(t, importCmd{where: where{Data: dir}, Undo: "last"}); err != nil {
		t.Fatal(err)
	}
	if back := bookReport(t, c); back.Counts != first.Counts {
		t.Errorf("after taking it back: %+v", back.Counts)
	}
}

// Where the school has a course whose skills are called as the book's objectives are, the book joins it; a course that is named takes
// it too.
func TestImportBook_JoinsTheCourseOfTheSameSkills(t *testing.T) {
	dir := emptySchool(t)
	table := filepath.Join(t.TempDir(), "sums.gift")
	text := ""
	for _, skill := range []string{"Count spoons", "Share a pie", "Weigh flour"} {
		text += "$CATEGORY: Sums/" + skill + "\n\n::" + skill + "::1 + 1? {#2}\n\n"
	}
	if err := os.WriteFile(table, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := imported(t, importCmd{where: where{Data: dir}, Kind: "gift", Path: table}); err != nil {
		t.Fatal(err)
	}
	c := importCmd{where: where{Data: dir}, Path: kitchenBook}
	first, again := bookReport(t, c), bookReport(t, c)
	skills := 0
	for _, r := range first.Records {
		if r.File == "skill" && r.Outcome == "taken" {
			skills++
		}
		if r.File == "course" && r.Outcome != "changed" || r.File == "unit" && r.Outcome != "changed" {
			t.Errorf("%+v", r)
		}
	}
	if skills != 2 {
		t.Errorf("%d skills are new", skills)
	}
	said := ""
	for _, d := range first.Doubts {
		said += d.ID + " " + d.Reason + "\n"
	}
	if !strings.Contains(said, "1.2.2 read-a-scale No skill of the course says this in the same words") {
		t.Error(said)
	}
	if again.Counts.Taken+again.Counts.Changed != 0 {
		t.Errorf("again: %+v", again.Counts)
	}
}

func TestImportBook_RefusesInPlainWords(t *testing.T) {
	dir := emptySchool(t)
	for path, want := range map[string]string{
		"packed.tar.xz": "Unpack it", "dotdot.tar.gz": "leads out of it", "links.tar": "holds no collection", "bomb.zip": "larger than",
	} {
		_, err := imported(t, importCmd{where: where{Data: dir}, Kind: "cnxml", Path: "../../internal/interop/cnxml/testdata/hostile/" + path})
		if err == nil || !strings.Contains(inWords(err), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

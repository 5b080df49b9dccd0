package intake_test

import (
	"context"
	"maps"
	"testing"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow/export"
	"kith/internal/flow/intake"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

func orchard(key string) intake.Bundle {
	text := doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Text, Text: "How many trees?"}}}}}
	return intake.Bundle{Source: "gift/orchard", As: &intake.As{Kind: "gift", File: "orchard.gift"},
		Course: skill.Course{ID: "orchard", Title: "Orchard", Lang: "en", Skills: []skill.Skill{{ID: "a", Code: "a", Title: "A"}},
			Objectives: []skill.Objective{{ID: "a", Code: "a", Title: "A", ICan: "A", Skills: []skill.ID{"a"}}}},
		Units:   []content.Unit{{ID: "u", Code: "u", Title: "U", Parts: []content.Part{{Objective: "a", Lesson: "l"}}}},
		Lessons: []content.Lesson{{ID: "l", Code: "l", Title: "L", Objective: "a", Skills: []skill.ID{"a"}, Minutes: 3, Body: text}},
		Items:   []item.Item{{ID: "i", Code: "i", Kind: item.Number, Skills: []skill.ID{"a"}, Text: text, Key: key, Attribution: &item.Attribution{Source: "Us", Authors: "A", Licence: "CC0"}}},
		Files:   []intake.BundleFile{{Code: "00000000-1111-2222-3333-444444444444", Name: "t.png", Type: "image/png", SHA256: "aa", Body: []byte("1")}}}
}

func bring(t *testing.T, s *schooltest.School, b intake.Bundle) intake.Report {
	t.Helper()
	r, err := intake.ImportBundle(t.Context(), s.F, s.ID, b, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func undo(t *testing.T, s *schooltest.School, id string, dry bool) intake.Report {
	t.Helper()
	r, err := intake.Undo(t.Context(), s.F, s.ID, id, dry, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// there is the orchard as the school has it; ok=false when it is gone.
func there(t *testing.T, s *schooltest.School, id string) (intake.Bundle, bool) {
	t.Helper()
	b, err := export.Course(t.Context(), s.F, s.ID, "gift", export.Ask{Course: id})
	if fault.Is(err, fault.NotFound) {
		return b, false
	}
	if err != nil {
		t.Fatal(err)
	}
	return b, true
}

func TestUndo_DeletesWhatNobodyUsedAndASecondImportTakesItAgain(t *testing.T) {
	s := schooltest.New(t, 1)
	first := bring(t, s, orchard("3"))
	if first.ID == "" || first.Counts.Taken != 6 {
		t.Fatalf("%+v", first)
	}
	dry := undo(t, s, "last", true)
	if _, ok := there(t, s, "orchard"); !ok || dry.Counts.Changed != 6 {
		t.Errorf("a dry run took it back: %+v", dry)
	}
	r := undo(t, s, "last", false)
	if _, ok := there(t, s, "orchard"); ok || r.Counts.Changed != 6 || r.Counts.Skipped != 0 {
		t.Errorf("%+v", r)
	}
	for _, rec := range r.Records {
		if rec.Reason.Code != "import.undo.deleted" || rec.File != "file" && rec.ID == "" {
			t.Errorf("%+v", rec)
		}
	}
	// Once more is nothing, by its id too; and there is no other that stands.
	if r := undo(t, s, first.ID, false); len(r.Records) > 0 {
		t.Errorf("again: %+v", r)
	}
	if _, err := intake.Undo(t.Context(), s.F, s.ID, "last", false, nil); fault.Said(err).Code != "fault.import.no_import" {
		t.Errorf("%v", err)
	}
	if again := bring(t, s, orchard("3")); again.Counts.Taken != 6 {
		t.Errorf("brought again: %+v", again)
	}
	if b, ok := there(t, s, "orchard"); !ok || len(b.Items) != 1 || len(b.Lessons) != 1 {
		t.Errorf("%+v", b)
	}
	all, err := intake.Imports(t.Context(), s.F, s.ID)
	if err != nil || len(all) != 2 || all[1].ID != first.ID || all[1].Undone == 0 || all[0].Undone != 0 || all[0].File != "orchard.gift" || all[0].Counts.Taken != 6 {
		t.Errorf("%+v %v", all, err)
	}
}

func TestUndo_OfAChangeSaysAgainWhatWasSaidBefore(t *testing.T) {
	s := schooltest.New(t, 1)
	first := bring(t, s, orchard("3"))
	second := bring(t, s, orchard("4"))
	if second.Counts.Changed != 1 {
		t.Fatalf("%+v", second.Counts)
	}
	// The first cannot take the item back while it says what the second made of it.
	if r := undo(t, s, second.ID, false); r.Counts.Changed != 1 || r.Records[0].Reason.Code != "import.undo.restored" {
		t.Errorf("%+v", r)
	}
	if b, _ := there(t, s, "orchard"); b.Items[0].Key != "3" {
		t.Errorf("%+v", b.Items)
	}
	if again := bring(t, s, orchard("3")); again.Counts.Taken+again.Counts.Changed != 0 || again.ID != "" {
		t.Errorf("the same again: %+v", again.Counts)
	}
	// The item has a version since, so that the first import leaves it, and what it needs, where it is.
	r := undo(t, s, first.ID, false)
	reasons := map[string]string{}
	for _, rec := range r.Records {
		reasons[rec.File] = rec.Reason.Code
	}
	if reasons["item"] != "import.undo.since" || reasons["lesson"] != "import.undo.deleted" || reasons["skill"] != "import.undo.skill" {
		t.Errorf("%+v", r.Records)
	}
}

func TestUndo_WithdrawsWhatHasEvidenceAndBringingItAgainPublishesIt(t *testing.T) {
	s := schooltest.New(t, 1)
	bring(t, s, orchard("3"))
	ids, err := intake.Origins(t.Context(), s.F, s.ID, "gift/orchard")
	if err != nil {
		t.Fatal(err)
	}
	s.Happens(evidence.Fact{Learner: s.Learners[0].Person, Kind: evidence.KindAttempt, Attempt: &evidence.Attempt{Item: item.ID(ids["item:i"]), ItemVersion: 1, Skill: skill.ID(ids["skill:a"]), GraphVersion: 1,
		DrawN: 1, Seed: 1, Response: item.Response{Boxes: []string{"3"}}, Outcome: item.Right, Kind: item.Number, Try: 1, Purpose: evidence.ForPractice}})
	r := undo(t, s, "last", false)
	reasons := map[string]string{}
	for _, rec := range r.Records {
		reasons[rec.File] = rec.Reason.Code
	}
	if reasons["item"] != "import.undo.withdrawn" || reasons["lesson"] != "import.undo.deleted" || reasons["course"] != "import.undo.withdrawn" {
		t.Errorf("%+v", r.Records)
	}
	if _, ok := there(t, s, "orchard"); ok {
		t.Error("the course is still there")
	}
	bring(t, s, orchard("3"))
	if b, ok := there(t, s, "orchard"); !ok || len(b.Items) != 1 || b.Items[0].Key != "3" || len(b.Lessons) != 1 {
		t.Errorf("%+v", b)
	}
	if again := bring(t, s, orchard("3")); again.Counts.Taken+again.Counts.Changed != 0 {
		t.Errorf("the same again: %+v", again.Records)
	}
}

// A class that was given the unit keeps it, its course and their skills; what it is asked is withdrawn, not deleted.
func TestUndo_LeavesWhatAClassWorksWith(t *testing.T) {
	s := schooltest.New(t, 1)
	bring(t, s, orchard("3"))
	ids, err := intake.Origins(t.Context(), s.F, s.ID, "gift/orchard")
	if err != nil {
		t.Fatal(err)
	}
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		return tx.GiveUnit(ctx, db.GiveUnitParams{SchoolID: string(s.ID), ID: schooltest.NewOp(), ClassID: string(s.Other), UnitID: ids["unit:u"], UnitVersion: 1, Dial: "required",
			GivenBy: string(s.Lin.Person), GivenMs: tx.Now})
	})
	reasons := map[string]string{}
	for _, rec := range undo(t, s, "last", false).Records {
		reasons[rec.File] = rec.Reason.Code
	}
	want := map[string]string{"unit": "import.undo.given", "course": "import.undo.given", "skill": "import.undo.skill", "item": "import.undo.withdrawn", "lesson": "import.undo.withdrawn"}
	if !maps.Equal(reasons, want) {
		t.Errorf("%v", reasons)
	}
}

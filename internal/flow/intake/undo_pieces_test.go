package intake_test

import (
	"context"
	"testing"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/flow/schooltest"
)

func TestUndo_GoesOnWhereItStoodAndEachThingIsInOrOut(t *testing.T) {
	s := schooltest.New(t, 1)
	b := grove(250, s.Okafor.Person, true)
	first := bring(t, s, b)
	all := first.Counts.Taken
	row := func() intake.PastImport {
		t.Helper()
		for _, p := range schooltest.Show(s, intake.Bring, s.Okafor, intake.BringIn{}).Past {
			if p.ID == first.ID {
				return p
			}
		}
		t.Fatal("the import is not on the page")
		return intake.PastImport{}
	}
	// It is interrupted after its first piece.
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	pieces := 0
	before, err := intake.Undo(ctx, s.F, s.ID, first.ID, false, func(done, of int) {
		if pieces++; done != 100 || of != all {
			t.Errorf("%d of %d, want 100 of %d", done, of, all)
		}
		stop()
	})
	if fault.Said(err).Code != "fault.bring.undo_stopped" || pieces != 1 || len(before.Records) != 100 {
		t.Fatalf("%v after %d pieces with %d records", err, pieces, len(before.Records))
	}
	if whole, ok := there(t, s, "orchard"); !ok || len(whole.Units) != 0 {
		t.Error("a unit is offered of which items are gone")
	}
	if left := items(t, s); left != 251-98 { // the unit and the lesson went first
		t.Errorf("%d items are in", left)
	}
	if p := row(); p.Undoing != "going" || p.Done != 100 || p.All != all || p.UndoneMs != 0 || !p.Undoes {
		t.Errorf("%+v", p)
	}
	s.Now = s.Now.Add(21e9)
	if p := row(); p.Undoing != "stopped" {
		t.Errorf("nothing goes on any more: %+v", p)
	}
	after := undo(t, s, first.ID, false)
	if len(before.Records)+len(after.Records) != all {
		t.Errorf("%d and %d records of %d", len(before.Records), len(after.Records), all)
	}
	if _, ok := there(t, s, "orchard"); ok {
		t.Error("it is still there")
	}
	if p := row(); p.Undoing != "" || p.UndoneMs == 0 || p.Undoes {
		t.Errorf("%+v", p)
	}
	if again := undo(t, s, first.ID, false); len(again.Records) != 0 {
		t.Errorf("once more is nothing: %+v", again.Counts)
	}
}

// What stays is remembered from piece to piece: the last pieces leave the skills and the course that it needs.
func TestUndo_RemembersAcrossPiecesThatSomethingStays(t *testing.T) {
	s := schooltest.New(t, 1)
	b := grove(250, s.Okafor.Person, true)
	first := bring(t, s, b)
	changed := b
	changed.Items = append(changed.Items[:0:0], b.Items...)
	last := len(changed.Items) - 1 // made last, so it is looked at in the first piece
	changed.Items[last].Key = "4"
	if r := bring(t, s, changed); r.Counts.Changed != 1 {
		t.Fatalf("%+v", r.Counts)
	}
	reasons := map[string]string{}
	for _, rec := range undo(t, s, first.ID, false).Records {
		if rec.File != "item" || rec.Reason.Code == "import.undo.since" {
			reasons[rec.File] = rec.Reason.Code
		}
	}
	if reasons["item"] != "import.undo.since" || reasons["skill"] != "import.undo.skill" || reasons["course"] == "import.undo.deleted" {
		t.Errorf("%v", reasons)
	}
	if n := items(t, s); n > 1 {
		t.Errorf("%d items are in", n)
	}
}

func TestUndoImport_SaysThatItIsBeingTakenBack(t *testing.T) {
	s := schooltest.New(t, 1)
	b := orchard("3")
	b.As.By = string(s.Okafor.Person)
	first := bring(t, s, b)
	in := intake.UndoIn{Op: op(), ID: first.ID}
	schooltest.Do(s, intake.UndoImport, s.Okafor, in)
	schooltest.Do(s, intake.UndoImport, s.Okafor, intake.UndoIn{Op: op(), ID: first.ID}) // another tap goes on
	past := schooltest.Show(s, intake.Bring, s.Okafor, intake.BringIn{}).Past
	if len(past) != 1 || past[0].Undoing != "going" || past[0].Done != 0 || past[0].All != first.Counts.Taken {
		t.Errorf("%+v", past)
	}
	if r := undo(t, s, first.ID, false); r.Counts.Changed != first.Counts.Taken {
		t.Errorf("%+v", r.Counts)
	}
}

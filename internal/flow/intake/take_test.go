package intake_test

import (
	"context"
	"fmt"
	"testing"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// grove is an orchard with so many more items.
func grove(n int, by roster.PersonID, own bool) intake.Bundle {
	b := orchard("3")
	b.As.By, b.As.Own = string(by), own
	for i := range n {
		it := b.Items[0]
		it.ID, it.Code = item.ID(fmt.Sprint("g", i)), fmt.Sprint("g", i)
		b.Items = append(b.Items, it)
	}
	return b
}

// brought begins a bringing as the page does, and says that it is being taken.
func brought(s *schooltest.School) string {
	out := schooltest.Do(s, intake.BringFile, s.Okafor, intake.BringFileIn{Op: op(), SHA256: "ab", Size: 1, Name: "orchard.gift", Kind: "gift"})
	schooltest.Do(s, intake.TakeBringing, s.Okafor, intake.TakeBringingIn{Op: op(), BringingIn: intake.BringingIn{ID: out.ID}})
	return out.ID
}

func op() flow.Op { return flow.Op{Op: schooltest.NewOp()} }

func items(t *testing.T, s *schooltest.School) (n int) {
	t.Helper()
	if b, ok := there(t, s, "orchard"); ok {
		return len(b.Items)
	}
	return 0
}

func TestTakeBundle_GoesOnWhereItStoodAndReportsAsOne(t *testing.T) {
	s := schooltest.New(t, 1)
	b := grove(250, s.Okafor.Person, true)
	dry, err := intake.ImportBundle(t.Context(), s.F, s.ID, b, true, nil)
	if err != nil || items(t, s) != 0 {
		t.Fatal(err, "a dry run wrote something")
	}
	id := brought(s)
	// The program ends when the second piece of the items is on its way: the third write of the import does not come.
	ctx, stop := context.WithCancel(t.Context())
	s.F.Store().OnCommit(func([]store.Topic) {})
	go func() {
		for items(t, s) < 99 {
		}
		stop()
	}()
	_, err = intake.TakeBundle(ctx, s.F, s.ID, id, b)
	stop()
	half := items(t, s)
	if fault.Said(err).Code != "fault.bring.stopped" || half == 0 || half >= 251 {
		t.Fatalf("%v with %d items", err, half)
	}
	if whole, _ := there(t, s, "orchard"); len(whole.Units) != 0 {
		t.Error("a unit is offered before its items are in")
	}
	watch := schooltest.Show(s, intake.WatchBringing, s.Okafor, intake.BringingIn{ID: id})
	if watch.State != "taking" || watch.Done == 0 || watch.Total != b.Records() {
		t.Errorf("%+v", watch)
	}
	r, err := intake.TakeBundle(t.Context(), s.F, s.ID, id, b)
	if err != nil || items(t, s) != 251 {
		t.Fatal(err, items(t, s))
	}
	if r.Counts != dry.Counts || r.ID != id {
		t.Errorf("the report of both together: %+v, a dry run said %+v", r.Counts, dry.Counts)
	}
	all, err := intake.Imports(t.Context(), s.F, s.ID)
	if err != nil || len(all) != 1 || all[0].ID != id || all[0].Counts.Taken != dry.Counts.Taken || all[0].Counts.Changed != 0 {
		t.Errorf("noted as one: %+v %v", all, err)
	}
	if err := intake.EndTaking(t.Context(), s.F, s.ID, id, intake.Fold(r), nil); err != nil {
		t.Fatal(err)
	}
	done := schooltest.Show(s, intake.WatchBringing, s.Okafor, intake.BringingIn{ID: id})
	if done.State != "taken" || done.Report == nil || done.Report.Counts != dry.Counts {
		t.Errorf("%+v", done)
	}
	if undone := undo(t, s, id, false); undone.Counts.Changed != dry.Counts.Taken || items(t, s) != 0 {
		t.Errorf("taken back as one: %+v", undone.Counts)
	}
}

func TestTakeBundle_WritesNothingOfWhatWasPutAway(t *testing.T) {
	s := schooltest.New(t, 1)
	id := brought(s)
	schooltest.Do(s, intake.DropBringing, s.Okafor, intake.DropBringingIn{Op: op(), BringingIn: intake.BringingIn{ID: id}})
	if _, err := intake.TakeBundle(t.Context(), s.F, s.ID, id, orchard("3")); fault.Said(err).Code != "fault.bring.ended" || items(t, s) != 0 {
		t.Errorf("%v", err)
	}
}

func TestTakeBringing_OneAtATimeInASchoolUntilOneStops(t *testing.T) {
	s := schooltest.New(t, 1)
	first := brought(s)
	mine := schooltest.Do(s, intake.BringFile, s.Lin, intake.BringFileIn{Op: op(), SHA256: "cd", Size: 1, Name: "plums.gift", Kind: "gift"})
	in := intake.TakeBringingIn{Op: op(), BringingIn: intake.BringingIn{ID: mine.ID}}
	if code := schooltest.Refused(s, intake.TakeBringing, s.Lin, in, fault.Conflict); code != "fault.bring.busy" {
		t.Error(code)
	}
	if code := schooltest.Refused(s, intake.BringFile, s.Okafor, intake.BringFileIn{Op: op(), SHA256: "ef", Name: "x"}, fault.Conflict); code != "fault.bring.busy" {
		t.Error(code)
	}
	schooltest.Refused(s, intake.DropBringing, s.Lin, intake.DropBringingIn{Op: op(), BringingIn: intake.BringingIn{ID: first}}, fault.NotFound)
	s.Now = s.Now.Add(60e9) // the first has said nothing for a minute: its program has ended
	if b := schooltest.Show(s, intake.WatchBringing, s.Okafor, intake.BringingIn{ID: first}); b.State != "stopped" {
		t.Errorf("%+v", b)
	}
	schooltest.Do(s, intake.TakeBringing, s.Lin, in)
	if err := intake.EndTaking(t.Context(), s.F, s.ID, mine.ID, intake.Folded{}, &phrase.Phrase{Code: "fault.internal"}); err != nil {
		t.Fatal(err)
	}
	b := schooltest.Show(s, intake.WatchBringing, s.Lin, intake.BringingIn{ID: mine.ID})
	if b.State != "stopped" || b.Refusal == nil || b.Refusal.Code != "fault.internal" {
		t.Errorf("%+v", b)
	}
}

func TestImportBundle_ATeachersChangesNothingOfSomebodyElses(t *testing.T) {
	s := schooltest.New(t, 1)
	if _, err := intake.ImportBundle(t.Context(), s.F, s.ID, orchard("3"), false, nil); err != nil { // the command's
		t.Fatal(err)
	}
	b := grove(1, s.Okafor.Person, true)
	b.Items[0].Key = "4"
	r, err := intake.ImportBundle(t.Context(), s.F, s.ID, b, false, nil)
	if err != nil || r.Counts.Skipped != 1 || r.Counts.Taken != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	have, _ := there(t, s, "orchard")
	for _, it := range have.Items {
		if it.Code == "i" && it.Key != "3" {
			t.Error("the command's item was changed")
		}
	}
	b.Items[1].Key = "5" // their own, which they may change
	if r, err = intake.ImportBundle(t.Context(), s.F, s.ID, b, false, nil); err != nil || r.Counts.Changed != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	s.Look(s.Okafor, func(l *flow.Look) error {
		rows, err := l.Q().ContentByKind(l.Ctx(), db.ContentByKindParams{SchoolID: l.School(), Kind: "item"})
		for _, r := range rows {
			if r.Title == "g0" && r.OwnerID != string(s.Okafor.Person) {
				t.Errorf("a teacher's new item is %q's", r.OwnerID)
			}
		}
		return err
	})
}

func TestPlaceBringing_ToCoursesOfOnesOwnClasses(t *testing.T) {
	s := schooltest.New(t, 1)
	course := schooltest.Show(s, intake.Bring, s.Admin, intake.BringIn{}).Courses[0].ID
	out := schooltest.Do(s, intake.BringFile, s.Lin, intake.BringFileIn{Op: op(), SHA256: "ab", Name: "x.gift", Kind: "gift"})
	in := func(p intake.BringPlace, kind string) intake.PlaceBringingIn {
		return intake.PlaceBringingIn{Op: op(), BringingIn: intake.BringingIn{ID: out.ID}, Kind: kind, Place: p}
	}
	if code := schooltest.Refused(s, intake.PlaceBringing, s.Lin, in(intake.BringPlace{Course: course}, "gift"), fault.NotFound); code != "fault.bring.course" {
		t.Error(code) // 7C has no unit of it
	}
	if code := schooltest.Refused(s, intake.PlaceBringing, s.Lin, in(intake.BringPlace{}, intake.KindPeople), fault.Forbidden); code != "fault.bring.people" {
		t.Error(code)
	}
	schooltest.Do(s, intake.PlaceBringing, s.Admin, in(intake.BringPlace{Course: course}, "gift"))
	if p := schooltest.Show(s, intake.Bring, s.Okafor, intake.BringIn{Class: s.Class}); len(p.Courses) != 1 || p.Courses[0].ID != course || len(p.Units) != 1 {
		t.Errorf("%+v", p)
	}
	if p := schooltest.Show(s, intake.Bring, s.Lin, intake.BringIn{}); len(p.Courses) != 0 || p.Open != out.ID {
		t.Errorf("%+v", p)
	}
}

func TestFold_NamesEachReasonOnceTheSkippedFirst(t *testing.T) {
	r := intake.Report{Kind: "gift"}
	for i := range 60 {
		r.Add(intake.Record{File: "a.gift", Line: i + 1, ID: fmt.Sprint(i), Outcome: intake.Skipped, Reason: phrase.Of("import.item.no_key")})
	}
	r.Add(intake.Record{File: "item", ID: "x", Outcome: intake.Taken})
	r.Add(intake.Record{File: "skill", ID: "s", Outcome: intake.Taken, Reason: phrase.Of("import.skill_items", "n", 1)})
	r.Add(intake.Record{File: "item", ID: "y", Outcome: intake.Changed, Reason: phrase.Of("import.undo.deleted")})
	f := intake.Fold(r)
	if len(f.Reasons) != 2 || f.Reasons[0].N != 60 || len(f.Reasons[0].Records) != 50 || f.Reasons[0].Records[2].Line != 3 || f.Reasons[1].Outcome != intake.Changed {
		t.Errorf("%+v", f.Reasons)
	}
	if len(f.Things) != 2 || f.Things[0].Thing != "item" || f.Things[0].Counts != (intake.Counts{Taken: 1, Changed: 1, Skipped: 60}) {
		t.Errorf("%+v", f.Things)
	}
}

package intake_test

import (
	"slices"
	"testing"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/roster"
)

func sheep() intake.Framework {
	return intake.Framework{Code: "made-up", Title: "Made up", Notice: "© nobody", File: "standards.json",
		Standards: []intake.Standard{{Code: "a", SchoolYear: "6", Domain: "D", Text: "Count."}, {Code: "b", SchoolYear: "6", Domain: "D", Text: "Count on."}, {Code: "c", SchoolYear: "7", Domain: "D", Text: "Count back."}},
		Edges:     []intake.StandardEdge{{From: "a", To: "b", Kind: intake.Prerequisite}, {From: "b", To: "c", Kind: intake.Prerequisite}, {From: "c", To: "a", Kind: intake.Related}}}
}

func TestImportStandards_ASecondRunChangesNothingAndSaysSo(t *testing.T) {
	s := schooltest.New(t, 1)
	run := func(f intake.Framework, dry bool) intake.Report {
		t.Helper()
		r, err := intake.ImportStandards(t.Context(), s.F, s.ID, f, dry, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if got := run(sheep(), true).Counts; got != (intake.Counts{Taken: 7}) {
		t.Errorf("dry run: %+v", got)
	}
	if got := run(sheep(), false).Counts; got != (intake.Counts{Taken: 7}) {
		t.Errorf("after a dry run, which changed nothing: %+v", got)
	}
	if got := run(sheep(), false).Counts; got != (intake.Counts{Unchanged: 7}) {
		t.Errorf("again: %+v", got)
	}
	next := sheep()
	next.Standards[1].Text = "Count on from there."
	next.Edges = next.Edges[1:]
	r := run(next, false)
	var changed []string
	for _, rec := range r.Records {
		if rec.Outcome == intake.Changed {
			changed = append(changed, rec.ID)
		}
	}
	if !slices.Equal(changed, []string{"b", "a → b"}) || r.Counts.Changed != 2 || r.Counts.Taken != 0 {
		t.Errorf("changed %v, %+v", changed, r.Counts)
	}
	s.Look(s.Okafor, func(l *flow.Look) error {
		got, err := library.StandardsOf(l, []string{"c", "nowhere", "b"})
		if err != nil || len(got) != 2 || got[0].Code != "c" || got[1].Text != "Count on from there." || got[1].Notice != "© nobody" {
			t.Errorf("texts %+v, %v", got, err)
		}
		return err
	})
	// Standards of one school are no other's.
	s.Look(foreigner(s), func(l *flow.Look) error {
		got, err := library.StandardsOf(l, []string{"c"})
		if len(got) != 0 {
			t.Errorf("another school sees %+v", got)
		}
		return err
	})
}

func TestImportStandards_RefusesARingByNamingIt(t *testing.T) {
	s := schooltest.New(t, 1)
	in := sheep()
	in.Edges = append(in.Edges, intake.StandardEdge{From: "c", To: "a", Kind: intake.Prerequisite})
	_, err := intake.ImportStandards(t.Context(), s.F, s.ID, in, false, nil)
	if said := fault.Said(err); said.Code != "fault.import.cycle" || said.Args["cycle"] != "a → b → c → a" {
		t.Errorf("got %v", said)
	}
	in = sheep()
	in.Standards[2].Code = "a"
	if _, err := intake.ImportStandards(t.Context(), s.F, s.ID, in, false, nil); fault.Said(err).Code != "fault.import.twice" {
		t.Errorf("a code twice: %v", err)
	}
	s.Look(s.Okafor, func(l *flow.Look) error {
		got, err := library.StandardsOf(l, []string{"a", "b", "c"})
		if len(got) != 0 {
			t.Errorf("after two refusals there is %+v", got)
		}
		return err
	})
}

func foreigner(s *schooltest.School) access.Actor {
	who := s.Okafor
	who.School = roster.SchoolID(schooltest.NewOp())
	return who
}

func TestUnits_ShowAStandardNeverWithoutItsNotice(t *testing.T) {
	s := schooltest.New(t, 1)
	b := pictured()
	b.Course.Skills[0].Standards = []string{"b", "nowhere", "b"}
	if _, err := intake.ImportBundle(t.Context(), s.F, s.ID, b, false, nil); err != nil {
		t.Fatal(err)
	}
	ids, err := intake.Origins(t.Context(), s.F, s.ID, b.Source)
	if err != nil {
		t.Fatal(err)
	}
	given := schooltest.Do(s, library.GiveUnit, s.Okafor, library.GiveUnitIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Unit: content.UnitID(ids["unit:u"]), Dial: "required"}).ClassUnit
	standards := func() []library.StandardText {
		for _, u := range schooltest.Show(s, library.Units, s.Okafor, library.ClassIn{Class: s.Class}).Units {
			if u.ID == given {
				return u.Standards
			}
		}
		t.Fatal("the unit is not there")
		return nil
	}
	if got := standards(); len(got) != 0 {
		t.Errorf("before anybody has imported standards: %+v", got)
	}
	if _, err := intake.ImportStandards(t.Context(), s.F, s.ID, sheep(), false, nil); err != nil {
		t.Fatal(err)
	}
	want := []library.StandardText{{Framework: "Made up", Code: "b", Text: "Count on.", Notice: "© nobody"}}
	if got := standards(); !slices.Equal(got, want) {
		t.Errorf("standards %+v, want %+v", got, want)
	}
}

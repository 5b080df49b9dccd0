package flow

import (
	"slices"
	"testing"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/roster"
)

func sheep() Framework {
	return Framework{Code: "made-up", Title: "Made up", Notice: "© nobody", File: "standards.json",
		Standards: []Standard{{Code: "a", SchoolYear: "6", Domain: "D", Text: "Count."}, {Code: "b", SchoolYear: "6", Domain: "D", Text: "Count on."}, {Code: "c", SchoolYear: "7", Domain: "D", Text: "Count back."}},
		Edges:     []StandardEdge{{"a", "b", Prerequisite}, {"b", "c", Prerequisite}, {"c", "a", Related}}}
}

func TestImportStandards_ASecondRunChangesNothingAndSaysSo(t *testing.T) {
	s := newSchool(t, 1)
	run := func(f Framework, dry bool) Report {
		t.Helper()
		r, err := s.f.ImportStandards(t.Context(), s.id, f, dry, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if got := run(sheep(), true).Counts; got != (Counts{Taken: 7}) {
		t.Errorf("dry run: %+v", got)
	}
	if got := run(sheep(), false).Counts; got != (Counts{Taken: 7}) {
		t.Errorf("after a dry run, which changed nothing: %+v", got)
	}
	if got := run(sheep(), false).Counts; got != (Counts{Unchanged: 7}) {
		t.Errorf("again: %+v", got)
	}
	next := sheep()
	next.Standards[1].Text = "Count on from there."
	next.Edges = next.Edges[1:]
	r := run(next, false)
	var changed []string
	for _, rec := range r.Records {
		if rec.Outcome == Changed {
			changed = append(changed, rec.ID)
		}
	}
	if !slices.Equal(changed, []string{"b", "a → b"}) || r.Counts.Changed != 2 || r.Counts.Taken != 0 {
		t.Errorf("changed %v, %+v", changed, r.Counts)
	}
	s.look(s.okafor, func(l *Look) error {
		got, err := l.standardsOf([]string{"c", "nowhere", "b"})
		if err != nil || len(got) != 2 || got[0].Code != "c" || got[1].Text != "Count on from there." || got[1].Notice != "© nobody" {
			t.Errorf("texts %+v, %v", got, err)
		}
		return err
	})
	// Standards of one school are no other's.
	s.look(foreigner(s), func(l *Look) error {
		got, err := l.standardsOf([]string{"c"})
		if len(got) != 0 {
			t.Errorf("another school sees %+v", got)
		}
		return err
	})
}

func TestImportStandards_RefusesARingByNamingIt(t *testing.T) {
	s := newSchool(t, 1)
	in := sheep()
	in.Edges = append(in.Edges, StandardEdge{"c", "a", Prerequisite})
	_, err := s.f.ImportStandards(t.Context(), s.id, in, false, nil)
	if said := fault.Said(err); said.Code != "fault.import.cycle" || said.Args["cycle"] != "a → b → c → a" {
		t.Errorf("got %v", said)
	}
	in = sheep()
	in.Standards[2].Code = "a"
	if _, err := s.f.ImportStandards(t.Context(), s.id, in, false, nil); fault.Said(err).Code != "fault.import.twice" {
		t.Errorf("a code twice: %v", err)
	}
	s.look(s.okafor, func(l *Look) error {
		got, err := l.standardsOf([]string{"a", "b", "c"})
		if len(got) != 0 {
			t.Errorf("after two refusals there is %+v", got)
		}
		return err
	})
}

func foreigner(s *school) access.Actor {
	who := s.okafor
	who.School = roster.SchoolID(newOp())
	return who
}

func TestUnits_ShowAStandardNeverWithoutItsNotice(t *testing.T) {
	s := newSchool(t, 1)
	b := pictured()
	b.Course.Skills[0].Standards = []string{"b", "nowhere", "b"}
	if _, err := s.f.ImportBundle(t.Context(), s.id, b, false, nil); err != nil {
		t.Fatal(err)
	}
	ids, err := s.f.Origins(t.Context(), s.id, b.Source)
	if err != nil {
		t.Fatal(err)
	}
	given := do(s, GiveUnit, s.okafor, GiveUnitIn{Op: Op{newOp()}, Class: s.class, Unit: content.UnitID(ids["unit:u"]), Dial: "required"}).ClassUnit
	standards := func() []StandardText {
		for _, u := range show(s, Units, s.okafor, ClassIn{s.class}).Units {
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
	if _, err := s.f.ImportStandards(t.Context(), s.id, sheep(), false, nil); err != nil {
		t.Fatal(err)
	}
	want := []StandardText{{Framework: "Made up", Code: "b", Text: "Count on.", Notice: "© nobody"}}
	if got := standards(); !slices.Equal(got, want) {
		t.Errorf("standards %+v, want %+v", got, want)
	}
}

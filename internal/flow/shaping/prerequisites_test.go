package shaping_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/flow/shaping"
	"kith/internal/prerequisite"
	"kith/internal/store/db"
)

// doubtful is a school in which B goes as well without A as with it, and C never without A: 24 learners cannot do A, 36 can.
func doubtful(t *testing.T) *schooltest.School {
	s := schooltest.New(t, 60)
	for i, who := range s.Learners {
		a := i >= 24
		can := map[string]bool{"a": a, "b": i%4 != 0 && (!a || i%2 == 0), "c": a && i%3 != 0}
		for _, sk := range []string{"a", "b", "c"} {
			for n := 1; n <= 2; n++ {
				how := "add"
				if can[sk] {
					how = "right"
				}
				s.Answers(who, fmt.Sprintf("%s-%d", sk, n), how, 1)
			}
		}
	}
	return s
}

func needs(s *schooltest.School) shaping.PrerequisitesPage {
	return schooltest.Show(s, shaping.Prerequisites, s.Okafor, shaping.PrerequisitesIn{Class: s.Class, Unit: s.Given})
}

func said(p shaping.PrerequisitesPage) (out []string) {
	for _, n := range p.Proposed {
		out = append(out, fmt.Sprintf("%s %s → %s", n.Kind, n.FromTitle, n.ToTitle))
	}
	return out
}

func TestPrerequisites_AnswersProposeAndAPersonDecides(t *testing.T) {
	s := doubtful(t)
	p := needs(s)
	if !slices.Contains(said(p), "doubt Skill A → Skill B") || slices.Contains(said(p), "add Skill A → Skill C") {
		t.Fatalf("A before B is to be doubted, and that C needs A follows from what stands: %v", said(p))
	}
	for _, n := range p.Proposed {
		if n.Kind == prerequisite.Doubt && n.ToTitle == "Skill B" && (n.Without != 24 || n.WithoutTo != 18 || n.With != 36 || n.WithTo != 9) {
			t.Errorf("%+v", n)
		}
	}
	change := shaping.ChangePrerequisiteIn{Op: op(), Class: s.Class, Unit: s.Given, Version: p.Version, From: s.Skill("a"), To: s.Skill("b")}
	if out := schooltest.Do(s, shaping.ChangePrerequisite, s.Okafor, change); out.Version != p.Version+1 {
		t.Fatalf("%+v", out)
	}
	p = needs(s)
	if got := p.Skills[1]; got.Title != "Skill B" || len(got.Needs) != 0 {
		t.Errorf("%+v", got)
	}
	if !slices.Contains(said(p), "add Skill A → Skill C") {
		t.Errorf("now nothing implies it: %v", said(p))
	}
	schooltest.Do(s, shaping.ChangePrerequisite, s.Okafor, shaping.ChangePrerequisiteIn{Op: op(), Class: s.Class, Unit: s.Given, Version: p.Version, From: s.Skill("a"), To: s.Skill("c"), Needs: true})
	p = needs(s)
	if got := p.Skills[2].Needs; len(got) != 2 || got[1].Title != "Skill A" || got[1].Source != "teacher" {
		t.Errorf("%+v", got)
	}
	if slices.Contains(said(p), "add Skill A → Skill C") {
		t.Errorf("it stands: %v", said(p))
	}
	s.Look(s.Okafor, func(l *flow.Look) error { // the class goes on with it
		rows, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(s.Class)})
		if err != nil {
			return err
		}
		u, err := library.UnitVersion(l, content.UnitID(rows[0].UnitID), rows[0].UnitVersion)
		if err == nil && u.CourseVersion != p.Version {
			t.Errorf("the class's unit is of version %d of the course, the page of %d", u.CourseVersion, p.Version)
		}
		return err
	})
}

func TestChangePrerequisite_RefusesACircleAndWhatIsStale(t *testing.T) {
	s := schooltest.New(t, 1)
	p := needs(s)
	in := func(version int, from, to string, needs bool) shaping.ChangePrerequisiteIn {
		return shaping.ChangePrerequisiteIn{Op: op(), Class: s.Class, Unit: s.Given, Version: version, From: s.Skill(from), To: s.Skill(to), Needs: needs}
	}
	_, err := flow.Run(t.Context(), s.F, shaping.ChangePrerequisite, s.Okafor, in(p.Version, "c", "a", true))
	told := fmt.Sprint(fault.Said(err))
	if !fault.Is(err, fault.Invalid) {
		t.Fatal(err)
	}
	for _, word := range []string{"Skill A", "Skill B", "Skill C", "fault.prerequisite.cycle"} {
		if !strings.Contains(told, word) {
			t.Errorf("%q names not %s", told, word)
		}
	}
	schooltest.Refused(s, shaping.ChangePrerequisite, s.Okafor, in(p.Version, "a", "b", true), fault.Conflict)  // it stands
	schooltest.Refused(s, shaping.ChangePrerequisite, s.Okafor, in(p.Version, "a", "c", false), fault.Conflict) // it does not
	schooltest.Do(s, shaping.ChangePrerequisite, s.Okafor, in(p.Version, "a", "c", true))
	schooltest.Refused(s, shaping.ChangePrerequisite, s.Okafor, in(p.Version, "b", "c", false), fault.Conflict) // another tab
	if now := needs(s); now.Version != p.Version+1 || len(now.Skills[2].Needs) != 2 {
		t.Errorf("%+v", now.Skills)
	}
}

func op() flow.Op { return flow.Op{Op: schooltest.NewOp()} }

package flow

import (
	"reflect"
	"testing"

	"kith/internal/classroom"
	"kith/internal/fault"
	"kith/internal/plan"
	"kith/internal/roster"
)

// Four learners: two share the mistake on b, one has not seen the film, one carries on.
func fourLearners(t *testing.T) *school {
	s := newSchool(t, 4)
	s.invite("l2", "2026-11-24", "09:00")
	for _, i := range []int{0, 1, 3} {
		s.watches(s.learners[i], "l2", 0, 92)
	}
	s.answers(s.learners[0], "b-1", "add", 1)
	s.answers(s.learners[1], "b-2", "add", 1)
	s.answers(s.learners[3], "b-1", "right", 1)
	return s
}

func (s *school) today() (d Day) {
	s.t.Helper()
	s.look(s.okafor, func(l *Look) (err error) {
		d, err = l.day(s.class)
		return err
	})
	return d
}

func (s *school) namesOf(p DayPile) (out []string) {
	for _, m := range p.Members {
		out = append(out, m.Name)
	}
	return out
}

func TestPlanDay_PilesAreThoseOfTheRuleAndEveryoneStandsOnce(t *testing.T) {
	s := fourLearners(t)
	out := do(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class})
	d := s.today()
	if d.ID != out.Day || d.On != "2026-11-24" || d.Lesson != s.lesson("l2") || d.Moved || len(d.Unplaced) != 0 {
		t.Fatalf("the day is %+v", d)
	}
	var want []classroom.Pile
	s.look(s.okafor, func(l *Look) error {
		facts, err := l.dayFacts(s.class, "2026-11-24")
		if err != nil {
			return err
		}
		want, err = classroom.Piles(facts.in)
		return err
	})
	if len(d.Piles) != len(want) {
		t.Fatalf("%d piles stored, the rule makes %d", len(d.Piles), len(want))
	}
	for i, p := range d.Piles {
		if mustJSON(p.As) != mustJSON(want[i]) {
			t.Errorf("pile %d: stored %s, the rule makes %s", i, mustJSON(p.As), mustJSON(want[i]))
		}
	}
	got := map[classroom.Kind][]string{}
	places := map[string]bool{}
	for _, p := range d.Piles {
		got[p.Kind] = s.namesOf(p)
		places[p.Place] = true
	}
	if w := (map[classroom.Kind][]string{"sit": {"L01 N.", "L02 N."}, "watch": {"L03 N."}, "carry": {"L04 N."}}); !reflect.DeepEqual(got, w) {
		t.Errorf("names %v, want %v", got, w)
	}
	if !places["1"] || !places["2"] || !places["3"] {
		t.Errorf("places %v, want a table for each pile", places)
	}
	sit := d.Piles[0]
	if sit.Skill != s.skill("b") || sit.Mistake != "add" || len(sit.As.Discuss) != 2 || len(sit.As.Exit) != 2 || sit.As.Example == "" {
		t.Errorf("the table with the teacher is %+v", sit)
	}
}

func TestPlanDay_IsMadeAnewUntilANameWasMoved(t *testing.T) {
	s := fourLearners(t)
	do(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class})
	s.watches(s.learners[2], "l2", 0, 95)
	do(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class})
	for _, p := range s.today().Piles {
		if p.Kind == classroom.Watch {
			t.Errorf("everyone has seen the film, and %v still have a seat at the station", s.namesOf(p))
		}
	}
	d := s.today()
	do(s, MoveInPile, s.okafor, MoveInPileIn{Op: Op{newOp()}, Day: d.ID, Learner: s.learners[0].Person, Pile: d.Piles[1].ID})
	if out := do(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class}); !out.Kept {
		t.Error("a moved name was overwritten without asking")
	}
	if out := do(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class, Fresh: true}); out.Kept || s.today().Moved {
		t.Error("fresh piles were asked for and not made")
	}
}

func TestPlanDay_RefusesOthersAndAStartedDay(t *testing.T) {
	s := fourLearners(t)
	in := PlanDayIn{Op: Op{newOp()}, Class: s.class}
	refused(s, PlanDay, s.lin, in, fault.NotFound)
	refused(s, PlanDay, s.learners[0], in, fault.Forbidden)
	refused(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: roster.ClassID(newOp())}, fault.NotFound)
	day := do(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class}).Day
	s.start(day)
	if code := refused(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class, Fresh: true}, fault.Conflict); code != "fault.day.started" {
		t.Error(code)
	}
	if out := do(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class}); !out.Kept {
		t.Error("a started day was made anew")
	}
}

func TestSeenByClass_IsTheLearnersOwnStatus(t *testing.T) {
	s := newSchool(t, 4)
	s.invite("l2", "2026-11-24", "09:00")
	s.watches(s.learners[0], "l2", 0, 95)
	s.watches(s.learners[1], "l2", 0, 50)
	s.watches(s.learners[1], "l2", 20, 60) // overlaps: not 90 s seen
	s.watches(s.learners[2], "l2", 50, 100)
	s.watches(s.learners[2], "l2", 0, 45)
	want := []classroom.Seen{classroom.SeenAll, classroom.SeenPart, classroom.SeenAll, classroom.SeenNone}
	s.look(s.okafor, func(l *Look) error {
		v, err := l.lesson(s.lesson("l2"))
		if err != nil {
			return err
		}
		seen, err := l.seenByClass(s.class, v)
		for i, who := range s.learners {
			facts, err := l.facts(who.Person)
			if err != nil {
				return err
			}
			own, _ := plan.LessonStatus(*v, facts, 0)
			as := map[plan.Status]classroom.Seen{plan.Done: classroom.SeenAll, plan.Doing: classroom.SeenPart, plan.Todo: classroom.SeenNone}[own]
			if got := seen.of(who.Person); got != want[i] || got != as {
				t.Errorf("learner %d: %q to the teacher, %q on their own page, want %q", i+1, got, as, want[i])
			}
		}
		if none, err := l.seenByClass(s.class, nil); err != nil || none.of(s.learners[0].Person) != classroom.NoLesson {
			t.Error("there is no lesson to have seen")
		}
		return err
	})
}

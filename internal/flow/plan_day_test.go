package flow

import (
	"encoding/json"
	"reflect"
	"testing"

	"kith/internal/classroom"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/roster"
)

func mustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// Four learners: two share the mistake on b, one has not seen the film, one carries on.
func fourLearners(t *testing.T) *school {
	s := newSchool(t, 4)
	s.invite("l2", "2026-11-24", "09:00")
	for _, i := range []int{0, 1, 3} {
		s.watches(s.learners[i], "l2", 0, 90)
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

func TestLessonSeen_IsOneRule(t *testing.T) {
	film := &content.Lesson{Video: &content.Video{Ms: 100}, Checks: []content.Check{{Item: "x"}}}
	text := &content.Lesson{Checks: []content.Check{{Item: "x"}, {Item: "y"}}}
	link := &content.Lesson{Link: "https://example.org"}
	for _, c := range []struct {
		name   string
		lesson *content.Lesson
		spans  []span
		checks []item.ID
		want   classroom.Seen
	}{
		{"no lesson", nil, nil, nil, classroom.NoLesson},
		{"film not opened", film, nil, nil, classroom.SeenNone},
		{"film, the same half twice", film, []span{{0, 50}, {0, 50}}, nil, classroom.SeenPart},
		{"film, nearly all in pieces", film, []span{{50, 90}, {0, 40}, {30, 55}}, nil, classroom.SeenAll},
		{"film, only its check answered", film, nil, []item.ID{"x"}, classroom.SeenPart},
		{"text opened", text, []span{{0, 10}}, nil, classroom.SeenPart},
		{"text, one check of two", text, nil, []item.ID{"y"}, classroom.SeenPart},
		{"text, both checks", text, nil, []item.ID{"y", "x"}, classroom.SeenAll},
		{"link opened", link, []span{{0, 1}}, nil, classroom.SeenAll},
		{"link not opened", link, nil, nil, classroom.SeenNone},
	} {
		if got := lessonSeen(c.lesson, c.spans, c.checks); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

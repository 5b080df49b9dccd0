package flow

import (
	"fmt"
	"reflect"
	"testing"

	"kith/internal/classroom"
	"kith/internal/doc"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/roster"
)

func plainOf(els []doc.El) (s string) {
	for _, e := range els {
		s += e.T + plainOf(e.C)
	}
	return s
}

func namesIn(people []Named) (out []string) {
	for _, p := range people {
		out = append(out, p.Name)
	}
	return out
}

func (s *school) brings(who roster.PersonID, text string) {
	s.happens(evidence.Fact{Learner: who, Kind: evidence.KindQuestion, Question: &evidence.Question{Class: s.class, Lesson: s.lesson("l2"), Text: text}})
}

func TestToday_ShowsWhatTheClassBringsAndMakesNothingByLooking(t *testing.T) {
	s := fourLearners(t)
	s.watches(s.learners[2], "l2", 0, 20)
	s.brings(s.learners[0].Person, "Why not add?")
	p := show(s, Today, s.okafor, ClassIn{s.class})
	if p.Day != "" || s.today().ID != "" {
		t.Error("looking made a day")
	}
	if p.Class.Name != "7B" || p.On != "2026-11-24" || p.Learners != 4 || p.Unit.Task != "Bake for forty" || !p.Proposals {
		t.Errorf("the head is %+v, %+v", p.Class, p.Unit)
	}
	l := p.Lesson
	if l == nil || l.Kind != "film" || l.Passed || l.Before != (Before{"2026-11-24", "09:00"}) {
		t.Fatalf("the lesson is %+v", l)
	}
	if got := [][]string{namesIn(l.Watched), namesIn(l.Partly), namesIn(l.NotYet)}; !reflect.DeepEqual(got, [][]string{{"L01 N.", "L02 N.", "L04 N."}, {"L03 N."}, nil}) {
		t.Errorf("watched, partly, not yet: %v", got)
	}
	if len(p.Questions) != 1 || p.Questions[0].Text != "Why not add?" || p.Questions[0].Who.Name != "L01 N." || p.Questions[0].Lesson != "Doubling on film" {
		t.Errorf("questions %+v", p.Questions)
	}
	sit := p.Piles[0]
	if sit.Kind != classroom.Sit || sit.Title != "Skill B" || len(sit.Discuss) != 2 || len(sit.Exit) != 2 || sit.Example == nil {
		t.Fatalf("the table with the teacher is %+v", sit)
	}
	n := drawnNumber(s, s.learners[1], "b-2", 1)
	if w := sit.Discuss[0]; plainOf(w.Answer) != fmt.Sprint(n+2) || plainOf(w.Text) != "What is twice "+fmt.Sprint(n)+"?" || plainOf(w.Nudge) != "You added two." {
		t.Errorf("the newest wrong answer reads %q to %q: %q", plainOf(w.Answer), plainOf(w.Text), plainOf(w.Nudge))
	}
	s.now = s.now.Add(30 * 60 * 1e9)
	do(s, UseQuestion, s.okafor, UseQuestionIn{Op: Op{newOp()}, Question: p.Questions[0].ID})
	if p := show(s, Today, s.okafor, ClassIn{s.class}); !p.Questions[0].Used || !p.Lesson.Passed {
		t.Errorf("later: %+v %+v", p.Questions, p.Lesson)
	}
}

func TestToday_KeepsThePilesAndSaysWhoWorkedSince(t *testing.T) {
	s := fourLearners(t)
	do(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class})
	before := show(s, Today, s.okafor, ClassIn{s.class})
	if before.Active != 0 || len(before.Piles) != 3 || before.Day == "" {
		t.Errorf("just made: %d active, %d piles", before.Active, len(before.Piles))
	}
	s.now = s.now.Add(1e9)
	s.answers(s.learners[3], "b-2", "right", 1)
	s.answers(s.learners[3], "b-3", "right", 1)
	after := show(s, Today, s.okafor, ClassIn{s.class})
	if after.Active != 1 || !reflect.DeepEqual(after.Piles, before.Piles) {
		t.Errorf("%d learners worked since; the piles must stand", after.Active)
	}
}

func TestToday_StandsWithoutLessonUnitOrLearners(t *testing.T) {
	s := newSchool(t, 2)
	p := show(s, Today, s.okafor, ClassIn{s.class})
	if p.Lesson != nil || len(p.Piles) != 1 || p.Piles[0].Kind != classroom.Carry {
		t.Errorf("without a lesson: %+v", p.Piles)
	}
	p = show(s, Today, s.lin, ClassIn{s.other})
	if p.Unit != nil || len(p.Piles) != 0 || p.Learners != 0 {
		t.Errorf("an empty class: %+v", p)
	}
	if _, err := Show(t.Context(), s.f, Today, s.lin, ClassIn{s.class}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another teacher: %v", err)
	}
	if _, err := Show(t.Context(), s.f, Today, s.learners[0], ClassIn{s.class}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a learner: %v", err)
	}
}

func TestLessonOfDay_TodayThenTheLastThenTheNext(t *testing.T) {
	for _, c := range []struct {
		name   string
		before map[string]string // lesson: day
		want   string
	}{
		{"today's", map[string]string{"l1": "2026-11-24", "l2": "2026-11-23"}, "l1"},
		{"the last of the days before", map[string]string{"l1": "2026-11-20", "l2": "2026-11-25"}, "l1"},
		{"the next when none was near", map[string]string{"l1": "2026-11-10", "l2": "2026-11-26"}, "l2"},
		{"none that is a week away", map[string]string{"l1": "2026-11-10", "l2": "2026-12-01"}, ""},
	} {
		s := newSchool(t, 1)
		for lesson, on := range c.before {
			s.invite(lesson, on, "09:00")
		}
		s.look(s.okafor, func(l *Look) error {
			got, ok, err := l.lessonOfDay(s.class, "2026-11-24")
			if err == nil && (ok != (c.want != "") || ok && got.Lesson.ID != s.lesson(c.want)) {
				t.Errorf("%s: %v %+v", c.name, ok, got.Lesson)
			}
			return err
		})
	}
}

func TestAsAnswered_ReadsAsItWasGiven(t *testing.T) {
	text := func(s string) []doc.El { return []doc.El{{T: s}} }
	for _, c := range []struct {
		asked item.Asked
		given item.Response
		want  string
	}{
		{item.Asked{Kind: item.Number, Unit: "cups"}, item.Response{Boxes: []string{" 12 "}}, "12 cups"},
		{item.Asked{Kind: item.Number, Unit: "cups"}, item.Response{Boxes: []string{"12 Cups"}}, "12 Cups"},
		{item.Asked{Kind: item.Blanks, Boxes: []item.AskedBox{{Before: "With 6:", After: "blue"}, {Before: "With 30:", After: "blue"}}}, item.Response{Boxes: []string{"8", "9"}}, "With 6: 8 blueWith 30: 9 blue"},
		{item.Asked{Kind: item.Fraction}, item.Response{Boxes: []string{"1", "3", "4"}}, "1 3/4"},
		{item.Asked{Kind: item.Fraction}, item.Response{Boxes: []string{"2", "", ""}}, "2"},
		{item.Asked{Kind: item.Blanks, Boxes: []item.AskedBox{{Before: "red", After: ":"}, {After: "blue"}}}, item.Response{Boxes: []string{"2", "5"}}, "red 2 : 5 blue"},
		{item.Asked{Kind: item.Choice, Options: []item.Offered{{Index: 1, Text: text("no")}, {Index: 0, Text: text("yes")}}}, item.Response{Chosen: []int{0}}, "yes"},
	} {
		if got := plainOf(asAnswered(c.asked, c.given)); got != c.want {
			t.Errorf("%s: %q, want %q", c.asked.Kind, got, c.want)
		}
	}
}

func TestCredit_NamesEachSourceOnce(t *testing.T) {
	a, b := item.Attribution{Source: "A", Licence: "CC BY 4.0"}, item.Attribution{Source: "B"}
	var all []item.Attribution
	for _, c := range []*item.Attribution{&a, nil, &b, {Source: "A", Licence: "CC BY 4.0"}} {
		all = credit(all, c)
	}
	if !reflect.DeepEqual(all, []item.Attribution{a, b}) {
		t.Errorf("credits %+v", all)
	}
}

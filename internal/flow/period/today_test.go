package period_test

import (
	"fmt"
	"reflect"
	"testing"

	"kith/internal/classroom"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/flow/schooltest"
	"kith/internal/roster"
)

func namesIn(people []flow.Named) (out []string) {
	for _, p := range people {
		out = append(out, p.Name)
	}
	return out
}

func brings(s *schooltest.School, who roster.PersonID, text string) {
	s.Happens(evidence.Fact{Learner: who, Kind: evidence.KindQuestion, Question: &evidence.Question{Class: s.Class, Lesson: s.Lesson("l2"), Text: text}})
}

func TestToday_ShowsWhatTheClassBringsAndMakesNothingByLooking(t *testing.T) {
	s := fourLearners(t)
	s.Watches(s.Learners[2], "l2", 0, 20)
	brings(s, s.Learners[0].Person, "Why not add?")
	p := schooltest.Show(s, period.Today, s.Okafor, library.ClassIn{Class: s.Class})
	if p.Day != "" || day(s).ID != "" {
		t.Error("looking made a day")
	}
	if p.Class.Name != "7B" || p.On != "2026-11-24" || p.Learners != 4 || p.Unit.Task != "Bake for forty" || !p.Proposals {
		t.Errorf("the head is %+v, %+v", p.Class, p.Unit)
	}
	l := p.Lesson
	if l == nil || l.Kind != "film" || l.Passed || l.Before != (library.Before{On: "2026-11-24", At: "09:00"}) {
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
	n := schooltest.DrawnNumber(s, s.Learners[1], "b-2", 1)
	if w := sit.Discuss[0]; schooltest.Plain(w.Answer) != fmt.Sprint(n+2) || schooltest.Plain(w.Text) != "What is twice "+fmt.Sprint(n)+"?" || schooltest.Plain(w.Nudge) != "You added two." {
		t.Errorf("the newest wrong answer reads %q to %q: %q", schooltest.Plain(w.Answer), schooltest.Plain(w.Text), schooltest.Plain(w.Nudge))
	}
	s.Now = s.Now.Add(30 * 60 * 1e9)
	schooltest.Do(s, period.UseQuestion, s.Okafor, period.UseQuestionIn{Op: flow.Op{Op: schooltest.NewOp()}, Question: p.Questions[0].ID})
	if p := schooltest.Show(s, period.Today, s.Okafor, library.ClassIn{Class: s.Class}); !p.Questions[0].Used || !p.Lesson.Passed {
		t.Errorf("later: %+v %+v", p.Questions, p.Lesson)
	}
}

func TestToday_KeepsThePilesAndSaysWhoWorkedSince(t *testing.T) {
	s := fourLearners(t)
	schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class})
	before := schooltest.Show(s, period.Today, s.Okafor, library.ClassIn{Class: s.Class})
	if before.Active != 0 || len(before.Piles) != 3 || before.Day == "" {
		t.Errorf("just made: %d active, %d piles", before.Active, len(before.Piles))
	}
	s.Now = s.Now.Add(1e9)
	s.Answers(s.Learners[3], "b-2", "right", 1)
	s.Answers(s.Learners[3], "b-3", "right", 1)
	after := schooltest.Show(s, period.Today, s.Okafor, library.ClassIn{Class: s.Class})
	if after.Active != 1 || !reflect.DeepEqual(after.Piles, before.Piles) {
		t.Errorf("%d learners worked since; the piles must stand", after.Active)
	}
}

func TestToday_StandsWithoutLessonUnitOrLearners(t *testing.T) {
	s := schooltest.New(t, 2)
	p := schooltest.Show(s, period.Today, s.Okafor, library.ClassIn{Class: s.Class})
	if p.Lesson != nil || len(p.Piles) != 1 || p.Piles[0].Kind != classroom.Carry {
		t.Errorf("without a lesson: %+v", p.Piles)
	}
	p = schooltest.Show(s, period.Today, s.Lin, library.ClassIn{Class: s.Other})
	if p.Unit != nil || len(p.Piles) != 0 || p.Learners != 0 {
		t.Errorf("an empty class: %+v", p)
	}
	if _, err := flow.Show(t.Context(), s.F, period.Today, s.Lin, library.ClassIn{Class: s.Class}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another teacher: %v", err)
	}
	if _, err := flow.Show(t.Context(), s.F, period.Today, s.Learners[0], library.ClassIn{Class: s.Class}); !fault.Is(err, fault.Forbidden) {
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
		s := schooltest.New(t, 1)
		for lesson, on := range c.before {
			s.Invite(lesson, on, "09:00")
		}
		s.Look(s.Okafor, func(l *flow.Look) error {
			got, ok, err := period.LessonOfDay(l, s.Class, "2026-11-24")
			if err == nil && (ok != (c.want != "") || ok && got.Lesson.ID != s.Lesson(c.want)) {
				t.Errorf("%s: %v %+v", c.name, ok, got.Lesson)
			}
			return err
		})
	}
}

func TestUseQuestion_TellsItsAuthorOnce(t *testing.T) {
	s := schooltest.New(t, 2)
	question := s.Happens(evidence.Fact{Learner: s.Learners[0].Person, Kind: evidence.KindQuestion,
		Question: &evidence.Question{Class: s.Class, Lesson: s.Lesson("l1"), Text: "Why twice?"}})
	topic := flow.LearnerTopic(string(s.Learners[0].Person))
	before := s.Revs(topic)[topic]
	schooltest.Do(s, period.UseQuestion, s.Okafor, period.UseQuestionIn{Op: flow.Op{Op: schooltest.NewOp()}, Question: question})
	schooltest.Do(s, period.UseQuestion, s.Okafor, period.UseQuestionIn{Op: flow.Op{Op: schooltest.NewOp()}, Question: question})
	if got := s.Revs(topic)[topic]; got != before+1 {
		t.Errorf("the author was told %d times", got-before)
	}
	schooltest.Refused(s, period.UseQuestion, s.Lin, period.UseQuestionIn{Op: flow.Op{Op: schooltest.NewOp()}, Question: question}, fault.NotFound)
	schooltest.Refused(s, period.UseQuestion, s.Learners[0], period.UseQuestionIn{Op: flow.Op{Op: schooltest.NewOp()}, Question: question}, fault.Forbidden)
}

package evening_test

import (
	"testing"
	"time"

	"kith/internal/flow/evening"
	"kith/internal/flow/schooltest"
	"kith/internal/flow/standing"
	"kith/internal/mastery"
	"kith/internal/plan"
)

func TestHome_AnswersThreeQuestionsBeforeAnythingIsDone(t *testing.T) {
	s := schooltest.NewEvening(t)
	h := schooltest.Show(s, evening.Home, s.Amina, struct{}{})
	if h.Where.NotStarted != 4 || h.Where.Secure != 0 || len(h.Where.Objectives) != 2 {
		t.Errorf("where: %+v", h.Where)
	}
	if h.Going.Task != "The fair" || h.Going.Next == nil || h.Going.Next.ICan != "I can add." {
		t.Errorf("going: %+v", h.Going)
	}
	if h.How.Next == nil || h.How.Next.Kind != standing.StepUnitTask {
		t.Errorf("the task comes before instruction, got %+v", h.How.Next)
	}
	if !h.First || h.Away {
		t.Errorf("first %v, away %v", h.First, h.Away)
	}
}

func TestHome_WaitingStopsNobody(t *testing.T) {
	s := schooltest.NewEvening(t)
	h := schooltest.Show(s, evening.Home, s.Amina, struct{}{})
	kinds := map[standing.StepKind]int{}
	places := map[plan.Where]int{}
	for _, line := range h.How.Today {
		kinds[line.Kind]++
		places[line.Where]++
		if line.Must {
			t.Errorf("%s is a must while nobody has decided", line.Key)
		}
	}
	if h.How.Decided || kinds[standing.StepKind(plan.Lesson)] != 1 || kinds[standing.StepKind(plan.Practice)] == 0 {
		t.Errorf("the shared lesson and ready skills are open: %+v", h.How.Today)
	}
	if len(h.How.Today) > plan.MaxToday || places[plan.OffScreen] != 1 || places[plan.Person] != 1 {
		t.Errorf("at most five lines, one off screen and one with a person: %v", places)
	}
}

func TestHome_SaysWhatChangedLast(t *testing.T) {
	s := schooltest.NewEvening(t)
	s.Secure(s.Amina, s.Skills[0])
	h := schooltest.Show(s, evening.Home, s.Amina, struct{}{})
	if c := h.Where.Changed; c == nil || c.Skill != s.Skills[0] || c.From != mastery.Growing || c.To != mastery.Secure {
		t.Errorf("changed: %+v", c)
	}
	if h.Where.Secure != 1 || h.Where.NotStarted != 3 {
		t.Errorf("counts: %+v", h.Where)
	}
	s.Clock = s.Clock.Add(5 * 24 * time.Hour)
	if !schooltest.Show(s, evening.Home, s.Amina, struct{}{}).Away {
		t.Error("after five days the page says welcome back")
	}
}

func TestHome_KeepsOneLineOffScreenAndOneWithAPersonWhenTheFirstAreDone(t *testing.T) {
	s := schooltest.NewEvening(t)
	schooltest.Do(s, evening.DoActivity, s.Amina, evening.DoActivityIn{Mine: mine(s), ClassUnit: s.ClassUnit, Objective: s.Goals[0]})
	places := map[plan.Where]int{}
	for _, line := range schooltest.Show(s, evening.Home, s.Amina, struct{}{}).How.Today {
		places[line.Where]++
		if line.Status == plan.Done {
			t.Errorf("%s is done and still stands in today's list", line.Key)
		}
	}
	if places[plan.OffScreen] != 1 || places[plan.Person] != 1 {
		t.Errorf("places: %v", places)
	}
}

func TestHome_TheNextObjectiveIsOneThatIsNotSecureYet(t *testing.T) {
	s := schooltest.NewEvening(t)
	s.Secure(s.Amina, s.Skills[0])
	s.Secure(s.Amina, s.Skills[1])
	if g := schooltest.Show(s, evening.Home, s.Amina, struct{}{}).Going.Next; g == nil || g.ID != s.Goals[1] {
		t.Errorf("next: %+v, want the second objective", g)
	}
}

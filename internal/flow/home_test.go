package flow

import (
	"testing"
	"time"

	"kith/internal/mastery"
	"kith/internal/plan"
)

func TestHome_AnswersThreeQuestionsBeforeAnythingIsDone(t *testing.T) {
	s := newEveningSchool(t)
	h := shows(s, Home, s.amina, struct{}{})
	if h.Where.NotStarted != 4 || h.Where.Secure != 0 || len(h.Where.Objectives) != 2 {
		t.Errorf("where: %+v", h.Where)
	}
	if h.Going.Task != "The fair" || h.Going.Next == nil || h.Going.Next.ICan != "I can add." {
		t.Errorf("going: %+v", h.Going)
	}
	if h.How.Next == nil || h.How.Next.Kind != StepUnitTask {
		t.Errorf("the task comes before instruction, got %+v", h.How.Next)
	}
	if !h.First || h.Away {
		t.Errorf("first %v, away %v", h.First, h.Away)
	}
}

func TestHome_WaitingStopsNobody(t *testing.T) {
	s := newEveningSchool(t)
	h := shows(s, Home, s.amina, struct{}{})
	kinds := map[StepKind]int{}
	places := map[plan.Where]int{}
	for _, line := range h.How.Today {
		kinds[line.Kind]++
		places[line.Where]++
		if line.Must {
			t.Errorf("%s is a must while nobody has decided", line.Key)
		}
	}
	if h.How.Decided || kinds[StepKind(plan.Lesson)] != 1 || kinds[StepKind(plan.Practice)] == 0 {
		t.Errorf("the shared lesson and ready skills are open: %+v", h.How.Today)
	}
	if len(h.How.Today) > plan.MaxToday || places[plan.OffScreen] != 1 || places[plan.Person] != 1 {
		t.Errorf("at most five lines, one off screen and one with a person: %v", places)
	}
}

func TestHome_SaysWhatChangedLast(t *testing.T) {
	s := newEveningSchool(t)
	s.secure(s.amina, s.skills[0])
	h := shows(s, Home, s.amina, struct{}{})
	if c := h.Where.Changed; c == nil || c.Skill != s.skills[0] || c.From != mastery.Growing || c.To != mastery.Secure {
		t.Errorf("changed: %+v", c)
	}
	if h.Where.Secure != 1 || h.Where.NotStarted != 3 {
		t.Errorf("counts: %+v", h.Where)
	}
	s.clock = s.clock.Add(5 * 24 * time.Hour)
	if !shows(s, Home, s.amina, struct{}{}).Away {
		t.Error("after five days the page says welcome back")
	}
}

func TestHome_KeepsOneLineOffScreenAndOneWithAPersonWhenTheFirstAreDone(t *testing.T) {
	s := newEveningSchool(t)
	acts(s, DoActivity, s.amina, DoActivityIn{Mine: s.mine(), ClassUnit: s.classUnit, Objective: s.goals[0]})
	places := map[plan.Where]int{}
	for _, line := range shows(s, Home, s.amina, struct{}{}).How.Today {
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
	s := newEveningSchool(t)
	s.secure(s.amina, s.skills[0])
	s.secure(s.amina, s.skills[1])
	if g := shows(s, Home, s.amina, struct{}{}).Going.Next; g == nil || g.ID != s.goals[1] {
		t.Errorf("next: %+v, want the second objective", g)
	}
}

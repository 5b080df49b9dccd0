package evening_test

import (
	"testing"
	"time"

	"kith/internal/flow/decision"
	"kith/internal/flow/evening"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/flow/schooltest"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
)

// words are what the pages of learner and teacher say of one skill.
func words(s *schooltest.Evening, id skill.ID) map[string]mastery.Status {
	out := map[string]mastery.Status{}
	for _, o := range schooltest.Show(s, evening.Skills, s.Amina, struct{}{}).Objectives {
		for _, k := range o.Skills {
			if k.ID == id {
				out["the learner's skills"] = k.Status
			}
		}
	}
	for _, o := range schooltest.Show(s, decision.LearnerView, s.Teacher, decision.LearnerIn{Learner: s.Amina.Person}).Answers.Where.Objectives {
		for _, k := range o.Skills {
			if k.ID == id {
				out["the teacher's page of the learner"] = k.Status
			}
		}
	}
	now := schooltest.Show(s, period.Now, s.Teacher, library.ClassIn{Class: s.Class})
	for col, k := range now.Skills {
		for _, l := range now.Learners {
			if k.ID == id && roster.PersonID(l.ID) == s.Amina.Person {
				out["the class's grid"] = l.Cells[col].Status
			}
		}
	}
	return out
}

func mustSay(t *testing.T, when string, got map[string]mastery.Status, want mastery.Status) {
	t.Helper()
	if len(got) != 3 {
		t.Fatalf("%s: only %v speak of the skill", when, got)
	}
	for page, says := range got {
		if says != want {
			t.Errorf("%s %s says %s, want %s", when, page, says, want)
		}
	}
}

// A skill that was secured in one evening and not used for a month is worth another look on every page, and secure again
// after one right answer. What is stored is the fold of the facts throughout: time is not evidence.
func TestStatus_FadesWithTimeOnEveryPageAndIsNotStored(t *testing.T) {
	s := schooltest.NewEvening(t)
	id := s.Skills[0]
	s.Secure(s.Amina, id)
	mustSay(t, "the same evening", words(s, id), mastery.Secure)
	s.Clock = s.Clock.Add(7 * 24 * time.Hour)
	mustSay(t, "a week later", words(s, id), mastery.Secure)
	s.Clock = s.Clock.Add(30 * 24 * time.Hour)
	mustSay(t, "a month later", words(s, id), mastery.AnotherLook)

	h := schooltest.Show(s, evening.Home, s.Amina, struct{}{})
	if h.Where.AnotherLook != 1 || h.Where.Secure != 0 {
		t.Errorf("home counts %+v", h.Where)
	}
	if c := h.Where.Changed; c == nil || c.Skill != id || c.From != mastery.Secure || c.To != mastery.AnotherLook || c.AtMs >= s.Clock.UnixMilli() {
		t.Errorf("the last change: %+v", c)
	}
	sum, err := ledger.Recompute(t.Context(), s.F, true)
	if err != nil || sum.Estimates == 0 || len(sum.Different) > 0 {
		t.Errorf("recompute: %+v, %v", sum, err)
	}

	if out := s.Practise(s.Amina, id, "a+b"); out.Before != mastery.AnotherLook || out.After != mastery.Secure {
		t.Errorf("an answer after a month moves it from %s to %s", out.Before, out.After)
	}
	mustSay(t, "after one right answer", words(s, id), mastery.Secure)
}

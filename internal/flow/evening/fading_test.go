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
	"kith/internal/flow/standing"
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

// whys are the sentences that pages say of one skill, by page.
func whys(s *schooltest.Evening, id skill.ID) map[string]string {
	s.T.Helper()
	out := map[string]string{}
	say := func(page string, all []standing.ObjectiveStanding) {
		for _, o := range all {
			for _, k := range o.Skills {
				if k.ID == id {
					out[page] = k.Why.Code
				}
			}
		}
	}
	say("the learner's skills", schooltest.Show(s, evening.Skills, s.Amina, struct{}{}).Objectives)
	say("the learner's home", schooltest.Show(s, evening.Home, s.Amina, struct{}{}).Where.Objectives)
	say("the teacher's page of the learner", schooltest.Show(s, decision.LearnerView, s.Teacher, decision.LearnerIn{Learner: s.Amina.Person}).Answers.Where.Objectives)
	out["practice"] = schooltest.Show(s, evening.Practice, s.Amina, evening.PracticeIn{Skill: id}).Skill.Why.Code
	for _, k := range schooltest.Show(s, evening.Map, s.Amina, struct{}{}).Map.Skills {
		if k.ID == id {
			out["the map"] = k.Why.Code
		}
	}
	return out
}

// Every status has one sentence, from what weighs most, and all pages say the same one. Below the floor it is "not enough to
// say yet"; what time did is said as time, and never as answers that were right.
func TestWhy_IsOneSentenceAndTheSameOnEveryPage(t *testing.T) {
	s := schooltest.NewEvening(t)
	id := s.Skills[0]
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"not started", func() {}, "why.none"},
		{"one answer", func() { s.Practise(s.Amina, id, "a+b") }, "why.few"},
		{"secure", func() { s.Secure(s.Amina, id) }, "why.run_alone"},
		{"a month later", func() { s.Clock = s.Clock.Add(37 * 24 * time.Hour) }, "why.since_weeks"},
		{"right once more", func() { s.Practise(s.Amina, id, "a+b") }, "why.kept"},
		{"two not-yets", func() {
			s.Clock = s.Clock.Add(24 * time.Hour)
			s.Practise(s.Amina, id, "a-b")
			s.Practise(s.Amina, id, "a-b")
		}, "why.look"},
	} {
		step.do()
		got := whys(s, id)
		if len(got) != 5 {
			t.Errorf("%s: only %v speak of it", step.name, got)
		}
		for page, code := range got {
			if code != step.want {
				t.Errorf("%s: %s says %q, want %s", step.name, page, code, step.want)
			}
		}
	}
}

package decision_test

import (
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/decision"
	"kith/internal/flow/evening"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/mastery"
)

func appeals(s *schooltest.School, who access.Actor, attempt string) evening.AppealOut {
	s.T.Helper()
	return schooltest.Do(s, evening.Appeal, who, evening.AppealIn{Mine: flow.Mine{Op: schooltest.Op(), Learner: who.Person}, Attempt: attempt})
}

func rules(s *schooltest.School, accepted bool, word string, attempts ...string) decision.RuledOut {
	s.T.Helper()
	return schooltest.Do(s, decision.RuleAppeals, s.Okafor, decision.RuleAppealsIn{Op: schooltest.Op(), Class: s.Class, Attempts: attempts, Accepted: accepted, Word: word})
}

func appealsPage(s *schooltest.School) decision.AppealsPage {
	return schooltest.Show(s, decision.Appeals, s.Okafor, decision.AppealsIn{Class: s.Class})
}

// A learner says that a not-yet is right; the teacher sees it with the answer and the key and agrees; from then on the
// answer counts as right from when it was given, and the learner reads who said so.
func TestRuleAppeals_RightAfterAllCountsFromWhenItWasGiven(t *testing.T) {
	s := schooltest.New(t, 2)
	amina := s.Learners[0]
	got := s.Answers(amina, "a-1", "other", 1)
	s.Answers(amina, "a-2", "right", 1)
	if got.Outcome != item.NotYet || got.Fact == "" {
		t.Fatalf("the answer: %+v", got)
	}
	before := unitOf(s, amina).Estimates[s.Skill("a")]
	s.Now = s.Now.Add(time.Second)
	if out := appeals(s, amina, got.Fact); out.Teacher != "Emeka Okafor" {
		t.Errorf("it goes to %q", out.Teacher)
	}
	appeals(s, amina, got.Fact) // said twice is said once
	if e := unitOf(s, amina).Estimates[s.Skill("a")]; e.PKnown != before.PKnown {
		t.Errorf("an appeal alone moved the estimate from %v to %v", before.PKnown, e.PKnown)
	}
	p := appealsPage(s)
	if len(p.Folds) != 1 || len(p.Folds[0].Waiting) != 1 || p.Folds[0].Waiting[0].Attempt != got.Fact {
		t.Fatalf("the page shows %+v", p.Folds)
	}
	if f := p.Folds[0]; schooltest.Plain(f.Text) == "" || schooltest.Plain(f.Answer) == "" || schooltest.Plain(f.Key) == "" || schooltest.Plain(f.Answer) == schooltest.Plain(f.Key) {
		t.Errorf("asked %q, answered %q, key %q", schooltest.Plain(f.Text), schooltest.Plain(f.Answer), schooltest.Plain(f.Key))
	}
	if in := schooltest.Show(s, decision.Inbox, s.Okafor, decision.InboxIn{Class: s.Class}); in.Appeals != 1 {
		t.Errorf("the inbox counts %d", in.Appeals)
	}
	s.Now = s.Now.Add(time.Second)
	if out := rules(s, true, "", got.Fact); out.Ruled != 1 {
		t.Errorf("ruled %d", out.Ruled)
	}
	u := unitOf(s, amina)
	e := u.Estimates[s.Skill("a")]
	if e.PKnown <= before.PKnown || e.Unaided != 2 || e.State.Tries[0].Went != mastery.WentRight {
		t.Errorf("after the ruling: %+v; before %+v", e, before)
	}
	if h := schooltest.Show(s, evening.Home, amina, struct{}{}); h.Ruled == nil || !h.Ruled.Accepted || h.Ruled.By != "Emeka Okafor" || schooltest.Plain(h.Ruled.Answer) == "" {
		t.Errorf("home says %+v", h.Ruled)
	}
	if p := appealsPage(s); len(p.Folds) != 0 {
		t.Errorf("it still waits: %+v", p.Folds)
	}
	recomputes(s)

	// Taken out, the ruling is as if it had not been, and the answer waits again.
	last := u.Facts[len(u.Facts)-1]
	if last.Kind != evidence.KindRuling {
		t.Fatalf("the last fact is %+v", last)
	}
	schooltest.Do(s, decision.WithdrawFact, s.Okafor, decision.WithdrawFactIn{Op: schooltest.Op(), Learner: amina.Person, Fact: last.ID, Reason: "A slip of mine."})
	if e := unitOf(s, amina).Estimates[s.Skill("a")]; e.PKnown != before.PKnown {
		t.Errorf("after the withdrawal %v, want %v", e.PKnown, before.PKnown)
	}
	if p := appealsPage(s); len(p.Folds) != 1 {
		t.Errorf("it does not wait again: %+v", p.Folds)
	}
	recomputes(s)
}

func TestRuleAppeals_NotYetNeedsAWordAndMovesNothing(t *testing.T) {
	s := schooltest.New(t, 1)
	amina := s.Learners[0]
	got := s.Answers(amina, "a-1", "other", 1)
	appeals(s, amina, got.Fact)
	before := unitOf(s, amina).Estimates[s.Skill("a")]
	in := decision.RuleAppealsIn{Op: schooltest.Op(), Class: s.Class, Attempts: []string{got.Fact}, Word: " "}
	schooltest.Refused(s, decision.RuleAppeals, s.Okafor, in, fault.Invalid)
	rules(s, false, "Count the second row, too.", got.Fact)
	if e := unitOf(s, amina).Estimates[s.Skill("a")]; e.PKnown != before.PKnown {
		t.Errorf("a not yet moved the estimate from %v to %v", before.PKnown, e.PKnown)
	}
	if h := schooltest.Show(s, evening.Home, amina, struct{}{}); h.Ruled == nil || h.Ruled.Accepted || h.Ruled.Word != "Count the second row, too." {
		t.Errorf("home says %+v", h.Ruled)
	}
	again := decision.RuleAppealsIn{Op: schooltest.Op(), Class: s.Class, Attempts: []string{got.Fact}, Accepted: true}
	schooltest.Refused(s, decision.RuleAppeals, s.Okafor, again, fault.Conflict)
}

// One answer by several to the same numbers is one card, ruled in one act; another answer stands for itself.
func TestAppeals_SameAnswersFoldAndAreRuledTogether(t *testing.T) {
	s := schooltest.New(t, 12)
	byNumber := map[int][]string{}
	for _, who := range s.Learners {
		got := s.Answers(who, "a-1", "other", 1)
		n := schooltest.DrawnNumber(s, who, "a-1", 1)
		byNumber[n] = append(byNumber[n], got.Fact)
		appeals(s, who, got.Fact)
	}
	p := appealsPage(s)
	if len(p.Folds) != len(byNumber) || len(byNumber) == len(s.Learners) {
		t.Fatalf("%d cards for %d different numbers of %d learners", len(p.Folds), len(byNumber), len(s.Learners))
	}
	for _, f := range p.Folds {
		var ids []string
		for _, w := range f.Waiting {
			ids = append(ids, w.Attempt)
		}
		if out := rules(s, true, "", ids...); out.Ruled != len(ids) {
			t.Errorf("%d of %d were ruled", out.Ruled, len(ids))
		}
	}
	recomputes(s)
}

func TestAppeal_IsAboutOnesOwnNotYet(t *testing.T) {
	s := schooltest.New(t, 2)
	amina, ben := s.Learners[0], s.Learners[1]
	notYet, right := s.Answers(amina, "a-1", "other", 1), s.Answers(amina, "a-2", "right", 1)
	of := func(who access.Actor, attempt string) evening.AppealIn {
		return evening.AppealIn{Mine: flow.Mine{Op: schooltest.Op(), Learner: who.Person}, Attempt: attempt}
	}
	schooltest.Refused(s, evening.Appeal, ben, of(ben, notYet.Fact), fault.NotFound)
	schooltest.Refused(s, evening.Appeal, amina, of(amina, right.Fact), fault.Invalid)
	// Nobody spoke up for this one, and the other class's teacher knows of none.
	schooltest.Refused(s, decision.RuleAppeals, s.Okafor, decision.RuleAppealsIn{Op: schooltest.Op(), Class: s.Class, Attempts: []string{notYet.Fact}, Accepted: true}, fault.NotFound)
	appeals(s, amina, notYet.Fact)
	schooltest.Refused(s, decision.RuleAppeals, s.Lin, decision.RuleAppealsIn{Op: schooltest.Op(), Class: s.Other, Attempts: []string{notYet.Fact}, Accepted: true}, fault.NotFound)
}

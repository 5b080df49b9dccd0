package decision_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/decision"
	"kith/internal/flow/evening"
	"kith/internal/flow/ledger"
	"kith/internal/flow/schooltest"
	"kith/internal/flow/standing"
	"kith/internal/mastery"
	"kith/internal/plan"
)

func TestCreditAndReopen_MoveTheWordAndKeepItsDate(t *testing.T) {
	s := schooltest.New(t, 1)
	amina := s.Learners[0]
	a := s.Skill("a")
	accepts(s, s.Okafor, sends(s, amina, evening.SendPlanIn{}))
	credit := decision.CreditSkillIn{Op: flow.Op{Op: schooltest.NewOp()}, Learner: amina.Person, Skill: a, Reason: " "}
	schooltest.Refused(s, decision.CreditSkill, s.Okafor, credit, fault.Invalid)
	schooltest.Refused(s, decision.ReopenSkill, s.Okafor, decision.ReopenSkillIn{Op: flow.Op{Op: schooltest.NewOp()}, Learner: amina.Person, Skill: a, Reason: "x"}, fault.Conflict)
	credit.Op, credit.Reason = flow.Op{Op: schooltest.NewOp()}, "She showed me with the cups."
	schooltest.Refused(s, decision.CreditSkill, s.Lin, credit, fault.NotFound)
	schooltest.Refused(s, decision.CreditSkill, amina, credit, fault.Forbidden)
	if out := schooltest.Do(s, decision.CreditSkill, s.Okafor, credit); out.Status != mastery.Secure {
		t.Errorf("credited: %s", out.Status)
	}
	since := unitOf(s, amina).Estimates[a].SecureSinceMs
	s.Now = s.Now.Add(24 * time.Hour)
	if out := schooltest.Do(s, decision.ReopenSkill, s.Okafor, decision.ReopenSkillIn{Op: flow.Op{Op: schooltest.NewOp()}, Learner: amina.Person, Skill: a, Reason: "Let us look at it together."}); out.Status != mastery.AnotherLook {
		t.Errorf("re-opened: %s", out.Status)
	}
	u := unitOf(s, amina)
	if e := u.Estimates[a]; since == 0 || e.SecureSinceMs != since {
		t.Errorf("secure since %d, was %d", e.SecureSinceMs, since)
	}
	row, ok := u.Open()
	if !ok || row.Cause != string(plan.CreditDoubted) {
		t.Fatalf("a doubted credit makes a new proposal, got %v %q", ok, row.Cause)
	}
	body, _ := standing.DecodeProposal(row)
	if !slices.Contains(lineKeys(body.Lines), "revisit:"+string(a)) && !slices.Contains(lineKeys(body.Lines), "practice:"+string(a)) {
		t.Errorf("proposed: %v", lineKeys(body.Lines))
	}
	recomputes(s)
}

func TestWithdrawFact_IsOutOfEveryFoldAndStaysOnRecord(t *testing.T) {
	s := schooltest.New(t, 2)
	amina := s.Learners[0]
	for n, item := range []string{"a-1", "a-2", "a-3"} {
		s.Now = s.Now.Add(time.Minute)
		if out := s.Answers(amina, item, "right", 1); n == 2 && out.After != mastery.Secure {
			t.Fatalf("three rights in a row: %s", out.After)
		}
	}
	u := unitOf(s, amina)
	last := u.Facts[len(u.Facts)-1].ID
	in := decision.WithdrawFactIn{Op: flow.Op{Op: schooltest.NewOp()}, Learner: amina.Person, Fact: last, Reason: "Her brother typed this one."}
	wrong := in
	wrong.Op, wrong.Learner = flow.Op{Op: schooltest.NewOp()}, s.Learners[1].Person
	schooltest.Refused(s, decision.WithdrawFact, s.Okafor, wrong, fault.NotFound)
	schooltest.Refused(s, decision.WithdrawFact, s.Lin, in, fault.NotFound)
	schooltest.Do(s, decision.WithdrawFact, s.Okafor, in)
	if e := unitOf(s, amina).Estimates[s.Skill("a")]; e.Status != mastery.Growing || e.Attempts != 2 {
		t.Errorf("after: %s, %d attempts", e.Status, e.Attempts)
	}
	recomputes(s)
	in.Op = flow.Op{Op: schooltest.NewOp()}
	_, err := flow.Run(t.Context(), s.F, decision.WithdrawFact, s.Okafor, in)
	if said := fault.Said(err); said.Code != "fault.withdraw.already" || said.Args["by"] != "Emeka Okafor" {
		t.Errorf("a second time: %v", err)
	}
	var all []evidence.Fact
	s.Look(s.Okafor, func(l *flow.Look) (err error) { all, err = ledger.Facts(l, amina.Person); return err })
	if w := all[len(all)-1]; w.Withdrawal == nil || w.Withdrawal.By != s.Okafor.Person || !strings.Contains(w.Withdrawal.Reason, "brother") {
		t.Errorf("on record: %+v", w.Withdrawal)
	}
	schooltest.Refused(s, decision.WithdrawFact, s.Okafor, decision.WithdrawFactIn{Op: flow.Op{Op: schooltest.NewOp()}, Learner: amina.Person, Fact: all[len(all)-1].ID, Reason: "x"}, fault.Invalid)
}

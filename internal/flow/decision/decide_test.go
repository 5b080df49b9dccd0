package decision_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kith/internal/access"
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
	"kith/internal/store"
	"kith/internal/store/db"
)

// unitOf loads a learner in the unit of 7B.
func unitOf(s *schooltest.School, who access.Actor) (u *standing.LearnerUnit) {
	s.T.Helper()
	s.Look(who, func(l *flow.Look) (err error) {
		u, err = standing.InUnit(l, s.Given, who.Person)
		return err
	})
	return u
}

// proposes makes a proposal for a learner, as when they ask for one.
func proposes(s *schooltest.School, who access.Actor) string {
	s.T.Helper()
	s.Now = s.Now.Add(time.Second)
	schooltest.Do(s, evening.AskForPlan, who, evening.AskForPlanIn{Mine: flow.Mine{Op: flow.Op{Op: schooltest.NewOp()}, Learner: who.Person}, ClassUnit: s.Given})
	row, ok := unitOf(s, who).Open()
	if !ok {
		s.T.Fatal("nothing was proposed")
	}
	return row.ID
}

// sends makes a proposal and sends it.
func sends(s *schooltest.School, who access.Actor, wish evening.SendPlanIn) string {
	s.T.Helper()
	wish.Mine, wish.ClassUnit, wish.Proposal = flow.Mine{Op: flow.Op{Op: schooltest.NewOp()}, Learner: who.Person}, s.Given, proposes(s, who)
	if wish.Edits == nil {
		wish.Edits = []evening.WishEdit{}
	}
	if wish.Contested == nil {
		wish.Contested = []string{}
	}
	schooltest.Do(s, evening.SendPlan, who, wish)
	return wish.Proposal
}

// showed puts a credit into the open proposal of a learner, as a check that showed the skill would have.
func showed(s *schooltest.School, who access.Actor, code string) {
	s.T.Helper()
	u := unitOf(s, who)
	row, _ := u.Open()
	body, err := standing.DecodeProposal(row)
	if err != nil {
		s.T.Fatal(err)
	}
	c := plan.NewLine(plan.Practice, u.Goals[0].ID, s.Skill(code), "")
	c.Change, c.Minutes = plan.Credited, 10
	c.Reason.Code = "reason.known_direct"
	body.Credited, body.MinutesBack = append(body.Credited, c), body.MinutesBack+10
	body.Lines = slices.DeleteFunc(body.Lines, func(l plan.Line) bool { return l.Key == c.Key })
	text, err := json.Marshal(body)
	if err != nil {
		s.T.Fatal(err)
	}
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SupersedeProposals(ctx, db.SupersedeProposalsParams{SchoolID: string(s.ID), LearnerID: row.LearnerID, ClassUnitID: row.ClassUnitID}); err != nil {
			return err
		}
		return tx.AddProposal(ctx, db.AddProposalParams{SchoolID: string(s.ID), ID: schooltest.NewOp(), LearnerID: row.LearnerID, ClassUnitID: row.ClassUnitID, BaseRevision: row.BaseRevision,
			Cause: row.Cause, ModelID: row.ModelID, Body: string(text), LookKey: row.LookKey, MadeMs: tx.Now})
	})
}

func accepts(s *schooltest.School, who access.Actor, ids ...string) decision.Decided {
	s.T.Helper()
	s.Now = s.Now.Add(time.Second)
	return schooltest.Do(s, decision.DecideProposals, who, decision.DecideProposalsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Proposals: ids, Verdict: "accept"})
}

func lineKeys(lines []plan.Line) (out []string) {
	for _, l := range lines {
		out = append(out, l.Key)
	}
	return out
}

// recomputes fails the test when a stored estimate is not the fold of its facts.
func recomputes(s *schooltest.School) {
	s.T.Helper()
	sum, err := ledger.Recompute(s.T.Context(), s.F, true)
	if err != nil || len(sum.Different) > 0 {
		s.T.Errorf("recompute --check: %+v, %v", sum.Different, err)
	}
}

func TestDecideProposals_AcceptsSeventeenInOneAct(t *testing.T) {
	s := schooltest.New(t, 17)
	var ids []string
	for _, who := range s.Learners {
		ids = append(ids, sends(s, who, evening.SendPlanIn{}))
	}
	page := schooltest.Show(s, decision.Inbox, s.Okafor, decision.InboxIn{Class: s.Class})
	if len(page.Same) != 1 || len(page.Same[0].Plans) != 17 || len(page.Single) != 0 {
		t.Fatalf("17 look-alikes fold into one card, got %d cards and %d single", len(page.Same), len(page.Single))
	}
	topics := []string{flow.LearnerTopic(string(s.Learners[3].Person)), flow.ClassTopic(string(s.Class))}
	before := s.Revs(topics...)
	out := accepts(s, s.Okafor, ids...)
	if n := len(out.Outcomes); n != 17 || slices.ContainsFunc(out.Outcomes, func(o decision.DecidedOne) bool { return o.Outcome != "decided" }) {
		t.Fatalf("%d outcomes: %+v", n, out.Outcomes)
	}
	for topic, rev := range s.Revs(topics...) {
		if rev == before[topic] {
			t.Errorf("%s heard nothing", topic)
		}
	}
	for _, who := range s.Learners {
		if h := schooltest.Show(s, evening.Home, who, struct{}{}); !h.How.Decided || h.How.State != standing.PlanDecided {
			t.Fatalf("%s: %s, decided %v", h.Name, h.How.State, h.How.Decided)
		}
	}
	if page := schooltest.Show(s, decision.Inbox, s.Okafor, decision.InboxIn{Class: s.Class}); len(page.Same)+len(page.Single) != 0 {
		t.Error("what was decided still waits")
	}
}

func TestDecideProposals_SupersededIsConflictNamingWhose(t *testing.T) {
	s := schooltest.New(t, 2)
	old := sends(s, s.Learners[0], evening.SendPlanIn{})
	proposes(s, s.Learners[0])
	other := sends(s, s.Learners[1], evening.SendPlanIn{})
	in := decision.DecideProposalsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Proposals: []string{old}, Verdict: "accept"}
	_, err := flow.Run(t.Context(), s.F, decision.DecideProposals, s.Okafor, in)
	if said := fault.Said(err); !fault.Is(err, fault.Conflict) || said.Code != "fault.decide.superseded" || said.Args["name"] != "L01 N." {
		t.Errorf("got %v", err)
	}
	out := accepts(s, s.Okafor, old, other)
	if out.Outcomes[0].Outcome != "superseded" || out.Outcomes[1].Outcome != "decided" {
		t.Errorf("the others go through: %+v", out.Outcomes)
	}
	if unitOf(s, s.Learners[0]).Decided.Revision != 0 {
		t.Error("a superseded proposal was decided")
	}
	if code := schooltest.Refused(s, decision.DecideProposals, s.Okafor, decision.DecideProposalsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Proposals: []string{other}, Verdict: "accept"}, fault.Conflict); code != "fault.decide.already" {
		t.Error(code)
	}
}

func TestDecideProposals_RejectKeepsThePlanAndTellsWhy(t *testing.T) {
	s := schooltest.New(t, 1)
	amina := s.Learners[0]
	accepts(s, s.Okafor, sends(s, amina, evening.SendPlanIn{}))
	was := lineKeys(unitOf(s, amina).Decided.Lines)
	id := sends(s, amina, evening.SendPlanIn{})
	in := decision.DecideProposalsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Proposals: []string{id}, Verdict: "reject", Reason: "  "}
	schooltest.Refused(s, decision.DecideProposals, s.Okafor, in, fault.Invalid)
	in.Op, in.Reason = flow.Op{Op: schooltest.NewOp()}, "Finish the lesson first, then we look together."
	s.Now = s.Now.Add(time.Second)
	schooltest.Do(s, decision.DecideProposals, s.Okafor, in)
	u := unitOf(s, amina)
	if got := lineKeys(u.Decided.Lines); !slices.Equal(got, was) || u.Decided.Revision != 1 {
		t.Errorf("the plan is %v at %d, was %v", got, u.Decided.Revision, was)
	}
	p := schooltest.Show(s, evening.Plan, amina, struct{}{})
	if p.Last == nil || p.Last.Verdict != "reject" || p.Last.Reason != in.Reason || p.Last.By != "Emeka Okafor" || p.Proposal != nil {
		t.Errorf("the learner reads %+v", p.Last)
	}
	if h := schooltest.Show(s, evening.Home, amina, struct{}{}); h.Said == nil || h.Said.Reason != in.Reason {
		t.Errorf("home says %+v", h.Said)
	}
}

func TestDecideProposals_TakesThePlanAsItWasSent(t *testing.T) {
	s := schooltest.New(t, 1)
	amina := s.Learners[0]
	proposes(s, amina)
	showed(s, amina, "a")
	row, _ := unitOf(s, amina).Open()
	body, _ := standing.DecodeProposal(row)
	may := slices.IndexFunc(body.Lines, func(l plan.Line) bool { return !l.Must })
	credit := body.Credited[0].Key
	schooltest.Do(s, evening.SendPlan, amina, evening.SendPlanIn{Mine: flow.Mine{Op: flow.Op{Op: schooltest.NewOp()}, Learner: amina.Person}, ClassUnit: s.Given, Proposal: row.ID, Contested: []string{credit}, Word: "I guessed that one.",
		Edits: []evening.WishEdit{{Act: "move", Key: body.Lines[may].Key, To: 0}}})
	one := schooltest.Show(s, decision.Inbox, s.Okafor, decision.InboxIn{Class: s.Class}).Single[0]
	if one.Word != "I guessed that one." || !slices.Contains(one.Moved, body.Lines[may].Key) || !slices.Contains(one.Asked, credit) || len(one.Credited) != 0 {
		t.Fatalf("the inbox shows %+v", one)
	}
	accepts(s, s.Okafor, row.ID)
	u := unitOf(s, amina)
	if u.Decided.Lines[0].Key != body.Lines[may].Key || !slices.Contains(lineKeys(u.Decided.Lines), credit) {
		t.Errorf("decided: %v", lineKeys(u.Decided.Lines))
	}
	if u.Estimates[s.Skill("a")].Credited {
		t.Error("a contested credit was given")
	}
}

func TestDecideProposals_CreditsBecomeFactsOfThatTeacher(t *testing.T) {
	s := schooltest.New(t, 1)
	amina := s.Learners[0]
	proposes(s, amina)
	showed(s, amina, "a")
	row, _ := unitOf(s, amina).Open()
	accepts(s, s.Okafor, row.ID)
	u := unitOf(s, amina)
	last := u.Facts[len(u.Facts)-1]
	if last.Kind != evidence.KindCredit || last.Credit.By != s.Okafor.Person || !strings.HasPrefix(last.Credit.Reason, `{"code":"reason.known_direct"`) {
		t.Errorf("the fact: %+v", last.Credit)
	}
	if e := u.Estimates[s.Skill("a")]; e.Status != mastery.Secure || !e.Credited {
		t.Errorf("the skill: %+v", e)
	}
	recomputes(s)
}

func TestDecideEdit_MovesDropsPutsInAndUncredits(t *testing.T) {
	s := schooltest.New(t, 1)
	amina := s.Learners[0]
	proposes(s, amina)
	showed(s, amina, "a")
	row, _ := unitOf(s, amina).Open()
	p := schooltest.Show(s, decision.Inbox, s.Okafor, decision.InboxIn{Class: s.Class})
	if len(p.With) != 1 || len(p.Single) != 0 {
		t.Fatalf("an unsent plan is still with its learner: %+v", p)
	}
	body, _ := standing.DecodeProposal(row)
	lines := lineKeys(body.Lines)
	meet := "meeting:" + string(s.Skill("b"))
	in := decision.DecideEditIn{Op: flow.Op{Op: schooltest.NewOp()}, Proposal: row.ID, Uncredited: []string{body.Credited[0].Key}, Edits: []decision.PlanEdit{
		{Act: "drop", Key: lines[1]}, {Act: "move", Key: lines[0], To: 1}, {Act: "may", Key: lines[0]},
		{Act: "add", Step: &decision.StepIn{Kind: plan.Meeting, Skill: s.Skill("b")}, Must: true, To: 0}}}
	bad := in
	bad.Op, bad.Edits = flow.Op{Op: schooltest.NewOp()}, []decision.PlanEdit{{Act: "drop", Key: "practice:" + schooltest.NewOp()}}
	schooltest.Refused(s, decision.DecideEdit, s.Okafor, bad, fault.Invalid)
	schooltest.Refused(s, decision.DecideEdit, s.Lin, in, fault.NotFound)
	s.Now = s.Now.Add(time.Second)
	in.Op = flow.Op{Op: schooltest.NewOp()}
	schooltest.Do(s, decision.DecideEdit, s.Okafor, in)
	u := unitOf(s, amina)
	got := u.Decided.Lines
	if got[0].Key != meet || !got[0].Pinned || !got[0].Must || got[2].Key != lines[0] || got[2].Must || slices.Contains(lineKeys(got), lines[1]) {
		t.Errorf("decided: %+v", got)
	}
	if !slices.Contains(u.Decided.Vetoes, lines[1]) || u.Estimates[s.Skill("a")].Credited {
		t.Errorf("vetoes %v, credited %v", u.Decided.Vetoes, u.Estimates[s.Skill("a")].Credited)
	}
	in.Op = flow.Op{Op: schooltest.NewOp()}
	schooltest.Refused(s, decision.DecideEdit, s.Okafor, in, fault.Conflict)
}

func TestDecideProposals_OfTwoTeachersAtOnceExactlyOneDecides(t *testing.T) {
	s := schooltest.New(t, 1)
	amina := s.Learners[0]
	second := s.Lin
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		return tx.Enroll(ctx, db.EnrollParams{SchoolID: string(s.ID), ClassID: string(s.Class), PersonID: string(second.Person), Role: "teacher", StartedOn: "2026-09-01", StartedMs: 1})
	})
	id := sends(s, amina, evening.SendPlanIn{})
	var wait sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wait.Add(1)
		go func() {
			defer wait.Done()
			who := []access.Actor{s.Okafor, second}[i%2]
			verdict, reason := "accept", ""
			if i%4 > 1 {
				verdict, reason = "reject", "Not now."
			}
			_, errs[i] = flow.Run(t.Context(), s.F, decision.DecideProposals, who, decision.DecideProposalsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Proposals: []string{id}, Verdict: verdict, Reason: reason})
		}()
	}
	wait.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !fault.Is(err, fault.Conflict):
			t.Errorf("lost with %v, want Conflict", err)
		}
	}
	if u := unitOf(s, amina); won != 1 || len(u.Decisions) != 1 {
		t.Errorf("%d decided, %d decisions stand", won, len(u.Decisions))
	}
}

func TestDecideProposals_AnotherClassesTeacherFindsNothing(t *testing.T) {
	s := schooltest.New(t, 1)
	id := sends(s, s.Learners[0], evening.SendPlanIn{})
	schooltest.Refused(s, decision.DecideProposals, s.Lin, decision.DecideProposalsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Proposals: []string{id}, Verdict: "accept"}, fault.NotFound)
	schooltest.Refused(s, decision.DecideProposals, s.Lin, decision.DecideProposalsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Other, Proposals: []string{id}, Verdict: "accept"}, fault.NotFound)
	schooltest.Refused(s, decision.DecideProposals, s.Learners[0], decision.DecideProposalsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Proposals: []string{id}, Verdict: "accept"}, fault.Forbidden)
	if _, err := flow.Show(t.Context(), s.F, decision.Inbox, s.Lin, decision.InboxIn{Class: s.Class}); !fault.Is(err, fault.NotFound) {
		t.Errorf("inbox: %v", err)
	}
	if _, err := flow.Show(t.Context(), s.F, decision.LearnerView, s.Lin, decision.LearnerIn{Learner: s.Learners[0].Person}); !fault.Is(err, fault.NotFound) {
		t.Errorf("learner: %v", err)
	}
}

func TestTakeBack_RestoresThePlanWithdrawsItsCreditsAndWaitsAgain(t *testing.T) {
	s := schooltest.New(t, 2)
	amina := s.Learners[0]
	accepts(s, s.Okafor, sends(s, amina, evening.SendPlanIn{}))
	was := unitOf(s, amina).Decided
	proposes(s, amina)
	showed(s, amina, "a")
	row, _ := unitOf(s, amina).Open()
	accepts(s, s.Okafor, row.ID)
	if !unitOf(s, amina).Estimates[s.Skill("a")].Credited {
		t.Fatal("not credited")
	}
	in := decision.TakeBackIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Proposals: []string{row.ID}}
	schooltest.Refused(s, decision.TakeBack, s.Lin, in, fault.NotFound)
	s.Now = s.Now.Add(time.Second)
	schooltest.Do(s, decision.TakeBack, s.Okafor, in)
	u := unitOf(s, amina)
	if got := u.Decided; !slices.Equal(lineKeys(got.Lines), lineKeys(was.Lines)) || len(got.Vetoes) != 0 || got.Revision != 3 {
		t.Errorf("the plan is %v at %d, vetoes %v", lineKeys(got.Lines), got.Revision, got.Vetoes)
	}
	if e := u.Estimates[s.Skill("a")]; e.Credited || e.Status == mastery.Secure {
		t.Errorf("the credit stands: %+v", e)
	}
	if open, ok := u.Open(); !ok || open.ID != row.ID {
		t.Error("it does not wait again")
	}
	if p := schooltest.Show(s, evening.Plan, amina, struct{}{}); p.Last != nil {
		t.Errorf("the learner still reads %+v", p.Last)
	}
	recomputes(s)
	accepts(s, s.Okafor, row.ID)
	if !unitOf(s, amina).Estimates[s.Skill("a")].Credited {
		t.Error("accepted again, it is credited again")
	}
	schooltest.Do(s, decision.TakeStep, s.Okafor, decision.TakeStepIn{OnPlan: decision.OnPlan{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: s.Given, Learner: amina.Person, Revision: 4}, Key: unitOf(s, amina).Decided.Lines[0].Key})
	in.Op = flow.Op{Op: schooltest.NewOp()}
	if code := schooltest.Refused(s, decision.TakeBack, s.Okafor, in, fault.Conflict); code != "fault.decide.moved_on" {
		t.Error(code)
	}
}

package flow

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
	"kith/internal/mastery"
	"kith/internal/plan"
	"kith/internal/store"
	"kith/internal/store/db"
)

// unitOf loads a learner in the unit of 7B.
func (s *school) unitOf(who access.Actor) (u *learnerUnit) {
	s.t.Helper()
	s.look(who, func(l *Look) (err error) {
		u, err = l.mineIn(s.given, who.Person)
		return err
	})
	return u
}

// proposes makes a proposal for a learner, as when they ask for one.
func (s *school) proposes(who access.Actor) string {
	s.t.Helper()
	s.now = s.now.Add(time.Second)
	do(s, AskForPlan, who, AskForPlanIn{Mine: Mine{Op{newOp()}, who.Person}, ClassUnit: s.given})
	row, ok := s.unitOf(who).open()
	if !ok {
		s.t.Fatal("nothing was proposed")
	}
	return row.ID
}

// sends makes a proposal and sends it.
func (s *school) sends(who access.Actor, wish SendPlanIn) string {
	s.t.Helper()
	wish.Mine, wish.ClassUnit, wish.Proposal = Mine{Op{newOp()}, who.Person}, s.given, s.proposes(who)
	if wish.Edits == nil {
		wish.Edits = []WishEdit{}
	}
	if wish.Contested == nil {
		wish.Contested = []string{}
	}
	do(s, SendPlan, who, wish)
	return wish.Proposal
}

// showed puts a credit into the open proposal of a learner, as a check that showed the skill would have.
func (s *school) showed(who access.Actor, code string) {
	s.t.Helper()
	u := s.unitOf(who)
	row, _ := u.open()
	body, err := decodeProposal(row)
	if err != nil {
		s.t.Fatal(err)
	}
	c := plan.NewLine(plan.Practice, u.goals[0].ID, s.skill(code), "")
	c.Change, c.Minutes = plan.Credited, 10
	c.Reason.Code = "reason.known_direct"
	body.Credited, body.MinutesBack = append(body.Credited, c), body.MinutesBack+10
	body.Lines = slices.DeleteFunc(body.Lines, func(l plan.Line) bool { return l.Key == c.Key })
	text, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	s.write(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SupersedeProposals(ctx, db.SupersedeProposalsParams{SchoolID: string(s.id), LearnerID: row.LearnerID, ClassUnitID: row.ClassUnitID}); err != nil {
			return err
		}
		return tx.AddProposal(ctx, db.AddProposalParams{SchoolID: string(s.id), ID: newOp(), LearnerID: row.LearnerID, ClassUnitID: row.ClassUnitID, BaseRevision: row.BaseRevision,
			Cause: row.Cause, ModelID: row.ModelID, Body: string(text), LookKey: row.LookKey, MadeMs: tx.Now})
	})
}

func (s *school) accepts(who access.Actor, ids ...string) Decided {
	s.t.Helper()
	s.now = s.now.Add(time.Second)
	return do(s, DecideProposals, who, DecideProposalsIn{Op: Op{newOp()}, Class: s.class, Proposals: ids, Verdict: "accept"})
}

func lineKeys(lines []plan.Line) (out []string) {
	for _, l := range lines {
		out = append(out, l.Key)
	}
	return out
}

// recomputes fails the test when a stored estimate is not the fold of its facts.
func (s *school) recomputes() {
	s.t.Helper()
	sum, err := s.f.Recompute(s.t.Context(), true)
	if err != nil || len(sum.Different) > 0 {
		s.t.Errorf("recompute --check: %+v, %v", sum.Different, err)
	}
}

func TestDecideProposals_AcceptsSeventeenInOneAct(t *testing.T) {
	s := newSchool(t, 17)
	var ids []string
	for _, who := range s.learners {
		ids = append(ids, s.sends(who, SendPlanIn{}))
	}
	page := show(s, Inbox, s.okafor, InboxIn{Class: s.class})
	if len(page.Same) != 1 || len(page.Same[0].Plans) != 17 || len(page.Single) != 0 {
		t.Fatalf("17 look-alikes fold into one card, got %d cards and %d single", len(page.Same), len(page.Single))
	}
	topics := []string{LearnerTopic(string(s.learners[3].Person)), ClassTopic(string(s.class))}
	before := s.revs(topics...)
	out := s.accepts(s.okafor, ids...)
	if n := len(out.Outcomes); n != 17 || slices.ContainsFunc(out.Outcomes, func(o DecidedOne) bool { return o.Outcome != "decided" }) {
		t.Fatalf("%d outcomes: %+v", n, out.Outcomes)
	}
	for topic, rev := range s.revs(topics...) {
		if rev == before[topic] {
			t.Errorf("%s heard nothing", topic)
		}
	}
	for _, who := range s.learners {
		if h := show(s, Home, who, struct{}{}); !h.How.Decided || h.How.State != PlanDecided {
			t.Fatalf("%s: %s, decided %v", h.Name, h.How.State, h.How.Decided)
		}
	}
	if page := show(s, Inbox, s.okafor, InboxIn{Class: s.class}); len(page.Same)+len(page.Single) != 0 {
		t.Error("what was decided still waits")
	}
}

func TestDecideProposals_SupersededIsConflictNamingWhose(t *testing.T) {
	s := newSchool(t, 2)
	old := s.sends(s.learners[0], SendPlanIn{})
	s.proposes(s.learners[0])
	other := s.sends(s.learners[1], SendPlanIn{})
	in := DecideProposalsIn{Op: Op{newOp()}, Class: s.class, Proposals: []string{old}, Verdict: "accept"}
	_, err := Run(t.Context(), s.f, DecideProposals, s.okafor, in)
	if said := fault.Said(err); !fault.Is(err, fault.Conflict) || said.Code != "fault.decide.superseded" || said.Args["name"] != "L01 N." {
		t.Errorf("got %v", err)
	}
	out := s.accepts(s.okafor, old, other)
	if out.Outcomes[0].Outcome != "superseded" || out.Outcomes[1].Outcome != "decided" {
		t.Errorf("the others go through: %+v", out.Outcomes)
	}
	if s.unitOf(s.learners[0]).decided.Revision != 0 {
		t.Error("a superseded proposal was decided")
	}
	if code := refused(s, DecideProposals, s.okafor, DecideProposalsIn{Op: Op{newOp()}, Class: s.class, Proposals: []string{other}, Verdict: "accept"}, fault.Conflict); code != "fault.decide.already" {
		t.Error(code)
	}
}

func TestDecideProposals_RejectKeepsThePlanAndTellsWhy(t *testing.T) {
	s := newSchool(t, 1)
	amina := s.learners[0]
	s.accepts(s.okafor, s.sends(amina, SendPlanIn{}))
	was := lineKeys(s.unitOf(amina).decided.Lines)
	id := s.sends(amina, SendPlanIn{})
	in := DecideProposalsIn{Op: Op{newOp()}, Class: s.class, Proposals: []string{id}, Verdict: "reject", Reason: "  "}
	refused(s, DecideProposals, s.okafor, in, fault.Invalid)
	in.Op, in.Reason = Op{newOp()}, "Finish the lesson first, then we look together."
	s.now = s.now.Add(time.Second)
	do(s, DecideProposals, s.okafor, in)
	u := s.unitOf(amina)
	if got := lineKeys(u.decided.Lines); !slices.Equal(got, was) || u.decided.Revision != 1 {
		t.Errorf("the plan is %v at %d, was %v", got, u.decided.Revision, was)
	}
	p := show(s, Plan, amina, struct{}{})
	if p.Last == nil || p.Last.Verdict != "reject" || p.Last.Reason != in.Reason || p.Last.By != "Emeka Okafor" || p.Proposal != nil {
		t.Errorf("the learner reads %+v", p.Last)
	}
	if h := show(s, Home, amina, struct{}{}); h.Said == nil || h.Said.Reason != in.Reason {
		t.Errorf("home says %+v", h.Said)
	}
}

func TestDecideProposals_TakesThePlanAsItWasSent(t *testing.T) {
	s := newSchool(t, 1)
	amina := s.learners[0]
	s.proposes(amina)
	s.showed(amina, "a")
	row, _ := s.unitOf(amina).open()
	body, _ := decodeProposal(row)
	may := slices.IndexFunc(body.Lines, func(l plan.Line) bool { return !l.Must })
	credit := body.Credited[0].Key
	do(s, SendPlan, amina, SendPlanIn{Mine: Mine{Op{newOp()}, amina.Person}, ClassUnit: s.given, Proposal: row.ID, Contested: []string{credit}, Word: "I guessed that one.",
		Edits: []WishEdit{{Act: "move", Key: body.Lines[may].Key, To: 0}}})
	one := show(s, Inbox, s.okafor, InboxIn{Class: s.class}).Single[0]
	if one.Word != "I guessed that one." || !slices.Contains(one.Moved, body.Lines[may].Key) || !slices.Contains(one.Asked, credit) || len(one.Credited) != 0 {
		t.Fatalf("the inbox shows %+v", one)
	}
	s.accepts(s.okafor, row.ID)
	u := s.unitOf(amina)
	if u.decided.Lines[0].Key != body.Lines[may].Key || !has(u.decided.Lines, credit) {
		t.Errorf("decided: %v", lineKeys(u.decided.Lines))
	}
	if u.estimates[s.skill("a")].Credited {
		t.Error("a contested credit was given")
	}
}

func TestDecideProposals_CreditsBecomeFactsOfThatTeacher(t *testing.T) {
	s := newSchool(t, 1)
	amina := s.learners[0]
	s.proposes(amina)
	s.showed(amina, "a")
	row, _ := s.unitOf(amina).open()
	s.accepts(s.okafor, row.ID)
	u := s.unitOf(amina)
	last := u.facts[len(u.facts)-1]
	if last.Kind != evidence.KindCredit || last.Credit.By != s.okafor.Person || reasonOf(last.Credit.Reason).Phrase.Code != "reason.known_direct" {
		t.Errorf("the fact: %+v", last.Credit)
	}
	if e := u.estimates[s.skill("a")]; e.Status != mastery.Secure || !e.Credited {
		t.Errorf("the skill: %+v", e)
	}
	s.recomputes()
}

func TestDecideEdit_MovesDropsPutsInAndUncredits(t *testing.T) {
	s := newSchool(t, 1)
	amina := s.learners[0]
	s.proposes(amina)
	s.showed(amina, "a")
	row, _ := s.unitOf(amina).open()
	p := show(s, Inbox, s.okafor, InboxIn{Class: s.class})
	if len(p.With) != 1 || len(p.Single) != 0 {
		t.Fatalf("an unsent plan is still with its learner: %+v", p)
	}
	body, _ := decodeProposal(row)
	lines := lineKeys(body.Lines)
	meet := "meeting:" + string(s.skill("b"))
	in := DecideEditIn{Op: Op{newOp()}, Proposal: row.ID, Uncredited: []string{body.Credited[0].Key}, Edits: []PlanEdit{
		{Act: "drop", Key: lines[1]}, {Act: "move", Key: lines[0], To: 1}, {Act: "may", Key: lines[0]},
		{Act: "add", Step: &StepIn{Kind: plan.Meeting, Skill: s.skill("b")}, Must: true, To: 0}}}
	bad := in
	bad.Op, bad.Edits = Op{newOp()}, []PlanEdit{{Act: "drop", Key: "practice:" + newOp()}}
	refused(s, DecideEdit, s.okafor, bad, fault.Invalid)
	refused(s, DecideEdit, s.lin, in, fault.NotFound)
	s.now = s.now.Add(time.Second)
	in.Op = Op{newOp()}
	do(s, DecideEdit, s.okafor, in)
	u := s.unitOf(amina)
	got := u.decided.Lines
	if got[0].Key != meet || !got[0].Pinned || !got[0].Must || got[2].Key != lines[0] || got[2].Must || has(got, lines[1]) {
		t.Errorf("decided: %+v", got)
	}
	if !slices.Contains(u.decided.Vetoes, lines[1]) || u.estimates[s.skill("a")].Credited {
		t.Errorf("vetoes %v, credited %v", u.decided.Vetoes, u.estimates[s.skill("a")].Credited)
	}
	in.Op = Op{newOp()}
	refused(s, DecideEdit, s.okafor, in, fault.Conflict)
}

func TestPutStep_WorksWithoutAProposal(t *testing.T) {
	s := newSchool(t, 1)
	amina := s.learners[0]
	do(s, SetProposals, s.okafor, SetProposalsIn{Op: Op{newOp()}, Class: s.class, On: false})
	if code := refused(s, AskForPlan, amina, AskForPlanIn{Mine: Mine{Op{newOp()}, amina.Person}, ClassUnit: s.given}, fault.Conflict); code != "fault.plan.off" {
		t.Error(code)
	}
	open := len(show(s, Home, amina, struct{}{}).How.Today)
	rev := int64(0)
	o1 := s.unitOf(amina).goals[0].ID
	for _, step := range []StepIn{{Kind: plan.Lesson, Lesson: s.lesson("l2")}, {Kind: plan.Practice, Skill: s.skill("c")}, {Kind: plan.Meeting, Skill: s.skill("b")}} {
		s.now = s.now.Add(time.Second)
		in := PutStepIn{OnPlan: OnPlan{Op{newOp()}, s.given, amina.Person, rev}, Step: step, Must: true, Word: "For Tuesday."}
		rev = do(s, PutStep, s.okafor, in).Revision
		in.Op = Op{newOp()}
		if code := refused(s, PutStep, s.okafor, in, fault.Conflict); code != "fault.plan.changed" {
			t.Error(code)
		}
		in.Op, in.Revision = Op{newOp()}, rev
		if code := refused(s, PutStep, s.okafor, in, fault.Invalid); code != "fault.plan.twice" {
			t.Error(code)
		}
	}
	u := s.unitOf(amina)
	if rev != 3 || len(u.decided.Lines) != open+3 || u.decisions[0].Verdict != "hand" || u.decided.Lines[0].Key != "meeting:"+string(s.skill("b")) {
		t.Errorf("revision %d, lines %v (%d were open)", rev, lineKeys(u.decided.Lines), open)
	}
	if r := u.decided.Lines[0].Reason; r.Code != "reason.put_in_word" || r.Args["word"] != "For Tuesday." || r.Args["name"] != "Emeka Okafor" {
		t.Errorf("reason: %+v", r)
	}
	for _, step := range []StepIn{{Kind: plan.Task, Objective: o1}, {Kind: plan.Lesson, Lesson: "none"}, {Kind: plan.Practice, Skill: "none"}, {Kind: plan.Talk, Objective: "none"}} {
		refused(s, PutStep, s.okafor, PutStepIn{OnPlan: OnPlan{Op{newOp()}, s.given, amina.Person, rev}, Step: step}, fault.NotFound)
	}
	refused(s, PutStep, s.lin, PutStepIn{OnPlan: OnPlan{Op{newOp()}, s.given, amina.Person, rev}, Step: StepIn{Kind: plan.Talk, Objective: o1}}, fault.NotFound)
}

func TestPlanByHand_WhatIsDoneStaysDone(t *testing.T) {
	s := newSchool(t, 1)
	amina := s.learners[0]
	on := func(rev int64) OnPlan {
		s.now = s.now.Add(time.Second)
		return OnPlan{Op{newOp()}, s.given, amina.Person, rev}
	}
	rev := do(s, PutStep, s.okafor, PutStepIn{OnPlan: on(0), Step: StepIn{Kind: plan.Meeting, Skill: s.skill("b")}}).Revision
	do(s, MeetLearner, s.okafor, MeetLearnerIn{Op: Op{newOp()}, Class: s.class, Learner: amina.Person, Skill: s.skill("b")})
	status := func() plan.Status {
		steps := s.unitOf(amina).steps()
		return steps[slices.IndexFunc(steps, func(x plan.Step) bool { return x.Kind == plan.Meeting && x.Skill == s.skill("b") })].Status
	}
	if status() != plan.Done {
		t.Fatal("they sat together, and the step is not done")
	}
	last := len(s.unitOf(amina).decided.Lines) - 1
	key := s.unitOf(amina).decided.Lines[last].Key
	rev = do(s, ChangeStep, s.okafor, ChangeStepIn{OnPlan: on(rev), Key: key, Act: "move", To: 0}).Revision
	if status() != plan.Done {
		t.Error("another line was moved, and the meeting is not done any more")
	}
	rev = do(s, PutStep, s.okafor, PutStepIn{OnPlan: on(rev), Step: StepIn{Kind: plan.Meeting, Skill: s.skill("b")}, To: 2}).Revision
	if status() == plan.Done {
		t.Error("put in again, it is to be done again")
	}
	do(s, TakeStep, s.okafor, TakeStepIn{OnPlan: on(rev), Key: key})
	if u := s.unitOf(amina); has(u.decided.Lines, key) || !slices.Contains(u.decided.Vetoes, key) {
		t.Errorf("taken out: %v, vetoes %v", lineKeys(u.decided.Lines), u.decided.Vetoes)
	}
}

func TestDecideProposals_KeepsWhatATeacherPutInMeanwhile(t *testing.T) {
	s := newSchool(t, 1)
	amina := s.learners[0]
	id := s.sends(amina, SendPlanIn{})
	do(s, PutStep, s.okafor, PutStepIn{OnPlan: OnPlan{Op{newOp()}, s.given, amina.Person, 0}, Step: StepIn{Kind: plan.Meeting, Skill: s.skill("c")}, Must: true})
	s.accepts(s.okafor, id)
	if got := s.unitOf(amina).decided.Lines; got[0].Key != "meeting:"+string(s.skill("c")) || len(got) < 3 {
		t.Errorf("decided: %v", lineKeys(got))
	}
}

func TestCreditAndReopen_MoveTheWordAndKeepItsDate(t *testing.T) {
	s := newSchool(t, 1)
	amina := s.learners[0]
	a := s.skill("a")
	s.accepts(s.okafor, s.sends(amina, SendPlanIn{}))
	credit := CreditSkillIn{Op: Op{newOp()}, Learner: amina.Person, Skill: a, Reason: " "}
	refused(s, CreditSkill, s.okafor, credit, fault.Invalid)
	refused(s, ReopenSkill, s.okafor, ReopenSkillIn{Op: Op{newOp()}, Learner: amina.Person, Skill: a, Reason: "x"}, fault.Conflict)
	credit.Op, credit.Reason = Op{newOp()}, "She showed me with the cups."
	refused(s, CreditSkill, s.lin, credit, fault.NotFound)
	refused(s, CreditSkill, amina, credit, fault.Forbidden)
	if out := do(s, CreditSkill, s.okafor, credit); out.Status != mastery.Secure {
		t.Errorf("credited: %s", out.Status)
	}
	since := s.unitOf(amina).estimates[a].SecureSinceMs
	s.now = s.now.Add(24 * time.Hour)
	if out := do(s, ReopenSkill, s.okafor, ReopenSkillIn{Op: Op{newOp()}, Learner: amina.Person, Skill: a, Reason: "Let us look at it together."}); out.Status != mastery.AnotherLook {
		t.Errorf("re-opened: %s", out.Status)
	}
	u := s.unitOf(amina)
	if e := u.estimates[a]; since == 0 || e.SecureSinceMs != since {
		t.Errorf("secure since %d, was %d", e.SecureSinceMs, since)
	}
	row, ok := u.open()
	if !ok || row.Cause != string(plan.CreditDoubted) {
		t.Fatalf("a doubted credit makes a new proposal, got %v %q", ok, row.Cause)
	}
	body, _ := decodeProposal(row)
	if !has(body.Lines, "revisit:"+string(a)) && !has(body.Lines, "practice:"+string(a)) {
		t.Errorf("proposed: %v", lineKeys(body.Lines))
	}
	s.recomputes()
}

func TestWithdrawFact_IsOutOfEveryFoldAndStaysOnRecord(t *testing.T) {
	s := newSchool(t, 2)
	amina := s.learners[0]
	for n, item := range []string{"a-1", "a-2", "a-3"} {
		s.now = s.now.Add(time.Minute)
		if out := s.answers(amina, item, "right", 1); n == 2 && out.After != mastery.Secure {
			t.Fatalf("three rights in a row: %s", out.After)
		}
	}
	u := s.unitOf(amina)
	last := u.facts[len(u.facts)-1].ID
	in := WithdrawFactIn{Op: Op{newOp()}, Learner: amina.Person, Fact: last, Reason: "Her brother typed this one."}
	wrong := in
	wrong.Op, wrong.Learner = Op{newOp()}, s.learners[1].Person
	refused(s, WithdrawFact, s.okafor, wrong, fault.NotFound)
	refused(s, WithdrawFact, s.lin, in, fault.NotFound)
	do(s, WithdrawFact, s.okafor, in)
	if e := s.unitOf(amina).estimates[s.skill("a")]; e.Status != mastery.Growing || e.Attempts != 2 {
		t.Errorf("after: %s, %d attempts", e.Status, e.Attempts)
	}
	s.recomputes()
	in.Op = Op{newOp()}
	_, err := Run(t.Context(), s.f, WithdrawFact, s.okafor, in)
	if said := fault.Said(err); said.Code != "fault.withdraw.already" || said.Args["by"] != "Emeka Okafor" {
		t.Errorf("a second time: %v", err)
	}
	var all []evidence.Fact
	s.look(s.okafor, func(l *Look) (err error) { all, err = l.facts(amina.Person); return err })
	if w := all[len(all)-1]; w.Withdrawal == nil || w.Withdrawal.By != s.okafor.Person || !strings.Contains(w.Withdrawal.Reason, "brother") {
		t.Errorf("on record: %+v", w.Withdrawal)
	}
	refused(s, WithdrawFact, s.okafor, WithdrawFactIn{Op: Op{newOp()}, Learner: amina.Person, Fact: all[len(all)-1].ID, Reason: "x"}, fault.Invalid)
}

func TestDecideProposals_OfTwoTeachersAtOnceExactlyOneDecides(t *testing.T) {
	s := newSchool(t, 1)
	amina := s.learners[0]
	second := s.lin
	s.write(func(ctx context.Context, tx *store.Tx) error {
		return tx.Enroll(ctx, db.EnrollParams{SchoolID: string(s.id), ClassID: string(s.class), PersonID: string(second.Person), Role: "teacher", StartedOn: "2026-09-01", StartedMs: 1})
	})
	id := s.sends(amina, SendPlanIn{})
	var wait sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wait.Add(1)
		go func() {
			defer wait.Done()
			who := []access.Actor{s.okafor, second}[i%2]
			verdict, reason := "accept", ""
			if i%4 > 1 {
				verdict, reason = "reject", "Not now."
			}
			_, errs[i] = Run(t.Context(), s.f, DecideProposals, who, DecideProposalsIn{Op: Op{newOp()}, Class: s.class, Proposals: []string{id}, Verdict: verdict, Reason: reason})
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
	if u := s.unitOf(amina); won != 1 || len(u.decisions) != 1 {
		t.Errorf("%d decided, %d decisions stand", won, len(u.decisions))
	}
}

func TestDecideProposals_AnotherClassesTeacherFindsNothing(t *testing.T) {
	s := newSchool(t, 1)
	id := s.sends(s.learners[0], SendPlanIn{})
	refused(s, DecideProposals, s.lin, DecideProposalsIn{Op: Op{newOp()}, Class: s.class, Proposals: []string{id}, Verdict: "accept"}, fault.NotFound)
	refused(s, DecideProposals, s.lin, DecideProposalsIn{Op: Op{newOp()}, Class: s.other, Proposals: []string{id}, Verdict: "accept"}, fault.NotFound)
	refused(s, DecideProposals, s.learners[0], DecideProposalsIn{Op: Op{newOp()}, Class: s.class, Proposals: []string{id}, Verdict: "accept"}, fault.Forbidden)
	if _, err := Show(t.Context(), s.f, Inbox, s.lin, InboxIn{Class: s.class}); !fault.Is(err, fault.NotFound) {
		t.Errorf("inbox: %v", err)
	}
	if _, err := Show(t.Context(), s.f, LearnerView, s.lin, LearnerIn{Learner: s.learners[0].Person}); !fault.Is(err, fault.NotFound) {
		t.Errorf("learner: %v", err)
	}
}

func TestTakeBack_RestoresThePlanWithdrawsItsCreditsAndWaitsAgain(t *testing.T) {
	s := newSchool(t, 2)
	amina := s.learners[0]
	s.accepts(s.okafor, s.sends(amina, SendPlanIn{}))
	was := s.unitOf(amina).decided
	s.proposes(amina)
	s.showed(amina, "a")
	row, _ := s.unitOf(amina).open()
	s.accepts(s.okafor, row.ID)
	if !s.unitOf(amina).estimates[s.skill("a")].Credited {
		t.Fatal("not credited")
	}
	in := TakeBackIn{Op: Op{newOp()}, Class: s.class, Proposals: []string{row.ID}}
	refused(s, TakeBack, s.lin, in, fault.NotFound)
	s.now = s.now.Add(time.Second)
	do(s, TakeBack, s.okafor, in)
	u := s.unitOf(amina)
	if got := u.decided; !slices.Equal(lineKeys(got.Lines), lineKeys(was.Lines)) || len(got.Vetoes) != 0 || got.Revision != 3 {
		t.Errorf("the plan is %v at %d, vetoes %v", lineKeys(got.Lines), got.Revision, got.Vetoes)
	}
	if e := u.estimates[s.skill("a")]; e.Credited || e.Status == mastery.Secure {
		t.Errorf("the credit stands: %+v", e)
	}
	if open, ok := u.open(); !ok || open.ID != row.ID {
		t.Error("it does not wait again")
	}
	if p := show(s, Plan, amina, struct{}{}); p.Last != nil {
		t.Errorf("the learner still reads %+v", p.Last)
	}
	s.recomputes()
	s.accepts(s.okafor, row.ID)
	if !s.unitOf(amina).estimates[s.skill("a")].Credited {
		t.Error("accepted again, it is credited again")
	}
	do(s, TakeStep, s.okafor, TakeStepIn{OnPlan: OnPlan{Op{newOp()}, s.given, amina.Person, 4}, Key: s.unitOf(amina).decided.Lines[0].Key})
	in.Op = Op{newOp()}
	if code := refused(s, TakeBack, s.okafor, in, fault.Conflict); code != "fault.decide.moved_on" {
		t.Error(code)
	}
}

package decision_test

import (
	"slices"
	"testing"
	"time"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/decision"
	"kith/internal/flow/evening"
	"kith/internal/flow/schooltest"
	"kith/internal/plan"
)

func TestPutStep_WorksWithoutAProposal(t *testing.T) {
	s := schooltest.New(t, 1)
	amina := s.Learners[0]
	schooltest.Do(s, decision.SetProposals, s.Okafor, decision.SetProposalsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, On: false})
	if code := schooltest.Refused(s, evening.AskForPlan, amina, evening.AskForPlanIn{Mine: flow.Mine{Op: flow.Op{Op: schooltest.NewOp()}, Learner: amina.Person}, ClassUnit: s.Given}, fault.Conflict); code != "fault.plan.off" {
		t.Error(code)
	}
	open := len(schooltest.Show(s, evening.Home, amina, struct{}{}).How.Today)
	rev := int64(0)
	o1 := unitOf(s, amina).Goals[0].ID
	for _, step := range []decision.StepIn{{Kind: plan.Lesson, Lesson: s.Lesson("l2")}, {Kind: plan.Practice, Skill: s.Skill("c")}, {Kind: plan.Meeting, Skill: s.Skill("b")}} {
		s.Now = s.Now.Add(time.Second)
		in := decision.PutStepIn{OnPlan: decision.OnPlan{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: s.Given, Learner: amina.Person, Revision: rev}, Step: step, Must: true, Word: "For Tuesday."}
		rev = schooltest.Do(s, decision.PutStep, s.Okafor, in).Revision
		in.Op = flow.Op{Op: schooltest.NewOp()}
		if code := schooltest.Refused(s, decision.PutStep, s.Okafor, in, fault.Conflict); code != "fault.plan.changed" {
			t.Error(code)
		}
		in.Op, in.Revision = flow.Op{Op: schooltest.NewOp()}, rev
		if code := schooltest.Refused(s, decision.PutStep, s.Okafor, in, fault.Invalid); code != "fault.plan.twice" {
			t.Error(code)
		}
	}
	u := unitOf(s, amina)
	if rev != 3 || len(u.Decided.Lines) != open+3 || u.Decisions[0].Verdict != "hand" || u.Decided.Lines[0].Key != "meeting:"+string(s.Skill("b")) {
		t.Errorf("revision %d, lines %v (%d were open)", rev, lineKeys(u.Decided.Lines), open)
	}
	if r := u.Decided.Lines[0].Reason; r.Code != "reason.put_in_word" || r.Args["word"] != "For Tuesday." || r.Args["name"] != "Emeka Okafor" {
		t.Errorf("reason: %+v", r)
	}
	for _, step := range []decision.StepIn{{Kind: plan.Task, Objective: o1}, {Kind: plan.Lesson, Lesson: "none"}, {Kind: plan.Practice, Skill: "none"}, {Kind: plan.Talk, Objective: "none"}} {
		schooltest.Refused(s, decision.PutStep, s.Okafor, decision.PutStepIn{OnPlan: decision.OnPlan{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: s.Given, Learner: amina.Person, Revision: rev}, Step: step}, fault.NotFound)
	}
	schooltest.Refused(s, decision.PutStep, s.Lin, decision.PutStepIn{OnPlan: decision.OnPlan{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: s.Given, Learner: amina.Person, Revision: rev}, Step: decision.StepIn{Kind: plan.Talk, Objective: o1}}, fault.NotFound)
}

func TestPlanByHand_WhatIsDoneStaysDone(t *testing.T) {
	s := schooltest.New(t, 1)
	amina := s.Learners[0]
	on := func(rev int64) decision.OnPlan {
		s.Now = s.Now.Add(time.Second)
		return decision.OnPlan{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: s.Given, Learner: amina.Person, Revision: rev}
	}
	rev := schooltest.Do(s, decision.PutStep, s.Okafor, decision.PutStepIn{OnPlan: on(0), Step: decision.StepIn{Kind: plan.Meeting, Skill: s.Skill("b")}}).Revision
	schooltest.Do(s, decision.MeetLearner, s.Okafor, decision.MeetLearnerIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Learner: amina.Person, Skill: s.Skill("b")})
	status := func() plan.Status {
		steps := unitOf(s, amina).Steps()
		return steps[slices.IndexFunc(steps, func(x plan.Step) bool { return x.Kind == plan.Meeting && x.Skill == s.Skill("b") })].Status
	}
	if status() != plan.Done {
		t.Fatal("they sat together, and the step is not done")
	}
	last := len(unitOf(s, amina).Decided.Lines) - 1
	key := unitOf(s, amina).Decided.Lines[last].Key
	rev = schooltest.Do(s, decision.ChangeStep, s.Okafor, decision.ChangeStepIn{OnPlan: on(rev), Key: key, Act: "move", To: 0}).Revision
	if status() != plan.Done {
		t.Error("another line was moved, and the meeting is not done any more")
	}
	rev = schooltest.Do(s, decision.PutStep, s.Okafor, decision.PutStepIn{OnPlan: on(rev), Step: decision.StepIn{Kind: plan.Meeting, Skill: s.Skill("b")}, To: 2}).Revision
	if status() == plan.Done {
		t.Error("put in again, it is to be done again")
	}
	schooltest.Do(s, decision.TakeStep, s.Okafor, decision.TakeStepIn{OnPlan: on(rev), Key: key})
	if u := unitOf(s, amina); slices.Contains(lineKeys(u.Decided.Lines), key) || !slices.Contains(u.Decided.Vetoes, key) {
		t.Errorf("taken out: %v, vetoes %v", lineKeys(u.Decided.Lines), u.Decided.Vetoes)
	}
}

func TestDecideProposals_KeepsWhatATeacherPutInMeanwhile(t *testing.T) {
	s := schooltest.New(t, 1)
	amina := s.Learners[0]
	id := sends(s, amina, evening.SendPlanIn{})
	schooltest.Do(s, decision.PutStep, s.Okafor, decision.PutStepIn{OnPlan: decision.OnPlan{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: s.Given, Learner: amina.Person, Revision: 0}, Step: decision.StepIn{Kind: plan.Meeting, Skill: s.Skill("c")}, Must: true})
	accepts(s, s.Okafor, id)
	if got := unitOf(s, amina).Decided.Lines; got[0].Key != "meeting:"+string(s.Skill("c")) || len(got) < 3 {
		t.Errorf("decided: %v", lineKeys(got))
	}
}

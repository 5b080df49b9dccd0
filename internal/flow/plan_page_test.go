package flow

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/plan"
	"kith/internal/store"
	"kith/internal/store/db"
)

// decide says yes to the open proposal as a teacher would, with these lines.
func (s *eveningSchool) decide(verdict string, lines []plan.Line) {
	s.t.Helper()
	row, ok := s.openProposal()
	if !ok {
		s.t.Fatal("nothing to decide")
	}
	s.clock = s.clock.Add(time.Second)
	text, err := json.Marshal(lines)
	if err != nil {
		s.t.Fatal(err)
	}
	s.write(func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.DecideProposal(ctx, db.DecideProposalParams{SchoolID: string(s.id), ID: row.ID}); err != nil {
			return err
		}
		return tx.AddDecision(ctx, db.AddDecisionParams{SchoolID: string(s.id), ID: op().Op, LearnerID: string(s.amina.Person), ClassUnitID: s.classUnit,
			ProposalID: row.ID, Verdict: verdict, ByID: string(s.teacher.Person), Revision: row.BaseRevision + 1, Lines: string(text), AtMs: tx.Now})
	})
}

func (s *eveningSchool) proposedLines() []plan.Line {
	s.t.Helper()
	row, _ := s.openProposal()
	body, err := decodeProposal(row)
	if err != nil {
		s.t.Fatal(err)
	}
	return body.Lines
}

func optional(lines []StepLine) int {
	return slices.IndexFunc(lines, func(l StepLine) bool { return !l.Must })
}

func TestSendPlan_CarriesTheLearnersWish(t *testing.T) {
	s := newEveningSchool(t)
	s.check(func(int) string { return "unlearned" })
	p := shows(s, Plan, s.amina, struct{}{})
	if p.State != PlanUnsent || p.Proposal == nil {
		t.Fatalf("plan: %+v", p)
	}
	at := optional(p.Proposal.Lines)
	last := len(p.Proposal.Lines) - 1
	key := p.Proposal.Lines[at].Key
	acts(s, SendPlan, s.amina, SendPlanIn{Mine: s.mine(), ClassUnit: s.classUnit, Proposal: p.Proposal.ID, Word: " May I talk first? ",
		Edits: []WishEdit{{Act: "move", Key: key, To: last}}, Contested: []string{p.Proposal.Lines[0].Key}})
	p = shows(s, Plan, s.amina, struct{}{})
	if p.State != PlanWaiting || p.Proposal.Word != "May I talk first?" || p.Proposal.Wished[last] != key || len(p.Proposal.Contested) != 1 {
		t.Errorf("sent: %s %+v", p.State, p.Proposal)
	}
	if len(p.Open) == 0 {
		t.Error("nothing is open while the plan waits")
	}
}

func TestSendPlan_DialLimitsWhatMayBeChanged(t *testing.T) {
	s := newEveningSchool(t)
	s.check(func(int) string { return "unlearned" })
	p := shows(s, Plan, s.amina, struct{}{})
	must := slices.IndexFunc(p.Proposal.Lines, func(l StepLine) bool { return l.Must })
	send := SendPlanIn{ClassUnit: s.classUnit, Proposal: p.Proposal.ID}
	send.Mine, send.Edits = s.mine(), []WishEdit{{Act: "drop", Key: p.Proposal.Lines[must].Key}}
	refusesAs(s, SendPlan, s.amina, send, fault.Forbidden)
	send.Mine, send.Edits = s.mine(), []WishEdit{{Act: "add", Skill: s.skills[3]}}
	refusesAs(s, SendPlan, s.amina, send, fault.Forbidden)

	s.write(func(ctx context.Context, tx *store.Tx) error {
		return tx.SetLearnerDial(ctx, db.SetLearnerDialParams{SchoolID: string(s.id), ClassUnitID: s.classUnit, LearnerID: string(s.amina.Person), Dial: "propose"})
	})
	acts(s, AskForPlan, s.amina, AskForPlanIn{Mine: s.mine(), ClassUnit: s.classUnit})
	p = shows(s, Plan, s.amina, struct{}{})
	if p.Dial != plan.Propose || slices.ContainsFunc(p.Proposal.Lines, func(l StepLine) bool { return l.Must }) {
		t.Errorf("under propose nothing is a must: %+v", p.Proposal.Lines)
	}
}

func TestSendPlan_SupersededIsConflict(t *testing.T) {
	s := newEveningSchool(t)
	s.check(func(int) string { return "unlearned" })
	old, _ := s.openProposal()
	acts(s, AskForPlan, s.amina, AskForPlanIn{Mine: s.mine(), ClassUnit: s.classUnit})
	refusesAs(s, SendPlan, s.amina, SendPlanIn{Mine: s.mine(), ClassUnit: s.classUnit, Proposal: old.ID}, fault.Conflict)
	if now, ok := s.openProposal(); !ok || now.ID == old.ID || now.Cause != string(plan.Asked) {
		t.Errorf("one proposal is open, the new one: %+v", now)
	}
}

func TestPlan_DecidedStepsAreFoldedFromEvidence(t *testing.T) {
	s := newEveningSchool(t)
	s.check(func(int) string { return "unlearned" })
	s.decide("accept", s.proposedLines())
	h := shows(s, Home, s.amina, struct{}{})
	if h.How.State != PlanDecided || !h.How.Decided || len(h.How.Today) == 0 || len(h.How.Today) > plan.MaxToday {
		t.Fatalf("today: %+v", h.How)
	}
	acts(s, PickRole, s.amina, PickRoleIn{Mine: s.mine(), ClassUnit: s.classUnit, Objective: s.goals[0], Role: "counter"})
	acts(s, DoActivity, s.amina, DoActivityIn{Mine: s.mine(), ClassUnit: s.classUnit, Objective: s.goals[0], Note: "It went well."})
	done := map[StepKind]bool{}
	for _, line := range shows(s, Plan, s.amina, struct{}{}).Steps {
		done[line.Kind] = done[line.Kind] || line.Status == plan.Done
	}
	if !done["task"] || !done["activity"] || done["practice"] {
		t.Errorf("done: %v", done)
	}
}

func TestPlan_WhenTheApprovedStepsRunOutTheNextAreProposed(t *testing.T) {
	s := newEveningSchool(t)
	s.check(func(int) string { return "unlearned" })
	lines := s.proposedLines()
	at := slices.IndexFunc(lines, func(l plan.Line) bool { return l.Kind == plan.Practice && l.Skill == s.skills[0] })
	s.decide("edit", []plan.Line{lines[at]})
	s.practise(s.amina, s.skills[0], "a+b")
	if _, ok := s.openProposal(); ok {
		t.Fatal("a proposal is never made for one answer")
	}
	s.secure(s.amina, s.skills[0])
	row, ok := s.openProposal()
	if !ok || row.Cause != string(plan.RanOut) || row.BaseRevision != 1 {
		t.Errorf("ran out: %v %+v", ok, row)
	}
	if !slices.ContainsFunc(s.proposedLines(), func(l plan.Line) bool { return l.Skill == s.skills[1] }) {
		t.Error("what follows is not proposed")
	}
}

func TestPlan_WhatATeacherTookOutStaysOutWhileThePlanRuns(t *testing.T) {
	s := newEveningSchool(t)
	s.check(func(int) string { return "unlearned" })
	lines := s.proposedLines()
	out := slices.IndexFunc(lines, func(l plan.Line) bool { return l.Kind == plan.Activity })
	key := lines[out].Key
	s.decide("edit", slices.Delete(slices.Clone(lines), out, out+1))
	acts(s, AskForPlan, s.amina, AskForPlanIn{Mine: s.mine(), ClassUnit: s.classUnit})
	if slices.ContainsFunc(s.proposedLines(), func(l plan.Line) bool { return l.Key == key }) {
		t.Errorf("%s came again", key)
	}
}

func TestViewing_SpansAreFactsAndBounded(t *testing.T) {
	s := newEveningSchool(t)
	span := func(from, to int64, rate float64) NoteViewingIn {
		return NoteViewingIn{Mine: s.mine(), Lesson: s.lessons[0], Version: 1, FromMs: from, ToMs: to, Rate: rate}
	}
	acts(s, NoteViewing, s.amina, span(0, 30_000, 1))
	acts(s, NoteViewing, s.amina, span(30_000, 90_000, 2))
	refusesAs(s, NoteViewing, s.amina, span(0, 60_000, 1), fault.Invalid)
	refusesAs(s, NoteViewing, s.amina, span(90_000, 110_000, 1), fault.Invalid)
	refusesAs(s, NoteViewing, s.amina, span(20_000, 10_000, 1), fault.Invalid)
	acts(s, SaveResume, s.amina, SaveResumeIn{Mine: s.mine(), Lesson: s.lessons[0], PositionMs: 61_000})
	p := shows(s, Lesson, s.amina, LessonIn{s.lessons[0]})
	if p.Status != plan.Done || p.Video.ResumeMs != 61_000 {
		t.Errorf("nine tenths were watched: %s, resume %d", p.Status, p.Video.ResumeMs)
	}
}

func TestLesson_ChecksCountOnceAndGoOnWhereTheyWere(t *testing.T) {
	s := newEveningSchool(t)
	page := func() LessonPage { return shows(s, Lesson, s.amina, LessonIn{s.lessons[1]}) }
	send := func(c LessonAsk, how string) RecordAttemptIn {
		return RecordAttemptIn{Op: op(), Learner: s.amina.Person, Item: c.Asked.Item, Version: c.Asked.Version, DrawN: c.Asked.DrawN, Try: c.Asked.Try,
			Response: s.answer(s.amina, c.Asked.Item, c.Asked.DrawN, how), Purpose: evidence.ForLesson, Context: string(s.lessons[1])}
	}
	p := page()
	if len(p.Checks) != 2 || p.Checks[0].AfterBlock != 1 || p.Checks[0].Asked == nil {
		t.Fatalf("checks: %+v", p.Checks)
	}
	stale := send(p.Checks[0], "a+b")
	acts(s, RecordAttempt, s.amina, send(p.Checks[0], "a-b"))
	refusesAs(s, RecordAttempt, s.amina, stale, fault.Conflict)
	if c := page().Checks[0]; c.Outcome != "not_yet" || c.Asked.Try != 2 {
		t.Errorf("the same numbers again, second try: %+v", c)
	}
	acts(s, RecordAttempt, s.amina, send(page().Checks[0], "a+b"))
	acts(s, RecordAttempt, s.amina, send(page().Checks[1], "a+b"))
	p = page()
	if p.Status != plan.Done || p.Checks[0].Asked != nil || len(p.Checks[0].Solution) == 0 {
		t.Errorf("answered to the end: %s %+v", p.Status, p.Checks[0])
	}
}

func TestLesson_WithdrawnSaysSo(t *testing.T) {
	s := newEveningSchool(t)
	s.write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.SetContentStatus(ctx, db.SetContentStatusParams{SchoolID: string(s.id), ID: string(s.lessons[0]), Status: string(content.Withdrawn)})
		return err
	})
	_, err := Show(t.Context(), s.f, Lesson, s.amina, LessonIn{s.lessons[0]})
	if said := fault.Said(err); said.Code != "fault.lesson.withdrawn" {
		t.Errorf("said %q", said.Code)
	}
	for _, line := range shows(s, Home, s.amina, struct{}{}).How.Today {
		if line.Lesson == s.lessons[0] {
			t.Error("today still holds a lesson that was taken down")
		}
	}
}

func TestEvening_OwnWordsStandBesideTheEvidence(t *testing.T) {
	s := newEveningSchool(t)
	acts(s, RateSelf, s.amina, RateSelfIn{s.mine(), s.classUnit, s.goals[0], "yes"})
	acts(s, RateSelf, s.amina, RateSelfIn{s.mine(), s.classUnit, s.goals[0], "bit"})
	p := shows(s, Self, s.amina, ClassUnitIn{s.classUnit})
	if p.Objectives[0].Says != "bit" || p.Objectives[0].Skills[0].Status != "not_started" {
		t.Errorf("a word moves no estimate: %+v", p.Objectives[0])
	}
	refusesAs(s, RateSelf, s.amina, RateSelfIn{s.mine(), s.classUnit, "01980000-0000-7000-8000-000000000009", "yes"}, fault.NotFound)
	acts(s, PickRole, s.amina, PickRoleIn{Mine: s.mine(), ClassUnit: s.classUnit, Role: "cook"})
	if task := shows(s, UnitTask, s.amina, ClassUnitIn{s.classUnit}); task.Task.Picked != "cook" || len(task.Parts) != 2 {
		t.Errorf("task: %+v", task)
	}
	refusesAs(s, PickRole, s.amina, PickRoleIn{Mine: s.mine(), ClassUnit: s.classUnit, Role: "king"}, fault.Invalid)
	acts(s, BringQuestion, s.amina, BringQuestionIn{s.mine(), s.classUnit, s.lessons[0], " Why not 7? "})
	refusesAs(s, BringQuestion, s.amina, BringQuestionIn{s.mine(), s.classUnit, s.lessons[0], "  "}, fault.Invalid)
	if q := shows(s, Lesson, s.amina, LessonIn{s.lessons[0]}).Questions; len(q) != 1 || q[0].Text != "Why not 7?" {
		t.Errorf("questions: %+v", q)
	}
}

func TestEvening_ActsAreOnesOwn(t *testing.T) {
	s := newEveningSchool(t)
	refusesAs(s, PickRole, s.leo, PickRoleIn{Mine: s.mine(), ClassUnit: s.classUnit, Role: "cook"}, fault.Forbidden)
	refusesAs(s, RateSelf, s.teacher, RateSelfIn{s.mine(), s.classUnit, s.goals[0], "yes"}, fault.Forbidden)
}

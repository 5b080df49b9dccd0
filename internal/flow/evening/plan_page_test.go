package evening_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/flow/schooltest"
	"kith/internal/flow/standing"
	"kith/internal/plan"
	"kith/internal/store"
	"kith/internal/store/db"
)

// decide says yes to the open proposal as a teacher would, with these lines.
func decide(s *schooltest.Evening, verdict string, lines []plan.Line) {
	s.T.Helper()
	row, ok := openProposal(s)
	if !ok {
		s.T.Fatal("nothing to decide")
	}
	s.Clock = s.Clock.Add(time.Second)
	text, err := json.Marshal(lines)
	if err != nil {
		s.T.Fatal(err)
	}
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.DecideProposal(ctx, db.DecideProposalParams{SchoolID: string(s.ID), ID: row.ID}); err != nil {
			return err
		}
		return tx.AddDecision(ctx, db.AddDecisionParams{SchoolID: string(s.ID), ID: schooltest.Op().Op, LearnerID: string(s.Amina.Person), ClassUnitID: s.ClassUnit,
			ProposalID: row.ID, Verdict: verdict, ByID: string(s.Teacher.Person), Revision: row.BaseRevision + 1, Lines: string(text), AtMs: tx.Now})
	})
}

func proposedLines(s *schooltest.Evening) []plan.Line {
	s.T.Helper()
	row, _ := openProposal(s)
	body, err := standing.DecodeProposal(row)
	if err != nil {
		s.T.Fatal(err)
	}
	return body.Lines
}

func optional(lines []standing.StepLine) int {
	return slices.IndexFunc(lines, func(l standing.StepLine) bool { return !l.Must })
}

func TestSendPlan_CarriesTheLearnersWish(t *testing.T) {
	s := schooltest.NewEvening(t)
	check(s, func(int) string { return "unlearned" })
	p := schooltest.Show(s, evening.Plan, s.Amina, struct{}{})
	if p.State != standing.PlanUnsent || p.Proposal == nil {
		t.Fatalf("plan: %+v", p)
	}
	at := optional(p.Proposal.Lines)
	last := len(p.Proposal.Lines) - 1
	key := p.Proposal.Lines[at].Key
	schooltest.Do(s, evening.SendPlan, s.Amina, evening.SendPlanIn{Mine: mine(s), ClassUnit: s.ClassUnit, Proposal: p.Proposal.ID, Word: " May I talk first? ",
		Edits: []evening.WishEdit{{Act: "move", Key: key, To: last}}, Contested: []string{p.Proposal.Lines[0].Key}})
	p = schooltest.Show(s, evening.Plan, s.Amina, struct{}{})
	if p.State != standing.PlanWaiting || p.Proposal.Word != "May I talk first?" || p.Proposal.Wished[last] != key || len(p.Proposal.Contested) != 1 {
		t.Errorf("sent: %s %+v", p.State, p.Proposal)
	}
	if len(p.Open) == 0 {
		t.Error("nothing is open while the plan waits")
	}
}

func TestSendPlan_DialLimitsWhatMayBeChanged(t *testing.T) {
	s := schooltest.NewEvening(t)
	check(s, func(int) string { return "unlearned" })
	p := schooltest.Show(s, evening.Plan, s.Amina, struct{}{})
	must := slices.IndexFunc(p.Proposal.Lines, func(l standing.StepLine) bool { return l.Must })
	send := evening.SendPlanIn{ClassUnit: s.ClassUnit, Proposal: p.Proposal.ID}
	send.Mine, send.Edits = mine(s), []evening.WishEdit{{Act: "drop", Key: p.Proposal.Lines[must].Key}}
	schooltest.Refused(s, evening.SendPlan, s.Amina, send, fault.Forbidden)
	send.Mine, send.Edits = mine(s), []evening.WishEdit{{Act: "add", Skill: s.Skills[3]}}
	schooltest.Refused(s, evening.SendPlan, s.Amina, send, fault.Forbidden)

	s.Write(func(ctx context.Context, tx *store.Tx) error {
		return tx.SetLearnerDial(ctx, db.SetLearnerDialParams{SchoolID: string(s.ID), ClassUnitID: s.ClassUnit, LearnerID: string(s.Amina.Person), Dial: "propose"})
	})
	schooltest.Do(s, evening.AskForPlan, s.Amina, evening.AskForPlanIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	p = schooltest.Show(s, evening.Plan, s.Amina, struct{}{})
	if p.Dial != plan.Propose || slices.ContainsFunc(p.Proposal.Lines, func(l standing.StepLine) bool { return l.Must }) {
		t.Errorf("under propose nothing is a must: %+v", p.Proposal.Lines)
	}
}

func TestSendPlan_SupersededIsConflict(t *testing.T) {
	s := schooltest.NewEvening(t)
	check(s, func(int) string { return "unlearned" })
	old, _ := openProposal(s)
	schooltest.Do(s, evening.AskForPlan, s.Amina, evening.AskForPlanIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	schooltest.Refused(s, evening.SendPlan, s.Amina, evening.SendPlanIn{Mine: mine(s), ClassUnit: s.ClassUnit, Proposal: old.ID}, fault.Conflict)
	if now, ok := openProposal(s); !ok || now.ID == old.ID || now.Cause != string(plan.Asked) {
		t.Errorf("one proposal is open, the new one: %+v", now)
	}
}

func TestPlan_DecidedStepsAreFoldedFromEvidence(t *testing.T) {
	s := schooltest.NewEvening(t)
	check(s, func(int) string { return "unlearned" })
	decide(s, "accept", proposedLines(s))
	h := schooltest.Show(s, evening.Home, s.Amina, struct{}{})
	if h.How.State != standing.PlanDecided || !h.How.Decided || len(h.How.Today) == 0 || len(h.How.Today) > plan.MaxToday {
		t.Fatalf("today: %+v", h.How)
	}
	schooltest.Do(s, evening.PickRole, s.Amina, evening.PickRoleIn{Mine: mine(s), ClassUnit: s.ClassUnit, Objective: s.Goals[0], Role: "counter"})
	schooltest.Do(s, evening.DoActivity, s.Amina, evening.DoActivityIn{Mine: mine(s), ClassUnit: s.ClassUnit, Objective: s.Goals[0], Note: "It went well."})
	done := map[standing.StepKind]bool{}
	for _, line := range schooltest.Show(s, evening.Plan, s.Amina, struct{}{}).Steps {
		done[line.Kind] = done[line.Kind] || line.Status == plan.Done
	}
	if !done["task"] || !done["activity"] || done["practice"] {
		t.Errorf("done: %v", done)
	}
}

func TestPlan_WhenTheApprovedStepsRunOutTheNextAreProposed(t *testing.T) {
	s := schooltest.NewEvening(t)
	check(s, func(int) string { return "unlearned" })
	lines := proposedLines(s)
	at := slices.IndexFunc(lines, func(l plan.Line) bool { return l.Kind == plan.Practice && l.Skill == s.Skills[0] })
	decide(s, "edit", []plan.Line{lines[at]})
	s.Practise(s.Amina, s.Skills[0], "a+b")
	if _, ok := openProposal(s); ok {
		t.Fatal("a proposal is never made for one answer")
	}
	s.Secure(s.Amina, s.Skills[0])
	row, ok := openProposal(s)
	if !ok || row.Cause != string(plan.RanOut) || row.BaseRevision != 1 {
		t.Errorf("ran out: %v %+v", ok, row)
	}
	if !slices.ContainsFunc(proposedLines(s), func(l plan.Line) bool { return l.Skill == s.Skills[1] }) {
		t.Error("what follows is not proposed")
	}
}

func TestPlan_WhatATeacherTookOutStaysOutWhileThePlanRuns(t *testing.T) {
	s := schooltest.NewEvening(t)
	check(s, func(int) string { return "unlearned" })
	lines := proposedLines(s)
	out := slices.IndexFunc(lines, func(l plan.Line) bool { return l.Kind == plan.Activity })
	key := lines[out].Key
	decide(s, "edit", slices.Delete(slices.Clone(lines), out, out+1))
	schooltest.Do(s, evening.AskForPlan, s.Amina, evening.AskForPlanIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	if slices.ContainsFunc(proposedLines(s), func(l plan.Line) bool { return l.Key == key }) {
		t.Errorf("%s came again", key)
	}
}

func TestViewing_SpansAreFactsAndBounded(t *testing.T) {
	s := schooltest.NewEvening(t)
	span := func(from, to int64, rate float64) evening.NoteViewingIn {
		return evening.NoteViewingIn{Mine: mine(s), Lesson: s.Lessons[0], Version: 1, FromMs: from, ToMs: to, Rate: rate}
	}
	schooltest.Do(s, evening.NoteViewing, s.Amina, span(0, 30_000, 1))
	schooltest.Do(s, evening.NoteViewing, s.Amina, span(30_000, 90_000, 2))
	schooltest.Refused(s, evening.NoteViewing, s.Amina, span(0, 60_000, 1), fault.Invalid)
	schooltest.Refused(s, evening.NoteViewing, s.Amina, span(90_000, 110_000, 1), fault.Invalid)
	schooltest.Refused(s, evening.NoteViewing, s.Amina, span(20_000, 10_000, 1), fault.Invalid)
	schooltest.Do(s, evening.SaveResume, s.Amina, evening.SaveResumeIn{Mine: mine(s), Lesson: s.Lessons[0], PositionMs: 61_000})
	p := schooltest.Show(s, evening.Lesson, s.Amina, evening.LessonIn{Lesson: s.Lessons[0]})
	if p.Status != plan.Done || p.Video.ResumeMs != 61_000 {
		t.Errorf("nine tenths were watched: %s, resume %d", p.Status, p.Video.ResumeMs)
	}
}

func TestLesson_ChecksCountOnceAndGoOnWhereTheyWere(t *testing.T) {
	s := schooltest.NewEvening(t)
	page := func() evening.LessonPage {
		return schooltest.Show(s, evening.Lesson, s.Amina, evening.LessonIn{Lesson: s.Lessons[1]})
	}
	send := func(c evening.LessonAsk, how string) evening.RecordAttemptIn {
		return evening.RecordAttemptIn{Op: schooltest.Op(), Learner: s.Amina.Person, Item: c.Asked.Item, Version: c.Asked.Version, DrawN: c.Asked.DrawN, Try: c.Asked.Try,
			Response: s.Answer(s.Amina, c.Asked.Item, c.Asked.DrawN, how), Purpose: evidence.ForLesson, Context: string(s.Lessons[1])}
	}
	p := page()
	if len(p.Checks) != 2 || p.Checks[0].AfterBlock != 1 || p.Checks[0].Asked == nil {
		t.Fatalf("checks: %+v", p.Checks)
	}
	stale := send(p.Checks[0], "a+b")
	schooltest.Do(s, evening.RecordAttempt, s.Amina, send(p.Checks[0], "a-b"))
	schooltest.Refused(s, evening.RecordAttempt, s.Amina, stale, fault.Conflict)
	if c := page().Checks[0]; c.Outcome != "not_yet" || c.Asked.Try != 2 {
		t.Errorf("the same numbers again, second try: %+v", c)
	}
	schooltest.Do(s, evening.RecordAttempt, s.Amina, send(page().Checks[0], "a+b"))
	schooltest.Do(s, evening.RecordAttempt, s.Amina, send(page().Checks[1], "a+b"))
	p = page()
	if p.Status != plan.Done || p.Checks[0].Asked != nil || len(p.Checks[0].Solution) == 0 {
		t.Errorf("answered to the end: %s %+v", p.Status, p.Checks[0])
	}
}

func TestLesson_WithdrawnSaysSo(t *testing.T) {
	s := schooltest.NewEvening(t)
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.SetContentStatus(ctx, db.SetContentStatusParams{SchoolID: string(s.ID), ID: string(s.Lessons[0]), Status: string(content.Withdrawn)})
		return err
	})
	_, err := flow.Show(t.Context(), s.F, evening.Lesson, s.Amina, evening.LessonIn{Lesson: s.Lessons[0]})
	if said := fault.Said(err); said.Code != "fault.lesson.withdrawn" {
		t.Errorf("said %q", said.Code)
	}
	for _, line := range schooltest.Show(s, evening.Home, s.Amina, struct{}{}).How.Today {
		if line.Lesson == s.Lessons[0] {
			t.Error("today still holds a lesson that was taken down")
		}
	}
}

func TestEvening_OwnWordsStandBesideTheEvidence(t *testing.T) {
	s := schooltest.NewEvening(t)
	schooltest.Do(s, evening.RateSelf, s.Amina, evening.RateSelfIn{Mine: mine(s), ClassUnit: s.ClassUnit, Objective: s.Goals[0], Says: "yes"})
	schooltest.Do(s, evening.RateSelf, s.Amina, evening.RateSelfIn{Mine: mine(s), ClassUnit: s.ClassUnit, Objective: s.Goals[0], Says: "bit"})
	p := schooltest.Show(s, evening.Self, s.Amina, evening.ClassUnitIn{ClassUnit: s.ClassUnit})
	if p.Objectives[0].Says != "bit" || p.Objectives[0].Skills[0].Status != "not_started" {
		t.Errorf("a word moves no estimate: %+v", p.Objectives[0])
	}
	schooltest.Refused(s, evening.RateSelf, s.Amina, evening.RateSelfIn{Mine: mine(s), ClassUnit: s.ClassUnit, Objective: "01980000-0000-7000-8000-000000000009", Says: "yes"}, fault.NotFound)
	schooltest.Do(s, evening.PickRole, s.Amina, evening.PickRoleIn{Mine: mine(s), ClassUnit: s.ClassUnit, Role: "cook"})
	if task := schooltest.Show(s, evening.UnitTask, s.Amina, evening.ClassUnitIn{ClassUnit: s.ClassUnit}); task.Task.Picked != "cook" || len(task.Parts) != 2 {
		t.Errorf("task: %+v", task)
	}
	schooltest.Refused(s, evening.PickRole, s.Amina, evening.PickRoleIn{Mine: mine(s), ClassUnit: s.ClassUnit, Role: "king"}, fault.Invalid)
	schooltest.Do(s, evening.BringQuestion, s.Amina, evening.BringQuestionIn{Mine: mine(s), ClassUnit: s.ClassUnit, Lesson: s.Lessons[0], Text: " Why not 7? "})
	schooltest.Refused(s, evening.BringQuestion, s.Amina, evening.BringQuestionIn{Mine: mine(s), ClassUnit: s.ClassUnit, Lesson: s.Lessons[0], Text: "  "}, fault.Invalid)
	if q := schooltest.Show(s, evening.Lesson, s.Amina, evening.LessonIn{Lesson: s.Lessons[0]}).Questions; len(q) != 1 || q[0].Text != "Why not 7?" {
		t.Errorf("questions: %+v", q)
	}
}

func TestEvening_ActsAreOnesOwn(t *testing.T) {
	s := schooltest.NewEvening(t)
	schooltest.Refused(s, evening.PickRole, s.Leo, evening.PickRoleIn{Mine: mine(s), ClassUnit: s.ClassUnit, Role: "cook"}, fault.Forbidden)
	schooltest.Refused(s, evening.RateSelf, s.Teacher, evening.RateSelfIn{Mine: mine(s), ClassUnit: s.ClassUnit, Objective: s.Goals[0], Says: "yes"}, fault.Forbidden)
}

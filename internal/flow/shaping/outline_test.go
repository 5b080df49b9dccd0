package shaping_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/authoring"
	"kith/internal/flow/decision"
	"kith/internal/flow/evening"
	"kith/internal/flow/export"
	"kith/internal/flow/going"
	"kith/internal/flow/intake"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/flow/schooltest"
	"kith/internal/flow/shaping"
	"kith/internal/flow/standing"
	"kith/internal/goal"
	"kith/internal/item"
	"kith/internal/plan"
	"kith/internal/store/db"
)

func page(s *schooltest.School) shaping.OutlinePage {
	return schooltest.Show(s, shaping.Outline, s.Okafor, shaping.UnitIn{Class: s.Class, Unit: s.Given})
}

// wanted is the outline that a page shows, as its save would send it.
func wanted(s *schooltest.School, p shaping.OutlinePage) shaping.ChangeOutlineIn {
	in := shaping.ChangeOutlineIn{Op: op(), Class: s.Class, Unit: p.Unit, Version: p.Version, CourseVersion: p.CourseVersion, Title: p.Title}
	for _, o := range p.Objectives {
		in.Objectives = append(in.Objectives, sent(o))
	}
	return in
}

func sent(o shaping.OutlineObjective) shaping.WantedObjective {
	w := shaping.WantedObjective{ID: o.ID, Title: o.Title, ICan: o.ICan}
	for _, k := range o.Skills {
		w.Skills = append(w.Skills, shaping.WantedSkill{ID: k.ID, Title: k.Title})
	}
	return w
}

func told(out shaping.OutlineOut) string {
	var all []string
	for _, c := range out.Changes {
		all = append(all, fmt.Sprint(c.Kind, " ", c.Title))
	}
	return strings.Join(all, "; ")
}

func shape(p shaping.OutlinePage) string {
	var all []string
	for _, o := range p.Objectives {
		line := o.Title + ":"
		for _, k := range o.Skills {
			line += fmt.Sprintf(" %s(%d)", k.Title, k.Items)
		}
		all = append(all, line)
	}
	return strings.Join(all, " | ")
}

// leaveB leaves skill B out.
func leaveB(s *schooltest.School) shaping.OutlineOut {
	in := wanted(s, page(s))
	in.Objectives[0].Skills = in.Objectives[0].Skills[:1]
	return schooltest.Do(s, shaping.ChangeOutline, s.Okafor, in)
}

func TestChangeOutline_OneSaveIsOneVersionAndTheClassGoesOnWithIt(t *testing.T) {
	s := schooltest.New(t, 2)
	p := page(s)
	if got := shape(p); got != "Doubles: Skill A(4) Skill B(4) | More: Skill C(4)" || p.Objectives[0].Lesson != "Doubling by reading" || len(p.Objectives[0].Skills[1].Needs) != 1 {
		t.Fatalf("%s, %+v", got, p)
	}
	in := wanted(s, p)
	if out := schooltest.Do(s, shaping.ChangeOutline, s.Okafor, in); len(out.Changes) != 0 || page(s).Version != p.Version || page(s).CourseVersion != p.CourseVersion {
		t.Errorf("nothing was asked for: %+v", out)
	}
	in.Op, in.Title = op(), "Doubles and halves"
	in.Objectives[0], in.Objectives[1] = in.Objectives[1], in.Objectives[0]
	in.Objectives[1].Skills = append(in.Objectives[1].Skills, shaping.WantedSkill{Title: "Halve"})
	in.Objectives[1].Skills[0].Title = "Double"
	in.Objectives = append(in.Objectives, shaping.WantedObjective{Title: "Thirds", ICan: "I can cut in three.", Skills: []shaping.WantedSkill{{Title: "Cut in three"}}})
	out := schooltest.Do(s, shaping.ChangeOutline, s.Okafor, in)
	if got, want := told(out), "unit_renamed Doubles; objective_moved Doubles; objective_in Thirds; skill_renamed Skill A; skill_in Halve; skill_in Cut in three"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	now := page(s)
	if got := shape(now); got != "More: Skill C(4) | Doubles: Double(4) Skill B(4) Halve(0) | Thirds: Cut in three(0)" {
		t.Error(got)
	}
	if now.Version != p.Version+1 || now.CourseVersion != p.CourseVersion+1 || now.Title != in.Title || now.Newer != nil {
		t.Errorf("%+v", now)
	}
	in.Op, in.Title = op(), "By another tab"
	if code := schooltest.Refused(s, shaping.ChangeOutline, s.Okafor, in, fault.Conflict); code != "fault.outline.moved" {
		t.Error(code)
	}
	in = wanted(s, now)
	in.CourseVersion-- // another unit of the course was changed meanwhile
	if code := schooltest.Refused(s, shaping.ChangeOutline, s.Okafor, in, fault.Conflict); code != "fault.outline.moved" {
		t.Error(code)
	}
	in = wanted(s, now)
	in.Objectives[0].Skills = nil
	if code := schooltest.Refused(s, shaping.ChangeOutline, s.Okafor, in, fault.Invalid); code != "fault.outline.empty" {
		t.Error(code)
	}
	s.Look(s.Okafor, func(l *flow.Look) error {
		for i, want := range []string{"Double", "Skill B", "Halve"} {
			id := now.Objectives[1].Skills[i].ID
			title, err := library.SkillTitle(l, id)
			if err != nil {
				return err
			}
			row, err := l.Q().Skill(l.Ctx(), db.SkillParams{SchoolID: l.School(), ID: string(id)})
			if title != want || row.Title != want {
				t.Errorf("%q and %q, want %q, %v", title, row.Title, want, err)
			}
		}
		return nil
	})
	schooltest.Refused(s, shaping.ChangeOutline, s.Lin, wanted(s, now), fault.NotFound)
}

func TestChangeOutline_ANewSkillIsAskedOnceItHasAnItem(t *testing.T) {
	s := schooltest.New(t, 1)
	in := wanted(s, page(s))
	in.Objectives[0].Skills = slices.Insert(in.Objectives[0].Skills, 0, shaping.WantedSkill{Title: "Count in twos"})
	schooltest.Do(s, shaping.ChangeOutline, s.Okafor, in)
	fresh := page(s).Objectives[0].Skills[0].ID
	who := s.Learners[0]
	proposed := func() (out []string) {
		schooltest.Do(s, evening.AskForPlan, who, evening.AskForPlanIn{Mine: flow.Mine{Op: op(), Learner: who.Person}, ClassUnit: s.Given})
		for _, l := range schooltest.Show(s, evening.Plan, who, struct{}{}).Proposal.Lines {
			out = append(out, l.Title)
		}
		return out
	}
	if got := proposed(); slices.Contains(got, "Count in twos") || len(got) == 0 {
		t.Errorf("nothing asks it: %v", got)
	}
	if p := schooltest.Show(s, evening.Practice, who, evening.PracticeIn{Skill: fresh}); p.Kind != "empty" || p.Skill.Title != "Count in twos" {
		t.Errorf("%+v", p)
	}
	schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: op(), Class: s.Class, Draft: authoring.Draft{Skill: fresh, Kind: item.Number, Text: "What comes after 4?", Key: "6"}})
	if got := proposed(); !slices.Contains(got, "Count in twos") {
		t.Errorf("an item asks it: %v", got)
	}
	if p := schooltest.Show(s, evening.Practice, who, evening.PracticeIn{Skill: fresh}); p.Asked == nil {
		t.Errorf("%+v", p)
	}
}

// Every page of a learner whose plan, goal and evidence name what was left out, and of their teacher, shows the unit as it stands.
func TestChangeOutline_WhatIsLeftOutLeavesPlansAndComesBack(t *testing.T) {
	s := schooltest.New(t, 2)
	who := s.Learners[0]
	for n := range 2 {
		s.Answers(who, fmt.Sprintf("b-%d", n+1), "right", 1)
	}
	schooltest.Do(s, decision.PutStep, s.Okafor, decision.PutStepIn{OnPlan: on(s, who), Step: decision.StepIn{Kind: plan.Meeting, Skill: s.Skill("b")}, Must: true})
	schooltest.Do(s, going.SetGoal, s.Okafor, going.SetGoalIn{Op: op(), ClassUnit: s.Given, Aims: []goal.Aim{{Skill: s.Skill("b"), Weight: 1}}})
	steps := func() (out []string) {
		for _, l := range schooltest.Show(s, evening.Plan, who, struct{}{}).Steps {
			out = append(out, l.Title)
		}
		return out
	}
	decided := steps()
	if !slices.Contains(decided, "Skill B") || !slices.Contains(decided, "Skill A") {
		t.Fatalf("%v", decided)
	}
	before := estimate(s, who, "b")
	if got := told(leaveB(s)); got != "skill_out Skill B" {
		t.Fatal(got)
	}
	if got := steps(); slices.Contains(got, "Skill B") || !slices.Contains(got, "Skill A") {
		t.Errorf("the plan reads %v", got)
	}
	everyPage(t, s, who)
	if p := schooltest.Show(s, evening.Practice, who, evening.PracticeIn{Skill: s.Skill("b")}); p.Asked == nil {
		t.Errorf("a link of before leads somewhere: %+v", p)
	}
	s.Answers(who, "b-4", "right", 1) // an answer that was on its way
	if now := estimate(s, who, "b"); before == 0 || now == before {
		t.Errorf("the estimate was %v and is %v", before, now)
	}
	recomputed(t, s)
	p := page(s)
	if len(p.Loose) != 1 || p.Loose[0].Title != "Skill B" || p.Loose[0].Items != 4 {
		t.Fatalf("%+v", p.Loose)
	}
	in := wanted(s, p)
	in.Objectives[1].Skills = append(in.Objectives[1].Skills, shaping.WantedSkill{ID: p.Loose[0].ID, Title: p.Loose[0].Title})
	schooltest.Do(s, shaping.ChangeOutline, s.Okafor, in)
	if got := steps(); !slices.Equal(got, decided) {
		t.Errorf("put back: %v", got)
	}
	everyPage(t, s, who)
}

func TestChangeOutline_AnObjectiveLeftOutTakesItsLessonAndActivityWithItAndBringsThemBack(t *testing.T) {
	s := schooltest.New(t, 1)
	who := s.Learners[0]
	schooltest.Do(s, decision.PutStep, s.Okafor, decision.PutStepIn{OnPlan: on(s, who), Step: decision.StepIn{Kind: plan.Meeting, Skill: s.Skill("b")}, Must: true})
	titles := func() (out []string) {
		for _, l := range schooltest.Show(s, evening.Plan, who, struct{}{}).Steps {
			out = append(out, l.Title)
		}
		return out
	}
	if got := titles(); !slices.Contains(got, "Fold paper") || !slices.Contains(got, "Doubling by reading") {
		t.Fatalf("%v", got)
	}
	decided := titles()
	in := wanted(s, page(s))
	in.Objectives = in.Objectives[1:]
	schooltest.Do(s, shaping.ChangeOutline, s.Okafor, in)
	everyPage(t, s, who)
	if got := titles(); len(got) != 0 {
		t.Errorf("%v", got)
	}
	now := page(s)
	if len(now.Aside) != 1 || now.Aside[0].Lesson != "Doubling by reading" || len(now.Aside[0].Skills) != 2 {
		t.Fatalf("%+v", now.Aside)
	}
	in = wanted(s, now)
	in.Objectives = append(in.Objectives, sent(now.Aside[0]))
	schooltest.Do(s, shaping.ChangeOutline, s.Okafor, in)
	if got := titles(); !slices.Equal(got, decided) {
		t.Errorf("put back: %v, want %v", got, decided)
	}
	everyPage(t, s, who)
}

func TestChangeOutline_AProposalOfBeforeIsReadWithoutWhatIsGone(t *testing.T) {
	s := schooltest.New(t, 1)
	who := s.Learners[0]
	schooltest.Do(s, evening.AskForPlan, who, evening.AskForPlanIn{Mine: flow.Mine{Op: op(), Learner: who.Person}, ClassUnit: s.Given})
	lines := func() (keys []string) {
		p := schooltest.Show(s, evening.Plan, who, struct{}{}).Proposal
		for _, l := range p.Lines {
			keys = append(keys, l.Title)
			if !slices.Contains(p.Wished, l.Key) {
				t.Errorf("%s is proposed and not among what was wished: %v", l.Key, p.Wished)
			}
		}
		return keys
	}
	if got := lines(); !slices.Contains(got, "Skill B") {
		t.Fatalf("%v", got)
	}
	leaveB(s)
	if got := lines(); slices.Contains(got, "Skill B") || !slices.Contains(got, "Skill A") {
		t.Errorf("%v", got)
	}
	inbox := schooltest.MustJSON(schooltest.Show(s, decision.Inbox, s.Okafor, decision.InboxIn{Class: s.Class}))
	if strings.Contains(inbox, "Skill B\"") && strings.Contains(inbox, "practice:"+string(s.Skill("b"))) {
		t.Errorf("a teacher is asked about it: %s", inbox)
	}
}

func TestChangeOutline_APlanOfWhichNothingIsLeftRunsOut(t *testing.T) {
	s := schooltest.New(t, 1)
	who := s.Learners[0]
	schooltest.Do(s, decision.PutStep, s.Okafor, decision.PutStepIn{OnPlan: on(s, who), Step: decision.StepIn{Kind: plan.Meeting, Skill: s.Skill("b")}, Must: true})
	for _, l := range schooltest.Show(s, evening.Plan, who, struct{}{}).Steps {
		if l.Kind != "practice" || l.Skill != s.Skill("b") {
			schooltest.Do(s, decision.TakeStep, s.Okafor, decision.TakeStepIn{OnPlan: on(s, who), Key: l.Key})
		}
	}
	if got := schooltest.Show(s, evening.Plan, who, struct{}{}).Steps; len(got) != 1 || got[0].Title != "Skill B" {
		t.Fatalf("%+v", got)
	}
	for n := range 3 {
		s.Answers(who, fmt.Sprintf("a-%d", n+1), "right", 1)
	}
	if p := schooltest.Show(s, evening.Plan, who, struct{}{}); p.Proposal != nil {
		t.Fatalf("a step is open, and something was proposed: %+v", p.Proposal)
	}
	leaveB(s)
	for n := range 3 {
		s.Answers(who, fmt.Sprintf("c-%d", n+1), "right", 1)
	}
	if p := schooltest.Show(s, evening.Plan, who, struct{}{}); p.Proposal == nil {
		t.Error("nothing of the plan is left, and nothing was proposed")
	}
}

// Nobody is asked to agree that somebody knows what is not in the unit.
func TestProposed_NothingOfWhatIsGoneIsCreditedOrDropped(t *testing.T) {
	s := schooltest.New(t, 1)
	unit := page(s).Objectives[0]
	var lines []plan.Line
	for _, k := range unit.Skills {
		lines = append(lines, plan.NewLine(plan.Practice, unit.ID, k.ID, ""))
	}
	leaveB(s)
	row := db.Proposal{Body: schooltest.MustJSON(plan.Proposal{Lines: lines, Credited: lines, Dropped: lines})}
	s.Look(s.Okafor, func(l *flow.Look) error {
		g, err := standing.LoadGiven(l, s.Given)
		if err != nil {
			return err
		}
		u, err := standing.Load(l, g, s.Learners[0].Person)
		if err != nil {
			return err
		}
		p, wished, err := u.Proposed(row, standing.Wish{})
		for name, got := range map[string][]plan.Line{"lines": p.Lines, "credited": p.Credited, "dropped": p.Dropped, "wished": wished} {
			if len(got) != 1 || got[0].Skill != s.Skill("a") {
				t.Errorf("%s: %+v", name, got)
			}
		}
		return err
	})
}

func TestRenewUnit_AnotherClassGoesOnWhenItsTeacherSaysSo(t *testing.T) {
	s := schooltest.New(t, 1)
	given := schooltest.Do(s, library.GiveUnit, s.Lin, library.GiveUnitIn{Op: op(), Class: s.Other, Unit: s.Unit, Dial: "required"}).ClassUnit
	leaveB(s)
	theirs := func() library.ClassUnit {
		return schooltest.Show(s, library.Units, s.Lin, library.ClassIn{Class: s.Other}).Units[0]
	}
	u := theirs()
	if len(u.Parts[0].Skills) != 2 || u.Newer == nil || len(u.Newer.Changes) != 1 || u.Newer.Changes[0].Title != "Skill B" {
		t.Fatalf("%+v", u)
	}
	if p := schooltest.Show(s, shaping.Outline, s.Lin, shaping.UnitIn{Class: s.Other, Unit: given}); p.Newer == nil || len(p.Objectives[0].Skills) != 1 && p.Version != 1 {
		t.Errorf("%+v", p)
	}
	in := shaping.ChangeOutlineIn{Op: op(), Class: s.Other, Unit: given, Version: 2, CourseVersion: 2, Title: "x", Objectives: wanted(s, page(s)).Objectives}
	if code := schooltest.Refused(s, shaping.ChangeOutline, s.Lin, in, fault.Conflict); code != "fault.outline.older" {
		t.Error(code)
	}
	schooltest.Refused(s, shaping.RenewUnit, s.Lin, shaping.RenewUnitIn{Op: op(), Class: s.Other, Unit: given, Version: 1}, fault.Conflict)
	schooltest.Do(s, shaping.RenewUnit, s.Lin, shaping.RenewUnitIn{Op: op(), Class: s.Other, Unit: given, Version: u.Newer.Version})
	if u := theirs(); len(u.Parts[0].Skills) != 1 || u.Newer != nil {
		t.Errorf("%+v", u)
	}
	if code := schooltest.Refused(s, shaping.RenewUnit, s.Lin, shaping.RenewUnitIn{Op: op(), Class: s.Other, Unit: given, Version: 2}, fault.Conflict); code != "fault.outline.current" {
		t.Error(code)
	}
	schooltest.Refused(s, shaping.RenewUnit, s.Okafor, shaping.RenewUnitIn{Op: op(), Class: s.Other, Unit: given, Version: 2}, fault.NotFound)
}

func TestCreateUnit_BeginsWithOneSkillAndIsGivenAtOnce(t *testing.T) {
	s := schooltest.New(t, 1)
	s.Now = s.Now.Add(time.Minute)
	in := shaping.CreateUnitIn{Op: op(), Class: s.Class, Title: " Fair  shares ", Objective: "Sharing", ICan: "I can share.", Skill: "Share by two"}
	given := schooltest.Do(s, shaping.CreateUnit, s.Okafor, in).ClassUnit
	p := schooltest.Show(s, shaping.Outline, s.Okafor, shaping.UnitIn{Class: s.Class, Unit: given})
	if p.Title != "Fair shares" || shape(p) != "Sharing: Share by two(0)" {
		t.Fatalf("%+v", p)
	}
	who := s.Learners[0]
	everyPage(t, s, who)
	if c := schooltest.Show(s, evening.Check, who, evening.ClassUnitIn{ClassUnit: given}); c.State != evening.CheckEmpty {
		t.Errorf("%+v", c)
	}
	s.Unit, s.Given = "", given
	schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: op(), Class: s.Class, Draft: authoring.Draft{Skill: p.Objectives[0].Skills[0].ID, Kind: item.Number, Text: "What is half of 4?", Key: "2"}})
	if c := schooltest.Show(s, evening.Check, who, evening.ClassUnitIn{ClassUnit: given}); c.State != evening.CheckReady {
		t.Errorf("%+v", c)
	}
	if h := schooltest.Show(s, evening.Home, who, struct{}{}); h.Unit.Title != "Fair shares" || len(h.How.Today) == 0 {
		t.Errorf("%+v", h.How)
	}
	in.Op, in.Skill = op(), " "
	if code := schooltest.Refused(s, shaping.CreateUnit, s.Okafor, in, fault.Invalid); code != "fault.outline.skill" {
		t.Error(code)
	}
	if offered := schooltest.Show(s, library.Units, s.Lin, library.ClassIn{Class: s.Other}).Offered; len(offered) != 2 {
		t.Errorf("%+v", offered)
	}
}

func TestChangeOutline_ComesOutAndGoesInAgain(t *testing.T) {
	s := schooltest.New(t, 1)
	in := wanted(s, page(s))
	in.Objectives = in.Objectives[1:]
	in.Objectives[0].Skills = append(in.Objectives[0].Skills, shaping.WantedSkill{Title: "Halve"})
	schooltest.Do(s, shaping.ChangeOutline, s.Okafor, in)
	b, err := export.Course(t.Context(), s.F, s.ID, "", export.Ask{Course: s.IDs["course:course"]})
	if err != nil {
		t.Fatal(err)
	}
	if r, err := intake.ImportBundle(t.Context(), s.F, s.ID, b, false, nil); err != nil || r.Counts.Taken+r.Counts.Changed > 0 {
		t.Errorf("%+v, %v", r.Counts, err)
	}
	if p := page(s); shape(p) != "More: Skill C(4) Halve(0)" || len(p.Aside) != 1 {
		t.Errorf("%+v", p)
	}
}

func on(s *schooltest.School, who access.Actor) decision.OnPlan {
	return decision.OnPlan{Op: op(), ClassUnit: s.Given, Learner: who.Person, Revision: revision(s, who)}
}

func revision(s *schooltest.School, who access.Actor) int64 {
	p := schooltest.Show(s, decision.LearnerView, s.Okafor, decision.LearnerIn{Learner: who.Person})
	if p.Plan == nil {
		return 0
	}
	return p.Plan.Revision
}

func estimate(s *schooltest.School, who access.Actor, code string) (p float64) {
	s.Look(s.Okafor, func(l *flow.Look) error {
		all, err := ledger.Estimates(l, who.Person)
		p = all[s.Skill(code)].PKnown
		return err
	})
	return p
}

// everyPage looks at all that a learner and their teacher read of the unit; no line of it may be without its name.
func everyPage(t *testing.T, s *schooltest.School, who access.Actor) {
	t.Helper()
	home := schooltest.Show(s, evening.Home, who, struct{}{})
	for _, l := range home.How.Today {
		if l.Title == "" {
			t.Errorf("a line of today has no name: %+v", l)
		}
	}
	for _, o := range home.Where.Objectives {
		for _, k := range o.Skills {
			if k.Title == "" || o.Title == "" {
				t.Errorf("a skill has no name: %+v", o)
			}
		}
	}
	schooltest.Show(s, evening.Plan, who, struct{}{})
	schooltest.Show(s, evening.Skills, who, struct{}{})
	schooltest.Show(s, evening.Map, who, struct{}{})
	schooltest.Show(s, evening.Check, who, evening.ClassUnitIn{ClassUnit: s.Given})
	schooltest.Show(s, evening.Self, who, evening.ClassUnitIn{ClassUnit: s.Given})
	schooltest.Show(s, evening.Known, who, evening.ClassUnitIn{ClassUnit: s.Given})
	schooltest.Show(s, decision.LearnerView, s.Okafor, decision.LearnerIn{Learner: who.Person})
	schooltest.Show(s, decision.Inbox, s.Okafor, decision.InboxIn{Class: s.Class})
	schooltest.Show(s, decision.ClassMap, s.Okafor, decision.ClassMapIn{Class: s.Class})
	schooltest.Show(s, period.Today, s.Okafor, library.ClassIn{Class: s.Class})
	schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class})
	schooltest.Show(s, going.Goals, s.Okafor, going.GoalsIn{Class: s.Class})
	schooltest.Show(s, library.Units, s.Okafor, library.ClassIn{Class: s.Class})
	needs(s)
}

func recomputed(t *testing.T, s *schooltest.School) {
	t.Helper()
	r, err := ledger.Recompute(t.Context(), s.F, true)
	if err != nil || len(r.Different) != 0 {
		t.Errorf("folded anew: %+v, %v", r, err)
	}
}

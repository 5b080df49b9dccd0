package going_test

import (
	"slices"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/going"
	"kith/internal/flow/schooltest"
	"kith/internal/flow/standing"
	"kith/internal/goal"
	"kith/internal/pace"
	"kith/internal/plan"
	"kith/internal/skill"
	"kith/internal/store/db"
)

func op() flow.Op { return flow.Op{Op: schooltest.NewOp()} }

func aim(id skill.ID) []goal.Aim { return []goal.Aim{{Skill: id, Weight: 1}} }

func page(s *schooltest.School, who access.Actor) going.GoalsPage {
	return schooltest.Show(s, going.Goals, who, going.GoalsIn{Class: s.Class})
}

// built is what would be proposed to a learner now.
func built(s *schooltest.School, who access.Actor) (p plan.Proposal, in plan.Input) {
	s.Look(who, func(l *flow.Look) error {
		u, err := standing.InUnit(l, s.Given, who.Person)
		if err != nil {
			return err
		}
		today, err := l.Today()
		if err != nil {
			return err
		}
		if in, err = u.PlanInput(l, today, nil); err != nil {
			return err
		}
		p, err = plan.Build(in)
		return err
	})
	return p, in
}

func TestSetGoal_StandsUntilItIsTakenBack(t *testing.T) {
	s := schooltest.New(t, 2)
	in := going.SetGoalIn{Op: op(), ClassUnit: s.Given, Aims: aim(s.Skill("b")), DueOn: "2026-12-04"}
	id := schooltest.Do(s, going.SetGoal, s.Okafor, in).Goal
	if again := schooltest.Do(s, going.SetGoal, s.Okafor, in).Goal; again != id {
		t.Errorf("the same op set %s, then %s", id, again)
	}
	p := page(s, s.Okafor)
	if len(p.Goals) != 1 || p.Goals[0].ID != id || p.Goals[0].DueOn != "2026-12-04" || p.Goals[0].Of != 2 || p.Goals[0].There != 0 ||
		!slices.Equal(p.Goals[0].Aims, []going.AimShown{{Kind: "skill", Title: "Skill B"}}) {
		t.Errorf("stands as %+v", p.Goals)
	}
	for _, l := range s.Learners {
		built, in := built(s, l)
		if len(in.Goals) != 1 || in.Goals[0].Due.String() != "2026-12-04" || built.Choices[0].Toward != s.Skill("b") {
			t.Errorf("plans lead to %+v by %+v", in.Goals, built.Choices)
		}
	}
	schooltest.Do(s, going.EndGoal, s.Okafor, going.EndGoalIn{Op: op(), ClassUnit: s.Given, Goal: id})
	if p := page(s, s.Okafor); len(p.Goals) != 0 {
		t.Errorf("taken back, and stands: %+v", p.Goals)
	}
	if code := schooltest.Refused(s, going.EndGoal, s.Okafor, going.EndGoalIn{Op: op(), ClassUnit: s.Given, Goal: id}, fault.Conflict); code != "fault.goal.ended" {
		t.Error(code)
	}
	if _, in := built(s, s.Learners[0]); len(in.Goals) != 0 {
		t.Errorf("plans still lead to %+v", in.Goals)
	}
}

func TestSetGoal_Refuses(t *testing.T) {
	s := schooltest.New(t, 1)
	ask := func(who access.Actor, aims []goal.Aim, due string, kind fault.Kind) {
		t.Helper()
		schooltest.Refused(s, going.SetGoal, who, going.SetGoalIn{Op: op(), ClassUnit: s.Given, Aims: aims, DueOn: due}, kind)
	}
	a := s.Skill("a")
	ask(s.Okafor, nil, "", fault.Invalid)
	ask(s.Okafor, aim(a), "9999-12-31", fault.Invalid) // the pace would count millions of days
	ask(s.Okafor, aim(skill.ID(schooltest.NewOp())), "", fault.Invalid)
	ask(s.Okafor, []goal.Aim{{Skill: a, Weight: -1}}, "", fault.Invalid)
	ask(s.Okafor, []goal.Aim{{Standard: "none", Weight: 1}}, "", fault.Invalid)
	ask(s.Okafor, aim(a), "soon", fault.Invalid)
	ask(s.Okafor, aim(a), "2026-11-23", fault.Invalid) // yesterday
	ask(s.Lin, aim(a), "", fault.NotFound)
	ask(s.Learners[0], aim(a), "", fault.Forbidden)
	for range 8 {
		schooltest.Do(s, going.SetGoal, s.Okafor, going.SetGoalIn{Op: op(), ClassUnit: s.Given, Aims: aim(a), DueOn: "2026-11-24"}) // today is not over
	}
	ask(s.Okafor, aim(a), "", fault.Conflict)
	schooltest.Refused(s, going.SetWeek, s.Okafor, going.SetWeekIn{Op: op(), ClassUnit: s.Given, Minutes: 4}, fault.Invalid)
	schooltest.Refused(s, going.SetWeek, s.Lin, going.SetWeekIn{Op: op(), ClassUnit: s.Given, Minutes: 40}, fault.NotFound)
}

func TestWishGoal_IsTheLearnersOwn(t *testing.T) {
	s := schooltest.New(t, 2)
	one, two := s.Learners[0], s.Learners[1]
	wish := func(who access.Actor, id skill.ID) going.WishGoalIn {
		return going.WishGoalIn{Mine: flow.Mine{Op: op(), Learner: who.Person}, ClassUnit: s.Given, Skill: id}
	}
	id := schooltest.Do(s, going.WishGoal, one, wish(one, s.Skill("c"))).Goal
	if _, in := built(s, one); len(in.Goals) != 1 || !in.Goals[0].Own {
		t.Errorf("one's plan leads to %+v", in.Goals)
	}
	if _, in := built(s, two); len(in.Goals) != 0 {
		t.Errorf("two's plan leads to %+v", in.Goals)
	}
	if p := page(s, s.Okafor); len(p.Goals) != 0 || len(p.Wishes) != 1 || p.Wishes[0].Who.ID != one.Person {
		t.Errorf("the teacher reads %+v and %+v", p.Goals, p.Wishes)
	}
	leave := func(who access.Actor, learner access.Actor, goal string) going.LeaveGoalIn {
		return going.LeaveGoalIn{Mine: flow.Mine{Op: op(), Learner: learner.Person}, ClassUnit: s.Given, Goal: goal}
	}
	schooltest.Refused(s, going.EndGoal, s.Okafor, going.EndGoalIn{Op: op(), ClassUnit: s.Given, Goal: id}, fault.NotFound)
	schooltest.Refused(s, going.LeaveGoal, two, leave(two, two, id), fault.NotFound)
	schooltest.Refused(s, going.LeaveGoal, two, leave(two, one, id), fault.Forbidden)
	set := schooltest.Do(s, going.SetGoal, s.Okafor, going.SetGoalIn{Op: op(), ClassUnit: s.Given, Aims: aim(s.Skill("a"))}).Goal
	schooltest.Refused(s, going.LeaveGoal, one, leave(one, one, set), fault.NotFound)
	schooltest.Refused(s, going.WishGoal, one, wish(one, skill.ID(schooltest.NewOp())), fault.Invalid)
	schooltest.Do(s, going.WishGoal, one, wish(one, s.Skill("a")))
	schooltest.Do(s, going.WishGoal, one, wish(one, s.Skill("b")))
	schooltest.Refused(s, going.WishGoal, one, wish(one, s.Skill("b")), fault.Conflict)
	schooltest.Do(s, going.LeaveGoal, one, leave(one, one, id))
	if _, in := built(s, one); len(in.Goals) != 3 { // the class's and two wishes
		t.Errorf("one's plan leads to %+v", in.Goals)
	}
}

// 24 November 2026 is a Tuesday. With 10 minutes a week, 2 a day, there are 8 until Friday the 27th, and a, b and c take 10
// each, besides the unit's lessons and activities. A learner who has all of it is not named.
func TestGoals_SaysForWhomADayIsShortAndWhatCouldBeDone(t *testing.T) {
	s := schooltest.New(t, 3)
	schooltest.Do(s, going.SetWeek, s.Okafor, going.SetWeekIn{Op: op(), ClassUnit: s.Given, Minutes: 10})
	for _, code := range []string{"a", "b", "c"} {
		s.Happens(evidence.Fact{Learner: s.Learners[1].Person, Kind: evidence.KindCredit, Credit: &evidence.Credit{Skill: s.Skill(code), Act: "credit", By: s.Okafor.Person, Reason: "x"}})
	}
	id := schooltest.Do(s, going.SetGoal, s.Okafor, going.SetGoalIn{Op: op(), ClassUnit: s.Given, Aims: []goal.Aim{{Task: true, Weight: 1}}, DueOn: "2026-11-27"}).Goal
	p := page(s, s.Okafor)
	if p.Week != 10 || p.Goals[0].There != 1 || p.Goals[0].Of != 3 {
		t.Errorf("week %d, %+v", p.Week, p.Goals)
	}
	if len(p.Short) != 2 || p.Short[0].Who.ID != s.Learners[0].Person || p.Short[1].Who.ID != s.Learners[2].Person {
		t.Fatalf("short are %+v", p.Short)
	}
	one := p.Short[0]
	if one.Goal != id || one.Minutes < 30-8 { // three skills of 10 minutes, and 2 a day on four days
		t.Errorf("%+v", one)
	}
	kinds := map[pace.OptionKind]going.OptionShown{}
	for _, o := range one.Options {
		kinds[o.Kind] = o
		if o.Kind == pace.Later && (o.On <= "2026-11-27" || o.Goal != id) || o.Kind == pace.Help && o.Skill == "" {
			t.Errorf("%+v", o)
		}
	}
	if _, ok := kinds[pace.Time]; !ok || kinds[pace.Later].On == "" || kinds[pace.Help].Minutes == 0 {
		t.Errorf("ways %+v", kinds)
	}
	// What an option says holds: with that much more time nobody is short.
	schooltest.Do(s, going.SetWeek, s.Okafor, going.SetWeekIn{Op: op(), ClassUnit: s.Given, Minutes: 10 + kinds[pace.Time].Minutes + 5}) // a minute a day for rounding
	if p := page(s, s.Okafor); len(p.Short) != 0 {
		t.Errorf("with more time: %+v", p.Short)
	}
	s.Now = time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC) // the day is over: still nobody is anything but short of minutes
	if p := page(s, s.Okafor); len(p.Short) != 2 {
		t.Errorf("after the day: %+v", p.Short)
	}
}

func TestGoals_OfAClassWithoutAUnit(t *testing.T) {
	s := schooltest.New(t, 1)
	if p := schooltest.Show(s, going.Goals, s.Lin, going.GoalsIn{Class: s.Other}); p.Unit != nil || p.Class.Name != "7C" {
		t.Errorf("%+v", p)
	}
	if _, err := flow.Show(t.Context(), s.F, going.Goals, s.Okafor, going.GoalsIn{Class: s.Class, Unit: schooltest.NewOp()}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another class's unit: %v", err)
	}
}

// Whoever has the whole unit is offered something else than more of it, before and after a plan is decided, each once.
func TestPlan_OfWhoeverHasTheUnitLeadsBeyondIt(t *testing.T) {
	s := schooltest.New(t, 1)
	who := s.Learners[0]
	for _, code := range []string{"a", "b", "c"} {
		s.Happens(evidence.Fact{Learner: who.Person, Kind: evidence.KindCredit, Credit: &evidence.Credit{Skill: s.Skill(code), Act: "credit", By: s.Okafor.Person, Reason: "x"}})
	}
	p, _ := built(s, who)
	if len(p.Lines) == 0 || slices.ContainsFunc(p.Lines, func(l plan.Line) bool { return l.Kind == plan.Practice || l.Must }) || p.Lines[0].Kind != plan.Deeper {
		t.Fatalf("proposed %+v", p.Lines)
	}
	s.Look(who, func(l *flow.Look) error {
		u, err := standing.InUnit(l, s.Given, who.Person)
		if err != nil {
			return err
		}
		how, err := u.HowDoIGetThere(l)
		if !slices.ContainsFunc(how.Today, func(l standing.StepLine) bool { return l.Kind == standing.StepKind(plan.Deeper) && l.Title == "More" }) {
			t.Errorf("today %+v", how.Today)
		}
		return err
	})
}

// After a plan with deeper:o2 another one is decided: deeper:o2 was offered, and is not again.
func TestFoldDecisions_RemembersWhatWasOfferedBeyondTheUnit(t *testing.T) {
	lines := func(l ...plan.Line) string { return schooltest.MustJSON(append([]plan.Line{}, l...)) }
	deeper, make := plan.NewLine(plan.Deeper, "o2", "", ""), plan.NewLine(plan.Make, "o2", "", "")
	got, err := standing.FoldDecisions([]db.Decision{
		{Verdict: "accept", Revision: 1, Lines: lines(deeper, plan.NewLine(plan.Practice, "o1", "a", ""))},
		{Verdict: "accept", Revision: 2, Lines: lines(make)},
	}, nil)
	if err != nil || !slices.Equal(got.Offered, []string{deeper.Key}) {
		t.Errorf("offered %v, %v", got.Offered, err)
	}
}

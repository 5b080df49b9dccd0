package going

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/goal"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// WishGoalIn is a skill that a learner would like to get to.
type WishGoalIn struct {
	flow.Mine
	ClassUnit string   `json:"class_unit" minLength:"36" maxLength:"36"`
	Skill     skill.ID `json:"skill" minLength:"36" maxLength:"36"`
}

// WishGoal keeps where a learner would like to get to, beside the class's goals. Plans that are proposed from now on lead
// there too. Errors: NotFound (not a unit of the learner's class), Invalid (not a skill of the unit), Conflict (they have
// enough wishes).
var WishGoal = flow.Verb[WishGoalIn, GoalOut]{
	Name:  "wish_goal",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in WishGoalIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in WishGoalIn) (GoalOut, error) {
		w, err := At(a.Look, in.ClassUnit)
		if err != nil {
			return GoalOut{}, err
		}
		role, ok, err := store.Optional(a.Q().EnrolledAs(a.Ctx(), db.EnrolledAsParams{SchoolID: a.School(), ClassID: w.Row.ClassID, PersonID: string(in.Learner)}))
		if err != nil {
			return GoalOut{}, err
		}
		if !ok || role != string(roster.Learner) {
			return GoalOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		out, err := w.set(a, goal.Goal{Aims: []goal.Aim{{Skill: in.Skill, Weight: 1}}, Own: true}, in.Learner, MaxWishes)
		if err != nil {
			return out, err
		}
		return out, a.TellLearner(in.Learner, "goal", out)
	},
}

// LeaveGoalIn names a wish.
type LeaveGoalIn struct {
	flow.Mine
	ClassUnit string `json:"class_unit" minLength:"36" maxLength:"36"`
	Goal      string `json:"goal" minLength:"36" maxLength:"36"`
}

// LeaveGoal takes a learner's own wish back. Errors: NotFound (also for a goal that a teacher set), Conflict (it was taken
// back already).
var LeaveGoal = flow.Verb[LeaveGoalIn, flow.DoneOut]{
	Name:  "leave_goal",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in LeaveGoalIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in LeaveGoalIn) (flow.DoneOut, error) {
		if err := end(a, in.Goal, in.ClassUnit, in.Learner); err != nil {
			return flow.DoneOut{}, err
		}
		return flow.DoneOut{Done: true}, a.TellLearner(in.Learner, "goal", GoalOut{in.Goal})
	},
}

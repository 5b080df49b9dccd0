package decision

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/plan"
)

// ChangeStepIn moves a step of a plan, or says that it must or may be done.
type ChangeStepIn struct {
	OnPlan
	Key string `json:"key" minLength:"1" maxLength:"80"`
	Act string `json:"act" enum:"move,must,may"`
	To  int    `json:"to" minimum:"0" maximum:"40" doc:"place after the move, from 0"`
}

// ChangeStep moves a step or turns its must into may and back.
// Errors: NotFound, Conflict (the plan has changed since), Invalid (no such line, a place outside).
var ChangeStep = flow.Verb[ChangeStepIn, PlanNow]{
	Name: "change_step",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in ChangeStepIn) (access.Subject, error) {
		return library.AboutClassUnit(l, in.ClassUnit)
	},
	Shard: func(in ChangeStepIn, who access.Actor) string { return string(in.Learner) },
	Do: func(a *flow.Act, in ChangeStepIn) (PlanNow, error) {
		return byHand(a, in.OnPlan, func(u *standing.LearnerUnit, lines []plan.Line) ([]plan.Line, error) {
			return plan.Apply(lines, []plan.Edit{{Act: in.Act, Key: in.Key, To: in.To}}, true)
		})
	},
}

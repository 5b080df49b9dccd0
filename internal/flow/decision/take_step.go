package decision

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/plan"
)

// TakeStepIn takes a step out of a plan.
type TakeStepIn struct {
	OnPlan
	Key string `json:"key" minLength:"1" maxLength:"80"`
}

// TakeStep takes a step out; it stays out, whatever is proposed, until somebody puts it in again.
// Errors: NotFound, Conflict (the plan has changed since), Invalid (no such line).
var TakeStep = flow.Verb[TakeStepIn, PlanNow]{
	Name: "take_step",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in TakeStepIn) (access.Subject, error) {
		return library.AboutClassUnit(l, in.ClassUnit)
	},
	Shard: func(in TakeStepIn, who access.Actor) string { return string(in.Learner) },
	Do: func(a *flow.Act, in TakeStepIn) (PlanNow, error) {
		return byHand(a, in.OnPlan, func(u *standing.LearnerUnit, lines []plan.Line) ([]plan.Line, error) {
			return plan.Apply(lines, []plan.Edit{{Act: "drop", Key: in.Key}}, true)
		})
	},
}

package flow

import (
	"kith/internal/access"
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
var ChangeStep = Verb[ChangeStepIn, PlanNow]{
	Name:  "change_step",
	Rule:  access.Allow(access.TeacherOf),
	About: func(l *Look, in ChangeStepIn) (access.Subject, error) { return l.aboutClassUnit(in.ClassUnit) },
	Shard: func(in ChangeStepIn, who access.Actor) string { return string(in.Learner) },
	Do: func(a *Act, in ChangeStepIn) (PlanNow, error) {
		return a.byHand(in.OnPlan, func(u *learnerUnit, lines []plan.Line) ([]plan.Line, error) {
			return plan.Apply(lines, []plan.Edit{{Act: in.Act, Key: in.Key, To: in.To}}, true)
		})
	},
}

package evening

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/standing"
	"kith/internal/skill"
)

// PickRoleIn is a role in the unit's task, or in an objective's.
type PickRoleIn struct {
	flow.Mine
	ClassUnit string            `json:"class_unit" minLength:"36" maxLength:"36"`
	Objective skill.ObjectiveID `json:"objective,omitempty" maxLength:"36" doc:"empty: the unit's task"`
	Role      string            `json:"role" minLength:"1" maxLength:"60"`
}

// PickRole records which role a learner takes in a task. The last word counts; earlier ones stay as evidence.
// Errors: NotFound (not a unit of the learner's class), Invalid (the task has no such role).
var PickRole = flow.Verb[PickRoleIn, flow.Kept]{
	Name:  "pick_role",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in PickRoleIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in PickRoleIn) (flow.Kept, error) {
		u, err := standing.InUnit(a.Look, in.ClassUnit, in.Learner)
		if err != nil {
			return flow.Kept{}, err
		}
		task := u.Unit.Task
		if in.Objective != "" {
			task = u.Parts[in.Objective].Task
		}
		if !slices.ContainsFunc(task.Roles, func(r content.Role) bool { return r.Code == in.Role }) {
			return flow.Kept{}, fault.Invalidf("role", "the task has no role %q", in.Role)
		}
		_, _, err = ledger.Append(a, evidence.Fact{Learner: in.Learner, Kind: evidence.KindRoleChoice,
			RoleChoice: &evidence.RoleChoice{Unit: u.Unit.ID, Objective: in.Objective, Role: in.Role}})
		if err != nil {
			return flow.Kept{}, err
		}
		if err := standing.PlanMoved(a, in.Learner); err != nil {
			return flow.Kept{}, err
		}
		return flow.Kept{AtMs: a.Now()}, a.TellLearner(in.Learner, "role", acted{in.Learner})
	},
}

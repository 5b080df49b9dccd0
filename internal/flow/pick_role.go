package flow

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/skill"
)

// PickRoleIn is a role in the unit's task, or in an objective's.
type PickRoleIn struct {
	Mine
	ClassUnit string            `json:"class_unit" minLength:"36" maxLength:"36"`
	Objective skill.ObjectiveID `json:"objective,omitempty" maxLength:"36" doc:"empty: the unit's task"`
	Role      string            `json:"role" minLength:"1" maxLength:"60"`
}

// PickRole records which role a learner takes in a task. The last word counts; earlier ones stay as evidence.
// Errors: NotFound (not a unit of the learner's class), Invalid (the task has no such role).
var PickRole = Verb[PickRoleIn, Kept]{
	Name:  "pick_role",
	Rule:  access.Allow(access.Self),
	About: func(_ *Look, in PickRoleIn) (access.Subject, error) { return in.mine() },
	Do: func(a *Act, in PickRoleIn) (Kept, error) {
		u, err := a.mineIn(in.ClassUnit, in.Learner)
		if err != nil {
			return Kept{}, err
		}
		task := u.unit.Task
		if in.Objective != "" {
			task = u.parts[in.Objective].Task
		}
		if !slices.ContainsFunc(task.Roles, func(r content.Role) bool { return r.Code == in.Role }) {
			return Kept{}, fault.Invalidf("role", "the task has no role %q", in.Role)
		}
		_, _, err = a.append(evidence.Fact{Learner: in.Learner, Kind: evidence.KindRoleChoice,
			RoleChoice: &evidence.RoleChoice{Unit: u.unit.ID, Objective: in.Objective, Role: in.Role}})
		if err != nil {
			return Kept{}, err
		}
		if err := a.planMoved(in.Learner); err != nil {
			return Kept{}, err
		}
		return Kept{a.now}, a.tellLearner(in.Learner, "role", acted{in.Learner})
	},
}

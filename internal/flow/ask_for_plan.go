package flow

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/plan"
	"kith/internal/skill"
)

// AskForPlanIn asks for a new plan. Skill is one that the learner would like in it.
type AskForPlanIn struct {
	Mine
	ClassUnit string   `json:"class_unit" minLength:"36" maxLength:"36"`
	Skill     skill.ID `json:"skill,omitempty" maxLength:"36"`
}

// AskForPlan makes a new proposal because the learner asked for one; it takes the place of one that waits.
// Errors: NotFound, Conflict (the class runs without proposals).
var AskForPlan = Verb[AskForPlanIn, Kept]{
	Name:  "ask_for_plan",
	Rule:  access.Allow(access.Self),
	About: func(_ *Look, in AskForPlanIn) (access.Subject, error) { return in.mine() },
	Do: func(a *Act, in AskForPlanIn) (Kept, error) {
		u, err := a.mineIn(in.ClassUnit, in.Learner)
		if err != nil {
			return Kept{}, err
		}
		if !u.class.Proposals {
			return Kept{}, fault.New(fault.Conflict, "fault.plan.off")
		}
		var wishes []string
		if in.Skill != "" {
			line, err := u.wished(in.Skill)
			if err != nil {
				return Kept{}, err
			}
			wishes = []string{line.Key}
		}
		return Kept{a.now}, a.propose(u, plan.Asked, wishes)
	},
}

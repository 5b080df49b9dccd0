package evening

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/standing"
	"kith/internal/plan"
	"kith/internal/skill"
)

// AskForPlanIn asks for a new plan. Skill is one that the learner would like in it.
type AskForPlanIn struct {
	flow.Mine
	ClassUnit string   `json:"class_unit" minLength:"36" maxLength:"36"`
	Skill     skill.ID `json:"skill,omitempty" maxLength:"36"`
}

// AskForPlan makes a new proposal because the learner asked for one; it takes the place of one that waits.
// Errors: NotFound, Conflict (the class runs without proposals).
var AskForPlan = flow.Verb[AskForPlanIn, flow.Kept]{
	Name:  "ask_for_plan",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in AskForPlanIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in AskForPlanIn) (flow.Kept, error) {
		u, err := standing.InUnit(a.Look, in.ClassUnit, in.Learner)
		if err != nil {
			return flow.Kept{}, err
		}
		if !u.Class.Proposals {
			return flow.Kept{}, fault.New(fault.Conflict, "fault.plan.off")
		}
		var wishes []string
		if in.Skill != "" {
			line, err := wished(u, in.Skill)
			if err != nil {
				return flow.Kept{}, err
			}
			wishes = []string{line.Key}
		}
		return flow.Kept{AtMs: a.Now()}, standing.Propose(a, u, plan.Asked, wishes)
	},
}

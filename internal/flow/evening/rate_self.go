package evening

import (
	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/standing"
	"kith/internal/skill"
)

// RateSelfIn is what a learner says of an "I can" line.
type RateSelfIn struct {
	flow.Mine
	ClassUnit string            `json:"class_unit" minLength:"36" maxLength:"36"`
	Objective skill.ObjectiveID `json:"objective" minLength:"36" maxLength:"36"`
	Says      string            `json:"says" enum:"yes,bit,not_yet"`
}

// RateSelf records a learner's own word. It stands beside the evidence and moves no estimate.
// Errors: NotFound (not a unit of the learner's class, not an objective of it).
var RateSelf = flow.Verb[RateSelfIn, flow.Kept]{
	Name:  "rate_self",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in RateSelfIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in RateSelfIn) (flow.Kept, error) {
		u, err := standing.InUnit(a.Look, in.ClassUnit, in.Learner)
		if err != nil {
			return flow.Kept{}, err
		}
		if _, ok := u.Goal(in.Objective); !ok {
			return flow.Kept{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if _, _, err := ledger.Append(a, evidence.Fact{Learner: in.Learner, Kind: evidence.KindSelfRating,
			SelfRating: &evidence.SelfRating{Objective: in.Objective, Says: in.Says}}); err != nil {
			return flow.Kept{}, err
		}
		return flow.Kept{AtMs: a.Now()}, a.TellLearner(in.Learner, "rating", acted{in.Learner})
	},
}

package flow

import (
	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/skill"
)

// RateSelfIn is what a learner says of an "I can" line.
type RateSelfIn struct {
	Mine
	ClassUnit string            `json:"class_unit" minLength:"36" maxLength:"36"`
	Objective skill.ObjectiveID `json:"objective" minLength:"36" maxLength:"36"`
	Says      string            `json:"says" enum:"yes,bit,not_yet"`
}

// RateSelf records a learner's own word. It stands beside the evidence and moves no estimate.
// Errors: NotFound (not a unit of the learner's class, not an objective of it).
var RateSelf = Verb[RateSelfIn, Kept]{
	Name:  "rate_self",
	Rule:  access.Allow(access.Self),
	About: func(_ *Look, in RateSelfIn) (access.Subject, error) { return in.mine() },
	Do: func(a *Act, in RateSelfIn) (Kept, error) {
		u, err := a.mineIn(in.ClassUnit, in.Learner)
		if err != nil {
			return Kept{}, err
		}
		if _, ok := u.goal(in.Objective); !ok {
			return Kept{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if _, _, err := a.append(evidence.Fact{Learner: in.Learner, Kind: evidence.KindSelfRating,
			SelfRating: &evidence.SelfRating{Objective: in.Objective, Says: in.Says}}); err != nil {
			return Kept{}, err
		}
		return Kept{a.now}, a.tellLearner(in.Learner, "rating", acted{in.Learner})
	},
}

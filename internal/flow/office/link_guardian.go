package office

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// GuardianshipIn names a learner and a guardian.
type GuardianshipIn struct {
	flow.Op
	Learner  roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
	Guardian roster.PersonID `json:"guardian" minLength:"36" maxLength:"36"`
}

func ofLearner(l *flow.Look, in GuardianshipIn) (access.Subject, error) {
	return access.OfPerson(in.Learner), nil
}

// LinkGuardian lets a guardian see a learner's page. Errors: Invalid when one is no learner or the other no guardian.
var LinkGuardian = flow.Verb[GuardianshipIn, flow.Done]{
	Name:  "link_guardian",
	Rule:  access.Allow(access.Admin),
	About: ofLearner,
	Do: func(a *flow.Act, in GuardianshipIn) (flow.Done, error) {
		learner, err := personRow(a.Look, in.Learner)
		if err != nil {
			return flow.Done{}, err
		}
		guardian, err := personRow(a.Look, in.Guardian)
		if err != nil {
			return flow.Done{}, err
		}
		if roster.Role(learner.Role) != roster.Learner || roster.Role(guardian.Role) != roster.Guardian {
			return flow.Done{}, fault.New(fault.Invalid, "fault.guardian.role")
		}
		day, err := a.Today()
		if err != nil {
			return flow.Done{}, err
		}
		return flow.Done{}, a.Q().StartGuardianship(a.Ctx(), db.StartGuardianshipParams{SchoolID: a.School(), GuardianID: string(in.Guardian), LearnerID: string(in.Learner), StartedOn: day})
	},
}

// UnlinkGuardian ends it from today.
var UnlinkGuardian = flow.Verb[GuardianshipIn, flow.Done]{
	Name:  "unlink_guardian",
	Rule:  access.Allow(access.Admin),
	About: ofLearner,
	Do: func(a *flow.Act, in GuardianshipIn) (flow.Done, error) {
		day, err := a.Today()
		if err != nil {
			return flow.Done{}, err
		}
		return flow.Done{}, changed(a.Q().EndGuardianship(a.Ctx(), db.EndGuardianshipParams{SchoolID: a.School(), GuardianID: string(in.Guardian), LearnerID: string(in.Learner), EndedOn: day}))
	},
}

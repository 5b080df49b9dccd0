package flow

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// GuardianshipIn names a learner and a guardian.
type GuardianshipIn struct {
	Op
	Learner  roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
	Guardian roster.PersonID `json:"guardian" minLength:"36" maxLength:"36"`
}

func ofLearner(l *Look, in GuardianshipIn) (access.Subject, error) {
	return access.OfPerson(in.Learner), nil
}

// LinkGuardian lets a guardian see a learner's page. Errors: Invalid when one is no learner or the other no guardian.
var LinkGuardian = Verb[GuardianshipIn, Done]{
	Name:  "link_guardian",
	Rule:  access.Allow(access.Admin),
	About: ofLearner,
	Do: func(a *Act, in GuardianshipIn) (Done, error) {
		learner, err := a.personRow(in.Learner)
		if err != nil {
			return Done{}, err
		}
		guardian, err := a.personRow(in.Guardian)
		if err != nil {
			return Done{}, err
		}
		if roster.Role(learner.Role) != roster.Learner || roster.Role(guardian.Role) != roster.Guardian {
			return Done{}, fault.New(fault.Invalid, "fault.guardian.role")
		}
		day, err := a.today()
		if err != nil {
			return Done{}, err
		}
		return Done{}, a.q.StartGuardianship(a.ctx, db.StartGuardianshipParams{SchoolID: a.school(), GuardianID: string(in.Guardian), LearnerID: string(in.Learner), StartedOn: day})
	},
}

// UnlinkGuardian ends it from today.
var UnlinkGuardian = Verb[GuardianshipIn, Done]{
	Name:  "unlink_guardian",
	Rule:  access.Allow(access.Admin),
	About: ofLearner,
	Do: func(a *Act, in GuardianshipIn) (Done, error) {
		day, err := a.today()
		if err != nil {
			return Done{}, err
		}
		return Done{}, changed(a.q.EndGuardianship(a.ctx, db.EndGuardianshipParams{SchoolID: a.school(), GuardianID: string(in.Guardian), LearnerID: string(in.Learner), EndedOn: day}))
	},
}

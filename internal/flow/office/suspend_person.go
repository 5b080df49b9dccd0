package office

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// SuspendPerson pauses a person: their sessions end at once and no way in lets them through. Their evidence stays.
// Errors: Conflict for oneself, so that a school keeps an administrator.
var SuspendPerson = flow.Verb[PersonIn, flow.Done]{
	Name:  "suspend_person",
	Rule:  access.Allow(access.Admin),
	About: ofPerson,
	Do: func(a *flow.Act, in PersonIn) (flow.Done, error) {
		if in.Person == a.Who().Person {
			return flow.Done{}, fault.New(fault.Conflict, "fault.suspend.self")
		}
		if err := suspend(a, in.Person, true); err != nil {
			return flow.Done{}, err
		}
		return flow.Done{}, a.Q().EndSessionsOf(a.Ctx(), db.EndSessionsOfParams{SchoolID: a.School(), PersonID: string(in.Person)})
	},
}

// UnsuspendPerson lets a person sign in again.
var UnsuspendPerson = flow.Verb[PersonIn, flow.Done]{
	Name:  "unsuspend_person",
	Rule:  access.Allow(access.Admin),
	About: ofPerson,
	Do: func(a *flow.Act, in PersonIn) (flow.Done, error) {
		return flow.Done{}, suspend(a, in.Person, false)
	},
}

func suspend(a *flow.Act, id roster.PersonID, on bool) error {
	if err := changed(a.Q().SuspendPerson(a.Ctx(), db.SuspendPersonParams{SchoolID: a.School(), ID: string(id), Suspended: on})); err != nil {
		return err
	}
	classes, err := a.Q().ClassIDsOfLearner(a.Ctx(), db.ClassIDsOfLearnerParams{SchoolID: a.School(), PersonID: string(id)})
	for _, c := range classes {
		a.Announce(flow.ClassTopic(c), "people", struct{}{})
	}
	return err
}

package flow

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// SuspendPerson pauses a person: their sessions end at once and no way in lets them through. Their evidence stays.
// Errors: Conflict for oneself, so that a school keeps an administrator.
var SuspendPerson = Verb[PersonIn, Done]{
	Name:  "suspend_person",
	Rule:  access.Allow(access.Admin),
	About: ofPerson,
	Do: func(a *Act, in PersonIn) (Done, error) {
		if in.Person == a.who.Person {
			return Done{}, fault.New(fault.Conflict, "fault.suspend.self")
		}
		if err := a.suspend(in.Person, true); err != nil {
			return Done{}, err
		}
		return Done{}, a.q.EndSessionsOf(a.ctx, db.EndSessionsOfParams{SchoolID: a.school(), PersonID: string(in.Person)})
	},
}

// UnsuspendPerson lets a person sign in again.
var UnsuspendPerson = Verb[PersonIn, Done]{
	Name:  "unsuspend_person",
	Rule:  access.Allow(access.Admin),
	About: ofPerson,
	Do: func(a *Act, in PersonIn) (Done, error) {
		return Done{}, a.suspend(in.Person, false)
	},
}

func (a *Act) suspend(id roster.PersonID, on bool) error {
	if err := changed(a.q.SuspendPerson(a.ctx, db.SuspendPersonParams{SchoolID: a.school(), ID: string(id), Suspended: on})); err != nil {
		return err
	}
	classes, err := a.q.ClassIDsOfLearner(a.ctx, db.ClassIDsOfLearnerParams{SchoolID: a.school(), PersonID: string(id)})
	for _, c := range classes {
		a.Announce(ClassTopic(c), "people", struct{}{})
	}
	return err
}

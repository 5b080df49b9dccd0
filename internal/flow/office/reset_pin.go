package office

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// PersonIn names a person to act on.
type PersonIn struct {
	flow.Op
	Person roster.PersonID `json:"person" minLength:"36" maxLength:"36"`
}

func ofPerson(l *flow.Look, in PersonIn) (access.Subject, error) {
	return access.OfPerson(in.Person), nil
}

// ResetPIN forgets a learner's pictures: they choose new ones when they sign in next. Their devices are signed out, and a
// pause after misses ends. Their card stays good.
var ResetPIN = flow.Verb[PersonIn, flow.Done]{
	Name:  "reset_pin",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: ofPerson,
	Do: func(a *flow.Act, in PersonIn) (flow.Done, error) {
		p, err := personRow(a.Look, in.Person)
		if err != nil {
			return flow.Done{}, err
		}
		if roster.Role(p.Role) != roster.Learner {
			return flow.Done{}, fault.New(fault.Invalid, "fault.pin.learner")
		}
		if err := a.Q().ForgetSecrets(a.Ctx(), db.ForgetSecretsParams{SchoolID: a.School(), PersonID: p.ID}); err != nil {
			return flow.Done{}, err
		}
		if err := a.Q().ForgetMisses(a.Ctx(), "pin:"+a.School()+"/"+p.ID); err != nil {
			return flow.Done{}, err
		}
		return flow.Done{}, a.Q().EndSessionsOf(a.Ctx(), db.EndSessionsOfParams{SchoolID: a.School(), PersonID: p.ID})
	},
}

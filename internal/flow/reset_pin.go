package flow

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// PersonIn names a person to act on.
type PersonIn struct {
	Op
	Person roster.PersonID `json:"person" minLength:"36" maxLength:"36"`
}

func ofPerson(l *Look, in PersonIn) (access.Subject, error) { return access.OfPerson(in.Person), nil }

// ResetPIN forgets a learner's pictures: they choose new ones when they sign in next. Their devices are signed out, and a
// pause after misses ends. Their card stays good.
var ResetPIN = Verb[PersonIn, Done]{
	Name:  "reset_pin",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: ofPerson,
	Do: func(a *Act, in PersonIn) (Done, error) {
		p, err := a.personRow(in.Person)
		if err != nil {
			return Done{}, err
		}
		if roster.Role(p.Role) != roster.Learner {
			return Done{}, fault.New(fault.Invalid, "fault.pin.learner")
		}
		if err := a.q.ForgetSecrets(a.ctx, db.ForgetSecretsParams{SchoolID: a.school(), PersonID: p.ID}); err != nil {
			return Done{}, err
		}
		if err := a.q.ForgetMisses(a.ctx, "pin:"+a.school()+"/"+p.ID); err != nil {
			return Done{}, err
		}
		return Done{}, a.q.EndSessionsOf(a.ctx, db.EndSessionsOfParams{SchoolID: a.school(), PersonID: p.ID})
	},
}

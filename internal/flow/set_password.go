package flow

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// SetPasswordIn is the hash of a person's own new password, made before the transaction, and for somebody who has no login
// yet the one that they choose. It is made by a form's handler, never decoded from a client.
type SetPasswordIn struct {
	Op
	Login string `json:"login,omitempty"`
	Hash  string `json:"hash"`
}

// SetPassword keeps a person's own password and signs all their devices out; the caller opens a new session for this one.
// Errors: Invalid for a learner, who has pictures, or a login that is none; Conflict when the login is taken.
var SetPassword = Verb[SetPasswordIn, Done]{
	Name:  "set_password",
	Rule:  access.Allow(access.Staff, access.Guardian),
	About: func(l *Look, in SetPasswordIn) (access.Subject, error) { return access.OfPerson(l.who.Person), nil },
	Do: func(a *Act, in SetPasswordIn) (Done, error) {
		p, err := a.personRow(a.who.Person)
		if err != nil {
			return Done{}, err
		}
		if roster.Role(p.Role) == roster.Learner || in.Hash == "" {
			return Done{}, fault.New(fault.Invalid, "fault.password.learner")
		}
		if !p.Login.Valid {
			login, err := takeLogin(in.Login)
			if err != nil {
				return Done{}, err
			}
			if err := claimLogin(a.ctx, a.q, a.school(), p.ID, login); err != nil {
				return Done{}, err
			}
		}
		if err := a.q.SetPassword(a.ctx, db.SetPasswordParams{SchoolID: a.school(), PersonID: p.ID, Hash: in.Hash, SetMs: a.now}); err != nil {
			return Done{}, err
		}
		return Done{}, a.q.EndSessionsOf(a.ctx, db.EndSessionsOfParams{SchoolID: a.school(), PersonID: p.ID})
	},
}

package office

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// SetPasswordIn is the hash of a person's own new password, made before the transaction, and for somebody who has no login
// yet the one that they choose. It is made by a form's handler, never decoded from a client.
type SetPasswordIn struct {
	flow.Op
	Login string `json:"login,omitempty"`
	Hash  string `json:"hash"`
}

// SetPassword keeps a person's own password and signs all their devices out; the caller opens a new session for this one.
// Errors: Invalid for a learner, who has pictures, or a login that is none; Conflict when the login is taken.
var SetPassword = flow.Verb[SetPasswordIn, flow.Done]{
	Name: "set_password",
	Rule: access.Allow(access.Staff, access.Guardian),
	About: func(l *flow.Look, in SetPasswordIn) (access.Subject, error) {
		return access.OfPerson(l.Who().Person), nil
	},
	Do: func(a *flow.Act, in SetPasswordIn) (flow.Done, error) {
		p, err := personRow(a.Look, a.Who().Person)
		if err != nil {
			return flow.Done{}, err
		}
		if roster.Role(p.Role) == roster.Learner || in.Hash == "" {
			return flow.Done{}, fault.New(fault.Invalid, "fault.password.learner")
		}
		if !p.Login.Valid {
			login, err := door.TakeLogin(in.Login)
			if err != nil {
				return flow.Done{}, err
			}
			if err := door.ClaimLogin(a.Ctx(), a.Q(), a.School(), p.ID, login); err != nil {
				return flow.Done{}, err
			}
		}
		if err := a.Q().SetPassword(a.Ctx(), db.SetPasswordParams{SchoolID: a.School(), PersonID: p.ID, Hash: in.Hash, SetMs: a.Now()}); err != nil {
			return flow.Done{}, err
		}
		return flow.Done{}, a.Q().EndSessionsOf(a.Ctx(), db.EndSessionsOfParams{SchoolID: a.School(), PersonID: p.ID})
	},
}

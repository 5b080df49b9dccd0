package office

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// ResetPasswordIn names an adult whose password is to be forgotten.
type ResetPasswordIn struct {
	flow.Op
	Person roster.PersonID `json:"person" minLength:"36" maxLength:"36"`

	// Link is the hash of the one-time link's token, which package web makes; never sent by a client.
	Link string `json:"-"`
}

// ResetPassword forgets a person's password, signs their devices out, revokes earlier links and makes a one-time link with
// which they set a new one. Errors: Invalid for a learner, who has pictures.
var ResetPassword = flow.Verb[ResetPasswordIn, LinkOut]{
	Name:  "reset_password",
	Rule:  access.Allow(access.Admin),
	About: func(l *flow.Look, in ResetPasswordIn) (access.Subject, error) { return access.OfPerson(in.Person), nil },
	Do: func(a *flow.Act, in ResetPasswordIn) (LinkOut, error) {
		p, err := personRow(a.Look, in.Person)
		if err != nil {
			return LinkOut{}, err
		}
		if roster.Role(p.Role) == roster.Learner {
			return LinkOut{}, fault.New(fault.Invalid, "fault.password.learner")
		}
		if err := a.Q().ForgetPassword(a.Ctx(), db.ForgetPasswordParams{SchoolID: a.School(), PersonID: p.ID}); err != nil {
			return LinkOut{}, err
		}
		if err := a.Q().ForgetMisses(a.Ctx(), "password:"+a.School()+"/"+p.ID); err != nil {
			return LinkOut{}, err
		}
		if err := a.Q().RevokeSigninTokens(a.Ctx(), db.RevokeSigninTokensParams{SchoolID: a.School(), PersonID: p.ID, RevokedMs: a.Now()}); err != nil {
			return LinkOut{}, err
		}
		if err := a.Q().EndSessionsOf(a.Ctx(), db.EndSessionsOfParams{SchoolID: a.School(), PersonID: p.ID}); err != nil {
			return LinkOut{}, err
		}
		return LinkOut{Person: flow.Person(p), Link: in.Link}, door.AddLink(a.Ctx(), a.Q(), a.Now(), a.School(), p.ID, a.NewID(), in.Link, false, linkLifeMs)
	},
}

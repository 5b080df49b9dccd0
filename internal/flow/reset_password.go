package flow

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// ResetPasswordIn names an adult whose password is to be forgotten.
type ResetPasswordIn struct {
	Op
	Person roster.PersonID `json:"person" minLength:"36" maxLength:"36"`

	// Link is the hash of the one-time link's token, which package web makes; never sent by a client.
	Link string `json:"-"`
}

// ResetPassword forgets a person's password, signs their devices out, revokes earlier links and makes a one-time link with
// which they set a new one. Errors: Invalid for a learner, who has pictures.
var ResetPassword = Verb[ResetPasswordIn, LinkOut]{
	Name:  "reset_password",
	Rule:  access.Allow(access.Admin),
	About: func(l *Look, in ResetPasswordIn) (access.Subject, error) { return access.OfPerson(in.Person), nil },
	Do: func(a *Act, in ResetPasswordIn) (LinkOut, error) {
		p, err := a.personRow(in.Person)
		if err != nil {
			return LinkOut{}, err
		}
		if roster.Role(p.Role) == roster.Learner {
			return LinkOut{}, fault.New(fault.Invalid, "fault.password.learner")
		}
		if err := a.q.ForgetPassword(a.ctx, db.ForgetPasswordParams{SchoolID: a.school(), PersonID: p.ID}); err != nil {
			return LinkOut{}, err
		}
		if err := a.q.ForgetMisses(a.ctx, "password:"+a.school()+"/"+p.ID); err != nil {
			return LinkOut{}, err
		}
		if err := a.q.RevokeSigninTokens(a.ctx, db.RevokeSigninTokensParams{SchoolID: a.school(), PersonID: p.ID, RevokedMs: a.now}); err != nil {
			return LinkOut{}, err
		}
		if err := a.q.EndSessionsOf(a.ctx, db.EndSessionsOfParams{SchoolID: a.school(), PersonID: p.ID}); err != nil {
			return LinkOut{}, err
		}
		return LinkOut{Person: person(p), Link: in.Link}, addLink(a.ctx, a.q, a.now, a.school(), p.ID, a.NewID(), in.Link, false, linkLifeMs)
	},
}

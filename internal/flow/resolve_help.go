package flow

import (
	"kith/internal/access"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// ResolveHelp says "done", or lowers one's own hand. A hand that is down stays down.
// Errors: NotFound (no such hand, or not a teacher of its class), Forbidden (a classmate's hand).
var ResolveHelp = Verb[HelpIn, HandUp]{
	Name: "resolve_help",
	Rule: access.Allow(access.Self, access.TeacherOf),
	About: func(l *Look, in HelpIn) (access.Subject, error) {
		h, err := l.q.HelpRequest(l.ctx, db.HelpRequestParams{SchoolID: l.school(), ID: in.Hand})
		if err == nil && h.LearnerID == string(l.who.Person) {
			return access.OfPerson(l.who.Person), nil
		}
		return access.OfClass(roster.ClassID(h.ClassID)), err
	},
	Shard: func(in HelpIn, who access.Actor) string { return in.Hand },
	Do: func(a *Act, in HelpIn) (HandUp, error) {
		h, err := a.q.HelpRequest(a.ctx, db.HelpRequestParams{SchoolID: a.school(), ID: in.Hand})
		if err != nil {
			return HandUp{}, err
		}
		return HandUp{}, a.lower(h)
	},
}

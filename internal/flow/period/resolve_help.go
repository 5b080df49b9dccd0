package period

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// ResolveHelp says "done", or lowers one's own hand. A hand that is down stays down.
// Errors: NotFound (no such hand, or not a teacher of its class), Forbidden (a classmate's hand).
var ResolveHelp = flow.Verb[HelpIn, HandUp]{
	Name: "resolve_help",
	Rule: access.Allow(access.Self, access.TeacherOf),
	About: func(l *flow.Look, in HelpIn) (access.Subject, error) {
		h, err := l.Q().HelpRequest(l.Ctx(), db.HelpRequestParams{SchoolID: l.School(), ID: in.Hand})
		if err == nil && h.LearnerID == string(l.Who().Person) {
			return access.OfPerson(l.Who().Person), nil
		}
		return access.OfClass(roster.ClassID(h.ClassID)), err
	},
	Shard: func(in HelpIn, who access.Actor) string { return in.Hand },
	Do: func(a *flow.Act, in HelpIn) (HandUp, error) {
		h, err := a.Q().HelpRequest(a.Ctx(), db.HelpRequestParams{SchoolID: a.School(), ID: in.Hand})
		if err != nil {
			return HandUp{}, err
		}
		return HandUp{}, lower(a, h)
	},
}

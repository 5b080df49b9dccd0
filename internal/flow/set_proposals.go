package flow

import (
	"kith/internal/access"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// SetProposalsIn switches a class's proposed plans on or off.
type SetProposalsIn struct {
	Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	On    bool           `json:"on"`
}

// SetProposals lets a class run with or without plans that Kith proposes. What was decided stays; what waits, waits.
// Errors: NotFound.
var SetProposals = Verb[SetProposalsIn, DoneOut]{
	Name: "set_proposals",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in SetProposalsIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Shard: func(in SetProposalsIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *Act, in SetProposalsIn) (DoneOut, error) {
		if _, err := a.q.SetClassProposals(a.ctx, db.SetClassProposalsParams{SchoolID: a.school(), ID: string(in.Class), Proposals: in.On}); err != nil {
			return DoneOut{}, err
		}
		return DoneOut{true}, a.tellClass(in.Class, "proposals", in.On)
	},
}

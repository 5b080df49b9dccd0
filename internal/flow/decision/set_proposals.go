package decision

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// SetProposalsIn switches a class's proposed plans on or off.
type SetProposalsIn struct {
	flow.Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	On    bool           `json:"on"`
}

// SetProposals lets a class run with or without plans that Kith proposes. What was decided stays; what waits, waits.
// Errors: NotFound.
var SetProposals = flow.Verb[SetProposalsIn, flow.DoneOut]{
	Name: "set_proposals",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in SetProposalsIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Shard: func(in SetProposalsIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *flow.Act, in SetProposalsIn) (flow.DoneOut, error) {
		if _, err := a.Q().SetClassProposals(a.Ctx(), db.SetClassProposalsParams{SchoolID: a.School(), ID: string(in.Class), Proposals: in.On}); err != nil {
			return flow.DoneOut{}, err
		}
		return flow.DoneOut{Done: true}, a.TellClass(in.Class, "proposals", in.On)
	},
}

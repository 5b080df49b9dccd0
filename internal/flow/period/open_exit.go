package period

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/store/db"
)

// PileIn names a pile.
type PileIn struct {
	flow.Op
	Pile string `json:"pile" minLength:"36" maxLength:"36"`
}

// exitOpened is what the class's teachers and the pile's members are told.
type exitOpened struct {
	Pile string `json:"pile"`
}

// OpenExit opens the exit check of a pile: two items, for exactly its members. Opening it again changes nothing.
// Errors: NotFound, Conflict (no lesson runs; the pile has no exit check).
var OpenExit = flow.Verb[PileIn, flow.DoneOut]{
	Name: "open_exit",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in PileIn) (access.Subject, error) {
		return AboutPile(l, in.Pile)
	},
	Shard: func(in PileIn, who access.Actor) string { return in.Pile },
	Do: func(a *flow.Act, in PileIn) (flow.DoneOut, error) {
		row, as, err := Pile(a.Look, in.Pile)
		if err != nil {
			return flow.DoneOut{}, err
		}
		switch {
		case row.ExitMs > 0:
			return flow.DoneOut{Done: true}, nil
		case len(as.Exit) == 0:
			return flow.DoneOut{}, fault.New(fault.Conflict, "fault.exit.none")
		case row.StartedMs == 0:
			return flow.DoneOut{}, fault.New(fault.Conflict, "fault.day.not_started")
		case !isRunning(row.StartedMs, row.EndedMs, a.Now()):
			return flow.DoneOut{}, fault.New(fault.Conflict, "fault.exit.over")
		}
		if _, err := a.Q().OpenExit(a.Ctx(), db.OpenExitParams{SchoolID: a.School(), ID: in.Pile, ExitMs: a.Now()}); err != nil {
			return flow.DoneOut{}, err
		}
		a.Announce(flow.ClassTopic(row.ClassID), "exit", exitOpened{in.Pile})
		members, err := a.Q().PileMembers(a.Ctx(), db.PileMembersParams{SchoolID: a.School(), ClassDayID: row.ClassDayID})
		for _, m := range members {
			if m.PileID == in.Pile {
				a.Announce(flow.LearnerTopic(m.LearnerID), "exit", exitOpened{in.Pile})
			}
		}
		return flow.DoneOut{Done: true}, err
	},
}

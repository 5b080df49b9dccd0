package flow

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/store/db"
)

// PileIn names a pile.
type PileIn struct {
	Op
	Pile string `json:"pile" minLength:"36" maxLength:"36"`
}

// exitOpened is what the class's teachers and the pile's members are told.
type exitOpened struct {
	Pile string `json:"pile"`
}

// OpenExit opens the exit check of a pile: two items, for exactly its members. Opening it again changes nothing.
// Errors: NotFound, Conflict (no lesson runs; the pile has no exit check).
var OpenExit = Verb[PileIn, DoneOut]{
	Name: "open_exit",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in PileIn) (access.Subject, error) {
		return l.aboutPile(in.Pile)
	},
	Shard: func(in PileIn, who access.Actor) string { return in.Pile },
	Do: func(a *Act, in PileIn) (DoneOut, error) {
		row, as, err := a.pile(in.Pile)
		if err != nil {
			return DoneOut{}, err
		}
		switch {
		case row.ExitMs > 0:
			return DoneOut{true}, nil
		case len(as.Exit) == 0:
			return DoneOut{}, fault.New(fault.Conflict, "fault.exit.none")
		case row.StartedMs == 0:
			return DoneOut{}, fault.New(fault.Conflict, "fault.day.not_started")
		case !isRunning(row.StartedMs, row.EndedMs, a.now):
			return DoneOut{}, fault.New(fault.Conflict, "fault.exit.over")
		}
		if _, err := a.q.OpenExit(a.ctx, db.OpenExitParams{SchoolID: a.school(), ID: in.Pile, ExitMs: a.now}); err != nil {
			return DoneOut{}, err
		}
		a.Announce(ClassTopic(row.ClassID), "exit", exitOpened{in.Pile})
		members, err := a.q.PileMembers(a.ctx, db.PileMembersParams{SchoolID: a.school(), ClassDayID: row.ClassDayID})
		for _, m := range members {
			if m.PileID == in.Pile {
				a.Announce(LearnerTopic(m.LearnerID), "exit", exitOpened{in.Pile})
			}
		}
		return DoneOut{true}, err
	},
}

package period

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// MoveInPileIn puts one learner into another pile of the day.
type MoveInPileIn struct {
	flow.Op
	Day     string          `json:"day" minLength:"36" maxLength:"36"`
	Learner roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
	Pile    string          `json:"pile" minLength:"36" maxLength:"36"`
}

// MoveInPile moves a name by hand. From then on the day's piles are the teacher's: they are not made anew unless asked for.
// Errors: NotFound (no such day, or the learner is not in the class), Conflict (the pile is not of this day: it was made
// anew meanwhile; the day is over).
var MoveInPile = flow.Verb[MoveInPileIn, flow.DoneOut]{
	Name: "move_in_pile",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in MoveInPileIn) (access.Subject, error) {
		return aboutDay(l, in.Day)
	},
	Shard: func(in MoveInPileIn, who access.Actor) string { return in.Day },
	Do: func(a *flow.Act, in MoveInPileIn) (flow.DoneOut, error) {
		pile, ok, err := store.Optional(a.Q().PileInClass(a.Ctx(), db.PileInClassParams{SchoolID: a.School(), ID: in.Pile}))
		if err != nil {
			return flow.DoneOut{}, err
		}
		if !ok || pile.ClassDayID != in.Day {
			return flow.DoneOut{}, fault.New(fault.Conflict, "fault.day.piles_changed")
		}
		if pile.EndedMs > 0 {
			return flow.DoneOut{}, fault.New(fault.Conflict, "fault.day.over")
		}
		role, err := a.Q().EnrolledAs(a.Ctx(), db.EnrolledAsParams{SchoolID: a.School(), ClassID: pile.ClassID, PersonID: string(in.Learner)})
		if err != nil {
			return flow.DoneOut{}, err
		}
		if role != string(roster.Learner) {
			return flow.DoneOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if err := a.Q().PlaceInPile(a.Ctx(), db.PlaceInPileParams{SchoolID: a.School(), ClassDayID: in.Day, LearnerID: string(in.Learner), PileID: in.Pile,
			MovedBy: flow.ActorKey(a.Who())}); err != nil {
			return flow.DoneOut{}, err
		}
		a.Announce(flow.ClassTopic(pile.ClassID), "day", dayChanged{in.Day})
		a.Announce(flow.LearnerTopic(string(in.Learner)), "day", dayChanged{in.Day})
		return flow.DoneOut{Done: true}, nil
	},
}

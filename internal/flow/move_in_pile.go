package flow

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// MoveInPileIn puts one learner into another pile of the day.
type MoveInPileIn struct {
	Op
	Day     string          `json:"day" minLength:"36" maxLength:"36"`
	Learner roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
	Pile    string          `json:"pile" minLength:"36" maxLength:"36"`
}

// MoveInPile moves a name by hand. From then on the day's piles are the teacher's: they are not made anew unless asked for.
// Errors: NotFound (no such day, or the learner is not in the class), Conflict (the pile is not of this day: it was made
// anew meanwhile; the day is over).
var MoveInPile = Verb[MoveInPileIn, DoneOut]{
	Name: "move_in_pile",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in MoveInPileIn) (access.Subject, error) {
		return l.aboutDay(in.Day)
	},
	Shard: func(in MoveInPileIn, who access.Actor) string { return in.Day },
	Do: func(a *Act, in MoveInPileIn) (DoneOut, error) {
		pile, ok, err := store.Optional(a.q.PileInClass(a.ctx, db.PileInClassParams{SchoolID: a.school(), ID: in.Pile}))
		if err != nil {
			return DoneOut{}, err
		}
		if !ok || pile.ClassDayID != in.Day {
			return DoneOut{}, fault.New(fault.Conflict, "fault.day.piles_changed")
		}
		if pile.EndedMs > 0 {
			return DoneOut{}, fault.New(fault.Conflict, "fault.day.over")
		}
		role, err := a.q.EnrolledAs(a.ctx, db.EnrolledAsParams{SchoolID: a.school(), ClassID: pile.ClassID, PersonID: string(in.Learner)})
		if err != nil {
			return DoneOut{}, err
		}
		if role != string(roster.Learner) {
			return DoneOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if err := a.q.PlaceInPile(a.ctx, db.PlaceInPileParams{SchoolID: a.school(), ClassDayID: in.Day, LearnerID: string(in.Learner), PileID: in.Pile,
			MovedBy: actorKey(a.who)}); err != nil {
			return DoneOut{}, err
		}
		a.Announce(ClassTopic(pile.ClassID), "day", dayChanged{in.Day})
		a.Announce(LearnerTopic(string(in.Learner)), "day", dayChanged{in.Day})
		return DoneOut{true}, nil
	},
}

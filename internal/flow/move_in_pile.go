package flow

import (
	"strings"
	"unicode/utf8"

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

// DoneOut says that an act was done; pages show its effect from their views.
type DoneOut struct {
	Done bool `json:"done"`
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

func (l *Look) aboutDay(id string) (access.Subject, error) {
	row, err := l.q.ClassDay(l.ctx, db.ClassDayParams{SchoolID: l.school(), ID: id})
	return access.OfClass(roster.ClassID(row.ClassID)), err
}

// maxPlace bounds what a place is called: it stands large on the projector.
const maxPlace = 24

// SetPilePlaceIn says where a pile sits: a table's number, or what the teacher calls the place.
type SetPilePlaceIn struct {
	Op
	Pile  string `json:"pile" minLength:"36" maxLength:"36"`
	Place string `json:"place" minLength:"1" maxLength:"24"`
}

// SetPilePlace names a pile's place. Errors: NotFound, Invalid (empty, too long), Conflict (the day is over).
var SetPilePlace = Verb[SetPilePlaceIn, DoneOut]{
	Name: "set_pile_place",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in SetPilePlaceIn) (access.Subject, error) {
		row, err := l.q.PileInClass(l.ctx, db.PileInClassParams{SchoolID: l.school(), ID: in.Pile})
		return access.OfClass(roster.ClassID(row.ClassID)), err
	},
	Shard: func(in SetPilePlaceIn, who access.Actor) string { return in.Pile },
	Do: func(a *Act, in SetPilePlaceIn) (DoneOut, error) {
		place := strings.Join(strings.Fields(in.Place), " ")
		if place == "" || utf8.RuneCountInString(place) > maxPlace {
			return DoneOut{}, fault.Invalidf("place", "a place has 1 to %d letters", maxPlace)
		}
		pile, err := a.q.PileInClass(a.ctx, db.PileInClassParams{SchoolID: a.school(), ID: in.Pile})
		if err != nil {
			return DoneOut{}, err
		}
		if pile.EndedMs > 0 {
			return DoneOut{}, fault.New(fault.Conflict, "fault.day.over")
		}
		if _, err := a.q.SetPilePlace(a.ctx, db.SetPilePlaceParams{SchoolID: a.school(), ID: in.Pile, Place: place}); err != nil {
			return DoneOut{}, err
		}
		a.Announce(ClassTopic(pile.ClassID), "day", dayChanged{pile.ClassDayID})
		return DoneOut{true}, a.tellPile(in.Pile, pile.ClassDayID)
	},
}

// tellPile announces to the members of a pile that their day changed.
func (a *Act) tellPile(pile, day string) error {
	members, err := a.q.PileMembers(a.ctx, db.PileMembersParams{SchoolID: a.school(), ClassDayID: day})
	for _, m := range members {
		if m.PileID == pile {
			a.Announce(LearnerTopic(m.LearnerID), "day", dayChanged{day})
		}
	}
	return err
}

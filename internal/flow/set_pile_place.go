package flow

import (
	"strings"
	"unicode/utf8"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store/db"
)

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

// maxPlace bounds what a place is called: it stands large on the projector.
const maxPlace = 24

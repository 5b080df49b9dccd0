package period

import (
	"strings"
	"unicode/utf8"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// SetPilePlaceIn says where a pile sits: a table's number, or what the teacher calls the place.
type SetPilePlaceIn struct {
	flow.Op
	Pile  string `json:"pile" minLength:"36" maxLength:"36"`
	Place string `json:"place" minLength:"1" maxLength:"24"`
}

// SetPilePlace names a pile's place. Errors: NotFound, Invalid (empty, too long), Conflict (the day is over).
var SetPilePlace = flow.Verb[SetPilePlaceIn, flow.DoneOut]{
	Name: "set_pile_place",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in SetPilePlaceIn) (access.Subject, error) {
		row, err := l.Q().PileInClass(l.Ctx(), db.PileInClassParams{SchoolID: l.School(), ID: in.Pile})
		return access.OfClass(roster.ClassID(row.ClassID)), err
	},
	Shard: func(in SetPilePlaceIn, who access.Actor) string { return in.Pile },
	Do: func(a *flow.Act, in SetPilePlaceIn) (flow.DoneOut, error) {
		place := strings.Join(strings.Fields(in.Place), " ")
		if place == "" || utf8.RuneCountInString(place) > maxPlace {
			return flow.DoneOut{}, fault.Invalidf("place", "a place has 1 to %d letters", maxPlace)
		}
		pile, err := a.Q().PileInClass(a.Ctx(), db.PileInClassParams{SchoolID: a.School(), ID: in.Pile})
		if err != nil {
			return flow.DoneOut{}, err
		}
		if pile.EndedMs > 0 {
			return flow.DoneOut{}, fault.New(fault.Conflict, "fault.day.over")
		}
		if _, err := a.Q().SetPilePlace(a.Ctx(), db.SetPilePlaceParams{SchoolID: a.School(), ID: in.Pile, Place: place}); err != nil {
			return flow.DoneOut{}, err
		}
		a.Announce(flow.ClassTopic(pile.ClassID), "day", dayChanged{pile.ClassDayID})
		return flow.DoneOut{Done: true}, tellPile(a, in.Pile, pile.ClassDayID)
	},
}

// maxPlace bounds what a place is called: it stands large on the projector.
const maxPlace = 24

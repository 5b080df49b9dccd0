package period

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strconv"

	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// tellPile announces to the members of a pile that their day changed.
func tellPile(a *flow.Act, pile, day string) error {
	members, err := a.Q().PileMembers(a.Ctx(), db.PileMembersParams{SchoolID: a.School(), ClassDayID: day})
	for _, m := range members {
		if m.PileID == pile {
			a.Announce(flow.LearnerTopic(m.LearnerID), "day", dayChanged{day})
		}
	}
	return err
}

func aboutDay(l *flow.Look, id string) (access.Subject, error) {
	row, err := l.Q().ClassDay(l.Ctx(), db.ClassDayParams{SchoolID: l.School(), ID: id})
	return access.OfClass(roster.ClassID(row.ClassID)), err
}

// AboutPile is the subject of what concerns a pile: its class. Errors: NotFound.
func AboutPile(l *flow.Look, id string) (access.Subject, error) {
	row, err := l.Q().PileInClass(l.Ctx(), db.PileInClassParams{SchoolID: l.School(), ID: id})
	return access.OfClass(roster.ClassID(row.ClassID)), err
}

// Pile loads a pile with the suggestion that it was made from. Errors: NotFound.
func Pile(l *flow.Look, id string) (db.PileInClassRow, classroom.Pile, error) {
	var as classroom.Pile
	row, err := l.Q().PileInClass(l.Ctx(), db.PileInClassParams{SchoolID: l.School(), ID: id})
	if err != nil {
		return row, as, err
	}
	return row, as, json.Unmarshal([]byte(row.Body), &as)
}

// dayChanged is what followers of a class, and of a learner who was moved, are told.
type dayChanged struct {
	Day string `json:"day"`
}

// placesFor gives each pile a place: the one that the pile with the same key had, else the lowest table number that is
// free, in an order that the day draws: were table 1 always the one that sits with the teacher, its number would tell the
// class what the projector must not.
func placesFor(was Day, piles []classroom.Pile) []string {
	out := make([]string, len(piles))
	had, taken := map[string]string{}, map[string]bool{}
	for _, p := range was.Piles {
		had[p.As.Key] = p.Place
	}
	order := make([]int, len(piles))
	draw := make([]string, len(piles))
	for i, p := range piles {
		out[i] = had[p.Key]
		taken[out[i]] = true
		sum := sha256.Sum256([]byte(string(was.Class) + was.On + p.Key))
		order[i], draw[i] = i, string(sum[:])
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(draw[a], draw[b]) })
	next := 1
	for _, i := range order {
		if out[i] != "" {
			continue
		}
		for taken[strconv.Itoa(next)] {
			next++
		}
		out[i] = strconv.Itoa(next)
		taken[out[i]] = true
	}
	return out
}

package period

import (
	"cmp"
	"slices"
	"strconv"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// RoomPage is what the projector shows: places and first names. It has no field for more, and never gets one.
type RoomPage struct {
	Class  library.ClassHead `json:"class"`
	State  DayState          `json:"state" enum:"before,running,over"`
	Places []RoomPlace       `json:"places"` // empty unless the class is running
}

// RoomPlace is one place with everyone who sits there.
type RoomPlace struct {
	Where phrase.Phrase `json:"where"`
	Names []string      `json:"names"` // first names; with an initial where two are alike
}

// Room shows where everybody of a running class sits. Piles that share a place are one, places stand in the order of
// their numbers and names, and people in that of theirs: nothing on it tells one pile from another.
// Errors: NotFound.
var Room = flow.View[library.ClassIn, RoomPage]{
	Name: "room",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in library.ClassIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Load: func(l *flow.Look, in library.ClassIn) (RoomPage, error) {
		class, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(in.Class)})
		if err != nil {
			return RoomPage{}, err
		}
		day, err := day(l, in.Class)
		if err != nil {
			return RoomPage{}, err
		}
		p := RoomPage{Class: library.ClassHead{ID: in.Class, Name: class.Name}, State: day.state(l.Now())}
		if p.State != DayRunning {
			return p, nil
		}
		names, err := firstNames(l, in.Class)
		if err != nil {
			return p, err
		}
		p.Places = roomPlaces(day, names)
		return p, nil
	},
}

// firstNames are a class's learners by first name; those who share one keep their initial.
func firstNames(l *flow.Look, class roster.ClassID) (map[roster.PersonID]string, error) {
	rows, err := l.Q().LearnersOfClass(l.Ctx(), db.LearnersOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return nil, err
	}
	alike := map[string]int{}
	for _, r := range rows {
		alike[r.Given]++
	}
	out := make(map[roster.PersonID]string, len(rows))
	for i, n := range flow.ShortNames(rows) {
		out[n.ID] = rows[i].Given
		if alike[rows[i].Given] > 1 {
			out[n.ID] = n.Name
		}
	}
	return out, nil
}

func roomPlaces(day Day, names map[roster.PersonID]string) []RoomPlace {
	type seat struct {
		place string
		who   roster.PersonID
	}
	var seats []seat
	for _, p := range day.Piles {
		for _, m := range p.Members {
			seats = append(seats, seat{p.Place, m.ID})
		}
	}
	slices.SortFunc(seats, func(a, b seat) int {
		x, _ := strconv.Atoi(a.place)
		y, _ := strconv.Atoi(b.place)
		if (x == 0) != (y == 0) { // named places stand after the numbered
			return cmp.Compare(y, x)
		}
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a.place, b.place), cmp.Compare(names[a.who], names[b.who]), cmp.Compare(a.who, b.who))
	})
	var out []RoomPlace
	at := ""
	for _, s := range seats {
		if len(out) == 0 || s.place != at {
			at = s.place
			out = append(out, RoomPlace{Where: whereOf(s.place)})
		}
		last := &out[len(out)-1]
		last.Names = append(last.Names, names[s.who])
	}
	if len(day.Unplaced) > 0 {
		free := RoomPlace{Where: phrase.Of("room.free")}
		for _, u := range day.Unplaced {
			free.Names = append(free.Names, names[u.ID])
		}
		out = append(out, free)
	}
	return out
}

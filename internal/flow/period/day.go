package period

import (
	"encoding/json"
	"strings"

	"kith/internal/classroom"
	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Day is one day of a class as it is stored: its piles, with names and places. It is for the class's teachers; what
// learners and the projector are shown is made from Place and Members alone.
type Day struct {
	ID        string           `json:"id"` // "" = nothing is stored for this day yet
	Class     roster.ClassID   `json:"class"`
	On        string           `json:"on"`
	Lesson    content.LessonID `json:"lesson,omitempty"` // the shared lesson
	StartedMs int64            `json:"started_ms,omitempty"`
	EndedMs   int64            `json:"ended_ms,omitempty"`
	MadeMs    int64            `json:"made_ms"`
	Piles     []DayPile        `json:"piles"`
	Unplaced  []flow.Named     `json:"unplaced"` // joined the class after the piles were made
	Moved     bool             `json:"moved"`    // somebody was moved by hand
}

// DayPile is one pile. As is the suggestion as it was made; Members are who is in it now.
type DayPile struct {
	ID      string         `json:"id"`
	Kind    classroom.Kind `json:"kind" enum:"sit,watch,carry,deeper"`
	Skill   skill.ID       `json:"skill,omitempty"`
	Mistake string         `json:"-"`
	Place   string         `json:"place"` // as the teacher typed it, or a table's number
	Where   phrase.Phrase  `json:"where"` // the place in words
	Reason  phrase.Phrase  `json:"reason"`
	Members []PileMember   `json:"members"`           // in class order
	ExitMs  int64          `json:"exit_ms,omitempty"` // when the exit check was opened
	As      classroom.Pile `json:"-"`
}

// PileMember is a learner in a pile.
type PileMember struct {
	flow.Named
	Moved bool `json:"moved,omitempty"` // put here by hand
}

// day loads today's day of a class; one without an ID when nothing is stored for today yet.
func day(l *flow.Look, class roster.ClassID) (Day, error) {
	on, err := l.Today()
	if err != nil {
		return Day{}, err
	}
	return dayOn(l, class, on)
}

// dayOn loads a class's day by its date.
func dayOn(l *flow.Look, class roster.ClassID, on string) (Day, error) {
	row, ok, err := store.Optional(l.Q().ClassDayOn(l.Ctx(), db.ClassDayOnParams{SchoolID: l.School(), ClassID: string(class), OnDate: on}))
	if err != nil {
		return Day{}, err
	}
	if !ok {
		return Day{Class: class, On: on}, nil
	}
	return loadDay(l, row)
}

// dayByID loads a day by its id. Errors: NotFound.
func dayByID(l *flow.Look, id string) (Day, error) {
	row, err := l.Q().ClassDay(l.Ctx(), db.ClassDayParams{SchoolID: l.School(), ID: id})
	if err != nil {
		return Day{}, err
	}
	return loadDay(l, row)
}

func loadDay(l *flow.Look, row db.ClassDay) (Day, error) {
	d := Day{ID: row.ID, Class: roster.ClassID(row.ClassID), On: row.OnDate, Lesson: content.LessonID(row.LessonID), StartedMs: row.StartedMs,
		EndedMs: row.EndedMs, MadeMs: row.MadeMs}
	piles, err := l.Q().PilesOfDay(l.Ctx(), db.PilesOfDayParams{SchoolID: l.School(), ClassDayID: row.ID})
	if err != nil {
		return d, err
	}
	at := map[string]int{}
	for i, r := range piles {
		p, err := dayPile(r)
		if err != nil {
			return d, err
		}
		d.Piles = append(d.Piles, p)
		at[p.ID] = i
	}
	members, err := l.Q().PileMembers(l.Ctx(), db.PileMembersParams{SchoolID: l.School(), ClassDayID: row.ID})
	if err != nil {
		return d, err
	}
	in := make(map[string]db.PileMembersRow, len(members))
	for _, m := range members {
		in[m.LearnerID] = m
	}
	people, err := l.Learners(d.Class)
	if err != nil {
		return d, err
	}
	for _, p := range people {
		m, ok := in[string(p.ID)]
		if !ok {
			d.Unplaced = append(d.Unplaced, p)
			continue
		}
		pile := &d.Piles[at[m.PileID]]
		pile.Members = append(pile.Members, PileMember{Named: p, Moved: m.MovedBy != ""})
		d.Moved = d.Moved || m.MovedBy != ""
	}
	return d, nil
}

func dayPile(r db.Pile) (DayPile, error) {
	p := DayPile{ID: r.ID, Kind: classroom.Kind(r.Kind), Skill: skill.ID(r.SkillID), Mistake: r.Mistake, Place: r.Place, Where: whereOf(r.Place), ExitMs: r.ExitMs}
	if err := json.Unmarshal([]byte(r.Body), &p.As); err != nil {
		return p, err
	}
	p.Reason = p.As.Reason
	return p, nil
}

// whereOf words a place: a bare number is a table's, anything else is what the teacher calls it.
func whereOf(place string) phrase.Phrase {
	if place != "" && strings.Trim(place, "0123456789") == "" {
		return phrase.Of("pile.table", "n", place)
	}
	return phrase.Of("pile.place", "place", place)
}

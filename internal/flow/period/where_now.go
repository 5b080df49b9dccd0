package period

import (
	"slices"

	"kith/internal/classroom"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// WhereNow is a class that is running now, as one of its learners needs it: where to go and with whom. Of the pile's
// reason it holds nothing. It stands in the frame of each of their pages.
type WhereNow struct {
	Class   string         `json:"class"` // its name
	Teacher string         `json:"teacher"`
	Day     string         `json:"day"`  // the class day's id
	Pile    string         `json:"pile"` // its id
	Kind    classroom.Kind `json:"kind" enum:"sit,watch,carry,deeper"`
	Place   phrase.Phrase  `json:"place"`
	Title   string         `json:"title"` // of the skill that the pile is about; "" = none
	With    []flow.Named   `json:"with"`  // the others of the pile, as a class sees them
	Exit    bool           `json:"exit"`  // the exit check is open and waits for this learner
	Sat     bool           `json:"sat"`   // a teacher noted that they sat together
}

// whereNow is where a learner goes in a class that is running; nil when none is.
func whereNow(l *flow.Look, learner roster.PersonID) (*WhereNow, error) {
	row, ok, err := runningDay(l, learner)
	if err != nil || !ok {
		return nil, err
	}
	d, err := loadDay(l, row)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(d.Piles, func(p DayPile) bool {
		return slices.ContainsFunc(p.Members, func(m PileMember) bool { return m.ID == learner })
	})
	if at < 0 {
		return nil, nil // joined the class since; the teacher places them by hand
	}
	p := d.Piles[at]
	now := &WhereNow{Day: d.ID, Pile: p.ID, Kind: p.Kind, Place: p.Where}
	for _, m := range p.Members {
		if m.ID != learner {
			now.With = append(now.With, m.Named)
		}
	}
	if now.Title, err = library.SkillTitle(l, p.Skill); err != nil {
		return nil, err
	}
	if now.Exit, err = exitLeft(l, learner, p); err != nil {
		return nil, err
	}
	class, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: row.ClassID})
	if err != nil {
		return nil, err
	}
	now.Class = class.Name
	teachers, err := l.Q().TeachersOfClass(l.Ctx(), db.TeachersOfClassParams{SchoolID: l.School(), ClassID: row.ClassID})
	if err != nil {
		return nil, err
	}
	if len(teachers) > 0 {
		now.Teacher = flow.Person(teachers[0]).Full()
	}
	met, err := l.Q().MeetingsOfDay(l.Ctx(), db.MeetingsOfDayParams{SchoolID: l.School(), ClassDayID: d.ID})
	now.Sat = slices.ContainsFunc(met, func(m db.Meeting) bool { return m.LearnerID == string(learner) })
	return now, err
}

// exitLeft reports whether an open exit check still waits for a learner's answers.
func exitLeft(l *flow.Look, learner roster.PersonID, p DayPile) (bool, error) {
	if p.ExitMs == 0 {
		return false, nil
	}
	answered, err := l.Q().ExitAnswersOf(l.Ctx(), db.ExitAnswersOfParams{SchoolID: l.School(), PileID: p.ID, LearnerID: string(learner)})
	if err != nil || len(answered) >= len(p.As.Exit) {
		return false, err
	}
	items, err := library.Items(l, p.As.Skill) // without what a teacher has taken down since the pile was made
	return slices.ContainsFunc(items, func(it item.Item) bool {
		return slices.Contains(p.As.Exit, it.ID) && !slices.Contains(answered, string(it.ID))
	}), err
}

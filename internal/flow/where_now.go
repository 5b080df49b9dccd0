package flow

import (
	"slices"

	"kith/internal/classroom"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/skill"
)

// WhereNow is a class that is running now, as one of its learners needs it: where to go and with whom. Of the pile's
// reason it holds nothing.
type WhereNow struct {
	Class   string         `json:"class"` // its name
	Teacher string         `json:"teacher"`
	Day     string         `json:"day"`  // the class day's id
	Pile    string         `json:"pile"` // its id
	Kind    classroom.Kind `json:"kind" enum:"sit,watch,carry,deeper"`
	Place   phrase.Phrase  `json:"place"`
	Skill   skill.ID       `json:"skill,omitempty"`
	Title   string         `json:"title"` // of the skill
	With    []Named        `json:"with"`  // the others of the pile, as a class sees them
	Exit    bool           `json:"exit"`  // the exit check is open
}

// whereNow is where a learner goes in a class that has started and not ended; nil when none has.
func (l *Look) whereNow(u *learnerUnit) (*WhereNow, error) {
	d, err := l.day(roster.ClassID(u.row.ClassID))
	if err != nil || d.StartedMs == 0 || d.EndedMs > 0 {
		return nil, err
	}
	for _, p := range d.Piles {
		if !slices.ContainsFunc(p.Members, func(m PileMember) bool { return m.ID == u.learner }) {
			continue
		}
		now := &WhereNow{Class: u.class.Name, Teacher: u.teacher.Full(), Day: d.ID, Pile: p.ID, Kind: p.Kind, Place: p.Where, Skill: p.Skill,
			Title: u.course.skill[p.Skill].Title, Exit: p.ExitMs > 0}
		for _, m := range p.Members {
			if m.ID != u.learner {
				now.With = append(now.With, m.Named)
			}
		}
		return now, nil
	}
	return nil, nil
}

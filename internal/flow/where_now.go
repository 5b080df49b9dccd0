package flow

import (
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// WhereNow is a class that is running now, as one of its learners needs it: where to go and with whom.
type WhereNow struct {
	Class   string   `json:"class"` // its name
	Teacher string   `json:"teacher"`
	Day     string   `json:"day"` // the class day's id
	Pile    string   `json:"pile"`
	Kind    string   `json:"kind" enum:"watch,sit,carry,deeper"`
	Place   string   `json:"place"`
	Skill   skill.ID `json:"skill,omitempty"`
	Title   string   `json:"title"` // of the skill
	With    []string `json:"with"`  // the others of the pile, as a class sees them
	Exit    bool     `json:"exit"`  // the exit check is open
}

// whereNow is where a learner goes in a class that has started and not ended; nil when none has.
func (l *Look) whereNow(u *learnerUnit) (*WhereNow, error) {
	day, err := l.schoolDay()
	if err != nil {
		return nil, err
	}
	row, ok, err := store.Optional(l.q.ClassDayOn(l.ctx, db.ClassDayOnParams{SchoolID: l.school(), ClassID: u.row.ClassID, OnDate: day}))
	if err != nil || !ok || row.StartedMs == 0 || row.EndedMs > 0 {
		return nil, err
	}
	pile, ok, err := store.Optional(l.q.PileOfLearner(l.ctx, db.PileOfLearnerParams{SchoolID: l.school(), ClassDayID: row.ID, LearnerID: string(u.learner)}))
	if err != nil || !ok {
		return nil, err
	}
	now := &WhereNow{Class: u.class.Name, Teacher: u.teacher.Full(), Day: row.ID, Pile: pile.ID, Kind: pile.Kind, Place: pile.Place,
		Skill: skill.ID(pile.SkillID), Title: u.course.skill[skill.ID(pile.SkillID)].Title, Exit: pile.ExitMs > 0}
	members, err := l.q.PileMembers(l.ctx, db.PileMembersParams{SchoolID: l.school(), ClassDayID: row.ID})
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		if m.PileID != pile.ID || m.LearnerID == string(u.learner) {
			continue
		}
		p, err := l.q.Person(l.ctx, db.PersonParams{SchoolID: l.school(), ID: m.LearnerID})
		if err != nil {
			return nil, err
		}
		now.With = append(now.With, person(p).Short())
	}
	return now, nil
}

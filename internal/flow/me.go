package flow

import (
	"kith/internal/access"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// MePage is a learner's own settings, ways in, and who looked at their record.
type MePage struct {
	Person   roster.Person `json:"person"`
	Settings Settings      `json:"settings"`
	Locale   string        `json:"locale"` // their own choice; "" = the school's
	Classes  []MyClass     `json:"classes"`
	PINMs    int64         `json:"pin_ms"`  // 0 = no pictures chosen
	CardMs   int64         `json:"card_ms"` // when their card was printed; 0 = none
	Seen     []Seen        `json:"seen"`
	Guards   []Named       `json:"guards"` // their guardians
}

// MyClass is a class with its teachers.
type MyClass struct {
	Name     string   `json:"name"`
	Teachers []string `json:"teachers"`
}

// Me is a learner's page about themselves.
var Me = View[struct{}, MePage]{
	Name:  "me",
	Rule:  access.Allow(access.Learner),
	About: func(l *Look, _ struct{}) (access.Subject, error) { return access.OfSchool(), nil },
	Load: func(l *Look, _ struct{}) (MePage, error) {
		p, err := l.personRow(l.who.Person)
		if err != nil {
			return MePage{}, err
		}
		out := MePage{Person: person(p), Locale: p.Locale}
		if out.Settings, err = settingsOf(p); err != nil {
			return out, err
		}
		classes, err := l.q.ClassesOfPerson(l.ctx, db.ClassesOfPersonParams{SchoolID: l.school(), PersonID: p.ID})
		if err != nil {
			return out, err
		}
		for _, c := range classes {
			mine := MyClass{Name: c.Name}
			teachers, err := l.q.TeachersOfClass(l.ctx, db.TeachersOfClassParams{SchoolID: l.school(), ClassID: c.ID})
			if err != nil {
				return out, err
			}
			for _, t := range teachers {
				mine.Teachers = append(mine.Teachers, person(t).Full())
			}
			out.Classes = append(out.Classes, mine)
		}
		guardians, err := l.q.GuardiansOf(l.ctx, db.GuardiansOfParams{SchoolID: l.school(), LearnerID: p.ID})
		if err != nil {
			return out, err
		}
		for _, g := range guardians {
			out.Guards = append(out.Guards, named(g))
		}
		if err := l.waysOf(p.ID, &out); err != nil {
			return out, err
		}
		out.Seen, err = l.seenBy(l.who.Person)
		out.Seen = out.Seen[:min(len(out.Seen), 20)]
		return out, err
	},
}

func (l *Look) waysOf(id string, out *MePage) error {
	pin, ok, err := store.Optional(l.q.PicturePINSet(l.ctx, db.PicturePINSetParams{SchoolID: l.school(), PersonID: id}))
	if err != nil {
		return err
	}
	if ok {
		out.PINMs = pin
	}
	cards, err := l.q.CardsOf(l.ctx, db.CardsOfParams{SchoolID: l.school(), PersonID: id})
	for _, c := range cards {
		out.CardMs = c.CreatedMs
	}
	return err
}

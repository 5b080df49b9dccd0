package office

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// MePage is a learner's own settings, ways in, and who looked at their record.
type MePage struct {
	Person   roster.Person `json:"person"`
	Settings door.Settings `json:"settings"`
	Locale   string        `json:"locale"` // their own choice; "" = the school's
	Classes  []MyClass     `json:"classes"`
	PINMs    int64         `json:"pin_ms"`  // 0 = no pictures chosen
	CardMs   int64         `json:"card_ms"` // when their card was printed; 0 = none
	Seen     []Seen        `json:"seen"`
	Guards   []flow.Named  `json:"guards"` // their guardians
}

// MyClass is a class with its teachers.
type MyClass struct {
	Name     string   `json:"name"`
	Teachers []string `json:"teachers"`
}

// Me is a learner's page about themselves.
var Me = flow.View[struct{}, MePage]{
	Name:  "me",
	Rule:  access.Allow(access.Learner),
	About: func(l *flow.Look, _ struct{}) (access.Subject, error) { return access.OfSchool(), nil },
	Load: func(l *flow.Look, _ struct{}) (MePage, error) {
		p, err := personRow(l, l.Who().Person)
		if err != nil {
			return MePage{}, err
		}
		out := MePage{Person: flow.Person(p), Locale: p.Locale}
		if out.Settings, err = door.SettingsOf(p); err != nil {
			return out, err
		}
		classes, err := l.Q().ClassesOfPerson(l.Ctx(), db.ClassesOfPersonParams{SchoolID: l.School(), PersonID: p.ID})
		if err != nil {
			return out, err
		}
		for _, c := range classes {
			mine := MyClass{Name: c.Name}
			teachers, err := l.Q().TeachersOfClass(l.Ctx(), db.TeachersOfClassParams{SchoolID: l.School(), ClassID: c.ID})
			if err != nil {
				return out, err
			}
			for _, t := range teachers {
				mine.Teachers = append(mine.Teachers, flow.Person(t).Full())
			}
			out.Classes = append(out.Classes, mine)
		}
		guardians, err := l.Q().GuardiansOf(l.Ctx(), db.GuardiansOfParams{SchoolID: l.School(), LearnerID: p.ID})
		if err != nil {
			return out, err
		}
		for _, g := range guardians {
			out.Guards = append(out.Guards, flow.WholeNamed(g))
		}
		if err := waysOf(l, p.ID, &out); err != nil {
			return out, err
		}
		out.Seen, err = seenBy(l, l.Who().Person)
		out.Seen = out.Seen[:min(len(out.Seen), 20)]
		return out, err
	},
}

func waysOf(l *flow.Look, id string, out *MePage) error {
	pin, ok, err := store.Optional(l.Q().PicturePINSet(l.Ctx(), db.PicturePINSetParams{SchoolID: l.School(), PersonID: id}))
	if err != nil {
		return err
	}
	if ok {
		out.PINMs = pin
	}
	cards, err := l.Q().CardsOf(l.Ctx(), db.CardsOfParams{SchoolID: l.School(), PersonID: id})
	for _, c := range cards {
		out.CardMs = c.CreatedMs
	}
	return err
}

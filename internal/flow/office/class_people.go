package office

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// ClassPeopleIn names the class.
type ClassPeopleIn struct {
	Class roster.ClassID `path:"class"`
}

// ClassPeople is who is in a class, and how its learners sign in.
type ClassPeople struct {
	Class    roster.Class    `json:"class"`
	Teachers []roster.Person `json:"teachers"`
	Learners []LearnerWays   `json:"learners"`
}

// LearnerWays is a learner with what is known of their ways in; no secret is.
type LearnerWays struct {
	Person    roster.Person `json:"person"`
	PINMs     int64         `json:"pin_ms"`  // when the pictures were chosen; 0 = not yet
	CardMs    int64         `json:"card_ms"` // when the card that works was made; 0 = none
	Guardians []string      `json:"guardians"`
}

// PeopleOfClass shows a class's people to its teachers.
var PeopleOfClass = flow.View[ClassPeopleIn, ClassPeople]{
	Name:  "class_people",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *flow.Look, in ClassPeopleIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in ClassPeopleIn) (ClassPeople, error) {
		c, err := classRow(l, in.Class)
		if err != nil {
			return ClassPeople{}, err
		}
		out := ClassPeople{Class: roster.Class{ID: in.Class, Name: c.Name, Code: c.Code}}
		people, err := l.Q().PeopleOfClass(l.Ctx(), db.PeopleOfClassParams{SchoolID: l.School(), ClassID: c.ID})
		if err != nil {
			return out, err
		}
		pins, err := l.Q().PINsOfClass(l.Ctx(), db.PINsOfClassParams{SchoolID: l.School(), ClassID: c.ID})
		if err != nil {
			return out, err
		}
		cards, err := l.Q().CardsOfClass(l.Ctx(), db.CardsOfClassParams{SchoolID: l.School(), ClassID: c.ID})
		if err != nil {
			return out, err
		}
		guardians, err := guardians(l)
		if err != nil {
			return out, err
		}
		pinMs, cardMs := map[string]int64{}, map[string]int64{}
		for _, p := range pins {
			pinMs[p.PersonID] = p.SetMs
		}
		for _, t := range cards {
			cardMs[t.PersonID] = t.CreatedMs
		}
		for _, row := range people {
			p := flow.Person(db.Person{ID: row.ID, Role: row.Role, Given: row.Given, Family: row.Family, Locale: row.Locale, Suspended: row.Suspended})
			if row.EnrolledAs == string(roster.Teacher) {
				out.Teachers = append(out.Teachers, p)
				continue
			}
			out.Learners = append(out.Learners, LearnerWays{Person: p, PINMs: pinMs[row.ID], CardMs: cardMs[row.ID], Guardians: guardians[p.ID]})
		}
		return out, nil
	},
}

// guardians are the names of each learner's guardians.
func guardians(l *flow.Look) (map[roster.PersonID][]string, error) {
	links, err := l.Q().Guardianships(l.Ctx(), l.School())
	if err != nil {
		return nil, err
	}
	rows, err := l.Q().PeopleByRole(l.Ctx(), db.PeopleByRoleParams{SchoolID: l.School(), Role: string(roster.Guardian)})
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, r := range rows {
		names[r.ID] = flow.Person(r).Full()
	}
	out := map[roster.PersonID][]string{}
	for _, g := range links {
		id := roster.PersonID(g.LearnerID)
		out[id] = append(out[id], names[g.GuardianID])
	}
	return out, nil
}

package flow

import (
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Named is a person as a class sees them: given name and initial.
type Named struct {
	ID   roster.PersonID `json:"id"`
	Name string          `json:"name"`
}

// Learners are a class's learners with the names that the class sees, in class order.
func (l *Look) Learners(class roster.ClassID) ([]Named, error) {
	rows, err := l.q.LearnersOfClass(l.ctx, db.LearnersOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return nil, err
	}
	return ShortNames(rows), nil
}

// ShortNames names people for each other: given name and initial, in the rows' order.
func ShortNames(rows []db.Person) []Named {
	people := make([]roster.Person, len(rows))
	for i, r := range rows {
		people[i] = Person(r)
	}
	out := make([]Named, len(rows))
	for i, name := range roster.ShortNames(people) {
		out[i] = Named{people[i].ID, name}
	}
	return out
}

// NameOf is a person's whole name, "" for nobody.
func (l *Look) NameOf(id string) (string, error) {
	row, ok, err := store.Optional(l.q.Person(l.ctx, db.PersonParams{SchoolID: l.School(), ID: id}))
	if err != nil || !ok {
		return "", err
	}
	return Person(row).Full(), nil
}

// Person turns a row into the fact.
func Person(p db.Person) roster.Person {
	return roster.Person{ID: roster.PersonID(p.ID), Role: roster.Role(p.Role), Given: p.Given, Family: p.Family, Locale: p.Locale, Suspended: p.Suspended}
}

// WholeNamed is a person with their whole name, for those who know them by it.
func WholeNamed(p db.Person) Named { return Named{roster.PersonID(p.ID), Person(p).Full()} }

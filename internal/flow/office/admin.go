package office

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// AdminPage is a school's people and classes.
type AdminPage struct {
	Name    string        `json:"name"` // of the school
	Zone    string        `json:"zone"`
	Changed *SchoolChange `json:"changed,omitempty"` // the last change of name or zone since it was opened
	People  []AdminPerson `json:"people"`
	Classes []ClassLine   `json:"classes"`
}

// SchoolChange is who changed the school's name or zone, and when.
type SchoolChange struct {
	By   string `json:"by"`
	AtMs int64  `json:"at_ms"`
}

// AdminPerson is a person with where they belong and whether they can sign in.
type AdminPerson struct {
	Person      roster.Person     `json:"person"`
	Login       string            `json:"login,omitempty"`
	HasPassword bool              `json:"has_password"`
	Classes     []roster.ClassID  `json:"classes"`
	Guards      []roster.PersonID `json:"guards"` // a guardian's learners
}

// Admin is the administrator's page.
var Admin = flow.View[struct{}, AdminPage]{
	Name: "admin",
	Rule: access.Allow(access.Admin),
	Load: func(l *flow.Look, _ struct{}) (AdminPage, error) {
		s, err := l.Q().School(l.Ctx(), l.School())
		if err != nil {
			return AdminPage{}, err
		}
		out := AdminPage{Name: s.Name, Zone: s.Zone}
		people, err := l.Q().People(l.Ctx(), l.School())
		if err != nil {
			return out, err
		}
		at, names := map[string]int{}, map[string]string{}
		for _, p := range people {
			at[p.ID], names[p.ID] = len(out.People), flow.Person(p).Full()
			out.People = append(out.People, AdminPerson{Person: flow.Person(p), Login: p.Login.String})
		}
		if out.Classes, err = classLines(l, names); err != nil {
			return out, err
		}
		changes, err := l.Q().ChangesTo(l.Ctx(), db.ChangesToParams{SchoolID: l.School(), SubjectID: l.School()})
		if err != nil {
			return out, err
		}
		if len(changes) > 0 {
			out.Changed = &SchoolChange{By: names[changes[0].ActorID], AtMs: changes[0].AtMs}
		}
		return out, adminLinks(l, out.People, at)
	},
}

// adminLinks fills in passwords, classes and guardianships.
func adminLinks(l *flow.Look, people []AdminPerson, at map[string]int) error {
	with, err := l.Q().PeopleWithPassword(l.Ctx(), l.School())
	if err != nil {
		return err
	}
	for _, id := range with {
		people[at[id]].HasPassword = true
	}
	enrolled, err := l.Q().CurrentEnrollments(l.Ctx(), l.School())
	if err != nil {
		return err
	}
	for _, e := range enrolled {
		p := &people[at[e.PersonID]]
		p.Classes = append(p.Classes, roster.ClassID(e.ClassID))
	}
	links, err := l.Q().Guardianships(l.Ctx(), l.School())
	for _, g := range links {
		p := &people[at[g.GuardianID]]
		p.Guards = append(p.Guards, roster.PersonID(g.LearnerID))
	}
	return err
}

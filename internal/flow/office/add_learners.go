package office

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// AddLearnersIn is pasted names, one a line. Anyway adds those too whose name is in the class already, or stands twice.
type AddLearnersIn struct {
	flow.Op
	Class  roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Names  string         `json:"names" maxLength:"20000"`
	Anyway bool           `json:"anyway,omitempty"`
}

// AddLearnersOut is who was added, or, when names are there twice, which: then nobody was.
type AddLearnersOut struct {
	Added []roster.Person `json:"added"`
	Twice []string        `json:"twice"`
}

// AddLearners makes learners of names and puts them into a class: all or none.
// Errors: Invalid naming the line that is no name.
var AddLearners = flow.Verb[AddLearnersIn, AddLearnersOut]{
	Name:  "add_learners",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *flow.Look, in AddLearnersIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *flow.Act, in AddLearnersIn) (AddLearnersOut, error) {
		names, err := roster.ReadNames(in.Names)
		if err != nil {
			return AddLearnersOut{}, err
		}
		if _, err := classRow(a.Look, in.Class); err != nil {
			return AddLearnersOut{}, err
		}
		var out AddLearnersOut
		if !in.Anyway {
			if out.Twice, err = twice(a, in.Class, names); err != nil || len(out.Twice) > 0 {
				return out, err
			}
		}
		for _, n := range names {
			p, err := MakePerson(a, roster.Learner, n, "", "")
			if err != nil {
				return out, err
			}
			if err := EnrollToday(a, in.Class, p.ID, roster.Learner); err != nil {
				return out, err
			}
			out.Added = append(out.Added, p)
		}
		a.Announce(flow.ClassTopic(string(in.Class)), "people", struct{}{})
		return out, nil
	},
}

// twice are the names that are in the class already or stand in the list more than once.
func twice(a *flow.Act, class roster.ClassID, names []roster.Name) ([]string, error) {
	there, err := a.Q().PeopleOfClass(a.Ctx(), db.PeopleOfClassParams{SchoolID: a.School(), ClassID: string(class)})
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, p := range there {
		seen[p.NameFold] = true
	}
	var out []string
	for _, n := range names {
		if seen[n.Fold()] {
			out = append(out, n.Full())
		}
		seen[n.Fold()] = true
	}
	return out, nil
}

// MakePerson makes a person of the school, with a login when that is not empty. Errors: Conflict when the login is taken.
func MakePerson(a *flow.Act, role roster.Role, n roster.Name, login, locale string) (roster.Person, error) {
	p := roster.Person{ID: roster.PersonID(a.NewID()), Role: role, Given: n.Given, Family: n.Family, Locale: locale}
	err := a.Q().AddPerson(a.Ctx(), db.AddPersonParams{SchoolID: a.School(), ID: string(p.ID), Role: string(role), Given: p.Given, Family: p.Family,
		NameFold: n.Fold(), Locale: locale, Settings: "{}", CreatedMs: a.Now()})
	if err != nil || login == "" {
		return p, err
	}
	return p, door.ClaimLogin(a.Ctx(), a.Q(), a.School(), string(p.ID), login)
}

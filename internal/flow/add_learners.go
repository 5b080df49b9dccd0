package flow

import (
	"kith/internal/access"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// AddLearnersIn is pasted names, one a line. Anyway adds those too whose name is in the class already, or stands twice.
type AddLearnersIn struct {
	Op
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
var AddLearners = Verb[AddLearnersIn, AddLearnersOut]{
	Name:  "add_learners",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *Look, in AddLearnersIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *Act, in AddLearnersIn) (AddLearnersOut, error) {
		names, err := roster.ReadNames(in.Names)
		if err != nil {
			return AddLearnersOut{}, err
		}
		if _, err := a.classRow(in.Class); err != nil {
			return AddLearnersOut{}, err
		}
		var out AddLearnersOut
		if !in.Anyway {
			if out.Twice, err = a.twice(in.Class, names); err != nil || len(out.Twice) > 0 {
				return out, err
			}
		}
		for _, n := range names {
			p, err := a.addPerson(roster.Learner, n, "", "")
			if err != nil {
				return out, err
			}
			if err := a.enroll(in.Class, p.ID, roster.Learner); err != nil {
				return out, err
			}
			out.Added = append(out.Added, p)
		}
		a.Announce(ClassTopic(string(in.Class)), "people", struct{}{})
		return out, nil
	},
}

// twice are the names that are in the class already or stand in the list more than once.
func (a *Act) twice(class roster.ClassID, names []roster.Name) ([]string, error) {
	there, err := a.q.PeopleOfClass(a.ctx, db.PeopleOfClassParams{SchoolID: a.school(), ClassID: string(class)})
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

func (a *Act) addPerson(role roster.Role, n roster.Name, login, locale string) (roster.Person, error) {
	p := roster.Person{ID: roster.PersonID(a.NewID()), Role: role, Given: n.Given, Family: n.Family, Locale: locale}
	err := a.q.AddPerson(a.ctx, db.AddPersonParams{SchoolID: a.school(), ID: string(p.ID), Role: string(role), Given: p.Given, Family: p.Family,
		NameFold: n.Fold(), Locale: locale, Settings: "{}", CreatedMs: a.now})
	if err != nil || login == "" {
		return p, err
	}
	return p, claimLogin(a.ctx, a.q, a.school(), string(p.ID), login)
}

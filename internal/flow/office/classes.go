package office

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/roster"
)

// ClassLine is a class in a list.
type ClassLine struct {
	Class    roster.Class `json:"class"`
	Teachers []string     `json:"teachers"`
	Learners int          `json:"learners"`
	Mine     bool         `json:"mine"` // the reader teaches it
}

// ClassesPage is a teacher's classes; an administrator sees all of the school.
type ClassesPage struct {
	Name    string      `json:"name"` // of the school
	Classes []ClassLine `json:"classes"`
	All     bool        `json:"all"` // every class of the school is in the list
}

// Classes lists classes that have not ended.
var Classes = flow.View[struct{}, ClassesPage]{
	Name: "classes",
	Rule: access.Allow(access.Staff),
	Load: func(l *flow.Look, _ struct{}) (ClassesPage, error) {
		s, err := l.Q().School(l.Ctx(), l.School())
		if err != nil {
			return ClassesPage{}, err
		}
		out := ClassesPage{Name: s.Name, All: l.Who().Role == roster.Admin}
		people, err := l.Q().People(l.Ctx(), l.School())
		if err != nil {
			return out, err
		}
		names := map[string]string{}
		for _, p := range people {
			names[p.ID] = flow.Person(p).Full()
		}
		lines, err := classLines(l, names)
		for _, c := range lines {
			if c.Mine || out.All {
				out.Classes = append(out.Classes, c)
			}
		}
		return out, err
	},
}

// classLines are all classes of the school that have not ended, by name.
func classLines(l *flow.Look, names map[string]string) ([]ClassLine, error) {
	rows, err := l.Q().Classes(l.Ctx(), l.School())
	if err != nil {
		return nil, err
	}
	var out []ClassLine
	at := map[string]int{}
	for _, c := range rows {
		if c.EndedOn == "" {
			at[c.ID] = len(out)
			out = append(out, ClassLine{Class: roster.Class{ID: roster.ClassID(c.ID), Name: c.Name, Code: c.Code}})
		}
	}
	enrolled, err := l.Q().CurrentEnrollments(l.Ctx(), l.School())
	if err != nil {
		return nil, err
	}
	for _, e := range enrolled {
		i, ok := at[e.ClassID]
		switch {
		case !ok:
		case e.Role == string(roster.Learner):
			out[i].Learners++
		default:
			out[i].Teachers = append(out[i].Teachers, names[e.PersonID])
			out[i].Mine = out[i].Mine || e.PersonID == string(l.Who().Person)
		}
	}
	return out, nil
}

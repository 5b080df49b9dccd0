package decision

import (
	"slices"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// TaughtMap is a unit's map as a teacher looks at it: of one learner as that learner sees it, or of a class with how many of
// it have each skill secure. Unit and Map are nil while there is no unit.
type TaughtMap struct {
	Class   *library.ClassHead   `json:"class,omitempty"`   // nil on the map of a learner
	Learner roster.PersonID      `json:"learner,omitempty"` // "" on the map of a class
	Name    string               `json:"name"`              // the learner's given name
	Full    string               `json:"full"`              // the learner's whole name
	Of      int                  `json:"of"`                // learners in the class
	Units   []standing.UnitGiven `json:"units"`             // that can be chosen, newest first
	Unit    *standing.UnitGiven  `json:"unit,omitempty"`
	Map     *standing.SkillMap   `json:"map,omitempty"`
}

// LearnerMapIn names the learner, and the class unit to look at, "" for the one given last among the viewer's.
type LearnerMapIn struct {
	Learner roster.PersonID `path:"learner"`
	Unit    string          `query:"unit" maxLength:"36"`
}

// LearnerMap is the map as one learner sees it.
var LearnerMap = flow.View[LearnerMapIn, TaughtMap]{
	Name:  "learner_map",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in LearnerMapIn) (access.Subject, error) { return access.OfPerson(in.Learner), nil },
	Load: func(l *flow.Look, in LearnerMapIn) (TaughtMap, error) {
		row, err := l.Q().Person(l.Ctx(), db.PersonParams{SchoolID: l.School(), ID: string(in.Learner)})
		if err != nil {
			return TaughtMap{}, err
		}
		p := TaughtMap{Learner: in.Learner, Name: row.Given, Full: flow.Person(row).Full()}
		units, err := unitsTaught(l, in.Learner)
		if err != nil {
			return p, err
		}
		g, err := p.choose(units, in.Unit)
		if err != nil || g == nil {
			return p, err
		}
		u, err := standing.Load(l, g, in.Learner)
		if err != nil {
			return p, err
		}
		m, err := u.Map(l)
		p.Map = &m
		return p, err
	},
}

// ClassMapIn names the class, and the class unit to look at, "" for the one given last.
type ClassMapIn struct {
	Class roster.ClassID `path:"class"`
	Unit  string         `query:"unit" maxLength:"36"`
}

// ClassMap is the map with how many of a class have each skill secure. It names nobody.
var ClassMap = flow.View[ClassMapIn, TaughtMap]{
	Name:  "class_map",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in ClassMapIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in ClassMapIn) (TaughtMap, error) {
		class, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(in.Class)})
		if err != nil {
			return TaughtMap{}, err
		}
		p := TaughtMap{Class: &library.ClassHead{ID: in.Class, Name: class.Name}}
		rows, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(in.Class)})
		if err != nil {
			return p, err
		}
		units := make([]*standing.GivenUnit, len(rows))
		for i, r := range rows {
			if units[i], err = standing.LoadGiven(l, r.ID); err != nil {
				return p, err
			}
		}
		g, err := p.choose(units, in.Unit)
		if err != nil || g == nil {
			return p, err
		}
		return p, p.count(l, g)
	},
}

// choose names the units and finds the one that was asked for; nil when there is none at all. Errors: NotFound.
func (p *TaughtMap) choose(units []*standing.GivenUnit, want string) (*standing.GivenUnit, error) {
	for _, g := range units {
		p.Units = append(p.Units, *g.Named())
	}
	at := slices.IndexFunc(units, func(g *standing.GivenUnit) bool { return want == "" || g.Row.ID == want })
	if at < 0 {
		if want != "" {
			return nil, fault.New(fault.NotFound, "fault.not_found")
		}
		return nil, nil
	}
	p.Unit = units[at].Named()
	return units[at], nil
}

// count puts the map of a class together.
func (p *TaughtMap) count(l *flow.Look, g *standing.GivenUnit) error {
	m, err := g.Map(l)
	if err != nil {
		return err
	}
	people, err := l.Learners(p.Class.ID)
	if err != nil {
		return err
	}
	estimates, err := ledger.ClassEstimates(l, p.Class.ID, g.Skills)
	if err != nil {
		return err
	}
	p.Of = len(people)
	for i := range m.Skills {
		for _, who := range people {
			if estimates[who.ID][m.Skills[i].ID].Status == mastery.Secure {
				m.Skills[i].Secure++
			}
		}
	}
	p.Map = &m
	return nil
}

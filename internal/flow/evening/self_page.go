package evening

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/roster"
)

// SelfPage is the unit's "I can" lines with the learner's own word on each, beside what the evidence says.
type SelfPage struct {
	Learner    roster.PersonID              `json:"learner"`
	Unit       *standing.UnitGiven          `json:"unit"`
	Objectives []standing.ObjectiveStanding `json:"objectives"`
	Next       *standing.StepLine           `json:"next,omitempty"` // what comes after it
}

// Self shows what a learner says of themselves.
var Self = flow.View[ClassUnitIn, SelfPage]{
	Name: "self",
	Rule: access.Allow(access.MemberOf),
	About: func(l *flow.Look, in ClassUnitIn) (access.Subject, error) {
		return library.AboutClassUnit(l, in.ClassUnit)
	},
	Load: func(l *flow.Look, in ClassUnitIn) (SelfPage, error) {
		u, err := standing.InUnit(l, in.ClassUnit, l.Who().Person)
		if err != nil {
			return SelfPage{}, err
		}
		w, err := u.WhereAmI(l)
		if err != nil {
			return SelfPage{}, err
		}
		how, err := u.HowDoIGetThere(l)
		return SelfPage{Learner: u.Learner, Unit: u.Named(), Objectives: w.Objectives, Next: how.Next}, err
	},
}

// SkillsPage lists the unit's skills by objective, each with its word, its sentence and what that rests on.
type SkillsPage struct {
	Learner    roster.PersonID              `json:"learner"`
	Unit       *standing.UnitGiven          `json:"unit,omitempty"`
	Objectives []standing.ObjectiveStanding `json:"objectives"`
}

// Skills lists a learner's skills in the unit that their class was given last.
var Skills = flow.View[struct{}, SkillsPage]{
	Name: "skills",
	Rule: access.Allow(access.Learner),
	Load: func(l *flow.Look, _ struct{}) (SkillsPage, error) {
		p := SkillsPage{Learner: l.Who().Person}
		g, ok, err := standing.Newest(l, p.Learner)
		if err != nil || !ok {
			return p, err
		}
		u, err := standing.Load(l, g, p.Learner)
		if err != nil {
			return p, err
		}
		w, err := u.WhereAmI(l)
		if err != nil {
			return p, err
		}
		p.Unit, p.Objectives = u.Named(), w.Objectives
		for _, o := range p.Objectives {
			for i := range o.Skills {
				o.Skills[i] = u.Explained(o.Skills[i])
			}
		}
		return p, nil
	},
}

package flow

import (
	"kith/internal/access"
	"kith/internal/roster"
)

// SelfPage is the unit's "I can" lines with the learner's own word on each, beside what the evidence says.
type SelfPage struct {
	Learner    roster.PersonID     `json:"learner"`
	Unit       *UnitGiven          `json:"unit"`
	Objectives []ObjectiveStanding `json:"objectives"`
	Next       *StepLine           `json:"next,omitempty"` // what comes after it
}

// Self shows what a learner says of themselves.
var Self = View[ClassUnitIn, SelfPage]{
	Name:  "self",
	Rule:  access.Allow(access.MemberOf),
	About: func(l *Look, in ClassUnitIn) (access.Subject, error) { return l.aboutClassUnit(in.ClassUnit) },
	Load: func(l *Look, in ClassUnitIn) (SelfPage, error) {
		u, err := l.mineIn(in.ClassUnit, l.who.Person)
		if err != nil {
			return SelfPage{}, err
		}
		w, err := u.whereAmI(l)
		if err != nil {
			return SelfPage{}, err
		}
		how, err := u.howDoIGetThere(l)
		return SelfPage{Learner: u.learner, Unit: u.named(), Objectives: w.Objectives, Next: how.Next}, err
	},
}

// SkillsPage lists the unit's skills by objective, each with its word, its sentence and what that rests on.
type SkillsPage struct {
	Learner    roster.PersonID     `json:"learner"`
	Unit       *UnitGiven          `json:"unit,omitempty"`
	Objectives []ObjectiveStanding `json:"objectives"`
}

// Skills lists a learner's skills in the unit that their class was given last.
var Skills = View[struct{}, SkillsPage]{
	Name: "skills",
	Rule: access.Allow(access.Learner),
	Load: func(l *Look, _ struct{}) (SkillsPage, error) {
		p := SkillsPage{Learner: l.who.Person}
		g, ok, err := l.newestUnit(p.Learner)
		if err != nil || !ok {
			return p, err
		}
		u, err := l.learnerUnit(g, p.Learner)
		if err != nil {
			return p, err
		}
		w, err := u.whereAmI(l)
		if err != nil {
			return p, err
		}
		p.Unit, p.Objectives = u.named(), w.Objectives
		for _, o := range p.Objectives {
			for i := range o.Skills {
				o.Skills[i] = u.explained(o.Skills[i])
			}
		}
		return p, nil
	},
}

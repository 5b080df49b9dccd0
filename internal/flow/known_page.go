package flow

import (
	"kith/internal/access"
	"kith/internal/diagnostic"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/plan"
	"kith/internal/roster"
)

// KnownPage is what the check and all other evidence show to be a learner's already, the minutes that this gives back, and
// one place to start.
type KnownPage struct {
	Learner   roster.PersonID `json:"learner"`
	Unit      *UnitGiven      `json:"unit"`
	Checked   bool            `json:"checked"` // a sitting of the check has ended
	Known     []KnownSkill    `json:"known"`
	Minutes   int             `json:"minutes"` // given back
	Start     *StepLine       `json:"start,omitempty"`
	Unlearned int             `json:"unlearned"` // skills of which the learner said that they are new
	MayGoOn   bool            `json:"may_go_on"` // another sitting of the check would tell more
	State     PlanState       `json:"state" enum:"none,unsent,waiting,decided,off"`
}

// KnownSkill is a skill that counts, or is proposed to count, as known.
type KnownSkill struct {
	SkillStanding
	Objective string        `json:"objective"` // title
	Reason    phrase.Phrase `json:"reason"`
	Proposed  bool          `json:"proposed"` // shown in the check; a teacher has not said so yet
}

// Known shows what is already theirs.
var Known = View[ClassUnitIn, KnownPage]{
	Name:  "known",
	Rule:  access.Allow(access.MemberOf),
	About: func(l *Look, in ClassUnitIn) (access.Subject, error) { return l.aboutClassUnit(in.ClassUnit) },
	Load: func(l *Look, in ClassUnitIn) (KnownPage, error) {
		u, err := l.mineIn(in.ClassUnit, l.who.Person)
		if err != nil {
			return KnownPage{}, err
		}
		p := KnownPage{Learner: u.learner, Unit: u.named(), Checked: u.checked(), State: u.planState()}
		today, err := l.today()
		if err != nil {
			return p, err
		}
		in2, err := u.planInput(l, today, nil)
		if err != nil {
			return p, err
		}
		built, err := plan.Build(in2)
		if err != nil {
			return p, err
		}
		p.Minutes, p.Unlearned = built.MinutesBack, len(in2.Check.Unlearned)
		p.Known = u.known(built.Credited)
		u.startHere(&p, built.Lines)
		st, ok, err := u.replay(l)
		if err != nil || !ok {
			return p, err
		}
		p.MayGoOn = st.Stop() == diagnostic.GoOn || p.Checked && st.Certainty() < diagnostic.Sure
		return p, nil
	},
}

// known lists in teaching order what is secure and what the check would credit.
func (u *learnerUnit) known(credited []plan.Line) []KnownSkill {
	var out []KnownSkill
	for _, o := range u.goals {
		for _, id := range o.Skills {
			k := KnownSkill{SkillStanding: u.standing(id), Objective: o.Title}
			if k.Status == mastery.Secure {
				k.Reason = k.Why
				k.SkillStanding = u.explained(k.SkillStanding)
				out = append(out, k)
				continue
			}
			for _, c := range credited {
				if c.Skill == id {
					k.Reason, k.Proposed = c.Reason, true
					k.Evidence = c.Evidence
					k.Because = u.because(c.Evidence)
					out = append(out, k)
				}
			}
		}
	}
	return out
}

// startHere sets the one place to start: the first skill that the plan would practise.
func (u *learnerUnit) startHere(p *KnownPage, lines []plan.Line) {
	for _, l := range lines {
		if l.Kind == plan.Practice || l.Kind == plan.Revisit {
			line := u.namedLine(l)
			line.Because = u.because(l.Evidence)
			p.Start = &line
			return
		}
	}
}

package evening

import (
	"slices"

	"kith/internal/access"
	"kith/internal/diagnostic"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
)

// KnownPage is what the check and all other evidence show to be a learner's already, the minutes that this gives back, and
// one place to start.
type KnownPage struct {
	Learner   roster.PersonID     `json:"learner"`
	Unit      *standing.UnitGiven `json:"unit"`
	Checked   bool                `json:"checked"` // a sitting of the check has ended
	Known     []KnownSkill        `json:"known"`
	Open      []OpenSkill         `json:"open"`    // of which the check cannot say yet; none before a sitting has ended
	Minutes   int                 `json:"minutes"` // given back
	Start     *standing.StepLine  `json:"start,omitempty"`
	Unlearned int                 `json:"unlearned"` // skills of which the learner said that they are new
	MayGoOn   bool                `json:"may_go_on"` // another sitting of the check would tell more
	State     standing.PlanState  `json:"state" enum:"none,unsent,waiting,decided,off"`
}

// KnownSkill is a skill that counts, or is proposed to count, as known.
type KnownSkill struct {
	standing.SkillStanding
	Objective string        `json:"objective"` // title
	Reason    phrase.Phrase `json:"reason"`
	Proposed  bool          `json:"proposed"` // shown in the check; a teacher has not said so yet
}

// OpenSkill is a skill of which there is not enough to say yet.
type OpenSkill struct {
	ID    skill.ID `json:"id"`
	Title string   `json:"title"`
}

// Known shows what is already theirs.
var Known = flow.View[ClassUnitIn, KnownPage]{
	Name: "known",
	Rule: access.Allow(access.MemberOf),
	About: func(l *flow.Look, in ClassUnitIn) (access.Subject, error) {
		return library.AboutClassUnit(l, in.ClassUnit)
	},
	Load: func(l *flow.Look, in ClassUnitIn) (KnownPage, error) {
		u, err := standing.InUnit(l, in.ClassUnit, l.Who().Person)
		if err != nil {
			return KnownPage{}, err
		}
		p := KnownPage{Learner: u.Learner, Unit: u.Named(), Checked: u.Checked(), State: u.PlanState(), Open: []OpenSkill{}}
		today, err := l.Today()
		if err != nil {
			return p, err
		}
		in2, err := u.PlanInput(l, today, nil)
		if err != nil {
			return p, err
		}
		built, err := plan.Build(in2)
		if err != nil {
			return p, err
		}
		p.Minutes, p.Unlearned = built.MinutesBack, len(in2.Check.Unlearned)
		p.Known = known(u, built.Credited)
		startHere(u, &p, built.Lines)
		st, ok, err := u.Replay(l)
		if err != nil || !ok {
			return p, err
		}
		p.MayGoOn = st.Stop() == diagnostic.GoOn
		if p.Checked {
			p.Open = open(u, &p, st)
		}
		return p, nil
	},
}

// open lists in teaching order what the check leaves open and nothing else shows.
func open(u *standing.LearnerUnit, p *KnownPage, st diagnostic.State) []OpenSkill {
	left := st.Open()
	out := []OpenSkill{}
	for _, id := range u.Skills {
		if slices.Contains(left, id) && !slices.ContainsFunc(p.Known, func(k KnownSkill) bool { return k.ID == id }) {
			out = append(out, OpenSkill{id, u.Course.Skill[id].Title})
		}
	}
	return out
}

// known lists in teaching order what is secure and what the check would credit.
func known(u *standing.LearnerUnit, credited []plan.Line) []KnownSkill {
	var out []KnownSkill
	for _, o := range u.Goals {
		for _, id := range o.Skills {
			k := KnownSkill{SkillStanding: u.Standing(id), Objective: o.Title}
			if k.Status == mastery.Secure {
				k.Reason = k.Why
				k.SkillStanding = u.Explained(k.SkillStanding)
				out = append(out, k)
				continue
			}
			for _, c := range credited {
				if c.Skill == id {
					k.Reason, k.Proposed = c.Reason, true
					k.Evidence = c.Evidence
					k.Because = u.Because(c.Evidence)
					out = append(out, k)
				}
			}
		}
	}
	return out
}

// startHere sets the one place to start: the first skill that the plan would practise.
func startHere(u *standing.LearnerUnit, p *KnownPage, lines []plan.Line) {
	for _, l := range lines {
		if l.Kind == plan.Practice || l.Kind == plan.Revisit {
			line := u.NamedLine(l)
			line.Because = u.Because(l.Evidence)
			p.Start = &line
			return
		}
	}
}

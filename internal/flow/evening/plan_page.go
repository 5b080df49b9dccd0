package evening

import (
	"slices"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/standing"
	"kith/internal/mastery"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// PlanPage is a learner's plan: what was proposed and not yet decided, what was decided, and what is open meanwhile.
type PlanPage struct {
	Learner  roster.PersonID        `json:"learner"`
	Unit     *standing.UnitGiven    `json:"unit,omitempty"`
	State    standing.PlanState     `json:"state" enum:"none,unsent,waiting,decided,off"`
	Dial     plan.Dial              `json:"dial" enum:"required,pick,propose"`
	Proposal *ProposalShown         `json:"proposal,omitempty"`
	Steps    []standing.StepLine    `json:"steps"` // of the decided plan
	Open     []standing.StepLine    `json:"open"`  // what to do meanwhile, when no plan is decided
	Last     *standing.LastDecision `json:"last,omitempty"`
	CanAdd   []standing.SkillChoice `json:"can_add"` // where the dial says propose
	Goals    []PlanGoal             `json:"goals"`
	CanWish  []standing.SkillChoice `json:"can_wish"`        // skills that could be a wish
	First    *standing.StepLine     `json:"first,omitempty"` // what begins the unit and is still open
}

// ProposalShown is a proposal as its learner sees it. Lines are as proposed; the wish is what was sent with it.
type ProposalShown struct {
	ID          string              `json:"id"`
	Cause       plan.Cause          `json:"cause" enum:"check_ended,ran_out,credit_doubted,asked"`
	Lines       []standing.StepLine `json:"lines"`
	Credited    []standing.StepLine `json:"credited"`
	Dropped     []standing.StepLine `json:"dropped"`
	MinutesBack int                 `json:"minutes_back"`
	MadeMs      int64               `json:"made_ms"`
	SentMs      int64               `json:"sent_ms"` // 0 = not sent yet
	Wished      []string            `json:"wished"`  // keys in the order that the learner would have them
	Added       []standing.StepLine `json:"added"`   // lines that the learner added
	Contested   []string            `json:"contested"`
	Word        string              `json:"word"`
}

// Plan shows a learner's plan in the unit that their class was given last.
var Plan = flow.View[struct{}, PlanPage]{
	Name: "plan",
	Rule: access.Allow(access.Learner),
	Load: func(l *flow.Look, _ struct{}) (PlanPage, error) {
		me := l.Who().Person
		g, ok, err := standing.Newest(l, me)
		if err != nil || !ok {
			return PlanPage{Learner: me, State: standing.PlanNone, Dial: plan.Required}, err
		}
		u, err := standing.Load(l, g, me)
		if err != nil {
			return PlanPage{}, err
		}
		p := PlanPage{Learner: me, Unit: u.Named(), State: u.PlanState(), Dial: u.Dial}
		for _, s := range u.Steps() {
			line := u.StepLine(s)
			line.Because = u.Because(s.Evidence)
			p.Steps = append(p.Steps, line)
		}
		how, err := u.HowDoIGetThere(l)
		if err != nil {
			return p, err
		}
		if !how.Decided {
			p.Open = how.Today
		}
		p.First = u.FirstThing(p.State)
		p.goals(u)
		if row, ok := u.Open(); ok {
			if p.Proposal, err = proposalShown(u, row); err != nil {
				return p, err
			}
			if u.Dial == plan.Propose {
				p.CanAdd = canAdd(u, p.Proposal)
			}
		}
		p.Last, err = standing.LastSaid(l, u)
		return p, err
	},
}

func proposalShown(u *standing.LearnerUnit, row db.Proposal) (*ProposalShown, error) {
	wish, err := standing.DecodeWish(row)
	if err != nil {
		return nil, err
	}
	body, wished, err := u.Proposed(row, wish)
	if err != nil {
		return nil, err
	}
	p := &ProposalShown{ID: row.ID, Cause: plan.Cause(row.Cause), MinutesBack: body.MinutesBack, MadeMs: row.MadeMs, SentMs: row.SentMs,
		Contested: wish.Contested, Word: wish.Word}
	p.Lines, p.Credited, p.Dropped = u.Shown(body.Lines), u.Shown(body.Credited), u.Shown(body.Dropped)
	for _, l := range wished {
		p.Wished = append(p.Wished, l.Key)
		if !slices.ContainsFunc(body.Lines, func(b plan.Line) bool { return b.Key == l.Key }) {
			p.Added = append(p.Added, u.NamedLine(l))
		}
	}
	return p, nil
}

// canAdd are the unit's skills that are not secure and not in the proposal.
func canAdd(u *standing.LearnerUnit, p *ProposalShown) []standing.SkillChoice {
	var out []standing.SkillChoice
	in := func(lines []standing.StepLine, id skill.ID) bool {
		return slices.ContainsFunc(lines, func(l standing.StepLine) bool { return l.Skill == id })
	}
	for _, id := range u.Skills {
		if u.Estimates[id].Status != mastery.Secure && !in(p.Lines, id) && !in(p.Added, id) && !in(p.Credited, id) {
			out = append(out, standing.SkillChoice{ID: id, Title: u.Course.Skill[id].Title})
		}
	}
	return out
}

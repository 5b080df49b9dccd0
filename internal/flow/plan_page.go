package flow

import (
	"slices"

	"kith/internal/access"
	"kith/internal/mastery"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// PlanPage is a learner's plan: what was proposed and not yet decided, what was decided, and what is open meanwhile.
type PlanPage struct {
	Learner  roster.PersonID `json:"learner"`
	Unit     *UnitGiven      `json:"unit,omitempty"`
	State    PlanState       `json:"state" enum:"none,unsent,waiting,decided,off"`
	Dial     plan.Dial       `json:"dial" enum:"required,pick,propose"`
	Proposal *ProposalShown  `json:"proposal,omitempty"`
	Steps    []StepLine      `json:"steps"` // of the decided plan
	Open     []StepLine      `json:"open"`  // what to do meanwhile, when no plan is decided
	Last     *LastDecision   `json:"last,omitempty"`
	CanAdd   []SkillChoice   `json:"can_add"`         // where the dial says propose
	First    *StepLine       `json:"first,omitempty"` // what begins the unit and is still open
}

// ProposalShown is a proposal as its learner sees it. Lines are as proposed; the wish is what was sent with it.
type ProposalShown struct {
	ID          string     `json:"id"`
	Cause       plan.Cause `json:"cause" enum:"check_ended,ran_out,credit_doubted,asked"`
	Lines       []StepLine `json:"lines"`
	Credited    []StepLine `json:"credited"`
	Dropped     []StepLine `json:"dropped"`
	MinutesBack int        `json:"minutes_back"`
	MadeMs      int64      `json:"made_ms"`
	SentMs      int64      `json:"sent_ms"` // 0 = not sent yet
	Wished      []string   `json:"wished"`  // keys in the order that the learner would have them
	Added       []StepLine `json:"added"`   // lines that the learner added
	Contested   []string   `json:"contested"`
	Word        string     `json:"word"`
}

// Plan shows a learner's plan in the unit that their class was given last.
var Plan = View[struct{}, PlanPage]{
	Name: "plan",
	Rule: access.Allow(access.Learner),
	Load: func(l *Look, _ struct{}) (PlanPage, error) {
		me := l.who.Person
		g, ok, err := l.newestUnit(me)
		if err != nil || !ok {
			return PlanPage{Learner: me, State: PlanNone, Dial: plan.Required}, err
		}
		u, err := l.learnerUnit(g, me)
		if err != nil {
			return PlanPage{}, err
		}
		p := PlanPage{Learner: me, Unit: u.named(), State: u.planState(), Dial: u.dial}
		for _, s := range u.steps() {
			line := u.stepLine(s)
			line.Because = u.because(s.Evidence)
			p.Steps = append(p.Steps, line)
		}
		how, err := u.howDoIGetThere(l)
		if err != nil {
			return p, err
		}
		if !how.Decided {
			p.Open = how.Today
		}
		p.First = u.firstThing(p.State)
		if row, ok := u.open(); ok {
			if p.Proposal, err = u.proposalShown(row); err != nil {
				return p, err
			}
			if u.dial == plan.Propose {
				p.CanAdd = u.canAdd(p.Proposal)
			}
		}
		p.Last, err = l.lastDecision(u)
		return p, err
	},
}

func (u *learnerUnit) proposalShown(row db.Proposal) (*ProposalShown, error) {
	body, err := decodeProposal(row)
	if err != nil {
		return nil, err
	}
	wish, err := decodeWish(row)
	if err != nil {
		return nil, err
	}
	p := &ProposalShown{ID: row.ID, Cause: plan.Cause(row.Cause), MinutesBack: body.MinutesBack, MadeMs: row.MadeMs, SentMs: row.SentMs,
		Contested: wish.Contested, Word: wish.Word}
	p.Lines, p.Credited, p.Dropped = u.shown(body.Lines), u.shown(body.Credited), u.shown(body.Dropped)
	wished, err := plan.Apply(body.Lines, wish.Edits, false)
	if err != nil {
		return nil, err
	}
	for _, l := range wished {
		p.Wished = append(p.Wished, l.Key)
		if !slices.ContainsFunc(body.Lines, func(b plan.Line) bool { return b.Key == l.Key }) {
			p.Added = append(p.Added, u.namedLine(l))
		}
	}
	return p, nil
}

// canAdd are the unit's skills that are not secure and not in the proposal.
func (u *learnerUnit) canAdd(p *ProposalShown) []SkillChoice {
	var out []SkillChoice
	in := func(lines []StepLine, id skill.ID) bool {
		return slices.ContainsFunc(lines, func(l StepLine) bool { return l.Skill == id })
	}
	for _, id := range u.skills {
		if u.estimates[id].Status != mastery.Secure && !in(p.Lines, id) && !in(p.Added, id) && !in(p.Credited, id) {
			out = append(out, SkillChoice{id, u.course.skill[id].Title})
		}
	}
	return out
}

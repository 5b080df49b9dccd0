package flow

import (
	"slices"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// TakeBackIn takes decisions about proposals of one class back.
type TakeBackIn struct {
	Op
	Class     roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Proposals []string       `json:"proposals" minItems:"1" maxItems:"60"`
}

// TakeBack undoes the last decision about each learner's plan where it was about one of these proposals: the plan is as it
// was before, the credits given with it are withdrawn, and the proposal waits again. What was decided stays on record. Of
// the others it says why not. Errors: NotFound (one of them is of no unit of this class), Conflict when none could be.
var TakeBack = Verb[TakeBackIn, Decided]{
	Name:  "take_back",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *Look, in TakeBackIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in TakeBackIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *Act, in TakeBackIn) (Decided, error) {
		out := Decided{Outcomes: []DecidedOne{}}
		rows, err := a.proposalsOf(in.Class, in.Proposals)
		if err != nil {
			return out, err
		}
		units := map[string]*givenUnit{}
		for _, row := range rows {
			if units[row.ClassUnitID] == nil {
				if units[row.ClassUnitID], err = a.given(row.ClassUnitID); err != nil {
					return out, err
				}
			}
			one, err := a.takeOneBack(units[row.ClassUnitID], row)
			if err != nil {
				return out, err
			}
			out.Outcomes = append(out.Outcomes, one)
		}
		if !slices.ContainsFunc(out.Outcomes, func(o DecidedOne) bool { return o.Outcome == "decided" }) {
			return out, fault.New(fault.Conflict, "fault.decide.moved_on")
		}
		return out, nil
	},
}

// takeOneBack takes one decision back; "superseded" when something was decided or proposed since.
func (a *Act) takeOneBack(g *givenUnit, row db.Proposal) (DecidedOne, error) {
	one, err := a.stillWaits(row)
	if err != nil {
		return one, err
	}
	u, err := a.learnerUnit(g, one.Learner)
	if err != nil {
		return one, err
	}
	n := len(u.decisions)
	_, waits := u.open()
	if row.State != "decided" || waits || n == 0 || u.decisions[n-1].ProposalID != row.ID {
		one.Outcome = "superseded"
		return one, nil
	}
	one.Outcome, one.By = "decided", ""
	last := u.decisions[n-1]
	before, err := foldDecisions(u.decisions[:n-1], u.proposals)
	if err != nil {
		return one, err
	}
	if err := a.decide(u, db.AddDecisionParams{Verdict: "hand", Reason: takenBack, Revision: u.decided.Revision + 1}, before.Lines); err != nil {
		return one, err
	}
	if _, err := a.q.ReopenProposal(a.ctx, db.ReopenProposalParams{SchoolID: a.school(), ID: row.ID}); err != nil {
		return one, err
	}
	return one, a.withdrawCredits(u, row, last)
}

// withdrawCredits takes out the credits that a decision gave: those of its teacher and its instant, for what the proposal
// would credit.
func (a *Act) withdrawCredits(u *learnerUnit, row db.Proposal, d db.Decision) error {
	body, err := decodeProposal(row)
	if err != nil {
		return err
	}
	for _, f := range u.facts {
		c := f.Credit
		if c == nil || c.Act != "credit" || string(c.By) != d.ByID || f.ReceivedMs != d.AtMs ||
			!slices.ContainsFunc(body.Credited, func(l plan.Line) bool { return l.Skill == c.Skill }) {
			continue
		}
		if _, _, err := a.append(evidence.Fact{Learner: u.learner, Kind: evidence.KindWithdrawal,
			Withdrawal: &evidence.Withdrawal{Fact: f.ID, By: a.who.Person, Reason: takenBack}}); err != nil {
			return err
		}
	}
	return nil
}

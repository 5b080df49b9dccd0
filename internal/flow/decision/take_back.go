package decision

import (
	"slices"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/standing"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// TakeBackIn takes decisions about proposals of one class back.
type TakeBackIn struct {
	flow.Op
	Class     roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Proposals []string       `json:"proposals" minItems:"1" maxItems:"60"`
}

// TakeBack undoes the last decision about each learner's plan where it was about one of these proposals: the plan is as it
// was before, the credits given with it are withdrawn, and the proposal waits again. What was decided stays on record. Of
// the others it says why not. Errors: NotFound (one of them is of no unit of this class), Conflict when none could be.
var TakeBack = flow.Verb[TakeBackIn, Decided]{
	Name:  "take_back",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in TakeBackIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in TakeBackIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *flow.Act, in TakeBackIn) (Decided, error) {
		out := Decided{Outcomes: []DecidedOne{}}
		rows, err := proposalsOf(a, in.Class, in.Proposals)
		if err != nil {
			return out, err
		}
		units := map[string]*standing.GivenUnit{}
		for _, row := range rows {
			if units[row.ClassUnitID] == nil {
				if units[row.ClassUnitID], err = standing.LoadGiven(a.Look, row.ClassUnitID); err != nil {
					return out, err
				}
			}
			one, err := takeOneBack(a, units[row.ClassUnitID], row)
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
func takeOneBack(a *flow.Act, g *standing.GivenUnit, row db.Proposal) (DecidedOne, error) {
	one, err := stillWaits(a, row)
	if err != nil {
		return one, err
	}
	u, err := standing.Load(a.Look, g, one.Learner)
	if err != nil {
		return one, err
	}
	n := len(u.Decisions)
	_, waits := u.Open()
	if row.State != "decided" || waits || n == 0 || u.Decisions[n-1].ProposalID != row.ID {
		one.Outcome = "superseded"
		return one, nil
	}
	one.Outcome, one.By = "decided", ""
	last := u.Decisions[n-1]
	before, err := standing.FoldDecisions(u.Decisions[:n-1], u.Proposals)
	if err != nil {
		return one, err
	}
	if err := decide(a, u, db.AddDecisionParams{Verdict: "hand", Reason: standing.TakenBack, Revision: u.Decided.Revision + 1}, before.Lines); err != nil {
		return one, err
	}
	if _, err := a.Q().ReopenProposal(a.Ctx(), db.ReopenProposalParams{SchoolID: a.School(), ID: row.ID}); err != nil {
		return one, err
	}
	return one, withdrawCredits(a, u, row, last)
}

// withdrawCredits takes out the credits that a decision gave: those of its teacher and its instant, for what the proposal
// would credit.
func withdrawCredits(a *flow.Act, u *standing.LearnerUnit, row db.Proposal, d db.Decision) error {
	body, err := standing.DecodeProposal(row)
	if err != nil {
		return err
	}
	for _, f := range u.Facts {
		c := f.Credit
		if c == nil || c.Act != "credit" || string(c.By) != d.ByID || f.ReceivedMs != d.AtMs ||
			!slices.ContainsFunc(body.Credited, func(l plan.Line) bool { return l.Skill == c.Skill }) {
			continue
		}
		if _, _, err := ledger.Append(a, evidence.Fact{Learner: u.Learner, Kind: evidence.KindWithdrawal,
			Withdrawal: &evidence.Withdrawal{Fact: f.ID, By: a.Who().Person, Reason: standing.TakenBack}}); err != nil {
			return err
		}
	}
	return nil
}

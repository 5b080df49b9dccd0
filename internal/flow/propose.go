package flow

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"kith/internal/mastery"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// propose makes a proposal for a learner's plan in a unit and puts it in the place of an open one. A class without
// proposals gets none, and neither does a learner who has nothing left to do.
func (a *Act) propose(u *learnerUnit, cause plan.Cause, wishes []string) error {
	if !u.class.Proposals {
		return nil
	}
	today, err := a.today()
	if err != nil {
		return err
	}
	in, err := u.planInput(a.Look, today, wishes)
	if err != nil {
		return err
	}
	if cause == plan.RanOut {
		in.Vetoes = nil // what a teacher took out of a plan stays out while that plan runs
	}
	p, err := plan.Build(in)
	if err != nil || p.Empty() {
		return err
	}
	m, err := a.model()
	if err != nil {
		return err
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	look := sha256.Sum256([]byte(plan.Key(p)))
	if err := a.q.SupersedeProposals(a.ctx, db.SupersedeProposalsParams{SchoolID: a.school(), LearnerID: string(u.learner), ClassUnitID: u.row.ID}); err != nil {
		return err
	}
	id := a.NewID()
	if err := a.q.AddProposal(a.ctx, db.AddProposalParams{SchoolID: a.school(), ID: id, LearnerID: string(u.learner), ClassUnitID: u.row.ID,
		BaseRevision: u.decided.Revision, Cause: string(cause), ModelID: m.ID, Body: string(body), LookKey: hex.EncodeToString(look[:]), MadeMs: a.now}); err != nil {
		return err
	}
	return a.tellLearner(u.learner, "proposal", proposed{u.learner, id})
}

// proposed tells followers that a plan was proposed, sent or decided.
type proposed struct {
	Learner  roster.PersonID `json:"learner"`
	Proposal string          `json:"proposal"`
}

// planMoved is called when evidence may have finished a learner's approved steps or brought a credit into doubt: a new
// proposal is made where plan.Due says so, and never for one answer alone. It may load the learner's facts, so verbs call
// it only when a status or a step has changed.
func (a *Act) planMoved(learner roster.PersonID) error {
	rows, err := a.unitsOfLearner(learner)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if may, err := a.mayBeDue(row.ID, learner); err != nil {
			return err
		} else if !may {
			continue
		}
		g, err := a.given(row.ID)
		if err != nil {
			return err
		}
		if !g.class.Proposals {
			continue
		}
		u, err := a.learnerUnit(g, learner)
		if err != nil {
			return err
		}
		_, open := u.open()
		if cause, due := plan.Due(plan.DueInput{Open: open, Steps: u.steps(), Estimates: u.unitEstimates(), LastMs: u.lastMadeMs()}); due {
			if err := a.propose(u, cause, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// mayBeDue says no where a few rows are enough to know it, and spares the learner's facts: nothing is due while a proposal
// is open; a plan has not run out while a skill to be practised is not secure; no credit is in doubt while no skill is
// worth another look.
func (l *Look) mayBeDue(classUnit string, learner roster.PersonID) (bool, error) {
	_, open, err := store.Optional(l.q.OpenProposal(l.ctx, db.OpenProposalParams{SchoolID: l.school(), LearnerID: string(learner), ClassUnitID: classUnit}))
	if err != nil || open {
		return false, err
	}
	estimates, err := l.estimates(learner)
	if err != nil {
		return false, err
	}
	for _, e := range estimates {
		if e.Status == mastery.AnotherLook {
			return true, nil
		}
	}
	decisions, err := l.q.DecisionsOf(l.ctx, db.DecisionsOfParams{SchoolID: l.school(), LearnerID: string(learner), ClassUnitID: classUnit})
	if err != nil {
		return false, err
	}
	for _, d := range slices.Backward(decisions) {
		if d.Verdict == "reject" {
			continue
		}
		lines, err := decodeLines(d.Lines)
		return len(lines) > 0 && !slices.ContainsFunc(lines, func(p plan.Line) bool {
			return (p.Kind == plan.Practice || p.Kind == plan.Revisit) && estimates[p.Skill].Status != mastery.Secure
		}), err
	}
	return false, nil
}

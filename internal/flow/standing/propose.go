package standing

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/mastery"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Propose makes a proposal for a learner's plan in a unit and puts it in the place of an open one. A class without
// proposals gets none, and neither does a learner who has nothing left to do.
func Propose(a *flow.Act, u *LearnerUnit, cause plan.Cause, wishes []string) error {
	if !u.Class.Proposals {
		return nil
	}
	today, err := a.Today()
	if err != nil {
		return err
	}
	in, err := u.PlanInput(a.Look, today, wishes)
	if err != nil {
		return err
	}
	if err := u.paced(a.Look, &in); err != nil {
		return err
	}
	if cause == plan.RanOut {
		in.Vetoes = nil // what a teacher took out of a plan stays out while that plan runs
	}
	p, err := plan.Build(in)
	if err != nil || p.Empty() {
		return err
	}
	m, err := ledger.Model(a.Look)
	if err != nil {
		return err
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	look := sha256.Sum256([]byte(plan.Key(p)))
	if err := a.Q().SupersedeProposals(a.Ctx(), db.SupersedeProposalsParams{SchoolID: a.School(), LearnerID: string(u.Learner), ClassUnitID: u.Row.ID}); err != nil {
		return err
	}
	id := a.NewID()
	if err := a.Q().AddProposal(a.Ctx(), db.AddProposalParams{SchoolID: a.School(), ID: id, LearnerID: string(u.Learner), ClassUnitID: u.Row.ID,
		BaseRevision: u.Decided.Revision, Cause: string(cause), ModelID: m.ID, Body: string(body), LookKey: hex.EncodeToString(look[:]), MadeMs: a.Now()}); err != nil {
		return err
	}
	return a.TellLearner(u.Learner, "proposal", Proposed{u.Learner, id})
}

// Proposed tells followers that a plan was proposed, sent or decided.
type Proposed struct {
	Learner  roster.PersonID `json:"learner"`
	Proposal string          `json:"proposal"`
}

// PlanMoved is called when evidence may have finished a learner's approved steps or brought a credit into doubt: a new
// proposal is made where plan.Due says so, and never for one answer alone. It may load the learner's facts, so verbs call
// it only when a status or a step has changed.
func PlanMoved(a *flow.Act, learner roster.PersonID) error {
	rows, err := unitsOfLearner(a.Look, learner)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if may, err := mayBeDue(a.Look, row, learner); err != nil {
			return err
		} else if !may {
			continue
		}
		g, err := LoadGiven(a.Look, row.ID)
		if err != nil {
			return err
		}
		if !g.Class.Proposals {
			continue
		}
		u, err := Load(a.Look, g, learner)
		if err != nil {
			return err
		}
		_, open := u.Open()
		cause, due := plan.Due(plan.DueInput{Open: open, Steps: u.Steps(), Estimates: u.unitEstimates(), LastMs: u.lastMadeMs()})
		if !due && !open && u.Decided.Emptied {
			cause, due = plan.RanOut, true
		}
		if due {
			if err := Propose(a, u, cause, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// mayBeDue says no where a few rows are enough to know it, and spares the learner's facts: nothing is due while a proposal
// is open; a plan has not run out while a skill to be practised is not secure; no credit is in doubt while no skill is
// worth another look.
func mayBeDue(l *flow.Look, row db.ClassUnit, learner roster.PersonID) (bool, error) {
	_, open, err := store.Optional(l.Q().OpenProposal(l.Ctx(), db.OpenProposalParams{SchoolID: l.School(), LearnerID: string(learner), ClassUnitID: row.ID}))
	if err != nil || open {
		return false, err
	}
	estimates, err := ledger.Estimates(l, learner)
	if err != nil {
		return false, err
	}
	for _, e := range estimates {
		if e.Status == mastery.AnotherLook {
			return true, nil
		}
	}
	decisions, err := l.Q().DecisionsOf(l.Ctx(), db.DecisionsOfParams{SchoolID: l.School(), LearnerID: string(learner), ClassUnitID: row.ID})
	if err != nil {
		return false, err
	}
	for _, d := range slices.Backward(decisions) {
		if d.Verdict == "reject" {
			continue
		}
		lines, err := DecodeLines(d.Lines)
		if err != nil {
			return false, err
		}
		in, err := skillsOf(l, row)
		return len(lines) > 0 && !slices.ContainsFunc(lines, func(p plan.Line) bool {
			there := p.Objective == "" || slices.Contains(in, p.Skill)
			return (p.Kind == plan.Practice || p.Kind == plan.Revisit) && there && estimates[p.Skill].Status != mastery.Secure
		}), err
	}
	return false, nil
}

// skillsOf are the skills of a unit that a class was given; both versions are in memory.
func skillsOf(l *flow.Look, row db.ClassUnit) ([]skill.ID, error) {
	u, err := library.UnitVersion(l, content.UnitID(row.UnitID), row.UnitVersion)
	if err != nil {
		return nil, err
	}
	c, err := library.CourseVersion(l, u.Course, u.CourseVersion)
	if err != nil {
		return nil, err
	}
	return library.UnitSkills(u, c), nil
}

package flow

import (
	"encoding/json"

	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// maxReason bounds what a teacher writes to a learner with a decision.
const maxReason = 280

// planDecided tells followers that somebody decided a learner's plan.
type planDecided struct {
	Learner  roster.PersonID `json:"learner"`
	Verdict  string          `json:"verdict"`
	Revision int64           `json:"revision"`
}

// decide writes a decision with the lines that the plan has after it, notes the change and tells the followers. d carries
// proposal, verdict, reason and revision.
func (a *Act) decide(u *learnerUnit, d db.AddDecisionParams, lines []plan.Line) error {
	if d.ProposalID != "" {
		n, err := a.q.DecideProposal(a.ctx, db.DecideProposalParams{SchoolID: a.school(), ID: d.ProposalID})
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "fault.decide.changed")
		}
	}
	body, err := json.Marshal(append([]plan.Line{}, lines...))
	if err != nil {
		return err
	}
	d.SchoolID, d.ID, d.LearnerID, d.ClassUnitID = a.school(), a.NewID(), string(u.learner), u.row.ID
	d.ByID, d.Lines, d.AtMs = actorKey(a.who), string(body), a.now
	if err := a.q.AddDecision(a.ctx, d); err != nil {
		return err
	}
	if err := a.noteChange("decide_"+d.Verdict, u.learner); err != nil {
		return err
	}
	return a.tellLearner(u.learner, "decision", planDecided{u.learner, d.Verdict, d.Revision})
}

// creditAll makes a fact of each credit that a teacher agreed to, with the reason for which it was proposed.
func (a *Act) creditAll(u *learnerUnit, credited []plan.Line) error {
	for _, c := range credited {
		reason, err := storedReason(c.Reason)
		if err != nil {
			return err
		}
		if _, _, err := a.append(evidence.Fact{Learner: u.learner, Kind: evidence.KindCredit,
			Credit: &evidence.Credit{Skill: c.Skill, Act: "credit", By: a.who.Person, Reason: reason}}); err != nil {
			return err
		}
	}
	return nil
}

// skillInSchool refuses a skill that the school does not have. Errors: NotFound.
func (l *Look) skillInSchool(id skill.ID) error {
	_, ok, err := store.Optional(l.q.SkillPlace(l.ctx, db.SkillPlaceParams{SchoolID: l.school(), ID: string(id)}))
	if err == nil && !ok {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// locked loads a learner in a unit under the learner's lock. Errors: NotFound.
func (a *Act) locked(classUnit string, learner roster.PersonID) (*learnerUnit, error) {
	if err := a.q.LockLearner(a.ctx, db.LockLearnerParams{SchoolID: a.school(), LearnerID: string(learner)}); err != nil {
		return nil, err
	}
	return a.mineIn(classUnit, learner)
}

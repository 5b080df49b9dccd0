package flow

import (
	"encoding/json"

	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// estimate is the stored estimate of one skill with its model; a learner without one starts under the current model.
func (l *Look) estimate(learner roster.PersonID, id skill.ID) (mastery.Estimate, mastery.Model, error) {
	row, ok, err := store.Optional(l.q.Estimate(l.ctx, db.EstimateParams{SchoolID: l.school(), LearnerID: string(learner), SkillID: string(id)}))
	if err != nil {
		return mastery.Estimate{}, mastery.Model{}, err
	}
	if !ok {
		m, err := l.model()
		return mastery.Start(m, id), m, err
	}
	m, err := l.modelByID(row.ModelID)
	if err != nil {
		return mastery.Estimate{}, m, err
	}
	e, err := decodeEstimate(row)
	return e, m, err
}

func decodeEstimate(row db.Estimate) (e mastery.Estimate, err error) {
	return e, json.Unmarshal([]byte(row.Body), &e)
}

// estimates are all of a learner's, by skill.
func (l *Look) estimates(learner roster.PersonID) (map[skill.ID]mastery.Estimate, error) {
	rows, err := l.q.EstimatesOf(l.ctx, db.EstimatesOfParams{SchoolID: l.school(), LearnerID: string(learner)})
	if err != nil {
		return nil, err
	}
	out := make(map[skill.ID]mastery.Estimate, len(rows))
	for _, r := range rows {
		e, err := decodeEstimate(r)
		if err != nil {
			return nil, err
		}
		out[e.Skill] = e
	}
	return out, nil
}

func (a *Act) saveEstimate(learner roster.PersonID, model string, seq int64, e mastery.Estimate) error {
	body, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return a.q.SetEstimate(a.ctx, db.SetEstimateParams{SchoolID: a.school(), LearnerID: string(learner), SkillID: string(e.Skill), ModelID: model,
		PKnown: e.PKnown, Status: string(e.Status), SecureSinceMs: e.SecureSinceMs, FoldedSeq: seq, Body: string(body)})
}

// refold makes all of a learner's estimates anew from their facts.
func (a *Act) refold(learner roster.PersonID) error {
	facts, err := a.facts(learner)
	if err != nil {
		return err
	}
	m, err := a.model()
	if err != nil {
		return err
	}
	all, err := mastery.Fold(m, facts)
	if err != nil {
		return err
	}
	if err := a.q.ForgetEstimates(a.ctx, db.ForgetEstimatesParams{SchoolID: a.school(), LearnerID: string(learner)}); err != nil {
		return err
	}
	for _, e := range all {
		if err := a.saveEstimate(learner, m.ID, facts[len(facts)-1].Seq, e); err != nil {
			return err
		}
	}
	return nil
}

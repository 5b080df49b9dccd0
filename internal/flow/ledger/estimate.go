package ledger

import (
	"encoding/json"

	"kith/internal/flow"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Estimate is the stored estimate of one skill with its model; a learner without one starts under the current model.
func Estimate(l *flow.Look, learner roster.PersonID, id skill.ID) (mastery.Estimate, mastery.Model, error) {
	row, ok, err := store.Optional(l.Q().Estimate(l.Ctx(), db.EstimateParams{SchoolID: l.School(), LearnerID: string(learner), SkillID: string(id)}))
	if err != nil {
		return mastery.Estimate{}, mastery.Model{}, err
	}
	if !ok {
		m, err := Model(l)
		return mastery.Start(m, id), m, err
	}
	m, err := modelByID(l, row.ModelID)
	if err != nil {
		return mastery.Estimate{}, m, err
	}
	e, err := DecodeEstimate(l, row)
	return e, m, err
}

// estimateKey is by what the reading of an estimate's row is remembered.
type estimateKey struct{ learner, skill string }

// DecodeEstimate turns a row into the estimate; its State is shared and must not be altered. Errors: a row that is no JSON.
func DecodeEstimate(l *flow.Look, row db.Estimate) (mastery.Estimate, error) {
	return flow.Reread(l, estimateKey{row.LearnerID, row.SkillID}, row.Body, func(body string) (e mastery.Estimate, err error) {
		return e, json.Unmarshal([]byte(body), &e)
	})
}

// Shown is an estimate as pages show it today.
func Shown(l *flow.Look, e mastery.Estimate) (mastery.Estimate, error) {
	if e.State.FadesMs == 0 || e.State.FadesMs > l.Now() {
		return e, nil
	}
	today, err := l.Midnight()
	return mastery.Shown(e, today), err
}

// Estimates are all of a learner's as shown today, by skill.
func Estimates(l *flow.Look, learner roster.PersonID) (map[skill.ID]mastery.Estimate, error) {
	rows, err := l.Q().EstimatesOf(l.Ctx(), db.EstimatesOfParams{SchoolID: l.School(), LearnerID: string(learner)})
	if err != nil {
		return nil, err
	}
	out := make(map[skill.ID]mastery.Estimate, len(rows))
	for _, r := range rows {
		e, err := decodeShown(l, r)
		if err != nil {
			return nil, err
		}
		out[e.Skill] = e
	}
	return out, nil
}

// ClassEstimates are those of a class's learners on some skills, as shown today, by learner and skill.
func ClassEstimates(l *flow.Look, class roster.ClassID, skills []skill.ID) (map[roster.PersonID]map[skill.ID]mastery.Estimate, error) {
	rows, err := l.Q().EstimatesOfClass(l.Ctx(), db.EstimatesOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return nil, err
	}
	want := make(map[skill.ID]bool, len(skills))
	for _, id := range skills {
		want[id] = true
	}
	out := map[roster.PersonID]map[skill.ID]mastery.Estimate{}
	for _, r := range rows {
		if !want[skill.ID(r.SkillID)] {
			continue
		}
		e, err := decodeShown(l, r)
		if err != nil {
			return nil, err
		}
		who := roster.PersonID(r.LearnerID)
		if out[who] == nil {
			out[who] = map[skill.ID]mastery.Estimate{}
		}
		out[who][e.Skill] = e
	}
	return out, nil
}

func decodeShown(l *flow.Look, row db.Estimate) (mastery.Estimate, error) {
	e, err := DecodeEstimate(l, row)
	if err != nil {
		return e, err
	}
	return Shown(l, e)
}

func saveEstimate(a *flow.Act, learner roster.PersonID, model string, seq int64, e mastery.Estimate) error {
	row, err := estimateRow(a.School(), learner, model, seq, e)
	if err != nil {
		return err
	}
	flow.Reads(a.Look, estimateKey{row.LearnerID, row.SkillID}, row.Body, e)
	return a.Q().SetEstimate(a.Ctx(), row)
}

// estimateRow is an estimate as it is stored: seq is the learner's last fact that was folded.
func estimateRow(school string, learner roster.PersonID, model string, seq int64, e mastery.Estimate) (db.SetEstimateParams, error) {
	body, err := json.Marshal(e)
	return db.SetEstimateParams{SchoolID: school, LearnerID: string(learner), SkillID: string(e.Skill), ModelID: model, PKnown: e.PKnown,
		Status: string(e.Status), SecureSinceMs: e.SecureSinceMs, FadesMs: e.State.FadesMs, FoldedSeq: seq, Body: string(body)}, err
}

// refold makes all of a learner's estimates anew from their facts.
func refold(a *flow.Act, learner roster.PersonID) error {
	facts, err := Facts(a.Look, learner)
	if err != nil {
		return err
	}
	m, err := Model(a.Look)
	if err != nil {
		return err
	}
	all, err := mastery.Fold(m, facts)
	if err != nil {
		return err
	}
	return replace(a, learner, m.ID, facts[len(facts)-1].Seq, all)
}

// replace puts estimates in the place of all that a learner has; seq is the last fact that they are the fold of.
func replace(a *flow.Act, learner roster.PersonID, model string, seq int64, all map[skill.ID]mastery.Estimate) error {
	if err := a.Q().ForgetEstimates(a.Ctx(), db.ForgetEstimatesParams{SchoolID: a.School(), LearnerID: string(learner)}); err != nil {
		return err
	}
	for _, e := range all {
		if err := saveEstimate(a, learner, model, seq, e); err != nil {
			return err
		}
	}
	return nil
}

package ledger

import (
	"context"
	"encoding/json"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// Models are a school's models, oldest first, and which of them is in force.
func Models(ctx context.Context, f *flow.Flow, school roster.SchoolID) (all []mastery.Model, current string, err error) {
	err = f.Snapshot(ctx, access.Actor{School: school, System: true}, func(l *flow.Look) error {
		rows, err := l.Q().Models(l.Ctx(), l.School())
		if err != nil {
			return err
		}
		all = nil
		for _, r := range rows {
			m, err := mastery.Load(r.ID, r.Code, []byte(r.Params), r.Hash)
			if err != nil {
				return err
			}
			all = append(all, m)
			if r.Current {
				current = m.ID
			}
		}
		return nil
	})
	return all, current, err
}

// Record is one learner's facts in Seq order, the Nth of so many learners.
type Record struct {
	Facts []evidence.Fact
	N, Of int
}

// EachRecord hands over the facts of every learner of a school who has any, one snapshot a learner, withdrawn facts among
// them.
func EachRecord(ctx context.Context, f *flow.Flow, school roster.SchoolID, take func(roster.PersonID, Record) error) error {
	who := access.Actor{School: school, System: true}
	var learners []db.Person
	if err := f.Snapshot(ctx, who, func(l *flow.Look) (err error) {
		learners, err = l.Q().PeopleByRole(l.Ctx(), db.PeopleByRoleParams{SchoolID: string(school), Role: string(roster.Learner)})
		return err
	}); err != nil {
		return err
	}
	for i, p := range learners {
		id := roster.PersonID(p.ID)
		r := Record{N: i + 1, Of: len(learners)}
		if err := f.Snapshot(ctx, who, func(l *flow.Look) (err error) {
			r.Facts, err = Facts(l, id)
			return err
		}); err != nil {
			return err
		}
		if len(r.Facts) > 0 {
			if err := take(id, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// SwitchModel puts a model in force. Every learner's facts are folded under it beside the estimates that pages read, one
// learner a transaction; then, in one transaction, those who answered meanwhile are folded again, the new estimates take
// the old ones' place, and the model becomes the school's. Interrupted before that, nothing has changed but rows that
// nobody reads. Switching back to a model that the school has is the same act. far hears how far it is.
// Errors: Conflict when the model is in force already.
func SwitchModel(ctx context.Context, f *flow.Flow, school roster.SchoolID, m mastery.Model, far func(done, of int)) error {
	all, current, err := Models(ctx, f, school)
	if err != nil {
		return err
	}
	if current == m.ID {
		return fault.New(fault.Conflict, "fault.fit.in_force", "model", m.Code)
	}
	who := access.Actor{School: school, System: true}
	if err := f.Transaction(ctx, who, "model", func(a *flow.Act) error {
		if err := a.Q().ForgetEstimatesBeside(a.Ctx(), a.School()); err != nil {
			return err
		}
		for _, has := range all {
			if has.ID == m.ID {
				return nil
			}
		}
		params, err := json.Marshal(m.Params)
		if err != nil {
			return err
		}
		return a.Q().AddModel(a.Ctx(), db.AddModelParams{SchoolID: a.School(), ID: m.ID, Code: m.Code, Params: string(params), Hash: m.Hash, MadeMs: a.Now()})
	}); err != nil {
		return err
	}
	if err := EachRecord(ctx, f, school, func(learner roster.PersonID, r Record) error {
		far(r.N, r.Of)
		return f.Transaction(ctx, who, "model", func(a *flow.Act) error { return foldBeside(a, learner, m, r) })
	}); err != nil {
		return err
	}
	return f.Transaction(ctx, who, "model", func(a *flow.Act) error { return takeBeside(a, m) })
}

// foldBeside folds one learner's facts under a model and keeps the result beside what is in force.
func foldBeside(a *flow.Act, learner roster.PersonID, m mastery.Model, r Record) error {
	if err := a.Q().ForgetEstimatesBesideOf(a.Ctx(), db.ForgetEstimatesBesideOfParams{SchoolID: a.School(), LearnerID: string(learner)}); err != nil {
		return err
	}
	folded, err := mastery.Fold(m, r.Facts)
	if err != nil {
		return err
	}
	seq := r.Facts[len(r.Facts)-1].Seq
	for _, e := range folded {
		row, err := estimateRow(a.School(), learner, m.ID, seq, e)
		if err != nil {
			return err
		}
		if err := a.Q().SetEstimateBeside(a.Ctx(), db.SetEstimateBesideParams(row)); err != nil {
			return err
		}
	}
	return nil
}

// takeBeside is the switch. Learners are locked first, so that an answer either came before and is folded here, or comes
// after and meets the new model.
func takeBeside(a *flow.Act, m mastery.Model) error {
	if err := a.Q().LockLearners(a.Ctx(), a.School()); err != nil {
		return err
	}
	moved, err := a.Q().MovedSinceFolded(a.Ctx(), a.School())
	if err != nil {
		return err
	}
	for _, id := range moved {
		facts, err := Facts(a.Look, roster.PersonID(id))
		if err != nil {
			return err
		}
		if len(facts) == 0 {
			continue
		}
		if err := foldBeside(a, roster.PersonID(id), m, Record{Facts: facts}); err != nil {
			return err
		}
	}
	for _, do := range []func(context.Context, string) error{a.Q().ForgetAllEstimates, a.Q().TakeEstimatesBeside, a.Q().ForgetEstimatesBeside} {
		if err := do(a.Ctx(), a.School()); err != nil {
			return err
		}
	}
	return a.Q().SetCurrentModel(a.Ctx(), db.SetCurrentModelParams{SchoolID: a.School(), ID: m.ID})
}

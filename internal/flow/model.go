package flow

import (
	"context"
	"encoding/json"

	"kith/internal/fault"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// modelKey is by what a model is remembered: its id.
type modelKey string

// model is the school's current model, with its row's id.
func (l *Look) model() (mastery.Model, error) {
	row, ok, err := store.Optional(l.q.CurrentModel(l.ctx, l.school()))
	if err != nil {
		return mastery.Model{}, err
	}
	if !ok {
		return mastery.Model{}, fault.New(fault.NotFound, "fault.no_model")
	}
	return Remember(l, modelKey(row.ID), func() (mastery.Model, error) {
		return mastery.Load(row.ID, row.Code, []byte(row.Params), row.Hash)
	})
}

// modelByID is a model of the school; models are frozen, so one that is remembered needs no look.
func (l *Look) modelByID(id string) (mastery.Model, error) {
	return Remember(l, modelKey(id), func() (mastery.Model, error) {
		row, err := l.q.Model(l.ctx, db.ModelParams{SchoolID: l.school(), ID: id})
		if err != nil {
			return mastery.Model{}, err
		}
		return mastery.Load(row.ID, row.Code, []byte(row.Params), row.Hash)
	})
}

// EnsureModel gives a school the first model when it has none: every school needs one before its first answer.
func (f *Flow) EnsureModel(ctx context.Context, school roster.SchoolID) error {
	return f.store.Write(ctx, "model", func(ctx context.Context, tx *store.Tx) error {
		return ensureModel(ctx, tx.Queries, string(school), tx.Now)
	})
}

func ensureModel(ctx context.Context, q *db.Queries, school string, now int64) error {
	_, ok, err := store.Optional(q.CurrentModel(ctx, school))
	if err != nil || ok {
		return err
	}
	m := mastery.Default()
	params, err := json.Marshal(m.Params)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "fault.internal")
	}
	return q.AddModel(ctx, db.AddModelParams{SchoolID: school, ID: m.ID, Code: m.Code, Params: string(params), Hash: m.Hash, Current: true, MadeMs: now})
}

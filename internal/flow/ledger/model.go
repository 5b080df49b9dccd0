package ledger

import (
	"context"
	"encoding/json"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// modelKey is by what a model is remembered: its id.
type modelKey string

// Model is the school's current model, with its row's id.
func Model(l *flow.Look) (mastery.Model, error) {
	row, ok, err := store.Optional(l.Q().CurrentModel(l.Ctx(), l.School()))
	if err != nil {
		return mastery.Model{}, err
	}
	if !ok {
		return mastery.Model{}, fault.New(fault.NotFound, "fault.no_model")
	}
	return flow.Remember(l, modelKey(row.ID), func() (mastery.Model, error) {
		return mastery.Load(row.ID, row.Code, []byte(row.Params), row.Hash)
	})
}

// modelByID is a model of the school; models are frozen, so one that is remembered needs no look.
func modelByID(l *flow.Look, id string) (mastery.Model, error) {
	return flow.Remember(l, modelKey(id), func() (mastery.Model, error) {
		row, err := l.Q().Model(l.Ctx(), db.ModelParams{SchoolID: l.School(), ID: id})
		if err != nil {
			return mastery.Model{}, err
		}
		return mastery.Load(row.ID, row.Code, []byte(row.Params), row.Hash)
	})
}

// EnsureModel gives a school the first model when it has none: every school needs one before its first answer.
func EnsureModel(ctx context.Context, f *flow.Flow, school roster.SchoolID) error {
	return f.Store().Write(ctx, "model", func(ctx context.Context, tx *store.Tx) error {
		return FirstModel(ctx, tx.Queries, string(school), tx.Now)
	})
}

// FirstModel is EnsureModel inside a transaction.
func FirstModel(ctx context.Context, q *db.Queries, school string, now int64) error {
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

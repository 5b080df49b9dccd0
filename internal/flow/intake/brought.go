package intake

import (
	"context"

	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// wholeSource is the origin row that says which edition of a source a school has as a whole.
const wholeSource = "edition"

// Brought is the edition of a source that a school was given last, "" when none.
func Brought(ctx context.Context, f *flow.Flow, school roster.SchoolID, source string) (edition string, err error) {
	err = f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		row, _, err := store.Optional(q.Origin(ctx, db.OriginParams{SchoolID: string(school), Source: source, SourceID: wholeSource}))
		edition = row.Hash
		return err
	})
	return edition, err
}

// NoteBrought notes the edition of a source that a school has been given. The import itself is idempotent, so that a school
// whose note was lost is only given the same again.
func NoteBrought(ctx context.Context, f *flow.Flow, school roster.SchoolID, source, edition string) error {
	return f.Store().Write(ctx, "import", func(ctx context.Context, tx *store.Tx) error {
		return tx.SetOrigin(ctx, db.SetOriginParams{SchoolID: string(school), Source: source, SourceID: wholeSource, Kind: wholeSource, ID: string(school), Hash: edition, AtMs: tx.Now})
	})
}

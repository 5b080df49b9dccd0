package intake

import (
	"context"

	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// Origins are the school's ids of a source's things, by "kind:code". It authorizes nobody, like Schools.
func Origins(ctx context.Context, f *flow.Flow, school roster.SchoolID, source string) (map[string]string, error) {
	out := map[string]string{}
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		rows, err := q.OriginsOf(ctx, db.OriginsOfParams{SchoolID: string(school), Source: source})
		for _, r := range rows {
			out[r.SourceID] = r.ID
		}
		return err
	})
	return out, err
}

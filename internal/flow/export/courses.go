package export

import (
	"context"

	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// Courses are the school's courses as they are now, without what is in them. It authorizes nobody, like Course.
func Courses(ctx context.Context, f *flow.Flow, school roster.SchoolID) (out []skill.Course, err error) {
	err = f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		out = nil
		w := walk{ctx: ctx, q: q, school: string(school)}
		rows, err := q.ContentByKind(ctx, db.ContentByKindParams{SchoolID: w.school, Kind: "course"})
		for _, r := range rows {
			if r.Status != string(content.Published) {
				continue
			}
			var c skill.Course
			if err := w.current(r, &c); err != nil {
				return err
			}
			out = append(out, c)
		}
		return err
	})
	return out, err
}

package bringing

import (
	"context"

	"kith/internal/flow"
	"kith/internal/flow/export"
	"kith/internal/flow/intake"
	"kith/internal/interop/cnxml"
	"kith/internal/roster"
)

// Book gives a book its place: the course that is named by code or id, else the one that an earlier import of it made, else the one of
// the school's whose skills are called as the book's objectives are, else a new one. Errors: NotFound for a course that is not there.
func Book(ctx context.Context, f *flow.Flow, school roster.SchoolID, in intake.Bundle, course string) (intake.Bundle, error) {
	if course == "" {
		ids, err := intake.Origins(ctx, f, school, in.Source)
		if err != nil || ids["course:"+string(in.Course.ID)] != "" {
			return in, err
		}
		all, err := export.Courses(ctx, f, school)
		if err != nil {
			return in, err
		}
		most := 0
		for _, c := range all {
			if n := cnxml.Alike(c, in.Course); n > most && 2*n >= len(in.Course.Skills) {
				most, course = n, string(c.ID)
			}
		}
		if course == "" {
			return in, nil
		}
	}
	have, err := export.Course(ctx, f, school, "", export.Ask{Course: course})
	if err != nil {
		return in, err
	}
	return cnxml.Join(have, in), nil
}

package bringing

import (
	"context"

	"kith/internal/flow"
	"kith/internal/flow/export"
	"kith/internal/flow/intake"
	"kith/internal/interop/cnxml"
	"kith/internal/roster"
)

// alike is the course of the school's that a book joins when none is named: of those that may be added to, the one whose skills are
// called as most of the book's objectives are, and at least half; "" for none, and where an earlier import made a course of the book.
func alike(ctx context.Context, f *flow.Flow, school roster.SchoolID, in intake.Bundle, ask Ask) (course string, err error) {
	ids, err := intake.Origins(ctx, f, school, in.Source)
	if err != nil || ids["course:"+string(in.Course.ID)] != "" {
		return "", err
	}
	all, err := export.Courses(ctx, f, school)
	if err != nil {
		return "", err
	}
	most := 0
	for _, c := range all {
		if n := cnxml.Alike(c, in.Course); n > most && 2*n >= len(in.Course.Skills) && ask.may(string(c.ID)) {
			most, course = n, string(c.ID)
		}
	}
	return course, nil
}

// Package bringing decides where a file of items belongs in a school: the course that it came from, one that is named, or a new one.
//
// In: a bundle that a format's reader made. Out: the same, with the ids that the school knows it by, and with what its format
// cannot say taken from what is there.
//
// Place in the flow: layer 5, between the readers of formats and the flow; commands and pages call it. It authorizes nobody.
package bringing

import (
	"context"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/export"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/roster"

	"github.com/google/uuid"
)

// Placed gives the bundle its place. course is the code or id of the course into which it goes, "" = the one that the file names
// as this school's own, else the one that earlier imports of it made, else a new one. Errors: NotFound for a course that is not
// there, with those that are.
func Placed(ctx context.Context, f *flow.Flow, school roster.SchoolID, kind string, in intake.Bundle, course string) (intake.Bundle, error) {
	if course == "" && uuid.Validate(string(in.Course.ID)) == nil {
		course = string(in.Course.ID)
		have, err := export.Course(ctx, f, school, "", export.Ask{Course: course})
		switch {
		case err == nil:
			return bank.Into(have, in), nil
		case !fault.Is(err, fault.NotFound):
			return in, err
		}
		course = ""
	}
	if course != "" {
		have, err := export.Course(ctx, f, school, "", export.Ask{Course: course})
		if err != nil {
			return in, err
		}
		return bank.Into(have, in), nil
	}
	ids, err := intake.Origins(ctx, f, school, in.Source)
	id := ids["course:"+string(in.Course.ID)]
	if err != nil || id == "" {
		return in, err
	}
	have, err := export.Course(ctx, f, school, kind, export.Ask{Course: id})
	if fault.Is(err, fault.NotFound) {
		return in, nil // it was withdrawn
	}
	if err != nil {
		return in, err
	}
	return bank.Kept(have, in), nil
}

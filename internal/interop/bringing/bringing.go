// Package bringing takes a file into a school: which format it is in, where it belongs, what would become of it, and, when somebody
// says so, taking it piece by piece.
//
// In: a file that stands in the folder of what was brought, or a bundle that a format's reader made. Out: the bundle with the ids
// that the school knows it by and with what its format cannot say taken from what is there (Placed); the trial of a file and its
// report (Runner).
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
	"kith/internal/interop/cnxml"
	"kith/internal/roster"
	"kith/internal/skill"

	"github.com/google/uuid"
)

// Ask says where a bundle is wanted.
type Ask struct {
	Course string   // the code or id of the course into which it goes
	Skill  skill.ID // of that course, for what the file puts in no folder

	// May, when set, says whether a course that the file names or came to before may be added to; where it may not, the bundle
	// becomes a course of its own, under Own, which is the same each time for the same person.
	May func(course string) bool
	Own string
}

func (a Ask) may(course string) bool { return a.May == nil || a.May(course) }

// Placed gives the bundle its place. With no course asked for it is the one that the file names as this school's own, else the one
// that earlier imports of it made, else a new one. have is the course as the school has it, empty for a new one. Errors: NotFound
// for a course that is not there, with those that are.
func Placed(ctx context.Context, f *flow.Flow, school roster.SchoolID, kind string, in intake.Bundle, ask Ask) (out, have intake.Bundle, err error) {
	if course := string(in.Course.ID); ask.Course == "" && uuid.Validate(course) == nil && ask.may(course) {
		have, err = export.Course(ctx, f, school, "", export.Ask{Course: course})
		if !fault.Is(err, fault.NotFound) {
			return bank.Into(have, in, ask.Skill), have, err
		}
	}
	if kind == cnxml.Kind {
		if ask.Course == "" {
			if ask.Course, err = alike(ctx, f, school, in, ask); err != nil {
				return in, have, err
			}
		}
		if ask.Course != "" {
			have, err = export.Course(ctx, f, school, "", export.Ask{Course: ask.Course, Outline: true})
			return cnxml.Join(have, in), have, err
		}
	}
	if ask.Course != "" {
		have, err = export.Course(ctx, f, school, "", export.Ask{Course: ask.Course})
		return bank.Into(have, in, ask.Skill), have, err
	}
	ids, err := intake.Origins(ctx, f, school, in.Source)
	if err != nil {
		return in, intake.Bundle{}, err
	}
	id := ids["course:"+string(in.Course.ID)]
	if id != "" && !ask.may(id) {
		in.Source += "~" + ask.Own
		if ids, err = intake.Origins(ctx, f, school, in.Source); err != nil {
			return in, intake.Bundle{}, err
		}
		id = ids["course:"+string(in.Course.ID)]
	}
	if id == "" {
		return in, intake.Bundle{}, nil
	}
	have, err = export.Course(ctx, f, school, kind, export.Ask{Course: id, Outline: in.Silent == nil}) // a format that is silent about nothing takes nothing from it
	if fault.Is(err, fault.NotFound) {
		return in, intake.Bundle{}, nil // it was withdrawn
	}
	if err != nil {
		return in, intake.Bundle{}, err
	}
	return bank.Kept(have, in), have, nil
}

package sample

import (
	"context"

	"kith/internal/content"
	"kith/internal/course"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/roster"
)

// BringCourse gives a school the unit that comes along, or the newer version of it that this program holds. It costs
// nothing when the school has it already. brought reports whether something was done.
func BringCourse(ctx context.Context, f *flow.Flow, school roster.SchoolID) (brought bool, err error) {
	hash, err := course.Hash()
	if err != nil {
		return false, err
	}
	has, err := intake.Brought(ctx, f, school, source)
	if err != nil || has == hash {
		return false, err
	}
	l, err := course.Load()
	if err != nil {
		return false, err
	}
	if _, err := intake.ImportBundle(ctx, f, school, courseBundle(l), false, nil); err != nil {
		return false, err
	}
	return true, intake.NoteBrought(ctx, f, school, source, hash)
}

func courseBundle(l course.Loaded) intake.Bundle {
	return intake.Bundle{Source: source, Licence: "Apache-2.0", Attribution: "Kith", Course: l.Course, Units: []content.Unit{l.Unit}, Lessons: l.Lessons, Items: l.Items}
}

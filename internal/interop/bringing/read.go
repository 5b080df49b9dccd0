package bringing

import (
	"context"
	"io"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/formats"
	"kith/internal/interop/people"
	"kith/internal/store"
	"kith/internal/store/db"
)

// MaxFile is how large a file may be that is brought, in bytes: the largest of the formats. Each has its own bound beneath.
var MaxFile = func() int64 {
	most := int64(people.MaxFile)
	for _, f := range formats.All {
		most = max(most, f.Max)
	}
	return most
}()

// Guess tells what a file is by its first bytes, "" when it looks like nothing that can be brought.
func Guess(head []byte) string {
	if people.Looks(head) { // before tables of items, which have other columns
		return intake.KindPeople
	}
	if f, ok := formats.Guess(head); ok {
		return f.Kind
	}
	return ""
}

// HeadBytes is how much of a file Guess looks at.
const HeadBytes = 64 << 10

// bytesOf reads what was sent. Errors: NotFound when it is gone from the disk.
func (r *Runner) bytesOf(b intake.Bringing, most int64) ([]byte, error) {
	if b.Size > most {
		return nil, fault.New(fault.Invalid, "fault.import.large", "file", b.File, "mb", most>>20)
	}
	at, err := r.Brought.Open(string(b.By.School), b.SHA256)
	if err != nil {
		return nil, err
	}
	defer at.Close()
	return io.ReadAll(at)
}

// bundle reads a file of items and places it; placeless is how much of it the file puts nowhere.
func (r *Runner) bundle(ctx context.Context, b intake.Bringing) (in, have intake.Bundle, placeless int, err error) {
	f, ok := formats.Find(b.Kind)
	if !ok {
		return in, have, 0, fault.New(fault.Invalid, "fault.bring.kind", "file", b.File)
	}
	body, err := r.bytesOf(b, f.Max)
	if err != nil {
		return in, have, 0, err
	}
	o := bank.Options{File: b.File, Title: b.Place.Title, Licence: b.Place.Licence, Authors: b.Place.Authors, Say: r.Say}
	o.True, o.False = r.TrueFalse()
	if in, err = f.Bundle(body, o); err != nil {
		return in, have, 0, err
	}
	placeless = bank.Placeless(in)
	ask := Ask{Course: b.Place.Course, Skill: b.Place.Skill, Own: string(b.By.Person)}
	own := false
	err = r.Flow.Snapshot(ctx, b.By, func(l *flow.Look) error {
		mine, all, err := intake.CoursesOf(l)
		if own = !all; own {
			ask.May = func(course string) bool { return mine[course] }
		}
		return err
	})
	if err != nil {
		return in, have, 0, err
	}
	in, have, err = Placed(ctx, r.Flow, b.By.School, b.Kind, in, ask)
	in.As = &intake.As{Kind: b.Kind, File: b.File, By: string(b.By.Person), Own: own}
	return in, have, placeless, err
}

// people reads a list of people. class is the name of the class that they join, "" for none.
func (r *Runner) people(ctx context.Context, b intake.Bringing) (in intake.PeopleList, class string, err error) {
	body, err := r.bytesOf(b, people.MaxFile)
	if err != nil {
		return in, "", err
	}
	if in, err = people.ReadList(b.File, body); err != nil || b.Place.Class == "" {
		return in, "", err
	}
	err = r.Flow.Snapshot(ctx, access.Actor{School: b.By.School, System: true}, func(l *flow.Look) error {
		row, ok, err := store.Optional(l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(b.Place.Class)}))
		if err == nil && !ok {
			err = fault.New(fault.NotFound, "fault.not_found")
		}
		class = row.Name
		return err
	})
	return in, class, err
}

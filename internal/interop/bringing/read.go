package bringing

import (
	"bytes"
	"context"
	"io"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/formats"
	"kith/internal/interop/people"
	"kith/internal/interop/source"
	"kith/internal/interop/standards"
	"kith/internal/roster"
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

// read reads a file of items; the file that it gives is closed when nothing of the bundle is wanted any more.
func (r *Runner) read(b intake.Bringing, f formats.Format, o bank.Options) (intake.Bundle, io.Closer, error) {
	if f.From != nil {
		if b.Size > f.Max {
			return intake.Bundle{}, nil, fault.New(fault.Invalid, "fault.import.large", "file", b.File, "mb", f.Max>>20)
		}
		at, err := r.Brought.Open(string(b.By.School), b.SHA256)
		if err != nil {
			return intake.Bundle{}, nil, err
		}
		in, err := f.BundleFrom(at, b.Size, o)
		return in, at, err
	}
	body, err := r.bytesOf(b, f.Max)
	if err != nil {
		return intake.Bundle{}, nil, err
	}
	in, err := f.Bundle(body, o)
	return in, io.NopCloser(nil), err
}

// Guess tells what a file that lies among what was brought is: by its first bytes, and for an archive by the names of what it holds.
func (r *Runner) Guess(school roster.SchoolID, hash string, size int64, head []byte) string {
	kind := Guess(head)
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return kind
	}
	at, err := r.Brought.Open(string(school), hash)
	if err != nil {
		return kind
	}
	defer at.Close()
	z, err := source.OpenZip("", at, size, MaxFile*8, MaxFile*8)
	if err != nil {
		return kind // whoever reads it says why
	}
	if standards.Holds(z.Names()) {
		return intake.KindStandards
	}
	if f, ok := formats.Holding(z.Names()); ok {
		return f.Kind
	}
	return kind
}

// standards reads an archive of a framework of standards.
func (r *Runner) standards(b intake.Bringing) (intake.Framework, error) {
	body, err := r.bytesOf(b, standards.MaxFile)
	if err != nil {
		return intake.Framework{}, err
	}
	return standards.Zipped(b.File, body)
}

// bundle reads a file of items and places it; placeless is how much of it the file puts nowhere. Whoever calls it closes what it
// gives, unless there is an error.
func (r *Runner) bundle(ctx context.Context, b intake.Bringing) (in, have intake.Bundle, placeless int, open io.Closer, err error) {
	f, ok := formats.Find(b.Kind)
	if !ok {
		return in, have, 0, nil, fault.New(fault.Invalid, "fault.bring.kind", "file", b.File)
	}
	defer func() {
		if err != nil && open != nil {
			_ = open.Close()
		}
	}()
	o := bank.Options{File: b.File, Title: b.Place.Title, Licence: b.Place.Licence, Authors: b.Place.Authors, Say: r.Say}
	o.True, o.False = r.TrueFalse()
	if in, open, err = r.read(b, f, o); err != nil {
		return in, have, 0, open, err
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
		return in, have, 0, open, err
	}
	in, have, err = Placed(ctx, r.Flow, b.By.School, b.Kind, in, ask)
	in.As = &intake.As{Kind: b.Kind, File: b.File, By: string(b.By.Person), Own: own}
	return in, have, placeless, open, err
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

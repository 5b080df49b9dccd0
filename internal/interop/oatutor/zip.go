package oatutor

import (
	"bytes"
	"io"
	"path"
	"slices"
	"strings"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/source"
)

// Kind is the name of the format.
const Kind = "oatutor"

// The bounds of an archive with a course in it.
const (
	MaxFile = 64 * source.MB
	maxHeld = 320 * source.MB
)

// Zipped reads an archive's bytes; see From.
func Zipped(b []byte, o bank.Options) (intake.Bundle, error) {
	return From(bytes.NewReader(b), int64(len(b)), o)
}

// From reads an archive (zip) of a course's files where it stands: COURSE.jsonl.gz and coursePlans.json, with COURSE-figures.tar or
// the figures in folders of their problems, and OpenStax's sections.json and prerequisites.csv where they came along. Folders make
// no difference. Of several courses each is brought by itself. Errors: Invalid, naming the file and what is missing.
func From(at io.ReaderAt, size int64, o bank.Options) (intake.Bundle, error) {
	z, err := source.OpenZip(o.File, at, size, maxFigures, maxHeld)
	if err != nil {
		return intake.Bundle{}, err
	}
	var courses []string
	byBase := map[string]string{}
	for _, n := range z.Names() {
		byBase[path.Base(n)] = n
		if isCourse(n) {
			courses = append(courses, n)
		}
	}
	switch {
	case len(courses) == 0 || byBase[plansName] == "":
		return intake.Bundle{}, fault.New(fault.Invalid, "fault.import.oatutor.lacks", "file", o.File)
	case len(courses) > 1:
		return intake.Bundle{}, fault.New(fault.Invalid, "fault.import.oatutor.several", "file", o.File, "courses", strings.Join(courses, ", "))
	}
	f := Files{Course: path.Base(courses[0])}
	for _, part := range []struct {
		to   *[]byte
		name string
		max  int64
	}{{&f.Problems, courses[0], maxPacked}, {&f.Plans, byBase[plansName], maxPlans}, {&f.Sections, byBase["sections.json"], maxSections}, {&f.Edges, byBase["prerequisites.csv"], maxSections},
		{&f.Figures, byBase[stem(f.Course)+"-figures.tar"], maxFigures}} {
		if part.name == "" {
			continue
		}
		b, err := z.Read(part.name)
		if err != nil {
			return intake.Bundle{}, err
		}
		if int64(len(b)) > part.max {
			return intake.Bundle{}, fault.New(fault.Invalid, "fault.import.large", "file", path.Base(part.name), "mb", part.max/source.MB)
		}
		*part.to = b
	}
	f.loose = map[string][]byte{}
	for _, n := range z.Names() {
		if !slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif"}, strings.ToLower(path.Ext(n))) {
			continue
		}
		if f.loose[path.Join(path.Base(path.Dir(n)), path.Base(n))], err = z.Read(n); err != nil {
			return intake.Bundle{}, err
		}
	}
	return Read(f, nil)
}

const plansName = "coursePlans.json"

func isCourse(name string) bool {
	return strings.HasSuffix(name, ".jsonl.gz") || strings.HasSuffix(name, ".jsonl")
}

func stem(course string) string {
	return strings.TrimSuffix(strings.TrimSuffix(course, ".gz"), ".jsonl")
}

// Holds reports whether an archive with these names in it looks like one of a course's.
func Holds(names []string) bool {
	return slices.ContainsFunc(names, isCourse) && slices.ContainsFunc(names, func(n string) bool { return path.Base(n) == plansName })
}

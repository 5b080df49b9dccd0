package bringing

import (
	"io"
	"regexp"
	"strings"

	"kith/internal/fault"
	"kith/internal/flow/export"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/formats"
)

// Written is a unit as a file.
type Written struct {
	Name   string // of the file
	Type   string
	Body   []byte
	Report intake.Report // what was written counts as taken; Doubts would come back otherwise than they went
}

// Write writes a unit that the flow has handed out. Errors: Invalid for a format that Kith does not write; those of pictures that
// are gone from the disk, since the file would be written without them.
func (r *Runner) Write(out export.Out) (Written, error) {
	f, _ := formats.Find(out.Kind)
	if !f.Writes() {
		return Written{}, fault.New(fault.Invalid, "fault.export.kind", "kind", out.Kind, "kinds", formats.Names(true))
	}
	b := out.Bundle
	for i, file := range b.Files {
		at, err := r.Files.Open(out.School, file.SHA256)
		if err != nil {
			return Written{}, err
		}
		b.Files[i].Body, err = io.ReadAll(at)
		at.Close()
		if err != nil {
			return Written{}, err
		}
	}
	w := Written{Name: fileName(out.Title) + "." + f.Ext, Type: f.Type}
	o := bank.Options{File: w.Name, Lang: b.Course.Lang}
	o.True, o.False = r.TrueFalse()
	var left, lost []intake.Record
	w.Body, left, lost = f.Write(b, o)
	w.Report = Exported(out.Kind, b, left, lost)
	return w, nil
}

// Exported is the report of an export: what was written counts as taken.
func Exported(kind string, b intake.Bundle, left, lost []intake.Record) intake.Report {
	r := intake.Report{Kind: kind, Source: b.Source, Export: true, Doubts: lost}
	out := map[string]bool{}
	for _, l := range left {
		out[l.File+"\x00"+l.ID] = true
	}
	for _, it := range b.Items {
		if !out["item\x00"+it.Code] {
			r.Add(intake.Record{File: "item", ID: it.Code, Outcome: intake.Taken})
		}
	}
	for _, l := range b.Lessons {
		if !out["lesson\x00"+l.Code] && !out["lesson\x00"+l.Title] {
			r.Add(intake.Record{File: "lesson", ID: l.Code, Outcome: intake.Taken})
		}
	}
	for _, l := range left {
		r.Add(l)
	}
	return r
}

var unfit = regexp.MustCompile(`[^\p{L}\p{N}]+`)

// fileName is a title that every system takes for a file's name.
func fileName(title string) string {
	name := strings.Trim(unfit.ReplaceAllString(strings.ToLower(title), "-"), "-")
	if r := []rune(name); len(r) > 60 {
		name = string(r[:60])
	}
	if name == "" {
		return "items"
	}
	return name
}

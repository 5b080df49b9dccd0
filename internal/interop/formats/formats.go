// Package formats is the list of the formats in which items come and go, how each is told from the others by what it holds, and
// the proof, at every export, that what was written says what was meant.
//
// In: bytes, or a bundle. Out: a bundle, or bytes with the names of what the format could not carry.
//
// Place in the flow: layer 5, over the readers and writers; commands and pages ask it, so that both know the same formats.
package formats

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/cnxml"
	"kith/internal/interop/gift"
	"kith/internal/interop/graphcsv"
	"kith/internal/interop/itemcsv"
	"kith/internal/interop/itemmd"
	"kith/internal/interop/moodlexml"
	"kith/internal/interop/oatutor"
	"kith/internal/interop/qti"
	"kith/internal/item"
	"kith/internal/phrase"
)

// Format is one format of items: how it is read, and, where Kith writes it, how.
type Format struct {
	Kind     string
	Max      int64  // bytes of a file
	Ext      string // of a file that is written
	Type     string // of a file that is written
	Read     func(b []byte, o bank.Options) (intake.Bundle, error)
	Template func() []byte // nil = there is none

	write  func(in intake.Bundle, o bank.Options) (out []byte, left, lost []intake.Record)
	silent []string // what the format cannot say (intake.Bundle.Silent)
	looks  func(head []byte) bool

	// From, when set, reads a file where it stands, which stays open for as long as the bundle is used: large archives.
	From  func(at io.ReaderAt, size int64, o bank.Options) (intake.Bundle, error)
	holds func(names []string) bool // an archive with these names in it looks like it; nil = its head says so
}

// All are the formats, in the order in which a file is tried against them.
var All = []Format{
	{Kind: moodlexml.Kind, Max: moodlexml.MaxFile, Ext: "xml", Type: "application/xml", Read: moodlexml.Read, write: moodlexml.Write,
		silent: []string{intake.SilentForms, intake.SilentMistakes, intake.SilentArranged, intake.SilentWritten}, looks: func(b []byte) bool { return bytes.Contains(b, []byte("<quiz")) }},
	{Kind: cnxml.Kind, Max: cnxml.MaxFile, Read: cnxml.Book, From: cnxml.From, looks: cnxml.Looks, holds: cnxml.Holds},
	{Kind: oatutor.Kind, Max: oatutor.MaxFile, Read: oatutor.Zipped, From: oatutor.From, looks: func([]byte) bool { return false }, holds: oatutor.Holds},
	{Kind: graphcsv.Kind, Max: graphcsv.MaxFile, Read: graphcsv.Skills, looks: graphcsv.Looks},
	{Kind: qti.Kind, Max: qti.MaxFile, Ext: "zip", Type: "application/zip", Read: qti.Read, write: qti.Write, silent: []string{intake.SilentForms}, looks: qti.Looks},
	{Kind: gift.Kind, Max: gift.MaxFile, Ext: "gift", Type: "text/plain; charset=utf-8", Read: gift.Read, write: gift.Write,
		silent: []string{intake.SilentHints, intake.SilentOrder, intake.SilentForms, intake.SilentMistakes, intake.SilentArranged, intake.SilentWritten}, looks: looksGIFT},
	{Kind: itemcsv.Kind, Max: itemcsv.MaxFile, Ext: "csv", Type: "text/csv; charset=utf-8", Read: itemcsv.Read, write: itemcsv.Write, Template: itemcsv.Template,
		silent: []string{}, looks: itemcsv.Looks},
	{Kind: itemmd.Kind, Max: itemmd.MaxFile, Ext: "md", Type: "text/markdown; charset=utf-8", Read: itemmd.Read, write: itemmd.Write, Template: itemmd.Template,
		silent: []string{}, looks: func(b []byte) bool { return bytes.HasPrefix(b, []byte("## ")) || bytes.Contains(b, []byte("\n## ")) }},
}

// looksGIFT: a brace with an answer's sign in it, or a line that only GIFT has.
func looksGIFT(b []byte) bool {
	if bytes.Contains(b, []byte("$CATEGORY:")) || bytes.HasPrefix(b, []byte("::")) || bytes.Contains(b, []byte("\n::")) {
		return true
	}
	for _, mark := range []string{"{=", "{~", "{#", "{T", "{F", "{ =", "{ ~", "{\n=", "{\n~", "{\n\t=", "{\n\t~"} {
		if bytes.Contains(b, []byte(mark)) {
			return true
		}
	}
	return false
}

// maxHead is how much of a file is looked at to tell its format, in bytes.
const maxHead = 64 << 10

// Find is the format of a kind; ok=false for none.
func Find(kind string) (Format, bool) {
	at := slices.IndexFunc(All, func(f Format) bool { return f.Kind == kind })
	if at < 0 {
		return Format{}, false
	}
	return All[at], true
}

// Guess tells a file's format by what it holds; ok=false when it looks like none.
func Guess(b []byte) (Format, bool) {
	head := bytes.TrimPrefix(b[:min(len(b), maxHead)], []byte("\uFEFF"))
	for _, f := range All {
		if f.looks(head) {
			return f, true
		}
	}
	return Format{}, false
}

// Holding tells an archive's format by the names of what it holds; ok=false when it looks like none.
func Holding(names []string) (Format, bool) {
	for _, f := range All {
		if f.holds != nil && f.holds(names) {
			return f, true
		}
	}
	return Format{}, false
}

// Names are the kinds, of those that can be written only if written is set, with commas between.
func Names(written bool) string {
	var out []string
	for _, f := range All {
		if !written || f.Writes() {
			out = append(out, f.Kind)
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// Writes reports whether Kith writes the format.
func (f Format) Writes() bool { return f.write != nil }

// Bundle reads a file as the format, with what the format cannot say noted. Errors are those of Read.
func (f Format) Bundle(b []byte, o bank.Options) (intake.Bundle, error) {
	in, err := f.Read(b, o)
	in.Silent = f.silent
	return in, err
}

// BundleFrom is Bundle for a format that reads a file where it stands (From).
func (f Format) BundleFrom(at io.ReaderAt, size int64, o bank.Options) (intake.Bundle, error) {
	in, err := f.From(at, size, o)
	in.Silent = f.silent
	return in, err
}

// Write writes a course and reads it again. left names what the format has no place for; lost what would come back otherwise than
// it went, with the reason where the writer knows one.
func (f Format) Write(in intake.Bundle, o bank.Options) (out []byte, left, lost []intake.Record) {
	out, left, lost = f.write(in, o)
	named := map[string]bool{}
	for _, r := range slices.Concat(left, lost) {
		named[r.ID] = true
	}
	back, err := f.Read(out, o)
	if err != nil {
		back = intake.Bundle{}
	}
	for _, code := range bank.Differ(in, back) {
		if !named[code] {
			lost = append(lost, intake.Record{File: "item", ID: code, Reason: phrase.Of(unsaid(in, code))})
		}
	}
	return out, left, lost
}

// unsaid is why an item comes back otherwise: for slips that are known by a name and for names of variables no format has a place.
func unsaid(in intake.Bundle, code string) string {
	for _, it := range in.Items {
		near := slices.ContainsFunc(it.Mistakes, func(m item.Mistake) bool { return m.Near != "" })
		if it.Code == code && (near || len(it.Variables) > 0) {
			return "export.near"
		}
		if it.Code == code && it.Context != "" {
			return "export.context"
		}
		if it.Code == code && len(it.Scaffolds) > 0 {
			return "export.steps"
		}
	}
	return "export.differs"
}

// Package standards reads the Common Core State Standards for Mathematics with the coherence map between them.
//
// In: standards.json (code, grade, domain, text …) and, beside it, edges.csv (from, to, kind). Out: a framework as facts,
// with the notice that must be shown wherever a standard's text is, and what could not be taken, with the reason.
//
// Place in the flow: layer 5; it reads, the flow writes. Source: the Coherence Map of Student Achievement Partners (CC0).
package standards

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/source"
	"kith/internal/phrase"
)

// The framework that the files hold. They do not say so themselves; the notice is the one that the standards' public
// licence asks for.
const (
	Code   = "ccss-math"
	Title  = "Common Core State Standards for Mathematics"
	Notice = "© Copyright 2010. National Governors Association Center for Best Practices and Council of Chief State School Officers. All rights reserved."
)

const (
	maxFile = 32 * source.MB // the real one has 0.5
	maxText = 4000           // runes of one standard's text
)

type standard struct {
	Code       string `json:"code"`
	Grade      string `json:"grade"`
	DomainName string `json:"domain_name"`
	Text       string `json:"text"`
}

// Read reads a folder with standards.json and edges.csv, or standards.json itself with edges.csv beside it.
// Errors: Invalid, naming the file and the line.
func Read(at string) (intake.Framework, error) {
	if info, err := os.Stat(at); err == nil && info.IsDir() {
		at = filepath.Join(at, "standards.json")
	}
	list, err := source.Read(at, maxFile)
	if err != nil {
		return intake.Framework{}, err
	}
	f, err := ReadStandards(filepath.Base(at), list)
	if err != nil {
		return intake.Framework{}, err
	}
	beside := filepath.Join(filepath.Dir(at), "edges.csv")
	edges, err := source.Read(beside, maxFile)
	if err != nil {
		return intake.Framework{}, err
	}
	return f, ReadEdges(&f, "edges.csv", edges)
}

// MaxFile is how large an archive with a framework in it may be, in bytes.
const MaxFile = 8 * source.MB

// Zipped reads an archive (zip) that holds standards.json and edges.csv, in whatever folder. Errors: Invalid, naming what is missing
// or cannot be read.
func Zipped(file string, b []byte) (intake.Framework, error) {
	z, err := source.OpenZip(file, bytes.NewReader(b), int64(len(b)), maxFile, 2*maxFile)
	if err != nil {
		return intake.Framework{}, err
	}
	find := func(base string) ([]byte, error) {
		for _, n := range z.Names() {
			if path.Base(n) == base {
				return z.Read(n)
			}
		}
		return nil, fault.New(fault.Invalid, "fault.import.standards.lacks", "file", file, "name", base)
	}
	list, err := find("standards.json")
	if err != nil {
		return intake.Framework{}, err
	}
	edges, err := find("edges.csv")
	if err != nil {
		return intake.Framework{}, err
	}
	f, err := ReadStandards("standards.json", list)
	if err != nil {
		return f, err
	}
	return f, ReadEdges(&f, "edges.csv", edges)
}

// Holds reports whether an archive with these names in it looks like one of a framework's.
func Holds(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return path.Base(n) == "standards.json" })
}

// ReadStandards reads standards.json. Errors: Invalid, naming the line or the standard.
func ReadStandards(file string, b []byte) (intake.Framework, error) {
	f := intake.Framework{Code: Code, Title: Title, Notice: Notice, File: file}
	var list []standard
	if err := source.JSON(file, b, &list); err != nil {
		return f, err
	}
	if len(list) == 0 {
		return f, fault.New(fault.Invalid, "fault.import.empty", "file", file)
	}
	seen := map[string]bool{}
	for i, s := range list {
		s.Text = strings.TrimSpace(html.UnescapeString(s.Text)) // the texts spell some signs as &ne;
		switch {
		case s.Code == "" || len(s.Code) > 40:
			return f, fault.New(fault.Invalid, "fault.import.entry", "file", file, "n", i+1, "what", "code")
		case s.Text == "" || len([]rune(s.Text)) > maxText:
			return f, fault.New(fault.Invalid, "fault.import.entry", "file", file, "n", i+1, "what", "text")
		case seen[s.Code]:
			return f, fault.New(fault.Invalid, "fault.import.twice", "id", s.Code, "file", file)
		}
		seen[s.Code] = true
		f.Standards = append(f.Standards, intake.Standard{Code: s.Code, SchoolYear: s.Grade, Domain: s.DomainName, Text: s.Text})
	}
	return f, nil
}

// ReadEdges adds edges.csv to a framework. An edge to a standard that there is not, an edge that stands twice and one of
// an unknown kind are left out and named in f.Skipped. Errors: Invalid, naming the line.
func ReadEdges(f *intake.Framework, file string, b []byte) error {
	text, err := source.Text(file, b)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, s := range f.Standards {
		known[s.Code] = true
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = 3
	rows, err := r.ReadAll()
	if err != nil {
		line := 1
		var at *csv.ParseError
		if errors.As(err, &at) {
			line = at.Line
		}
		return fault.Wrap(fault.Invalid, err, "fault.import.csv", "file", file, "line", line, "detail", err.Error())
	}
	if len(rows) == 0 || strings.Join(rows[0], ",") != "from,to,kind" {
		return fault.New(fault.Invalid, "fault.import.header", "file", file, "want", "from,to,kind")
	}
	seen := map[intake.StandardEdge]bool{}
	for _, row := range rows[1:] {
		e := intake.StandardEdge{From: row[0], To: row[1], Kind: row[2]}
		skip := func(why phrase.Phrase) {
			f.Skipped = append(f.Skipped, intake.Record{File: file, ID: fmt.Sprintf("%.40s → %.40s", e.From, e.To), Outcome: intake.Skipped, Reason: why})
		}
		switch {
		case e.Kind != intake.Prerequisite && e.Kind != intake.Related:
			skip(phrase.Of("import.standards.kind", "kind", e.Kind))
		case !known[e.From]:
			skip(phrase.Of("import.standards.unknown", "code", e.From))
		case !known[e.To]:
			skip(phrase.Of("import.standards.unknown", "code", e.To))
		case seen[e]:
			skip(phrase.Of("import.twice"))
		default:
			seen[e] = true
			f.Edges = append(f.Edges, e)
		}
	}
	return nil
}

package intake

import (
	"context"
	"errors"
	"strings"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Kinds of edge between standards.
const (
	Prerequisite = "prerequisite"
	Related      = "related"
)

// Framework is a framework of standards as a source has it.
type Framework struct {
	Code      string // e.g. "ccss-math"
	Title     string
	Notice    string // shown wherever a standard's text is
	File      string // the source's name, for the report
	Standards []Standard
	Edges     []StandardEdge
	Skipped   []Record // what the reader could not take, with the reason
}

// Standard is one standard of a framework.
type Standard struct {
	Code       string // unique in its framework, e.g. "6.RP.A.2"
	SchoolYear string // the source's own word: "K", "6", "HS"
	Domain     string
	Text       string
}

// StandardEdge joins two standards of one framework by code.
type StandardEdge struct {
	From, To string
	Kind     string // Prerequisite or Related
}

// ImportStandards makes a school's framework what the source says: new standards are taken, those that differ are changed,
// edges that the source no longer has go. A standard that it no longer has stays, because courses may name it.
// All or nothing. progress (may be nil) hears how many of the records are done.
// Errors: Invalid naming a ring of prerequisites, or a code that stands twice.
func ImportStandards(ctx context.Context, f *flow.Flow, school roster.SchoolID, in Framework, dry bool, progress func(done, all int)) (Report, error) {
	if err := in.check(); err != nil {
		return Report{}, err
	}
	ids, err := importIDs(len(in.Standards))
	if err != nil {
		return Report{}, err
	}
	var report Report
	err = f.Store().Write(ctx, "import", func(ctx context.Context, tx *store.Tx) error {
		report = Report{Kind: "standards", Source: in.Code, DryRun: dry}
		w := &standardsWriter{ctx: ctx, tx: tx, school: string(school), in: in, report: &report, ids: ids, progress: progress}
		if err := w.run(); err != nil {
			return err
		}
		if dry {
			return errDryRun
		}
		return nil
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return report, err
	}
	for _, r := range in.Skipped {
		report.Add(r)
	}
	return report, nil
}

func (in Framework) check() error {
	seen := map[string]bool{}
	for _, s := range in.Standards {
		if seen[s.Code] {
			return fault.New(fault.Invalid, "fault.import.twice", "id", s.Code, "file", in.File)
		}
		seen[s.Code] = true
	}
	var edges []skill.Edge
	for _, e := range in.Edges {
		if e.Kind == Prerequisite {
			edges = append(edges, skill.Edge{From: skill.ID(e.From), To: skill.ID(e.To)})
		}
	}
	if loop := skill.Cycle(edges); loop != nil {
		var said []string
		for _, id := range append(loop, loop[0]) {
			said = append(said, string(id))
		}
		return fault.New(fault.Invalid, "fault.import.cycle", "cycle", strings.Join(said, " → "))
	}
	return nil
}

type standardsWriter struct {
	ctx      context.Context
	tx       *store.Tx
	school   string
	in       Framework
	report   *Report
	ids      []string
	progress func(done, all int)
	done     int
}

func (w *standardsWriter) note(file, id, outcome string, why phrase.Phrase) {
	w.done++
	if w.progress != nil {
		w.progress(w.done, 1+len(w.in.Standards)+len(w.in.Edges))
	}
	w.report.Add(Record{File: file, ID: id, Outcome: outcome, Reason: why})
}

func (w *standardsWriter) run() error {
	was, known, err := store.Optional(w.tx.Framework(w.ctx, db.FrameworkParams{SchoolID: w.school, Code: w.in.Code}))
	if err != nil {
		return err
	}
	outcome := Taken
	switch {
	case known && was.Title == w.in.Title && was.Notice == w.in.Notice:
		outcome = Unchanged
	case known:
		outcome = Changed
	}
	if outcome != Unchanged {
		if err := w.tx.SetFramework(w.ctx, db.SetFrameworkParams{SchoolID: w.school, Code: w.in.Code, Title: w.in.Title, Notice: w.in.Notice}); err != nil {
			return err
		}
	}
	w.note(w.in.File, w.in.Code, outcome, phrase.Phrase{})
	if err := w.standards(); err != nil {
		return err
	}
	return w.edges()
}

func (w *standardsWriter) standards() error {
	rows, err := w.tx.Standards(w.ctx, db.StandardsParams{SchoolID: w.school, Framework: w.in.Code})
	if err != nil {
		return err
	}
	known := map[string]db.Standard{}
	for _, r := range rows {
		known[r.Code] = r
	}
	for i, s := range w.in.Standards {
		id, outcome := w.ids[i], Taken
		if was, ok := known[s.Code]; ok {
			id, outcome = was.ID, Changed
			if was.SchoolYear == s.SchoolYear && was.Domain == s.Domain && was.Text == s.Text {
				outcome = Unchanged
			}
		}
		if outcome != Unchanged {
			if err := w.tx.AddStandard(w.ctx, db.AddStandardParams{SchoolID: w.school, ID: id, Framework: w.in.Code, Code: s.Code,
				SchoolYear: s.SchoolYear, Domain: s.Domain, Text: s.Text}); err != nil {
				return err
			}
		}
		w.note(w.in.File, s.Code, outcome, phrase.Phrase{})
	}
	return nil
}

func (w *standardsWriter) edges() error {
	rows, err := w.tx.StandardEdges(w.ctx, db.StandardEdgesParams{SchoolID: w.school, Framework: w.in.Code})
	if err != nil {
		return err
	}
	left := map[StandardEdge]bool{}
	for _, r := range rows {
		left[StandardEdge{From: r.FromCode, To: r.ToCode, Kind: r.Kind}] = true
	}
	for _, e := range w.in.Edges {
		outcome := Taken
		if left[e] {
			outcome = Unchanged
			delete(left, e)
		} else if _, err := w.tx.AddStandardEdge(w.ctx, db.AddStandardEdgeParams{SchoolID: w.school, Framework: w.in.Code, FromCode: e.From, ToCode: e.To, Kind: e.Kind}); err != nil {
			return err
		}
		w.note("edges.csv", e.From+" → "+e.To, outcome, phrase.Phrase{})
	}
	for _, r := range rows { // in the rows' order, so that the report is the same each time
		e := StandardEdge{From: r.FromCode, To: r.ToCode, Kind: r.Kind}
		if !left[e] {
			continue
		}
		if _, err := w.tx.DropStandardEdge(w.ctx, db.DropStandardEdgeParams{SchoolID: w.school, Framework: w.in.Code, FromCode: e.From, ToCode: e.To, Kind: e.Kind}); err != nil {
			return err
		}
		w.note("edges.csv", e.From+" → "+e.To, Changed, phrase.Of("import.standards.gone"))
	}
	return nil
}

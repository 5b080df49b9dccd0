package graphcsv

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"slices"
	"strings"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// Kind is the name of the format.
const Kind = "graph"

// Source says of an edge that a table of prerequisites claims it.
const Source = "graph csv"

// mostUntangled is in how many lines a ring is looked for line by line; a larger table with a ring is refused.
const mostUntangled = 4_000

// Looks reports whether the head of a file is the header of such a table.
func Looks(head []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimPrefix(head, []byte("\uFEFF")), []byte("\n"))
	names, err := csv.NewReader(bytes.NewReader(line)).Read()
	if err != nil || len(names) != 2 {
		return false
	}
	for i, n := range names {
		names[i] = strings.ToLower(strings.TrimSpace(n))
	}
	slices.Sort(names)
	return names[0] == "from" && names[1] == "to"
}

// Skills reads a table as a course of skills alone: each name is a skill and an objective, each line a prerequisite. A line that
// stands twice or that would lead in a ring is left out and named. Errors are those of Read.
func Skills(b []byte, o bank.Options) (intake.Bundle, error) {
	c, err := Read(o.File, b)
	if err != nil {
		return intake.Bundle{}, err
	}
	title := o.Title
	if title == "" {
		title = strings.TrimSuffix(filepath.Base(o.File), filepath.Ext(o.File))
	}
	out := intake.Bundle{Source: Kind + "/" + strings.ToLower(title), Licence: o.Licence, Attribution: o.Authors}
	out.Course = skill.Course{ID: skill.CourseID(strings.ToLower(title)), Title: title, Lang: o.Lang}
	if out.Course.Lang == "" {
		out.Course.Lang = phrase.Default
	}
	for _, s := range c.Skills {
		s.Title = s.Code
		out.Course.Skills = append(out.Course.Skills, s)
		out.Course.Objectives = append(out.Course.Objectives, skill.Objective{ID: skill.ObjectiveID(s.ID), Code: s.Code, Title: s.Code, ICan: s.Code, Skills: []skill.ID{s.ID}})
	}
	seen := map[[2]skill.ID]bool{}
	skip := func(e skill.Edge, why string) {
		out.Skipped = append(out.Skipped, intake.Record{File: o.File, ID: string(e.From) + " → " + string(e.To), Outcome: intake.Skipped, Reason: phrase.Of(why)})
	}
	_, whole := skill.Lenient(c)
	ring := len(whole.Cycles) > 0
	if ring && len(c.Edges) > mostUntangled {
		var said []string
		for _, id := range append(whole.Cycles[0], whole.Cycles[0][0]) {
			said = append(said, string(id))
		}
		return out, fault.New(fault.Invalid, "fault.skill.cycle", "cycle", short(strings.Join(said, " → ")))
	}
	for _, e := range c.Edges {
		pair := [2]skill.ID{e.From, e.To}
		switch e.Source = Source; {
		case seen[pair]:
			skip(e, "import.twice")
		case ring && skill.Cycle(append(slices.Clone(out.Course.Edges), e)) != nil:
			skip(e, "import.graph.ring")
		default:
			seen[pair] = true
			out.Course.Edges = append(out.Course.Edges, e)
		}
	}
	return out, nil
}

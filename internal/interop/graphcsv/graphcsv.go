// Package graphcsv reads a prerequisite graph that somebody holds as CSV.
//
// In: a file with the header from,to (in either order) and one edge a line: from is learned before to. Out: a course whose
// skills are the names in the order in which they come, with the edges as they stand: cycles, repetitions and all, which
// package skill untangles. Other columns are refused rather than passed over, because a column such as "kind" may say that a
// line is no prerequisite at all.
//
// Place in the flow: layer 5; the benches read with it.
package graphcsv

import (
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"kith/internal/fault"
	"kith/internal/interop/source"
	"kith/internal/skill"
)

// Bounds of a file. Chosen by us: ten times the largest published map of skills.
const (
	MaxFile = 8 * source.MB
	MaxName = 200 // bytes of a skill's name
)

// Load reads a file. Errors: Invalid, naming what is wrong and where.
func Load(name string) (skill.Course, error) {
	b, err := source.Read(name, MaxFile)
	if err != nil {
		return skill.Course{}, err
	}
	return Read(name, b)
}

// Read reads the bytes of a file. Errors: Invalid, naming what is wrong and where: another header, a line that cannot be
// read, an empty or overlong name, no edge at all.
func Read(name string, b []byte) (skill.Course, error) {
	c := skill.Course{}
	text, err := source.Text(name, b)
	if err != nil {
		return c, err
	}
	file := filepath.Base(name)
	if strings.TrimSpace(text) == "" {
		return c, fault.New(fault.Invalid, "fault.graph.empty", "file", file)
	}
	in := csv.NewReader(strings.NewReader(text))
	in.ReuseRecord = true
	head, err := in.Read()
	if err != nil {
		return c, broken(file, err)
	}
	names := make([]string, len(head))
	for i, n := range head {
		names[i] = strings.ToLower(strings.TrimSpace(n))
	}
	from, to := slices.Index(names, "from"), slices.Index(names, "to")
	if len(names) != 2 || from < 0 || to < 0 {
		return c, fault.New(fault.Invalid, "fault.graph.columns", "file", file, "found", short(strings.Join(names, ",")))
	}
	met := map[skill.ID]bool{}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return c, broken(file, err)
		}
		var ends [2]skill.ID
		for k, at := range [2]int{from, to} {
			v := strings.TrimSpace(record[at])
			if v == "" || len(v) > MaxName {
				line, _ := in.FieldPos(at)
				return c, fault.New(fault.Invalid, "fault.graph.name", "file", file, "line", line, "column", names[at], "value", short(v))
			}
			ends[k] = skill.ID(v)
			if !met[ends[k]] {
				met[ends[k]] = true
				c.Skills = append(c.Skills, skill.Skill{ID: ends[k], Code: v})
			}
		}
		c.Edges = append(c.Edges, skill.Edge{From: ends[0], To: ends[1]})
	}
	if len(c.Edges) == 0 {
		return c, fault.New(fault.Invalid, "fault.graph.empty", "file", file)
	}
	return c, nil
}

func broken(file string, err error) error {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return fault.Wrap(fault.Invalid, err, "fault.graph.broken", "file", file, "line", p.Line, "detail", p.Err.Error())
	}
	return fault.Wrap(fault.Invalid, err, "fault.graph.broken", "file", file, "line", 1, "detail", err.Error())
}

// short keeps a quoted value readable.
func short(s string) string {
	r := []rune(s)
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

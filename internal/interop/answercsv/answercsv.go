// Package answercsv reads a log of answers that somebody holds as CSV, plain or gzipped.
//
// In: a file with the header user,item,skill,correct and perhaps ts; other columns are passed over. Several skills in one
// cell are parted by ";", an empty cell means that the item stands for its own skill. Rows of one user stand in order;
// users may be interleaved. correct is 0 or 1; ts is seconds or, above 10^11, milliseconds since 1970, or a date and time.
// Out: answers.Log, or a refusal that names file, line, column and value.
//
// Place in the flow: layer 5; the benches read with it.
package answercsv

import (
	"encoding/csv"
	"errors"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"kith/internal/answers"
	"kith/internal/fault"
	"kith/internal/interop/source"
)

// MaxFile is how large a file may be, packed or not. Chosen by us: ten million answers of 100 bytes.
const MaxFile = 1024 * source.MB

// Load reads a file. Errors: Invalid, naming what is wrong and where.
func Load(name string) (*answers.Log, error) {
	b, err := source.Read(name, MaxFile)
	if err != nil {
		return nil, err
	}
	return Read(name, b)
}

// Read reads the bytes of a file, unpacking them when they are gzipped. Errors: Invalid, naming what is wrong and where.
func Read(name string, b []byte) (*answers.Log, error) {
	if len(b) > 2 && b[0] == 0x1f && b[1] == 0x8b {
		var err error
		if b, err = source.Gunzip(name, b, MaxFile); err != nil {
			return nil, err
		}
	}
	text, err := source.Text(name, b)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) == "" {
		return nil, fault.New(fault.Invalid, "fault.answers.empty", "file", filepath.Base(name))
	}
	t := &table{file: filepath.Base(name), csv: csv.NewReader(strings.NewReader(text)), build: answers.NewBuilder()}
	t.csv.ReuseRecord = true
	if err := t.header(); err != nil {
		return nil, err
	}
	for {
		record, err := t.csv.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, t.broken(err)
		}
		if err := t.row(record); err != nil {
			return nil, err
		}
	}
	log, err := t.build.Log()
	if err != nil {
		return nil, fault.New(fault.Invalid, "fault.answers.empty", "file", t.file)
	}
	return log, nil
}

// table is a file on its way to a log.
type table struct {
	file  string
	csv   *csv.Reader
	build *answers.Builder

	user, item, skill, correct, ts int // columns; ts is -1 when there is none
	skills                         []string
}

func (t *table) broken(err error) error {
	var at *csv.ParseError
	if !errors.As(err, &at) {
		return err
	}
	return fault.Wrap(fault.Invalid, err, "fault.answers.broken", "file", t.file, "line", at.Line, "detail", at.Err.Error())
}

func (t *table) header() error {
	record, err := t.csv.Read()
	if err != nil {
		return t.broken(err)
	}
	names := make([]string, len(record))
	for i, n := range record {
		names[i] = strings.ToLower(strings.TrimSpace(n))
	}
	for _, c := range []struct {
		name string
		into *int
	}{{"user", &t.user}, {"item", &t.item}, {"skill", &t.skill}, {"correct", &t.correct}, {"ts", &t.ts}} {
		*c.into = slices.Index(names, c.name)
		if *c.into < 0 && c.name != "ts" {
			return fault.New(fault.Invalid, "fault.answers.column", "file", t.file, "column", c.name, "found", short(strings.Join(names, ",")))
		}
		if *c.into >= 0 && slices.Contains(names[*c.into+1:], c.name) {
			return fault.New(fault.Invalid, "fault.answers.column_twice", "file", t.file, "column", c.name)
		}
	}
	return nil
}

func (t *table) row(record []string) error {
	user, item, skill := strings.TrimSpace(record[t.user]), strings.TrimSpace(record[t.item]), strings.TrimSpace(record[t.skill])
	if user == "" {
		return t.cell(record, t.user, "user", "fault.answers.none")
	}
	if item == "" {
		return t.cell(record, t.item, "item", "fault.answers.none")
	}
	t.skills = t.skills[:0]
	if skill != "" {
		for s := range strings.SplitSeq(skill, ";") {
			s = strings.TrimSpace(s)
			if s == "" {
				return t.cell(record, t.skill, "skill", "fault.answers.skill")
			}
			t.skills = append(t.skills, s)
		}
	}
	right, err := strconv.ParseFloat(strings.TrimSpace(record[t.correct]), 64)
	if err != nil || right != 0 && right != 1 {
		return t.cell(record, t.correct, "correct", "fault.answers.correct")
	}
	at, ok := int64(0), true
	if t.ts >= 0 {
		if at, ok = instant(strings.TrimSpace(record[t.ts])); !ok {
			return t.cell(record, t.ts, "ts", "fault.answers.ts")
		}
	}
	return t.build.Add(user, item, t.skills, right == 1, at)
}

// cell refuses the cell of a column in the row just read, in the words of code.
func (t *table) cell(record []string, column int, name, code string) error {
	line, _ := t.csv.FieldPos(column)
	return fault.New(fault.Invalid, code, "file", t.file, "line", line, "column", name, "value", short(record[column]))
}

// instant is a cell's time in ms since 1970; an empty cell is 0, not known. Above 10^11 a number counts milliseconds: as
// seconds that would be the year 5138.
func instant(cell string) (ms int64, ok bool) {
	if cell == "" {
		return 0, true
	}
	if v, err := strconv.ParseFloat(cell, 64); err == nil {
		if v <= 1e11 {
			v *= 1000
		}
		if math.IsNaN(v) || v < 0 || v > 1e15 {
			return 0, false
		}
		return int64(v), true
	}
	for _, layout := range []string{time.DateTime, time.RFC3339, "2006-01-02T15:04:05"} {
		if at, err := time.Parse(layout, cell); err == nil && at.UnixMilli() >= 0 {
			return at.UnixMilli(), true
		}
	}
	return 0, false
}

// short is a value as it may stand in a sentence.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// Package itemcsv reads and writes items as a table that people fill in with a spreadsheet, and gives the empty table.
//
// In: CSV with a first line that names its columns, in UTF-8 or in the UTF-16 that spreadsheets write, with commas, semicolons or
// tabs between the cells. Out: an intake.Bundle, and every line that was not taken with the reason; the other way round, a course
// as such a table. docs/items-csv.md says what each column holds.
//
// A spreadsheet takes a cell that begins with "=", "+", "-" or "@" for a formula, and 1/2 for a day in January: such cells are
// written with an apostrophe before them, and one apostrophe at the beginning of a cell is passed over.
//
// Place in the flow: layer 5, over bank and markdown; it reads and writes, the flow stores.
package itemcsv

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/source"
	"kith/internal/phrase"
)

// Kind is the name of the format.
const Kind = "csv"

// The bounds of a file.
const (
	MaxFile    = 32 * source.MB
	maxLines   = 40_000
	maxColumns = 200
	maxAnswers = 20 // 12 answers (item.Check), and 8 groups or orders that stand alone
	maxHints   = 10

	maxCriteria = 6
)

// columns are the names that may stand in the first line; those that end in # stand with a number.
var columns = []string{"id", "folder", "name", "kind", "text", "right", "axes", "unit", "off", "form", "answer #", "into #", "area #", "say #", "mistake #", "pattern", "exact", "rubric #", "solution", "hint #", "step #", "tags", "order", "minutes"}

// Read reads a file's bytes. Errors: Invalid for what is no table of this kind, naming line or column; Unavailable when the build
// holds no mathematics.
func Read(b []byte, o bank.Options) (intake.Bundle, error) {
	if len(b) > MaxFile {
		return intake.Bundle{}, fault.New(fault.Invalid, "fault.import.large", "file", o.File, "mb", MaxFile/source.MB)
	}
	text, err := source.Text(o.File, fromUTF16(b))
	if err != nil {
		return intake.Bundle{}, err
	}
	r := reader{b: bank.New(Kind, o), table: csv.NewReader(strings.NewReader(text))}
	r.table.Comma, r.table.FieldsPerRecord = separator(text), -1
	if rest, ok := strings.CutPrefix(text, "sep="); ok && len(rest) > 1 && strings.ContainsRune(",;\t", rune(rest[0])) {
		_, _ = r.table.Read() // the line that tells a spreadsheet what stands between the cells
	}
	for {
		row, err := r.table.Read()
		if err == io.EOF {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return intake.Bundle{}, fault.Wrap(fault.Invalid, err, "fault.import.csv", "file", filepath.Base(o.File), "line", bad.Line, "detail", bad.Err.Error())
		}
		if err == nil {
			err = r.row(row)
		}
		if err != nil {
			return intake.Bundle{}, err
		}
	}
	return r.b.Bundle()
}

// fromUTF16 is text in UTF-16 with a byte order mark as UTF-8; anything else is as it was.
func fromUTF16(b []byte) []byte {
	little := bytes.HasPrefix(b, []byte{0xFF, 0xFE})
	if !little && !bytes.HasPrefix(b, []byte{0xFE, 0xFF}) || len(b)%2 != 0 {
		return b
	}
	units := make([]uint16, 0, len(b)/2)
	for i := 2; i+1 < len(b); i += 2 {
		high, low := b[i], b[i+1]
		if little {
			high, low = low, high
		}
		units = append(units, uint16(high)<<8|uint16(low))
	}
	return []byte(string(utf16.Decode(units)))
}

// separator is what stands between the cells: of comma, semicolon and tab the one that stands most often in the line of names.
func separator(text string) rune {
	best, most := ',', 0
	for n, line := range strings.SplitN(text, "\n", 20) {
		if rest, ok := strings.CutPrefix(line, "sep="); ok && n == 0 && rest != "" && strings.IndexByte(",;\t", rest[0]) >= 0 {
			return rune(rest[0])
		}
		for _, sep := range []rune{',', ';', '\t'} {
			if k := strings.Count(line, string(sep)); k > most && strings.Contains(strings.ToLower(line), "text") {
				best, most = sep, k
			}
		}
		if most > 0 {
			break
		}
	}
	return best
}

type reader struct {
	b     *bank.Bank
	table *csv.Reader
	at    map[string]int // the columns by name; nil before the line of names
	lines int
}

// row takes a line: one of the head, the names, or an entry.
func (r *reader) row(cells []string) error {
	line, _ := r.table.FieldPos(0)
	if r.lines++; r.lines > maxLines {
		return fault.New(fault.Invalid, "fault.import.many", "file", r.b.Options().File, "most", maxLines)
	}
	empty := true
	for _, c := range cells {
		empty = empty && strings.TrimSpace(c) == ""
	}
	switch {
	case empty || r.at == nil && r.b.Note(cells[0]):
		return nil
	case r.at == nil:
		return r.names(cells)
	case len(cells) > maxColumns:
		r.b.Skip(bank.At{Line: line}, phrase.Of("import.csv.cells", "n", len(cells)))
		return nil
	}
	e := entry{reader: r, cells: cells}
	return e.read(line)
}

var numbered = regexp.MustCompile(`^([a-z]+) ?(\d{1,2})$`)

// names learns the columns. Errors: Invalid naming a column that is unknown or stands twice, or the lack of text.
func (r *reader) names(cells []string) error {
	r.at = map[string]int{}
	for i, c := range cells {
		name := strings.Join(strings.Fields(strings.NewReplacer("_", " ", "-", " ").Replace(strings.ToLower(c))), " ")
		if name == "" {
			continue
		}
		known := name
		if m := numbered.FindStringSubmatch(name); m != nil {
			n, _ := strconv.Atoi(m[2])
			name, known = m[1]+" "+strconv.Itoa(n), m[1]+" #"
		}
		there := false
		for _, k := range columns {
			there = there || k == known
		}
		if _, twice := r.at[name]; twice || !there || len(r.at) >= maxColumns {
			return fault.New(fault.Invalid, "fault.import.people.column", "file", r.b.Options().File, "column", short(c), "columns", strings.Join(columns, ", "))
		}
		r.at[name] = i
	}
	if _, ok := r.at["text"]; !ok {
		return fault.New(fault.Invalid, "fault.import.header", "file", r.b.Options().File, "want", strings.Join(columns, ", "))
	}
	return nil
}

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// Looks reports whether the beginning of a file looks like a table of items: one of its first lines names columns.
func Looks(head []byte) bool {
	text := strings.ToLower(string(fromUTF16(head[:len(head)&^1])))
	for _, line := range strings.SplitN(text, "\n", 20) {
		names := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;\t\r\"", r) })
		found := 0
		for _, n := range names {
			switch strings.TrimSpace(n) {
			case "text", "kind", "right", "answer 1", "folder":
				found++
			}
		}
		if found >= 2 {
			return true
		}
	}
	return false
}

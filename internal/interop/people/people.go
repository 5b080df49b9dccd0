// Package people reads lists of people: a table (CSV) or pasted names.
//
// In: a file in UTF-8. A table's first line names its columns, given, family, role, login and guardian_of in any order, of
// which only given is needed; cells are parted by commas, semicolons or tabs. Anything else is pasted names, one a line:
// "Amina Haddad" or "Haddad, Amina". Out: people as facts, and the lines that are nobody, with the reason.
//
// Place in the flow: layer 5; it reads, the flow writes.
package people

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/source"
	"kith/internal/phrase"
	"kith/internal/roster"
)

// Limits of a list: a large school, and no line that is a book.
const (
	maxFile   = 4 * source.MB
	maxLine   = 4096 // bytes
	maxPeople = 5_000
)

var columns = []string{"given", "family", "role", "login", "guardian_of"}

// Read reads a file. Errors: Invalid, naming the file and the line.
func Read(path string) (intake.PeopleList, error) {
	b, err := source.Read(path, maxFile)
	if err != nil {
		return intake.PeopleList{}, err
	}
	return ReadList(filepath.Base(path), b)
}

// ReadList reads a list. Errors: Invalid, naming the line.
func ReadList(file string, b []byte) (intake.PeopleList, error) {
	list := intake.PeopleList{File: file}
	text, err := source.Text(file, b)
	if err != nil {
		return list, err
	}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		if len(line) > maxLine {
			return list, fault.New(fault.Invalid, "fault.import.long_line", "file", file, "line", i+1, "kb", maxLine/1024)
		}
	}
	if mark, ok := tableMark(lines); ok {
		err = table(&list, text, mark)
	} else {
		names(&list, lines)
	}
	switch {
	case err != nil:
		return list, err
	case len(list.People)+len(list.Skipped) == 0:
		return list, fault.New(fault.Invalid, "fault.import.empty", "file", file)
	case len(list.People) > maxPeople:
		return list, fault.New(fault.Invalid, "fault.import.many", "file", file, "most", maxPeople)
	}
	return list, nil
}

// Looks reports whether a file looks like a table of people: its first line names the columns. A bare list of names looks like
// anything.
func Looks(head []byte) bool {
	_, ok := tableMark(strings.Split(string(head), "\n"))
	return ok
}

// MaxFile is how long a list may be, in bytes.
const MaxFile = maxFile

// tableMark is what parts the cells of a table; ok=false when the first line that is not empty names no columns.
func tableMark(lines []string) (mark rune, ok bool) {
	for _, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		for _, mark := range ",;\t" {
			for _, cell := range strings.Split(line, string(mark)) {
				if head(cell) == "given" {
					return mark, true
				}
			}
		}
		return 0, false
	}
	return 0, false
}

func head(cell string) string {
	return strings.ToLower(strings.Trim(strings.TrimSpace(cell), `"`))
}

func table(list *intake.PeopleList, text string, mark rune) error {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = mark
	r.FieldsPerRecord = -1
	at := map[string]int{}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			line := 1
			var where *csv.ParseError
			if errors.As(err, &where) {
				line = where.Line
			}
			return fault.Wrap(fault.Invalid, err, "fault.import.csv", "file", list.File, "line", line, "detail", err.Error())
		}
		line, _ := r.FieldPos(0)
		if len(at) == 0 {
			for i, cell := range row {
				name := head(cell)
				if !slices.Contains(columns, name) || at[name] > 0 {
					return fault.New(fault.Invalid, "fault.import.people.column", "file", list.File, "column", fmt.Sprintf("%.40s", cell), "columns", strings.Join(columns, ", "))
				}
				at[name] = i + 1
			}
			continue
		}
		if len(row) != len(at) {
			return fault.New(fault.Invalid, "fault.import.people.cells", "file", list.File, "line", line, "n", len(row), "want", len(at))
		}
		cell := func(name string) string {
			if at[name] == 0 {
				return ""
			}
			return strings.TrimSpace(row[at[name]-1])
		}
		if strings.TrimSpace(strings.Join(row, "")) != "" {
			take(list, line, cell("given"), cell("family"), cell("role"), cell("login"), cell("guardian_of"))
		}
	}
}

// take adds a row that is somebody and names one that is not.
func take(list *intake.PeopleList, line int, given, family, role, login, children string) {
	called := strings.TrimSpace(given + " " + family)
	n, err := roster.MakeName(given, family)
	if err != nil {
		skip(list, called, phrase.Of("import.people.name", "line", line))
		return
	}
	p := intake.ListedPerson{Line: line, Name: n, Role: roster.Learner, Login: login}
	if role != "" {
		p.Role = roster.Role(strings.ToLower(role))
	}
	if p.Role != roster.Learner && p.Role != roster.Teacher && p.Role != roster.Guardian {
		skip(list, called, phrase.Of("import.people.role", "line", line, "role", role))
		return
	}
	if children != "" && p.Role != roster.Guardian {
		skip(list, called, phrase.Of("import.people.no_guardian", "line", line))
		return
	}
	for _, child := range strings.Split(children, "|") {
		if strings.TrimSpace(child) == "" {
			continue
		}
		c, err := roster.ReadName(child)
		if err != nil {
			skip(list, called, phrase.Of("import.people.child", "line", line, "child", strings.TrimSpace(child)))
			return
		}
		p.GuardianOf = append(p.GuardianOf, c)
	}
	list.People = append(list.People, p)
}

func skip(list *intake.PeopleList, called string, why phrase.Phrase) {
	if called = fmt.Sprintf("%.60s", called); called == "" {
		called = "—"
	}
	list.Skipped = append(list.Skipped, intake.Record{File: list.File, ID: called, Outcome: intake.Skipped, Reason: why})
}

func names(list *intake.PeopleList, lines []string) {
	for i, line := range lines {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		n, err := roster.ReadName(line)
		if err != nil {
			skip(list, line, phrase.Of("import.people.name", "line", i+1))
			continue
		}
		list.People = append(list.People, intake.ListedPerson{Line: i + 1, Name: n, Role: roster.Learner})
	}
}

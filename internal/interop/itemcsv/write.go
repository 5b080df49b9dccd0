package itemcsv

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"regexp"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/markdown"
	"kith/internal/phrase"
)

// maxCell is how many signs a spreadsheet keeps in one cell; what is longer it cuts off without a word (Excel, since 2007).
const maxCell = 32_767

//go:embed template.csv
var template []byte

// Template is a table with one line of each kind, for people to overwrite.
func Template() []byte { return bytes.Clone(template) }

// Write writes a course. left names what the table has no place for, lost what was written without a part of it.
func Write(in intake.Bundle, o bank.Options) (out []byte, left, lost []intake.Record) {
	g := bank.Entries(Kind, in)
	w := writer{files: map[string]intake.BundleFile{}}
	for _, f := range in.Files {
		w.files[f.Code] = f
	}
	var rows []map[string]string
	for _, d := range g.Entries {
		row, why := w.row(d)
		if why.Code != "" {
			g.Leave(d, why)
			continue
		}
		for _, s := range row {
			if len(s) > maxCell {
				g.Lose(d, phrase.Of("export.cell", "most", maxCell))
				break
			}
		}
		if len(d.Forms()) > 0 {
			g.Lose(d, phrase.Of("export.forms"))
		}
		rows = append(rows, row)
	}
	var b bytes.Buffer
	b.WriteString("\uFEFF") // by which a spreadsheet knows UTF-8
	t := csv.NewWriter(&b)
	for _, l := range g.Head.Lines() {
		_ = t.Write([]string{l}) // a buffer takes all
	}
	names := used(rows)
	_ = t.Write(names)
	for _, row := range rows {
		cells := make([]string, len(names))
		for i, n := range names {
			cells[i] = guarded(row[n])
		}
		_ = t.Write(cells)
	}
	t.Flush()
	return b.Bytes(), g.Left, g.Lost
}

// used are the columns that any line needs, in order, and those that every table has.
func used(rows []map[string]string) []string {
	most := map[string]int{"answer": 4, "say": 4}
	need := map[string]bool{"id": true, "folder": true, "name": true, "kind": true, "text": true, "right": true, "unit": true, "solution": true}
	for _, row := range rows {
		for name, s := range row {
			if s == "" {
				continue
			}
			if base, n, ok := strings.Cut(name, " "); ok {
				k, _ := strconv.Atoi(n)
				most[base] = max(most[base], k)
			}
			need[name] = true
		}
	}
	var out []string
	for _, c := range columns {
		base, many := strings.CutSuffix(c, " #")
		switch {
		case base == "answer": // an answer and what is said to it stand side by side
			for n := 1; n <= max(most["answer"], most["say"], most["mistake"]); n++ {
				out = append(out, "answer "+strconv.Itoa(n), "say "+strconv.Itoa(n))
				if n <= most["mistake"] {
					out = append(out, "mistake "+strconv.Itoa(n))
				}
			}
		case base == "say" || base == "mistake":
		case many:
			for n := 1; n <= most[base]; n++ {
				out = append(out, base+" "+strconv.Itoa(n))
			}
		case need[c]:
			out = append(out, c)
		}
	}
	return out
}

// daylike is what a spreadsheet takes for a day: 1/2, 3-4.
var daylike = regexp.MustCompile(`^\d{1,4} ?[/-] ?\d{1,4}$`)

// guarded keeps a spreadsheet from taking a cell for a formula or a day.
func guarded(s string) string {
	if s == "" {
		return s
	}
	_, number := bank.ReadPlain(s)
	if strings.IndexByte("=+-@'\t\r", s[0]) >= 0 && !number || daylike.MatchString(s) {
		return "'" + s
	}
	return s
}

type writer struct {
	files map[string]intake.BundleFile
	bad   bool // a text could not be written
}

func (w *writer) text(d doc.Doc) string {
	s, ok := markdown.Write(d, func(id string) string { return bank.Address(w.files[id]) })
	w.bad = w.bad || !ok
	return s
}

// row is an entry as cells by column, or the reason why it can be none.
func (w *writer) row(d bank.Entry) (map[string]string, phrase.Phrase) {
	w.bad = false
	row := map[string]string{"id": d.ID, "folder": bank.Path(d.Folder), "name": d.Name, "text": w.text(d.Text), "solution": w.text(d.Solution)}
	for _, t := range d.Tags {
		if strings.Contains(t, ",") {
			return nil, phrase.Of("export.tag", "tag", t)
		}
	}
	row["tags"] = strings.Join(d.Tags, ", ")
	if len(d.Hints) > maxHints {
		return nil, phrase.Of("export.hints_many", "n", len(d.Hints), "most", maxHints)
	}
	for i, h := range d.Hints {
		row["hint "+strconv.Itoa(i+1)] = w.text(h)
	}
	var right []string
	for i, a := range d.Answers {
		n := strconv.Itoa(i + 1 + len(d.Boxes))
		if d.Kind == bank.Numeric || d.Kind == bank.Typed || d.Kind == bank.Placed {
			n = strconv.Itoa(i)
			said, off := a.Amount()
			if i == 0 {
				row["off"], right = off, append(right, said)
				continue
			}
			row["answer "+n] = said
		} else if d.Kind == bank.Blanks {
			row["answer "+n] = strings.Join(a.Each, "; ")
		} else {
			row["answer "+n] = w.text(a.Text)
			if a.Weight > 0 {
				right = append(right, n)
			}
		}
		row["say "+n], row["mistake "+n] = w.text(a.Nudge), a.Mistake
	}
	row["right"] = strings.Join(right, " ")
	switch d.Kind {
	case bank.One, bank.Several:
		row["kind"] = kindChoice
		if d.Kind == bank.Several {
			row["kind"] = kindChoices
		}
		if d.Ordered {
			row["order"] = "keep"
		}
	case bank.Numeric, bank.Typed:
		row["kind"], row["unit"] = kindAnswer, d.Unit
		if len(d.Answers) > maxAnswers {
			return nil, phrase.Of("export.answers", "n", len(d.Answers)-1, "most", maxAnswers)
		}
	case bank.Placed:
		row["kind"], row["axes"] = string(d.On), d.Axes
		if len(d.Answers) > maxAnswers {
			return nil, phrase.Of("export.answers", "n", len(d.Answers)-1, "most", maxAnswers)
		}
	case bank.Blanks:
		row["kind"] = kindBoxes
		if n := len(d.Boxes) + len(d.Answers); n > maxAnswers {
			return nil, phrase.Of("export.answers", "n", len(d.Answers), "most", maxAnswers-len(d.Boxes))
		}
		for i, b := range d.Boxes {
			row["answer "+strconv.Itoa(i+1)] = bank.BoxLine(b)
		}
	case bank.Reading:
		row["kind"], row["minutes"] = kindText, strconv.Itoa(d.Minutes)
	}
	if w.bad {
		return nil, phrase.Of("export.text")
	}
	return row, phrase.Phrase{}
}

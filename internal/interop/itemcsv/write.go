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
	g := bank.Entries(Kind, in, bank.Placed, bank.Sequence, bank.Pairs, bank.Groups, bank.Spots, bank.Words, bank.Written)
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
			for n := 1; n <= max(most["answer"], most["say"], most["mistake"], most["into"], most["area"]); n++ {
				out = append(out, "answer "+strconv.Itoa(n))
				for _, beside := range []string{"into", "area"} {
					if n <= most[beside] {
						out = append(out, beside+" "+strconv.Itoa(n))
					}
				}
				out = append(out, "say "+strconv.Itoa(n))
				if n <= most["mistake"] {
					out = append(out, "mistake "+strconv.Itoa(n))
				}
			}
		case base == "hint": // and a hint and what it asks
			for n := 1; n <= max(most["hint"], most["step"]); n++ {
				out = append(out, "hint "+strconv.Itoa(n))
				if n <= most["step"] {
					out = append(out, "step "+strconv.Itoa(n))
				}
			}
		case base == "say" || base == "mistake" || base == "into" || base == "area" || base == "step":
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
	row := map[string]string{"id": d.ID, "folder": bank.Path(d.Folder), "name": d.Name, "text": w.text(d.WithPicture()), "solution": w.text(d.Solution)}
	for _, t := range d.Tags {
		if strings.Contains(t, ",") {
			return nil, phrase.Of("export.tag", "tag", t)
		}
	}
	row["tags"] = strings.Join(d.Tags, ", ")
	if len(d.Hints) > maxHints {
		return nil, phrase.Of("export.hints_many", "n", len(d.Hints), "most", maxHints)
	}
	for i, h := range d.Asked() {
		row["hint "+strconv.Itoa(i+1)] = w.text(h)
		if s, asks := d.Step(i + 1); asks {
			row["step "+strconv.Itoa(i+1)] = strings.Join(s.Lines(w.text), "\n")
		}
	}
	r := cells{writer: w, row: row}
	r.answers(d)
	if r.n > maxAnswers {
		return nil, phrase.Of("export.answers", "n", r.n-len(d.Boxes), "most", maxAnswers-len(d.Boxes))
	}
	r.kind(d)
	if w.bad {
		return nil, phrase.Of("export.text")
	}
	return row, phrase.Phrase{}
}

// cells fills the columns of answers, one after the other.
type cells struct {
	*writer
	row map[string]string
	n   int
}

// next begins the columns of a further answer, with what is said to it.
func (c *cells) next(said string, a bank.Answer) (n string) {
	c.n++
	n = strconv.Itoa(c.n)
	c.row["answer "+n], c.row["say "+n], c.row["mistake "+n] = said, c.text(a.Nudge), a.Mistake
	return n
}

func (c *cells) answers(d bank.Entry) {
	for _, b := range d.Boxes {
		c.next(bank.BoxLine(b), bank.Answer{})
	}
	for _, p := range d.Named() {
		c.row["into "+c.next("", bank.Answer{})] = c.text(p)
	}
	var right []string
	for i, a := range d.Answers {
		switch d.Kind {
		case bank.Numeric, bank.Typed, bank.Placed:
			said, off := a.Amount()
			if i == 0 {
				c.row["off"], right = off, append(right, said)
			} else {
				c.next(said, a)
			}
		case bank.Words:
			if a.Weight > 0 {
				right = append(right, a.Said)
			} else {
				c.next(a.Said, a)
			}
		case bank.Blanks:
			c.next(strings.Join(a.Each, "; "), a)
		default:
			n := c.next(c.text(a.Text), a)
			if a.Weight > 0 {
				right = append(right, n)
			}
			if (d.Kind == bank.Pairs || d.Kind == bank.Groups) && a.Into >= 0 {
				c.row["into "+n] = c.text(d.Prompts[a.Into])
			}
			if a.Area != nil {
				c.row["area "+n] = bank.AreaLine(*a.Area)
			}
		}
	}
	for _, a := range d.Wrong {
		c.row["into "+c.next("", a)] = strings.Join(a.Each, " ")
	}
	if c.row["right"] = strings.Join(right, " "); d.Kind == bank.Words {
		c.row["right"] = bank.Bars(right)
	}
}

// kind fills the columns of the entry's kind.
func (c *cells) kind(d bank.Entry) {
	switch row := c.row; d.Kind {
	case bank.One, bank.Several:
		row["kind"] = kindChoice
		if d.Kind == bank.Several {
			row["kind"] = kindChoices
		}
		if d.Ordered {
			row["order"] = "keep"
		}
	case bank.Numeric, bank.Typed:
		row["kind"], row["unit"], row["form"] = kindAnswer, d.Unit, strings.Join(d.Forms(), ", ")
	case bank.Placed:
		row["kind"], row["axes"] = string(d.On), d.Axes
	case bank.Blanks:
		row["kind"] = kindBoxes
	case bank.Reading:
		row["kind"], row["minutes"] = kindText, strconv.Itoa(d.Minutes)
	case bank.Sequence:
		row["kind"] = kindOrder
	case bank.Pairs:
		row["kind"] = kindMatch
	case bank.Groups:
		row["kind"] = kindSort
	case bank.Spots:
		row["kind"] = kindSpots
	case bank.Words:
		row["kind"], row["pattern"], row["exact"] = kindShort, d.Pattern, strings.Join(d.Exact, ", ")
	case bank.Written:
		if row["kind"] = kindLong; d.Photo {
			row["kind"] = kindUpload
		}
		for i, r := range d.Rubric {
			row["rubric "+strconv.Itoa(i+1)] = bank.CriterionLine(r)
		}
	}
}

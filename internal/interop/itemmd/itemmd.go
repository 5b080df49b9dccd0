// Package itemmd reads and writes items as Markdown that a teacher can write in any editor.
//
// In: a text in UTF-8. "# Folder / Skill" is where what follows belongs, "## Name" begins an item, and after its text stand its
// answers, a line each: (x) and ( ) to choose one, [x] and [ ] to choose several, "= 0.5" what is to be typed, "! 5" a wrong answer
// that is known, ": words {key|name} words" a box, (1) and (2) what is put in order, "~ a <-> b" a pair and "~ a -> b" what is sorted; indented under an answer "> …" is what is said to it, "? …" is a hint and "=> …"
// the worked solution. Out: an intake.Bundle, and every item that was not taken with its line and the reason; the other way round,
// a course as such a text. docs/items-markdown.md shows it.
//
// Place in the flow: layer 5, over bank and markdown; it reads and writes, the flow stores.
package itemmd

import (
	"regexp"
	"strings"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/interop/source"
	"kith/internal/item"
	"kith/internal/phrase"
)

// Kind is the name of the format.
const Kind = "markdown"

// The bounds of a file.
const (
	MaxFile    = 32 * source.MB
	maxFolders = 20_000
	maxParts   = 100 // of one item: answers, hints, a solution
)

// Read reads a file's bytes. Errors: Invalid for what is no text in UTF-8 and for a file with nothing in it; Unavailable when the
// build holds no mathematics.
func Read(b []byte, o bank.Options) (intake.Bundle, error) {
	if len(b) > MaxFile {
		return intake.Bundle{}, fault.New(fault.Invalid, "fault.import.large", "file", o.File, "mb", MaxFile/source.MB)
	}
	text, err := source.Text(o.File, b)
	if err != nil {
		return intake.Bundle{}, err
	}
	r := reader{b: bank.New(Kind, o)}
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		r.line++
		if err := r.take(strings.TrimRight(line, "\n\r\t")); err != nil {
			return intake.Bundle{}, err
		}
	}
	if err := r.end(); err != nil {
		return intake.Bundle{}, err
	}
	return r.b.Bundle()
}

// reader gathers the lines of one item after the other.
type reader struct {
	b       *bank.Bank
	folder  []string
	folders int
	line    int
	now     *draft
}

// part is an answer, a hint or the solution: its mark, and its lines without the mark and without their indentation.
type part struct {
	mark    string // "()", "(x)", "[]", "[x]", "(1)", "=", "!", ":", "?", "~", "=>"
	lines   []string
	nudge   []string
	mistake string
	area    string
	said    bool // its nudge has begun
}

// draft is an item whose lines are being gathered.
type draft struct {
	d       bank.Entry
	lines   []string
	parts   []part
	size    int
	stray   int // a line that belongs to nothing
	unit    string
	ordered bool
	minutes string
	exact   string
	rubric  []string
}

var (
	comment = regexp.MustCompile(`^\s*<!--\s*(.*?)\s*-->\s*$`)
	chosen  = regexp.MustCompile(`^(?:[-*+] )?([(\[])([ xX]?)([)\]]) (.*)$`)
	ranked  = regexp.MustCompile(`^(?:[-*+] )?\((\d{1,2})\) (.*)$`)
	marked  = regexp.MustCompile(`^(=>|=|!|\?|:|~) (.*)$`)
	plain   = regexp.MustCompile(`^\\(=>|=|!|\?|:|~) `)
)

// take takes one line.
func (r *reader) take(line string) error {
	switch {
	case strings.HasPrefix(line, "## "):
		if err := r.end(); err != nil {
			return err
		}
		name := strings.TrimSpace(line[3:])
		r.now = &draft{d: bank.Entry{At: bank.At{Line: r.line, Name: name}, Folder: r.folder}}
	case strings.HasPrefix(line, "# "):
		if err := r.end(); err != nil {
			return err
		}
		if r.folders++; r.folders > maxFolders {
			return fault.New(fault.Invalid, "fault.import.many", "file", r.b.Options().File, "most", maxFolders)
		}
		r.folder = bank.SplitPath(line[2:])
		r.b.Folder(bank.At{Line: r.line}, r.folder)
	case r.now == nil:
		r.outside(line)
	default:
		r.now.take(line, r.line)
	}
	return nil
}

// outside takes a line that stands before any item: a line of the head, or nothing that is taken.
func (r *reader) outside(line string) {
	if m := comment.FindStringSubmatch(line); m != nil {
		r.b.Note(m[1])
		return
	}
	if strings.TrimSpace(line) == "" {
		return
	}
	r.b.Skip(bank.At{Line: r.line, Name: clip(line)}, phrase.Of("import.md.outside"))
}

// end gives the item that was gathered to the bank.
func (r *reader) end() error {
	n := r.now
	r.now = nil
	switch {
	case n == nil:
		return nil
	case n.size > html.MaxText:
		r.b.Skip(n.d.At, phrase.Of("import.text.long"))
		return nil
	case n.stray > 0:
		r.b.Skip(n.d.At, phrase.Of("import.md.stray", "line", n.stray))
		return nil
	case len(n.parts) > maxParts:
		r.b.Skip(n.d.At, phrase.Of("import.item.options", "n", len(n.parts)))
		return nil
	}
	e := entry{b: r.b, draft: n}
	why, err := e.read()
	switch {
	case err != nil:
		return r.b.Refused(n.d.At, err)
	case why.Code != "":
		r.b.Skip(n.d.At, why)
		return nil
	}
	return r.b.Add(n.d)
}

func clip(s string) string {
	if r := []rune(strings.TrimSpace(s)); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return strings.TrimSpace(s)
}

// take takes one line of an item.
func (n *draft) take(line string, at int) {
	if n.size += len(line) + 1; n.size > html.MaxText {
		return
	}
	last := len(n.parts) - 1
	if mark, _ := bank.StepMark(strings.TrimPrefix(line, "  ")); last >= 0 && n.parts[last].mark == "?" && strings.HasPrefix(line, "  ") && mark != "" {
		n.parts[last].add(line[2:]) // a comment of what the hint asks
		return
	}
	if m := comment.FindStringSubmatch(line); m != nil && n.note(m[1]) {
		return
	}
	if m := ranked.FindStringSubmatch(line); m != nil {
		n.parts = append(n.parts, part{mark: "(" + m[1] + ")", lines: []string{m[2]}})
		return
	}
	if m := chosen.FindStringSubmatch(line); m != nil && (m[1] == "(") == (m[3] == ")") {
		mark := m[1] + strings.ToLower(strings.TrimSpace(m[2])) + m[3]
		n.parts = append(n.parts, part{mark: mark, lines: []string{m[4]}})
		return
	}
	if m := marked.FindStringSubmatch(line); m != nil {
		n.parts = append(n.parts, part{mark: m[1], lines: []string{m[2]}})
		return
	}
	last = len(n.parts) - 1
	inside := strings.TrimPrefix(line, "  ")
	switch {
	case last < 0 && plain.MatchString(line):
		n.lines = append(n.lines, line[1:])
	case last < 0:
		n.lines = append(n.lines, line)
	case strings.TrimSpace(line) == "":
		n.parts[last].add("")
	case inside == line:
		if n.stray == 0 {
			n.stray = at
		}
	case strings.HasPrefix(strings.TrimLeft(inside, " "), "> ") && !n.parts[last].said && strings.ContainsAny(n.parts[last].mark[:1], "([=!~") && n.parts[last].mark != "=>":
		n.parts[last].said = true
		n.parts[last].nudge = append(n.parts[last].nudge, strings.TrimLeft(inside, " ")[2:])
	default:
		n.parts[last].add(inside)
	}
}

// add takes a further line of a part, or of what is said to it.
func (p *part) add(line string) {
	if p.said {
		p.nudge = append(p.nudge, strings.TrimPrefix(line, "> "))
		return
	}
	p.lines = append(p.lines, line)
}

// note takes what stands in a comment; ok=false when it says nothing here.
func (n *draft) note(s string) (ok bool) {
	key, value, ok := strings.Cut(s, ":")
	value = strings.TrimSpace(value)
	if !ok {
		return false
	}
	switch last := len(n.parts) - 1; strings.TrimSpace(key) {
	case "id":
		n.d.ID = value
	case "tags":
		for _, t := range strings.Split(value, ",") {
			if t = strings.TrimSpace(t); t != "" {
				n.d.Tags = append(n.d.Tags, t)
			}
		}
	case "unit":
		n.unit = value
	case "order":
		n.ordered = value == "keep"
	case "minutes":
		n.minutes = value
	case string(item.NumberLine), string(item.Interval), string(item.Plane):
		n.d.On, n.d.Axes = item.Kind(strings.TrimSpace(key)), value
	case "mistake":
		if last < 0 {
			return false
		}
		n.parts[last].mistake = value
	case "area":
		if last < 0 {
			return false
		}
		n.parts[last].area = value
	case "form":
		n.d.Form = bank.ReadList(value)
	case "pattern":
		n.d.Pattern = value
	case "exact":
		n.exact = value
	case "rubric":
		n.rubric = append(n.rubric, value)
	case "answer":
		if value != kindLong && value != kindUpload {
			return false
		}
		n.d.Kind, n.d.Photo = bank.Written, value == kindUpload
	default:
		return false
	}
	return true
}

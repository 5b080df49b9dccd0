package itemmd

import (
	"bytes"
	_ "embed"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/interop/markdown"
	"kith/internal/phrase"
)

// Write writes a course. left names what the format has no place for, lost what was written without a part of it.
func Write(in intake.Bundle, o bank.Options) (out []byte, left, lost []intake.Record) {
	g := bank.Entries(Kind, in, bank.Placed, bank.Sequence, bank.Pairs, bank.Groups, bank.Spots, bank.Words, bank.Written)
	w := writer{files: map[string]intake.BundleFile{}}
	for _, f := range in.Files {
		w.files[f.Code] = f
	}
	var all bytes.Buffer
	for _, l := range g.Head.Lines() {
		all.WriteString("<!-- " + l + " -->\n")
	}
	folder := ""
	for _, d := range g.Entries {
		w.b.Reset()
		why := w.entry(d)
		if why.Code != "" {
			g.Leave(d, why)
			continue
		}
		if path := spaced(d.Folder); path != folder {
			folder = path
			all.WriteString("\n# " + path + "\n")
		}
		all.Write(w.b.Bytes())
	}
	return all.Bytes(), g.Left, g.Lost
}

// spaced is a folder's path with room around its slashes.
func spaced(folder []string) string {
	if len(folder) == 0 {
		return "/"
	}
	out := make([]string, len(folder))
	for i, n := range folder {
		out[i] = strings.ReplaceAll(n, "/", "//")
	}
	return strings.Join(out, " / ")
}

type writer struct {
	b     bytes.Buffer
	files map[string]intake.BundleFile
	bad   bool // a text could not be written
}

func (w *writer) address(id string) string { return bank.Address(w.files[id]) }

func (w *writer) text(d doc.Doc) string {
	s, ok := markdown.Write(d, w.address)
	w.bad = w.bad || !ok
	return s
}

// open is the text of an item, which stands at the beginning of lines: what would look like a mark there is made plain.
func (w *writer) open(d doc.Doc) string {
	lines := strings.Split(w.text(d), "\n")
	for i, l := range lines {
		switch {
		case chosen.MatchString(l) || ranked.MatchString(l) || plain.MatchString(l):
			lines[i] = "<span></span>" + l
		case strings.HasPrefix(l, "# ") || strings.HasPrefix(l, "## ") || comment.MatchString(l):
			s, err := html.Write(d, w.address)
			w.bad = w.bad || err != nil
			return s
		case marked.MatchString(l):
			lines[i] = `\` + l
		}
	}
	return strings.Join(lines, "\n")
}

// answer is a text in a part under which something may be said: no further line of it may look like that.
func (w *writer) answer(d doc.Doc) string {
	s := w.text(d)
	for i, l := range strings.Split(s, "\n") {
		if i > 0 && strings.HasPrefix(strings.TrimSpace(l), ">") {
			s, err := html.Write(d, w.address)
			w.bad = w.bad || err != nil
			return s
		}
	}
	return s
}

// line writes a part: its mark, its lines indented under it.
func (w *writer) line(mark, text string) {
	w.b.WriteString(mark + " " + strings.ReplaceAll(strings.ReplaceAll(text, "\n", "\n  "), "\n  \n", "\n\n") + "\n")
}

func (w *writer) nudge(a bank.Answer) {
	if !a.Nudge.Empty() {
		w.line("  >", w.text(a.Nudge))
	}
	w.note("  ", "mistake", a.Mistake)
}

func (w *writer) note(indent, key, value string) {
	if value != "" {
		w.b.WriteString(indent + "<!-- " + key + ": " + value + " -->\n")
	}
	w.bad = w.bad || strings.Contains(value, "-->")
}

func (w *writer) entry(d bank.Entry) phrase.Phrase {
	w.bad = false
	w.b.WriteString("\n## " + d.Name + "\n\n")
	w.note("", "id", d.ID)
	for _, t := range d.Tags {
		if strings.Contains(t, ",") {
			return phrase.Of("export.tag", "tag", t)
		}
	}
	w.note("", "tags", strings.Join(d.Tags, ", "))
	switch d.Kind {
	case bank.Reading:
		w.note("", "minutes", strconv.Itoa(d.Minutes))
	case bank.One, bank.Several:
		if d.Ordered {
			w.note("", "order", "keep")
		}
	case bank.Words:
		w.note("", "pattern", d.Pattern)
		w.note("", "exact", strings.Join(d.Exact, ", "))
	case bank.Written:
		kind := kindLong
		if d.Photo {
			kind = kindUpload
		}
		w.note("", "answer", kind)
		for _, c := range d.Rubric {
			w.note("", "rubric", bank.CriterionLine(c))
		}
	}
	said, inline := "", true
	if d.Kind == bank.Placed {
		w.note("", string(d.On), d.Axes)
		said, _ = d.Answers[0].Amount()
	}
	if d.Kind == bank.Numeric || d.Kind == bank.Typed {
		var off string
		said, off = d.Answers[0].Amount()
		if off != "" {
			said, inline = said+" ± "+off, d.Unit == ""
		} else {
			said, inline = bank.WithUnit(said, d.Unit)
		}
		if len(d.Forms()) > 0 {
			w.note("", "form", strings.Join(d.Forms(), ", "))
			said, _ = d.Answers[0].Amount()
			if off != "" {
				said += " ± " + off
			}
			inline = d.Unit == ""
		}
		if !inline {
			said = strings.TrimSuffix(said, " "+d.Unit)
			w.note("", "unit", d.Unit)
		}
	}
	w.b.WriteString("\n" + w.open(d.WithPicture()) + "\n\n")
	w.answers(d, said)
	for i, h := range d.Asked() {
		w.line("?", bank.Unmarked(w.text(h)))
		if s, asks := d.Step(i + 1); asks {
			for _, l := range s.Lines(w.text) {
				w.b.WriteString(strings.TrimRight("  "+l, " ") + "\n")
			}
		}
	}
	if !d.Solution.Empty() {
		w.line("=>", w.text(d.Solution))
	}
	if w.bad {
		return phrase.Of("export.text")
	}
	return phrase.Phrase{}
}

func (w *writer) answers(d bank.Entry, said string) {
	for _, b := range d.Boxes {
		w.line(":", bank.BoxLine(b))
	}
	for _, p := range d.Named() {
		w.line("~", w.arrow(d.Kind, "", p))
	}
	for i, a := range d.Answers {
		mark, text := "!", ""
		switch d.Kind {
		case bank.Pairs, bank.Groups:
			var into doc.Doc
			if a.Into >= 0 {
				into = d.Prompts[a.Into]
			}
			mark, text = "~", w.arrow(d.Kind, w.side(a.Text), into)
		case bank.Sequence:
			mark, text = "- ("+strconv.Itoa(i+1)+")", w.answer(a.Text)
		case bank.Words:
			if text = `"` + a.Said + `"`; a.Weight > 0 {
				mark = "="
			}
		case bank.Spots:
			if mark = "- [ ]"; a.Weight > 0 {
				mark = "- [x]"
			}
			text = w.answer(a.Text)
		case bank.One, bank.Several:
			mark = "- ( )"
			if a.Weight > 0 {
				mark = "- (x)"
			}
			if d.Kind == bank.Several {
				mark = strings.NewReplacer("(", "[", ")", "]").Replace(mark)
			}
			text = w.answer(a.Text)
		case bank.Blanks:
			text = strings.Join(a.Each, "; ")
		default:
			text, _ = a.Amount()
			if i == 0 {
				mark, text = "=", said
			}
		}
		w.line(mark, text)
		if a.Area != nil {
			w.note("  ", "area", bank.AreaLine(*a.Area))
		}
		w.nudge(a)
	}
	for _, a := range d.Wrong {
		w.line("!", strings.Join(a.Each, "; "))
		w.nudge(a)
	}
}

// side is a text on one side of an arrow, in which no arrow parts anything.
func (w *writer) side(d doc.Doc) string {
	return strings.NewReplacer(pairArrow, `\`+pairArrow, sortArrow, `\`+sortArrow).Replace(w.answer(d))
}

// arrow is a line of a matching or a sorting.
func (w *writer) arrow(kind bank.Kind, answer string, into doc.Doc) string {
	if kind == bank.Pairs {
		return strings.TrimSpace(w.side(into) + " " + pairArrow + " " + answer)
	}
	return strings.TrimSpace(answer + " " + sortArrow + " " + w.side(into))
}

//go:embed template.md
var template []byte

// Template is a text with one item of each kind, for people to overwrite.
func Template() []byte { return bytes.Clone(template) }

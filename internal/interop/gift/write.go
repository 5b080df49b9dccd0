package gift

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/item"
	"kith/internal/phrase"
)

// Write writes a course. left names what GIFT has no place for, lost what was written without a part of it.
func Write(in intake.Bundle, o bank.Options) (out []byte, left, lost []intake.Record) {
	g := bank.Entries(Kind, in, bank.Pairs, bank.Groups, bank.Words, bank.Written)
	w := writer{o: o, files: map[string]intake.BundleFile{}}
	for _, f := range in.Files {
		w.files[f.Code] = f
	}
	for _, l := range g.Head.Lines() {
		w.b.WriteString("// " + l + "\n")
	}
	folder := "\x00"
	for _, d := range g.Entries {
		if why := unfit(d); why.Code != "" {
			g.Leave(d, why)
			continue
		}
		if path := bank.Path(append([]string{"$course$", "top"}, d.Folder...)); path != folder {
			folder = path
			w.b.WriteString("\n$CATEGORY: " + path + "\n")
		}
		w.entry(&g, d)
	}
	return w.b.Bytes(), g.Left, g.Lost
}

func unfit(d bank.Entry) phrase.Phrase {
	switch {
	case d.Kind == bank.Blanks:
		return phrase.Of("export.blanks")
	case d.Kind == bank.Written && d.Photo:
		return phrase.Of("export.kind", "kind", string(item.Upload))
	}
	return phrase.Phrase{}
}

type writer struct {
	b     bytes.Buffer
	o     bank.Options
	files map[string]intake.BundleFile
	html  bool // the present question is written as HTML
}

var (
	inBrackets = strings.NewReplacer("]", `\]`)
	reserved   = strings.NewReplacer(`\`, `\\`, "#", `\#`, "=", `\=`, "~", `\~`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`, "\r", "")
)

func (w *writer) entry(g *bank.Outgoing, d bank.Entry) {
	w.b.WriteString("\n// [id:" + inBrackets.Replace(d.ID) + "]")
	for _, t := range d.Tags {
		w.b.WriteString(" [tag:" + inBrackets.Replace(t) + "]")
	}
	w.b.WriteString("\n::" + reserved.Replace(d.Name) + "::")
	w.html = !plain(d)
	if w.html {
		w.b.WriteString("[html]")
	}
	w.b.WriteString(w.text(d.Text))
	if d.Kind == bank.Reading {
		w.b.WriteString("\n")
		return
	}
	w.b.WriteString(" {")
	switch {
	case w.trueFalse(d):
	case d.Kind == bank.Numeric && (d.Unit == "" || d.Ranged()):
		w.numeric(d)
		if d.Unit != "" {
			g.Lose(d, phrase.Of("export.unit", "unit", d.Unit))
		}
	case d.Kind == bank.Numeric || d.Kind == bank.Typed:
		w.typed(g, d)
	case d.Kind == bank.Pairs || d.Kind == bank.Groups:
		w.pairs(g, d)
	case d.Kind == bank.Words:
		w.words(g, d)
	case d.Kind == bank.Written:
		if len(d.Rubric) > 0 {
			g.Lose(d, phrase.Of("export.rubric"))
		}
	default:
		for _, a := range d.Answers {
			w.option(d.Kind, a)
		}
		w.b.WriteString("\n")
		if d.Ordered {
			g.Lose(d, phrase.Of("export.order"))
		}
	}
	if !d.Solution.Empty() {
		w.b.WriteString("\t####" + w.text(d.Solution) + "\n")
	}
	w.b.WriteString("}\n")
	if len(d.Forms()) > 0 {
		g.Lose(d, phrase.Of("export.forms"))
	}
	if len(d.Hints) > 0 {
		g.Lose(d, phrase.Of("export.hints", "n", len(d.Hints)))
	}
}

// plain reports whether all texts of an entry are words without marks, which need no HTML. Words that begin with a bracket
// could be taken for the name of a format.
func plain(d bank.Entry) bool {
	texts := append([]doc.Doc{d.Text, d.Solution}, append(d.Hints, d.Prompts...)...)
	for _, a := range d.Answers {
		texts = append(texts, a.Text, a.Nudge)
	}
	for _, t := range texts {
		if s, ok := html.Bare(t); !ok || strings.HasPrefix(s, "[") {
			return false
		}
	}
	return true
}

func (w *writer) text(d doc.Doc) string {
	if !w.html {
		s, _ := html.Bare(d)
		return reserved.Replace(s)
	}
	s, _ := html.Write(d, func(id string) string { return bank.Address(w.files[id]) }) // bank.Entries has seen that it can be written
	if strings.HasPrefix(s, "[") {
		s = "<span></span>" + s
	}
	return reserved.Replace(s)
}

func (w *writer) nudge(a bank.Answer) {
	if !a.Nudge.Empty() {
		w.b.WriteString("#" + w.text(a.Nudge))
	}
}

func (w *writer) option(kind bank.Kind, a bank.Answer) {
	mark := "~"
	switch {
	case kind == bank.Several:
		mark = "~%" + percent(a.Weight) + "%"
	case a.Weight >= 100:
		mark = "="
	}
	w.b.WriteString("\n\t" + mark + w.text(a.Text))
	w.nudge(a)
}

// percent writes a weight as Moodle does, with five places at most.
func percent(f float64) string {
	s := strconv.FormatFloat(f, 'f', 5, 64)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// trueFalse writes a choice between the words true and false in its short form; ok=false for any other.
func (w *writer) trueFalse(d bank.Entry) bool {
	if d.Kind != bank.One || !d.Ordered || len(d.Answers) != 2 {
		return false
	}
	for i, word := range []string{w.o.True, w.o.False} {
		if s, ok := html.Bare(d.Answers[i].Text); !ok || s != word {
			return false
		}
	}
	right, other := "TRUE", d.Answers[1]
	if d.Answers[1].Weight > 0 {
		right, other = "FALSE", d.Answers[0]
	}
	w.b.WriteString(right)
	w.nudge(other)
	if !d.Solution.Empty() {
		w.b.WriteString("\n")
	}
	return true
}

func (w *writer) numeric(d bank.Entry) {
	w.b.WriteString("#")
	for i, a := range d.Answers {
		w.b.WriteString("\n\t=")
		if i > 0 {
			w.b.WriteString("%0%")
		}
		w.b.WriteString(amount(a))
		w.nudge(a)
	}
	w.b.WriteString("\n")
}

// amount writes a number, with how far it may be off.
func amount(a bank.Answer) string {
	if a.Low.Cmp(a.High) == 0 {
		return bank.Write(a.Low)
	}
	mid := new(big.Rat).Quo(new(big.Rat).Add(a.Low, a.High), big.NewRat(2, 1))
	return bank.Write(mid) + ":" + bank.Write(new(big.Rat).Sub(a.High, mid))
}

func (w *writer) typed(g *bank.Outgoing, d bank.Entry) {
	for i, a := range d.Answers {
		w.b.WriteString("\n\t=")
		said := a.Said
		if i > 0 {
			w.b.WriteString("%0%")
		} else if with, ok := bank.WithUnit(said, d.Unit); ok {
			said = with
		} else {
			g.Lose(d, phrase.Of("export.unit", "unit", d.Unit))
		}
		w.b.WriteString(reserved.Replace(strings.ReplaceAll(said, "*", `\*`)))
		w.nudge(a)
	}
	w.b.WriteString("\n")
}

func (w *writer) pairs(g *bank.Outgoing, d bank.Entry) {
	all, _ := d.Matches()
	for _, m := range all {
		w.b.WriteString("\n\t=")
		if !m.Prompt.Empty() {
			w.b.WriteString(w.text(m.Prompt) + " ")
		}
		w.b.WriteString("-> " + w.text(m.Answer))
	}
	w.b.WriteString("\n")
	g.Lose(d, d.Unmatched())
}

func (w *writer) words(g *bank.Outgoing, d bank.Entry) {
	answers, _ := d.Starred()
	for i, a := range answers {
		w.b.WriteString("\n\t=")
		if i > 0 && a.Weight == 0 {
			w.b.WriteString("%0%")
		}
		w.b.WriteString(reserved.Replace(a.Said))
		w.nudge(a)
	}
	w.b.WriteString("\n")
	g.Lose(d, d.Unworded(g.Head.Lang()))
}

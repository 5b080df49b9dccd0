package bank

import (
	"regexp"
	"strings"

	"kith/internal/doc"
	"kith/internal/item"
	"kith/internal/phrase"
)

// steps makes the hints that ask.
func (m *maker) steps() phrase.Phrase {
	for _, s := range m.Steps {
		if s.Rung < 1 || s.Rung > len(m.item.Hints) || s.Then.Empty() || s.Ask.Text.Empty() {
			return phrase.Of("import.item.step", "n", s.Rung)
		}
		small := maker{Entry: s.Ask, own: map[string]bool{}, lang: m.lang, item: item.Item{Text: s.Ask.Text}}
		small.Hints, small.Own = nil, nil
		why := small.formed()
		it := small.item
		switch {
		case why.Code != "":
			return why
		case it.Kind != item.Choice && it.Kind != item.Number && it.Kind != item.Fraction && it.Kind != item.Expression && it.Kind != item.Equation || it.Tolerance != "":
			return phrase.Of("import.item.step", "n", s.Rung)
		}
		m.doubts = append(m.doubts, small.doubts...)
		m.item.Hints[s.Rung-1] = s.Ask.Text
		m.item.Scaffolds = append(m.item.Scaffolds, item.Scaffold{Rung: s.Rung, Kind: it.Kind, Key: it.Key, Unit: it.Unit, Choices: it.Choices, Ordered: it.Ordered, Forms: it.Forms, Then: s.Then})
	}
	return phrase.Phrase{}
}

// ReadStep reads the lines in which a hint asks: "= 1.5 dollars" what is to be typed, "(x) …" and "( ) …" what is chosen from, "> …" what
// is said to the choice above, "=> …" what is shown once it is done; comments say order and unit. Further lines of a part are indented by
// two spaces. ok=false when nothing asks. text reads a text, and hint is the hint's own.
func ReadStep(lines []string, rung int, hint doc.Doc, text func(string) (doc.Doc, error)) (s Step, ok bool, err error) {
	s = Step{Rung: rung, Ask: Entry{Kind: Typed, Text: hint}}
	for i, line := range lines {
		mark, rest := StepMark(line)
		for j := i + 1; mark != "" && j < len(lines); j++ {
			if next, _ := StepMark(lines[j]); next != "" {
				break
			}
			rest += "\n" + strings.TrimPrefix(lines[j], "  ")
		}
		rest = strings.TrimSpace(rest)
		ok = ok || asksStep(mark)
		var d doc.Doc
		if mark == "(x)" || mark == "( )" || mark == ">" || mark == "=>" {
			if d, err = text(rest); err != nil {
				return s, ok, err
			}
		}
		switch last := len(s.Ask.Answers) - 1; {
		case mark == "=":
			s.Ask.Answers = append(s.Ask.Answers, Answer{Said: rest, Weight: 100})
		case mark == "(x)":
			s.Ask.Kind, s.Ask.Answers = One, append(s.Ask.Answers, Answer{Text: d, Weight: 100})
		case mark == "( )":
			s.Ask.Kind, s.Ask.Answers = One, append(s.Ask.Answers, Answer{Text: d})
		case mark == ">" && last >= 0:
			s.Ask.Answers[last].Nudge = d
		case mark == "=>":
			s.Then = d
		case mark == "order":
			s.Ask.Ordered = rest == "keep"
		case mark == "unit":
			s.Ask.Unit = rest
		case mark == "form":
			s.Ask.Form = ReadList(rest)
		}
	}
	return s, ok, nil
}

// asksStep reports whether a mark is one by which a hint asks.
func asksStep(mark string) bool { return mark == "=" || mark == "(x)" || mark == "( )" }

// CutStep parts the lines of a hint from those in which it asks.
func CutStep(lines []string) (hint, step []string) {
	for i, l := range lines {
		if mark, _ := StepMark(l); asksStep(mark) || mark == "order" || mark == "unit" || mark == "form" {
			return lines[:i], lines[i:]
		}
	}
	return lines, nil
}

var (
	stepMark    = regexp.MustCompile(`^(?:[-*+] )?(=>|=|\([xX ]?\)|>)(?: (.*))?$`)
	stepComment = regexp.MustCompile(`^<!--\s*(order|unit|form):\s*(.*?)\s*-->$`)
)

// StepMark parts a line of a step from its mark; "" where it has none.
func StepMark(line string) (mark, rest string) {
	line = strings.TrimRight(line, " ")
	if m := stepComment.FindStringSubmatch(line); m != nil {
		return m[1], m[2]
	}
	m := stepMark.FindStringSubmatch(line)
	if m == nil {
		return "", line
	}
	return strings.NewReplacer("X", "x", "()", "( )").Replace(m[1]), m[2]
}

// Lines are the lines that ReadStep reads. text writes a text.
func (s Step) Lines(text func(doc.Doc) string) []string {
	var out []string
	add := func(mark, said string) {
		out = append(out, strings.Split(mark+" "+strings.ReplaceAll(said, "\n", "\n  "), "\n")...)
	}
	if s.Ask.Ordered {
		out = append(out, "<!-- order: keep -->")
	}
	for i, a := range s.Ask.Answers {
		switch {
		case s.Ask.Kind != One && i == 0:
			said, _ := a.Amount()
			with, ok := WithUnit(said, s.Ask.Unit)
			if len(s.Ask.Form) > 0 {
				out = append(out, "<!-- form: "+strings.Join(s.Ask.Form, ", ")+" -->")
			}
			if s.Ask.Unit != "" && (!ok || len(s.Ask.Form) > 0) {
				out = append(out, "<!-- unit: "+s.Ask.Unit+" -->")
				with = said
			}
			add("=", with)
		case s.Ask.Kind != One:
			continue
		case a.Weight > 0:
			add("(x)", text(a.Text))
		default:
			add("( )", text(a.Text))
		}
		if s.Ask.Kind == One && !a.Nudge.Empty() {
			add(">", text(a.Nudge))
		}
	}
	add("=>", text(s.Then))
	return out
}

// Unmarked keeps the lines of a hint from being read as ones in which it asks.
func Unmarked(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if mark, _ := StepMark(l); mark != "" {
			lines[i] = "<span></span>" + l
		}
	}
	return strings.Join(lines, "\n")
}

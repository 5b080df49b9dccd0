package bank

import (
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
		why := small.answered()
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
// is said to the choice above, "=> …" what is shown once it is done. Lines before the first of these are left over; ok=false when there is
// none. text reads a text, and hint is the hint's own.
func ReadStep(lines []string, rung int, hint doc.Doc, text func(string) (doc.Doc, error)) (s Step, ok bool, err error) {
	s = Step{Rung: rung, Ask: Entry{Kind: Typed, Text: hint}}
	for i, line := range lines {
		mark, rest := StepMark(line)
		for j := i + 1; mark != "" && j < len(lines); j++ { // further lines of the same part
			if next, _ := StepMark(lines[j]); next != "" {
				break
			}
			rest += "\n" + strings.TrimPrefix(lines[j], "  ")
		}
		rest = strings.TrimSpace(rest)
		ok = ok || mark != ""
		switch mark {
		case "=":
			s.Ask.Answers = append(s.Ask.Answers, Answer{Said: rest, Weight: 100})
		case "(x)", "( )":
			a := Answer{}
			if s.Ask.Kind = One; mark == "(x)" {
				a.Weight = 100
			}
			if a.Text, err = text(rest); err != nil {
				return s, ok, err
			}
			s.Ask.Answers = append(s.Ask.Answers, a)
		case ">":
			if n := len(s.Ask.Answers); n > 0 {
				if s.Ask.Answers[n-1].Nudge, err = text(rest); err != nil {
					return s, ok, err
				}
			}
		case "=>":
			if s.Then, err = text(rest); err != nil {
				return s, ok, err
			}
		case "keep":
			s.Ask.Ordered = true
		}
	}
	return s, ok, nil
}

// StepMark parts a line of a step from its mark; "" where it has none.
func StepMark(line string) (mark, rest string) {
	line = strings.TrimRight(line, " ")
	for _, m := range []string{"=>", "=", "(x)", "(X)", "( )", "()", "> ", "keep"} {
		if rest, ok := strings.CutPrefix(line, m); ok && (rest == "" || strings.HasPrefix(rest, " ") || m == "> ") && (m != "keep" || rest == "") {
			m = strings.NewReplacer("X", "x", "()", "( )").Replace(m)
			return strings.TrimSpace(m), strings.TrimSpace(rest)
		}
	}
	return "", line
}

// Lines are the lines that ReadStep reads. text writes a text; what begins a line of it like a mark gets a sign before that no text shows.
func (s Step) Lines(text func(doc.Doc) string) []string {
	var out []string
	add := func(mark, said string) {
		lines := strings.Split(said, "\n")
		for i, l := range lines[1:] {
			lines[i+1] = "  " + unmarked(l)
		}
		out = append(out, mark+" "+strings.Join(lines, "\n"))
	}
	if s.Ask.Ordered {
		out = append(out, "keep")
	}
	for i, a := range s.Ask.Answers {
		switch {
		case s.Ask.Kind != One && i == 0:
			said, _ := a.Amount()
			with, _ := WithUnit(said, s.Ask.Unit)
			add("=", with)
		case s.Ask.Kind != One:
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
	return strings.Split(strings.Join(out, "\n"), "\n")
}

// unmarked keeps a line of a text from being read as one of a step.
func unmarked(line string) string {
	if mark, _ := StepMark(strings.TrimLeft(line, " ")); mark != "" {
		return "<span></span>" + line
	}
	return line
}

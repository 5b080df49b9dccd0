package itemmd

import (
	"slices"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/interop/markdown"
	"kith/internal/phrase"
)

// entry makes an entry of the bank of a draft.
type entry struct {
	b *bank.Bank
	*draft
}

func (e *entry) text(lines []string) (doc.Doc, error) {
	return markdown.Text(strings.TrimSpace(strings.Join(lines, "\n")), e.b.HTML(nil))
}

func (e *entry) read() (why phrase.Phrase, err error) {
	e.d.Unit, e.d.Ordered = e.unit, e.ordered
	if e.d.Text, err = e.text(e.lines); err != nil {
		return why, err
	}
	m := marks{kinds: map[string]bool{}}
	for i, p := range e.parts {
		switch p.mark {
		case "?":
			why, err = e.hint(p.lines)
		case "=>":
			e.d.Solution, err = e.text(p.lines)
		case "~":
			m.kinds["~"] = true
			why, err = e.pair(p)
		case ":":
			m.kinds[":"] = true
			box, ok := bank.ReadBox(strings.Join(p.lines, " "), len(e.d.Boxes)+1)
			if !ok {
				return phrase.Of("import.item.box", "box", clip(p.lines[0])), nil
			}
			e.d.Boxes = append(e.d.Boxes, box)
		default:
			why, err = e.answer(p, i == 0, &m)
		}
		if why.Code != "" || err != nil {
			return why, err
		}
	}
	return e.kind(m.kinds, m.answers, m.off)
}

// marks are what the parts of an item come to.
type marks struct {
	kinds   map[string]bool // which marks stand in it
	answers []bank.Answer
	off     string // how far the first one may be off
}

// answer reads an answer with what is said to it.
func (e *entry) answer(p part, first bool, m *marks) (why phrase.Phrase, err error) {
	a := bank.Answer{Mistake: p.mistake}
	if a.Nudge, err = e.text(p.nudge); err != nil {
		return why, err
	}
	switch kind := p.mark[:1]; kind {
	case "(", "[":
		if rank := strings.Trim(p.mark, "()[]"); rank != "" && rank != "x" {
			kind, a.Said = "1", rank
		}
		if m.kinds[kind] = true; p.area != "" {
			m.kinds["area"] = true
			area, ok := bank.ReadArea(p.area)
			if !ok {
				return phrase.Of("import.item.area", "option", clip(p.lines[0])), nil
			}
			a.Area = &area
		}
		if a.Text, err = e.text(p.lines); err != nil {
			return why, err
		}
		if strings.Contains(p.mark, "x") {
			a.Weight = 100
		}
	default:
		if kind == "=" {
			a.Weight = 100
		}
		a.Said = strings.TrimSpace(strings.Join(p.lines, " "))
		if words, ok := unquoted(a.Said); ok {
			m.kinds[`"`], a.Said = true, words
			break
		}
		if m.kinds["="] = true; e.d.On != "" {
			break
		}
		said, by, ranged := strings.Cut(strings.ReplaceAll(a.Said, "+-", "±"), "±")
		if a.Said = strings.TrimSpace(said); ranged && first {
			m.off = strings.TrimSpace(by)
		} else if ranged {
			a.Said += " ±" + by
		}
	}
	m.answers = append(m.answers, a)
	return why, nil
}

func right(answers []bank.Answer) bool {
	return slices.ContainsFunc(answers, func(a bank.Answer) bool { return a.Weight > 0 || !a.Text.Empty() })
}

// kind says what the marks make of it. Marks of one kind stand in one item.
func (e *entry) kind(kinds map[string]bool, answers []bank.Answer, off string) (why phrase.Phrase, err error) {
	if kinds["~"] || kinds["1"] || kinds[`"`] || kinds["area"] || e.d.Kind == bank.Written {
		return e.beyond(kinds, answers), nil
	}
	e.d.Answers = answers
	switch {
	case kinds[":"] && !right(answers):
		e.d.Kind = bank.Blanks
		for i, a := range answers {
			e.d.Answers[i].Each = bank.SplitEach(a.Said)
		}
	case len(kinds) > 1:
		return phrase.Of("import.md.mixed"), nil
	case kinds["("]:
	case kinds["["]:
		e.d.Kind = bank.Several
	case kinds["="] && e.d.On != "":
		e.d.Kind = bank.Placed
	case kinds["="]:
		return e.d.WriteDown(answers, off, e.b.Options().Lang), nil
	default:
		e.d.Kind = bank.Reading
		if e.minutes != "" {
			if e.d.Minutes, err = strconv.Atoi(e.minutes); err != nil || e.d.Minutes < 1 || e.d.Minutes > 600 {
				return phrase.Of("import.csv.minutes", "minutes", clip(e.minutes)), nil
			}
		}
	}
	return why, nil
}

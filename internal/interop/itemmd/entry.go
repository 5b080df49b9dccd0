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
	off := ""
	kinds := map[string]bool{}
	var answers []bank.Answer
	for i, p := range e.parts {
		switch p.mark {
		case "?":
			hint, err := e.text(p.lines)
			if err != nil {
				return why, err
			}
			e.d.Hints = append(e.d.Hints, hint)
			continue
		case "=>":
			if e.d.Solution, err = e.text(p.lines); err != nil {
				return why, err
			}
			continue
		case ":":
			kinds[":"] = true
			box, ok := bank.ReadBox(strings.Join(p.lines, " "), len(e.d.Boxes)+1)
			if !ok {
				return phrase.Of("import.item.box", "box", clip(p.lines[0])), nil
			}
			e.d.Boxes = append(e.d.Boxes, box)
			continue
		}
		a := bank.Answer{Mistake: p.mistake}
		if a.Nudge, err = e.text(p.nudge); err != nil {
			return why, err
		}
		switch kind := p.mark[:1]; kind {
		case "(", "[":
			kinds[kind] = true
			if a.Text, err = e.text(p.lines); err != nil {
				return why, err
			}
			if strings.Contains(p.mark, "x") {
				a.Weight = 100
			}
		default:
			kinds["="] = true
			if a.Said = strings.TrimSpace(strings.Join(p.lines, " ")); e.d.On != "" {
				if kind == "=" {
					a.Weight = 100
				}
				break
			}
			said, by, ranged := strings.Cut(strings.ReplaceAll(strings.TrimSpace(strings.Join(p.lines, " ")), "+-", "±"), "±")
			if a.Said = strings.TrimSpace(said); kind == "=" {
				a.Weight = 100
			}
			if ranged && i == 0 {
				off = strings.TrimSpace(by)
			} else if ranged {
				a.Said += " ±" + by
			}
		}
		answers = append(answers, a)
	}
	return e.kind(kinds, answers, off)
}

func right(answers []bank.Answer) bool {
	return slices.ContainsFunc(answers, func(a bank.Answer) bool { return a.Weight > 0 || !a.Text.Empty() })
}

// kind says what the marks make of it. Marks of one kind stand in one item.
func (e *entry) kind(kinds map[string]bool, answers []bank.Answer, off string) (why phrase.Phrase, err error) {
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

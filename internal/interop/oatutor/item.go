package oatutor

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// maxRungs is how many hints an imported item may bring (item.Check).
const maxRungs = 30

// made is what became of one step: an item, or the reason why there is none.
type made struct {
	item   item.Item
	why    phrase.Phrase
	asks   string // what is asked, to find steps that ask the same
	answer string // and the answer, to find those that answer differently
	proved bool   // the key agrees with its own question, worked out
}

// maker turns steps into items. It is safe for concurrent use once it is set up.
type maker struct {
	outline outline
	file    string
	figures map[string]figure // by "problem/name"
	credit  item.Attribution
}

// step makes one item. A step that cannot be taken gives its reason; only a build without mathematics is an error.
func (m maker) step(p problem, s step) (made, error) {
	at := m.outline.sections[p.LessonID]
	topic := m.outline.bySkill[at+"/"+skillName(s.Skills)]
	switch {
	case topic == "":
		return made{why: phrase.Of("import.oatutor.unplanned", "lesson", p.LessonID)}, nil
	case len(s.StepAnswer) != 1:
		return made{why: phrase.Of("import.oatutor.answers", "n", len(s.StepAnswer))}, nil
	}
	licence, _, _ := named(p.Licence)
	if spelled := cmp.Or(licence, strings.TrimSpace(p.Licence)); spelled == "" || spelled == "CC4.0" {
		licence = m.credit.Licence // OATutor-Content as a whole is under it; the report names what says nothing of its own
	}
	if licence != m.credit.Licence {
		return made{why: phrase.Of("import.oatutor.licence", "licence", licence)}, nil
	}
	w := writer{figure: func(name string) (string, bool) {
		f, ok := m.figures[p.ID+"/"+name]
		return f.id, ok
	}}
	credit := m.credit
	out := made{item: item.Item{ID: item.ID(s.ID), Code: at + " " + s.ID, Skills: []skill.ID{skill.ID(topic)}, Attribution: &credit}}
	for _, part := range []func(*made, writer, problem, step) error{key, text, hints} {
		if err := part(&out, w, p, s); err != nil || out.why.Code != "" {
			if fault.Is(err, fault.Unavailable) {
				return out, err
			}
			if err != nil {
				out.why = unreadable(err)
			}
			return out, nil
		}
	}
	if err := item.Check(out.item); err != nil { // one unsound item would keep the whole course out
		out.why = phrase.Of("import.oatutor.text", "detail", err.Error())
	}
	return out, nil
}

// unreadable says what about a text could not be read.
func unreadable(err error) phrase.Phrase {
	var f *fault.Error
	switch {
	case errors.Is(err, errNoFigure):
		return phrase.Of("import.oatutor.figure")
	case errors.As(err, &f):
		tex, _ := f.Say.Args["tex"].(string)
		detail, _ := f.Say.Args["detail"].(string)
		return phrase.Of("import.oatutor.tex", "tex", tex, "detail", detail)
	}
	return phrase.Of("import.oatutor.text", "detail", err.Error())
}

// asked is the problem's body and the step's own words; a problem without a body says what to do in its title.
func asked(p problem, s step) []string {
	if strings.TrimSpace(p.Body) == "" {
		return []string{numbered.ReplaceAllString(p.Title, ""), s.StepTitle, s.StepBody}
	}
	return []string{p.Body, s.StepTitle, s.StepBody}
}

// text is what a step asks.
func text(out *made, w writer, p problem, s step) error {
	for _, part := range asked(p, s) {
		nodes, err := w.blocks(part, true)
		if err != nil {
			return err
		}
		out.item.Text.Nodes = append(out.item.Text.Nodes, nodes...)
	}
	if out.item.Text.Empty() {
		out.why = phrase.Of("import.oatutor.no_text")
	}
	out.asks = sameQuestion(out.item.Text)
	return nil
}

// sameQuestion is a text as one line, by which two questions are the same; figures count by what they show.
func sameQuestion(d doc.Doc) string {
	s := strings.Join(strings.Fields(d.Plain(nil)), " ")
	for _, n := range d.Nodes {
		if n.Kind == doc.Image {
			s += " " + n.Name
		}
	}
	return s
}

// key is the answer: one of the choices, a number, or mathematics. Words wait. It comes before text, which costs more.
func key(out *made, w writer, p problem, s step) error {
	out.answer = strings.TrimSpace(s.StepAnswer[0])
	if s.ProblemType == "MultipleChoice" {
		out.answer = oneLine(out.answer)
		return choices(out, w, s)
	}
	question := strings.Join(asked(p, s), " ")
	a, ok := readAnswer(out.answer)
	if !ok {
		switch {
		case twoNumbers(out.answer):
			out.why = phrase.Of("import.oatutor.ambiguous", "answer", out.answer)
		case s.AnswerType != "arithmetic":
			out.why = phrase.Of("import.oatutor.words", "answer", out.answer)
		default:
			mathematics(out, question)
		}
		return nil
	}
	v, found := prove(question, a.value)
	if out.proved = v == agrees; v == differs {
		out.why = phrase.Of("import.oatutor.key_wrong", "answer", a.key, "found", found)
		return nil
	}
	if copied(question, a) { // comparing by value would take the question's own number; a form tells them apart
		proved := out.proved
		mathematics(out, question)
		out.proved = out.proved || proved
		return nil
	}
	out.item.Kind, out.item.Key, out.item.Unit, out.answer = a.kind, a.key, a.unit, exact(a.value)
	return nil
}

// natural puts choices that have an order of their own into it: letters that name parts of a figure, numbers, yes and no.
// ok=false leaves them as they are, to be shown in any order.
func natural(options []item.Option, said []string) (ok bool) {
	rank := make([]*big.Rat, len(said))
	letters, numbers := true, true
	for i, s := range said {
		s = strings.ToLower(strings.TrimSuffix(s, "."))
		at := slices.Index([]string{"yes", "no", "true", "false"}, s)
		value, _, isNumber := readNumeral(s)
		switch {
		case len(said) == 2 && at >= 0:
			rank[i] = big.NewRat(int64(at), 1)
			numbers = false
		case len(s) == 1 && isLetter(s[0]):
			rank[i] = big.NewRat(int64(s[0]), 1)
			numbers = false
		case isNumber:
			rank[i] = value
			letters = false
		default:
			return false
		}
	}
	if !letters && !numbers {
		return false
	}
	order := make([]int, len(options))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank[a].Cmp(rank[b]) })
	sorted := make([]item.Option, len(options))
	for i, at := range order {
		sorted[i] = options[at]
	}
	copy(options, sorted)
	return true
}

func choices(out *made, w writer, s step) error {
	if len(s.Choices) < 2 || len(s.Choices) > 12 {
		out.why = phrase.Of("import.oatutor.choices", "n", len(s.Choices))
		return nil
	}
	var seen []string
	right := 0
	for _, c := range s.Choices {
		nodes, err := w.blocks(c, false)
		if err != nil {
			return err
		}
		option := item.Option{Text: doc.Doc{Nodes: nodes}, Right: oneLine(c) == out.answer}
		if option.Right {
			right++
		}
		said := sameQuestion(option.Text)
		if said == "" || slices.Contains(seen, said) {
			out.why = phrase.Of("import.oatutor.choice_twice", "choice", said)
			return nil
		}
		seen = append(seen, said)
		out.item.Choices = append(out.item.Choices, option)
	}
	if right != 1 {
		out.why = phrase.Of("import.oatutor.key_missing", "answer", out.answer)
		return nil
	}
	out.item.Kind = item.Choice
	out.item.Ordered = natural(out.item.Choices, seen)
	return nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// hints are the step's help in the order in which one rests on another. A scaffold asks a smaller question; one that cannot be judged
// is a hint that comes with its answer.
func hints(out *made, w writer, _ problem, s step) error {
	for _, h := range inOrder(s.Hints) {
		said := h.Text
		if strings.TrimSpace(said) == "" {
			said = h.Title
		}
		nodes, err := w.blocks(said, true)
		if err != nil {
			return fmt.Errorf("hint %s: %w", h.ID, err)
		}
		if h.Type == "scaffold" && len(h.HintAnswer) > 0 {
			answer, err := w.blocks(h.HintAnswer[0], false)
			if err != nil {
				return fmt.Errorf("hint %s: %w", h.ID, err)
			}
			if small, ok := scaffold(w, h, doc.Doc{Nodes: nodes}, doc.Doc{Nodes: answer}); ok {
				small.Rung = len(out.item.Hints) + 1
				out.item.Scaffolds = append(out.item.Scaffolds, small)
			} else {
				nodes = append(nodes, answer...)
			}
		}
		if len(nodes) > 0 {
			out.item.Hints = append(out.item.Hints, doc.Doc{Nodes: nodes})
		}
	}
	if len(out.item.Hints) > maxRungs {
		out.why = phrase.Of("import.oatutor.hints", "n", len(out.item.Hints), "most", maxRungs)
	}
	return nil
}

// inOrder puts hints after those that they depend on, else in the file's order. Dependencies that lead nowhere or round in
// a ring bind nothing.
func inOrder(list []hint) []hint {
	there := map[string]bool{}
	for _, h := range list {
		there[h.ID] = true
	}
	done := map[string]bool{}
	var out []hint
	for len(out) < len(list) {
		before := len(out)
		for i, h := range list {
			if list[i].ID != "" && done[h.ID] {
				continue
			}
			if !slices.ContainsFunc(h.Dependencies, func(d string) bool { return there[d] && !done[d] && d != h.ID }) {
				done[h.ID] = true
				out = append(out, h)
				break
			}
		}
		if len(out) == before {
			for _, h := range list {
				if !done[h.ID] {
					done[h.ID] = true
					out = append(out, h)
					break
				}
			}
		}
		if len(out) == before {
			return out
		}
	}
	return out
}

// named parts "https://example.org <Name>" into name and address; ok=false when it is written otherwise.
func named(s string) (name, address string, ok bool) {
	address, rest, ok := strings.Cut(s, "<")
	name = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), ">"))
	return name, strings.TrimSpace(address), ok && name != ""
}

// figure is a figure of the archive: the name by which the bundle knows it.
type figure struct {
	id   string
	file intake.BundleFile
}

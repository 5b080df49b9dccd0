package bank

import (
	"fmt"
	"slices"
	"strings"

	"kith/internal/doc"
	"kith/internal/item"
	"kith/internal/phrase"
)

// sequence makes an ordering of answers that stand in their order.
func (m *maker) sequence() phrase.Phrase {
	if why := m.unlikeAnswers(3); why.Code != "" {
		return why
	}
	m.item.Kind = item.Ordering
	for _, a := range m.Answers {
		m.item.Choices = append(m.item.Choices, item.Option{Text: a.Text})
	}
	for _, w := range m.Wrong {
		if !w.Nudge.Empty() {
			m.item.Mistakes = append(m.item.Mistakes, item.Mistake{Tag: w.Mistake, Yields: w.Each, Nudge: w.Nudge})
		}
	}
	return phrase.Phrase{}
}

// grouped makes a matching or a sorting.
func (m *maker) grouped(kind item.Kind) phrase.Phrase {
	if why := m.unlikeAnswers(2); why.Code != "" {
		return why
	}
	if n := len(m.Prompts); n < 2 || n > maxPrompts {
		return phrase.Of("import.item.prompts", "n", n, "most", maxPrompts)
	}
	takes := make([]int, len(m.Prompts))
	m.item.Kind = kind
	for i, p := range m.Prompts {
		if p.Empty() {
			return phrase.Of("import.item.option_empty")
		}
		if slices.ContainsFunc(m.Prompts[:i], func(was doc.Doc) bool { return shows(was) == shows(p) }) {
			return phrase.Of("import.item.option_twice", "option", short(oneLine(shows(p)), 60))
		}
		m.item.Groups = append(m.item.Groups, item.Group{Text: p})
	}
	for _, a := range m.Answers {
		if a.Into >= 0 && a.Into < len(takes) {
			takes[a.Into]++
		}
		o := item.Option{Text: a.Text, Group: a.Into, Nudge: a.Nudge}
		if !a.Nudge.Empty() {
			o.Mistake = a.Mistake
		}
		m.item.Choices = append(m.item.Choices, o)
	}
	for i, n := range takes {
		if kind == item.Matching && n != 1 {
			return phrase.Of("import.item.pair", "prompt", short(oneLine(shows(m.Prompts[i])), 60), "n", n)
		}
	}
	return phrase.Phrase{}
}

// maxPrompts is how many prompts or groups an item may have (item.Check).
const maxPrompts = 8

// spots makes a hot spot of answers that are areas of a picture.
func (m *maker) spots() phrase.Phrase {
	m.Kind = Several
	if why := m.options(); why.Code != "" {
		return why
	}
	if len(m.Picture.Nodes) != 1 || m.Picture.Nodes[0].Kind != doc.Image && m.Picture.Nodes[0].Kind != doc.Figure {
		return phrase.Of("import.item.picture")
	}
	m.item.Kind, m.item.Ordered, m.item.Picture = item.Hotspot, false, m.Picture
	for i, a := range m.Answers {
		if a.Area == nil {
			return phrase.Of("import.item.area", "option", short(oneLine(a.Text.Plain(nil)), 60))
		}
		m.item.Choices[i].Area = a.Area
	}
	return phrase.Phrase{}
}

// unlikeAnswers refuses too few or too many answers, empty ones, and two that read alike.
func (m *maker) unlikeAnswers(least int) phrase.Phrase {
	if n := len(m.Answers); n < least || n > 12 {
		return phrase.Of("import.item.things", "n", n, "least", least)
	}
	for i, a := range m.Answers {
		if a.Text.Empty() {
			return phrase.Of("import.item.option_empty")
		}
		if slices.ContainsFunc(m.Answers[:i], func(was Answer) bool { return shows(was.Text) == shows(a.Text) }) {
			return phrase.Of("import.item.option_twice", "option", short(oneLine(shows(a.Text)), 60))
		}
	}
	return phrase.Phrase{}
}

// shows is what a text shows: its words, its pictures by their ids, and its figures by what is drawn.
func shows(d doc.Doc) string {
	s := strings.Join(strings.Fields(d.Plain(nil)), " ")
	shown([]doc.Doc{d}, func(id string) { s += " " + id })
	var figures func(nodes []doc.Node)
	figures = func(nodes []doc.Node) {
		for _, n := range nodes {
			if n.Kind == doc.Figure {
				s += fmt.Sprint(" ", n.Name, n.Args)
			}
			figures(n.Nodes)
		}
	}
	figures(d.Nodes)
	return s
}

// Match is a prompt with its answer, as foreign banks have them. An empty prompt leaves an answer that fits none.
type Match struct{ Prompt, Answer doc.Doc }

// Match makes pairs of matches. Where an answer belongs to several prompts it is a group, and the prompts are sorted into it.
func (d *Entry) Match(all []Match) {
	var answers []doc.Doc
	takes := map[string]int{}
	for _, m := range all {
		if !slices.ContainsFunc(answers, func(a doc.Doc) bool { return shows(a) == shows(m.Answer) }) {
			answers = append(answers, m.Answer)
		}
		if !m.Prompt.Empty() {
			takes[shows(m.Answer)]++
		}
	}
	d.Kind, d.Prompts, d.Answers = Pairs, nil, nil
	for _, n := range takes {
		if n > 1 {
			d.Kind = Groups
		}
	}
	if d.Kind == Groups {
		d.Prompts = answers
		for _, m := range all {
			if !m.Prompt.Empty() {
				at := slices.IndexFunc(answers, func(a doc.Doc) bool { return shows(a) == shows(m.Answer) })
				d.Answers = append(d.Answers, Answer{Text: m.Prompt, Into: at})
			}
		}
		return
	}
	for _, m := range all {
		into := item.Nowhere
		if !m.Prompt.Empty() {
			into = len(d.Prompts)
			d.Prompts = append(d.Prompts, m.Prompt)
		}
		d.Answers = append(d.Answers, Answer{Text: m.Answer, Into: into})
	}
}

// Matches are pairs or groups as a prompt with its answer each, as Match takes them. same=false where Match would not make the same
// of them: answers stand in another order than their prompts, or groups in another than what goes into them.
func (d Entry) Matches() (all []Match, same bool) {
	if d.Kind == Groups {
		used := map[int]bool{}
		for _, a := range d.Answers {
			all = append(all, Match{a.Text, d.Prompts[a.Into]})
			used[a.Into] = true
		}
		for i, p := range d.Prompts {
			if !used[i] {
				all = append(all, Match{Answer: p})
			}
		}
	} else {
		for _, a := range d.Answers {
			m := Match{Answer: a.Text}
			if a.Into >= 0 {
				m.Prompt = d.Prompts[a.Into]
			}
			all = append(all, m)
		}
	}
	var back Entry
	back.Match(all)
	same = back.Kind == d.Kind && slices.EqualFunc(back.Prompts, d.Prompts, func(a, b doc.Doc) bool { return shows(a) == shows(b) }) &&
		slices.EqualFunc(back.Answers, d.Answers, func(a, b Answer) bool { return a.Into == b.Into && shows(a.Text) == shows(b.Text) })
	return all, same
}

package qti

import (
	"slices"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/item"
	"kith/internal/phrase"
)

// numbered names the nth place in a text, from 0, as place does.
func numbered(n int) doc.Doc {
	return doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Text, Text: "(" + strconv.Itoa(n+1) + ")"}}}}}
}

// order reads things that are put in order. What is right is a whole order.
func (i *reading) order(ask *node) (why phrase.Phrase, err error) {
	choices := ask.find("simplechoice")
	right := i.declared(ask).right
	i.d.Kind = bank.Sequence
	if len(right) == 0 {
		return i.skip(ask, "import.item.no_key"), nil
	}
	for _, id := range right {
		at := slices.IndexFunc(choices, func(c *node) bool { return c.attr["identifier"] == id })
		if at < 0 {
			return i.skip(ask, "import.qti.identifier", "id", clip(id)), nil
		}
		text, err := i.text(choices[at])
		if err != nil {
			return why, err
		}
		i.d.Answers = append(i.d.Answers, bank.Answer{Text: text})
	}
	if len(right) != len(choices) {
		return i.skip(ask, "import.qti.subset", "n", len(choices), "right", len(right)), nil
	}
	for _, c := range i.containers("ordered") {
		order := make([]string, 0, len(right))
		for _, id := range c.values {
			order = append(order, strconv.Itoa(slices.Index(right, id)+1))
		}
		if id := c.says; id != "" && len(order) == len(right) && !slices.Contains(order, "0") && !slices.Equal(c.values, right) {
			i.d.Wrong = append(i.d.Wrong, bank.Answer{Each: order, Nudge: i.said[id], Mistake: i.tags[id]})
		}
	}
	return why, nil
}

// match reads two sets of which what belongs together is joined: pairs where each has one, else things in groups.
func (i *reading) match(ask *node) (why phrase.Phrase, err error) {
	sets := ask.find("simplematchset")
	if len(sets) != 2 {
		return i.skip(ask, "import.item.kind", "kind", clip(ask.raw)), nil
	}
	var ids [2][]string
	var all [2][]bank.Answer
	for n, set := range sets {
		for _, c := range set.find("simpleassociablechoice") {
			a, err := i.option(c)
			if err != nil {
				return why, err
			}
			ids[n], all[n] = append(ids[n], c.attr["identifier"]), append(all[n], a)
		}
	}
	return i.joined(ask, ids, all)
}

// joined makes pairs or groups of two sets by the right pairs.
func (i *reading) joined(ask *node, ids [2][]string, all [2][]bank.Answer) (why phrase.Phrase, err error) {
	to := [2][]int{make([]int, len(ids[0])), make([]int, len(ids[1]))} // which of the other side each belongs to
	taken := [2][]int{make([]int, len(ids[0])), make([]int, len(ids[1]))}
	for n := range to {
		for k := range to[n] {
			to[n][k] = item.Nowhere
		}
	}
	pairs := i.declared(ask).pairs()
	for _, p := range pairs {
		a, b := slices.Index(ids[0], p[0]), slices.Index(ids[1], p[1])
		if a < 0 || b < 0 { // either way round
			a, b = slices.Index(ids[0], p[1]), slices.Index(ids[1], p[0])
		}
		if a < 0 || b < 0 {
			return i.skip(ask, "import.qti.identifier", "id", clip(p[0]+" "+p[1])), nil
		}
		to[0][a], to[1][b] = b, a
		taken[0][a]++
		taken[1][b]++
	}
	once := func(n int) bool { return !slices.ContainsFunc(taken[n], func(k int) bool { return k > 1 }) }
	whole := func(n int) bool { return !slices.Contains(taken[n], 0) }
	put := func(kind bank.Kind, into, what int) {
		i.d.Kind = kind
		for _, p := range all[into] {
			i.d.Prompts = append(i.d.Prompts, p.Text)
		}
		for k, a := range all[what] {
			a.Into = to[what][k]
			i.d.Answers = append(i.d.Answers, a)
		}
	}
	switch {
	case len(pairs) == 0:
		return i.skip(ask, "import.item.no_key"), nil
	case once(0) && once(1) && whole(0):
		put(bank.Pairs, 0, 1)
	case once(0) && once(1) && whole(1):
		put(bank.Pairs, 1, 0)
	case once(0) && whole(0):
		put(bank.Groups, 1, 0)
	case once(1) && whole(1):
		put(bank.Groups, 0, 1)
	case !once(0) && !once(1):
		return i.skip(ask, "import.qti.many"), nil
	default:
		return i.skip(ask, "import.qti.alone"), nil
	}
	return why, nil
}

// associate reads one set of which pairs are made. In Kith one of each pair is the prompt and the other its answer.
func (i *reading) associate(ask *node) (why phrase.Phrase, err error) {
	choices := ask.find("simpleassociablechoice")
	pairs := i.declared(ask).pairs()
	i.d.Kind = bank.Pairs
	if len(pairs) == 0 {
		return i.skip(ask, "import.item.no_key"), nil
	}
	role := map[string]int{} // an answer's prompt, from 1; below 0 a prompt
	for n, p := range pairs {
		if role[p[0]] != 0 || role[p[1]] != 0 || p[0] == p[1] {
			return i.skip(ask, "import.qti.many"), nil
		}
		role[p[0]], role[p[1]] = -1, n+1
	}
	text := map[string]doc.Doc{}
	for _, c := range choices {
		id := c.attr["identifier"]
		a, err := i.option(c)
		if err != nil {
			return why, err
		}
		text[id] = a.Text
		if role[id] < 0 {
			continue
		}
		a.Into = role[id] - 1 // without a pair: item.Nowhere
		i.d.Answers = append(i.d.Answers, a)
	}
	for _, p := range pairs {
		i.d.Prompts = append(i.d.Prompts, text[p[0]])
	}
	i.doubt("import.qti.associate")
	return why, nil
}

// gapMatch reads words that are put into the gaps of a text. One gap alone is a choice.
func (i *reading) gapMatch(ask *node) (why phrase.Phrase, err error) {
	words := ask.find("gaptext", "gapimg")
	var ids [2][]string
	var all [2][]bank.Answer
	for n, g := range i.gaps {
		ids[0], all[0] = append(ids[0], g.attr["identifier"]), append(all[0], bank.Answer{Text: numbered(n)})
	}
	for _, w := range words {
		a, err := i.option(w)
		if err != nil {
			return why, err
		}
		ids[1], all[1] = append(ids[1], w.attr["identifier"]), append(all[1], a)
	}
	if len(i.gaps) != 1 {
		return i.joined(ask, ids, all)
	}
	i.d.Kind, i.d.Ordered = bank.One, ask.attr["shuffle"] != "true"
	pairs := i.declared(ask).pairs()
	for n, a := range all[1] {
		for _, p := range pairs {
			if slices.Contains(p[:], ids[1][n]) {
				a.Weight = 100
			}
		}
		i.d.Answers = append(i.d.Answers, a)
	}
	return why, nil
}

// pairs are a response's right pairs: two identifiers each.
func (d declared) pairs() (out [][2]string) {
	right := d.right
	if len(right) == 0 {
		for k, w := range d.mapped {
			if w > 0 {
				right = append(right, k)
			}
		}
		slices.Sort(right)
	}
	for _, s := range right {
		if two := strings.Fields(s); len(two) == 2 {
			out = append(out, [2]string{two[0], two[1]})
		}
	}
	return out
}

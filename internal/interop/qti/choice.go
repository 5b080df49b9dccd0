package qti

import (
	"slices"

	"kith/internal/interop/bank"
	"kith/internal/phrase"
)

// choice reads what is chosen: options of their own, in a line, or words of a text.
func (i *reading) choice(ask *node) (why phrase.Phrase, err error) {
	d := i.declared(ask)
	single := ask.name == "inlinechoiceinteraction" || ask.attr["maxchoices"] == "1" || ask.attr["maxchoices"] == "" && len(d.right) < 2
	if d.cardinality == "multiple" && len(d.right) > 1 {
		single = false
	}
	if !single {
		i.d.Kind = bank.Several
	}
	i.d.Ordered = ask.attr["shuffle"] != "true"
	for _, c := range ask.find("simplechoice", "inlinechoice", "hottext") {
		a, err := i.option(c)
		if err != nil {
			return why, err
		}
		a.Weight = d.weight(c.attr["identifier"], single)
		i.d.Answers = append(i.d.Answers, a)
	}
	return why, nil
}

// option reads something that is chosen, put in order or put into a group, with what is said to whoever gets it wrong.
func (i *reading) option(c *node) (a bank.Answer, err error) {
	id := c.attr["identifier"]
	a = bank.Answer{Nudge: i.said[id], Mistake: i.tags[id]}
	if other := i.answered(id); other != "" && a.Nudge.Empty() {
		a.Nudge, a.Mistake = i.said[other], i.tags[other]
	}
	if a.Text, err = i.text(c); err != nil {
		return a, err
	}
	for _, f := range c.find("feedbackinline", "feedbackblock") {
		said, err := i.text(&node{kids: f.kids})
		if err != nil {
			return a, err
		}
		if a.Nudge.Empty() {
			a.Nudge = said
		}
	}
	return a, nil
}

// weight is the share of the mark that a value earns, in percent.
func (d declared) weight(id string, single bool) float64 {
	best := d.best()
	switch w := d.mapped[id]; {
	case slices.Contains(d.right, id) || len(d.right) == 0 && w > 0 && (!single || w == best):
		return 100
	case w > 0 && best > 0:
		return 99 * w / best
	}
	return 0
}

// inlines reads several choices inside a text. Where they all offer the same words they are pairs: each word for its own place.
func (i *reading) inlines() (why phrase.Phrase, err error) {
	var first []string
	var all []bank.Match
	used := map[string]bool{}
	var words []bank.Answer
	for n, ask := range i.asks {
		d := i.declared(ask)
		var own []string
		right := -1
		for _, c := range ask.find("inlinechoice") {
			a, err := i.option(c)
			if err != nil {
				return why, err
			}
			if slices.Contains(d.right, c.attr["identifier"]) {
				right = len(own)
			}
			own = append(own, a.Text.Plain(nil))
			if n == 0 {
				words = append(words, a)
			}
		}
		if n == 0 {
			first = slices.Clone(own)
		}
		switch at := slices.Index(first, at(own, right)); {
		case right < 0:
			return i.skip(ask, "import.item.no_key"), nil
		case len(own) != len(first) || slices.ContainsFunc(own, func(s string) bool { return !slices.Contains(first, s) }):
			return i.skip(ask, "import.qti.inline", "n", len(i.asks)), nil
		default:
			used[first[at]] = true
			all = append(all, bank.Match{Prompt: numbered(n), Answer: words[at].Text})
		}
	}
	for n, w := range words {
		if !used[first[n]] {
			all = append(all, bank.Match{Answer: w.Text})
		}
	}
	i.d.Match(all)
	return why, nil
}

func at(all []string, n int) string {
	if n < 0 || n >= len(all) {
		return ""
	}
	return all[n]
}

package bank

import (
	"strings"

	"kith/internal/doc"
	"kith/internal/item"
	"kith/internal/phrase"
)

// beyond makes an entry of the kinds that are arranged, tapped or written.
func (d *Entry) beyond(it item.Item) phrase.Phrase {
	switch it.Kind {
	case item.Ordering:
		d.Kind = Sequence
		for _, o := range it.Choices {
			d.Answers = append(d.Answers, Answer{Text: o.Text})
		}
		for _, m := range it.Mistakes {
			d.Wrong = append(d.Wrong, Answer{Each: m.Yields, Nudge: m.Nudge, Mistake: tagUnlessMade(it, m, strings.Join(m.Yields, ", "))})
		}
	case item.Matching, item.Sorting:
		if d.Kind = Groups; it.Kind == item.Matching {
			d.Kind = Pairs
		}
		for _, g := range it.Groups {
			d.Prompts = append(d.Prompts, g.Text)
		}
		for i, o := range it.Choices {
			d.Answers = append(d.Answers, Answer{Text: o.Text, Into: o.Group, Nudge: o.Nudge, Mistake: optionName(it, i)})
		}
	case item.Hotspot:
		d.options(it)
		d.Kind, d.Picture, d.Ordered = Spots, it.Picture, false
		for i, o := range it.Choices {
			d.Answers[i].Area = o.Area
		}
	case item.Short:
		d.Kind, d.Pattern, d.Exact = Words, it.Pattern, it.Exact
		for _, a := range it.Accepts {
			if strings.Contains(a, "[[") {
				return phrase.Of("export.drawn")
			}
			d.Answers = append(d.Answers, Answer{Said: a, Weight: 100})
		}
		for _, m := range it.Mistakes {
			d.Answers = append(d.Answers, Answer{Said: m.Yields[0], Nudge: m.Nudge, Mistake: tagUnlessMade(it, m, m.Yields[0])})
		}
	case item.Long, item.Upload:
		d.Kind, d.Photo, d.Sends, d.Rubric = Written, it.Kind == item.Upload, it.Sends, it.Rubric
	default:
		return phrase.Of("export.kind", "kind", string(it.Kind))
	}
	return phrase.Phrase{}
}

// optionName is the name of the mistake that an option shows, "" where reading would make the same.
func optionName(it item.Item, i int) string {
	o := it.Choices[i]
	if o.Mistake == optionTag(it.Code, i, o.Text) {
		return ""
	}
	return o.Mistake
}

// asking makes the hints that ask. Each must be one that can be said alone: without drawn numbers.
func (d *Entry) asking(it item.Item) phrase.Phrase {
	for _, s := range it.Scaffolds {
		if s.Rung < 1 || s.Rung > len(it.Hints) {
			continue
		}
		small := item.Item{Code: it.Code, Kind: s.Kind, Text: it.Hints[s.Rung-1], Key: s.Key, Unit: s.Unit, Choices: s.Choices, Ordered: s.Ordered, Forms: s.Forms}
		step := Step{Rung: s.Rung, Then: s.Then, Ask: Entry{Text: small.Text, Unit: s.Unit, Ordered: s.Ordered, Form: s.Forms}}
		var why phrase.Phrase
		switch s.Kind {
		case item.Choice:
			step.Ask.options(small)
		case item.Number, item.Fraction:
			why = step.Ask.values(small)
		default:
			why = step.Ask.maths(small)
		}
		if why.Code != "" {
			return why
		}
		d.Steps = append(d.Steps, step)
	}
	return phrase.Phrase{}
}

// Asked are an entry's hints as their writer puts them where it has a place for steps: each step's own question, without its answer.
func (d Entry) Asked() []doc.Doc {
	out := append([]doc.Doc{}, d.Hints...)
	for _, s := range d.Steps {
		out[s.Rung-1] = s.Ask.Text
	}
	return out
}

// Step is what a hint asks; ok=false where it asks nothing.
func (d Entry) Step(rung int) (s Step, ok bool) {
	for _, s := range d.Steps {
		if s.Rung == rung {
			return s, true
		}
	}
	return s, false
}

// PictureID is the picture of an entry of places, and what is said to whoever does not see it; "" for a figure that Kith draws.
func (d Entry) PictureID() (id, alt string) {
	if len(d.Picture.Nodes) != 1 || d.Picture.Nodes[0].Kind != doc.Image {
		return "", ""
	}
	n := d.Picture.Nodes[0]
	return n.Name, n.Alt
}

// Unmatched is what pairs or groups lose where a format says each prompt with its answer and no more; zero where that is nothing.
func (d Entry) Unmatched() phrase.Phrase {
	if _, same := d.Matches(); !same {
		return phrase.Of("export.groups")
	}
	for _, a := range d.Answers {
		if !a.Nudge.Empty() {
			return phrase.Of("export.misplaced")
		}
	}
	return phrase.Phrase{}
}

// Unworded is what words lose where a format says answers that are typed, with stars and no more.
func (d Entry) Unworded(lang string) phrase.Phrase {
	answers, whole := d.Starred()
	d.Answers = answers
	switch {
	case !whole:
		return phrase.Of("export.pattern")
	case len(d.Exact) > 0:
		return phrase.Of("export.exact")
	case !d.asWords(lang):
		return phrase.Of("export.words")
	}
	return phrase.Phrase{}
}

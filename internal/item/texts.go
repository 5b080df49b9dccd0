package item

import (
	"slices"

	"kith/internal/doc"
)

// Retold is an item in which change has gone over every text, in the order in which they are read; it itself stays as it is. Whoever
// names the pictures of an item otherwise, or looks for what it shows, goes through here, so that no text is forgotten.
func (it Item) Retold(change func(doc.Doc) doc.Doc) Item {
	it.Text, it.Picture = change(it.Text), change(it.Picture)
	it.Groups = slices.Clone(it.Groups)
	for i := range it.Groups {
		it.Groups[i].Text = change(it.Groups[i].Text)
	}
	it.Choices = retold(it.Choices, change)
	it.Mistakes = slices.Clone(it.Mistakes)
	for i := range it.Mistakes {
		it.Mistakes[i].Nudge = change(it.Mistakes[i].Nudge)
	}
	it.Hints = slices.Clone(it.Hints)
	for i := range it.Hints {
		it.Hints[i] = change(it.Hints[i])
	}
	it.Scaffolds = slices.Clone(it.Scaffolds)
	for i := range it.Scaffolds {
		s := &it.Scaffolds[i]
		s.Choices, s.Then = retold(s.Choices, change), change(s.Then)
	}
	it.Solution = change(it.Solution)
	return it
}

func retold(options []Option, change func(doc.Doc) doc.Doc) []Option {
	out := slices.Clone(options)
	for i := range out {
		out[i].Text, out[i].Nudge = change(out[i].Text), change(out[i].Nudge)
	}
	return out
}

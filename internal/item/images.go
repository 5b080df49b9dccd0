package item

import "kith/internal/doc"

// Images are the names of all pictures that an item shows anywhere, to whoever answers it.
func (it *Item) Images() (out []string) {
	add := func(texts ...doc.Doc) {
		for _, d := range texts {
			out = append(out, d.Images()...)
		}
	}
	options := func(all []Option) {
		for _, o := range all {
			add(o.Text, o.Nudge)
		}
	}
	add(it.Text, it.Picture, it.Solution)
	add(it.Hints...)
	options(it.Choices)
	for _, g := range it.Groups {
		add(g.Text)
	}
	for _, m := range it.Mistakes {
		add(m.Nudge)
	}
	for _, s := range it.Scaffolds {
		add(s.Then)
		options(s.Choices)
	}
	return out
}

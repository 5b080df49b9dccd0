package authoring

import (
	"slices"

	"kith/internal/doc"
	"kith/internal/item"
)

// withSteps is an item made of a draft, with the smaller questions of the item that the draft began as. A draft has no room for
// them: it shows such a hint with its answer below. A hint that still reads so asks again; one that was rewritten is a plain hint.
// So are all where the questions no longer fit, because a number that they use is gone.
func withSteps(made item.Item, was *item.Item) item.Item {
	plain := was.PlainHints()
	again := made
	again.Hints, again.Scaffolds = slices.Clone(made.Hints), nil
	for _, s := range was.Scaffolds {
		reads := doc.Format(plain[s.Rung-1])
		at := slices.IndexFunc(made.Hints, func(h doc.Doc) bool { return doc.Format(h) == reads })
		if at < 0 || slices.ContainsFunc(again.Scaffolds, func(o item.Scaffold) bool { return o.Rung == at+1 }) {
			continue
		}
		again.Hints[at] = was.Hints[s.Rung-1]
		s.Rung = at + 1
		again.Scaffolds = append(again.Scaffolds, s)
	}
	if len(again.Scaffolds) == 0 || item.Check(again) != nil {
		return made
	}
	return again
}

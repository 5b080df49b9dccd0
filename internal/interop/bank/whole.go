package bank

import (
	"slices"

	"kith/internal/doc"
	"kith/internal/item"
)

// Whole is an item or a lesson's text as Kith has it, where what other programs see of it says less: drawn numbers, figures, slips
// known by name, steps. Formats that have comments, which others pass over, carry it there as JSON.
type Whole struct {
	Item *item.Item `json:"item,omitempty"`
	Body *doc.Doc   `json:"body,omitempty"`
}

// WholeOf is an entry as Kith has it, without what the place where it is read gives it: ids, skills, credits. ok=false when the
// entry carries nothing.
func WholeOf(d Entry) (w Whole, ok bool) {
	switch {
	case d.Body != nil:
		copied := *d.Body
		w.Body = &copied
	case d.Whole != nil:
		it := *d.Whole
		it.ID, it.Version, it.Code, it.Skills, it.Attribution, it.Author = "", 0, "", nil, nil, ""
		w.Item = &it
	default:
		return w, false
	}
	return w, true
}

// rewritten are an item's texts with pictures under other names and without the trees of formulas, which are made anew on reading.
func rewritten(nodes []doc.Node, picture func(name string) (string, bool), tree bool) (out []doc.Node, ok bool) {
	out, ok = slices.Clone(nodes), true
	for k := range out {
		n := &out[k]
		switch n.Kind {
		case doc.Image:
			if n.Name, ok = picture(n.Name); !ok {
				return nil, false
			}
		case doc.Math:
			if n.MathML = nil; tree {
				el, err := doc.TeX(n.Text, n.Display)
				if err != nil {
					return nil, false
				}
				n.MathML = &el
			}
		}
		if len(n.Nodes) == 0 {
			continue
		}
		if n.Nodes, ok = rewritten(n.Nodes, picture, tree); !ok {
			return nil, false
		}
	}
	return out, ok
}

// Rewrite puts every picture of it under another name; ok=false where one has none. Without tree it takes the trees of formulas off, with it
// they are made anew, since a file is anybody's.
func (w *Whole) Rewrite(picture func(name string) (string, bool), tree bool) (ok bool) {
	ok = true
	one := func(d doc.Doc) doc.Doc {
		nodes, fine := rewritten(d.Nodes, picture, tree)
		if ok = ok && fine; fine && len(nodes) > 0 {
			d.Nodes = nodes
		}
		return d
	}
	if w.Item != nil {
		it := w.Item.Retold(one)
		w.Item = &it
	}
	if w.Body != nil {
		d := one(*w.Body)
		w.Body = &d
	}
	return ok
}

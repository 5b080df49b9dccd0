package library

import (
	"kith/internal/doc"
	"kith/internal/item"
)

// arranged draws how options were arranged: a numbered list of what was put in order, each prompt with its answer, each group
// with what was put into it.
func arranged(a item.Asked, r item.Response) []doc.El {
	shown := map[int][]doc.El{}
	for _, o := range a.Options {
		shown[o.Index] = o.Text
	}
	if a.Kind == item.Ordering {
		list := doc.El{N: "ol"}
		for _, i := range r.Chosen {
			list.C = append(list.C, doc.El{N: "li", C: shown[i]})
		}
		if len(list.C) == 0 {
			return nil
		}
		return []doc.El{list}
	}
	var out []doc.El
	for g, text := range a.Groups {
		var in [][]doc.El
		for i, to := range r.Placed {
			if to == g {
				in = append(in, shown[i])
			}
		}
		if len(in) > 0 {
			out = append(out, text...)
			out = append(out, listed(in))
		}
	}
	return out
}

// listed is texts as a list.
func listed(texts [][]doc.El) doc.El {
	list := doc.El{N: "ul"}
	for _, t := range texts {
		list.C = append(list.C, doc.El{N: "li", C: t})
	}
	return list
}

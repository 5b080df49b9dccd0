package flow

import (
	"strings"

	"kith/internal/doc"
	"kith/internal/item"
)

// asAnswered draws a response as the learner gave it: the options that they chose, or what they typed with what stands
// around the boxes.
func asAnswered(a item.Asked, r item.Response) []doc.El {
	switch a.Kind {
	case item.Choice, item.Choices:
		var out []doc.El
		for _, o := range a.Options {
			for _, i := range r.Chosen {
				if i == o.Index {
					out = append(out, o.Text...)
				}
			}
		}
		return out
	case item.Fraction:
		return typed(fraction(r.Boxes), a.Unit)
	case item.Blanks:
		var words []string
		for i, b := range a.Boxes {
			given := ""
			if i < len(r.Boxes) {
				given = r.Boxes[i]
			}
			words = append(words, b.Before, given, b.After)
		}
		return typed(words...)
	}
	return typed(append(append([]string{}, r.Boxes...), a.Unit)...)
}

// fraction words the three boxes of a fraction: "1 3/4", "3/4", "2".
func fraction(boxes []string) string {
	if len(boxes) != 3 {
		return strings.Join(boxes, " ")
	}
	whole, top, bottom := strings.TrimSpace(boxes[0]), strings.TrimSpace(boxes[1]), strings.TrimSpace(boxes[2])
	if top == "" && bottom == "" {
		return whole
	}
	return strings.TrimSpace(whole + " " + top + "/" + bottom)
}

// typed is words as one paragraph.
func typed(words ...string) []doc.El {
	line := strings.Join(strings.Fields(strings.Join(words, " ")), " ")
	if line == "" {
		return nil
	}
	return []doc.El{{N: "p", C: []doc.El{{T: line}}}}
}

// wholeText is an item's text with what a page shows beside it: the options, or the line with its boxes.
func wholeText(a item.Asked) []doc.El {
	out := append([]doc.El{}, a.Text...)
	if len(a.Options) > 0 {
		list := doc.El{N: "ul"}
		for _, o := range a.Options {
			list.C = append(list.C, doc.El{N: "li", C: o.Text})
		}
		return append(out, list)
	}
	if len(a.Boxes) > 0 {
		var words []string
		for _, b := range a.Boxes {
			words = append(words, b.Before, "____", b.After)
		}
		out = append(out, typed(words...)...)
	}
	return out
}

package library

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith/internal/doc"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/item"
)

// AsAnswered draws a response as the learner gave it: the options that they chose, or what they typed with what stands
// around the boxes.
func AsAnswered(a item.Asked, r item.Response) []doc.El {
	switch a.Kind {
	case item.Choice, item.Choices, item.Hotspot:
		var out []doc.El
		for _, o := range a.Options {
			for _, i := range r.Chosen {
				if i == o.Index {
					out = append(out, o.Text...)
				}
			}
		}
		return out
	case item.Ordering, item.Matching, item.Sorting:
		return arranged(a, r)
	case item.Fraction:
		return typed(withUnit(fraction(r.Boxes), a.Unit))
	case item.Blanks:
		return inBoxes(a.Boxes, r.Boxes)
	case item.Short, item.Long, item.Upload:
		return written(r.Boxes)
	}
	return typed(withUnit(strings.Join(r.Boxes, " "), a.Unit))
}

// written is text as somebody wrote it, a paragraph for each of its lines.
func written(boxes []string) []doc.El {
	var out []doc.El
	for _, line := range strings.Split(strings.Join(boxes, "\n"), "\n") {
		out = append(out, typed(line)...)
	}
	return out
}

// Answered draws what was answered in an attempt: mathematics as it was read.
func Answered(l *flow.Look, a evidence.Attempt) ([]doc.El, error) {
	it, err := ItemVersion(l, a.Item, int64(a.ItemVersion))
	if err != nil {
		return nil, err
	}
	v, err := item.Recall(*it, a.Seed, a.Drawn)
	if err != nil {
		return nil, err
	}
	asked, err := v.Asked()
	if err != nil {
		return nil, err
	}
	if it.Kind.Mathematics() && !it.Kind.Placed() {
		said, err := item.ReadBack(v, a.Response, false)
		if err != nil || len(said.Drawn) > 0 {
			return inParagraph(said.Drawn, ""), err
		}
	}
	return AsGiven(v, asked, a.Response), nil
}

// withUnit adds the unit that stands behind the box, unless it was typed too.
func withUnit(given, unit string) string {
	given = strings.TrimSpace(given)
	if strings.HasSuffix(strings.ToLower(given), strings.ToLower(unit)) {
		return given
	}
	return given + " " + unit
}

// inBoxes is what stands in boxes with the words around them: one line, or one for each box that begins a sentence.
func inBoxes(boxes []item.AskedBox, given []string) []doc.El {
	var out []doc.El
	var words []string
	for i, b := range boxes {
		first, _ := utf8.DecodeRuneInString(strings.TrimSpace(b.Before))
		if len(words) > 0 && unicode.IsUpper(first) {
			out = append(out, typed(words...)...)
			words = nil
		}
		in := ""
		if i < len(given) {
			in = given[i]
		}
		words = append(words, b.Before, in, b.After)
	}
	return append(out, typed(words...)...)
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

// TextOf is an item's text with the line of its boxes or the axes on which something is placed, and its options as a list.
func TextOf(a item.Asked) (text, options []doc.El) {
	text = append([]doc.El{}, a.Text...)
	text = append(text, a.Picture...)
	if len(a.Groups) > 0 {
		text = append(text, listed(a.Groups))
	}
	if len(a.Options) > 0 {
		list := doc.El{N: "ul"}
		for _, o := range a.Options {
			list.C = append(list.C, doc.El{N: "li", C: o.Text})
		}
		return text, []doc.El{list}
	}
	given := make([]string, len(a.Boxes))
	for i := range given {
		given[i] = "____"
	}
	if a.Axes != nil {
		return append(text, axesOf(a)...), nil
	}
	return append(text, inBoxes(a.Boxes, given)...), nil
}

// AddCredit notes where an item comes from, once.
func AddCredit(all []item.Attribution, a *item.Attribution) []item.Attribution {
	if a == nil || slices.Contains(all, *a) {
		return all
	}
	return append(all, *a)
}

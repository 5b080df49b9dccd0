package library

import (
	"kith/internal/flow"
	"kith/internal/item"
)

// PreviewOf is an item's n-th numbers for a teacher, kept or not.
func PreviewOf(l *flow.Look, it item.Item, n int) (PreviewItem, error) { return previewOf(l, it, n) }

// PreviewVariant is the variant that PreviewOf shows. Errors are item.Draw's.
func PreviewVariant(it item.Item, n int) (item.Variant, error) {
	return item.Draw(it, item.SeedFor(previewSeat, string(it.ID), n))
}

// Given is a response that somebody could give: what is right (mistake -1), or what a known mistake comes to. ok is false
// for a mistake that has no answer of its own, a slip that any answer may show, and where a person says what is right.
func Given(kind item.Kind, v item.Variant, mistake int) (r item.Response, ok bool) {
	if r, ok := item.Given(v, mistake); ok {
		return r, true
	}
	switch {
	case kind.Chosen():
		return item.Response{Chosen: v.Rights()}, mistake < 0
	case kind.Mathematics():
		text, _ := v.KeyText()
		if mistake >= 0 {
			text = v.YieldText(mistake)
		}
		return item.Response{Boxes: []string{text}}, text != ""
	case kind == item.Short:
		text, err := shortGiven(v, mistake)
		return item.Response{Boxes: []string{text}}, err == nil
	case !kind.AtOnce():
		return item.Response{}, false
	}
	numbers := v.Key()
	if mistake >= 0 {
		numbers = v.Yield(mistake)
	}
	return item.Response{Boxes: boxesOf(kind, numbers)}, len(numbers) > 0
}

// shortGiven is the first accepted text, or what a known mistake comes to.
func shortGiven(v item.Variant, mistake int) (string, error) {
	if mistake >= 0 {
		return v.YieldWritten(mistake)
	}
	texts, err := v.Accepted()
	if err != nil || len(texts) == 0 {
		return "", err
	}
	return texts[0], nil
}

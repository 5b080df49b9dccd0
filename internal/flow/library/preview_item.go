package library

import (
	"math/big"

	"kith/internal/doc"
	"kith/internal/flow"
	"kith/internal/item"
)

// PreviewItem is an item as a learner gets it and, beside it, what a learner must not see: for its teachers alone.
type PreviewItem struct {
	Asked    *AskedVariant    `json:"asked"`
	Right    []doc.El         `json:"right"`
	Solution []doc.El         `json:"solution"`
	Mistakes []PreviewMistake `json:"mistakes"` // wrong answers that are known, each with what is said to it
}

// PreviewMistake is one known wrong answer.
type PreviewMistake struct {
	Tag    string   `json:"tag"`
	Answer []doc.El `json:"answer"`
	Nudge  []doc.El `json:"nudge"`
}

// previewSeat stands where a learner's id stands in the seed: a teacher sees numbers that are nobody's.
const previewSeat = "preview"

// previewOf draws an item's n-th numbers for a teacher.
func previewOf(l *flow.Look, it item.Item, n int) (PreviewItem, error) {
	var p PreviewItem
	var err error
	if p.Asked, err = Ask(l, previewSeat, []item.Item{it}, it.ID, n, 1); err != nil {
		return p, err
	}
	v, err := item.Draw(it, item.SeedFor(previewSeat, string(it.ID), n))
	if err != nil {
		return p, err
	}
	if p.Solution, err = v.Solution(); err != nil {
		return p, err
	}
	if p.Right, err = RightOf(v, it.Kind, p.Asked.Asked); err != nil {
		return p, err
	}
	tell := func(answer []doc.El, said item.Judged) error {
		if said.Nudge.Empty() {
			return nil
		}
		nudge, err := v.Nudge(said)
		p.Mistakes = append(p.Mistakes, PreviewMistake{Tag: said.Mistake, Answer: answer, Nudge: nudge})
		return err
	}
	for i, m := range it.Mistakes {
		answer, err := yieldOf(v, it.Kind, p.Asked.Asked, i)
		if err != nil {
			return p, err
		}
		if err := tell(answer, item.Judged{Outcome: item.NotYet, Mistake: m.Tag, Nudge: m.Nudge}); err != nil {
			return p, err
		}
	}
	for i, o := range it.Choices {
		if err := tell(p.Asked.Options[v.ShownAt(i)].Text, item.Judged{Outcome: item.NotYet, Mistake: o.Mistake, Nudge: o.Nudge}); err != nil {
			return p, err
		}
	}
	return p, nil
}

// yieldOf is what the i-th known mistake comes to, as it would be given; empty for a slip that any answer may show.
func yieldOf(v item.Variant, kind item.Kind, asked item.Asked, i int) ([]doc.El, error) {
	if given, ok := item.Given(v, i); ok {
		return AsAnswered(asked, given), nil
	}
	switch {
	case kind.Mathematics():
		return inParagraph(v.YieldDrawn(i), ""), nil
	case kind == item.Short:
		text, err := v.YieldWritten(i)
		return typed(text), err
	}
	numbers := v.Yield(i)
	if len(numbers) == 0 {
		return nil, nil
	}
	return AsAnswered(asked, item.Response{Boxes: boxesOf(kind, numbers)}), nil
}

// RightOf is what is right in a variant, as it would be given: each accepted text of a short one, nothing where a person says
// what is right. Like the key it is for teachers.
func RightOf(v item.Variant, kind item.Kind, asked item.Asked) ([]doc.El, error) {
	if kind.Placed() {
		text, _ := v.KeyText()
		if out := pictured(v, asked, text); out != nil {
			return out, nil
		}
	}
	if kind.Mathematics() {
		return inParagraph(v.KeyDrawn(), asked.Unit), nil
	}
	if !kind.AtOnce() {
		texts, err := v.Accepted()
		return written(texts), err
	}
	if given, ok := item.Given(v, -1); ok {
		return AsAnswered(asked, given), nil
	}
	return AsAnswered(asked, item.Response{Chosen: v.Rights(), Boxes: boxesOf(kind, v.Key())}), nil
}

// inParagraph is drawn mathematics, with what stands behind its box, as one paragraph.
func inParagraph(els []doc.El, unit string) []doc.El {
	if len(els) == 0 {
		return nil
	}
	if unit != "" {
		els = append(els[:len(els):len(els)], doc.El{T: " " + unit})
	}
	return []doc.El{{N: "p", C: els}}
}

// boxesOf is numbers as somebody would type them.
func boxesOf(kind item.Kind, numbers []*big.Rat) []string {
	if kind == item.Fraction && len(numbers) == 1 {
		if n := numbers[0]; !n.IsInt() {
			return []string{"", n.Num().String(), n.Denom().String()}
		}
		return []string{numbers[0].Num().String(), "", ""}
	}
	var out []string
	for _, n := range numbers {
		out = append(out, typedNumber(n))
	}
	return out
}

// typedNumber is a whole number or a decimal of at most four places where it is one, else a fraction.
func typedNumber(n *big.Rat) string {
	if n.IsInt() {
		return n.Num().String()
	}
	if places, exact := n.FloatPrec(); exact && places <= 4 {
		return n.FloatString(places)
	}
	return n.RatString()
}

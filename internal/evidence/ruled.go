package evidence

import (
	"slices"

	"kith/internal/item"
)

// AsRuled is the facts with each attempt as it stands by now. One that was judged again by a later key has that outcome; one
// that was ruled right after all is right, with no mistake recognised in it; one that waited for a person is what they said. Tries after one that is right so are moot, since
// nothing was left to try. Of several rescorings or rulings the last counts; one that was withdrawn does not. Facts are taken
// in Seq order whatever their order in the slice; neither the slice nor an attempt is altered, and doing it twice changes
// nothing.
func AsRuled(facts []Fact) []Fact {
	gone, ruled, scored := map[string]bool{}, map[string]Fact{}, map[string]Fact{}
	for _, f := range facts {
		if f.Withdrawal != nil {
			gone[f.Withdrawal.Fact] = true
		}
	}
	for _, f := range facts {
		switch {
		case gone[f.ID]:
		case f.Ruling != nil && f.Seq >= ruled[f.Ruling.Attempt].Seq:
			ruled[f.Ruling.Attempt] = f
		case f.Rescoring != nil && f.Seq >= scored[f.Rescoring.Attempt].Seq:
			scored[f.Rescoring.Attempt] = f
		}
	}
	if len(ruled) == 0 && len(scored) == 0 {
		return facts
	}
	type variant struct {
		item item.ID
		draw int
	}
	right := map[variant]int{} // the try that was right after all
	out := slices.Clone(facts)
	for i, f := range out {
		if f.Attempt == nil || gone[f.ID] {
			continue
		}
		a := *f.Attempt
		waited := a.Outcome == item.Waiting || a.Looked
		if r := scored[f.ID].Rescoring; r != nil {
			a.Outcome, a.Mistake, a.Rescored = r.Outcome, r.Mistake, r.ItemVersion
			a.Parts, a.PartsRight = r.Parts, r.PartsRight
		}
		switch r := ruled[f.ID].Ruling; {
		case r == nil:
		case r.Accepted:
			a.Outcome, a.Mistake, a.PartsRight, a.Ruled, a.Looked = item.Right, "", a.Parts, true, waited
		case waited:
			a.Outcome, a.Mistake, a.Looked = item.NotYet, "", true
		}
		if a.Rescored == 0 && !a.Ruled && !a.Looked {
			continue
		}
		out[i].Attempt = &a
		v := variant{a.Item, a.DrawN}
		if was, ok := right[v]; a.Outcome == item.Right && (!ok || a.Try < was) {
			right[v] = a.Try
		}
	}
	for i, f := range out {
		if f.Attempt == nil {
			continue
		}
		if try, ok := right[variant{f.Attempt.Item, f.Attempt.DrawN}]; ok && f.Attempt.Try > try {
			a := *f.Attempt
			a.Moot = true
			out[i].Attempt = &a
		}
	}
	return out
}

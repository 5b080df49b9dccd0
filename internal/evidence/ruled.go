package evidence

import (
	"kith/internal/item"
)

// AsRuled is the facts with each attempt as people said it is: one that was ruled right after all is right, with no mistake
// recognised in it, and the tries after it on the same variant are moot, since nothing was left to try. Of several rulings
// the last counts; one that was withdrawn does not. Facts are taken in Seq order whatever their order in the slice; neither
// the slice nor an attempt is altered, and doing it twice changes nothing.
func AsRuled(facts []Fact) []Fact {
	gone, last := map[string]bool{}, map[string]Fact{}
	for _, f := range facts {
		if f.Withdrawal != nil {
			gone[f.Withdrawal.Fact] = true
		}
	}
	for _, f := range facts {
		if f.Ruling != nil && !gone[f.ID] && f.Seq >= last[f.Ruling.Attempt].Seq {
			last[f.Ruling.Attempt] = f
		}
	}
	if len(last) == 0 {
		return facts
	}
	type variant struct {
		item item.ID
		draw int
	}
	right := map[variant]int{} // the try that was right after all
	for _, f := range facts {
		if r, ok := last[f.ID]; ok && f.Attempt != nil && r.Ruling.Accepted && !gone[f.ID] {
			v := variant{f.Attempt.Item, f.Attempt.DrawN}
			if was, ok := right[v]; !ok || f.Attempt.Try < was {
				right[v] = f.Attempt.Try
			}
		}
	}
	out := make([]Fact, len(facts))
	copy(out, facts)
	for i, f := range out {
		if f.Attempt == nil {
			continue
		}
		try, ok := right[variant{f.Attempt.Item, f.Attempt.DrawN}]
		if !ok || f.Attempt.Try < try {
			continue
		}
		a := *f.Attempt
		if a.Try == try {
			a.Outcome, a.Mistake, a.Ruled = item.Right, "", true
		} else {
			a.Moot = true
		}
		out[i].Attempt = &a
	}
	return out
}

package foretell

import (
	"slices"

	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/measure"
	"kith/internal/roster"
)

// mostCompared is how many of an item's last answers are compared: each learner among them is folded anew.
const mostCompared = 200

// OfItem says how far the two heads lie apart on one item, over its last answers up to midnight: a key that is wrong, a
// skill that is not the one that the item asks, or an item that gives itself away look like this. First is what mastery
// expected, Second what was foretold. It is about the item, for its author and for teachers; no learner can be told from it
// at measure.DisagreeFloor answers or more, and below that, or while the school's state is being made, ok is false.
func OfItem(l *flow.Look, id item.ID) (d measure.Disagreement, ok bool, err error) {
	s, ready, err := of(l)
	if err != nil || !ready {
		return d, false, err
	}
	n, met := s.items[id]
	if !met {
		return d, false, nil
	}
	mine := s.toldOf(n)
	if len(mine) < measure.DisagreeFloor {
		return d, false, nil
	}
	m, err := ledger.Model(l)
	if err != nil {
		return d, false, err
	}
	expected := map[string]float64{}
	seen := map[roster.PersonID]bool{}
	for _, t := range mine {
		if seen[t.learner] {
			continue
		}
		seen[t.learner] = true
		facts, err := ledger.Facts(l, t.learner)
		if err != nil {
			return d, false, err
		}
		if err := expect(m, facts, expected); err != nil {
			return d, false, err
		}
	}
	var first, second []float64
	var right []bool
	for _, t := range mine {
		if p, weighed := expected[t.fact]; weighed { // a rapid guess is no evidence to mastery
			first, second, right = append(first, p), append(second, float64(t.chance)), append(right, t.right)
		}
	}
	d = measure.DisagreeOn(first, second, right)
	return d, d.Rows >= measure.DisagreeFloor, nil
}

// toldOf are the last answers to an item, oldest first, at most mostCompared.
func (s *school) toldOf(n int32) (out []told) {
	for i := range s.told {
		if t := s.told[(s.next+i)%len(s.told)]; t.item == n {
			out = append(out, t)
		}
	}
	return out[max(0, len(out)-mostCompared):]
}

// expect notes what mastery expected before each of a learner's answers, by fact.
func expect(m mastery.Model, facts []evidence.Fact, into map[string]float64) error {
	return mastery.Trace(m, facts, func(a mastery.Answered) { into[a.Fact.ID] = a.Chance })
}

func median(v []int) int {
	slices.Sort(v)
	return v[len(v)/2]
}

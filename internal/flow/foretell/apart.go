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

// OfItems says of each of the items how far the two heads lie apart on it, over its last answers up to midnight: a key that is
// wrong, a skill that is not the one that the item asks, or an item that gives itself away look like this. First is what
// mastery expected, Second what was foretold. It is about items, for their authors and for teachers; no learner can be told
// from it at measure.DisagreeFloor answers or more, and an item with fewer is left out. Empty while the school's state is
// being made.
func OfItems(l *flow.Look, ids []item.ID) (map[item.ID]measure.Disagreement, error) {
	s, ready, err := of(l)
	if err != nil || !ready {
		return nil, err
	}
	mine := map[item.ID][]told{}
	for _, id := range ids {
		if n, met := s.items[id]; met {
			if last := s.toldOf(n); len(last) >= measure.DisagreeFloor {
				mine[id] = last
			}
		}
	}
	expected, err := s.expected(l, mine)
	if err != nil {
		return nil, err
	}
	out := map[item.ID]measure.Disagreement{}
	for id, last := range mine {
		var first, second []float64
		var right []bool
		for _, t := range last {
			if p, weighed := expected[t.fact]; weighed { // a rapid guess is no evidence to mastery
				first, second, right = append(first, p), append(second, float64(t.chance)), append(right, t.right)
			}
		}
		if d := measure.DisagreeOn(first, second, right); d.Rows >= measure.DisagreeFloor {
			out[id] = d
		}
	}
	return out, nil
}

// expected is what mastery expected of each of the answers, by fact: every learner among them is folded anew, once.
func (s *school) expected(l *flow.Look, of map[item.ID][]told) (map[string]float64, error) {
	out := map[string]float64{}
	if len(of) == 0 {
		return out, nil
	}
	m, err := ledger.Model(l)
	if err != nil {
		return nil, err
	}
	seen := map[roster.PersonID]bool{}
	for _, last := range of {
		for _, t := range last {
			if seen[t.learner] {
				continue
			}
			seen[t.learner] = true
			facts, err := ledger.Facts(l, t.learner)
			if err != nil {
				return nil, err
			}
			if err := expect(m, facts, out); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
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

// Package predict foretells one answer: the chance that this learner is right on this item now.
//
// In: what a learner answered so far, and what all learners answered. Out: a probability. It chooses items and checks the
// estimate that people see; it is never shown to anybody and never stored as belief about a learner.
//
// The model is additive, logit p = bias + w·x + (item) + Σ over skills (skill + successes + failures) + Σ crosses, in the
// family of performance factors analysis (Pavlik, Cen and Koedinger 2009), the "Best-LR" of Gervet et al. (2020, JEDM 12:3) and the
// richer features of Schmucker et al. (2022, JEDM 14:2). x is dense and past-only (features.go). Crosses are weights of
// rare circumstances (crosses.go). Every group of weights shrinks towards zero, that is towards what is coarser: a
// cross falls back on its item, an item on its skills, a skill on everybody. How strongly is estimated from the answers
// themselves (fit.go), so that nothing is tuned to one set of logs.
//
// Two heads: Prediction uses everything. Readable leaves out every cross that knows the order in which items come, so that
// what is left says something about the learner and the item alone.
//
// Place in the flow: layer 2, beside mastery, which is what people see.
package predict

import (
	"kith/internal/fault"
)

// Head is which features a model may use.
type Head int

// Prediction may use all of them; Readable none that knows the order of items.
const (
	Prediction Head = iota
	Readable
)

// Ask is the question about to be answered. Item and skills are indices, at is ms since 1970 or 0 when it is not known.
type Ask struct {
	Item   int32
	Skills []int32
	At     int64
}

// Model is what was learned from all answers. The zero value is of no use; Fit and FromZero make one.
type Model struct {
	head       Head
	rates      rates
	dense      [contexts + 1][side]float32 // the last row holds for all, each other one is added in its context; the last place is the base
	table      table[weight]               // weights of items and crosses
	skills     []skillWeights
	prior      [families + skillTerms]float32 // precision of each family of weights: 1 / its variance
	densePrior [contexts + 1]float64
	denseSeen  [contexts + 1][side]float32
	most       int // weights in the table; 0 = as many as there are
	scratch    row
}

// skillWeights are the weights of one skill: alone, times ln(1+successes), times ln(1+failures), times how the last answers
// on it went.
type skillWeights struct{ w, seen [skillTerms]float32 }

// Predict is the chance that the learner is right, before it is known. It allocates nothing once the learner's own tables
// have grown. Errors: Invalid when the ask names no skill or a negative index.
func (m *Model) Predict(l *Learner, a Ask) (float64, error) {
	if err := a.validate(); err != nil {
		return 0, err
	}
	m.scratch.fill(&m.rates, l, a)
	var t touched
	m.find(&m.scratch, &t)
	return float64(sigmoid(m.margin(&m.scratch, &t))), nil
}

// Observe tells what came of an ask, without learning: only the learner's own history moves.
func (m *Model) Observe(l *Learner, a Ask, correct bool) error {
	if err := a.validate(); err != nil {
		return err
	}
	l.observe(&m.rates, a, correct)
	return nil
}

func (a Ask) validate() error {
	if a.Item < 0 {
		return fault.Invalidf("item", "index %d is negative", a.Item)
	}
	if len(a.Skills) == 0 {
		return fault.Invalidf("skills", "an answer speaks of at least one skill")
	}
	for _, k := range a.Skills {
		if k < 0 {
			return fault.Invalidf("skills", "index %d is negative", k)
		}
	}
	return nil
}

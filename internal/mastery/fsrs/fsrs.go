// Package fsrs says how well something once learned is still at hand: the memory model FSRS-6, by the open-spaced-repetition
// project, after Ye, Su and Cao (2022), "A stochastic shortest path algorithm for optimizing spaced repetition
// scheduling", KDD. Its wiki page "The Algorithm" states the formulas of version 6 that stand here.
//
// In: the memory that one learner has of one thing (a stability in days, a difficulty), a gap in days, and how easily it
// came back. Out: the chance that it comes back, the memory afterwards, and when that chance will have fallen to a
// target. Fit finds the 21 weights from a school's own reviews.
//
// The published weights were found on flashcards of adults. Of skills in mathematics they are a first guess; that is why
// they can be fitted, and why the curve is reached through a Curve and never by its formula.
//
// Place in the flow: layer 2, beneath mastery.
package fsrs

import (
	"math"

	"kith/internal/fault"
)

// Ease is how something came back, FSRS's four ratings.
type Ease int8

const (
	Again Ease = 1 // it did not
	Hard  Ease = 2 // with help, or slowly
	Good  Ease = 3 // it did
	Easy  Ease = 4 // at once, after a gap
)

// Limits of a memory, those of the FSRS packages.
const (
	MinStability  = 0.001
	MaxStability  = 36_500
	minDifficulty = 1
	maxDifficulty = 10
)

// SameDay is the gap in days below which a review counts as of the same day: it strengthens by the short formula.
const SameDay = 1

// Weights are the model's 21 numbers, in FSRS's order: 0-3 first stability by ease, 4-7 difficulty, 8-10 and 15-16
// stability after it came back, 11-14 after it did not, 17-19 on the same day, 20 the curve's decay.
type Weights [21]float64

// Published are the weights that FSRS-6 ships, fitted by its authors to several hundred million reviews (fsrs-rs,
// DEFAULT_PARAMETERS; go-fsrs and ts-fsrs carry the same).
func Published() Weights {
	return Weights{0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
		0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542}
}

// bounds are the published ones of fsrs-rs (parameter_clipper) and ts-fsrs (CLAMP_PARAMETERS).
var bounds = [21][2]float64{
	{MinStability, 100}, {MinStability, 100}, {MinStability, 100}, {MinStability, 100},
	{1, 10}, {0.001, 4}, {0.001, 4}, {0.001, 0.75},
	{0, 4.5}, {0, 0.8}, {0.001, 3.5},
	{0.001, 5}, {0.001, 0.25}, {0.001, 0.9}, {0, 4},
	{0, 1}, {1, 6},
	{0, 2}, {0, 2}, {0.01, 0.8},
	{0.1, 0.8},
}

// Validate refuses a weight that is NaN or outside its published bounds, naming it. Errors: Invalid.
func (w Weights) Validate() error {
	for i, v := range w {
		if b := bounds[i]; math.IsNaN(v) || v < b[0] || v > b[1] {
			return fault.Invalidf("weights", "weight %d is %v and not between %v and %v", i, v, b[0], b[1])
		}
	}
	return nil
}

// Memory is what one learner has of one thing. The zero value is: never met.
type Memory struct {
	Stability  float64 `json:"s"` // days after which it comes back with a chance of .9
	Difficulty float64 `json:"d"` // 1 to 10
}

// Met reports whether there was a review at all.
func (m Memory) Met() bool { return m.Stability > 0 }

// Validate refuses a memory out of range: a stability outside [MinStability, MaxStability] or a difficulty outside
// [1, 10], unless both are 0. Errors: Invalid.
func (m Memory) Validate() error {
	if m == (Memory{}) {
		return nil
	}
	if math.IsNaN(m.Stability) || m.Stability < MinStability || m.Stability > MaxStability {
		return fault.Invalidf("stability", "%v days is not between %v and %v", m.Stability, MinStability, MaxStability)
	}
	if math.IsNaN(m.Difficulty) || m.Difficulty < minDifficulty || m.Difficulty > maxDifficulty {
		return fault.Invalidf("difficulty", "%v is not between %d and %d", m.Difficulty, minDifficulty, maxDifficulty)
	}
	return nil
}

// Curve is the model under valid weights. It is a value, safe to share. The zero value is of no use: make it with New.
type Curve struct {
	w      Weights
	factor float64 // F of R = (1 + F t/S)^-w20, such that R = .9 at t = S
	easy   float64 // the difficulty that Easy would begin with, unbounded
}

// New makes the curve of valid weights. Errors: Invalid.
func New(w Weights) (Curve, error) {
	if err := w.Validate(); err != nil {
		return Curve{}, err
	}
	return curveOf(w), nil
}

func curveOf(w Weights) Curve { return Curve{w, factor(w[20]), firstDifficulty(&w, Easy)} }

func factor(decay float64) float64 { return math.Pow(0.9, -1/decay) - 1 }

// Weights are those that the curve was made of.
func (c *Curve) Weights() Weights { return c.w }

// Retention is the chance in (0, 1] that it comes back so many days after the last review. Never met, nothing has faded:
// 1. A gap below 0 or NaN counts as none.
func (c *Curve) Retention(m Memory, days float64) float64 {
	if !m.Met() || !(days > 0) {
		return 1
	}
	return math.Pow(1+c.factor*days/m.Stability, -c.w[20])
}

// Due is the number of days after the last review at which the chance falls to target. Errors: Invalid when target is
// not inside (0, 1), or nothing was ever reviewed.
func (c *Curve) Due(m Memory, target float64) (float64, error) {
	if math.IsNaN(target) || target <= 0 || target >= 1 {
		return 0, fault.Invalidf("target", "%v is not between 0 and 1", target)
	}
	if !m.Met() {
		return 0, fault.Invalidf("memory", "what was never met is never due")
	}
	return m.Stability / c.factor * (math.Pow(target, -1/c.w[20]) - 1), nil
}

// Review is the memory after a review, so many days after the last one (0 for the first).
// Errors: Invalid when the memory, the gap or the ease is out of range.
func (c *Curve) Review(m Memory, days float64, e Ease) (Memory, error) {
	if err := m.Validate(); err != nil {
		return m, err
	}
	if math.IsNaN(days) || math.IsInf(days, 0) || days < 0 {
		return m, fault.Invalidf("days", "a gap of %v days", days)
	}
	if e < Again || e > Easy {
		return m, fault.Invalidf("ease", "%d is not between %d and %d", e, Again, Easy)
	}
	w := &c.w
	if !m.Met() {
		return Memory{w[e-1], within(firstDifficulty(w, e), minDifficulty, maxDifficulty)}, nil
	}
	var s float64
	switch {
	case days < SameDay:
		s = c.sameDay(m, e)
	case e == Again:
		s = c.lapsed(m, c.Retention(m, days))
	default:
		s = c.recalled(m, c.Retention(m, days), e)
	}
	return Memory{within(s, MinStability, MaxStability), c.difficulty(m, e)}, nil
}

func firstDifficulty(w *Weights, e Ease) float64 {
	return w[4] - math.Exp(w[5]*float64(e-1)) + 1
}

// difficulty moves by the ease, less the nearer it is to 10, and is drawn a little to what Easy would have begun with.
func (c *Curve) difficulty(m Memory, e Ease) float64 {
	next := m.Difficulty - c.w[6]*float64(e-3)*(10-m.Difficulty)/9
	return within(c.w[7]*c.easy+(1-c.w[7])*next, minDifficulty, maxDifficulty)
}

// recalled grows the more, the nearer it was to being lost, the easier the thing and the less stable it was.
func (c *Curve) recalled(m Memory, r float64, e Ease) float64 {
	w, by := &c.w, 1.0
	switch e {
	case Hard:
		by = w[15]
	case Easy:
		by = w[16]
	}
	return m.Stability * (1 + by*math.Exp(w[8])*(11-m.Difficulty)*math.Pow(m.Stability, -w[9])*math.Expm1(w[10]*(1-r)))
}

// lapsed is what remains; never more than a same-day Again would leave.
func (c *Curve) lapsed(m Memory, r float64) float64 {
	w := &c.w
	s := w[11] * math.Pow(m.Difficulty, -w[12]) * (math.Pow(m.Stability+1, w[13]) - 1) * math.Exp(w[14]*(1-r))
	return math.Min(s, m.Stability/math.Exp(w[17]*w[18]))
}

// sameDay strengthens or weakens; whatever came back at all never weakens.
func (c *Curve) sameDay(m Memory, e Ease) float64 {
	by := math.Exp(c.w[17]*(float64(e-3)+c.w[18])) * math.Pow(m.Stability, -c.w[19])
	if e >= Hard {
		by = math.Max(by, 1)
	}
	return m.Stability * by
}

func within(v, low, high float64) float64 { return math.Min(math.Max(v, low), high) }

// Pace says how fast is fast for one item: quantiles of the times in which it was answered right and without help. 0 is:
// not known. FastMs is at most SlowMs.
type Pace struct {
	FastMs int64 // a quarter took no longer; the quantiles are our choice
	SlowMs int64 // nine in ten took no longer
}

// EaseOf maps an answer to an ease: not right is Again; right with help, or slower than SlowMs, is Hard; right no slower
// than FastMs after a gap of at least a day is Easy, because only then speed speaks of memory; else right is Good. A time
// of 0 is not known, and then neither slow nor fast. The mapping is ours: FSRS asks people to say it themselves.
func EaseOf(right, helped bool, tookMs int64, p Pace, days float64) Ease {
	switch {
	case !right:
		return Again
	case helped, tookMs > 0 && p.SlowMs > 0 && tookMs > p.SlowMs:
		return Hard
	case tookMs > 0 && tookMs <= p.FastMs && days >= SameDay:
		return Easy
	}
	return Good
}

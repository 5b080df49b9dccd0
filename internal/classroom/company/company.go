// Package company says how likely it is that somebody practises on without getting there, so that a teacher may sit down
// with them: the chance that the next few answers to a skill bring no mastery, and what speaks for it.
//
// In: counters of one learner's answers to one skill, and what is believed of both. Out: a chance, the reasons in order of
// weight, and the prerequisite that is least known. It is "wheel-spinning" of Beck and Gong (2013), "Wheel-spinning:
// students who fail to master a skill", AIED: no three right in a row within ten answers.
//
// Two chances are worked out from what the models believe, and a logistic regression weighs them together with what the
// learner did. It is for the teachers of the class, for one lesson; nothing of it is stored.
//
// Place in the flow: layer 2, beneath classroom.
package company

import (
	"math"

	"kith/internal/fault"
	"kith/internal/mastery/ability"
	"kith/internal/mastery/bkt"
)

const (
	InARow = 3  // rights in a row without help that count as got there (ASSISTments; Beck and Gong, 2013)
	Within = 10 // answers within which they should come (Beck and Gong, 2013)
	Ahead  = 5  // how many answers a lesson looks ahead (engine research: alert at five of ten)
)

// Seen is what is known when the chance is asked for. Counts are of this learner's answers to this skill, since the
// first; right means right at the first try and without a hint. The zero value is a learner who has not begun.
type Seen struct {
	Answers     int
	RightRun    int // rights up to now, without a break; below InARow
	NotYetRun   int // not-yets up to now, without a break
	SameMistake int // of these, how many up to now met one and the same recognised mistake
	Helped      int // answers after a hint or on a later try
	Slow        int // answers that took more than twice as long as the item's median, or than nine in ten where only that is known
	// What mastery believes, with its parameters of the skill.
	Belief bkt.Belief
	Params bkt.Params
	// Log odds of a right answer to an item of this skill: learner and skill less what such items ask on average.
	Ability ability.Normal
}

// Validate refuses counters that cannot be: below 0, above Answers, both runs at once, or a run of rights that is already
// enough; and beliefs out of range. Errors: Invalid.
func (s Seen) Validate() error {
	for _, c := range []struct {
		name string
		v    int
	}{{"right_run", s.RightRun}, {"not_yet_run", s.NotYetRun}, {"same_mistake", s.SameMistake}, {"helped", s.Helped}, {"slow", s.Slow}} {
		if c.v < 0 || c.v > s.Answers {
			return fault.Invalidf(c.name, "%d is not between 0 and %d", c.v, s.Answers)
		}
	}
	if s.RightRun >= InARow {
		return fault.Invalidf("right_run", "%d in a row are mastery", s.RightRun)
	}
	if s.RightRun > 0 && s.NotYetRun > 0 || s.SameMistake > s.NotYetRun {
		return fault.Invalidf("not_yet_run", "%d right and %d not yet up to now, %d with one mistake", s.RightRun, s.NotYetRun, s.SameMistake)
	}
	if b := s.Belief; !(b.Known >= 0 && b.Known <= 1 && b.Due >= 0 && b.Due <= 1) {
		return fault.Invalidf("known", "%v and %v are not between 0 and 1", b.Known, b.Due)
	}
	if a := s.Ability; math.IsNaN(a.Mean) || math.IsInf(a.Mean, 0) || !(a.Var >= 0 && a.Var <= 1000) {
		return fault.Invalidf("ability", "mean %v, variance %v", a.Mean, a.Var)
	}
	return s.Params.Validate()
}

// Chance is the chance that the next so many answers bring no three rights in a row. Errors: Invalid when s is, or next
// is below 1 or above 1,000.
func (w Weights) Chance(s Seen, next int) (float64, error) {
	x, err := features(s, next)
	if err != nil {
		return 0, err
	}
	return logistic(w.sum(&x)), nil
}

// Feature names a column of the regression.
type Feature int

const (
	Always    Feature = iota // the constant
	BySkill                  // log odds by what mastery believes
	ByAbility                // log odds by the learner's ability
	Stopped                  // root of the not-yets in a row
	Same                     // of these with one mistake, beyond the first
	WithHelp                 // share of answers that had help
	Slowly                   // share of slow answers
	Record                   // root of the answers so far: the longer without, the less chance
	Features                 // their number
)

// Weights of the regression, by Feature.
type Weights [Features]float64

// Shipped weights come from simulated learners (simulated_test.go makes them anew and compares) and stand until a school
// fits its own.
func Shipped() Weights {
	return Weights{
		Always: -1.647, BySkill: 0.484, ByAbility: 0.506, Stopped: 0.120, Same: 0.183, WithHelp: 0.813, Slowly: 0.565, Record: 0.310,
	}
}

func (w *Weights) sum(x *Weights) (sum float64) {
	for i := range w {
		sum += w[i] * x[i]
	}
	return sum
}

func features(s Seen, next int) (Weights, error) {
	if err := s.Validate(); err != nil {
		return Weights{}, err
	}
	if next < 1 || next > 1_000 {
		return Weights{}, fault.Invalidf("next", "%d is not between 1 and 1000", next)
	}
	x := Weights{
		Always:    1,
		BySkill:   logOdds(bySkill(s, next)),
		ByAbility: logOdds(byAbility(s, next)),
		Stopped:   math.Sqrt(float64(s.NotYetRun)),
		Same:      float64(max(s.SameMistake-1, 0)),
		Record:    math.Sqrt(float64(s.Answers)),
	}
	if s.Answers > 0 {
		x[WithHelp] = float64(s.Helped) / float64(s.Answers)
		x[Slowly] = float64(s.Slow) / float64(s.Answers)
	}
	return x, nil
}

// bySkill is the chance by knowledge tracing, exactly: the hidden state and the run of rights together are a Markov chain
// of six states, from which InARow in a row leave.
func bySkill(s Seen, next int) float64 {
	p := &s.Params
	known := p.Before(s.Belief, 1)
	var at [2][InARow]float64 // by known, by run
	at[1][s.RightRun], at[0][s.RightRun] = known, 1-known
	for range next {
		var to [2][InARow]float64
		for k, right := range [2]float64{p.Guess, 1 - p.Slip} {
			for run, chance := range at[k] {
				to[k][0] += chance * (1 - right)
				if run+1 < InARow {
					to[k][run+1] += chance * right
				}
			}
		}
		for run := range to[0] {
			learnt := to[0][run] * p.Learn
			to[0][run] -= learnt
			to[1][run] += learnt
		}
		at = to
	}
	var left float64
	for run := range InARow {
		left += at[0][run] + at[1][run]
	}
	return left
}

// byAbility is the chance when every answer is right with one chance, of which the log odds are only known as a normal
// distribution: three points of Gauss and Hermite stand for it.
func byAbility(s Seen, next int) float64 {
	step := math.Sqrt(3 * s.Ability.Var)
	var left float64
	for _, point := range [3]struct{ at, weight float64 }{{-1, 1.0 / 6}, {0, 2.0 / 3}, {1, 1.0 / 6}} {
		left += point.weight * without(logistic(s.Ability.Mean+point.at*step), s.RightRun, next)
	}
	return left
}

// without is the chance of no InARow in a row among the next answers, each right with chance right, after a run.
func without(right float64, run, next int) float64 {
	var at [InARow]float64
	at[run] = 1
	for range next {
		var to [InARow]float64
		for r, chance := range at {
			to[0] += chance * (1 - right)
			if r+1 < InARow {
				to[r+1] += chance * right
			}
		}
		at = to
	}
	return at[0] + at[1] + at[2]
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// logOdds of a chance, kept between one in a thousand and the same to one, beyond which a regression listens to nothing
// else. Ours.
func logOdds(p float64) float64 {
	const edge = 0.001
	p = min(max(p, edge), 1-edge)
	return math.Log(p / (1 - p))
}

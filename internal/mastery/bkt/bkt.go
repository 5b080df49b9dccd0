// Package bkt is Bayesian Knowledge Tracing: the belief that one learner knows one skill, moved by one answer.
//
// In: a probability and what was seen of an answer. Out: the next probability. The model is that of Corbett and Anderson
// (1995), "Knowledge tracing: modeling the acquisition of procedural knowledge", UMUAI 4, with their four parameters:
// P(L0) Init, P(T) Learn, P(S) Slip, P(G) Guess. As that literature does, an answer is called correct or not here.
//
// What we add, and why: choices raise the guess to chance; help raises it to Helped; an answer of which only a part is
// evidence weighs its likelihood ratio with an exponent below 1; "I haven't learned this yet" is a statement and not a slip.
//
// Two ways to move a belief stand side by side. Update is that of the model bkt-1, frozen. Belief, Before, After and Chance
// are that of bkt-2: it learns before the next answer, forgets between answers, and shares an answer out among all skills
// that its item asks. Fit estimates parameters for the second from a Log of answers.
//
// Place in the flow: layer 2, beneath mastery.
package bkt

import (
	"math"

	"kith/internal/fault"
)

// Helped is the chance that somebody who does not know the skill is right after a hint or on a second try. Chosen by us
// so that a helped right is partial evidence (likelihood ratio 1.5 with a slip of .1, against 4.5 unaided).
const Helped = 0.6

// Repeat is the weight of a further not-yet on the same variant: it mostly says again what the first one said.
const Repeat = 0.5

// saysKnown and saysUnknown are the chances that somebody who knows, or does not know, says "I haven't learned this yet".
// Chosen by us: hardly anybody who knows says so.
const (
	saysKnown   = 0.02
	saysUnknown = 0.5
)

// Params are the four parameters of one skill, each a probability strictly between 0 and 1.
type Params struct {
	Init  float64 `json:"init"`  // P(L0): known before the first answer
	Learn float64 `json:"learn"` // P(T): becomes known by one opportunity with feedback
	Slip  float64 `json:"slip"`  // P(S): not right though known
	Guess float64 `json:"guess"` // P(G): right though not known, on a typed answer
}

// Validate refuses a parameter that is NaN or not inside (0, 1), and parameters by which a right answer, even a helped
// one, would speak against knowing (1 - slip at or below guess or Helped).
func (p Params) Validate() error {
	for _, f := range []struct {
		name string
		v    float64
	}{{"init", p.Init}, {"learn", p.Learn}, {"slip", p.Slip}, {"guess", p.Guess}} {
		if math.IsNaN(f.v) || f.v <= 0 || f.v >= 1 {
			return fault.Invalidf(f.name, "%v is not between 0 and 1", f.v)
		}
	}
	if low := math.Max(p.Guess, Helped); 1-p.Slip <= low {
		return fault.Invalidf("slip", "with a slip of %v a right answer would tell less than a guess of %v", p.Slip, low)
	}
	return nil
}

// Answer is what was seen of one answer. The zero value is an unaided typed answer that was not correct, of full weight
// 0: callers set Weight.
type Answer struct {
	Correct   bool
	Unlearned bool    // the learner said "I haven't learned this yet"; Correct is then false
	Options   int     // choices shown; 0 for a typed answer
	Helped    bool    // a hint was seen, or it was not the first try
	Repeated  bool    // not the first not-yet on this variant
	Taught    bool    // the learner saw what came of it, so that it was an opportunity to learn
	Weight    float64 // share of the evidence that is about this skill, in (0, 1]
}

// Update is the belief after an answer: Bayes on what was seen, then, if Taught, the chance to have learned.
// It never falls after a right answer and never rises by the evidence of another one (learning may still raise it).
// Errors: Invalid when known is not in [0, 1], Options is negative or Weight is not in (0, 1].
func (p Params) Update(known float64, a Answer) (float64, error) {
	if math.IsNaN(known) || known < 0 || known > 1 {
		return 0, fault.Invalidf("p_known", "%v is not between 0 and 1", known)
	}
	if math.IsNaN(a.Weight) || a.Weight <= 0 || a.Weight > 1 {
		return 0, fault.Invalidf("weight", "%v is not above 0 and at most 1", a.Weight)
	}
	if a.Options < 0 {
		return 0, fault.Invalidf("options", "%d options", a.Options)
	}
	ratio := math.Pow(p.ratio(a), a.Weight)
	// The odds form of equations 1 and 2: P(L|seen) = L·ratio / (L·ratio + 1 - L).
	next := known * ratio / (known*ratio + 1 - known)
	if a.Taught && !a.Unlearned {
		next += (1 - next) * p.Learn * a.Weight
	}
	return next, nil
}

// ratio is P(seen | known) / P(seen | not known).
func (p Params) ratio(a Answer) float64 {
	if a.Unlearned {
		return saysKnown / saysUnknown
	}
	guess := p.Guess
	if a.Options > 0 {
		guess = math.Max(guess, 1/float64(a.Options))
	}
	if a.Helped {
		guess = math.Max(guess, Helped)
	}
	if guess >= 1-p.Slip {
		return 1 // where chance alone does as well as knowing, the answer tells nothing
	}
	if a.Correct {
		return (1 - p.Slip) / guess
	}
	r := p.Slip / (1 - guess)
	if a.Repeated {
		r = math.Pow(r, Repeat)
	}
	return r
}

// PCorrect is the chance of a right unaided answer to an item with so many options (0: typed), given the belief.
func (p Params) PCorrect(known float64, options int) float64 {
	guess := p.Guess
	if options > 0 {
		guess = math.Max(guess, 1/float64(options))
	}
	return known*(1-p.Slip) + (1-known)*guess
}

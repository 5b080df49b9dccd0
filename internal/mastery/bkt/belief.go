package bkt

import (
	"math"

	"kith/internal/fault"
)

// Belief is what the second model carries for one learner and one skill. The first showed what the last answer may have
// taught at once; then a not-yet could raise what is shown. Here the occasion to learn waits, and counts before the next.
type Belief struct {
	Known float64 // P(known | all answers so far), in [0, 1]
	Due   float64 // share of an occasion to learn that came with the last answer, in [0, 1]
}

// Start is the belief before any answer.
func (p *Params) Start() Belief { return Belief{Known: p.Init} }

// Fade is a belief after a time: with chance kept what was known is still at hand, else it stands where everybody begins
// (the form is ours: a state that is lost is drawn anew from Init). kept is in [0, 1]; 1 changes nothing.
func (p *Params) Fade(known, kept float64) float64 { return p.Init + (known-p.Init)*kept }

// Before is the chance of knowing just before the next answer: what the last one taught, then what time took.
func (p *Params) Before(b Belief, kept float64) float64 {
	return p.Fade(b.Known+(1-b.Known)*p.Learn*b.Due, kept)
}

// After is the chance of knowing given the answer as well, by Bayes. before is the chance just before it, rest the chance
// that all other skills that the item asks are known (1: there are none): a right answer needs them all, so a not-yet is
// shared out by how likely each is the one that lacks. It is never below before for a right answer and never above it
// for another; an answer of weight 0 changes nothing. All arguments must be in range (Answer.Validate, probabilities in
// [0, 1]); what is not gives nonsense and no error.
func (p *Params) After(before, rest float64, a Answer) float64 {
	if a.Weight == 0 {
		return before
	}
	known, not := p.seen(rest, &a)
	if w := a.exponent(); w != 1 {
		known, not = math.Pow(known, w), math.Pow(not, w)
	}
	known *= before
	return known / (known + (1-before)*not)
}

// seen is the chance of what was seen, when the skill is known and when it is not.
func (p *Params) seen(rest float64, a *Answer) (known, not float64) {
	if a.Unlearned {
		return rest*saysKnown + (1-rest)*saysUnknown, saysUnknown
	}
	guess := p.guess(a)
	right := rest*(1-p.Slip) + (1-rest)*guess
	if a.Correct {
		return right, guess
	}
	return 1 - right, 1 - guess
}

// guess is the chance of a right answer without knowing: at least chance, at least Helped with help, and never so much
// that a right answer would speak against knowing.
func (p *Params) guess(a *Answer) float64 {
	return min(max(p.Guess, a.floor()), 1-p.Slip)
}

// floor is what an answer itself says of guessing: 0 for an unaided typed one.
func (a *Answer) floor() (f float64) {
	if a.Options > 0 {
		f = 1 / float64(a.Options)
	}
	if a.Helped {
		f = max(f, Helped)
	}
	return f
}

func (a *Answer) exponent() float64 {
	if a.Repeated && !a.Correct && !a.Unlearned {
		return a.Weight * Repeat
	}
	return a.Weight
}

// Due is the share of an occasion to learn that the answer gave.
func (a *Answer) Due() float64 {
	if a.Taught && !a.Unlearned {
		return a.Weight
	}
	return 0
}

// Validate refuses an answer that cannot be, naming what: a weight outside [0, 1] (0: it tells nothing), a negative number
// of options, right and unlearned. Errors: Invalid.
func (a *Answer) Validate() error {
	if math.IsNaN(a.Weight) || a.Weight < 0 || a.Weight > 1 {
		return fault.Invalidf("weight", "%v is not between 0 and 1", a.Weight)
	}
	if a.Options < 0 {
		return fault.Invalidf("options", "%d options", a.Options)
	}
	if a.Correct && a.Unlearned {
		return fault.Invalidf("unlearned", "an answer is right and unlearned")
	}
	return nil
}

// Chance is the chance of a right unaided answer to an item with so many options (0: typed) that asks these skills,
// whose chances of being known are given beside them. Slip and guess are the means of theirs. Both slices are of one
// length, at least 1.
func Chance(skills []*Params, known []float64, options int) float64 {
	all, slip, guess := 1.0, 0.0, 0.0
	for i, p := range skills {
		all *= known[i]
		slip += p.Slip
		guess += p.Guess
	}
	slip /= float64(len(skills))
	guess /= float64(len(skills))
	if options > 0 {
		guess = max(guess, 1/float64(options))
	}
	guess = min(guess, 1-slip)
	return all*(1-slip) + (1-all)*guess
}

// Package ability follows how able a learner is, in general and in each skill, and how difficult an item, answer by
// answer: a Rasch model whose abilities may move, each known as a normal distribution on the scale of log odds.
//
// In: what is believed of learner, skills and item, and one answer. Out: the chance that it is right beforehand, and the
// beliefs moved. It is Glicko's idea (Glickman, 1999, "Parameter estimation in large dynamic paired comparison
// experiments"), written as the extended Kalman filter of a logistic observation: who is little known moves much.
//
// It is used to choose items and to compare a belief with, and is never shown to a person.
//
// Place in the flow: layer 2, beside bkt.
package ability

import (
	"math"

	"kith/internal/fault"
)

// Normal is what is believed of one ability or difficulty, in log odds. The zero value is not a belief: begin with Params.
type Normal struct {
	Mean float64
	Var  float64 // above 0
}

// Params are the variances before any answer, and how fast certainty is lost.
type Params struct {
	Learner float64 // variance of learners' general ability
	Skill   float64 // variance of a learner's ability in one skill around that
	Item    float64 // variance of items' difficulty
	Drift   float64 // variance that an ability gains a day without answers, up to where it began
}

// Usual are starting values, ours: log odds of one to one and a half are what published Rasch calibrations of school items
// commonly show, and half of a skill's certainty is gone after two months. Fit replaces them.
func Usual() Params { return Params{Learner: 1, Skill: 0.5, Item: 1, Drift: 0.004} }

// Validate refuses variances that are not above 0 and at most 100, and a drift outside [0, 100]. Errors: Invalid.
func (p Params) Validate() error {
	for _, f := range []struct {
		name string
		v    float64
	}{{"learner", p.Learner}, {"skill", p.Skill}, {"item", p.Item}} {
		if math.IsNaN(f.v) || f.v <= 0 || f.v > 100 {
			return fault.Invalidf(f.name, "a variance of %v is not above 0 and at most 100", f.v)
		}
	}
	if math.IsNaN(p.Drift) || p.Drift < 0 || p.Drift > 100 {
		return fault.Invalidf("drift", "%v is not between 0 and 100", p.Drift)
	}
	return nil
}

// After is a belief so many days later: as high, less certain, never less than at the start. Gaps below 0 count as none.
func (p Params) After(n Normal, days, start float64) Normal {
	if days > 0 && n.Var < start {
		n.Var = math.Min(start, n.Var+p.Drift*days)
	}
	return n
}

// Chance is that of a right answer by this learner to this item, which asks the skills given (none: only the general
// ability counts). Uncertainty draws it to one half (MacKay, 1992, "The evidence framework applied to classification
// networks", eq. 10).
func Chance(learner Normal, skills []Normal, item Normal) float64 {
	x, v := learner.Mean-item.Mean, learner.Var+item.Var
	if k := float64(len(skills)); k > 0 {
		var mean, variance float64
		for i := range skills {
			mean += skills[i].Mean
			variance += skills[i].Var
		}
		x += mean / k
		v += variance / (k * k)
	}
	return logistic(x / math.Sqrt(1+math.Pi/8*v))
}

// Update moves the beliefs by one answer and returns the chance that it had had. What is less certain moves more; a skill
// among k moves by a kth. Weight in [0, 1] is how much of the answer is evidence: 0 changes nothing.
// The arguments must be in range (Validate, Var above 0): this is the inner loop, and it checks nothing.
func Update(learner *Normal, skills []Normal, item *Normal, right bool, weight float64) float64 {
	chance := Chance(*learner, skills, *item)
	x, v := learner.Mean-item.Mean, learner.Var+item.Var
	each := 0.0
	if k := float64(len(skills)); k > 0 {
		each = 1 / k
		for i := range skills {
			x += skills[i].Mean * each
			v += skills[i].Var * each * each
		}
	}
	p := logistic(x)
	info := weight * p * (1 - p)
	gain := weight * -p / (1 + info*v)
	if right {
		gain = weight * (1 - p) / (1 + info*v)
	}
	less := info / (1 + info*v)
	learner.move(1, gain, less)
	for i := range skills {
		skills[i].move(each, gain, less)
	}
	item.move(-1, gain, less)
	return chance
}

// move is one row of the Kalman gain; h is how the observation's log odds depend on this belief. Covariances between
// beliefs are left out, so that a belief is two numbers.
func (n *Normal) move(h, gain, less float64) {
	n.Mean += n.Var * h * gain
	n.Var -= n.Var * h * n.Var * h * less
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

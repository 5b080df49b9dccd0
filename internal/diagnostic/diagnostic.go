// Package diagnostic finds out in a few questions which of a unit's skills a learner already has. On the pages it is
// called the check.
//
// In: the unit's skills with their prerequisites, what is believed beforehand, and the answers so far. Out: the next
// skill to ask about, when to stop, and what can be said. All of it is a function of these: only answers are stored,
// and Replay makes the State again.
//
// A state of knowledge is an ability and an order ideal of the prerequisite graph: a set that holds with every skill all
// that it rests on (Doignon and Falmagne, 1985; Falmagne and Doignon, 2011). Beforehand a skill whose prerequisites are all
// known is known with a chance that grows with ability (Rasch, 1960). Pupils also know things out of order: what a person
// truly knows is their ideal with a few skills turned round, each with a probability that is itself unknown (their level of
// misfit). Answers are right with chance 1 - slip if the skill is truly known, else guess (the basic local independence
// model). So a contradiction is weighed as noise or as knowledge out of order, and what the check says of a skill that it
// never asked about is never surer than the graph deserves.
//
// Up to 20,000 ideals are enumerated exactly; beyond, 4,096 seeded particles stand for them, moved by Markov chain Monte
// Carlo, 64 to a machine word.
//
// Place in the flow: layer 2. Its result goes to plan as data; crediting a skill is a person's decision.
package diagnostic

import (
	"math"

	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/skill"
)

// Limits of one check. MaxIdeals and Particles are ours: what keeps a question below five milliseconds of
// processor at 400 skills, and what keeps marginals within two hundredths on average.
const (
	PerSitting = 12     // questions in one sitting
	Sure       = 0.95   // mean certainty at which the check stops
	SureReady  = 0.9    // expected share of the ready skills that truly are, for the same
	KnownAt    = 0.85   // marginal at which a skill may be called known
	ReadyAt    = 0.5    // probability at which a skill is called ready
	EasyAt     = 0.8    // chance of a right answer aimed at by the first question
	DoubtFrom  = 8      // which question of a sitting asks against the check's own belief; from there the fringe counts
	MaxIdeals  = 20_000 // enumerated exactly up to here
	Particles  = 4_096
)

// Params are the check's numbers.
type Params struct {
	Prior float64 `json:"prior"` // known by somebody of average ability who knows all prerequisites; for skills without a prior of their own
	Steep float64 `json:"steep"` // how the log odds of that grow with ability, in [0, 8]
	Class float64 `json:"class"` // mean ability of the class, in [-3, 3]; 0 is average
	Slip  float64 `json:"slip"`
	Guess float64 `json:"guess"` // typed answers; with choices at least one in that many
	Eps   float64 `json:"eps"`   // mean share of skills known, or not, against the graph; at most .25
	Seed  uint64  `json:"seed"`  // for the particles
}

// DefaultParams are our own, unfitted: engine research's typed noise of .1, 3 % of knowledge out of order, and a Rasch
// slope of one.
func DefaultParams() Params {
	return Params{Prior: 0.75, Steep: 1, Slip: 0.1, Guess: 0.1, Eps: 0.03, Seed: 1}
}

// Validate refuses probabilities that are not strictly inside (0, 1), and noise so high that a right answer would tell
// nothing.
func (p Params) Validate() error {
	for _, f := range []struct {
		name string
		v    float64
	}{{"prior", p.Prior}, {"slip", p.Slip}, {"guess", p.Guess}, {"eps", p.Eps}} {
		if math.IsNaN(f.v) || f.v <= 0 || f.v >= 1 {
			return fault.Invalidf(f.name, "%v is not between 0 and 1", f.v)
		}
	}
	if p.Eps > 0.25 {
		return fault.Invalidf("eps", "%v is more than .25: a graph that wrong is no graph", p.Eps)
	}
	if math.IsNaN(p.Steep) || p.Steep < 0 || p.Steep > 8 {
		return fault.Invalidf("steep", "%v is not in [0, 8]", p.Steep)
	}
	if math.IsNaN(p.Class) || math.Abs(p.Class) > 3 {
		return fault.Invalidf("class", "%v is not in [-3, 3]", p.Class)
	}
	if 1-p.Slip <= p.Guess {
		return fault.Invalidf("slip", "with a slip of %v a right answer would tell less than a guess of %v", p.Slip, p.Guess)
	}
	return nil
}

// Way is a way in which a skill can be asked: typed, or one of several choices.
type Way struct {
	Kind    item.Kind
	Options int // shown; 0 for typed answers
}

// Answer is one answer of the check, as its fact tells. An answer that could not be read is not an Answer.
type Answer struct {
	Fact      string // id of the evidence
	Skill     skill.ID
	Kind      item.Kind
	Options   int // shown; 0 for typed answers
	Right     bool
	Unlearned bool   // "I haven't learned this yet"; Right is then false
	Sitting   string // which sitting it belongs to
}

// Why a sitting has no further question.
type Stop string

const (
	GoOn      Stop = ""          // there is a next question
	Certain   Stop = "certain"   // sure enough of every skill, and of what is ready
	Enough    Stop = "enough"    // twelve questions in this sitting; another may go on
	NoneLeft  Stop = "none_left" // nothing is left that would tell more
	saysKnown      = 0.02        // says "I haven't learned this yet" though it is known; ours
	saysNot        = 0.5
)

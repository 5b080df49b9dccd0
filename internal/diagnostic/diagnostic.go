// Package diagnostic finds out in a few questions which of a unit's skills a learner already has. On the pages it is
// called the check.
//
// In: the unit's skills with their prerequisites, what is believed beforehand, and the answers so far. Out: the next
// skill to ask about, when to stop, and what can be said. All of it is a function of these: only answers are stored,
// and Replay makes the State again.
//
// A state of knowledge is an order ideal of the prerequisite graph: a set that holds with every skill all that it rests
// on (Doignon and Falmagne, 1985; Falmagne and Doignon, 2011). Beforehand a skill whose prerequisites are all known is
// known with its own prior; answers are right with chance 1 - slip if it is known, else guess (the basic local
// independence model). Because pupils also know things out of order, the guess is raised by Eps. Up to 20,000 ideals
// are enumerated exactly; beyond, 4,096 seeded particles stand for them.
//
// Place in the flow: layer 2. Its result goes to plan as data; crediting a skill is a person's decision.
package diagnostic

import (
	"math"

	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/skill"
)

// Limits of one check. MaxIdeals and Particles are ours: what stays below a millisecond a question (10 µs at the 16 skills
// of the sample unit, 140 µs at 25 skills and 4,608 ideals, measured), and what keeps marginals
// within two hundredths on average.
const (
	PerSitting = 12     // questions in one sitting
	Sure       = 0.95   // mean certainty at which the check stops
	KnownAt    = 0.85   // marginal at which a skill may be called known
	EasyAt     = 0.8    // chance of a right answer aimed at by the first question
	DoubtFrom  = 8      // which question of a sitting asks against the check's own belief
	MaxIdeals  = 20_000 // enumerated exactly up to here
	Particles  = 4_096
)

// Params are the check's numbers, probabilities strictly between 0 and 1.
type Params struct {
	Prior float64 `json:"prior"` // known, given that all prerequisites are; for skills without a prior of their own
	Slip  float64 `json:"slip"`
	Guess float64 `json:"guess"` // typed answers; with choices at least one in that many
	Eps   float64 `json:"eps"`   // knows it although a prerequisite is missing
	Seed  uint64  `json:"seed"`  // for the particles
}

// DefaultParams are our own, unfitted: engine research's typed noise of .1, and 3 % of knowledge out of order.
func DefaultParams() Params {
	return Params{Prior: 0.75, Slip: 0.1, Guess: 0.1, Eps: 0.03, Seed: 1}
}

// Validate refuses numbers that are not strictly inside (0, 1), and noise so high that a right answer would tell nothing.
func (p Params) Validate() error {
	for _, f := range []struct {
		name string
		v    float64
	}{{"prior", p.Prior}, {"slip", p.Slip}, {"guess", p.Guess}, {"eps", p.Eps}} {
		if math.IsNaN(f.v) || f.v <= 0 || f.v >= 1 {
			return fault.Invalidf(f.name, "%v is not between 0 and 1", f.v)
		}
	}
	if 1-p.Slip <= p.Guess {
		return fault.Invalidf("slip", "with a slip of %v a right answer would tell less than a guess of %v", p.Slip, p.Guess)
	}
	return nil
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
	Certain   Stop = "certain"   // sure enough of every skill
	Enough    Stop = "enough"    // twelve questions in this sitting; another may go on
	NoneLeft  Stop = "none_left" // nothing is left that would tell more
	saysKnown      = 0.02        // says "I haven't learned this yet" though it is known; ours
	saysNot        = 0.5
)

// Space is everything about a unit's check that does not depend on answers. It is immutable: make it once for a unit
// and prior, share it between goroutines.
type Space struct {
	p      Params
	ids    []skill.ID // in topological order
	at     map[skill.ID]int
	pre    [][]int // direct prerequisites inside the unit
	post   [][]int
	below  [][]bool // below[i][j]: i rests on j
	prior  []float64
	ideals *ideals // nil: particles
}

// New builds the space of a unit's skills. Edges that run through skills outside the unit count. Prior gives, by skill,
// the chance that it is known once its prerequisites are; absent skills take p.Prior. It must not rest on the check's own
// answers, which Replay counts: nil is right unless something older is known.
// Errors (Invalid): no skills, a skill that the graph does not have, a skill twice, a prior not strictly inside (0, 1),
// a prior for a skill that is not asked, invalid params. Cost: with the number of ideals, at most MaxIdeals.
func New(g *skill.Graph, unit []skill.ID, prior map[skill.ID]float64, p Params) (*Space, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if len(unit) == 0 {
		return nil, fault.Invalidf("unit", "a check needs at least one skill")
	}
	want := map[skill.ID]bool{}
	for _, id := range unit {
		if !g.Has(id) {
			return nil, fault.Invalidf("unit", "skill %s is not in the graph", id)
		}
		if want[id] {
			return nil, fault.Invalidf("unit", "skill %s stands twice", id)
		}
		want[id] = true
	}
	for id, v := range prior {
		if !want[id] {
			return nil, fault.Invalidf("prior", "skill %s is not in the unit", id)
		}
		if math.IsNaN(v) || v <= 0 || v >= 1 {
			return nil, fault.Invalidf("prior", "skill %s: %v is not between 0 and 1", id, v)
		}
	}
	s := &Space{p: p, at: map[skill.ID]int{}}
	for _, id := range g.Order() {
		if want[id] {
			s.at[id] = len(s.ids)
			s.ids = append(s.ids, id)
			v, ok := prior[id]
			if !ok {
				v = p.Prior
			}
			s.prior = append(s.prior, v)
		}
	}
	s.relate(g)
	s.ideals = enumerate(s.pre, s.prior, MaxIdeals)
	return s, nil
}

// relate fills the order inside the unit: all that a skill rests on, and of those the nearest.
func (s *Space) relate(g *skill.Graph) {
	n := len(s.ids)
	s.pre, s.post, s.below = make([][]int, n), make([][]int, n), make([][]bool, n)
	for i, id := range s.ids {
		s.below[i] = make([]bool, n)
		for _, a := range g.Ancestors(id) {
			if j, in := s.at[a]; in {
				s.below[i][j] = true
			}
		}
		implied := make([]bool, n)
		for j := range n {
			if s.below[i][j] {
				for k, b := range s.below[j] {
					implied[k] = implied[k] || b
				}
			}
		}
		for j := range n {
			if s.below[i][j] && !implied[j] {
				s.pre[i] = append(s.pre[i], j)
				s.post[j] = append(s.post[j], i)
			}
		}
	}
}

// Exact reports whether every ideal is enumerated (else particles stand for them), and how many ideals there are then.
func (s *Space) Exact() (n int, exact bool) {
	if s.ideals == nil {
		return 0, false
	}
	return len(s.ideals.prior), true
}

// ratio is P(answer | known) / P(answer | not known).
func (s *Space) ratio(a Answer) float64 {
	if a.Unlearned {
		return saysKnown / saysNot
	}
	hit, miss := 1-s.p.Slip, s.guess(mastery.Ways(a.Kind, a.Options))
	if miss >= hit {
		return 1 // chance alone does as well: it tells nothing
	}
	if a.Right {
		return hit / miss
	}
	return (1 - hit) / (1 - miss)
}

// guess is the chance of a right answer by somebody whose state lacks the skill.
func (s *Space) guess(options int) float64 {
	g := s.p.Guess
	if options > 0 {
		g = math.Max(g, 1/float64(options))
	}
	return g + s.p.Eps*math.Max(0, 1-s.p.Slip-g)
}

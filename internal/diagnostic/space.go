package diagnostic

import (
	"math"
	"math/bits"

	"kith/internal/fault"
	"kith/internal/mastery"
	"kith/internal/skill"
)

// Space is everything about a unit's check that does not depend on answers. It is immutable: make it once for a unit
// and prior, share it between goroutines.
type Space struct {
	p      Params
	misfit [levels]float64
	ids    []skill.ID // in topological order
	at     map[skill.ID]int
	pre    [][]int // direct prerequisites inside the unit
	post   [][]int
	below  [][]uint64   // bit j of below[i]: i rests on j
	ways   []Way        // the most telling way to ask, by skill
	unsure [][2]float64 // entropy of an answer, asked that way, of somebody who knows the skill, and who does not
	prior  *prior
	ideals *ideals // nil: particles
	first  State   // before any answer
	keep   *keep
}

// New builds the space of a unit's skills. Edges that run through skills outside the unit count. Prior gives, by skill,
// the chance that somebody of average ability who knows its prerequisites knows it; absent skills take p.Prior. It must not
// rest on the check's own answers, which Replay counts: nil is right unless something older is known. Skills are asked in
// writing until Asking says otherwise.
// Errors (Invalid): no skills, a skill that the graph does not have, a skill twice, a prior not strictly inside (0, 1),
// a prior for a skill that is not asked, invalid params. Cost: with the number of ideals, at most MaxIdeals.
func New(g *skill.Graph, unit []skill.ID, prior map[skill.ID]float64, p Params) (*Space, error) {
	s, at, err := lay(g, unit, prior, p)
	if err != nil {
		return nil, err
	}
	s.prior = newPrior(at, p.Steep, p.Class)
	s.ideals = enumerate(s.pre, s.prior, MaxIdeals)
	s.keep = new(keep)
	s.first = s.begin()
	return s, nil
}

// lay checks the input and puts the skills in order, each with its own prior.
func lay(g *skill.Graph, unit []skill.ID, prior map[skill.ID]float64, p Params) (*Space, []float64, error) {
	if err := p.Validate(); err != nil {
		return nil, nil, err
	}
	if len(unit) == 0 {
		return nil, nil, fault.Invalidf("unit", "a check needs at least one skill")
	}
	want := map[skill.ID]bool{}
	for _, id := range unit {
		if !g.Has(id) {
			return nil, nil, fault.Invalidf("unit", "skill %s is not in the graph", id)
		}
		if want[id] {
			return nil, nil, fault.Invalidf("unit", "skill %s stands twice", id)
		}
		want[id] = true
	}
	for id, v := range prior {
		if !want[id] {
			return nil, nil, fault.Invalidf("prior", "skill %s is not in the unit", id)
		}
		if math.IsNaN(v) || v <= 0 || v >= 1 {
			return nil, nil, fault.Invalidf("prior", "skill %s: %v is not between 0 and 1", id, v)
		}
	}
	s := &Space{p: p, misfit: misfits(p.Eps), at: map[skill.ID]int{}}
	var at []float64
	for _, id := range g.Order() {
		if want[id] {
			s.at[id] = len(s.ids)
			s.ids = append(s.ids, id)
			v, ok := prior[id]
			if !ok {
				v = p.Prior
			}
			at = append(at, v)
		}
	}
	s.by(make([]Way, len(s.ids)))
	s.relate(g)
	return s, at, nil
}

// relate fills the order inside the unit: all that a skill rests on, and of those the nearest.
func (s *Space) relate(g *skill.Graph) {
	n := len(s.ids)
	s.pre, s.post, s.below = make([][]int, n), make([][]int, n), make([][]uint64, n)
	implied := make([]uint64, (n+63)/64)
	for i, id := range s.ids {
		s.below[i] = make([]uint64, (n+63)/64)
		for _, a := range g.Ancestors(id) {
			if j, in := s.at[a]; in {
				s.below[i][j/64] |= 1 << (j % 64)
			}
		}
		clear(implied)
		for j := range s.restsOn(i) {
			for w, b := range s.below[j] {
				implied[w] |= b
			}
		}
		for j := range s.restsOn(i) {
			if implied[j/64]>>(j%64)&1 == 0 {
				s.pre[i] = append(s.pre[i], j)
				s.post[j] = append(s.post[j], i)
			}
		}
	}
}

// restsOn are all skills of the unit that skill i rests on, in topological order.
func (s *Space) restsOn(i int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for w, word := range s.below[i] {
			for ; word != 0; word &= word - 1 {
				if !yield(w*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

func (s *Space) rests(j, i int) bool { return s.below[j][i/64]>>(i%64)&1 == 1 }

// Asking is the same space with the ways in which each skill can be asked. The most telling of them is counted on when the
// next question is chosen: of two skills that would tell alike, the one that can be asked in writing comes first. Skills
// that are not named, or with an empty list, are asked in writing.
// Errors (Invalid): a skill that is not in the unit, negative Options.
func (s *Space) Asking(ways map[skill.ID][]Way) (*Space, error) {
	out := *s
	best := make([]Way, len(s.ids))
	for id, list := range ways {
		i, ok := s.at[id]
		if !ok {
			return nil, fault.Invalidf("ways", "skill %s is not in the unit", id)
		}
		least := math.Inf(1)
		for _, w := range list {
			if w.Options < 0 {
				return nil, fault.Invalidf("ways", "skill %s: %d options", id, w.Options)
			}
			if _, guess := s.noise(w); guess < least {
				least, best[i] = guess, w
			}
		}
	}
	out.by(best)
	out.first.s = &out
	return &out, nil
}

// by sets the ways in which the skills are asked.
func (s *Space) by(ways []Way) {
	s.ways, s.unsure = ways, make([][2]float64, len(ways))
	for i, w := range ways {
		slip, guess := s.noise(w)
		s.unsure[i] = [2]float64{entropy(slip), entropy(guess)}
	}
}

// Exact reports whether every ideal is enumerated (else particles stand for them), and how many ideals there are then.
func (s *Space) Exact() (n int, exact bool) {
	if s.ideals == nil {
		return 0, false
	}
	return len(s.ideals.prior), true
}

// noise is the chance of a slip by somebody who knows, and of a right answer by somebody who does not.
func (s *Space) noise(w Way) (slip, guess float64) {
	guess = s.p.Guess
	if n := mastery.Ways(w.Kind, w.Options); n > 0 {
		guess = math.Max(guess, 1/float64(n))
	}
	return s.p.Slip, guess
}

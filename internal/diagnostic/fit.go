package diagnostic

import (
	"math"

	"kith/internal/fault"
	"kith/internal/skill"
)

// Mark is what one earlier learner showed of one skill.
type Mark int8

const (
	NotAsked Mark = iota
	NotYet
	Right
)

// Earlier is what earlier learners answered, one question a skill, all in the way that Params.Slip and Guess describe.
type Earlier struct {
	Skills []skill.ID
	Marks  [][]Mark // by learner, in the order of Skills
}

// Bounds of what a fit may say. Ours: outside, what a school has cannot tell.
const (
	leastEps  = 0.001
	mostEps   = 0.2
	leastEdge = 50 // pairs of answers about a skill and its prerequisite below which Eps stays as it was
	leastFull = 20 // learners who answered half of the skills, below which Steep stays as it was
	mostSteep = 8.0
)

// Fit learns from earlier learners what New needs beforehand: how likely each skill is known once its prerequisites are, how
// steeply that grows with ability, and how much knowledge runs against the graph. Skills of the unit that nobody was asked
// about get no prior. Each answer is first made an unbiased guess of knowing, (right - guess) / (1 - slip - guess).
//   - Eps: knowing a skill without a direct prerequisite happens only by something turned round, so that the mean over
//     edges of known × (1 - prerequisite known) tells how often.
//   - Prior and Steep: by the likelihood of all answers, with the states of knowledge drawn (stochastic EM, package-private
//     type draws). A skill's difficulty is drawn towards what skills of its rate have, by as much as skills differ from
//     that; without it the chance in two rates would be taken for a prerequisite that says everything or nothing.
//
// Errors (Invalid): as New's; no learners; a row of another length than Skills; a skill twice or not in the unit.
func Fit(g *skill.Graph, unit []skill.ID, c Earlier, p Params) (map[skill.ID]float64, Params, error) {
	s, _, err := lay(g, unit, nil, p)
	if err != nil {
		return nil, p, err
	}
	if len(c.Marks) == 0 {
		return nil, p, fault.Invalidf("earlier", "nobody answered")
	}
	at := make([]int, len(c.Skills))
	seen := map[skill.ID]bool{}
	for k, id := range c.Skills {
		i, ok := s.at[id]
		if !ok || seen[id] {
			return nil, p, fault.Invalidf("earlier", "skill %s stands twice or is not in the unit", id)
		}
		at[k], seen[id] = i, true
	}
	f := &fitting{s: s, c: c, column: make([]int, len(s.ids))}
	for i := range f.column {
		f.column[i] = -1
	}
	for k, i := range at {
		f.column[i] = k
	}
	for l, row := range c.Marks {
		if len(row) != len(c.Skills) {
			return nil, p, fault.Invalidf("earlier", "learner %d has %d marks for %d skills", l+1, len(row), len(c.Skills))
		}
	}
	f.rates()
	if eps, ok := f.misfit(); ok {
		p.Eps = eps
	}
	var logits []float64
	logits, p.Steep = f.draw(p)
	prior := map[skill.ID]float64{}
	for i, id := range s.ids {
		if !math.IsNaN(f.rate[i]) {
			prior[id] = 1 / (1 + math.Exp(-logits[i]))
		}
	}
	return prior, p, nil
}

type fitting struct {
	s      *Space
	c      Earlier
	column []int     // of a skill among the answers; -1
	rate   []float64 // share that knows each skill; NaN where nobody was asked
}

// known is an unbiased guess, from one answer, of whether the skill is known: its mean over answers is 1 or 0.
func (f *fitting) known(m Mark) float64 {
	right := 0.0
	if m == Right {
		right = 1
	}
	return (right - f.s.p.Guess) / (1 - f.s.p.Slip - f.s.p.Guess)
}

func (f *fitting) rates() {
	f.rate = make([]float64, len(f.s.ids))
	for i, k := range f.column {
		sum, n := 0.0, 0.0
		for _, row := range f.c.Marks {
			if k >= 0 && row[k] != NotAsked {
				sum, n = sum+f.known(row[k]), n+1
			}
		}
		f.rate[i] = sum / n
		if n > 0 {
			edge := 0.5 / (n + 1)
			f.rate[i] = math.Max(edge, math.Min(1-edge, f.rate[i]))
		}
	}
}

// misfit solves for Eps; false when there are too few answers about neighbours.
func (f *fitting) misfit() (float64, bool) {
	type pair struct{ n, lead float64 }
	var pairs []pair
	sum, total := 0.0, 0.0
	for i, pre := range f.s.pre {
		for _, j := range pre {
			a, b := f.column[i], f.column[j]
			if a < 0 || b < 0 {
				continue
			}
			n := 0.0
			for _, row := range f.c.Marks {
				if row[a] != NotAsked && row[b] != NotAsked {
					sum += f.known(row[a]) * (1 - f.known(row[b]))
					n++
				}
			}
			if n > 0 {
				pairs, total = append(pairs, pair{n, f.rate[j] - f.rate[i]}), total+n
			}
		}
	}
	if total < leastEdge {
		return 0, false
	}
	return bisect(leastEps, mostEps, func(eps float64) bool {
		want := 0.0
		for _, p := range pairs {
			only := math.Max(0, math.Min(1, p.lead/(1-2*eps))) // P(prerequisite in the ordered state, skill not)
			want += p.n * (eps*(1-eps)*(1-only) + eps*eps*only)
		}
		return want < sum
	}), true
}

// bisect finds where low turns from true to false between a and b.
func bisect(a, b float64, low func(float64) bool) float64 {
	for range 30 {
		if m := (a + b) / 2; low(m) {
			a = m
		} else {
			b = m
		}
	}
	return (a + b) / 2
}

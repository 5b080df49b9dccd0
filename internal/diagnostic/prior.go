package diagnostic

import "math"

// Ability is standard normal about Params.Class, on abilities nodes from -3 to 3. Both engines use the same nodes, so that
// they have the same prior.
const (
	abilities = 25
	widest    = 3.0
)

// prior is P(state): an ability, then skill by skill in topological order whether it is known, which only a skill whose
// prerequisites are all known can be, with chance σ(a (θ - b)) (Rasch, 1960, on the outer fringe of Doignon and Falmagne).
type prior struct {
	weight [abilities]float64   // of the nodes; sums to 1
	p      [abilities][]float64 // P(skill known | prerequisites known), by node
	far    [strides]rises       // what a step of ability upwards is worth
	// Skill by skill, for every node:
	odds []float64 // p/(1-p)
	log  []float64 // of that
	add  []share   // min(1, odds): chance that a proposed skill is taken in
	drop []share   // min(1, 1/odds)
	take []share   // p
}

// stride is by how many nodes an ability is proposed to step: the long one crosses small spaces, where skills say little of
// ability, the short one is taken in large ones. Ours.
var stride = [strides]int{1, 3}

const strides = 2

// rises are what changes in the logarithm of the prior by a step of so many nodes: from each node upwards, and from below up
// to each node. Skill by skill, for every node; zero where the step leads outside.
type rises struct {
	weight       [abilities]float64 // upwards
	in, back     []float32          // of p
	out, outBack []float32          // of 1-p
}

func (r *rises) fill(d *prior, n, skills int) {
	for _, f := range []*[]float32{&r.in, &r.back, &r.out, &r.outBack} {
		*f = make([]float32, skills*abilities)
	}
	for q := range abilities - n {
		r.weight[q] = math.Log(d.weight[q+n] / d.weight[q])
		for i := range skills {
			k := i*abilities + q
			r.in[k] = float32(math.Log(d.p[q+n][i] / d.p[q][i]))
			r.out[k] = float32(math.Log((1 - d.p[q+n][i]) / (1 - d.p[q][i])))
			r.back[k+n], r.outBack[k+n] = r.in[k], r.out[k]
		}
	}
}

// newPrior spreads the given chances at average ability over the nodes: steep is a, and a skill's b is where it is even.
func newPrior(at []float64, steep, class float64) *prior {
	n := len(at) * abilities
	d := &prior{odds: make([]float64, n), log: make([]float64, n), add: make([]share, n), drop: make([]share, n), take: make([]share, n)}
	total := 0.0
	for q := range d.weight {
		d.weight[q] = math.Exp(-node(q) * node(q) / 2)
		total += d.weight[q]
	}
	for q := range d.weight {
		d.weight[q] /= total
		d.p[q] = make([]float64, len(at))
		for i, p := range at {
			odds := p / (1 - p) * math.Exp(steep*(node(q)+class))
			odds = math.Max(1e-9, math.Min(1e9, odds))
			d.p[q][i] = odds / (1 + odds)
			k := i*abilities + q
			d.odds[k], d.log[k] = odds, math.Log(odds)
			d.add[k], d.drop[k], d.take[k] = shareOf(odds), shareOf(1/odds), shareOf(d.p[q][i])
		}
	}
	for k, step := range stride {
		d.far[k].fill(d, step, len(at))
	}
	return d
}

func node(q int) float64 { return widest * (2*float64(q)/(abilities-1) - 1) }

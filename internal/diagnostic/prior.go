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
	add    [abilities][]share   // min(1, p/(1-p)): chance that a proposed skill is taken in
	drop   [abilities][]share   // min(1, (1-p)/p)
	take   [abilities][]share   // p
}

// stride is by how many nodes an ability is proposed to step: the long one crosses small spaces, where skills say little of
// ability, the short one is taken in large ones. Ours.
var stride = [strides]int{1, 3}

const strides = 2

// rises are, from each node to the one so many above it, what changes in the logarithm of the prior.
type rises struct {
	weight [abilities]float64
	in     [abilities][]float32 // of p, by skill
	out    [abilities][]float32 // of 1-p
}

func (r *rises) fill(d *prior, n int) {
	for q := range abilities - n {
		r.weight[q] = math.Log(d.weight[q+n] / d.weight[q])
		r.in[q], r.out[q] = make([]float32, len(d.p[q])), make([]float32, len(d.p[q]))
		for i := range d.p[q] {
			r.in[q][i] = float32(math.Log(d.p[q+n][i] / d.p[q][i]))
			r.out[q][i] = float32(math.Log((1 - d.p[q+n][i]) / (1 - d.p[q][i])))
		}
	}
}

// newPrior spreads the given chances at average ability over the nodes: steep is a, and a skill's b is where it is even.
func newPrior(at []float64, steep, class float64) *prior {
	d := &prior{}
	total := 0.0
	for q := range d.weight {
		d.weight[q] = math.Exp(-node(q) * node(q) / 2)
		total += d.weight[q]
	}
	for q := range d.weight {
		d.weight[q] /= total
		d.p[q] = make([]float64, len(at))
		d.add[q], d.drop[q], d.take[q] = make([]share, len(at)), make([]share, len(at)), make([]share, len(at))
		for i, p := range at {
			odds := p / (1 - p) * math.Exp(steep*(node(q)+class))
			odds = math.Max(1e-9, math.Min(1e9, odds))
			d.p[q][i] = odds / (1 + odds)
			d.add[q][i], d.drop[q][i], d.take[q][i] = shareOf(odds), shareOf(1/odds), shareOf(d.p[q][i])
		}
	}
	for k, n := range stride {
		d.far[k].fill(d, n)
	}
	return d
}

func node(q int) float64 { return widest * (2*float64(q)/(abilities-1) - 1) }

package predict

import "math"

// block is a gradient and a curvature over the dense features and the base, which is the last place. The curvature is taken
// anew at every third step only, because it hardly changes, and costs more than all else.
type block struct {
	g [Dense + 1]float64
	h [(Dense + 1) * (Dense + 1)]float64
}

const side = Dense + 1

// sampled bounds how many rows the curvature is taken from; the gradient is always taken from all. Chosen by us: the
// direction of a Newton step needs no more.
const sampled = 60_000

// denseStep moves the dense weights, those for all and those of each context, by one Newton step together.
func (f *fitting) denseStep() {
	anew := f.steps%3 == 0
	f.steps++
	if anew {
		f.blocks = [contexts]block{}
	}
	blocks := &f.blocks
	for c := range blocks {
		blocks[c].g = [side]float64{}
	}
	stride := max(1, f.n/sampled)
	for i := range f.n {
		b := &blocks[f.context[i]]
		x := f.x[i*Dense : i*Dense+Dense : i*Dense+Dense]
		c := f.chance[i]
		d := float64(f.y[i] - c)
		for j, v := range x {
			b.g[j] += d * float64(v)
		}
		b.g[Dense] += d
		if anew && i%stride == 0 {
			b.curve(x, float64(c*(1-c))*float64(stride))
		}
	}
	delta := f.solve(blocks)
	for i := range f.n {
		x := f.x[i*Dense : i*Dense+Dense : i*Dense+Dense]
		d := &delta[f.context[i]]
		sum := d[Dense]
		for j, v := range x {
			sum += d[j] * v
		}
		f.move(i, sum)
	}
}

// curve adds the upper triangle of x·xᵀ times v.
func (b *block) curve(x []float32, v float64) {
	for j := range Dense {
		xv := float64(x[j]) * v
		if xv == 0 {
			continue
		}
		h := b.h[j*side : j*side+side]
		for k := j; k < Dense; k++ {
			h[k] += xv * float64(x[k])
		}
		h[Dense] += xv
	}
	b.h[side*side-1] += v
}

// solve takes the Newton step of all dense weights together, those for all and the differences of each context, and gives
// for each context what is added to its rows' logits.
func (f *fitting) solve(blocks *[contexts]block) (delta [contexts][side]float32) {
	const n = side * (contexts + 1) // the last side places hold for all
	const shared = side * contexts
	h, g := make([]float64, n*n), make([]float64, n)
	for c := range blocks {
		for j := range side {
			g[c*side+j] = blocks[c].g[j]
			g[shared+j] += blocks[c].g[j]
			for k := j; k < side; k++ {
				v := blocks[c].h[j*side+k]
				for _, at := range [...]int{c*side*n + c*side, c*side*n + shared, shared*n + c*side, shared*n + shared} {
					h[at+j*n+k] += v
					if j != k {
						h[at+k*n+j] += v
					}
				}
			}
		}
	}
	for i := range n {
		lambda := f.m.densePrior[i/side]
		if i == shared+Dense {
			lambda = 1e-3 // the base is free; this only keeps the matrix regular
		}
		f.m.denseSeen[i/side][i%side] = float32(min(h[i*n+i], mostSeen))
		h[i*n+i] += lambda
		g[i] -= lambda * float64(f.m.dense[i/side][i%side])
	}
	cholesky(h, g, n)
	for i, d := range g {
		if f.m.dense[i/side][i%side] += float32(d); i >= shared {
			for c := range delta {
				delta[c][i-shared] += float32(d)
			}
		} else {
			delta[i/side][i%side] += float32(d)
		}
	}
	return delta
}

// cholesky solves h·x = g for a symmetric positive definite h of n by n and leaves x in g; h is used up.
func cholesky(h, g []float64, n int) {
	for j := range n {
		row := h[j*n : j*n+j+1]
		for i := j; i < n; i++ {
			other := h[i*n : i*n+j+1]
			v := other[j]
			for k := range j {
				v -= row[k] * other[k]
			}
			if i == j {
				row[j] = math.Sqrt(max(v, 1e-12))
			} else {
				other[j] = v / row[j]
			}
		}
	}
	for i := range n { // forward
		v := g[i]
		for k := range i {
			v -= h[i*n+k] * g[k]
		}
		g[i] = v / h[i*n+i]
	}
	for i := n - 1; i >= 0; i-- { // back
		v := g[i]
		for k := i + 1; k < n; k++ {
			v -= h[k*n+i] * g[k]
		}
		g[i] = v / h[i*n+i]
	}
}

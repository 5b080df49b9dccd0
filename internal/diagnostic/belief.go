package diagnostic

import "math"

// belief is what the answers so far make of every skill.
type belief struct {
	sets   lanes     // a sample of ordered states, equally likely
	in     []float64 // P(skill in the ordered state)
	known  []float64 // P(skill truly known): with what is turned round against the graph
	keep   []float64 // P(truly known | in the ordered state)
	turned []float64 // P(truly known | not in it)
	ready  []float64 // P(not known, and all direct prerequisites are)
	misfit float64   // expected share of skills against the graph
}

// believe of a cloud counts lanes.
func (c *cloud) believe(s *Space, hs []heard) belief {
	mask := c.byLevel()
	var share [levels]float64
	for e := range share {
		share[e] = c.part(count(mask[e]))
	}
	joint := make([][levels]float64, len(s.ids))
	for i := range joint {
		for e := range levels {
			joint[i][e] = c.part(countBoth(c.of(i), mask[e]))
		}
	}
	b := belief{sets: c.lanes}
	b.fill(s, hs, joint, share)
	return b
}

// believe of the enumerated ideals sums their weights level by level, and draws lanes from all of them for choosing.
func (d *ideals) believe(s *Space, hs []heard) belief {
	n := len(s.ids)
	var w [levels][]float64
	var log, share [levels]float64
	top := math.Inf(-1)
	for e, eps := range s.misfit {
		llr, missing := make([]float64, n), 0.0
		for i, h := range hs {
			in, out := h.under(eps)
			llr[i] = in - out
			missing += out
		}
		w[e], log[e] = d.weigh(llr)
		log[e] += missing + math.Log(levelWeight[e])
		top = math.Max(top, log[e])
	}
	sum := 0.0
	for e := range share {
		share[e] = math.Exp(log[e] - top)
		sum += share[e]
	}
	joint := make([][levels]float64, n)
	all := make([]float64, len(d.prior))
	for e := range share {
		share[e] /= sum
		for i, m := range d.marginals(w[e], n) {
			joint[i][e] = m * share[e]
		}
		for k, v := range w[e] {
			all[k] += v * share[e]
		}
	}
	b := belief{sets: newLanes(n, words)}
	d.draw(b.sets, all)
	b.fill(s, hs, joint, share)
	return b
}

// fill works out everything from P(skill in the state, level) and P(level).
func (b *belief) fill(s *Space, hs []heard, joint [][levels]float64, share [levels]float64) {
	n := len(joint)
	b.in, b.known, b.keep, b.turned = make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for e, eps := range s.misfit {
		b.misfit += share[e] * eps
	}
	for i := range joint {
		in, out, keep, turned := 0.0, 0.0, 0.0, 0.0
		for e, eps := range s.misfit {
			a, o := hs[i].turned(eps)
			not := math.Max(0, share[e]-joint[i][e])
			in += joint[i][e]
			out += not
			keep += joint[i][e] * a
			turned += not * o
		}
		b.in[i], b.known[i] = in, keep+turned
		b.keep[i], b.turned[i] = 1-b.misfit, b.misfit
		if in > 0 {
			b.keep[i] = keep / in
		}
		if out > 0 {
			b.turned[i] = turned / out
		}
	}
	b.fringe(s)
}

// fringe works out how likely each skill is ready. States where all direct prerequisites hold count whole, and those where
// one of them is missing count as far as that one may be known against the graph; two at once are left out.
func (b *belief) fringe(s *Space) {
	b.ready = make([]float64, len(s.ids))
	open := make([]uint64, b.sets.words)
	for i, pre := range s.pre {
		b.sets.open(open, pre)
		mine := b.sets.of(i)
		held := b.sets.part(countBoth(open, mine)) // i holds, and so all of its prerequisites do
		fringe := b.sets.part(count(open)) - held
		all := 1.0
		for _, j := range pre {
			all *= b.keep[j]
		}
		r := all * (fringe*(1-b.turned[i]) + held*(1-b.keep[i]))
		for _, j := range pre {
			rest := pre
			if len(pre) > 1 {
				rest = make([]int, 0, len(pre)-1)
				for _, k := range pre {
					if k != j {
						rest = append(rest, k)
					}
				}
			} else {
				rest = nil
			}
			b.sets.open(open, rest)
			only := b.sets.part(count(open) - countBoth(open, b.sets.of(j)))
			r += only * all / b.keep[j] * b.turned[j] * (1 - b.turned[i])
		}
		b.ready[i] = r
	}
}

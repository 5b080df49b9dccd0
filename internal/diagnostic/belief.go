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

// room makes the belief's memory at once.
func room(n int, sets lanes) belief {
	all := make([]float64, 5*n)
	b := belief{sets: sets}
	for k, f := range []*[]float64{&b.in, &b.known, &b.keep, &b.turned, &b.ready} {
		*f = all[k*n : (k+1)*n : (k+1)*n]
	}
	return b
}

// believe of a cloud counts lanes.
func (c *cloud) believe(s *Space, t *scratch, hs []heard) belief {
	t.byLevel(c)
	var share [levels]float64
	for e := range share {
		share[e] = c.part(count(t.level[e]))
	}
	for i := range t.joint {
		rest := count(c.of(i))
		for e := range levels - 1 {
			n := countBoth(c.of(i), t.level[e])
			t.joint[i][e], rest = c.part(n), rest-n
		}
		t.joint[i][levels-1] = c.part(rest)
	}
	b := room(len(s.ids), c.lanes)
	b.fill(s, t, hs, share)
	return b
}

// believe of the enumerated ideals sums their weights level by level, and draws lanes from all of them for choosing.
func (d *ideals) believe(s *Space, t *scratch, hs []heard) belief {
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
	all := make([]float64, len(d.prior))
	for e := range share {
		share[e] /= sum
		for i, m := range d.marginals(w[e], n) {
			t.joint[i][e] = m * share[e]
		}
		for k, v := range w[e] {
			all[k] += v * share[e]
		}
	}
	b := room(n, newLanes(n, words))
	d.draw(b.sets, all)
	b.fill(s, t, hs, share)
	return b
}

// fill works out everything from P(skill in the state, level), which is in t.joint, and P(level).
func (b *belief) fill(s *Space, t *scratch, hs []heard, share [levels]float64) {
	for e, eps := range s.misfit {
		b.misfit += share[e] * eps
	}
	for i, joint := range t.joint {
		in, out, keep, turned := 0.0, 0.0, 0.0, 0.0
		for e, eps := range s.misfit {
			a, o := hs[i].turned(eps)
			not := math.Max(0, share[e]-joint[e])
			in += joint[e]
			out += not
			keep += joint[e] * a
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
	b.fringe(s, t)
}

// fringe works out how likely each skill is ready. States where all direct prerequisites hold count whole, and those where
// one of them is missing count as far as that one may be known against the graph; two at once are left out.
func (b *belief) fringe(s *Space, t *scratch) {
	for i, pre := range s.pre {
		held, all := b.in[i], 1.0 // whose set holds i holds all that it rests on
		for _, j := range pre {
			all *= b.keep[j]
		}
		open := b.share(t, pre)
		r := all * (max(0, open-held)*(1-b.turned[i]) + held*(1-b.keep[i]))
		for k, j := range pre {
			t.rest = append(append(t.rest[:0], pre[:k]...), pre[k+1:]...)
			only := b.share(t, t.rest) - open
			r += max(0, only) * all / b.keep[j] * b.turned[j] * (1 - b.turned[i])
		}
		b.ready[i] = r
	}
}

// share is the part of the sets that hold all of the given skills.
func (b *belief) share(t *scratch, all []int) float64 {
	switch len(all) {
	case 0:
		return 1
	case 1:
		return b.in[all[0]]
	}
	b.sets.open(t.open, all)
	return b.sets.part(count(t.open))
}

package diagnostic

import "math"

// rng is SplitMix64 (Steele, Lea and Flood, 2014): a few lines, the same on every machine and in every Go version.
type rng uint64

func (r *rng) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

func (r *rng) float() float64 { return float64(r.next()>>11) / (1 << 53) }

func (r *rng) below(n int) int { return int(r.next() % uint64(n)) }

// cloud is a sample of ideals with weights.
type cloud struct {
	s     *Space
	words int
	sets  []uint64
	logw  []float64
	rng   rng
}

// sample draws the particles from the prior, skill by skill in topological order.
func (s *Space) sample() *cloud {
	words := (len(s.ids) + 63) / 64
	c := &cloud{s: s, words: words, sets: make([]uint64, Particles*words), logw: make([]float64, Particles), rng: rng(s.p.Seed)}
	for k := range Particles {
		set := c.set(k)
		for i := range s.ids {
			if holds(set, s.pre[i]) && c.rng.float() < s.prior[i] {
				set[i/64] |= 1 << (i % 64)
			}
		}
	}
	return c
}

func (c *cloud) set(k int) []uint64 { return c.sets[k*c.words : (k+1)*c.words] }

// see weighs the particles by one answer about skill i. When fewer than half of them still matter (effective sample
// size, Kong, Liu and Wong, 1994) they are drawn again and moved; llr is of all answers so far, this one included.
func (c *cloud) see(i int, l float64, llr []float64) {
	for k := range c.logw {
		if c.set(k)[i/64]&(1<<(i%64)) != 0 {
			c.logw[k] += l
		}
	}
	w, total, squares := c.weights()
	if total*total/squares >= Particles/2 {
		return
	}
	c.resample(w, total)
	for k := range Particles {
		c.move(c.set(k), llr)
	}
}

func (c *cloud) weights() (w []float64, total, squares float64) {
	top := math.Inf(-1)
	for _, l := range c.logw {
		top = math.Max(top, l)
	}
	w = make([]float64, len(c.logw))
	for k, l := range c.logw {
		w[k] = math.Exp(l - top)
		total += w[k]
		squares += w[k] * w[k]
	}
	return w, total, squares
}

// resample is systematic: one random offset, equal steps.
func (c *cloud) resample(w []float64, total float64) {
	next := make([]uint64, 0, len(c.sets))
	u, step, sum, k := c.rng.float()*total/Particles, total/Particles, w[0], 0
	for range Particles {
		for sum < u && k < len(w)-1 {
			k++
			sum += w[k]
		}
		next = append(next, c.set(k)...)
		u += step
	}
	c.sets = next
	clear(c.logw)
}

// move takes a particle through up to 64 Metropolis steps: each proposes to toggle one skill of its inner or outer
// fringe. Adding skill i is worth p/(1-p), times the answers' ratio, times 1-p of each child that becomes available.
func (c *cloud) move(set []uint64, llr []float64) {
	s := c.s
	for range min(64, len(s.ids)) {
		i := c.rng.below(len(s.ids))
		u := c.rng.float()
		bit := uint64(1) << (i % 64)
		in := set[i/64]&bit != 0
		if in && c.hasChild(set, i) {
			continue
		}
		if !in && !holds(set, s.pre[i]) {
			continue
		}
		set[i/64] |= bit
		odds := s.prior[i] / (1 - s.prior[i]) * math.Exp(llr[i])
		for _, j := range s.post[i] {
			if holds(set, s.pre[j]) {
				odds *= 1 - s.prior[j]
			}
		}
		if in {
			odds = 1 / odds
		}
		if (u < odds) == in { // accepted removal, or refused addition
			set[i/64] &^= bit
		}
	}
}

func (c *cloud) hasChild(set []uint64, i int) bool {
	for _, j := range c.s.post[i] {
		if set[j/64]&(1<<(j%64)) != 0 {
			return true
		}
	}
	return false
}

func (c *cloud) marginals() []float64 {
	w, total, _ := c.weights()
	m := make([]float64, len(c.s.ids))
	for k := range w {
		for i := range m {
			if c.set(k)[i/64]&(1<<(i%64)) != 0 {
				m[i] += w[k]
			}
		}
	}
	for i := range m {
		m[i] /= total
	}
	return m
}

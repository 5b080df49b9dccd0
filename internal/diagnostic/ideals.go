package diagnostic

import "math"

// ideals is the list of all order ideals. Each but the first (the empty one) is an earlier one with one skill more, so
// that weights are carried along instead of multiplied out.
type ideals struct {
	from  []int32   // which earlier ideal
	added []int32   // the skill it adds; -1 for the empty one
	prior []float64 // sums to 1
}

// enumerate lists the ideals by taking the skills in topological order: every ideal found so far that holds all
// prerequisites of the next skill is continued with and without it, so each is met exactly once. The prior is
// P(K) = product over K of p, times product over the skills that K makes available but lacks of 1-p.
// nil when there are more than limit.
func enumerate(pre [][]int, p []float64, limit int) *ideals {
	words := (len(p) + 63) / 64
	out := &ideals{from: []int32{0}, added: []int32{-1}, prior: []float64{1}}
	sets := make([]uint64, words)
	for i := range p {
		for k, n := 0, len(out.prior); k < n; k++ {
			set := sets[k*words : (k+1)*words]
			if !holds(set, pre[i]) {
				continue
			}
			if len(out.prior) == limit {
				return nil
			}
			sets = append(sets, set...)
			sets[(len(sets)/words-1)*words+i/64] |= 1 << (i % 64)
			out.from = append(out.from, int32(k))
			out.added = append(out.added, int32(i))
			out.prior = append(out.prior, out.prior[k]*p[i])
			out.prior[k] *= 1 - p[i]
		}
	}
	return out
}

func holds(set []uint64, all []int) bool {
	for _, j := range all {
		if set[j/64]&(1<<(j%64)) == 0 {
			return false
		}
	}
	return true
}

// marginals are P(i in K | answers), given by skill the log likelihood ratio of the answers about it.
// Each ideal's mass flows back to the one it was made from, so that one pass counts every skill: O(ideals).
func (d *ideals) marginals(llr []float64) []float64 {
	n := len(d.prior)
	w := make([]float64, n)
	top := math.Inf(-1)
	for k := range w {
		if k > 0 {
			w[k] = w[d.from[k]] + llr[d.added[k]]
		}
		top = math.Max(top, w[k])
	}
	total := 0.0
	for k := range w {
		w[k] = d.prior[k] * math.Exp(w[k]-top)
		total += w[k]
	}
	m := make([]float64, len(llr))
	for k := n - 1; k > 0; k-- {
		m[d.added[k]] += w[k]
		w[d.from[k]] += w[k]
	}
	for i := range m {
		m[i] /= total
	}
	return m
}

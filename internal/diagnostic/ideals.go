package diagnostic

import "math"

// ideals is the list of all order ideals. Each but the first (the empty one) is an earlier one with one skill more, so
// that weights are carried along instead of multiplied out.
type ideals struct {
	from  []int32   // which earlier ideal
	added []int32   // the skill it adds; -1 for the empty one
	prior []float64 // whatever the ability; sums to 1
}

// enumerate lists the ideals by taking the skills in topological order: every ideal found so far that holds all
// prerequisites of the next skill is continued with and without it, so each is met exactly once. At one ability the prior
// is P(K) = product over K of p, times product over the skills that K makes available but lacks of 1-p; answers depend on
// the ability through K alone, so that the prior's mean over abilities is all that is kept.
// nil when there are more than limit.
func enumerate(pre [][]int, d *prior, limit int) *ideals {
	words := (len(pre) + 63) / 64
	out := &ideals{from: []int32{0}, added: []int32{-1}}
	at := [][abilities]float64{d.weight}
	sets := make([]uint64, words)
	for i := range pre {
		for k, n := 0, len(at); k < n; k++ {
			set := sets[k*words : (k+1)*words]
			if !holds(set, pre[i]) {
				continue
			}
			if len(at) == limit {
				return nil
			}
			sets = append(sets, set...)
			sets[(len(sets)/words-1)*words+i/64] |= 1 << (i % 64)
			out.from = append(out.from, int32(k))
			out.added = append(out.added, int32(i))
			at = append(at, at[k])
			with := &at[len(at)-1]
			for q := range with {
				with[q] *= d.p[q][i]
				at[k][q] *= 1 - d.p[q][i]
			}
		}
	}
	for _, by := range at {
		sum := 0.0
		for _, w := range by {
			sum += w
		}
		out.prior = append(out.prior, sum)
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

// weigh is the weight of every ideal, their sum to 1, given by skill the log likelihood ratio of the answers about it; and
// the logarithm of what they summed to.
func (d *ideals) weigh(llr []float64) (w []float64, total float64) {
	w = make([]float64, len(d.prior))
	top := math.Inf(-1)
	for k := range w {
		if k > 0 {
			w[k] = w[d.from[k]] + llr[d.added[k]]
		}
		top = math.Max(top, w[k])
	}
	sum := 0.0
	for k := range w {
		w[k] = d.prior[k] * math.Exp(w[k]-top)
		sum += w[k]
	}
	for k := range w {
		w[k] /= sum
	}
	return w, top + math.Log(sum)
}

// marginals are P(i in K). Each ideal's weight flows back to the one it was made from, so that one pass counts every
// skill: O(ideals).
func (d *ideals) marginals(w []float64, skills int) []float64 {
	w = append([]float64(nil), w...)
	m := make([]float64, skills)
	for k := len(w) - 1; k > 0; k-- {
		m[d.added[k]] += w[k]
		w[d.from[k]] += w[k]
	}
	return m
}

// draw lays down as many ideals as there are lanes, in the proportions of the weights: equal steps through the list.
func (d *ideals) draw(l lanes, w []float64) {
	sum, n := 0.0, 0
	for k, v := range w {
		sum += v
		for ; n < l.sets() && (float64(n)+0.5 <= sum*float64(l.sets()) || k == len(w)-1); n++ {
			for j := k; d.added[j] >= 0; j = int(d.from[j]) {
				l.bits[int(d.added[j])*l.words+n/64] |= 1 << (n % 64)
			}
		}
	}
}

package diagnostic

import (
	"cmp"
	"math"
	"slices"
)

// look is what choosing a question needs of the sets: the skills and fringes that are still uncertain. What is surer than
// that cannot vary enough to matter.
type look struct {
	list   []candidate
	sets   lanes
	skills []int    // uncertain ones
	fringe []uint64 // of the skills whose readiness is uncertain, one run of words each

	// As many of the words as are looked at: all, or every so many.
	step  int
	words []uint64
	known [][]uint64 // by skill of skills
	ready [][]uint64 // by run of fringe
	share []float64  // of the sets in each of both
}

type candidate struct {
	i             int
	weight, worth float64
}

const uncertain = 0.02 // variance

func (l *look) at(st State, open []uint64) {
	l.sets, l.skills, l.fringe = st.b.sets, l.skills[:0], l.fringe[:0]
	for i, m := range st.b.in {
		if m*(1-m) > uncertain {
			l.skills = append(l.skills, i)
		}
		if r := st.b.ready[i]; st.sitting >= DoubtFrom-1 && r*(1-r) > uncertain {
			l.sets.open(open, st.s.pre[i])
			for w, b := range l.sets.of(i) {
				open[w] &^= b
			}
			l.fringe = append(l.fringe, open...)
		}
	}
}

// keep leaves the n most worthwhile candidates; of two alike the earlier skill.
func (l *look) keep(n int) {
	slices.SortFunc(l.list, func(a, b candidate) int { return cmp.Or(cmp.Compare(b.worth, a.worth), a.i-b.i) })
	l.list = l.list[:min(len(l.list), n)]
}

// thin looks at every step-th word only. Lanes are sorted by ability, so that all abilities stay in view.
func (l *look) thin(step int) {
	all := l.sets.words
	l.step, l.words, l.known, l.ready, l.share = step, l.words[:0], l.known[:0], l.ready[:0], l.share[:0]
	for _, i := range l.skills {
		l.known = append(l.known, l.some(l.sets.of(i)))
	}
	for k := 0; k < len(l.fringe); k += all {
		l.ready = append(l.ready, l.some(l.fringe[k:k+all]))
	}
	for _, list := range [][][]uint64{l.known, l.ready} {
		for _, of := range list {
			l.share = append(l.share, l.part(count(of)))
		}
	}
}

// some are the words to look at.
func (l *look) some(of []uint64) []uint64 {
	if l.step == 1 {
		return of
	}
	from := len(l.words)
	for w := l.step / 2; w < len(of); w += l.step {
		l.words = append(l.words, of[w])
	}
	return l.words[from:]
}

func (l *look) part(n int) float64 { return float64(n) * float64(l.step) / float64(l.sets.sets()) }

// worth is by how much the answer about skill i is expected to lower the sum, over skills, of the variance of knowing
// them, and of being ready for them. For an answer that is right or not it is the squared covariance with it over its own
// variance (law of total variance).
func (l *look) worth(st State, i int) float64 {
	b := &st.b
	slip, guess := st.s.noise(st.s.ways[i])
	p := st.right(i)
	gain, pass := 1-slip-guess, b.keep[i]-b.turned[i]
	mark := len(l.words)
	mine := l.some(l.sets.of(i))
	m := l.part(count(mine))
	sum := math.Pow(b.known[i]*(1-b.known[i]), 2)
	for k, j := range l.skills {
		if j != i {
			c := pass * (b.keep[j] - b.turned[j]) * (l.part(countBoth(mine, l.known[k])) - m*l.share[k])
			sum += c * c
		}
	}
	for k, of := range l.ready {
		c := pass * (l.part(countBoth(mine, of)) - m*l.share[len(l.known)+k])
		sum += readyWeight * c * c
	}
	l.words = l.words[:mark]
	return gain * gain * sum / (p * (1 - p))
}

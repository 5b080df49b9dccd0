package diagnostic

import "math/bits"

// lanes are sets of skills, 64 to a word: bit k%64 of word k/64 of a skill says whether set k holds the skill. Asking
// something of all sets at once is then a handful of ands.
type lanes struct {
	words int      // of a skill
	bits  []uint64 // skill by skill
}

func newLanes(skills, words int) lanes {
	return lanes{words: words, bits: make([]uint64, skills*words)}
}

func (l lanes) of(i int) []uint64 { return l.bits[i*l.words : (i+1)*l.words] }

// sets is how many there are.
func (l lanes) sets() int { return 64 * l.words }

// share is the part of the sets that hold skill i.
func (l lanes) share(i int) float64 { return l.part(count(l.of(i))) }

func (l lanes) part(n int) float64 { return float64(n) / float64(l.sets()) }

func count(a []uint64) int {
	n := 0
	for _, w := range a {
		n += bits.OnesCount64(w)
	}
	return n
}

func countBoth(a, b []uint64) int {
	b = b[:len(a)]
	n := 0
	for k, w := range a {
		n += bits.OnesCount64(w & b[k])
	}
	return n
}

// open writes to out the sets that hold all of the given skills: what a skill with these prerequisites needs to be learned.
func (l lanes) open(out []uint64, pre []int) {
	for w := range out {
		out[w] = ^uint64(0)
	}
	for _, j := range pre {
		for w, b := range l.of(j) {
			out[w] &= b
		}
	}
}

// rows turns lanes round: set by set instead of skill by skill, each row padded to whole words.
func (l lanes) rows(out []uint64, skills int) {
	blocks := (skills + 63) / 64
	var t [64]uint64
	for b := range blocks {
		for w := range l.words {
			var any uint64
			for i := range 64 {
				if t[i] = 0; b*64+i < skills {
					t[i] = l.bits[(b*64+i)*l.words+w]
				}
				any |= t[i]
			}
			if any != 0 { // nothing is often there to turn: lanes of like ability lack the same
				transpose(&t)
			}
			for k := range 64 {
				out[(w*64+k)*blocks+b] = t[k]
			}
		}
	}
}

// pick sets the lanes from rows: set k becomes row from[k].
func (l lanes) pick(rows []uint64, from []int32, skills int) {
	blocks := (skills + 63) / 64
	var t [64]uint64
	for b := range blocks {
		for w := range l.words {
			var any uint64
			for k := range 64 {
				t[k] = rows[int(from[w*64+k])*blocks+b]
				any |= t[k]
			}
			if any != 0 {
				transpose(&t)
			}
			for i := range min(64, skills-b*64) {
				l.bits[(b*64+i)*l.words+w] = t[i]
			}
		}
	}
}

// transpose turns a square of 64 by 64 bits round its diagonal: bit k of word i becomes bit i of word k (Warren, Hacker's
// Delight, 2013, section 7-3).
func transpose(a *[64]uint64) {
	m := uint64(0x00000000ffffffff)
	for j := 32; j != 0; {
		for base := 0; base < 64; base += 2 * j {
			for k := base; k < base+j; k++ {
				t := (a[k&63]>>(j&63) ^ a[(k+j)&63]) & m
				a[k&63] ^= t << (j & 63)
				a[(k+j)&63] ^= t
			}
		}
		j >>= 1
		m ^= m << (j & 63)
	}
}

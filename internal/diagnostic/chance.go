package diagnostic

// chance is SplitMix64 (Steele, Lea and Flood, 2014): a few lines, the same on every machine and in every Go version.
type chance uint64

func (r *chance) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

func (r *chance) float() float64 { return float64(r.next()>>11) / (1 << 53) }

// share is a probability in 1/2^32; always stands for one.
type share uint32

const always = ^share(0)

func shareOf(p float64) share {
	if p >= 1 {
		return always
	}
	return share(max(0, p) * (1<<32 - 1))
}

// coin keeps each lane of among with probability p, all independently. It compares p, bit by bit from the top, with 64
// uniform numbers at once and stops when every lane is decided: about two rounds more than the logarithm of their number.
func (r *chance) coin(p share, among uint64) uint64 {
	if p == always {
		return among
	}
	var less uint64
	for b := 31; b >= 0 && among != 0; b-- {
		u := r.next()
		if p>>b&1 == 1 {
			less |= among &^ u
			among &= u
		} else {
			among &^= u
		}
	}
	return less
}

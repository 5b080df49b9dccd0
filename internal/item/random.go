package item

import (
	"crypto/sha256"
	"encoding/binary"
)

// SeedFor is the seed of a learner's nth draw of an item (1, 2, 3 …): the same again for the same three, and unrelated
// between any two. It is below 2^53, so that it survives a JSON number and a signed 64-bit column.
func SeedFor(learner, item string, drawN int) uint64 {
	b := make([]byte, 0, 128)
	b = binary.BigEndian.AppendUint32(b, uint32(len(learner)))
	b = append(b, learner...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(item)))
	b = append(b, item...)
	b = binary.BigEndian.AppendUint64(b, uint64(drawN))
	sum := sha256.Sum256(b)
	return binary.BigEndian.Uint64(sum[:8]) >> 11
}

// random is SplitMix64 (Steele, Lea and Flood, 2014). It is our own because a variant must be the same in ten years:
// its numbers may never change.
type random struct{ state uint64 }

func (r *random) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is uniform in [0, n), n > 0: what would make the low numbers likelier is thrown away.
func (r *random) below(n uint64) uint64 {
	for over := -n % n; ; {
		if x := r.next(); x >= over {
			return x % n
		}
	}
}

// Order is a shuffle of 0..n-1 (Fisher and Yates, 1938), from the seed alone: it does not depend on how often the
// numbers had to be drawn.
func Order(seed uint64, n int) []int {
	r := random{state: seed ^ 0x6b697468}
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	for i := n - 1; i > 0; i-- {
		j := int(r.below(uint64(i + 1)))
		out[i], out[j] = out[j], out[i]
	}
	return out
}

package diagnostic

import (
	"math"
	"math/bits"
)

// settle moves every lane towards the posterior, given ability and level. It visits every second skill: odd and even ones
// by turns, up and down the graph by turns. A skill is proposed to be toggled in every lane: taken in where it is open,
// together with skills that rest on it, drawn from the prior; or dropped with all that rest on it. That is worth the prior's
// odds of the skill times the ratios of the answers about all that changes. The odds, and as much of the answers about the
// skill itself as makes them even, are a coin for all lanes of one ability at once; the rest is weighed lane by lane, where
// there were answers (factorized Metropolis: Michel, Kapfer and Krauth, 2014; any fixed way to factorize keeps the posterior).
func (c *cloud) settle(s *Space, now []told) {
	b := &block{c: c, s: s, level: c.byLevel(), asked: s.weights(now), fresh: make([]uint64, len(s.ids)), wait: make([]uint64, (len(s.ids)+63)/64)}
	parts := make([][]segment, c.words)
	for w := range parts {
		parts[w] = c.segments(w)
	}
	for i := c.turn & 1; i < len(s.ids); i += 2 {
		if c.turn&2 == 0 {
			b.toggle(i, parts)
		} else {
			b.toggle(len(s.ids)-1-i, parts)
		}
	}
	c.turn++
}

// weight is how the answers about one asked skill weigh, by level of misfit: the log ratio of taking it in; and for the
// skill that is toggled itself, by ability, its coins and what they leave to weigh.
type weight struct {
	log       [levels]float64
	add, drop [abilities][levels]share
	left      [abilities][levels]float64
}

func (s *Space) weights(now []told) []*weight {
	out := make([]*weight, len(s.ids))
	for _, a := range now {
		t := &weight{}
		for e := range levels {
			t.log[e] = a.in[e] - a.out[e]
			for q := range abilities {
				p := s.prior.p[q][a.i]
				odds := math.Log(p / (1 - p))
				part := math.Max(0, math.Min(t.log[e], -odds)) // prior against, answers for: until even
				if odds > 0 {
					part = math.Min(0, math.Max(t.log[e], -odds))
				}
				t.left[q][e] = t.log[e] - part
				t.add[q][e], t.drop[q][e] = shareOf(math.Exp(odds+part)), shareOf(math.Exp(-odds-part))
			}
		}
		out[a.i] = t
	}
	return out
}

// block toggles one skill with what rests on it, in one word of lanes at a time.
type block struct {
	c       *cloud
	s       *Space
	level   [levels][]uint64
	asked   []*weight // by skill; nil when it was not asked
	fresh   []uint64  // lanes of each skill that would be taken in
	wait    []uint64  // skills to look at, as bits
	met     []int     // skills that would change
	log     [64]float64
	weighed uint64 // lanes whose log is in use
}

func (b *block) toggle(i int, parts [][]segment) {
	c, s := b.c, b.s
	mine, pre := c.of(i), s.pre[i]
	for w := range mine {
		x, open := mine[w], ^uint64(0)
		for _, j := range pre {
			open &= c.bits[j*c.words+w]
		}
		if open == 0 {
			continue
		}
		for _, g := range parts[w] {
			may, could := open&^x&g.mask, x&g.mask
			if t := b.asked[i]; t == nil {
				may, could = c.chance.coin(s.prior.add[g.q][i], may), c.chance.coin(s.prior.drop[g.q][i], could)
			} else {
				may, could = b.toss(t, w, g.q, may, could)
			}
			if may != 0 {
				b.add(i, w, g.q, may)
			}
			if could != 0 {
				b.drop(i, w, g.q, could)
			}
		}
	}
}

// toss tosses the coins of an asked skill.
func (b *block) toss(t *weight, w, q int, may, could uint64) (in, gone uint64) {
	for e := range levels {
		in |= b.c.chance.coin(t.add[q][e], may&b.level[e][w])
		gone |= b.c.chance.coin(t.drop[q][e], could&b.level[e][w])
	}
	return in, gone
}

// add takes skill i into the lanes of in, and skills that rest on it as the prior draws them, unless answers speak against.
func (b *block) add(i, w, q int, in uint64) {
	c, s := b.c, b.s
	b.begin(i, w, q, in, 1)
	b.fresh[i] = in
	for at := i / 64; at < len(b.wait); {
		if b.wait[at] == 0 {
			at++
			continue
		}
		d := at*64 + bits.TrailingZeros64(b.wait[at])
		b.wait[at] &= b.wait[at] - 1
		open := in
		for _, k := range s.pre[d] {
			open &= c.bits[k*c.words+w] | b.fresh[k]
		}
		if open == 0 {
			continue
		}
		if drawn := c.chance.coin(s.prior.take[q][d], open); drawn != 0 {
			b.fresh[d] = drawn
			b.change(d, w, drawn, 1)
		}
	}
	in = b.accept(in)
	for _, d := range b.met {
		c.bits[d*c.words+w] |= b.fresh[d] & in
		b.fresh[d] = 0
	}
}

// drop takes skill i and all that rest on it out of the lanes of gone, unless answers speak against.
func (b *block) drop(i, w, q int, gone uint64) {
	c := b.c
	b.begin(i, w, q, gone, -1)
	for at := i / 64; at < len(b.wait); {
		if b.wait[at] == 0 {
			at++
			continue
		}
		d := at*64 + bits.TrailingZeros64(b.wait[at])
		b.wait[at] &= b.wait[at] - 1
		if held := gone & c.bits[d*c.words+w]; held != 0 {
			b.change(d, w, held, -1)
		}
	}
	gone = b.accept(gone)
	for _, d := range b.met {
		c.bits[d*c.words+w] &^= gone
	}
}

// begin starts a block with the skill that is toggled: sign is 1 where it is taken in, -1 where it is dropped.
func (b *block) begin(i, w, q int, of uint64, sign float64) {
	b.weighed = 0
	b.met = append(b.met[:0], i)
	b.await(i)
	if t := b.asked[i]; t != nil {
		b.weigh(&t.left[q], w, of, sign)
	}
}

// change adds a skill that rests on it.
func (b *block) change(d, w int, of uint64, sign float64) {
	b.met = append(b.met, d)
	b.await(d)
	if t := b.asked[d]; t != nil {
		b.weigh(&t.log, w, of, sign)
	}
}

// await puts what rests directly on a skill on the list.
func (b *block) await(i int) {
	for _, j := range b.s.post[i] {
		b.wait[j/64] |= 1 << (j % 64)
	}
}

// weigh adds what answers say, lane by lane.
func (b *block) weigh(log *[levels]float64, w int, of uint64, sign float64) {
	for ; of != 0; of &= of - 1 {
		k := bits.TrailingZeros64(of)
		if b.weighed>>k&1 == 0 {
			b.weighed |= 1 << k
			b.log[k] = 0
		}
		b.log[k] += sign * log[b.c.tag[w*64+k]%levels]
	}
}

// accept keeps the lanes whose answers allow the change.
func (b *block) accept(of uint64) uint64 {
	for m := of & b.weighed; m != 0; m &= m - 1 {
		if k := bits.TrailingZeros64(m); !b.c.accept(b.log[k]) {
			of &^= 1 << k
		}
	}
	return of
}

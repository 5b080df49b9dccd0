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
func (c *cloud) settle(s *Space, t *scratch, now []told) {
	b := &block{c: c, s: s, t: t, now: now}
	t.byLevel(c)
	t.stretches = c.stretches(t.stretches[:0])
	t.weigh(s, now)
	for i := c.turn & 1; i < len(s.ids); i += 2 {
		if c.turn&2 == 0 {
			b.toggle(i)
		} else {
			b.toggle(len(s.ids) - 1 - i)
		}
	}
	for _, a := range now {
		t.asked[a.i] = nil
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

// weigh works out the weights of the asked skills.
func (t *scratch) weigh(s *Space, now []told) {
	for len(t.weights) < len(now) {
		t.weights = append(t.weights, new(weight))
	}
	for k := range now {
		t.weights[k].fill(s.prior, &now[k])
		t.asked[now[k].i] = t.weights[k]
	}
}

// fill splits the prior's odds and the answers' ratio into a coin and a rest: of what speaks against each other, as much
// goes into the coin as makes it even.
func (t *weight) fill(d *prior, a *told) {
	var ratio [levels]float64
	for e := range levels {
		t.log[e] = a.in[e] - a.out[e]
		ratio[e] = math.Exp(t.log[e])
	}
	for q := range abilities {
		odds, log := d.odds[a.i*abilities+q], d.log[a.i*abilities+q]
		for e := range levels {
			part := max(0, min(t.log[e], -log)) // prior against, answers for: until even
			if log > 0 {
				part = min(0, max(t.log[e], -log))
			}
			t.left[q][e] = t.log[e] - part
			both := odds
			switch part {
			case 0:
			case t.log[e]:
				both *= ratio[e]
			default:
				both = 1
			}
			t.add[q][e], t.drop[q][e] = shareOf(both), shareOf(1/both)
		}
	}
}

// block toggles one skill with what rests on it, in all lanes.
type block struct {
	c   *cloud
	s   *Space
	t   *scratch
	now []told
}

func (b *block) toggle(i int) {
	c, s, t := b.c, b.s, b.t
	mine, pre, asked := c.of(i), s.pre[i], t.asked[i]
	add, drop := s.prior.add[i*abilities:(i+1)*abilities], s.prior.drop[i*abilities:(i+1)*abilities]
	t.in, t.gone = t.in[:0], t.gone[:0]
	for _, g := range t.stretches {
		x, open := mine[g.w], g.mask
		for _, j := range pre {
			open &= c.bits[j*c.words+g.w]
		}
		if open == 0 {
			continue
		}
		may, could := open&^x, x&g.mask
		if asked == nil {
			may, could = c.chance.coin(add[g.q], may), c.chance.coin(drop[g.q], could)
		} else {
			may, could = b.toss(asked, g, may, could)
		}
		if may != 0 {
			t.in = append(t.in, stretch{may, g.w, g.q})
		}
		if could != 0 {
			t.gone = append(t.gone, stretch{could, g.w, g.q})
		}
	}
	if len(t.in) > 0 {
		b.add(i)
	}
	if len(t.gone) > 0 {
		b.drop(i)
	}
}

// toss tosses the coins of an asked skill.
func (b *block) toss(t *weight, g stretch, may, could uint64) (in, gone uint64) {
	for e := range levels {
		in |= b.c.chance.coin(t.add[g.q][e], may&b.t.level[e][g.w])
		gone |= b.c.chance.coin(t.drop[g.q][e], could&b.t.level[e][g.w])
	}
	return in, gone
}

// add takes skill i into the lanes of t.in, and skills that rest on it as the prior draws them, unless answers speak
// against. What each skill would be taken into is in t.fresh and t.touched, which are all zero between two blocks.
func (b *block) add(i int) {
	c, t := b.c, b.t
	list := t.in
	clear(t.weighed[:len(list)])
	fresh := t.freshOf(i)
	for k, g := range list {
		fresh[k] = g.mask
		if a := t.asked[i]; a != nil {
			b.weigh(&a.left[g.q], k, g.w, g.mask, 1)
		}
	}
	t.touched[i] = first(len(list))
	t.met = append(t.met[:0], int32(i))
	b.await(i)
	for d := t.next(i); d >= 0; d = t.next(d) {
		if t.touched[d] = b.draw(d); t.touched[d] == (set{}) {
			continue
		}
		t.met = append(t.met, int32(d))
		b.await(d)
		if a := t.asked[d]; a != nil {
			drawn := t.freshOf(d)
			for k, g := range list {
				b.weigh(&a.log, k, g.w, drawn[k], 1)
			}
		}
	}
	for k := range list {
		list[k].mask = b.accept(k, list[k].mask)
	}
	for _, d := range t.met {
		mine, fresh := c.of(int(d)), t.freshOf(int(d))
		for p, word := range t.touched[d] {
			for ; word != 0; word &= word - 1 {
				k := p*64 + bits.TrailingZeros64(word)
				mine[list[k].w] |= fresh[k] & list[k].mask
				fresh[k] = 0
			}
		}
		t.touched[d] = set{}
	}
}

// draw takes skill d from the prior into lanes where what it rests on was only now completed, and gives which of the stretches of t.in
// have such lanes.
func (b *block) draw(d int) (out set) {
	c, t, pre := b.c, b.t, b.s.pre[d]
	take, drawn := b.s.prior.take[d*abilities:(d+1)*abilities], t.freshOf(d)
	for p, word := range t.near(pre) {
		for ; word != 0; word &= word - 1 {
			k := p*64 + bits.TrailingZeros64(word)
			g := &t.in[k]
			open := g.mask
			for _, j := range pre {
				open &= c.bits[j*c.words+g.w] | t.fresh[j*t.longest+k]
			}
			if open == 0 {
				continue
			}
			if open = c.chance.coin(take[g.q], open); open != 0 {
				drawn[k] = open
				out[p] |= word & -word
			}
		}
	}
	return out
}

// drop takes skill i and all that rest on it out of the lanes of t.gone, unless answers speak against.
func (b *block) drop(i int) {
	c, t := b.c, b.t
	list := t.gone
	clear(t.weighed[:len(list)])
	for _, a := range b.now {
		held := c.of(a.i)
		if a.i == i {
			for k, g := range list {
				b.weigh(&t.asked[i].left[g.q], k, g.w, g.mask, -1)
			}
		} else if b.s.rests(a.i, i) {
			for k, g := range list {
				b.weigh(&t.asked[a.i].log, k, g.w, g.mask&held[g.w], -1)
			}
		}
	}
	n := 0
	for k, g := range list {
		if g.mask = b.accept(k, g.mask); g.mask != 0 {
			list[n] = g
			n++
		}
	}
	mine := c.of(i)
	for _, g := range list[:n] {
		mine[g.w] &^= g.mask
	}
	if n == 0 {
		return
	}
	t.touched[i] = first(n)
	t.met = append(t.met[:0], int32(i))
	b.await(i)
	for d := t.next(i); d >= 0; d = t.next(d) {
		var out set
		mine := c.of(d)
		for p, word := range t.near(b.s.pre[d]) {
			for ; word != 0; word &= word - 1 {
				g := &list[p*64+bits.TrailingZeros64(word)]
				if mine[g.w]&g.mask != 0 {
					mine[g.w] &^= g.mask
					out[p] |= word & -word
				}
			}
		}
		if out != (set{}) {
			t.touched[d] = out
			t.met = append(t.met, int32(d))
			b.await(d)
		}
	}
	for _, d := range t.met {
		t.touched[d] = set{}
	}
}

// set is some of the stretches at hand: there are at most as many as words and abilities.
type set [(words + abilities + 63) / 64]uint64

func first(n int) (out set) {
	for p := range out {
		switch left := n - p*64; {
		case left >= 64:
			out[p] = ^uint64(0)
		case left > 0:
			out[p] = 1<<left - 1
		}
	}
	return out
}

// near are the stretches in which a prerequisite changes.
func (t *scratch) near(pre []int) (out set) {
	for _, j := range pre {
		for p, word := range t.touched[j] {
			out[p] |= word
		}
	}
	return out
}

// await puts what rests directly on a skill on the list.
func (b *block) await(i int) {
	for _, j := range b.s.post[i] {
		b.t.wait[j/64] |= 1 << (j % 64)
	}
}

// next takes the first waiting skill from the list, in topological order; -1 when there is none. None waits before from.
func (t *scratch) next(from int) int {
	for at := from / 64; at < len(t.wait); at++ {
		if w := t.wait[at]; w != 0 {
			t.wait[at] = w & (w - 1)
			return at*64 + bits.TrailingZeros64(w)
		}
	}
	return -1
}

// weigh adds what answers say, lane by lane, to the k-th of the stretches at hand.
func (b *block) weigh(log *[levels]float64, k, w int, of uint64, sign float64) {
	t := b.t
	sums, tags := t.log[k*64:k*64+64], b.c.tag[w*64:w*64+64]
	for ; of != 0; of &= of - 1 {
		at := bits.TrailingZeros64(of) & 63
		if t.weighed[k]>>at&1 == 0 {
			t.weighed[k] |= 1 << at
			sums[at] = 0
		}
		sums[at] += sign * log[tags[at]%levels]
	}
}

// accept keeps the lanes whose answers allow the change.
func (b *block) accept(k int, of uint64) uint64 {
	for m := of & b.t.weighed[k]; m != 0; m &= m - 1 {
		if at := bits.TrailingZeros64(m); !b.c.accept(b.t.log[k*64+at]) {
			of &^= 1 << at
		}
	}
	return of
}

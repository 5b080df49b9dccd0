package diagnostic

import (
	"math"
	"math/bits"
	"slices"
)

// cloud is the belief as a sample: each lane is an order ideal, with an ability and a level of misfit. Lanes are equally
// likely and sorted by ability and level, so that a word or a part of one shares them.
type cloud struct {
	lanes
	tag    []uint8 // by lane: ability node * levels + level of misfit
	chance chance
	turn   int // of settling
}

// words is what 4,096 particles take for a skill.
const words = Particles / 64

// sample draws the particles from the prior: abilities and levels in fixed proportions, then skill by skill.
func (s *Space) sample(words int) *cloud {
	c := &cloud{lanes: newLanes(len(s.ids), words), tag: make([]uint8, 64*words), chance: chance(s.p.Seed)}
	c.spread(s.prior)
	open := make([]uint64, words)
	for i := range s.ids {
		c.open(open, s.pre[i])
		mine := c.of(i)
		for w := range mine {
			for _, g := range c.segments(w) {
				if m := open[w] & g.mask; m != 0 {
					mine[w] |= c.chance.coin(s.prior.take[g.q][i], m)
				}
			}
		}
	}
	return c
}

// spread gives the lanes abilities and levels in the prior's proportions.
func (c *cloud) spread(d *prior) {
	k, sum := 0, 0.0
	for q, w := range d.weight {
		for e, v := range levelWeight {
			sum += w * v
			for ; k < len(c.tag) && float64(k)+0.5 <= sum*float64(len(c.tag)); k++ {
				c.tag[k] = uint8(q*levels + e)
			}
		}
	}
	for ; k < len(c.tag); k++ {
		c.tag[k] = abilities*levels - 1
	}
}

func (c *cloud) clone() *cloud {
	return &cloud{lanes: lanes{words: c.words, bits: slices.Clone(c.bits)}, tag: slices.Clone(c.tag), chance: c.chance, turn: c.turn}
}

// segment is the part of a word whose lanes have one ability.
type segment struct {
	mask uint64
	q    int
}

func (c *cloud) segments(w int) []segment {
	var out []segment
	for k := 0; k < 64; {
		q, from := c.tag[w*64+k]/levels, k
		for k < 64 && c.tag[w*64+k]/levels == q {
			k++
		}
		out = append(out, segment{mask: (^uint64(0) >> (64 - (k - from))) << from, q: int(q)})
	}
	return out
}

// byLevel are the lanes of each level of misfit.
func (c *cloud) byLevel() (out [levels][]uint64) {
	for e := range out {
		out[e] = make([]uint64, c.words)
	}
	for k, t := range c.tag {
		out[t%levels][k/64] |= 1 << (k % 64)
	}
	return out
}

// told is what the answers so far say of one asked skill, by level of misfit: log likelihood in and out of the state.
type told struct {
	i       int
	in, out [levels]float64
}

// see takes in one answer about skill i: was is what was told about it before, now (one for each asked skill, i's
// among them) what is told with it. Lanes are drawn again by the answer's likelihood, then ability and level walk one
// step each, then skills are toggled.
func (c *cloud) see(s *Space, was told, now []told) {
	t := s.scratch(c.words)
	defer s.done(t)
	is := was
	for _, a := range now {
		if a.i == was.i {
			is = a
		}
	}
	c.draw(t, was, is)
	c.walk(s, t, now)
	c.settle(s, now)
}

// draw is systematic resampling: one random offset, equal steps (Kitagawa, 1996). Lanes of one ability, level and
// membership weigh the same, so little chance comes in.
func (c *cloud) draw(t *scratch, was, is told) {
	var weight [2][levels]float64
	for e := range levels {
		weight[0][e], weight[1][e] = is.out[e]-was.out[e], is.in[e]-was.in[e]
	}
	top := math.Inf(-1)
	for _, by := range weight {
		for _, l := range by {
			top = math.Max(top, l)
		}
	}
	of, total := c.of(is.i), 0.0
	for k := range t.weight {
		w := math.Exp(weight[of[k/64]>>(k%64)&1][c.tag[k]%levels] - top)
		t.weight[k] = w
		total += w
	}
	step := total / float64(len(t.weight))
	u, sum, k := c.chance.float()*step, t.weight[0], 0
	for n := range t.from {
		for sum < u && k < len(t.weight)-1 {
			k++
			sum += t.weight[k]
		}
		t.from[n] = int32(k)
		u += step
	}
}

// walk gives each drawn lane one Metropolis step of ability and one of misfit level, given its set, and lays the lanes down
// sorted by them.
func (c *cloud) walk(s *Space, t *scratch, now []told) {
	n := len(s.ids)
	blocks := (n + 63) / 64
	c.rows(t.rows, n)
	for i := range n { // the outer fringe
		out := t.fringe.of(i)
		c.open(out, s.pre[i])
		for w, b := range c.of(i) {
			out[w] &^= b
		}
	}
	t.fringe.rows(t.outer, n)
	t.majority(c, s)
	clear(t.heads[:])
	for k, from := range t.from {
		row, outer := t.rows[int(from)*blocks:(int(from)+1)*blocks], t.outer[int(from)*blocks:(int(from)+1)*blocks]
		q, e := int(c.tag[from])/levels, int(c.tag[from])%levels
		q = c.walkAbility(s, t, row, outer, q)
		e = c.walkLevel(row, now, e)
		t.tag[k] = uint8(q*levels + e)
		t.heads[t.tag[k]+1]++
	}
	for k := 1; k < len(t.heads); k++ {
		t.heads[k] += t.heads[k-1]
	}
	for k, from := range t.from {
		tag := t.tag[k]
		at := t.heads[tag]
		t.heads[tag]++
		t.sorted[at] = from
		c.tag[at] = tag
	}
	c.pick(t.rows, t.sorted, n)
}

// walkAbility proposes an ability one stride away. The weight of the skills that most lanes hold is worked out once; a row
// adds what it holds besides and takes away what it lacks.
func (c *cloud) walkAbility(s *Space, t *scratch, row, outer []uint64, q int) int {
	k := c.turn % strides
	base, to := q, q+stride[k]
	if c.chance.next()&1 == 1 {
		base, to = q-stride[k], q-stride[k]
	}
	if to < 0 || to >= abilities {
		return q
	}
	far := &s.prior.far[k]
	in, out := far.in[base], far.out[base]
	sum := t.usual[base]
	for b, most := range t.most {
		for w := row[b] &^ most; w != 0; w &= w - 1 {
			sum += in[b*64+bits.TrailingZeros64(w)]
		}
		for w := most &^ row[b]; w != 0; w &= w - 1 {
			sum -= in[b*64+bits.TrailingZeros64(w)]
		}
		for w := outer[b]; w != 0; w &= w - 1 {
			sum += out[b*64+bits.TrailingZeros64(w)]
		}
	}
	log := far.weight[base] + float64(sum)
	if to < q {
		log = -log
	}
	if c.accept(log) {
		return to
	}
	return q
}

// accept is true with probability min(1, e^log).
func (c *cloud) accept(log float64) bool {
	return log >= 0 || log > -30 && c.chance.float() < math.Exp(log)
}

func (c *cloud) walkLevel(row []uint64, now []told, e int) int {
	to := e + 1 - int(c.chance.next()&2)
	if to < 0 || to >= levels {
		return e
	}
	sum := math.Log(levelWeight[to] / levelWeight[e])
	for k := range now {
		a := &now[k]
		if row[a.i/64]>>(a.i%64)&1 == 1 {
			sum += a.in[to] - a.in[e]
		} else {
			sum += a.out[to] - a.out[e]
		}
	}
	if c.accept(sum) {
		return to
	}
	return e
}

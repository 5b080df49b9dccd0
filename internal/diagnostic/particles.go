package diagnostic

import (
	"math"
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
	open, parts := make([]uint64, words), c.stretches(nil)
	for i := range s.ids {
		c.open(open, s.pre[i])
		mine := c.of(i)
		for _, g := range parts {
			mine[g.w] |= c.chance.coin(s.prior.take[i*abilities+g.q], open[g.w]&g.mask)
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

// stretch is a run of lanes of one word that have one ability.
type stretch struct {
	mask uint64
	w    int
	q    int
}

// stretches appends all of them to out, in order: at most one a word and one more for each ability.
func (c *cloud) stretches(out []stretch) []stretch {
	for k := 0; k < len(c.tag); {
		q, from := c.tag[k]/levels, k
		for k < from|63+1 && c.tag[k]/levels == q {
			k++
		}
		out = append(out, stretch{mask: (^uint64(0) >> (64 - (k - from))) << (from % 64), w: from / 64, q: int(q)})
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
func (c *cloud) see(s *Space, t *scratch, was told, now []told) {
	is := was
	for _, a := range now {
		if a.i == was.i {
			is = a
		}
	}
	c.draw(t, was, is)
	c.walk(s, t, now)
	c.settle(s, t, now)
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
	for in := range weight {
		for e, l := range weight[in] {
			weight[in][e] = math.Exp(l - top)
		}
	}
	of, total := c.of(is.i), 0.0
	for k := range t.weight {
		w := weight[of[k/64]>>(k%64)&1][c.tag[k]%levels]
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
	c.rows(t.rows, n)
	t.climb(c, s)
	wide := t.patterns(c, now)
	clear(t.heads[:])
	for k, from := range t.from {
		q, e := int(c.tag[from])/levels, int(c.tag[from])%levels
		q = c.walkAbility(t, int(from), q)
		e = c.walkLevel(t, t.pattern[int(from)*wide:(int(from)+1)*wide], e)
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

// walkAbility proposes an ability one stride away.
func (c *cloud) walkAbility(t *scratch, lane, q int) int {
	to, log := q+stride[c.turn%strides], t.up
	if c.chance.next()&1 == 1 {
		to, log = q-stride[c.turn%strides], t.down
	}
	if to < 0 || to >= abilities || !c.accept(float64(log[lane])) {
		return q
	}
	return to
}

// accept is true with probability min(1, e^log). What lies below 1+log, or above 1/(1-log), needs no exponential.
func (c *cloud) accept(log float64) bool {
	if log >= 0 {
		return true
	}
	u := c.chance.float()
	return u < 1+log || u*(1-log) < 1 && u < math.Exp(log)
}

// walkLevel proposes a level of misfit one step away, given which asked skills the lane holds.
func (c *cloud) walkLevel(t *scratch, pattern []uint64, e int) int {
	to := e + 1 - int(c.chance.next()&2)
	if to < 0 || to >= levels {
		return e
	}
	low := min(e, to)
	sum := levelStep[low]
	for k, at := 0, low*256; at < len(t.steps); k, at = k+1, at+(levels-1)*256 {
		sum += t.steps[at+int(pattern[k/8]>>(k%8*8)&255)]
	}
	if to < e {
		sum = -sum
	}
	if c.accept(sum) {
		return to
	}
	return e
}

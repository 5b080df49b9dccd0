package diagnostic

import (
	"math"
	"math/bits"
	"sync"
)

// scratch is the memory that taking in an answer and choosing a question need besides the state. It holds nothing between
// two of them, and a space keeps what it has, so that a question costs no more memory than the state it makes.
type scratch struct {
	now      []told
	weight   []float64
	from     []int32
	sorted   []int32
	tag      []uint8
	heads    [abilities*levels + 1]int
	rows     []uint64
	up, down []float32 // by lane: what a step of ability upwards, and downwards, changes in the logarithm of the prior
	pattern  []uint64  // by lane: which of the asked skills it holds, 64 to a word
	steps    []float64 // what eight of them weigh in a step of level upwards: by eight, step and which are held

	level     [levels][]uint64 // lanes of each
	stretches []stretch
	longest   int       // most stretches there can be
	asked     []*weight // by skill; nil when it was not asked
	weights   []*weight
	in, gone  []stretch // lanes to be changed
	fresh     []uint64  // skill by skill, for each of in: lanes that would take it in
	touched   []set     // by skill, in which of them it changes
	wait      []uint64  // skills to look at, as bits
	met       []int32   // skills that would change
	log       []float64 // for each of in or gone, by lane
	weighed   []uint64  // lanes whose log is in use

	joint [][levels]float64
	open  []uint64
	rest  []int
	look  look
}

// keep is where a space has its scratch.
type keep struct{ sync.Pool }

func (s *Space) scratch() *scratch {
	if t, ok := s.keep.Get().(*scratch); ok {
		return t
	}
	n := len(s.ids)
	t := &scratch{joint: make([][levels]float64, n), open: make([]uint64, words)}
	for e := range t.level {
		t.level[e] = make([]uint64, words)
	}
	if s.ideals == nil {
		rows := Particles * ((n + 63) / 64)
		t.weight, t.from, t.sorted, t.tag = make([]float64, Particles), make([]int32, Particles), make([]int32, Particles), make([]uint8, Particles)
		t.rows, t.up, t.down = make([]uint64, rows), make([]float32, Particles), make([]float32, Particles)
		t.longest = words + abilities
		t.asked, t.fresh, t.wait = make([]*weight, n), make([]uint64, n*t.longest), make([]uint64, (n+63)/64)
		t.touched = make([]set, n)
		t.log, t.weighed = make([]float64, 64*t.longest), make([]uint64, t.longest)
	}
	return t
}

func (s *Space) done(t *scratch) { s.keep.Put(t) }

func (t *scratch) freshOf(i int) []uint64 { return t.fresh[i*t.longest : (i+1)*t.longest] }

// byLevel finds the lanes of each level of misfit.
func (t *scratch) byLevel(c *cloud) {
	for e := range t.level {
		clear(t.level[e])
	}
	for k, tag := range c.tag {
		t.level[tag%levels][k/64] |= 1 << (k % 64)
	}
}

// climb works out what a step of ability would change for each lane: by the skills in its set, and those open to it but
// not in it. Lanes of one ability are much alike, so what most of them hold is summed once, and each adds what it holds
// besides and takes away what it lacks.
func (t *scratch) climb(c *cloud, s *Space) {
	n, far := stride[c.turn%strides], &s.prior.far[c.turn%strides]
	t.stretches = c.stretches(t.stretches[:0])
	var size, hold [abilities]int
	var up, down [abilities]float32 // most of them
	for q := range abilities {
		if q+n < abilities {
			up[q] = float32(far.weight[q])
		}
		if q >= n {
			down[q] = -float32(far.weight[q-n])
		}
	}
	for _, g := range t.stretches {
		size[g.q] += bits.OnesCount64(g.mask)
	}
	clear(t.up)
	clear(t.down)
	for i := range s.ids {
		mine := c.of(i)
		clear(hold[:])
		for _, g := range t.stretches {
			hold[g.q] += bits.OnesCount64(mine[g.w] & g.mask)
		}
		for q := range abilities {
			if 2*hold[q] > size[q] {
				up[q] += far.in[i*abilities+q]
				down[q] -= far.back[i*abilities+q]
			}
		}
		c.open(t.open, s.pre[i])
		for _, g := range t.stretches {
			others, sign := mine[g.w]&g.mask, float32(1)
			if 2*hold[g.q] > size[g.q] {
				others, sign = g.mask&^others, -1
			}
			t.change(g.w, others, sign*far.in[i*abilities+g.q], -sign*far.back[i*abilities+g.q])
			t.change(g.w, t.open[g.w]&g.mask&^mine[g.w], far.out[i*abilities+g.q], -far.outBack[i*abilities+g.q])
		}
	}
	for _, g := range t.stretches {
		t.change(g.w, g.mask, up[g.q], down[g.q])
	}
}

// change adds to the steps of some lanes of a word.
func (t *scratch) change(w int, of uint64, up, down float32) {
	for ; of != 0; of &= of - 1 {
		k := w*64 + bits.TrailingZeros64(of)
		t.up[k] += up
		t.down[k] += down
	}
}

// patterns finds which of the asked skills each lane holds, and what each eight of them weigh.
func (t *scratch) patterns(c *cloud, now []told) (blocks int) {
	blocks = (len(now) + 63) / 64
	if n := blocks * c.sets(); len(t.pattern) < n {
		t.pattern = make([]uint64, n)
	}
	var square [64]uint64
	for b := range blocks {
		some := now[b*64 : min(len(now), b*64+64)]
		for w := range c.words {
			clear(square[:])
			for k, a := range some {
				square[k] = c.bits[a.i*c.words+w]
			}
			transpose(&square)
			for k, p := range square {
				t.pattern[(w*64+k)*blocks+b] = p
			}
		}
	}
	t.steps = t.steps[:0]
	for k := 0; k < len(now); k += 8 {
		some := now[k:min(len(now), k+8)]
		for e := range levels - 1 {
			at, lack := len(t.steps), 0.0
			var hold [8]float64
			for j, a := range some {
				lack += a.out[e+1] - a.out[e]
				hold[j] = a.in[e+1] - a.in[e] - a.out[e+1] + a.out[e]
			}
			t.steps = append(t.steps, lack)
			for j := range hold { // each doubles what stands
				for m := range 1 << j {
					t.steps = append(t.steps, t.steps[at+m]+hold[j])
				}
			}
		}
	}
	return blocks
}

var levelStep = func() (out [levels - 1]float64) {
	for e := range out {
		out[e] = math.Log(levelWeight[e+1] / levelWeight[e])
	}
	return out
}()

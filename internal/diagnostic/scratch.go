package diagnostic

import "sync"

// scratch is the memory that taking in one answer needs besides the cloud; it holds nothing between two answers.
type scratch struct {
	weight      []float64
	from        []int32
	sorted      []int32
	tag         []uint8
	heads       [abilities*levels + 1]int
	rows, outer []uint64
	fringe      lanes
	most        []uint64           // skills that more than half of the lanes hold, as bits
	usual       [abilities]float32 // what they weigh in a step of ability upwards from each node
}

var scratches sync.Pool

func (s *Space) scratch(words int) *scratch {
	n, sets := len(s.ids), 64*words
	rows := sets * ((n + 63) / 64)
	t, ok := scratches.Get().(*scratch)
	if !ok || len(t.weight) != sets || cap(t.rows) < rows || cap(t.fringe.bits) < n*words {
		return &scratch{weight: make([]float64, sets), from: make([]int32, sets), sorted: make([]int32, sets), tag: make([]uint8, sets),
			rows: make([]uint64, rows), outer: make([]uint64, rows), fringe: newLanes(n, words), most: make([]uint64, (n+63)/64)}
	}
	t.most = make([]uint64, (n+63)/64)
	t.rows, t.outer = t.rows[:rows], t.outer[:rows]
	t.fringe = lanes{words: words, bits: t.fringe.bits[:n*words]}
	return t
}

func (s *Space) done(t *scratch) { scratches.Put(t) }

// majority finds the skills that most lanes hold.
func (t *scratch) majority(c *cloud, s *Space) {
	clear(t.most)
	clear(t.usual[:])
	for i := range s.ids {
		if 2*count(c.of(i)) <= c.sets() {
			continue
		}
		t.most[i/64] |= 1 << (i % 64)
		for q, in := range s.prior.far[c.turn%strides].in {
			if in != nil {
				t.usual[q] += in[i]
			}
		}
	}
}

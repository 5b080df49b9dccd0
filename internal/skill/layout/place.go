package layout

import "math"

// How place works. Chosen by us, by looking, but for the weights.
const (
	lead   = 4  // first sweeps that follow one side only: they carry far things near fast
	sweeps = 24 // at most, after them, with both sides
	still  = 1  // pixels: sweeps end when nothing moves further
	nearly = 12 // what stands so nearly above each other is put there
)

// weights of a line between two nodes, between a node and a bend, and between two bends, so that long lines stay straight:
// those of Gansner, Koutsofios, North and Vo (1993).
var weights = [3]float64{1, 2, 8}

// place gives every item the x of its middle: the order in each layer and the least distance dist between the middles of
// neighbors hold, no layer is wider than the fullest must be (half is half of an item's width), and the weighted sum of the squares of what lines go sideways is as small as
// sweeps make it. Each sweep solves layer after layer exactly, the others held: with the distances taken off it is isotonic
// regression (Ayer and others, 1955), as in Dwyer, Koren and Marriott (2006). Then runs of bends are put straight.
//
// The four alignments of Brandes and Köpf (2001) were tried first: every long line is straight there, and a map of 400 skills
// four times as wide as its fullest layer.
func place(l *layered, half func(v int) int, dist func(a, b int) int) []int {
	p := &placing{layered: l, x: make([]float64, len(l.pos)), off: make([]float64, len(l.pos)), room: make([]float64, len(l.rows))}
	wide := 0.0
	for i, row := range l.rows {
		p.off[row[0]] = float64(half(row[0]))
		for k, v := range row[1:] {
			p.off[v] = p.off[row[k]] + float64(dist(row[k], v))
		}
		last := row[len(row)-1]
		p.room[i] = p.off[last] + float64(half(last))
		wide = max(wide, p.room[i])
	}
	for i, row := range l.rows { // each layer in the middle
		p.room[i] = wide - p.room[i]
		for _, v := range row {
			p.x[v] = p.room[i]/2 + p.off[v]
		}
	}
	for i := range lead + sweeps {
		p.moved = 0
		for k, row := range l.rows {
			downwards := i%2 == 0
			if !downwards {
				k = len(l.rows) - 1 - k
				row = l.rows[k]
			}
			p.settle(row, p.room[k], i >= lead || downwards, i >= lead || !downwards)
		}
		if i >= lead && p.moved <= still {
			break
		}
	}
	out := make([]int, len(l.pos))
	for _, row := range l.rows { // distances are whole: rounding what is left of them keeps the order
		for _, v := range row {
			out[v] = int(math.Round(p.x[v]-p.off[v])) + int(p.off[v])
		}
	}
	straighten(l, out, func(v int) (int, int) { return half(v), int(wide) - half(v) }, dist)
	return out
}

// block is some neighbors in a layer that stand at their least distances: where they are pulled, and how strongly.
type block struct {
	sum, weight float64
	n           int
}

type placing struct {
	*layered
	x    []float64
	off  []float64 // the least x
	room []float64 // by layer, what may be added to it
	// of the present sweep
	blocks []block
	moved  float64 // the furthest that an item went
}

// settle puts a layer where its lines to the layers above and beneath pull it.
func (p *placing) settle(row []int, room float64, above, beneath bool) {
	blocks := p.blocks[:0]
	for _, v := range row {
		b := block{n: 1}
		if above {
			p.pulled(v, p.up[v], &b.sum, &b.weight)
		}
		if beneath {
			p.pulled(v, p.down[v], &b.sum, &b.weight)
		}
		if b.weight == 0 { // nothing pulls: it stays, and gives way
			b.weight = 1e-3
			b.sum = b.weight * p.x[v]
		}
		b.sum -= b.weight * p.off[v]
		// Pool what would stand in each other's way.
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			if last.sum*b.weight <= b.sum*last.weight {
				break
			}
			b.sum, b.weight, b.n = b.sum+last.sum, b.weight+last.weight, b.n+last.n
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	i := 0
	for _, b := range blocks {
		at := min(max(b.sum/b.weight, 0), room)
		for range b.n {
			x := at + p.off[row[i]]
			p.moved = max(p.moved, math.Abs(x-p.x[row[i]]))
			p.x[row[i]] = x
			i++
		}
	}
	p.blocks = blocks
}

func (p *placing) pulled(v int, by []int, sum, weight *float64) {
	for _, w := range by {
		bends := 0
		if v >= p.node {
			bends++
		}
		if w >= p.node {
			bends++
		}
		*sum += weights[bends] * p.x[w]
		*weight += weights[bends]
	}
}

// straighten puts runs of items exactly above each other where their neighbors leave room: bends always, nodes when they
// nearly are.
func straighten(l *layered, x []int, rim func(v int) (int, int), dist func(a, b int) int) {
	done := make([]bool, len(x))
	// free is how far an item may move.
	free := func(v int, row []int) (low, high int) {
		low, high = rim(v)
		if i := l.pos[v]; i > 0 {
			low = x[row[i-1]] + dist(row[i-1], v)
		}
		if i := l.pos[v]; i+1 < len(row) {
			high = x[row[i+1]] - dist(v, row[i+1])
		}
		return low, high
	}
	for i, row := range l.rows {
		for _, v := range row {
			if done[v] {
				continue
			}
			run, sum := []int{v}, x[v]
			low, high := free(v, row)
			for k := i + 1; k < len(l.rows); k++ {
				w, ok := nextInRun(l, x, run[len(run)-1], done)
				if !ok {
					break
				}
				a, b := free(w, l.rows[k])
				if a, b = max(a, low), min(b, high); a > b {
					break
				}
				low, high = a, b
				run, sum = append(run, w), sum+x[w]
			}
			at := min(max(sum/len(run), low), high)
			for _, w := range run {
				done[w] = true
				if len(run) > 1 {
					x[w] = at
				}
			}
		}
	}
}

// nextInRun is the item beneath that is nearest to straight under v; false when none is to be put there.
func nextInRun(l *layered, x []int, v int, done []bool) (int, bool) {
	apart := func(w int) int { return max(x[w]-x[v], x[v]-x[w]) }
	best := -1
	for _, w := range l.down[v] {
		if !done[w] && (best < 0 || apart(w) < apart(best)) {
			best = w
		}
	}
	if best < 0 {
		return 0, false
	}
	bends := v >= l.node && best >= l.node
	return best, bends || apart(best) <= nearly
}

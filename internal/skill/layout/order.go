package layout

import "slices"

// rounds bounds the sweeps: twice as many took away three to six crossings in a hundred of large graphs. Chosen by us.
const (
	rounds  = 8
	settled = 2 // rounds without a better order
)

// layered is a part of the graph with items in layers: nodes, and bends, where a line passes a layer. Lines from one node
// share their bends: it reads as one stem with branches, and keeps layers short.
type layered struct {
	rows [][]int // items by layer, in order
	pos  []int   // place in its row
	up   [][]int // items of the layer above
	down [][]int // items of the layer beneath
	node int     // items below this number are nodes, the others bends
}

// bend builds the items of nodes in layers.
func bend(layer []int, down [][]int) *layered {
	l := &layered{node: len(layer), up: make([][]int, len(layer)), down: make([][]int, len(layer))}
	l.rows = make([][]int, slices.Max(layer)+1)
	for v, at := range layer {
		l.rows[at] = append(l.rows[at], v)
	}
	join := func(a, b int) { l.down[a], l.up[b] = append(l.down[a], b), append(l.up[b], a) }
	for v, targets := range down {
		byLayer := slices.Clone(targets)
		slices.SortStableFunc(byLayer, func(a, b int) int { return layer[a] - layer[b] })
		stem, at := v, layer[v]
		for _, w := range byLayer {
			for at < layer[w]-1 {
				at++
				d := len(l.up)
				l.up, l.down = append(l.up, nil), append(l.down, nil)
				join(stem, d)
				l.rows[at] = append(l.rows[at], d)
				stem = d
			}
			join(stem, w)
		}
	}
	l.pos = make([]int, len(l.up))
	l.number()
	return l
}

func (l *layered) number() {
	for _, row := range l.rows {
		for i, v := range row {
			l.pos[v] = i
		}
	}
}

// order puts the items of each layer in an order with few crossings, by sweeps that sort by barycentre (Sugiyama et al.,
// 1981) and then exchange neighbors (Gansner et al., 1993), and returns how many are left: never more than at first.
func (l *layered) order() int {
	best, kept := l.crossings(), l.copyRows()
	for round, idle := 0, 0; best > 0 && round < rounds && idle < settled; round++ {
		l.sweep(round%2 == 0)
		l.exchange()
		idle++
		if n := l.crossings(); n < best {
			best, kept, idle = n, l.copyRows(), 0
		}
	}
	l.rows = kept
	l.number()
	return best
}

func (l *layered) copyRows() [][]int {
	out := make([][]int, len(l.rows))
	for i, row := range l.rows {
		out[i] = slices.Clone(row)
	}
	return out
}

// sweep sorts layer after layer by the mean place of an item's neighbors in the layer before; one without any stays about
// where it is.
func (l *layered) sweep(downwards bool) {
	near := l.up
	if !downwards {
		near = l.down
	}
	mean := make([]float64, len(l.pos))
	for i := range l.rows {
		row := l.rows[i]
		if !downwards {
			row = l.rows[len(l.rows)-1-i]
		}
		for _, v := range row {
			mean[v] = float64(l.pos[v])
			if len(near[v]) > 0 {
				sum := 0
				for _, w := range near[v] {
					sum += l.pos[w]
				}
				mean[v] = float64(sum) / float64(len(near[v]))
			}
		}
		slices.SortStableFunc(row, func(a, b int) int {
			if mean[a] < mean[b] {
				return -1
			} else if mean[a] > mean[b] {
				return 1
			}
			return 0
		})
		for at, v := range row {
			l.pos[v] = at
		}
	}
}

// exchange swaps neighbors in a layer as long as that takes crossings away. A layer is looked at again when it or one beside
// it has changed.
func (l *layered) exchange() {
	n := len(l.rows)
	stirred := make([]bool, n+2) // by layer, from 1
	for i := range stirred {
		stirred[i] = true
	}
	for better, round := true, 0; better && round < rounds; round++ {
		better = false
		for i, row := range l.rows {
			if !stirred[i] && !stirred[i+1] && !stirred[i+2] {
				continue
			}
			stirred[i+1] = l.exchangeIn(row)
			better = better || stirred[i+1]
		}
	}
}

func (l *layered) exchangeIn(row []int) (better bool) {
	for i := 0; i+1 < len(row); i++ {
		a, b := row[i], row[i+1]
		above, aboveSwapped := l.between(l.up[a], l.up[b])
		beneath, beneathSwapped := l.between(l.down[a], l.down[b])
		if aboveSwapped+beneathSwapped < above+beneath {
			row[i], row[i+1] = b, a
			l.pos[a], l.pos[b] = i+1, i
			better = true
		}
	}
	return better
}

// between counts how often lines to xs, of an item on the left, cross lines to ys, of one on the right, and how often they
// would if the two changed places.
func (l *layered) between(xs, ys []int) (now, swapped int) {
	for _, x := range xs {
		at := l.pos[x]
		for _, y := range ys {
			if to := l.pos[y]; at > to {
				now++
			} else if at < to {
				swapped++
			}
		}
	}
	return now, swapped
}

// crossings counts the crossings between all neighboring layers with an accumulator tree (Barth, Jünger and Mutzel, 2002),
// in O(lines × log of a layer's items).
func (l *layered) crossings() int {
	n := 0
	var ends, tree []int
	for i := 0; i+1 < len(l.rows); i++ {
		first := 1
		for first < len(l.rows[i+1]) {
			first *= 2
		}
		tree = append(tree[:0], make([]int, 2*first)...)
		first-- // the first leaf
		for _, v := range l.rows[i] {
			ends = ends[:0]
			for _, w := range l.down[v] {
				ends = append(ends, l.pos[w])
			}
			slices.Sort(ends)
			for _, at := range ends {
				at += first
				tree[at]++
				for at > 0 {
					if at%2 == 1 {
						n += tree[at+1] // those that came before and end further to the right
					}
					at = (at - 1) / 2
					tree[at]++
				}
			}
		}
	}
	return n
}

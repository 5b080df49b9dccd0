package layout

import "strconv"

// part is a connected part of the map, laid out by itself.
type part struct {
	s         Shape
	nodes     []int // places in the map, ascending
	l         *layered
	mid       []int // x of the middle of each item
	crossings int
	w, h      int
	x, y      int // where it stands
}

func newPart(nodes []int, above [][]int, s Shape) *part {
	local := make(map[int]int, len(nodes))
	for i, v := range nodes {
		local[v] = i
	}
	up, down := make([][]int, len(nodes)), make([][]int, len(nodes))
	for i, v := range nodes {
		for _, w := range above[v] {
			j := local[w]
			up[i] = append(up[i], j)
			down[j] = append(down[j], i)
		}
	}
	p := &part{s: s, nodes: nodes, l: bend(layers(up, down, s.Columns), down)}
	p.crossings = p.l.order()
	p.mid = place(p.l, p.half, func(a, b int) int { return p.half(a) + p.half(b) + p.gap(a, b) })
	low, high := p.mid[0]-p.half(0), p.mid[0]+p.half(0)
	for v, x := range p.mid {
		low, high = min(low, x-p.half(v)), max(high, x+p.half(v))
	}
	for v := range p.mid {
		p.mid[v] -= low
	}
	p.w, p.h = high-low, len(p.l.rows)*(s.H+s.Down)-s.Down
	return p
}

// half is half of an item's width.
func (p *part) half(v int) int {
	if v < p.l.node {
		return p.s.W / 2
	}
	return p.s.Lane / 2
}

// gap is what stays free between two neighbors; a lane has its room in itself.
func (p *part) gap(a, b int) int {
	switch {
	case a < p.l.node && b < p.l.node:
		return p.s.Across
	case a >= p.l.node && b >= p.l.node:
		return 0
	}
	return p.s.Across / 2
}

// draw puts the part into the map with its corner at x, y.
func (p *part) draw(m *Drawing, x, y int) {
	p.x, p.y = x, y
	row := make([]int, len(p.mid))
	for i, items := range p.l.rows {
		for _, v := range items {
			row[v] = i
		}
	}
	top := func(v int) int { return y + row[v]*(p.s.H+p.s.Down) }
	for v, at := range p.nodes {
		m.Spots[at] = Spot{x + p.mid[v] - p.s.W/2, top(v)}
	}
	path := make([]byte, 0, 256)
	for v, at := range p.nodes {
		path = pair(append(path[:0], 'M'), x+p.mid[v], top(v)+p.s.H)
		p.follow(v, top, x, path, func(w int, path []byte) {
			m.Lines = append(m.Lines, Line{From: at, To: p.nodes[w], Path: string(path)})
		})
	}
}

// follow walks from an item along bends to every node at the end, with the path so far.
func (p *part) follow(v int, top func(int) int, x int, path []byte, end func(w int, path []byte)) {
	for _, w := range p.l.down[v] {
		a, b := x+p.mid[v], x+p.mid[w]
		y0, y1 := top(v)+p.s.H, top(w)
		on := path
		if a != b {
			on = pair(append(on, 'C'), a, (y0+y1)/2)
			on = pair(append(on, ' '), b, (y0+y1)/2)
			on = pair(append(on, ' '), b, y1)
		}
		switch {
		case w < p.l.node && a == b:
			end(w, strconv.AppendInt(append(on, 'V'), int64(y1), 10))
		case w < p.l.node:
			end(w, on)
		default:
			p.follow(w, top, x, strconv.AppendInt(append(on, 'V'), int64(y1+p.s.H), 10), end)
		}
	}
}

func pair(to []byte, x, y int) []byte {
	to = append(strconv.AppendInt(to, int64(x), 10), ' ')
	return strconv.AppendInt(to, int64(y), 10)
}

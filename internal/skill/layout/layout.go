// Package layout says where each skill stands on a map of prerequisites, and the lines between them.
//
// In: a graph, the skills to show in teaching order, and a Shape: how large a spot is and how many stand side by side. Out: a
// Drawing: a rectangle a skill and a path a line, in units of which one is a CSS pixel at full size. What a skill rests on always
// stands above it. The same input gives the same map, on every machine; nothing here knows a learner.
//
// The frame is that of Sugiyama, Tagawa and Toda (1981): layers (layers.go), the order within them (order.go), coordinates
// (place.go). Parts of the graph that no edge connects are laid out by themselves and stand one after the other.
//
// Place in the flow: layer 1, beside the graph. It cannot meet a cycle: skill.NewGraph refuses one by name.
package layout

import (
	"math"

	"kith/internal/skill"
)

// Shape is what the map is drawn with. Lengths are in CSS pixels at full size, even and above zero; Columns is at least 1.
type Shape struct {
	Columns int // skills of one part side by side; lines that pass come on top
	W, H    int // of a spot
	Across  int // between two spots side by side
	Down    int // between two layers: lines bend there
	Lane    int // what a line that passes a layer takes of its width
}

// Narrow is for a phone held upright: two spots and the lines beside them fit 360 pixels. Beyond 27 skills it grows, and is moved about.
func Narrow(skills int) Shape {
	return Shape{Columns: max(2, int(math.Ceil(0.38*math.Sqrt(float64(skills))))), W: 146, H: 86, Across: 12, Down: 44, Lane: 10}
}

// Wide is for a desk and for paper: four spots side by side up to 52 skills, then as many more as keep the map about as
// wide as it is high. Chosen by us, by looking.
func Wide(skills int) Shape {
	return Shape{Columns: max(4, int(math.Ceil(0.55*math.Sqrt(float64(skills))))), W: 168, H: 86, Across: 18, Down: 48, Lane: 14}
}

// Spot is where a skill stands: its top left corner. All are as large as the shape says.
type Spot struct {
	X int `json:"x"`
	Y int `json:"y"`
}

// Line leads from a skill to one that rests on it. From and To are places in the list of skills that was given. Path is SVG
// path data: from the middle of the lower edge to the middle of the upper one, never across a spot.
type Line struct {
	From int    `json:"from"`
	To   int    `json:"to"`
	Path string `json:"path"`
}

// Drawing is a map without a learner. Spots are in the order of the skills that were given. Lines leave out what other lines imply.
type Drawing struct {
	W         int    `json:"w"` // of the whole
	H         int    `json:"h"`
	SpotW     int    `json:"spot_w"`
	SpotH     int    `json:"spot_h"`
	Spots     []Spot `json:"spots"`
	Lines     []Line `json:"lines"`
	Crossings int    `json:"-"`
}

// Of lays out the skills of a graph that ids names, each once, in teaching order. What the graph does not know stands alone. A
// skill rests on another here when it does in the whole graph, also by way of skills that are not shown.
// Cost: about 10 ms for 400 skills that long edges join; a few tenths of one for a unit.
func Of(g *skill.Graph, ids []skill.ID, s Shape) Drawing {
	up := nearest(g, ids)
	m := Drawing{SpotW: s.W, SpotH: s.H, Spots: make([]Spot, len(ids)), Lines: []Line{}}
	shelf := shelves{gap: s.Across, down: s.Down}
	shelf.wide = s.Columns*(s.W+s.Across) - s.Across
	var parts []*part
	var alone []int
	for _, nodes := range components(up) {
		if len(nodes) == 1 {
			alone = append(alone, nodes[0])
			continue
		}
		p := newPart(nodes, up, s)
		shelf.wide = max(shelf.wide, p.w)
		parts = append(parts, p)
		m.Crossings += p.crossings
	}
	for _, p := range parts {
		x, y := shelf.put(p.w, p.h)
		p.draw(&m, x, y)
	}
	// Skills without an edge stand in rows of their own beneath.
	shelf.next()
	for _, i := range alone {
		x, y := shelf.put(s.W, s.H)
		m.Spots[i] = Spot{x, y}
	}
	for _, at := range m.Spots {
		m.W, m.H = max(m.W, at.X+s.W), max(m.H, at.Y+s.H)
	}
	for _, p := range parts {
		m.W = max(m.W, p.x+p.w) // a line may pass outside of the last spot
	}
	return m
}

// shelves puts rectangles side by side until a row is full, then begins one beneath.
type shelves struct {
	wide, gap, down int
	x, y, high      int
}

func (s *shelves) put(w, h int) (x, y int) {
	if s.x > 0 && s.x+w > s.wide {
		s.next()
	}
	x, y = s.x, s.y
	s.x += w + s.gap
	s.high = max(s.high, h)
	return x, y
}

func (s *shelves) next() {
	if s.x > 0 {
		s.x, s.y, s.high = 0, s.y+s.high+s.down, 0
	}
}

package skill

import (
	"math/bits"

	"kith/internal/fault"
)

// Graph is a course's skills and prerequisite edges, checked and ready to be asked. It is immutable and safe for
// concurrent use. Sets are kept as bits over the topological order (Kahn, 1962), so that asking is cheap: a course of
// 2,000 skills takes about a megabyte.
type Graph struct {
	order []ID       // every skill after all of its prerequisites; ties in teaching order
	at    map[ID]int // place in order
	pre   [][]int    // direct prerequisites, by place
	post  [][]int    // direct dependents, by place
	anc   [][]uint64 // all prerequisites, as bits by place
}

// NewGraph builds the graph of a course.
// Errors (all Invalid): a skill twice, an edge that names an unknown skill, an edge twice, a cycle (named, in order).
func NewGraph(c Course) (*Graph, error) {
	teach := make(map[ID]int, len(c.Skills))
	for i, s := range c.Skills {
		if _, twice := teach[s.ID]; twice {
			return nil, fault.New(fault.Invalid, "fault.skill.twice", "skill", nameOf(s))
		}
		teach[s.ID] = i
	}
	seen := make(map[[2]ID]bool, len(c.Edges))
	for _, e := range c.Edges {
		for _, end := range [2]ID{e.From, e.To} {
			if _, known := teach[end]; !known {
				return nil, fault.New(fault.Invalid, "fault.skill.unknown", "skill", string(end), "from", string(e.From), "to", string(e.To))
			}
		}
		pair := [2]ID{e.From, e.To}
		if seen[pair] {
			return nil, fault.New(fault.Invalid, "fault.skill.edge_twice", "from", codeOf(c, e.From), "to", codeOf(c, e.To))
		}
		seen[pair] = true
	}
	if loop := Cycle(c.Edges); loop != nil {
		said := ""
		for _, id := range append(loop, loop[0]) {
			if said != "" {
				said += " → "
			}
			said += codeOf(c, id)
		}
		return nil, fault.New(fault.Invalid, "fault.skill.cycle", "cycle", said)
	}
	return build(c, teach), nil
}

// build lays an acyclic, checked course out in topological order.
func build(c Course, teach map[ID]int) *Graph {
	n := len(c.Skills)
	waits := make([]int, n)
	next := make([][]int, n)
	for _, e := range c.Edges {
		from, to := teach[e.From], teach[e.To]
		waits[to]++
		next[from] = append(next[from], to)
	}
	g := &Graph{at: make(map[ID]int, n), pre: make([][]int, n), post: make([][]int, n), anc: make([][]uint64, n)}
	place := make([]int, n) // teaching place to topological place
	ready := &lowest{}
	for i, w := range waits {
		if w == 0 {
			ready.push(i)
		}
	}
	for ready.any() {
		i := ready.pop()
		place[i] = len(g.order)
		g.at[c.Skills[i].ID] = len(g.order)
		g.order = append(g.order, c.Skills[i].ID)
		for _, j := range next[i] {
			if waits[j]--; waits[j] == 0 {
				ready.push(j)
			}
		}
	}
	for _, e := range c.Edges {
		from, to := place[teach[e.From]], place[teach[e.To]]
		g.pre[to] = append(g.pre[to], from)
		g.post[from] = append(g.post[from], to)
	}
	words := (n + 63) / 64
	for i := range g.order {
		g.anc[i] = make([]uint64, words)
		for _, p := range g.pre[i] {
			g.anc[i][p/64] |= 1 << (p % 64)
			for w := range words {
				g.anc[i][w] |= g.anc[p][w]
			}
		}
	}
	return g
}

// Len is the number of skills.
func (g *Graph) Len() int { return len(g.order) }

// Has reports whether the skill stands in the graph.
func (g *Graph) Has(id ID) bool { _, ok := g.at[id]; return ok }

// Order is every skill after all of its prerequisites; where the edges leave it open, in teaching order.
func (g *Graph) Order() []ID { return append([]ID(nil), g.order...) }

// Prerequisites are the direct ones, in the order of the course's edges. An unknown skill has none.
func (g *Graph) Prerequisites(id ID) []ID { return g.near(id, g.pre) }

// Dependents are the skills that have this one as a direct prerequisite. An unknown skill has none.
func (g *Graph) Dependents(id ID) []ID { return g.near(id, g.post) }

// Ancestors are all that the skill rests on, near and far, in topological order, without itself.
func (g *Graph) Ancestors(id ID) []ID {
	i, ok := g.at[id]
	if !ok {
		return nil
	}
	var out []ID
	for w, word := range g.anc[i] {
		for ; word != 0; word &= word - 1 {
			out = append(out, g.order[w*64+bits.TrailingZeros64(word)])
		}
	}
	return out
}

// Descendants are all that rest on the skill, near and far, in topological order, without itself.
func (g *Graph) Descendants(id ID) []ID {
	i, ok := g.at[id]
	if !ok {
		return nil
	}
	var out []ID
	for j := i + 1; j < len(g.order); j++ {
		if g.restsOn(j, i) {
			out = append(out, g.order[j])
		}
	}
	return out
}

// Before reports whether a is needed for b, near or far. A skill is not before itself; unknown skills are before nothing.
func (g *Graph) Before(a, b ID) bool {
	i, ok := g.at[a]
	j, also := g.at[b]
	return ok && also && g.restsOn(j, i)
}

// Redundant are the edges that other edges already imply (a → c where a → b → c), in the order of their targets. They
// are harmless; an author may want to drop them, since "direct" is what an edge claims.
func (g *Graph) Redundant() []Edge {
	var out []Edge
	for to, from := range g.pre {
		for _, p := range from {
			for _, q := range from {
				if p != q && g.restsOn(q, p) {
					out = append(out, Edge{From: g.order[p], To: g.order[to]})
					break
				}
			}
		}
	}
	return out
}

func (g *Graph) restsOn(j, i int) bool { return g.anc[j][i/64]&(1<<(i%64)) != 0 }

func (g *Graph) near(id ID, by [][]int) []ID {
	i, ok := g.at[id]
	if !ok {
		return nil
	}
	out := make([]ID, 0, len(by[i]))
	for _, j := range by[i] {
		out = append(out, g.order[j])
	}
	return out
}

// Cycle names one cycle among the edges: each skill is a prerequisite of the next, and the last of the first. It is nil
// when there is none, and the same for the same edges. A skill that is its own prerequisite is a cycle of one.
func Cycle(edges []Edge) []ID {
	next := map[ID][]ID{}
	var starts []ID
	for _, e := range edges {
		if _, met := next[e.From]; !met {
			starts = append(starts, e.From)
		}
		next[e.From] = append(next[e.From], e.To)
	}
	const walking, done = 1, 2
	state := map[ID]int{}
	type step struct {
		id    ID
		tried int
	}
	// An imported graph may be deep: the walk keeps its own stack.
	for _, s := range starts {
		if state[s] != 0 {
			continue
		}
		path := []step{{id: s}}
		state[s] = walking
		for len(path) > 0 {
			top := &path[len(path)-1]
			if top.tried == len(next[top.id]) {
				state[top.id] = done
				path = path[:len(path)-1]
				continue
			}
			to := next[top.id][top.tried]
			top.tried++
			switch state[to] {
			case done:
			case walking:
				var loop []ID
				for i := range path {
					if path[i].id == to || loop != nil {
						loop = append(loop, path[i].id)
					}
				}
				return loop
			default:
				state[to] = walking
				path = append(path, step{id: to})
			}
		}
	}
	return nil
}

// lowest is a heap of whole numbers, smallest first.
type lowest struct{ h []int }

func (l *lowest) any() bool { return len(l.h) > 0 }

func (l *lowest) push(v int) {
	l.h = append(l.h, v)
	for i := len(l.h) - 1; i > 0; {
		up := (i - 1) / 2
		if l.h[up] <= l.h[i] {
			return
		}
		l.h[up], l.h[i] = l.h[i], l.h[up]
		i = up
	}
}

func (l *lowest) pop() int {
	v, last := l.h[0], len(l.h)-1
	l.h[0] = l.h[last]
	l.h = l.h[:last]
	for i := 0; ; {
		low := 2*i + 1
		if low >= last {
			return v
		}
		if low+1 < last && l.h[low+1] < l.h[low] {
			low++
		}
		if l.h[i] <= l.h[low] {
			return v
		}
		l.h[i], l.h[low] = l.h[low], l.h[i]
		i = low
	}
}

func nameOf(s Skill) string {
	if s.Code != "" {
		return s.Code
	}
	return string(s.ID)
}

func codeOf(c Course, id ID) string {
	for _, s := range c.Skills {
		if s.ID == id {
			return nameOf(s)
		}
	}
	return string(id)
}

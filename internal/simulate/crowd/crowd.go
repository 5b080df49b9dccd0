// Package crowd makes prerequisite graphs and learners by chance, to try a check on: it knows the truth that a check must find.
//
// In: sizes, noise and a seed. Out: edges, learners with what they know, and their answers. It shares no code with the
// check's inference, so that a mistake there cannot hide here.
//
// Place in the flow: layer 2, used by the bench and by tests; no page calls it.
package crowd

import (
	"math"
	"math/rand/v2"
)

// Our own numbers, chosen so that 400 skills of width 8 leave about 20 bits open once the ability is known, and of width
// 20 about 49: the two graphs of the engine's research notes.
const (
	steepness = 3.0  // of knowing with ability
	spread    = 1.5  // difficulties run from -spread at the first layer to +spread at the last
	jitter    = 0.3  // standard deviation of a skill's difficulty about its layer's
	second    = 0.3  // share of skills with a second prerequisite
	long      = 0.05 // share with one from two to four layers up as well
)

// Graph is a prerequisite graph by number. Edges go from prerequisite to skill and never back.
type Graph struct {
	N     int
	Edges [][2]int
	pre   [][]int
	order []int
	depth []int // longest way down from a root
	deep  int
}

// Layered is a graph of n skills in layers of the given width: every skill below the first layer rests on one of the three
// nearest above it, three in ten on two, and one in twenty also on one from further up. n and width are at least 1.
func Layered(n, width int, seed uint64) Graph {
	r := rand.New(rand.NewPCG(seed, 0x6b697468))
	g := Graph{N: n}
	for i := width; i < n; i++ {
		layer, column := i/width, i%width
		chosen := map[int]bool{}
		take := func(up int) {
			if c := column + r.IntN(3) - 1; c >= 0 && c < width {
				p := (layer-up)*width + c
				if !chosen[p] {
					chosen[p] = true
					g.Edges = append(g.Edges, [2]int{p, i})
				}
			} else if p := (layer-up)*width + column; !chosen[p] {
				chosen[p] = true
				g.Edges = append(g.Edges, [2]int{p, i})
			}
		}
		take(1)
		if r.Float64() < second {
			take(1)
		}
		if r.Float64() < long && layer >= 2 {
			take(2 + r.IntN(min(3, layer-1)))
		}
	}
	return g.ready()
}

// Of is the graph of given edges, which must be acyclic and name skills below n.
func Of(n int, edges [][2]int) Graph { return Graph{N: n, Edges: edges}.ready() }

// ready works out layers and an order in which prerequisites come first.
func (g Graph) ready() Graph {
	g.pre, g.depth = make([][]int, g.N), make([]int, g.N)
	waits, next := make([]int, g.N), make([][]int, g.N)
	for _, e := range g.Edges {
		g.pre[e[1]] = append(g.pre[e[1]], e[0])
		next[e[0]] = append(next[e[0]], e[1])
		waits[e[1]]++
	}
	for i, w := range waits {
		if w == 0 {
			g.order = append(g.order, i)
		}
	}
	for k := 0; k < len(g.order); k++ {
		i := g.order[k]
		g.deep = max(g.deep, g.depth[i])
		for _, j := range next[i] {
			g.depth[j] = max(g.depth[j], g.depth[i]+1)
			if waits[j]--; waits[j] == 0 {
				g.order = append(g.order, j)
			}
		}
	}
	return g
}

// Population is how hard each skill is for the people that learners are drawn from.
type Population struct {
	g    Graph
	hard []float64
}

// People sets the difficulty of every skill: it grows with depth, with some chance.
func (g Graph) People(seed uint64) Population {
	r := rand.New(rand.NewPCG(seed, 0x68617264))
	p := Population{g: g, hard: make([]float64, g.N)}
	for i := range p.hard {
		down := 0.5
		if g.deep > 0 {
			down = float64(g.depth[i]) / float64(g.deep)
		}
		p.hard[i] = spread*(2*down-1) + jitter*r.NormFloat64()
	}
	return p
}

// Learner is one made-up person. Bits is what was left open about their ordered knowledge once their ability was drawn.
type Learner struct {
	Knows []bool // the truth, out-of-order knowledge included
	Bits  float64
}

// Draw makes a learner: an ability, then skill by skill what they know, where only a skill whose prerequisites are known
// can be; at last the given share of skills is turned round, against the graph.
func (p Population) Draw(r *rand.Rand, misfit float64) Learner {
	ability := r.NormFloat64()
	l := Learner{Knows: make([]bool, p.g.N)}
	for _, i := range p.g.order {
		open := true
		for _, j := range p.g.pre[i] {
			open = open && l.Knows[j]
		}
		if !open {
			continue
		}
		chance := 1 / (1 + math.Exp(steepness*(p.hard[i]-ability)))
		l.Bits += bits(chance)
		l.Knows[i] = r.Float64() < chance
	}
	for i := range l.Knows {
		if r.Float64() < misfit {
			l.Knows[i] = !l.Knows[i]
		}
	}
	return l
}

// Answer is right or not, as this learner would answer about skill i.
func (l Learner) Answer(r *rand.Rand, i int, slip, guess float64) bool {
	if l.Knows[i] {
		return r.Float64() >= slip
	}
	return r.Float64() < guess
}

// Ready reports whether the learner lacks skill i and knows all that the graph names as its direct prerequisites.
func (p Population) Ready(l Learner, i int) bool {
	if l.Knows[i] {
		return false
	}
	for _, j := range p.g.pre[i] {
		if !l.Knows[j] {
			return false
		}
	}
	return true
}

func bits(p float64) float64 {
	if p <= 0 || p >= 1 {
		return 0
	}
	return -p*math.Log2(p) - (1-p)*math.Log2(1-p)
}

// At is the chance that somebody of average ability who knows all prerequisites knows skill i.
func (p Population) At(i int) float64 { return 1 / (1 + math.Exp(steepness*p.hard[i])) }

// Shape is how many layers the graph has, from a root to the skill farthest from one.
func (g Graph) Shape() (layers int) { return g.deep + 1 }

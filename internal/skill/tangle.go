package skill

// Tangle is what is not in order in a course's edges, as an importer or an author should hear it. NewGraph refuses the first
// three; Untangle gets along with all.
type Tangle struct {
	Cycles    [][]ID // skills that need each other: one cycle of each such group, in order; a skill that needs itself is one of one
	Unknown   []Edge // an end is no skill of the course
	Twice     []Edge // stands again; named once for each further time
	Redundant []Edge // other edges imply it
	Orphans   []ID   // no edge begins or ends here
}

// Clean reports whether NewGraph takes the course as it is.
func (t Tangle) Clean() bool { return len(t.Cycles)+len(t.Unknown)+len(t.Twice) == 0 }

// Untangle makes a graph of any edges. Skills that need each other are one class: they are known together, and in the graph
// the first of them in teaching order stands for all. Edges that name unknown skills, stand twice or run inside a class are
// left out. of gives, for every skill, the one that stands for it: itself, unless it is on a cycle. Redundant edges are
// named between the skills that stand for the ends. A skill that stands twice in the course is taken once.
func Untangle(c Course) (g *Graph, of map[ID]ID, t Tangle) {
	teach := make(map[ID]int, len(c.Skills))
	var skills []Skill
	for _, s := range c.Skills {
		if _, twice := teach[s.ID]; !twice {
			teach[s.ID] = len(skills)
			skills = append(skills, s)
		}
	}
	seen, touched := map[[2]ID]bool{}, map[ID]bool{}
	var edges []Edge
	for _, e := range c.Edges {
		_, from := teach[e.From]
		_, to := teach[e.To]
		switch {
		case !from || !to:
			t.Unknown = append(t.Unknown, e)
		case seen[[2]ID{e.From, e.To}]:
			t.Twice = append(t.Twice, e)
		default:
			seen[[2]ID{e.From, e.To}] = true
			touched[e.From], touched[e.To] = true, true
			edges = append(edges, e)
		}
	}
	class := classes(len(skills), edges, teach)
	of = make(map[ID]ID, len(skills))
	first := map[int]ID{}
	rest := Course{ID: c.ID, Version: c.Version}
	for i, s := range skills {
		if _, met := first[class[i]]; !met {
			first[class[i]] = s.ID
			rest.Skills = append(rest.Skills, s)
		}
		of[s.ID] = first[class[i]]
		if !touched[s.ID] {
			t.Orphans = append(t.Orphans, s.ID)
		}
	}
	inside := map[ID][]Edge{}
	var groups []ID
	clear(seen)
	for _, e := range edges {
		a, b := of[e.From], of[e.To]
		if a == b {
			if inside[a] == nil {
				groups = append(groups, a)
			}
			inside[a] = append(inside[a], e)
			continue
		}
		if !seen[[2]ID{a, b}] {
			seen[[2]ID{a, b}] = true
			rest.Edges = append(rest.Edges, Edge{From: a, To: b, Source: e.Source})
		}
	}
	for _, a := range groups {
		t.Cycles = append(t.Cycles, Cycle(inside[a]))
	}
	for i := range rest.Skills {
		teach[rest.Skills[i].ID] = i
	}
	g = build(rest, teach)
	t.Redundant = g.Redundant()
	return g, of, t
}

// Lenient is the graph of any course, for reading what is stored: a page must not break on it. It has every skill once, and
// the edges that can stand. Skills that need each other keep what the rest of the course says of them; no edge stands
// among themselves, since which comes first is what nobody knows.
func Lenient(c Course) (*Graph, Tangle) {
	g, of, t := Untangle(c)
	if len(t.Cycles) == 0 {
		return g, t
	}
	rest, seen := Course{ID: c.ID, Version: c.Version}, map[[2]ID]bool{}
	teach := map[ID]int{}
	for _, s := range c.Skills {
		if _, twice := teach[s.ID]; !twice {
			teach[s.ID] = len(rest.Skills)
			rest.Skills = append(rest.Skills, s)
		}
	}
	for _, e := range c.Edges {
		a, from := of[e.From]
		b, to := of[e.To]
		if pair := [2]ID{e.From, e.To}; from && to && a != b && !seen[pair] {
			seen[pair] = true
			rest.Edges = append(rest.Edges, e)
		}
	}
	return build(rest, teach), t
}

// classes numbers the strongly connected components (Tarjan, 1972), with a stack of its own: an imported graph may be deep.
func classes(n int, edges []Edge, at map[ID]int) []int {
	next := make([][]int, n)
	for _, e := range edges {
		next[at[e.From]] = append(next[at[e.From]], at[e.To])
	}
	class, met, low := make([]int, n), make([]int, n), make([]int, n) // met counts from 1
	for i := range class {
		class[i] = -1
	}
	var open, path []int
	tried := make([]int, n)
	count, found := 0, 0
	for start := range n {
		if met[start] > 0 {
			continue
		}
		path = append(path, start)
		for len(path) > 0 {
			i := path[len(path)-1]
			if met[i] == 0 {
				count++
				met[i], low[i] = count, count
				open = append(open, i)
			}
			if tried[i] < len(next[i]) {
				j := next[i][tried[i]]
				tried[i]++
				if met[j] == 0 {
					path = append(path, j)
				} else if class[j] < 0 {
					low[i] = min(low[i], met[j])
				}
				continue
			}
			path = path[:len(path)-1]
			if len(path) > 0 {
				low[path[len(path)-1]] = min(low[path[len(path)-1]], low[i])
			}
			if low[i] == met[i] {
				for {
					j := open[len(open)-1]
					open = open[:len(open)-1]
					class[j] = found
					if j == i {
						break
					}
				}
				found++
			}
		}
	}
	return class
}

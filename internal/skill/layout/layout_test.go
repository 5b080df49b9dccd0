package layout

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kith/internal/skill"
)

var small = Shape{Columns: 2, W: 100, H: 50, Across: 20, Down: 40, Lane: 10}

// graphOf reads "a b c" and "a>b".
func graphOf(t testing.TB, names string, edges ...string) (*skill.Graph, []skill.ID) {
	t.Helper()
	var c skill.Course
	var ids []skill.ID
	for _, n := range strings.Fields(names) {
		ids = append(ids, skill.ID(n))
		c.Skills = append(c.Skills, skill.Skill{ID: skill.ID(n), Code: n})
	}
	for _, e := range edges {
		from, to, _ := strings.Cut(e, ">")
		c.Edges = append(c.Edges, skill.Edge{From: skill.ID(from), To: skill.ID(to)})
	}
	g, err := skill.NewGraph(c)
	if err != nil {
		t.Fatal(err)
	}
	return g, ids
}

// random makes a graph whose edges run forward in a shuffled order; most are short, some long.
func random(t testing.TB, n int, edges float64, seed uint64) (*skill.Graph, []skill.ID) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	c := skill.Course{}
	var ids []skill.ID
	perm := r.Perm(n)
	for i := range n {
		ids = append(ids, skill.ID(fmt.Sprint("s", i)))
		c.Skills = append(c.Skills, skill.Skill{ID: ids[i]})
	}
	seen := map[[2]int]bool{}
	for range int(edges * float64(n)) {
		i := r.IntN(n)
		j := i + 1 + r.IntN(12)
		if r.IntN(5) == 0 {
			j = i + 1 + r.IntN(n)
		}
		if j < n && !seen[[2]int{i, j}] {
			seen[[2]int{i, j}] = true
			c.Edges = append(c.Edges, skill.Edge{From: ids[perm[i]], To: ids[perm[j]]})
		}
	}
	g, err := skill.NewGraph(c)
	if err != nil {
		t.Fatal(err)
	}
	return g, ids
}

func linesOf(m Drawing, ids []skill.ID) string {
	var out []string
	for _, l := range m.Lines {
		out = append(out, string(ids[l.From]+">"+ids[l.To]))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestOf_ADiamondByHand(t *testing.T) {
	g, ids := graphOf(t, "a b c d", "a>b", "a>c", "b>d", "c>d")
	m := Of(g, ids, small)
	// b and c side by side, 100 wide with 20 between; a and d above and beneath the middle of both.
	want := []Spot{{60, 0}, {0, 90}, {120, 90}, {60, 180}}
	if !reflect.DeepEqual(m.Spots, want) || m.W != 220 || m.H != 230 || m.Crossings != 0 {
		t.Errorf("spots %v in %d×%d with %d crossings, want %v in 220×230 with none", m.Spots, m.W, m.H, m.Crossings, want)
	}
	if l := m.Lines[0]; l.Path != "M110 50C110 70 50 70 50 90" {
		t.Errorf("the line from a to b is %q", l.Path)
	}
}

func TestOf_AChainStandsStraight(t *testing.T) {
	g, ids := graphOf(t, "a b c", "a>b", "b>c")
	m := Of(g, ids, small)
	if want := []Spot{{0, 0}, {0, 90}, {0, 180}}; !reflect.DeepEqual(m.Spots, want) {
		t.Errorf("spots %v, want %v", m.Spots, want)
	}
	if m.Lines[0].Path != "M50 50V90" {
		t.Errorf("the line is %q", m.Lines[0].Path)
	}
}

func TestOf_DrawsNoLineThatOthersImply(t *testing.T) {
	g, ids := graphOf(t, "a b c", "a>b", "b>c", "a>c")
	if m := Of(g, ids, small); linesOf(m, ids) != "a>b b>c" {
		t.Errorf("lines %s", linesOf(m, ids))
	}
}

func TestOf_SeesThroughSkillsThatAreNotShown(t *testing.T) {
	g, _ := graphOf(t, "a x b y z c", "a>x", "x>b", "a>y", "y>z", "z>c", "b>z")
	ids := []skill.ID{"a", "b", "c"}
	if m := Of(g, ids, small); linesOf(m, ids) != "a>b b>c" {
		t.Errorf("lines %s", linesOf(m, ids))
	}
}

func TestOf_SkillsWithoutEdgesStandInRowsBeneath(t *testing.T) {
	g, ids := graphOf(t, "x a y b z", "a>b")
	m := Of(g, ids, small)
	want := []Spot{{0, 180}, {0, 0}, {120, 180}, {0, 90}, {0, 270}}
	if !reflect.DeepEqual(m.Spots, want) {
		t.Errorf("spots %v, want %v", m.Spots, want)
	}
}

func TestOf_PartsStandSideBySideWhereTheyFit(t *testing.T) {
	g, ids := graphOf(t, "a b c d", "a>b", "c>d")
	m := Of(g, ids, small)
	if want := []Spot{{0, 0}, {0, 90}, {120, 0}, {120, 90}}; !reflect.DeepEqual(m.Spots, want) {
		t.Errorf("spots %v, want %v", m.Spots, want)
	}
}

func TestOf_NothingAndTheUnknown(t *testing.T) {
	g, _ := graphOf(t, "a")
	if m := Of(g, nil, small); m.W != 0 || m.H != 0 || m.Spots == nil || m.Lines == nil {
		t.Errorf("nothing is drawn as %+v", m)
	}
	if m := Of(g, []skill.ID{"no", "a"}, small); !reflect.DeepEqual(m.Spots, []Spot{{0, 0}, {120, 0}}) {
		t.Errorf("spots %v", m.Spots)
	}
}

func TestLayers_AreAsFewAsTwoColumnsAllow(t *testing.T) {
	// Hu's example of three roots over one sink, and a chain: six nodes in two columns cannot take fewer than 4 layers,
	// because the chain of 4 is one column and the other two fit beside it.
	up := [][]int{{}, {0}, {1}, {2, 4, 5}, {}, {}}
	down := [][]int{{1}, {2}, {3}, {}, {3}, {3}}
	got := layers(up, down, 2)
	if slices.Max(got) != 3 {
		t.Errorf("layers %v, want four", got)
	}
}

func TestCrossings_TreeAgreesWithCountingPairs(t *testing.T) {
	for seed := range uint64(40) {
		g, ids := random(t, 60, 2.5, seed)
		for _, nodes := range components(nearest(g, ids)) {
			if len(nodes) < 2 {
				continue
			}
			p := newPart(nodes, nearest(g, ids), small)
			plain := 0
			for _, row := range p.l.rows {
				for i, a := range row {
					for _, b := range row[i+1:] {
						n, _ := p.l.between(p.l.down[a], p.l.down[b])
						plain += n
					}
				}
			}
			if got := p.l.crossings(); got != plain || got != p.crossings {
				t.Fatalf("seed %d: the tree counts %d, pairs %d, the part says %d", seed, got, plain, p.crossings)
			}
		}
	}
}

func TestOrder_NeverAddsCrossings(t *testing.T) {
	before, after := 0, 0
	for seed := range uint64(60) {
		g, ids := random(t, 20+int(seed)*3, 1.8, seed)
		up := nearest(g, ids)
		down := make([][]int, len(up))
		for v, list := range up {
			for _, w := range list {
				down[w] = append(down[w], v)
			}
		}
		l := bend(layers(up, down, 5), down)
		first := l.crossings()
		left := l.order()
		if left > first {
			t.Errorf("seed %d: %d crossings became %d", seed, first, left)
		}
		before, after = before+first, after+left
	}
	if after*3 > before {
		t.Errorf("of %d crossings %d are left: ordering does little", before, after)
	}
}

var numbers = regexp.MustCompile(`[MCV]|\d+`)

// ends gives every x, y that a path stands at, and checks that it only goes down.
func ends(t *testing.T, path string) (out [][2]int) {
	t.Helper()
	x, y := 0, 0
	parts := numbers.FindAllString(path, -1)
	num := func(i int) int { n, _ := strconv.Atoi(parts[i]); return n }
	for i := 0; i < len(parts); {
		from := y
		switch parts[i] {
		case "M":
			x, y, i = num(i+1), num(i+2), i+3
		case "C":
			x, y, i = num(i+5), num(i+6), i+7
		case "V":
			y, i = num(i+1), i+2
		default:
			t.Fatalf("what is %q in %q", parts[i], path)
		}
		if y < from {
			t.Errorf("%q goes up", path)
		}
		out = append(out, [2]int{x, y})
	}
	return out
}

// check holds a map to what every map must be.
func check(t *testing.T, g *skill.Graph, ids []skill.ID, s Shape, m Drawing) {
	t.Helper()
	for i, a := range m.Spots {
		if a.X < 0 || a.Y < 0 || a.X+s.W > m.W || a.Y+s.H > m.H {
			t.Errorf("%s stands outside of the map", ids[i])
		}
		for j, b := range m.Spots[:i] {
			if a.Y == b.Y && abs(a.X-b.X) < s.W+s.Across || a.Y != b.Y && abs(a.Y-b.Y) < s.H {
				t.Errorf("%s and %s stand in each other's way: %v, %v", ids[i], ids[j], a, b)
			}
		}
	}
	drawn := map[[2]skill.ID]bool{}
	for _, l := range m.Lines {
		drawn[[2]skill.ID{ids[l.From], ids[l.To]}] = true
		a, b := m.Spots[l.From], m.Spots[l.To]
		if b.Y < a.Y+s.H+s.Down {
			t.Errorf("%s does not stand above %s", ids[l.From], ids[l.To])
		}
		at := ends(t, l.Path)
		if first, last := at[0], at[len(at)-1]; first != [2]int{a.X + s.W/2, a.Y + s.H} || last != [2]int{b.X + s.W/2, b.Y} {
			t.Errorf("the line %q does not lead from %v to %v", l.Path, a, b)
		}
		for i, p := range at[1 : len(at)-1] {
			if p[0] < 0 || p[0] > m.W {
				t.Errorf("a line leaves the map: %q", l.Path)
			}
			for k, spot := range m.Spots { // where it stands straight it passes a layer
				if p[1] >= spot.Y && at[i][1] <= spot.Y+s.H && p[0] > spot.X && p[0] < spot.X+s.W && spot.Y > a.Y+s.H && spot.Y+s.H < b.Y && at[i][0] == p[0] {
					t.Errorf("the line from %s to %s runs over %s", ids[l.From], ids[l.To], ids[k])
				}
			}
		}
	}
	for i, a := range ids { // exactly the order of the graph, no more and no less
		for j, b := range ids {
			covered := g.Before(a, b) && !slices.ContainsFunc(ids, func(c skill.ID) bool { return g.Before(a, c) && g.Before(c, b) })
			if covered != drawn[[2]skill.ID{a, b}] {
				t.Errorf("line %d to %d: drawn %v, want %v", i, j, !covered, covered)
			}
		}
	}
}

func abs(n int) int { return max(n, -n) }

func TestOf_HoldsForRandomGraphs(t *testing.T) {
	for seed := range uint64(24) {
		n := 1 + int(seed*7)%90
		g, ids := random(t, n, []float64{.4, 1, 2, 4}[seed%4], seed)
		if seed%3 == 0 { // a unit shows a part of its course
			ids = slices.DeleteFunc(ids, func(id skill.ID) bool { return strings.HasSuffix(string(id), "3") })
		}
		for _, s := range []Shape{Narrow(n), Wide(n), small, {Columns: 1, W: 40, H: 20, Across: 2, Down: 10, Lane: 2}} {
			check(t, g, ids, s, Of(g, ids, s))
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestOf_IsTheSameEachTime(t *testing.T) {
	g, ids := random(t, 200, 2, 5)
	again, _ := random(t, 200, 2, 5)
	if !reflect.DeepEqual(Of(g, ids, Wide(200)), Of(again, ids, Wide(200))) {
		t.Error("the same graph is drawn in two ways")
	}
}

// TestOf_400SkillsIn20Milliseconds: the requirement, with room for a busy machine; the figure itself is the benchmark's.
func TestOf_400SkillsIn20Milliseconds(t *testing.T) {
	g, ids := random(t, 400, 1.6, 1)
	best := time.Hour
	for range 5 {
		from := time.Now()
		Of(g, ids, Wide(400))
		best = min(best, time.Since(from))
	}
	if best > 100*time.Millisecond {
		t.Errorf("400 skills take %v", best)
	}
}

func BenchmarkOf_400Skills(b *testing.B) {
	for _, width := range []string{"wide", "narrow"} {
		b.Run(width, func(b *testing.B) {
			g, ids := random(b, 400, 1.6, 1)
			s := Wide(400)
			if width == "narrow" {
				s = Narrow(400)
			}
			var m Drawing
			for b.Loop() {
				m = Of(g, ids, s)
			}
			b.ReportMetric(float64(m.Crossings), "crossings")
			b.ReportMetric(float64(len(m.Lines)), "lines")
		})
	}
}

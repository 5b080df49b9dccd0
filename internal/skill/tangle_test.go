package skill

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
)

// a needs nothing; b, c and d need each other in a ring; e rests on d; x needs itself; lone has no edge. a > e is implied by
// a > b ~ d > e. One edge stands twice and one names a skill that does not exist.
func TestUntangle_ReportsAndGetsAlong(t *testing.T) {
	g, of, tangle := Untangle(course("a b c d e x lone", "a>b", "b>c", "c>d", "d>b", "d>e", "a>e", "x>x", "a>b", "ghost>a"))
	want := Tangle{
		Cycles:    [][]ID{{"b", "c", "d"}, {"x"}},
		Unknown:   []Edge{{From: "ghost", To: "a"}},
		Twice:     []Edge{{From: "a", To: "b"}},
		Redundant: []Edge{{From: "a", To: "e"}},
		Orphans:   []ID{"lone"},
	}
	if !reflect.DeepEqual(tangle, want) {
		t.Errorf("got  %+v\nwant %+v", tangle, want)
	}
	if tangle.Clean() {
		t.Error("called clean")
	}
	if got := g.Order(); !reflect.DeepEqual(got, ids("a b e x lone")) {
		t.Errorf("order %v", got)
	}
	for _, id := range ids("b c d") {
		if of[id] != "b" {
			t.Errorf("%s stands for %s", of[id], id)
		}
	}
	if of["e"] != "e" || !g.Before("b", "e") || !g.Before("a", "e") {
		t.Error("the edge out of the ring is lost")
	}
}

// The same tangle, to be read: every skill stands, the ring has no order of its own, and e still rests on d and a.
func TestLenient_KeepsEverySkillAndTheEdgesThatCanStand(t *testing.T) {
	g, tangle := Lenient(course("a b c d e x lone", "a>b", "b>c", "c>d", "d>b", "d>e", "a>e", "x>x", "a>b", "ghost>a"))
	if len(tangle.Cycles) != 2 || g.Len() != 7 {
		t.Fatalf("%d skills, %+v", g.Len(), tangle)
	}
	for pair, want := range map[[2]ID]bool{{"a", "b"}: true, {"d", "e"}: true, {"a", "e"}: true, {"b", "c"}: false, {"c", "b"}: false, {"d", "b"}: false, {"x", "x"}: false} {
		if g.Before(pair[0], pair[1]) != want {
			t.Errorf("%s before %s: %t", pair[0], pair[1], !want)
		}
	}
	c := course("d a e c b", "a>b", "a>c", "b>d", "c>d")
	if want, err := NewGraph(c); err != nil {
		t.Fatal(err)
	} else if g, _ := Lenient(c); !reflect.DeepEqual(g, want) {
		t.Error("a clean course is changed")
	}
}

func TestUntangle_LeavesACleanCourseAsItIs(t *testing.T) {
	c := course("d a e c b", "a>b", "a>c", "b>d", "c>d")
	want, err := NewGraph(c)
	if err != nil {
		t.Fatal(err)
	}
	g, of, tangle := Untangle(c)
	if !reflect.DeepEqual(g, want) || !tangle.Clean() || len(tangle.Redundant) > 0 {
		t.Errorf("changed: %v, %+v", g.Order(), tangle)
	}
	for id, by := range of {
		if id != by {
			t.Errorf("%s stands for %s", by, id)
		}
	}
	if g, _, _ := Untangle(Course{}); g.Len() != 0 {
		t.Error("an empty course has skills")
	}
}

// Any random edges: two skills are one class exactly when each reaches the other.
func TestUntangle_ClassesAreMutualNeed(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 100 {
		n := 1 + r.IntN(20)
		var c Course
		for i := range n {
			c.Skills = append(c.Skills, Skill{ID: ID(fmt.Sprint("s", i))})
		}
		reach := make([][]bool, n)
		for i := range reach {
			reach[i] = make([]bool, n)
		}
		for range r.IntN(2 * n) {
			i, j := r.IntN(n), r.IntN(n)
			c.Edges = append(c.Edges, Edge{From: c.Skills[i].ID, To: c.Skills[j].ID})
			reach[i][j] = true
		}
		for k := range n { // Warshall, 1962
			for i := range n {
				for j := range n {
					reach[i][j] = reach[i][j] || reach[i][k] && reach[k][j]
				}
			}
		}
		g, of, _ := Untangle(c)
		for i := range n {
			for j := range n {
				a, b := c.Skills[i].ID, c.Skills[j].ID
				if same := i == j || reach[i][j] && reach[j][i]; (of[a] == of[b]) != same {
					t.Fatalf("round %d: %s and %s one class: %t", round, a, b, of[a] == of[b])
				}
				if of[a] != of[b] && g.Before(of[a], of[b]) != reach[i][j] {
					t.Fatalf("round %d: %s before %s: %t", round, a, b, reach[i][j])
				}
			}
		}
	}
}

package skill

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"kith/internal/fault"
)

func course(skills string, edges ...string) Course {
	var c Course
	for _, s := range strings.Fields(skills) {
		c.Skills = append(c.Skills, Skill{ID: ID(s), Code: s})
	}
	for _, e := range edges {
		from, to, _ := strings.Cut(e, ">")
		c.Edges = append(c.Edges, Edge{From: ID(from), To: ID(to)})
	}
	return c
}

func ids(s string) []ID {
	var out []ID
	for _, f := range strings.Fields(s) {
		out = append(out, ID(f))
	}
	return out
}

func TestGraph_AnswersOverADiamond(t *testing.T) {
	// b and c rest on a, d on both, and a > d says nothing new; e stands alone and is taught between.
	g, err := NewGraph(course("d a e c b", "a>b", "a>c", "b>d", "c>d", "a>d"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what string
		got  []ID
		want string
	}{
		{"order", g.Order(), "a e c b d"},
		{"prerequisites of d", g.Prerequisites("d"), "b c a"},
		{"dependents of a", g.Dependents("a"), "b c d"},
		{"ancestors of d", g.Ancestors("d"), "a c b"},
		{"descendants of a", g.Descendants("a"), "c b d"},
		{"ancestors of e", g.Ancestors("e"), ""},
		{"ancestors of an unknown skill", g.Ancestors("x"), ""},
	} {
		if len(c.got)+len(c.want) > 0 && !reflect.DeepEqual(c.got, ids(c.want)) {
			t.Errorf("%s: %v, want %s", c.what, c.got, c.want)
		}
	}
	if !g.Before("a", "d") || g.Before("d", "a") || g.Before("a", "a") || g.Before("x", "d") {
		t.Error("Before is not the strict order of the graph")
	}
	if want := []Edge{{From: "a", To: "d"}}; !reflect.DeepEqual(g.Redundant(), want) {
		t.Errorf("redundant: %v, want %v", g.Redundant(), want)
	}
}

func TestNewGraph_RefusesByName(t *testing.T) {
	for _, c := range []struct {
		c    Course
		code string
		args map[string]any
	}{
		{course("a b c d", "d>a", "a>b", "b>c", "c>a"), "fault.skill.cycle", map[string]any{"cycle": "a → b → c → a"}},
		{course("a", "a>a"), "fault.skill.cycle", map[string]any{"cycle": "a → a"}},
		{course("a b", "a>c"), "fault.skill.unknown", map[string]any{"skill": "c"}},
		{course("a b a"), "fault.skill.twice", map[string]any{"skill": "a"}},
		{course("a b", "a>b", "a>b"), "fault.skill.edge_twice", map[string]any{"from": "a", "to": "b"}},
	} {
		_, err := NewGraph(c.c)
		if err == nil || !strings.Contains(err.Error(), c.code) {
			t.Errorf("%v: %v, want %s", c.c.Edges, err, c.code)
			continue
		}
		said := sayOf(err)
		for k, v := range c.args {
			if said[k] != v {
				t.Errorf("%s: %s = %v, want %v", c.code, k, said[k], v)
			}
		}
	}
}

func TestCycle_NilWithoutOne(t *testing.T) {
	if got := Cycle(course("a b c", "a>b", "b>c", "a>c").Edges); got != nil {
		t.Errorf("named a cycle %v where there is none", got)
	}
}

func TestGraph_AgreesWithAPlainWalkOnRandomGraphs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 50 {
		n := 1 + r.IntN(150)
		var c Course
		perm := r.Perm(n)
		for i := range n {
			c.Skills = append(c.Skills, Skill{ID: ID(fmt.Sprint("s", i))})
		}
		next := map[ID][]ID{}
		for range n * 2 {
			i, j := r.IntN(n), r.IntN(n)
			if perm[i] >= perm[j] {
				continue
			}
			e := Edge{From: c.Skills[i].ID, To: c.Skills[j].ID}
			dup := false
			for _, o := range c.Edges {
				dup = dup || o == e
			}
			if !dup {
				c.Edges = append(c.Edges, e)
				next[e.From] = append(next[e.From], e.To)
			}
		}
		g, err := NewGraph(c)
		if err != nil {
			t.Fatal(round, err)
		}
		place := map[ID]int{}
		for i, id := range g.Order() {
			place[id] = i
		}
		if len(place) != n {
			t.Fatalf("order holds %d of %d skills", len(place), n)
		}
		for _, s := range c.Skills {
			reach := map[ID]bool{}
			var walk func(ID)
			walk = func(id ID) {
				for _, to := range next[id] {
					if place[to] <= place[id] {
						t.Fatalf("%s stands before its prerequisite %s", to, id)
					}
					if !reach[to] {
						reach[to] = true
						walk(to)
					}
				}
			}
			walk(s.ID)
			if got := g.Descendants(s.ID); len(got) != len(reach) {
				t.Fatalf("descendants of %s: %v, want %v", s.ID, got, reach)
			}
			for _, o := range c.Skills {
				if g.Before(s.ID, o.ID) != reach[o.ID] {
					t.Fatalf("Before(%s, %s) = %v", s.ID, o.ID, !reach[o.ID])
				}
			}
		}
	}
}

func sayOf(err error) map[string]any {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Say.Args
	}
	return nil
}

package prerequisite

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"kith/internal/simulate/crowd"
)

// class answers by what each learner can do: a line a learner and skill, three items, of which they get nearly all or hardly
// any right.
func class(knows [][]bool, slip, guess float64, seed uint64) (out []Answer) {
	r := rand.New(rand.NewPCG(seed, 7))
	for person, row := range knows {
		for skill, knows := range row {
			for range 3 {
				right := r.Float64() < guess
				if knows {
					right = r.Float64() >= slip
				}
				out = append(out, Answer{person, skill, right})
			}
		}
	}
	return out
}

// learners know 0 with .7; 1 only with 0, 2 only with 1; 3 as it comes.
func learners(n int, seed uint64) (out [][]bool) {
	r := rand.New(rand.NewPCG(seed, 3))
	for range n {
		a := r.Float64() < .7
		b := a && r.Float64() < .65
		c := b && r.Float64() < .6
		out = append(out, []bool{a, b, c, r.Float64() < .5})
	}
	return out
}

func TestOf_FindsAChainAndLeavesOutWhatFollows(t *testing.T) {
	got := Of(class(learners(220, 1), .08, .08, 1), 4, nil)
	var edges []Edge
	for _, p := range got {
		if p.Kind != Add {
			t.Errorf("nothing stands, and yet %+v", p)
		}
		edges = append(edges, p.Edge)
	}
	slices.SortFunc(edges, func(a, b Edge) int { return a.From - b.From })
	if !slices.Equal(edges, []Edge{{0, 1}, {1, 2}}) {
		t.Errorf("%+v", got)
	}
}

func TestOf_ProposesNothingThatStandsFollowsOrClosesACycle(t *testing.T) {
	answers := class(learners(220, 1), .08, .08, 1)
	if got := Of(answers, 4, []Edge{{0, 1}, {1, 2}}); len(got) != 0 {
		t.Errorf("all of it stands: %+v", got)
	}
	for _, p := range Of(answers, 4, []Edge{{1, 0}, {1, 2}}) {
		if p.Kind == Add && p.Edge == (Edge{0, 1}) {
			t.Errorf("the other way round stands: %+v", p)
		}
	}
}

func TestOf_DoubtsAnEdgeThatManyDoWithout(t *testing.T) {
	got := Of(class(learners(220, 1), .08, .08, 1), 4, []Edge{{0, 1}, {1, 2}, {3, 0}})
	if len(got) != 1 || got[0].Kind != Doubt || got[0].Edge != (Edge{3, 0}) {
		t.Fatalf("%+v", got)
	}
	if c := got[0].Counts; c.OnlyTo < c.Neither || got[0].Chance > .01 {
		t.Errorf("%+v", got[0])
	}
}

// What is proposed is right when the graph holds it or it follows from the graph.
func TestOf_IsRightAboutMadeUpSchools(t *testing.T) {
	right, wrong, found := 0, 0, 0
	for seed := range uint64(6) {
		g := crowd.Layered(12, 3, seed)
		r := rand.New(rand.NewPCG(seed, 11))
		var knows [][]bool
		for range 300 {
			row := make([]bool, g.N)
			for i := range row {
				ok := r.Float64() < .85
				for _, e := range g.Edges {
					if e[1] == i && !row[e[0]] {
						ok = false
					}
				}
				row[i] = ok
			}
			knows = append(knows, row)
		}
		var edges []Edge
		for _, e := range g.Edges {
			edges = append(edges, Edge{e[0], e[1]})
		}
		holds := reachable(g.N, edges)
		for _, p := range Of(class(knows, .1, .1, seed), g.N, nil) {
			if holds[p.From][p.To] {
				right++
			} else {
				wrong++
			}
			if slices.Contains(edges, p.Edge) {
				found++
			}
		}
	}
	t.Logf("%d right, %d wrong, %d of them direct edges", right, wrong, found)
	if right < 30 || wrong*10 > right+wrong {
		t.Errorf("%d right, %d wrong", right, wrong)
	}
}

func TestOf_SaysNothingOfSkillsThatHaveNothingToDoWithEachOther(t *testing.T) {
	n := 0
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 5))
		var knows [][]bool
		for range 120 {
			row := make([]bool, 8)
			for i := range row {
				row[i] = r.Float64() < .2+.08*float64(i)
			}
			knows = append(knows, row)
		}
		n += len(Of(class(knows, .1, .1, seed), 8, nil))
	}
	if n > 1 { // 20 schools at a false discovery rate of .05
		t.Errorf("%d edges between independent skills", n)
	}
}

func TestOf_NeedsEnoughLearners(t *testing.T) {
	for _, n := range []int{0, 1, leastKnown - 1} {
		if got := Of(class(learners(n, 1), 0, 0, 1), 4, nil); len(got) != 0 {
			t.Errorf("%d learners: %+v", n, got)
		}
	}
	if got := Of(nil, 0, nil); got != nil {
		t.Errorf("%+v", got)
	}
}

func (p people) has(person int) bool { return p[person/64]>>(person%64)&1 == 1 }

func TestAbilities_CountTheFirstAnswersAlone(t *testing.T) {
	a := func(right ...bool) (out []Answer) {
		for _, r := range right {
			out = append(out, Answer{0, 0, r})
		}
		return out
	}
	for _, c := range []struct {
		answers     []Answer
		can, cannot bool
	}{
		{a(true), false, false}, {a(true, false), false, false}, {a(true, true), true, false}, {a(false, false, true), false, true},
		{a(false, false, false, true, true, true, true, true), false, true}, // what practice changed does not count
	} {
		if got := abilities(c.answers, 1)[0]; got.can.has(0) != c.can || got.cannot.has(0) != c.cannot {
			t.Errorf("%v: %v", c.answers, got)
		}
	}
}

// By hand: 4 of 5 or fewer at one half is 31/32; 4 or more is 6/32. Fisher's tea: all of 4 and 4 right is 1/70.
func TestChances(t *testing.T) {
	for _, c := range []struct{ got, want float64 }{
		{atMost(4, 5, .5), 31. / 32}, {atLeast(4, 5, .5), 6. / 32}, {atMost(0, 0, .3), 1}, {atLeast(0, 9, .3), 1},
		{fisher(Counts{Both: 4, Neither: 4}), 1. / 70}, {fisher(Counts{Both: 3, OnlyFrom: 1, OnlyTo: 1, Neither: 3}), 17. / 70},
	} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
}

// BenchmarkOf is a school of 600 learners and a course of 200 skills.
func BenchmarkOf(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var knows [][]bool
	for range 600 {
		row := make([]bool, 200)
		for i := range row {
			row[i] = (i == 0 || row[i-1] || i%9 == 0) && r.Float64() < .9
		}
		knows = append(knows, row)
	}
	answers := class(knows, .1, .1, 1)
	for b.Loop() {
		Of(answers, 200, nil)
	}
}

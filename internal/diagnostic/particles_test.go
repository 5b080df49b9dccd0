package diagnostic

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"

	"kith/internal/skill"
)

func TestCoin_FallsAsOftenAsToldInEachLaneAlone(t *testing.T) {
	r := chance(3)
	for _, p := range []float64{0, 0.001, 0.3, 0.5, 0.97, 1} {
		const rounds = 40_000
		var lane [64]int
		all, pairs := 0, 0
		for range rounds {
			w := r.coin(shareOf(p), ^uint64(0)>>1) // lane 63 does not take part
			all += bits.OnesCount64(w)
			for k := range 64 {
				lane[k] += int(w >> k & 1)
			}
			pairs += int(w & (w >> 1) & 1)
		}
		if lane[63] > 0 {
			t.Errorf("p %v: a lane that was not asked", p)
		}
		// Standard errors: sqrt(p(1-p)/n) of all, of one lane, of two lanes together.
		if e := 4*math.Sqrt(p*(1-p)/(63*rounds)) + 1e-9; math.Abs(float64(all)/(63*rounds)-p) > e {
			t.Errorf("p %v: %v", p, float64(all)/(63*rounds))
		}
		for k := range 63 {
			if e := 4.5*math.Sqrt(p*(1-p)/rounds) + 1e-9; math.Abs(float64(lane[k])/rounds-p) > e {
				t.Errorf("p %v, lane %d: %v", p, k, float64(lane[k])/rounds)
			}
		}
		if e := 4.5*math.Sqrt(p*p*(1-p*p)/rounds) + 1e-9; math.Abs(float64(pairs)/rounds-p*p) > e {
			t.Errorf("p %v: two lanes together %v, want %v", p, float64(pairs)/rounds, p*p)
		}
	}
}

func TestLanes_TurnRoundAndBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, skills := range []int{1, 63, 64, 65, 200} {
		l := newLanes(skills, 4)
		for i := range l.bits {
			l.bits[i] = r.Uint64()
		}
		rows := make([]uint64, l.sets()*((skills+63)/64))
		l.rows(rows, skills)
		from := make([]int32, l.sets())
		for k := range from {
			from[k] = int32(r.IntN(len(from)))
		}
		again := newLanes(skills, 4)
		again.pick(rows, from, skills)
		for i := range skills {
			for k, f := range from {
				was, is := l.of(i)[f/64]>>(f%64)&1, again.of(i)[k/64]>>(k%64)&1
				if was != is {
					t.Fatalf("%d skills: skill %d of set %d is %d, want %d", skills, i, k, is, was)
				}
			}
		}
	}
}

// byParticles is the same space with particles in the place of its ideals.
func byParticles(s *Space) *Space {
	out := *s
	out.ideals, out.keep = nil, new(keep)
	out.first = out.begin()
	return &out
}

// asked is answers that contradict the graph in two places, so that levels of misfit differ in what they make of them.
var asked = []Answer{{Skill: name(2), Right: true}, {Skill: name(9)}, {Skill: name(7), Right: true}, {Skill: name(12), Unlearned: true},
	{Skill: name(4)}, {Skill: name(5), Right: true}, {Skill: name(1)}, {Skill: name(5), Right: true}}

// The moves alone must lead from empty states to the posterior that enumeration gives, within 1e-3 in every marginal: of the
// sample unit, with knowledge against the graph at a mean of 3 % and of 15 %, and of three random graphs with random answers.
// 4,096 particles are moved 9,000 times (3,000 on the random graphs, which are smaller) from the empty set, the first 300 left
// out, and counted after every third move: 11.9 million (dependent) states in all. Abilities wander slowly and all marginals
// with them: the standard error on the unit is about .0003.
func TestParticles_EqualEnumerationToAThousandth(t *testing.T) {
	for _, eps := range []float64{0.03, 0.15} {
		p := DefaultParams()
		p.Eps, p.Steep = eps, 1.5
		t.Run(fmt.Sprintf("unit, eps %v", eps), func(t *testing.T) {
			g, ids := graph(t, 16, unitEdges)
			byMoves(t, g, ids, nil, p, asked, 9_000)
		})
	}
	r := rand.New(rand.NewPCG(4, 4))
	for round := range 3 {
		n := 5 + r.IntN(5)
		var edges [][2]int
		for j := range n {
			for i := range j {
				if r.Float64() < 0.3 { // implied edges among them
					edges = append(edges, [2]int{i, j})
				}
			}
		}
		prior, p := map[skill.ID]float64{}, DefaultParams()
		for i := range n {
			prior[name(i)] = 0.1 + 0.8*r.Float64()
		}
		p.Steep, p.Eps = 2*r.Float64(), 0.01+0.1*r.Float64()
		var answers []Answer
		for k := range 4 + r.IntN(8) {
			answers = append(answers, someAnswer(r, k, n))
		}
		t.Run(fmt.Sprintf("random graph %d", round+1), func(t *testing.T) {
			g, ids := graph(t, n, edges)
			byMoves(t, g, ids, prior, p, answers, 3_000)
		})
	}
}

func byMoves(t *testing.T, g *skill.Graph, ids []skill.ID, prior map[skill.ID]float64, p Params, answers []Answer, moves int) {
	s, err := New(g, ids, prior, p)
	if err != nil {
		t.Fatal(err)
	}
	loose := byParticles(s)
	want := replay(t, s, answers, "")
	c := loose.sample(words)
	clear(c.bits)
	w := loose.scratch()
	want.told(w)
	now := w.now
	n := len(ids)
	in, known, misfit := make([]float64, n), make([]float64, n), 0.0
	const rest, every = 300, 3
	for k := range moves {
		for i := range w.from {
			w.from[i] = int32(i)
		}
		c.walk(loose, w, now)
		c.settle(loose, w, now)
		if k < rest || k%every > 0 {
			continue
		}
		b := c.believe(loose, w, want.heard)
		for i := range n {
			in[i] += b.in[i] * every / float64(moves-rest)
			known[i] += b.known[i] * every / float64(moves-rest)
		}
		misfit += b.misfit * every / float64(moves-rest)
	}
	worst := 0.0
	for i := range n {
		worst = math.Max(worst, math.Max(math.Abs(in[i]-want.b.in[i]), math.Abs(known[i]-want.b.known[i])))
	}
	t.Logf("%d skills: worst marginal off by %.5f, misfit %.5f by moves, %.5f by enumeration", n, worst, misfit, want.Misfit())
	if worst > 1e-3 || math.Abs(misfit-want.Misfit()) > 1e-3 {
		t.Errorf("%d skills: worst marginal off by %.5f, misfit %.5f by moves, %.5f by enumeration", n, worst, misfit, want.Misfit())
	}
}

// As a check uses them, after each of 20 random sets of twelve answers: mean difference within .008, largest within .05.
// With 4,096 independent states the standard error of a marginal is at most .008.
func TestParticles_StayNearEnumeration(t *testing.T) {
	exact := space(t, 16, unitEdges, nil)
	near := byParticles(exact)
	r := rand.New(rand.NewPCG(9, 9))
	var sum, top, n float64
	for range 20 {
		var got []Answer
		for k := range 12 {
			a := someAnswer(r, k, 16)
			a.Right = a.Right || r.IntN(3) == 0 && !a.Unlearned
			got = append(got, a)
		}
		a, b := replay(t, exact, got, "").Marginals(), replay(t, near, got, "").Marginals()
		for id := range a {
			d := math.Abs(a[id] - b[id])
			sum, top, n = sum+d, math.Max(top, d), n+1
		}
	}
	t.Logf("mean difference %.4f, largest %.4f", sum/n, top)
	if sum/n > 0.008 || top > 0.05 {
		t.Errorf("mean difference %.4f, largest %.4f", sum/n, top)
	}
}

// A state keeps at most 256 KiB, and none of a sitting's memory twice: 400 skills, 4,096 particles, 40 answers.
func TestState_StaysBelowAQuarterMegabyte(t *testing.T) {
	s := space(t, 400, chains(400, 8), nil)
	if _, exact := s.Exact(); exact {
		t.Fatal("400 skills in eight chains were enumerated")
	}
	var got []Answer
	for i := range 40 {
		got = append(got, Answer{Skill: s.ids[i*10], Right: i%2 == 0})
	}
	st := replay(t, s, got, "")
	if n := st.Bytes(); n > 256<<10 || n < 200<<10 {
		t.Errorf("%d bytes", n)
	}
}

// chains is n skills in w chains, with a tie to the next chain every third skill.
func chains(n, w int) [][2]int {
	var e [][2]int
	for i := w; i < n; i++ {
		e = append(e, [2]int{i - w, i})
		if i%3 == 0 && i%w > 0 {
			e = append(e, [2]int{i - w - 1, i})
		}
	}
	return e
}

func benchmark(b *testing.B, s *Space) {
	n, exact := s.Exact()
	b.Logf("%d skills, %d ideals, exact %t", len(s.ids), n, exact)
	var got []Answer
	for i := range 11 {
		got = append(got, Answer{Skill: s.ids[i*len(s.ids)/11], Right: i%3 > 0, Sitting: "one"})
	}
	st := replay(b, s, got[:10], "one")
	for b.Loop() {
		next, err := st.Hear("one", got[10])
		if err != nil {
			b.Fatal(err)
		}
		next.Next()
	}
}

// wide is 25 skills in five columns of five with a few ties between them.
var wide = append(chains(25, 5), [2]int{1, 7}, [2]int{2, 8})

// What one question costs: an answer taken in and the next question chosen.
func BenchmarkQuestion16(b *testing.B)  { benchmark(b, space(b, 16, unitEdges, nil)) }
func BenchmarkQuestion25(b *testing.B)  { benchmark(b, space(b, 25, wide, map[skill.ID]float64{})) }
func BenchmarkQuestion400(b *testing.B) { benchmark(b, space(b, 400, chains(400, 8), nil)) }

package diagnostic

import (
	"math"
	"math/rand/v2"
	"testing"

	"kith/internal/skill"
)

// learner draws a state from the model itself.
func learner(s *Space, r *rand.Rand) []bool {
	k := make([]bool, len(s.ids))
	for i := range k {
		k[i] = r.Float64() < s.prior[i]
		for _, j := range s.pre[i] {
			k[i] = k[i] && k[j]
		}
	}
	return k
}

func answers(r *rand.Rand, k []bool, slip, guess float64) func(int) bool {
	return func(i int) bool {
		if k[i] {
			return r.Float64() >= slip
		}
		return r.Float64() < guess
	}
}

// 400 simulated learners on the sample unit (seed fixed), noise .1/.1, one sitting of at most 12. Stated: at least 88 in
// 100 skills are told apart rightly (before any question: what the prior alone gives, about 70), of the skills called
// known at least 95 in 100 are, and what the check believes of itself is true within .03.
func TestCheck_RecoversSimulatedLearners(t *testing.T) {
	s := space(t, 16, unitEdges, nil)
	r := rand.New(rand.NewPCG(7, 7))
	var n, hit, blind, said, sure, known, knownTrue, asked float64
	empty := replay(t, s, nil, "").Marginals()
	for range 400 {
		k := learner(s, r)
		got, st := play(t, s, nil, "one", answers(r, k, 0.1, 0.1))
		asked += float64(len(got))
		for id, m := range st.Marginals() {
			i := s.at[id]
			n++
			said += math.Max(m, 1-m)
			if (m >= 0.5) == k[i] {
				hit++
			}
			if (empty[id] >= 0.5) == k[i] {
				blind++
			}
		}
		sure += st.Certainty()
		for _, id := range st.Known() {
			known++
			if k[s.at[id]] {
				knownTrue++
			}
		}
	}
	t.Logf("accuracy %.3f (prior alone %.3f), believed %.3f, known right %.3f, %.1f questions", hit/n, blind/n, said/n, knownTrue/known, asked/400)
	if hit/n < 0.88 || hit/n < blind/n+0.1 {
		t.Errorf("accuracy %.3f, prior alone %.3f", hit/n, blind/n)
	}
	if math.Abs(hit-said)/n > 0.03 {
		t.Errorf("believes %.3f, true %.3f", said/n, hit/n)
	}
	if knownTrue/known < 0.95 {
		t.Errorf("of %.0f called known, %.3f are", known, knownTrue/known)
	}
}

// The same with 3 % of the skills known or not known against the graph, which the model cannot hold: it must lose little.
func TestCheck_SurvivesLearnersOutOfOrder(t *testing.T) {
	s := space(t, 16, unitEdges, nil)
	r := rand.New(rand.NewPCG(8, 8))
	var n, hit float64
	for range 300 {
		k := learner(s, r)
		for i := range k {
			if r.Float64() < 0.03 {
				k[i] = !k[i]
			}
		}
		_, st := play(t, s, nil, "one", answers(r, k, 0.1, 0.1))
		for id, m := range st.Marginals() {
			n++
			if (m >= 0.5) == k[s.at[id]] {
				hit++
			}
		}
	}
	t.Logf("accuracy %.3f", hit/n)
	if hit/n < 0.84 {
		t.Errorf("accuracy %.3f", hit/n)
	}
}

// Particles against exact marginals on a graph that allows both: mean difference within .02, largest within .08, after
// each of 20 random sets of twelve answers.
func TestParticles_StayNearExact(t *testing.T) {
	exact := space(t, 16, unitEdges, nil)
	near := *exact
	near.ideals = nil
	r := rand.New(rand.NewPCG(9, 9))
	var sum, top, n float64
	for range 20 {
		k := learner(exact, r)
		ans := answers(r, k, 0.1, 0.1)
		var got []Answer
		for range 12 {
			i := r.IntN(16)
			got = append(got, Answer{Skill: name(i), Right: ans(i)})
		}
		a, b := replay(t, exact, got, "").Marginals(), replay(t, &near, got, "").Marginals()
		for id := range a {
			d := math.Abs(a[id] - b[id])
			sum, top, n = sum+d, math.Max(top, d), n+1
		}
	}
	t.Logf("mean difference %.4f, largest %.4f", sum/n, top)
	if sum/n > 0.02 || top > 0.08 {
		t.Errorf("mean difference %.4f, largest %.4f", sum/n, top)
	}
}

// The Metropolis moves alone lead from empty states to the posterior: after 400 rounds of 16 proposals the marginals of
// 1,024 particles must be the exact ones within .06 (standard error at most .016).
func TestParticles_MovesKeepThePosterior(t *testing.T) {
	s := space(t, 16, unitEdges, nil)
	got := []Answer{{Skill: name(2), Right: true}, {Skill: name(9)}, {Skill: name(7), Right: true}, {Skill: name(12), Unlearned: true}, {Skill: name(4)}}
	llr := make([]float64, 16)
	for _, a := range got {
		llr[s.at[a.Skill]] += math.Log(s.ratio(a))
	}
	c := s.sample()
	clear(c.sets)
	near := make([]float64, 16)
	for k := range 1_024 {
		for range 400 {
			c.move(c.set(k), llr)
		}
		for i := range near {
			if holds(c.set(k), []int{i}) {
				near[i] += 1.0 / 1_024
			}
		}
	}
	for i, m := range s.ideals.marginals(llr) {
		if math.Abs(m-near[i]) > 0.06 {
			t.Errorf("skill %d: exact %.3f, by moves %.3f", i, m, near[i])
		}
	}
}

// wide is 25 skills in five columns of five with a few ties between them.
var wide = func() [][2]int {
	var e [][2]int
	for c := range 5 {
		for d := range 4 {
			e = append(e, [2]int{c*5 + d, c*5 + d + 1})
		}
	}
	return append(e, [2]int{0, 6}, [2]int{5, 11}, [2]int{10, 16}, [2]int{15, 21})
}()

func benchmark(b *testing.B, s *Space) {
	n, exact := s.Exact()
	b.Logf("%d skills, %d ideals, exact %t", len(s.ids), n, exact)
	var got []Answer
	for i := range 11 {
		got = append(got, Answer{Skill: s.ids[i], Right: i%3 > 0, Sitting: "one"})
	}
	for b.Loop() {
		st, err := s.Replay(got, "one")
		if err != nil {
			b.Fatal(err)
		}
		st.Next()
	}
}

// What a page pays for one question: eleven answers replayed and the next one chosen.
func BenchmarkNext16(b *testing.B)        { benchmark(b, space(b, 16, unitEdges, nil)) }
func BenchmarkNext25(b *testing.B)        { benchmark(b, space(b, 25, wide, nil)) }
func BenchmarkNextParticles(b *testing.B) { benchmark(b, space(b, 60, nil, map[skill.ID]float64{})) }

package diagnostic

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/simulate/crowd"
	"kith/internal/skill"
)

// people are made-up learners on a made-up graph: package crowd shares no code with this one.
type people struct {
	pop crowd.Population
	g   *skill.Graph
	ids []skill.ID
	no  map[skill.ID]int
}

func crowdOf(t testing.TB, n, width int, seed uint64) people {
	t.Helper()
	c := crowd.Layered(n, width, seed)
	g, ids := graph(t, n, c.Edges)
	p := people{pop: c.People(seed), g: g, ids: ids, no: map[skill.ID]int{}}
	for i, id := range ids {
		p.no[id] = i
	}
	return p
}

func (p people) earlier(n int, seed uint64, misfit, slip, guess float64) Earlier {
	c := Earlier{Skills: p.ids}
	r := rand.New(rand.NewPCG(seed, 1))
	for range n {
		l := p.pop.Draw(r, misfit)
		row := make([]Mark, len(p.ids))
		for i := range row {
			row[i] = NotYet
			if l.Answer(r, i, slip, guess) {
				row[i] = Right
			}
		}
		c.Marks = append(c.Marks, row)
	}
	return c
}

func (p people) fitted(t testing.TB, misfit float64) (*Space, Params) {
	t.Helper()
	prior, params, err := Fit(p.g, p.ids, p.earlier(600, 5, misfit, 0.1, 0.1), DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(p.g, p.ids, prior, params)
	if err != nil {
		t.Fatal(err)
	}
	return s, params
}

// The share of skills against the graph is found again from 600 learners' answers, within a hundredth, though a fifth of
// the answers is noise that looks just like it.
func TestFit_FindsHowMuchRunsAgainstTheGraph(t *testing.T) {
	p := crowdOf(t, 120, 6, 1)
	for _, misfit := range []float64{0, 0.03, 0.08} {
		if _, got := p.fitted(t, misfit); math.Abs(got.Eps-misfit) > 0.01 {
			t.Errorf("%v against the graph, found %v", misfit, got.Eps)
		}
	}
}

// Parameters are recovered from 600 learners of 120 skills, with and without knowledge against the graph: how steeply knowing
// grows with ability, which is 3 in this crowd, within a fifth, and the chances at average ability with a mean error below .1
// (a chance that rests on the half of learners for whom a skill is open has a standard error of up to .03, and many have fewer).
func TestFit_RecoversSteepnessAndDifficulty(t *testing.T) {
	for _, width := range []int{4, 12} {
		p := crowdOf(t, 120, width, 1)
		for _, misfit := range []float64{0, 0.03} {
			prior, got, err := Fit(p.g, p.ids, p.earlier(600, 5, misfit, 0.1, 0.1), DefaultParams())
			if err != nil {
				t.Fatal(err)
			}
			off := 0.0
			for i, id := range p.ids {
				off += math.Abs(prior[id]-p.pop.At(i)) / 120
			}
			t.Logf("width %d, misfit %v: steep %.2f, chances off by %.3f", width, misfit, got.Steep, off)
			if math.Abs(got.Steep-3) > 0.6 || off > 0.1 {
				t.Errorf("width %d, misfit %v: steep %.2f, chances off by %.3f", width, misfit, got.Steep, off)
			}
		}
	}
}

// Before any question the fitted check must believe of every skill about what the earlier learners showed. 300 learners have a
// standard error of at most .029 in their rate, the fit's own 600 of .02 to .03: together .04, so that of 120 skills a
// mean difference of .035 and none above .16 is what chance allows.
func TestFit_GivesTheRatesOfOtherLearners(t *testing.T) {
	p := crowdOf(t, 120, 6, 1)
	s, _ := p.fitted(t, 0)
	m := replay(t, s, nil, "").Marginals()
	r := rand.New(rand.NewPCG(8, 8))
	rate := make([]float64, 120)
	for range 300 {
		for i, k := range p.pop.Draw(r, 0).Knows {
			if k {
				rate[i] += 1.0 / 300
			}
		}
	}
	sum, top := 0.0, 0.0
	for i, id := range p.ids {
		d := math.Abs(m[id] - rate[i])
		sum, top = sum+d/120, math.Max(top, d)
	}
	if sum > 0.035 || top > 0.16 {
		t.Errorf("mean difference %.3f, largest %.3f", sum, top)
	}
}

func TestFit_RefusesWhatCannotBe(t *testing.T) {
	g, ids := graph(t, 3, [][2]int{{0, 1}})
	for what, c := range map[string]Earlier{
		"nobody":        {Skills: ids},
		"a short row":   {Skills: ids, Marks: [][]Mark{{Right}}},
		"unknown skill": {Skills: []skill.ID{"x"}, Marks: [][]Mark{{Right}}},
		"skill twice":   {Skills: []skill.ID{ids[0], ids[0]}, Marks: [][]Mark{{Right, Right}}},
	} {
		if _, _, err := Fit(g, ids, c, DefaultParams()); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	// One learner, one answer: little can be said, and no number of it is out of range.
	prior, p, err := Fit(g, ids, Earlier{Skills: ids[:1], Marks: [][]Mark{{Right}}}, DefaultParams())
	if err != nil || p.Eps != DefaultParams().Eps || p.Steep != DefaultParams().Steep {
		t.Fatalf("%+v, %v", p, err)
	}
	if len(prior) != 1 {
		t.Errorf("says something of skills nobody was asked about: %v", prior)
	}
	if _, err := New(g, ids, prior, p); err != nil {
		t.Error(err)
	}
}

// 40 learners of 120 skills (seeds fixed), 3 % of their skills against the graph, noise .1/.1, 20 questions. Stated: at least
// 90 in 100 skills are told apart rightly, at least eight more than by the rates alone; and what the check believes
// of itself is true within .02 (the standard error of the mean accuracy is about .006).
func TestCheck_KnowsHowFarToTrustItself(t *testing.T) {
	p := crowdOf(t, 120, 6, 1)
	s, _ := p.fitted(t, 0.03)
	if _, exact := s.Exact(); exact {
		t.Fatal("120 skills were enumerated")
	}
	r := rand.New(rand.NewPCG(7, 7))
	var hit, blind, believed float64
	const learners = 40
	for range learners {
		l := p.pop.Draw(r, 0.03)
		st := replay(t, s, nil, "")
		right := func(st State) float64 {
			n := 0.0
			for id, m := range st.Marginals() {
				if (m >= 0.5) == l.Knows[p.no[id]] {
					n++
				}
			}
			return n / 120
		}
		blind += right(st) / learners
		for range 20 {
			id, ok := st.Ask()
			if !ok {
				t.Fatal("nothing left to ask")
			}
			var err error
			if st, err = st.Hear("", Answer{Skill: id, Kind: item.Number, Right: l.Answer(r, p.no[id], 0.1, 0.1)}); err != nil {
				t.Fatal(err)
			}
		}
		hit += right(st) / learners
		believed += st.Certainty() / learners
	}
	t.Logf("accuracy %.3f, by rates alone %.3f, believed %.3f", hit, blind, believed)
	if hit < 0.90 || hit < blind+0.08 {
		t.Errorf("accuracy %.3f, by rates alone %.3f", hit, blind)
	}
	if math.Abs(hit-believed) > 0.02 {
		t.Errorf("believes %.3f, true %.3f", believed, hit)
	}
}

// 300 learners on the sample unit, whose ideals are enumerated: one sitting of at most twelve. Of the skills called known
// at least 95 in 100 are.
func TestCheck_CallsKnownWhatIs(t *testing.T) {
	g, ids := graph(t, 16, unitEdges)
	pop := crowd.Of(16, unitEdges).People(3)
	s, err := New(g, ids, nil, DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	var known, truly, asked float64
	for range 300 {
		l := pop.Draw(r, 0)
		got, st := play(t, s, nil, "one", func(i int) bool { return l.Answer(r, i, 0.1, 0.1) })
		asked += float64(len(got))
		for _, id := range st.Known() {
			known++
			if l.Knows[slices.Index(ids, id)] {
				truly++
			}
		}
	}
	t.Logf("of %.0f called known %.3f are, %.1f questions", known, truly/known, asked/300)
	if known < 600 || truly/known < 0.95 {
		t.Errorf("of %.0f called known %.3f are", known, truly/known)
	}
}

func TestHear_IsReplayInSteps(t *testing.T) {
	p := crowdOf(t, 60, 5, 2)
	s, err := New(p.g, p.ids, nil, DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	var all []Answer
	st := replay(t, s, nil, "two")
	for k := range 9 {
		a := Answer{Fact: fmt.Sprint(k), Skill: p.ids[k*6], Right: k%2 == 0, Sitting: []string{"one", "two"}[k/5]}
		before := st.Marginals()
		next, err := st.Hear("two", a)
		if err != nil {
			t.Fatal(err)
		}
		for id, m := range st.Marginals() {
			if before[id] != m {
				t.Fatal("an answer changed the state that was asked")
			}
		}
		all, st = append(all, a), next
	}
	want := replay(t, s, all, "two")
	for id, m := range want.Marginals() {
		if st.Marginals()[id] != m {
			t.Fatalf("%s: %v in steps, %v at once", id, st.Marginals()[id], m)
		}
	}
	if n, of := st.Asked(); n != 4 || of != 9 {
		t.Errorf("%d of %d", n, of)
	}
}

// A state that was kept is a short cut and nothing else: from its own answers, with more of them, seen from another sitting,
// with an earlier answer changed or taken back, and of another space, it says what Replay says.
func TestResume_IsReplay(t *testing.T) {
	p := crowdOf(t, 60, 5, 2)
	s, err := New(p.g, p.ids, nil, DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.Asking(map[skill.ID][]Way{p.ids[3]: {{Kind: item.Choice, Options: 4}}})
	if err != nil {
		t.Fatal(err)
	}
	var all []Answer
	for k := range 8 {
		all = append(all, Answer{Fact: fmt.Sprint(k), Skill: p.ids[k*7], Right: k%3 > 0, Unlearned: k == 3, Sitting: []string{"one", "two"}[k/5]})
	}
	changed := slices.Clone(all)
	changed[1].Right = !changed[1].Right
	kept := replay(t, s, all[:5], "one")
	for what, c := range map[string]struct {
		s       *Space
		answers []Answer
		sitting string
	}{
		"its own": {s, all[:5], "one"}, "more": {s, all, "two"}, "fewer": {s, all[:3], "one"}, "changed": {s, changed, "two"},
		"taken back": {s, all[1:], "two"}, "another space": {other, all, "two"}, "none": {s, nil, "one"},
	} {
		got, err := c.s.Resume(kept, c.answers, c.sitting)
		if err != nil {
			t.Fatal(err)
		}
		want := replay(t, c.s, c.answers, c.sitting)
		for id, m := range want.Marginals() {
			if got.Marginals()[id] != m {
				t.Fatalf("%s: %s at %v, by replay %v", what, id, got.Marginals()[id], m)
			}
		}
		a, of := got.Asked()
		if b, all := want.Asked(); a != b || of != all || got.s != c.s {
			t.Errorf("%s: %d of %d, by replay %d of %d", what, a, of, b, all)
		}
	}
	if _, err := s.Resume(State{}, all, "two"); err != nil {
		t.Errorf("nothing kept: %v", err)
	}
}

// Two loose skills alike but in how they can be asked: the one that can be typed is asked first, whichever it is.
func TestAsking_PrefersTypedAnswers(t *testing.T) {
	choice, typed := Way{Kind: item.Choice, Options: 3}, Way{Kind: item.Number}
	s := space(t, 2, nil, map[skill.ID]float64{name(0): 0.98, name(1): 0.98})
	for want, ways := range map[skill.ID]map[skill.ID][]Way{
		name(0): {name(1): {choice}},
		name(1): {name(0): {choice}, name(1): {choice, typed}},
	} {
		by, err := s.Asking(ways)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := replay(t, by, nil, "").Next(); got != want {
			t.Errorf("asks %s first", got)
		}
	}
	for what, ways := range map[string]map[skill.ID][]Way{"foreign skill": {"x": {typed}}, "negative options": {name(0): {{Options: -1}}}} {
		if _, err := s.Asking(ways); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A right answer to c, then not yet to a and b, which c rests on: for a graph that is hardly ever wrong it is mostly a lucky
// guess, for one that is often wrong it is mostly knowledge out of order.
func TestReplay_WeighsContradictionsByTheGraphsWorth(t *testing.T) {
	g, ids := graph(t, 3, [][2]int{{0, 1}, {1, 2}})
	var m [2]float64
	for k, eps := range []float64{0.005, 0.2} {
		p := DefaultParams()
		p.Eps = eps
		s, err := New(g, ids, nil, p)
		if err != nil {
			t.Fatal(err)
		}
		m[k] = replay(t, s, []Answer{{Skill: ids[2], Right: true}, {Skill: ids[0]}, {Skill: ids[1]}, {Skill: ids[0]}, {Skill: ids[2], Right: true}}, "").Marginals()[ids[2]]
	}
	if m[0] > 0.5 || m[1] < 0.75 {
		t.Errorf("known at %.3f when the graph is trusted, %.3f when it is not", m[0], m[1])
	}
}

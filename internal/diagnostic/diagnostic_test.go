package diagnostic

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/skill"
)

// The sample unit's 16 skills (sample-course), by number, and its 19 direct prerequisites.
var unitEdges = [][2]int{
	{0, 1}, {1, 2}, {2, 3}, {3, 15}, {1, 4}, {4, 5}, {2, 6}, {6, 7}, {8, 9}, {9, 11}, {11, 15}, {8, 10}, {10, 11}, {8, 7},
	{7, 12}, {12, 13}, {13, 14}, {14, 15}, {10, 14},
}

func name(i int) skill.ID { return skill.ID(fmt.Sprintf("s%03d", i)) }

func graph(t testing.TB, n int, edges [][2]int) (*skill.Graph, []skill.ID) {
	t.Helper()
	c := skill.Course{}
	var ids []skill.ID
	for i := range n {
		c.Skills = append(c.Skills, skill.Skill{ID: name(i)})
		ids = append(ids, name(i))
	}
	for _, e := range edges {
		c.Edges = append(c.Edges, skill.Edge{From: name(e[0]), To: name(e[1])})
	}
	g, err := skill.NewGraph(c)
	if err != nil {
		t.Fatal(err)
	}
	return g, ids
}

func space(t testing.TB, n int, edges [][2]int, prior map[skill.ID]float64) *Space {
	t.Helper()
	g, ids := graph(t, n, edges)
	s, err := New(g, ids, prior, DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func replay(t testing.TB, s *Space, answers []Answer, sitting string) State {
	t.Helper()
	st, err := s.Replay(answers, sitting)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// Random posets of up to 5 skills: what is believed must equal what comes out when all abilities, levels of misfit, sets and
// ways to turn skills round are looked at, to 1e-9.
func TestReplay_EqualsBruteForceOnSmallPosets(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for round := range 12 {
		n := 1 + r.IntN(5)
		var edges [][2]int
		for j := range n {
			for i := range j {
				if r.Float64() < 0.25 {
					edges = append(edges, [2]int{i, j})
				}
			}
		}
		prior := map[skill.ID]float64{}
		for i := range n {
			prior[name(i)] = 0.05 + 0.9*r.Float64()
		}
		p := DefaultParams()
		p.Steep, p.Class, p.Eps = 2*r.Float64(), r.NormFloat64()/2, 0.01+0.2*r.Float64()
		g, ids := graph(t, n, edges)
		s, err := New(g, ids, prior, p)
		if err != nil {
			t.Fatal(err)
		}
		var answers []Answer
		for k := range r.IntN(15) {
			answers = append(answers, someAnswer(r, k, n))
		}
		got := replay(t, s, answers, "")
		want := brute(n, edges, prior, answers, p)
		for i := range n {
			if math.Abs(got.Marginals()[name(i)]-want.known[i]) > 1e-9 || math.Abs(got.b.in[s.at[name(i)]]-want.in[i]) > 1e-9 {
				t.Fatalf("round %d, skill %d of %d: known %.12f in %.12f, by brute force %.12f and %.12f", round, i, n,
					got.Marginals()[name(i)], got.b.in[s.at[name(i)]], want.known[i], want.in[i])
			}
		}
		if math.Abs(got.Misfit()-want.misfit) > 1e-9 {
			t.Fatalf("round %d: misfit %.12f, by brute force %.12f", round, got.Misfit(), want.misfit)
		}
	}
}

func someAnswer(r *rand.Rand, k, n int) Answer {
	a := Answer{Fact: fmt.Sprint(k), Skill: name(r.IntN(n)), Kind: item.Number, Right: r.IntN(2) == 0}
	switch r.IntN(4) {
	case 0:
		a.Kind, a.Options = item.Choice, 2+r.IntN(4)
	case 1:
		a.Right, a.Unlearned = false, true
	}
	return a
}

type bruteBelief struct {
	known, in []float64
	misfit    float64
}

// brute sums over everything, in the plainest way. The model is written out again here.
func brute(n int, edges [][2]int, prior map[skill.ID]float64, answers []Answer, p Params) bruteBelief {
	out := bruteBelief{known: make([]float64, n), in: make([]float64, n)}
	has := func(k, i int) bool { return k>>i&1 == 1 }
	total := 0.0
	for q := range 25 {
		theta := -3 + 0.25*float64(q)
		for level, times := range []float64{0.1, 0.4, 1.5, 4} {
			eps := math.Min(0.45, times*p.Eps)
			for k := range 1 << n { // the ordered state
				w := math.Exp(-theta*theta/2) * []float64{0.3, 0.3, 0.3, 0.1}[level]
				for i := range n {
					open := true
					for _, e := range edges {
						open = open && (e[1] != i || has(k, e[0]))
					}
					logit := math.Log(prior[name(i)]/(1-prior[name(i)])) + p.Steep*(theta+p.Class)
					chance := 1 / (1 + math.Exp(-logit))
					switch {
					case has(k, i) && !open:
						w = 0
					case has(k, i):
						w *= chance
					case open:
						w *= 1 - chance
					}
				}
				for turned := range 1 << n {
					v, truly := w, k^turned
					for i := range n {
						if has(turned, i) {
							v *= eps
						} else {
							v *= 1 - eps
						}
					}
					for _, a := range answers {
						for i := range n {
							if name(i) == a.Skill {
								v *= bruteAnswer(a, has(truly, i), p)
							}
						}
					}
					total += v
					out.misfit += v * eps
					for i := range n {
						if has(truly, i) {
							out.known[i] += v
						}
						if has(k, i) {
							out.in[i] += v
						}
					}
				}
			}
		}
	}
	out.misfit /= total
	for i := range n {
		out.known[i] /= total
		out.in[i] /= total
	}
	return out
}

func bruteAnswer(a Answer, known bool, p Params) float64 {
	right := p.Guess
	if a.Options > 0 {
		right = math.Max(right, 1/float64(a.Options))
	}
	if known {
		right = 1 - p.Slip
	}
	switch {
	case a.Unlearned && known:
		return 0.02
	case a.Unlearned:
		return 0.5
	case a.Right:
		return right
	}
	return 1 - right
}

// a -> b -> c has the four ideals {}, {a}, {a b}, {a b c}; two loose skills have four as well.
func TestNew_CountsIdeals(t *testing.T) {
	for _, c := range []struct {
		n     int
		edges [][2]int
		want  int
	}{{3, [][2]int{{0, 1}, {1, 2}}, 4}, {2, nil, 4}, {10, nil, 1024}, {1, nil, 2}} {
		if n, exact := space(t, c.n, c.edges, nil).Exact(); n != c.want || !exact {
			t.Errorf("%d skills, %v: got %d, %t, want %d", c.n, c.edges, n, exact, c.want)
		}
	}
	if _, exact := space(t, 15, nil, nil).Exact(); exact { // 32,768 ideals
		t.Error("15 loose skills have more ideals than are enumerated")
	}
	if n, _ := space(t, 16, unitEdges, nil).Exact(); n < 50 || n > 2_000 {
		t.Errorf("the sample unit has %d ideals", n)
	}
}

func TestNew_CountsEdgesThroughSkillsOutsideTheUnit(t *testing.T) {
	g, ids := graph(t, 3, [][2]int{{0, 1}, {1, 2}})
	s, err := New(g, []skill.ID{ids[0], ids[2]}, nil, DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := s.Exact(); n != 3 { // {}, {0}, {0 2}
		t.Errorf("got %d ideals", n)
	}
}

func TestNew_RefusesWhatCannotBe(t *testing.T) {
	g, ids := graph(t, 3, nil)
	bad := DefaultParams()
	bad.Slip = math.NaN()
	mute := DefaultParams()
	mute.Slip, mute.Guess = 0.5, 0.6
	for name, f := range map[string]func() error{
		"no skills":     func() error { _, err := New(g, nil, nil, DefaultParams()); return err },
		"unknown skill": func() error { _, err := New(g, []skill.ID{"x"}, nil, DefaultParams()); return err },
		"skill twice":   func() error { _, err := New(g, []skill.ID{ids[0], ids[0]}, nil, DefaultParams()); return err },
		"prior of 1":    func() error { _, err := New(g, ids, map[skill.ID]float64{ids[0]: 1}, DefaultParams()); return err },
		"foreign prior": func() error {
			_, err := New(g, ids[:1], map[skill.ID]float64{ids[2]: 0.5}, DefaultParams())
			return err
		},
		"NaN slip":        func() error { _, err := New(g, ids, nil, bad); return err },
		"telling nothing": func() error { _, err := New(g, ids, nil, mute); return err },
		"foreign answer": func() error {
			s, _ := New(g, ids[:1], nil, DefaultParams())
			_, err := s.Replay([]Answer{{Skill: ids[2]}}, "")
			return err
		},
		"right and unlearned": func() error {
			s, _ := New(g, ids, nil, DefaultParams())
			_, err := s.Replay([]Answer{{Skill: ids[2], Right: true, Unlearned: true}}, "")
			return err
		},
	} {
		if err := f(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestReplay_DoesNotDependOnTheOrderOfAnswers(t *testing.T) {
	s := space(t, 16, unitEdges, nil)
	var answers []Answer
	for i := range 10 {
		answers = append(answers, Answer{Skill: name(i), Right: i%3 > 0})
	}
	want := replay(t, s, answers, "").Marginals()
	slices.Reverse(answers)
	for id, m := range replay(t, s, answers, "").Marginals() {
		if math.Abs(m-want[id]) > 1e-12 {
			t.Errorf("%s: %v and %v", id, m, want[id])
		}
	}
}

// The ordered state never holds a skill rather than its prerequisite, whatever the answers.
func TestReplay_PrerequisitesAreNeverBelievedLess(t *testing.T) {
	s := space(t, 16, unitEdges, nil)
	r := rand.New(rand.NewPCG(2, 2))
	for range 300 {
		var answers []Answer
		for range r.IntN(30) {
			answers = append(answers, Answer{Skill: name(r.IntN(16)), Right: r.IntN(2) == 0})
		}
		in := replay(t, s, answers, "").b.in
		for _, e := range unitEdges {
			if a, b := in[s.at[name(e[0])]], in[s.at[name(e[1])]]; a < b-1e-12 {
				t.Fatalf("%v: %v below %v", e, a, b)
			}
		}
	}
}

// play runs one sitting with a learner who answers by rule, and returns all answers and the last state.
func play(t testing.TB, s *Space, answers []Answer, sitting string, right func(i int) bool) ([]Answer, State) {
	t.Helper()
	for {
		st := replay(t, s, answers, sitting)
		id, ok := st.Next()
		if !ok {
			return answers, st
		}
		answers = append(answers, Answer{Fact: fmt.Sprintf("%s-%d", sitting, len(answers)), Skill: id, Kind: item.Number, Right: right(s.at[id]), Sitting: sitting})
	}
}

func TestNext_BeginsKindlyThenHalves(t *testing.T) {
	s := space(t, 16, unitEdges, nil)
	first, ok := replay(t, s, nil, "one").Next()
	if !ok || first != name(0) && first != name(8) { // the two roots are the likeliest
		t.Fatalf("first question: %s", first)
	}
	st := replay(t, s, []Answer{{Skill: first, Right: true, Sitting: "one"}}, "one")
	second, _ := st.Next()
	m := st.Marginals()
	for id, v := range m {
		if math.Abs(v-0.5) < math.Abs(m[second]-0.5)-0.05 {
			t.Errorf("asks %s at %.2f though %s is at %.2f", second, m[second], id, v)
		}
	}
}

func TestNext_TwelveASittingAndResumes(t *testing.T) {
	s := space(t, 16, unitEdges, nil)
	odd := func(i int) bool { return i%2 == 0 } // contradicts the graph, so that certainty is never reached early
	answers, st := play(t, s, nil, "one", odd)
	if len(answers) > PerSitting {
		t.Fatalf("%d questions in one sitting", len(answers))
	}
	if st.Stop() == GoOn {
		t.Fatal("the sitting ended without a reason")
	}
	more, again := play(t, s, answers, "two", odd)
	if n, all := again.Asked(); n > PerSitting || all != len(more) {
		t.Errorf("second sitting: %d of %d", n, all)
	}
	times := map[skill.ID]int{}
	for _, a := range more {
		times[a.Skill]++
		if times[a.Skill] > 2 {
			t.Errorf("%s was asked %d times", a.Skill, times[a.Skill])
		}
	}
}

// The eighth question goes against the check's own belief: never asked, and the surest there is.
func TestNext_AsksAgainstItsOwnBeliefOnce(t *testing.T) {
	s := space(t, 16, unitEdges, nil)
	var answers []Answer
	for len(answers) < DoubtFrom-1 {
		st := replay(t, s, answers, "one")
		id, ok := st.Next()
		if !ok {
			t.Fatalf("stopped after %d: %s", len(answers), st.Stop())
		}
		i := s.at[id]
		answers = append(answers, Answer{Skill: id, Right: i <= 3 || i == 8, Sitting: "one"})
	}
	st := replay(t, s, answers, "one")
	if st.Stop() == Certain {
		t.Fatal("sure before the eighth question")
	}
	id, _ := st.Next()
	m := st.Marginals()[id]
	if slices.ContainsFunc(answers, func(a Answer) bool { return a.Skill == id }) || math.Max(m, 1-m) < EasyAt {
		t.Errorf("the eighth question asks %s at %.2f", id, m)
	}
}

func TestNext_IsAFunctionOfTheAnswers(t *testing.T) {
	a, _ := play(t, space(t, 16, unitEdges, nil), nil, "one", func(i int) bool { return i < 7 })
	b, _ := play(t, space(t, 16, unitEdges, nil), nil, "one", func(i int) bool { return i < 7 })
	if !slices.Equal(a, b) {
		t.Error("the same answers led to other questions")
	}
	big := space(t, 15, nil, nil)
	x, _ := play(t, big, nil, "one", func(i int) bool { return i < 7 })
	y, _ := play(t, big, nil, "one", func(i int) bool { return i < 7 })
	if !slices.Equal(x, y) {
		t.Error("the same answers led to other questions (particles)")
	}
}

func TestKnown_NeedsARightAnswerThatSpeaksOfIt(t *testing.T) {
	s := space(t, 3, [][2]int{{0, 1}}, map[skill.ID]float64{name(0): 0.99, name(1): 0.9, name(2): 0.99})
	if got := replay(t, s, nil, "").Known(); len(got) != 0 {
		t.Errorf("known without an answer: %v", got)
	}
	st := replay(t, s, []Answer{{Fact: "f1", Skill: name(1), Right: true}}, "")
	if got := st.Known(); !slices.Equal(got, []skill.ID{name(0), name(1)}) { // 0 by what rests on it; 2 was never shown
		t.Errorf("got %v", got)
	}
	if st.Direct(name(0)) || !st.Direct(name(1)) || !slices.Equal(st.Shows(name(0)), []skill.ID{name(1)}) || !slices.Equal(st.Evidence(name(0)), []string{"f1"}) {
		t.Error("what shows the prerequisite is not told")
	}
	st = replay(t, s, []Answer{{Skill: name(1), Right: true}, {Skill: name(0), Unlearned: true}}, "")
	if slices.Contains(st.Known(), name(0)) || !slices.Equal(st.Unlearned(), []skill.ID{name(0)}) {
		t.Error("what a learner says they have not met is not credited over their head")
	}
}

func TestStartHere_IsTheFirstReadySkill(t *testing.T) {
	s := space(t, 4, [][2]int{{0, 1}, {1, 2}}, nil)
	st := replay(t, s, []Answer{{Skill: name(0), Right: true}, {Skill: name(0), Right: true}, {Skill: name(1)}, {Skill: name(1)}, {Skill: name(3)}, {Skill: name(3)}}, "")
	if got := st.Ready(); !slices.Equal(got, []skill.ID{name(1), name(3)}) {
		t.Errorf("ready %v at %v", got, st.Marginals())
	}
	if id, ok := st.StartHere(); !ok || id != name(1) {
		t.Errorf("start at %s", id)
	}
	all := replay(t, s, []Answer{{Skill: name(2), Right: true}, {Skill: name(2), Right: true}, {Skill: name(3), Right: true}}, "")
	if id, ok := all.StartHere(); ok {
		t.Errorf("everything is known, yet start at %s", id)
	}
}

// A learner who knows c but not a (out of order): nothing breaks, and the direct answers win over the graph.
func TestReplay_ToleratesKnowledgeOutOfOrder(t *testing.T) {
	s := space(t, 3, [][2]int{{0, 1}, {1, 2}}, nil)
	m := replay(t, s, []Answer{{Skill: name(2), Right: true}, {Skill: name(0)}, {Skill: name(0)}, {Skill: name(0)}, {Skill: name(1)}}, "").Marginals()
	for id, v := range m {
		if math.IsNaN(v) || v <= 0 || v >= 0.5 {
			t.Errorf("%s at %v", id, v)
		}
	}
}

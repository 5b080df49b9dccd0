package company

import (
	"math"
	"testing"

	"kith/internal/fault"
	"kith/internal/mastery/ability"
	"kith/internal/mastery/bkt"
	"kith/internal/phrase"
)

// plain is somebody who has answered three times, not yet each time.
func plain() Seen {
	p := bkt.Usual()
	return Seen{Answers: 3, NotYetRun: 3, Params: p, Belief: bkt.Belief{Known: 0.1, Due: 1}, Ability: ability.Normal{Mean: -0.5, Var: 0.5}}
}

// By hand, each answer right with one half. Three answers: 1 - 1/8 = .875. Four: rrr*, nrrr are 2/16 + 1/16: 13/16. After a
// run of two, one answer: 1/2; two answers: right at once 1/2, else nr cannot: 1/2.
func TestWithout_ByHand(t *testing.T) {
	for _, c := range []struct {
		run, next int
		want      float64
	}{{0, 1, 1}, {0, 3, 0.875}, {0, 4, 13.0 / 16}, {2, 1, 0.5}, {2, 2, 0.5}, {1, 2, 0.75}} {
		if got := without(0.5, c.run, c.next); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%+v: got %v", c, got)
		}
	}
}

// Against all 2^n futures of the hidden state and the answers.
func TestBySkill_EqualsEnumeration(t *testing.T) {
	s := plain()
	s.Params = bkt.Params{Init: 0.3, Learn: 0.2, Slip: 0.1, Guess: 0.25}
	for run := range InARow {
		s.RightRun = run
		for next := 1; next <= 6; next++ {
			var walk func(known bool, run, n int) float64
			walk = func(known bool, run, n int) float64 {
				if run == InARow {
					return 0
				}
				if n == 0 {
					return 1
				}
				right := s.Params.Guess
				if known {
					right = 1 - s.Params.Slip
				}
				after := func(run int) float64 {
					if known {
						return walk(true, run, n-1)
					}
					return s.Params.Learn*walk(true, run, n-1) + (1-s.Params.Learn)*walk(false, run, n-1)
				}
				return right*after(run+1) + (1-right)*after(0)
			}
			known := s.Params.Before(s.Belief, 1)
			want := known*walk(true, run, next) + (1-known)*walk(false, run, next)
			if got := bySkill(s, next); math.Abs(got-want) > 1e-12 {
				t.Errorf("run %d, next %d: got %v, want %v", run, next, got, want)
			}
		}
	}
}

func TestByAbility_UncertaintyIsAveragedOver(t *testing.T) {
	s := plain()
	s.NotYetRun, s.RightRun = 0, 2
	s.Ability = ability.Normal{Mean: 0, Var: 0}
	if got := byAbility(s, 1); math.Abs(got-0.5) > 1e-12 {
		t.Errorf("certain: got %v", got)
	}
	// variance 1/3: points at ±1; (1-logistic(-1))/6 + .5*2/3 + (1-logistic(1))/6 = .5 by symmetry, and with mean 1:
	// (1-.5)/6 + (1-.7310586)*2/3 + (1-.8807971)/6 = .2824947
	s.Ability = ability.Normal{Mean: 1, Var: 1.0 / 3}
	if got := byAbility(s, 1); math.Abs(got-0.2824947) > 1e-6 {
		t.Errorf("uncertain: got %v", got)
	}
}

// The weights that ship are those that the simulated schools give.
func TestShipped_IsWhatSimulatedLearnersSay(t *testing.T) {
	w, err := Fit(training(t), Weights{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range Shipped() {
		if math.Abs(v-w[i]) > 0.002 {
			t.Errorf("weight %d ships as %.3f and the simulation says %.4f", i, v, w[i])
		}
	}
}

// On a fresh simulated school, undecided cases only. Chance says how many are stuck, too: each third within .08.
func TestChance_TellsWhoGetsStuck(t *testing.T) {
	answers := school{400, 30, 150}.answers(2)
	params := fitted(t, answers, 30)
	for n, least := range map[int]float64{3: 0.8, 5: 0.81, 7: 0.8} {
		cases := follow(t, answers, params, ability.Usual(), func(k int) bool { return k == n })
		p := chances(t, Shipped(), cases)
		got := auc(cases, p)
		var said, was, count [3]float64
		for i, c := range cases {
			k := min(int(p[i]*3), 2)
			count[k]++
			said[k] += p[i]
			if c.Stuck {
				was[k]++
			}
		}
		t.Logf("after %d answers: %d cases, AUC %.3f; said %.2f %.2f %.2f, was %.2f %.2f %.2f", n, len(cases), got,
			said[0]/count[0], said[1]/count[1], said[2]/count[2], was[0]/count[0], was[1]/count[1], was[2]/count[2])
		if got < least {
			t.Errorf("after %d answers: AUC %.3f of %d cases", n, got, len(cases))
		}
		for k := range count {
			if math.Abs(said[k]-was[k]) > 0.08*count[k] {
				t.Errorf("after %d answers, third %d: said %.2f, was %.2f", n, k, said[k]/count[k], was[k]/count[k])
			}
		}
	}
}

func TestFit_FewCasesStayNearAndManyMove(t *testing.T) {
	c := Case{plain(), 5, true}
	one, err := Fit([]Case{c}, Shipped(), 10)
	if err != nil {
		t.Fatal(err)
	}
	many, _ := Fit(make([]Case, 0), Shipped(), 10)
	if many != Shipped() {
		t.Errorf("no cases moved it to %v", many)
	}
	for i, v := range one {
		if math.Abs(v-Shipped()[i]) > 0.2 {
			t.Errorf("one case moved weight %d by %v", i, v-Shipped()[i])
		}
	}
	before, _ := Shipped().Chance(c.Seen, 5)
	after, _ := one.Chance(c.Seen, 5)
	if after <= before {
		t.Errorf("a stuck case lowered its own chance from %v to %v", before, after)
	}
	for _, bad := range []float64{0, -1, math.NaN()} {
		if _, err := Fit(nil, Shipped(), bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("pull %v: got %v", bad, err)
		}
	}
}

func TestChance_RefusesWhatCannotBe(t *testing.T) {
	for name, spoil := range map[string]func(*Seen){
		"more help than answers": func(s *Seen) { s.Helped = 4 },
		"negative":               func(s *Seen) { s.Slow = -1 },
		"both runs":              func(s *Seen) { s.RightRun = 1 },
		"already there":          func(s *Seen) { s.RightRun, s.NotYetRun = 3, 0 },
		"more of one mistake":    func(s *Seen) { s.NotYetRun, s.SameMistake = 1, 2 },
		"belief":                 func(s *Seen) { s.Belief.Known = math.NaN() },
		"due":                    func(s *Seen) { s.Belief.Due = 2 },
		"ability":                func(s *Seen) { s.Ability.Mean = math.NaN() },
		"variance":               func(s *Seen) { s.Ability.Var = -1 },
		"params":                 func(s *Seen) { s.Params.Slip = 0.6 },
	} {
		s := plain()
		spoil(&s)
		if _, err := Shipped().Chance(s, 5); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for _, next := range []int{0, -1, 1_001} {
		if _, err := Shipped().Chance(plain(), next); !fault.Is(err, fault.Invalid) {
			t.Errorf("next %d: got %v", next, err)
		}
	}
}

func codes(s Signal) (out []string) {
	for _, r := range s.Reasons {
		out = append(out, r.Say.Code)
	}
	return out
}

func TestJudge_NamesReasonsAndTheWeakestPrerequisite(t *testing.T) {
	s := plain()
	s.Answers, s.NotYetRun, s.SameMistake, s.Helped = 5, 4, 4, 2
	s.Belief.Known = 0.03
	got, err := Shipped().Judge(s, []Beneath{{"ratio", 0.9, false}, {"table", 0.3, false}, {"line", 0.1, true}})
	if err != nil || !got.Wants || got.Weakest != "table" {
		t.Fatalf("got %+v, %v", got, err)
	}
	if c := codes(got); c[0] != "company.mistake" || c[len(c)-1] != "company.beneath" {
		t.Errorf("got %v", c)
	}
	s.SameMistake = 0
	if got, _ = Shipped().Judge(s, nil); codes(got)[0] != "company.tries" || got.Weakest != "" {
		t.Errorf("got %v", codes(got))
	}
	words, err := phrase.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"mistake", "tries", "answers", "help", "slow", "beneath"} {
		if _, err := words.Word("en", phrase.Of("company."+code, "n", 2, "of", 3, "skill", "Rates")); err != nil {
			t.Error(err)
		}
	}
}

func TestJudge_LeavesAloneWhoIsOnTheWay(t *testing.T) {
	start := bkt.Usual()
	for name, s := range map[string]Seen{
		"nothing yet":    {Params: start, Belief: start.Start(), Ability: ability.Normal{Var: 1}},
		"two not yet":    {Answers: 2, NotYetRun: 2, Params: start, Belief: bkt.Belief{Known: 0.02, Due: 1}, Ability: ability.Normal{Mean: -2, Var: 0.5}},
		"right just now": {Answers: 6, RightRun: 1, Params: start, Belief: bkt.Belief{Known: 0.1, Due: 1}, Ability: ability.Normal{Mean: -2, Var: 0.5}},
		"one slip":       {Answers: 4, NotYetRun: 1, Params: start, Belief: bkt.Belief{Known: 0.8, Due: 1}, Ability: ability.Normal{Mean: 1.5, Var: 0.5}},
	} {
		if got, err := Shipped().Judge(s, nil); err != nil || got.Wants {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

// Seven answers to one skill: not yet, right, right, not yet three times with one mistake, the last with help.
func TestFollow_Counts(t *testing.T) {
	f, err := NewFollow([]bkt.Params{bkt.Usual(), bkt.Usual()}, ability.Usual())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []Answer{{}, {Right: true}, {Right: true, Slow: true}, {Mistake: "x"}, {Mistake: "x"}, {Mistake: "x", Helped: true}} {
		a.Skills = []int{0}
		if err := f.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	s, got, err := f.Seen(0, 0)
	if err != nil || got || s.Answers != 6 || s.NotYetRun != 3 || s.RightRun != 0 || s.SameMistake != 3 || s.Helped != 1 || s.Slow != 1 {
		t.Errorf("got %+v, %v, %v", s, got, err)
	}
	if s.Validate() != nil {
		t.Error(s.Validate())
	}
	for range InARow {
		_ = f.Add(Answer{Skills: []int{1, 0}, Right: true})
	}
	if _, got, _ := f.Seen(0, 0); !got {
		t.Error("three in a row are not seen")
	}
	if s, _, _ := f.Seen(7, 1); s.Answers != 0 || s.Belief != (bkt.Belief{Known: bkt.Usual().Init}) {
		t.Errorf("somebody new: %+v", s)
	}
	for _, a := range []Answer{{}, {Skills: []int{2}}, {Skills: []int{-1}}} {
		if err := f.Add(a); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v", a, err)
		}
	}
	if _, _, err := f.Seen(0, 5); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
	if _, err := NewFollow(nil, ability.Usual()); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}

func TestOutcome_ThreeInARowWithinTen(t *testing.T) {
	const o, x = false, true
	for _, c := range []struct {
		right        []bool
		got          int
		stuck, known bool
	}{
		{[]bool{x, x, x}, 3, false, true},
		{[]bool{x, x, o, x, x, x, o}, 6, false, true},
		{[]bool{x, x, o, x, x}, 0, false, false},
		{[]bool{o, o, o, o, o, o, o, o, x, x, x}, 0, true, true}, // the third right is the eleventh
		{[]bool{o, o, o, o, o, o, o, x, x, x}, 10, false, true},
		{nil, 0, false, false},
	} {
		if got, stuck, known := Outcome(c.right); got != c.got || stuck != c.stuck || known != c.known {
			t.Errorf("%v: got %d, %v, %v", c.right, got, stuck, known)
		}
	}
}

func BenchmarkChance(b *testing.B) {
	s, w := plain(), Shipped()
	b.ReportAllocs()
	for b.Loop() {
		_, _ = w.Chance(s, Ahead)
	}
}

// Help on the last answer is no not-yet, and who had got there begins anew with the answer that was not.
func TestFollow_CountsTriesAsATeacherWould(t *testing.T) {
	f, err := NewFollow([]bkt.Params{bkt.Usual()}, ability.Usual())
	if err != nil {
		t.Fatal(err)
	}
	right, helped, not := Answer{Right: true, Got: true}, Answer{Got: true, Helped: true}, Answer{Mistake: "add"}
	for i, c := range []struct {
		a                        Answer
		answers, rights, notYets int
	}{
		{not, 1, 0, 1}, {not, 2, 0, 2}, {helped, 3, 0, 0}, {not, 4, 0, 1}, {right, 5, 1, 0}, {right, 6, 2, 0}, {right, 7, 3, 0}, {right, 7, 3, 0}, {not, 1, 0, 1},
	} {
		c.a.Skills = []int{0}
		if err := f.Add(c.a); err != nil {
			t.Fatal(err)
		}
		s, _, _ := f.Seen(0, 0)
		if s.Answers != c.answers || s.RightRun != c.rights || s.NotYetRun != c.notYets || s.SameMistake != c.notYets {
			t.Errorf("after %d: %+v", i+1, s)
		}
	}
}

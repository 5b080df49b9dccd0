package bkt

import (
	"math"
	"math/rand/v2"
	"testing"

	"kith/internal/fault"
)

// By hand from known .25 with the usual parameters (Init .25, Learn .12, Slip .1, Guess .2).
func TestAfter_ByHand(t *testing.T) {
	for _, c := range []struct {
		name string
		rest float64
		a    Answer
		want float64
	}{
		{"right", 1, Answer{Correct: true, Weight: 1}, 0.6},                                            // .225/(.225+.15)
		{"not yet", 1, Answer{Weight: 1}, 0.04},                                                        // .025/(.025+.6)
		{"right with help", 1, Answer{Correct: true, Helped: true, Weight: 1}, 1.0 / 3},                // .225/(.225+.45)
		{"right, one of two", 1, Answer{Correct: true, Options: 2, Weight: 1}, 0.375},                  // .225/(.225+.375)
		{"a rapid guess tells nothing", 1, Answer{Correct: true}, 0.25},                                //
		{"not learned yet", 1, Answer{Unlearned: true, Weight: 1}, 0.01 / 0.76},                        // odds 1/3 * .04
		{"not yet again", 1, Answer{Helped: true, Repeated: true, Weight: 1}, 1.0 / 7},                 // odds 1/3 * (.1/.4)^.5
		{"right, other skill unlikely", 0, Answer{Correct: true, Weight: 1}, 0.25},                     // a guess either way
		{"right, other skill likely", 0.5, Answer{Correct: true, Weight: 1}, 0.1375 / (0.1375 + 0.15)}, // .5*.9+.5*.2 = .55
		{"not yet, the other skill lacks", 0, Answer{Weight: 1}, 0.25},
		{"not yet, the other may lack", 0.5, Answer{Weight: 1}, 0.1125 / (0.1125 + 0.6)}, // 1 - .55 = .45
	} {
		if got := usual.After(0.25, c.rest, c.a); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: got %.15f, want %.15f", c.name, got, c.want)
		}
	}
}

// .6 after a right answer that taught: .6 + .4*.12 = .648; kept .5: .25 + .398*.5 = .449.
func TestBefore_LearnsThenForgets(t *testing.T) {
	for _, c := range []struct{ due, kept, want float64 }{{0, 1, 0.6}, {1, 1, 0.648}, {1, 0.5, 0.449}, {0, 0, 0.25}, {0.5, 1, 0.624}} {
		if got := usual.Before(Belief{0.6, c.due}, c.kept); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%+v: got %v", c, got)
		}
	}
	if b := usual.Start(); usual.Before(b, 0.3) != b.Known {
		t.Error("what was never learned fades nowhere")
	}
}

// One item asks three skills, known with .9, .8 and .5. By hand: all .36; right .36*.9 + .64*.2 = .452.
func TestChance_AsksForAllSkills(t *testing.T) {
	ps := []*Params{&usual, &usual, &usual}
	if got := Chance(ps, []float64{0.9, 0.8, 0.5}, 0); math.Abs(got-0.452) > 1e-12 {
		t.Errorf("got %v", got)
	}
	if got := Chance(ps[:1], []float64{0}, 2); math.Abs(got-0.5) > 1e-12 {
		t.Errorf("a choice of two: got %v", got)
	}
}

// The posterior by brute force over all states of two to four skills must be what After gives each of them by itself.
func TestAfter_IsTheExactShareOfSeveralSkills(t *testing.T) {
	r := rand.New(rand.NewPCG(91, 92))
	for range 2_000 {
		n := 2 + r.IntN(3)
		p := Params{Init: 0.3, Learn: 0.1, Slip: 0.02 + 0.28*r.Float64(), Guess: 0.02 + 0.33*r.Float64()}
		known := make([]float64, n)
		for i := range known {
			known[i] = r.Float64()
		}
		a := Answer{Correct: r.IntN(2) == 0, Weight: 1}
		var total float64
		share := make([]float64, n)
		for state := range 1 << n {
			chance := 1.0
			for i, k := range known {
				if state>>i&1 == 0 {
					k = 1 - k
				}
				chance *= k
			}
			see := p.Guess
			if state == 1<<n-1 {
				see = 1 - p.Slip
			}
			if !a.Correct {
				see = 1 - see
			}
			total += chance * see
			for i := range known {
				if state>>i&1 == 1 {
					share[i] += chance * see
				}
			}
		}
		for i := range known {
			rest := 1.0
			for j, k := range known {
				if j != i {
					rest *= k
				}
			}
			if got := p.After(known[i], rest, a); math.Abs(got-share[i]/total) > 1e-12 {
				t.Fatalf("%+v, %v, right %v: skill %d got %v, brute force %v", p, known, a.Correct, i, got, share[i]/total)
			}
		}
	}
}

// Properties over 50,000 random parameters, answers and gaps (seed fixed).
func TestAfter_IsInRangeAndMonotone(t *testing.T) {
	r := rand.New(rand.NewPCG(93, 94))
	for range 50_000 {
		p := Params{Init: 0.01 + 0.98*r.Float64(), Learn: 0.01 + 0.5*r.Float64(), Slip: 0.01 + 0.35*r.Float64(), Guess: 0.01 + 0.5*r.Float64()}
		before := p.Before(Belief{r.Float64(), r.Float64()}, r.Float64())
		rest := r.Float64()
		a := Answer{Options: r.IntN(7), Helped: r.IntN(2) == 0, Repeated: r.IntN(3) == 0, Weight: r.Float64()}
		low := p.After(before, rest, a)
		a.Correct = true
		high := p.After(before, rest, a)
		if before < 0 || before > 1 || low < 0 || high > 1 || low > before+1e-12 || high < before-1e-12 {
			t.Fatalf("%+v %+v: before %v, not yet %v, right %v", p, a, before, low, high)
		}
		helped := a
		a.Helped, helped.Helped = false, true
		if x, y := p.After(before, rest, a), p.After(before, rest, helped); x < y-1e-12 {
			t.Fatalf("%+v: helped %v is worth more than unhelped %v", p, y, x)
		}
	}
}

func TestAnswer_ValidateRefusesWhatCannotBe(t *testing.T) {
	for _, a := range []Answer{{Weight: math.NaN()}, {Weight: -0.1}, {Weight: 1.1}, {Options: -1}, {Correct: true, Unlearned: true}} {
		if err := a.Validate(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v", a, err)
		}
	}
	if err := (&Answer{Correct: true, Weight: 0}).Validate(); err != nil {
		t.Error(err)
	}
}

func BenchmarkStep(b *testing.B) {
	p, at := usual, usual.Start()
	a := Answer{Taught: true, Weight: 1}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		a.Correct = n%3 != 0
		at = Belief{p.After(p.Before(at, 1), 1, a), a.Due()}
	}
	if !(at.Known > 0) {
		b.Fatal(at)
	}
}

package bkt

import (
	"math"
	"math/rand/v2"
	"testing"

	"kith/internal/fault"
)

var usual = Params{Init: 0.25, Learn: 0.12, Slip: 0.1, Guess: 0.2}

// One answer each from known = .25, worked out by hand: odds before are 1/3.
func TestUpdate_FollowsCorbettAndAnderson(t *testing.T) {
	for _, c := range []struct {
		name string
		a    Answer
		want float64
	}{
		// .25*.9 / (.25*.9 + .75*.2) = .225/.375 = .6
		{"typed right, no feedback", Answer{Correct: true, Weight: 1}, 0.6},
		// .6 + .4*.12 = .648
		{"typed right", Answer{Correct: true, Taught: true, Weight: 1}, 0.648},
		// .25*.1 / (.25*.1 + .75*.8) = .025/.625 = .04
		{"typed not correct, no feedback", Answer{Weight: 1}, 0.04},
		// .04 + .96*.12 = .1552
		{"typed not correct", Answer{Taught: true, Weight: 1}, 0.1552},
		// one of two: guess .5; .225/(.225+.375) = .375
		{"one of two right", Answer{Correct: true, Options: 2, Weight: 1}, 0.375},
		// one of ten: chance .1 is below the guess of .2, so as typed
		{"one of ten right", Answer{Correct: true, Options: 10, Weight: 1}, 0.6},
		// helped: guess .6; .225/(.225+.45) = 1/3
		{"helped right", Answer{Correct: true, Helped: true, Weight: 1}, 1.0 / 3},
		// .02/.5 = .04; (1/3*.04) = .01333 odds; .0131579 = .01/.76
		{"not learned yet", Answer{Unlearned: true, Taught: true, Weight: 1}, 0.01 / 0.76},
		// half the evidence: ratio 4.5^.5 = 2.1213203; odds .7071068 -> .4142136
		{"right, half about this skill", Answer{Correct: true, Weight: 0.5}, math.Sqrt2 - 1},
		// helped, again not correct: ratio (.1/.4)^.5 = .5; odds 1/6 -> 1/7
		{"second not-yet on one variant", Answer{Helped: true, Repeated: true, Weight: 1}, 1.0 / 7},
		{"one option tells nothing", Answer{Correct: true, Options: 1, Weight: 1}, 0.25},
	} {
		got, err := usual.Update(0.25, c.a)
		if err != nil || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: got %.15f, %v; want %.15f", c.name, got, err, c.want)
		}
	}
}

func TestValidate_RefusesWhatCannotBe(t *testing.T) {
	if err := usual.Validate(); err != nil {
		t.Fatal(err)
	}
	nan := math.NaN()
	for _, p := range []Params{
		{}, {nan, .1, .1, .2}, {.3, nan, .1, .2}, {.3, .1, nan, .2}, {.3, .1, .1, nan},
		{0, .1, .1, .2}, {1, .1, .1, .2}, {-.1, .1, .1, .2}, {.3, .1, .1, 1.2}, {math.Inf(1), .1, .1, .2},
		{.3, .1, .5, .5}, // a right answer tells nothing
		{.3, .1, .4, .2}, // a helped right answer tells nothing: 1 - .4 = .6
	} {
		if err := p.Validate(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v, want Invalid", p, err)
		}
	}
}

func TestUpdate_RefusesWhatCannotBe(t *testing.T) {
	for _, c := range []struct {
		known float64
		a     Answer
	}{
		{math.NaN(), Answer{Weight: 1}}, {-0.1, Answer{Weight: 1}}, {1.1, Answer{Weight: 1}},
		{0.5, Answer{}}, {0.5, Answer{Weight: 1.5}}, {0.5, Answer{Weight: math.NaN()}}, {0.5, Answer{Weight: 1, Options: -1}},
	} {
		if got, err := usual.Update(c.known, c.a); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v %+v: got %v, %v, want Invalid", c.known, c.a, got, err)
		}
	}
}

// Properties, over 20,000 random parameters and answers (seed fixed): in range; a right answer never lowers; without
// feedback another one never raises; right is never below not right; unhelped is never worth less than helped.
func TestUpdate_IsInRangeAndMonotone(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		p := Params{Init: 0.01 + 0.98*r.Float64(), Learn: 0.01 + 0.5*r.Float64(), Slip: 0.01 + 0.35*r.Float64(), Guess: 0.01 + 0.5*r.Float64()}
		if err := p.Validate(); err != nil {
			t.Fatalf("%+v: %v", p, err)
		}
		known := r.Float64()
		a := Answer{Options: r.IntN(7), Helped: r.IntN(2) == 0, Taught: r.IntN(2) == 0, Weight: 0.05 + 0.95*r.Float64()}
		up := a
		up.Correct = true
		low, err1 := p.Update(known, a)
		high, err2 := p.Update(known, up)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if low < 0 || high > 1 || low > high+1e-12 || high < known-1e-12 || !a.Taught && low > known+1e-12 {
			t.Fatalf("%+v %+v from %v: not yet %v, right %v", p, a, known, low, high)
		}
		alone := up
		alone.Helped = false
		up.Helped = true
		x, _ := p.Update(known, alone)
		y, _ := p.Update(known, up)
		if x < y-1e-12 {
			t.Fatalf("%+v: helped %v is worth more than unhelped %v", p, y, x)
		}
	}
}

// Simulated learners, 20,000 of them with 8 typed answers each, made from the parameters: of those with a belief near b, b
// of them must really know the skill. Error allowed: .02 in each tenth that holds at least 500.
func TestUpdate_BeliefIsTrueOfSimulatedLearners(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var n, sum, know [10]float64
	for range 20_000 {
		state, belief := r.Float64() < usual.Init, usual.Init
		for range 8 {
			right := r.Float64() < usual.Guess
			if state {
				right = r.Float64() >= usual.Slip
			}
			belief, _ = usual.Update(belief, Answer{Correct: right, Taught: true, Weight: 1})
			state = state || r.Float64() < usual.Learn
			k := min(int(belief*10), 9)
			n[k]++
			sum[k] += belief
			if state {
				know[k]++
			}
		}
	}
	tested := 0
	for k := range n {
		if n[k] < 500 {
			continue
		}
		tested++
		if off := math.Abs(know[k]-sum[k]) / n[k]; off > 0.02 {
			t.Errorf("tenth %d: %.0f answers, believed %.3f, true %.3f", k, n[k], sum[k]/n[k], know[k]/n[k])
		}
	}
	if tested < 6 {
		t.Fatalf("only %d tenths hold enough answers to be tested", tested)
	}
}

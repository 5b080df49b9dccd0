package fsrs

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"kith/internal/fault"
)

func curve(t testing.TB, w Weights) *Curve {
	t.Helper()
	c, err := New(w)
	if err != nil {
		t.Fatal(err)
	}
	return &c
}

// By hand, for the published weights. F = .9^(-1/.1542) - 1 = e^(.1053605/.1542) - 1 = e^.683272 - 1 = .980346.
func TestCurve_FollowsTheFormula(t *testing.T) {
	c := curve(t, Published())
	m := Memory{Stability: 10, Difficulty: 5}
	for _, x := range []struct{ days, want float64 }{
		{0, 1}, {-3, 1}, {math.NaN(), 1},
		{10, 0.9},          // stability is where .9 is left
		{100, 0.692826635}, // (1 + 9.803465)^-.1542 = e^(-.1542 * 2.379867)
	} {
		if got := c.Retention(m, x.days); math.Abs(got-x.want) > 1e-6 {
			t.Errorf("after %v days: got %.9f, want %.9f", x.days, got, x.want)
		}
	}
	if got := c.Retention(Memory{}, 50); got != 1 {
		t.Errorf("never met: got %v", got)
	}
	if got, err := c.Due(m, 0.9); err != nil || math.Abs(got-10) > 1e-9 {
		t.Errorf("due at .9: got %v, %v", got, err)
	}
}

func TestDue_IsWhereTheChanceMeetsTheTarget(t *testing.T) {
	c := curve(t, Published())
	for _, target := range []float64{0.99, 0.9, 0.85, 0.75, 0.5} {
		m := Memory{Stability: 3.7, Difficulty: 4}
		days, err := c.Due(m, target)
		if err != nil || math.Abs(c.Retention(m, days)-target) > 1e-12 {
			t.Errorf("%v: %v days, %v, %v", target, days, c.Retention(m, days), err)
		}
	}
	for _, target := range []float64{0, 1, -1, math.NaN()} {
		if _, err := c.Due(Memory{1, 5}, target); !fault.Is(err, fault.Invalid) {
			t.Errorf("target %v: got %v", target, err)
		}
	}
	if _, err := c.Due(Memory{}, 0.9); !fault.Is(err, fault.Invalid) {
		t.Errorf("never met: got %v", err)
	}
}

// testdata/README.md says where the numbers come from.
func TestReview_IsWhatAnotherImplementationComputes(t *testing.T) {
	b, err := os.ReadFile("testdata/states.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Weights Weights
		States  [][5]float64
	}
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for n, seq := range all {
		c := curve(t, seq.Weights)
		var m Memory
		for i, s := range seq.States {
			if got := c.Retention(m, s[0]); math.Abs(got-s[2]) > 1e-6 {
				t.Errorf("sequence %d, review %d: chance %v, want %v", n, i, got, s[2])
			}
			if m, err = c.Review(m, s[0], Ease(s[1])); err != nil {
				t.Fatal(err)
			}
			if math.Abs(m.Stability-s[3]) > 1e-6*s[3] || math.Abs(m.Difficulty-s[4]) > 1e-6 {
				t.Errorf("sequence %d, review %d: got %+v, want %v and %v", n, i, m, s[3], s[4])
			}
			checked++
		}
	}
	if checked < 60 {
		t.Fatalf("only %d reviews checked", checked)
	}
}

func TestValidate_RefusesWeightsOutOfBounds(t *testing.T) {
	if err := Published().Validate(); err != nil {
		t.Fatal(err)
	}
	for i := range Published() {
		for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), bounds[i][0] - 1e-9, bounds[i][1] + 1e-9} {
			w := Published()
			w[i] = bad
			if _, err := New(w); !fault.Is(err, fault.Invalid) {
				t.Errorf("weight %d = %v: got %v", i, bad, err)
			}
		}
	}
	if _, err := New(Weights{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("no weights: got %v", err)
	}
}

func TestReview_RefusesWhatCannotBe(t *testing.T) {
	c := curve(t, Published())
	ok := Memory{5, 5}
	for _, x := range []struct {
		m    Memory
		days float64
		e    Ease
	}{
		{ok, -1, Good}, {ok, math.NaN(), Good}, {ok, math.Inf(1), Good}, {ok, 1, 0}, {ok, 1, 5},
		{Memory{5, 0}, 1, Good}, {Memory{5, 11}, 1, Good}, {Memory{-5, 5}, 1, Good}, {Memory{math.NaN(), 5}, 1, Good}, {Memory{0, 5}, 1, Good}, {Memory{1e9, 5}, 1, Good},
	} {
		if got, err := c.Review(x.m, x.days, x.e); !fault.Is(err, fault.Invalid) || got != x.m && !math.IsNaN(x.m.Stability) {
			t.Errorf("%+v: got %+v, %v", x, got, err)
		}
	}
}

// Properties over random weights and histories (seed fixed): the memory stays in range, the chance falls with time, and
// a better ease never leaves a weaker memory of anything that came back.
func TestReview_StaysInRangeAndInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 3_000 {
		var w Weights
		for i, b := range bounds {
			w[i] = b[0] + (b[1]-b[0])*r.Float64()
		}
		c := curve(t, w)
		var m Memory
		for range 12 {
			days := math.Floor(40 * r.Float64() * r.Float64())
			a, b := c.Retention(m, days), c.Retention(m, days+1)
			if a <= 0 || a > 1 || b > a {
				t.Fatalf("%v %+v: chance %v, a day later %v", w, m, a, b)
			}
			hard, _ := c.Review(m, days, Hard)
			good, _ := c.Review(m, days, Good)
			easy, _ := c.Review(m, days, Easy)
			if m.Met() && (hard.Stability > good.Stability+1e-9 || good.Stability > easy.Stability+1e-9 || hard.Stability < m.Stability-1e-9) {
				t.Fatalf("%v %+v after %v days: %v %v %v", w, m, days, hard, good, easy)
			}
			next, err := c.Review(m, days, Ease(1+r.IntN(4)))
			if err != nil || next.Validate() != nil || !next.Met() {
				t.Fatalf("%v %+v: %+v, %v", w, m, next, err)
			}
			m = next
		}
	}
}

func TestEaseOf_MapsAnAnswer(t *testing.T) {
	pace := Pace{FastMs: 4_000, SlowMs: 30_000}
	for _, c := range []struct {
		name          string
		right, helped bool
		took          int64
		pace          Pace
		days          float64
		want          Ease
	}{
		{"not right", false, false, 2_000, pace, 5, Again},
		{"not right, helped", false, true, 2_000, pace, 5, Again},
		{"helped", true, true, 2_000, pace, 5, Hard},
		{"slow", true, false, 30_001, pace, 5, Hard},
		{"right", true, false, 10_000, pace, 5, Good},
		{"fast after a gap", true, false, 4_000, pace, 1, Easy},
		{"fast on the same day", true, false, 4_000, pace, 0.9, Good},
		{"time not known", true, false, 0, pace, 5, Good},
		{"pace not known", true, false, 1, Pace{}, 5, Good},
	} {
		if got := EaseOf(c.right, c.helped, c.took, c.pace, c.days); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

func BenchmarkReview(b *testing.B) {
	c := curve(b, Published())
	m := Memory{5, 5}
	b.ReportAllocs()
	for b.Loop() {
		_, _ = c.Review(m, 4, Good)
	}
}

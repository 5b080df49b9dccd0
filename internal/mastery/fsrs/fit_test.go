package fsrs

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"kith/internal/fault"
)

// other are weights of ours, well away from the published ones.
var other = Weights{0.9, 1.8, 4.1, 12.5, 5.8, 0.61, 2.2, 0.05, 1.4, 0.21, 1.05, 1.9, 0.11, 0.35, 1.2, 0.45, 2.4, 0.8, 0.3, 0.12, 0.27}

// simulated learners, whose memory follows w exactly, each with things of their own and gaps of 0 to 40 days.
func simulated(t testing.TB, w Weights, learners, things, reviews int, seed uint64) []Log {
	t.Helper()
	c, r := curve(t, w), rand.New(rand.NewPCG(seed, 1))
	var out []Log
	for n := range learners {
		for range things {
			l := Log{Learner: fmt.Sprint(n)}
			var m Memory
			for i := range reviews {
				v := Review{Ease: Ease(1 + r.IntN(4))}
				if i > 0 {
					v.Days = math.Floor(math.Exp(3.7*r.Float64()) - 0.5)
					v.Ease = Again
					if r.Float64() < c.Retention(m, v.Days) {
						v.Ease = Good
						switch x := r.Float64(); {
						case x < 0.2:
							v.Ease = Hard
						case x > 0.85:
							v.Ease = Easy
						}
					}
				}
				l.Reviews = append(l.Reviews, v)
				m, _ = c.Review(m, v.Days, v.Ease)
			}
			out = append(out, l)
		}
	}
	return out
}

// The exact derivative of the loss by each weight against central differences, for both sets of weights and every branch.
func TestGradient_EqualsFiniteDifferences(t *testing.T) {
	for name, w := range map[string]Weights{"published": Published(), "other": other} {
		logs := simulated(t, w, 20, 2, 8, 3)
		for i := range logs[0].Reviews { // some where an answer does not tell for certain
			logs[0].Reviews[i].Low, logs[0].Reviews[i].High = 0.2, 0.9
		}
		total := func(w Weights) (sum float64) {
			c := curve(t, w)
			for _, l := range logs {
				var g Weights
				s, _ := gradient(c, l, &g)
				sum += s
			}
			return sum
		}
		var grad Weights
		var sum float64
		n := 0
		for _, l := range logs {
			s, k := gradient(curve(t, w), l, &grad)
			sum, n = sum+s, n+k
		}
		if plain, m, err := LogLoss(w, logs); err != nil || m != n || math.Abs(plain*float64(m)-sum) > 1e-9*sum {
			t.Errorf("%s: the loss with derivatives is %v over %d, without %v over %d, %v", name, sum, n, plain*float64(m), m, err)
		}
		for i := range w {
			h := 1e-6 * math.Max(w[i], 0.01)
			up, down := w, w
			up[i] += h
			down[i] -= h
			if up.Validate() != nil || down.Validate() != nil {
				down[i], up[i] = w[i], w[i]+2*h // at its bound: a one-sided difference
			}
			want := (total(up) - total(down)) / (up[i] - down[i])
			if math.Abs(grad[i]-want) > 1e-3*math.Max(1, math.Abs(want)) {
				t.Errorf("%s, weight %d: got %.6f, differences say %.6f", name, i, grad[i], want)
			}
		}
	}
}

// 400 simulated learners under weights far from the published. Single weights are not all identifiable; what must come
// back is the curve: the loss of the truth within .002, and the chances themselves within .03 on average.
func TestFit_RecoversTheCurveOfSimulatedLearners(t *testing.T) {
	logs := simulated(t, other, 400, 3, 10, 11)
	w, err := Fit(logs, Options{Seed: 1})
	if err != nil || w.Validate() != nil {
		t.Fatal(w, err)
	}
	fresh := simulated(t, other, 100, 3, 10, 12)
	truth, _, _ := LogLoss(other, fresh)
	before, _, _ := LogLoss(Published(), fresh)
	after, _, _ := LogLoss(w, fresh)
	t.Logf("log loss on fresh learners: published %.4f, fitted %.4f, truth %.4f", before, after, truth)
	if after > truth+0.002 || before < truth+0.005 {
		t.Errorf("published %.4f, fitted %.4f, truth %.4f", before, after, truth)
	}
	a, b := curve(t, w), curve(t, other)
	var off float64
	n := 0
	for _, l := range fresh {
		var x, y Memory
		for i, r := range l.Reviews {
			if r.Scored(i == 0) {
				off += math.Abs(a.Retention(x, r.Days) - b.Retention(y, r.Days))
				n++
			}
			x, _ = a.Review(x, r.Days, r.Ease)
			y, _ = b.Review(y, r.Days, r.Ease)
		}
	}
	if off /= float64(n); off > 0.03 {
		t.Errorf("chances are off by %.4f on average", off)
	}
	for _, i := range []int{0, 1, 2, 3} {
		if math.Abs(math.Log(w[i]/other[i])) > 0.35 {
			t.Errorf("first stability %d: got %.3f, want %.3f", i+1, w[i], other[i])
		}
	}
}

func TestFit_FewReviewsStayNearTheDefault(t *testing.T) {
	for _, logs := range [][]Log{nil, {{"a", []Review{{Ease: Good}}}}, {{"a", []Review{{Ease: Good}, {Days: 0.5, Ease: Good}}}}} {
		if w, err := Fit(logs, Options{}); err != nil || w != Published() {
			t.Errorf("%v: got %v, %v", logs, w, err)
		}
	}
	w, err := Fit([]Log{{"a", []Review{{Ease: Good}, {Days: 3, Ease: Again}}}}, Options{})
	if err != nil || w == Published() {
		t.Fatalf("one lapse must move something: %v, %v", w, err)
	}
	if c := curve(t, w); c.Retention(Memory{2.3065, 5}, 3) < 0.8 || math.Abs(w[2]-2.3065) > 1 {
		t.Errorf("one lapse moved it to %v", w)
	}
}

func TestFit_IsTheSameForTheSameSeed(t *testing.T) {
	logs := simulated(t, other, 60, 2, 8, 5)
	a, _ := Fit(logs, Options{Seed: 9})
	b, _ := Fit(slices.Clone(logs), Options{Seed: 9})
	if a != b {
		t.Errorf("got %v and %v", a, b)
	}
}

func TestFit_RefusesWhatCannotBe(t *testing.T) {
	bad := Published()
	bad[20] = 0.9
	for name, try := range map[string]func() error{
		"gap": func() error {
			_, err := Fit([]Log{{"a", []Review{{Ease: Good}, {Days: -1, Ease: Good}}}}, Options{})
			return err
		},
		"nan": func() error {
			_, err := Fit([]Log{{"a", []Review{{Ease: Good}, {Days: math.NaN(), Ease: Good}}}}, Options{})
			return err
		},
		"ease": func() error { _, err := Fit([]Log{{"a", []Review{{Ease: 7}}}}, Options{}); return err },
		"high": func() error {
			_, err := Fit([]Log{{"a", []Review{{Ease: Good, Low: 0.1, High: 1.2}}}}, Options{})
			return err
		},
		"low": func() error {
			_, err := Fit([]Log{{"a", []Review{{Ease: Good, Low: 0.5, High: 0.2}}}}, Options{})
			return err
		},
		"from": func() error { _, err := Fit(nil, Options{From: bad}); return err },
		"pull": func() error { _, err := Fit(nil, Options{Pull: -1}); return err },
		"loss": func() error { _, _, err := LogLoss(bad, nil); return err },
	} {
		if err := try(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestTry_HoldsWholeLearnersOut(t *testing.T) {
	logs := simulated(t, other, 500, 3, 8, 21)
	got, err := Try(logs, Options{Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	if got.Learners != 100 || got.After >= got.Before {
		t.Errorf("got %+v", got)
	}
	out := heldOut(logs, 3)
	kept := slices.DeleteFunc(slices.Clone(logs), func(l Log) bool { return out[l.Learner] })
	if w, _ := Fit(kept, Options{Seed: 3}); w != got.Weights {
		t.Error("the weights saw held-out learners")
	}
}

func TestTry_SaysNothingWhereNothingCanBeMeasured(t *testing.T) {
	one := simulated(t, other, 1, 5, 8, 2)
	for name, logs := range map[string][]Log{"nobody": nil, "one learner": one, "no gaps": {{"a", []Review{{Ease: Good}, {Ease: Good}}}}} {
		if got, err := Try(logs, Options{}); err != nil || got != (Trial{Weights: Published()}) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func BenchmarkGradient(b *testing.B) {
	logs := simulated(b, other, 100, 2, 10, 5)
	c := curve(b, Published())
	var grad Weights
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n = 0
		for _, l := range logs {
			gradient(c, l, &grad)
			n += len(l.Reviews)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/review")
}

package rasch

import (
	"math"
	"math/rand/v2"
	"testing"

	"kith/internal/fault"
)

// One right answer to an item of difficulty 0 without noise: the posterior is φ(θ)σ(θ)/½. Its mean is 2∫θσ(θ)φ(θ)dθ =
// 2 E[σ'(θ)] (Stein's lemma) and E[σ'(θ)] = .2066 for a standard normal θ, by numerical integration elsewhere: .4132.
func TestAnswer_MovesAbilityAsByHand(t *testing.T) {
	b, err := NewBank([]float64{0}, 1, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := b.Begin()
	if m, se := p.Ability(); math.Abs(m) > 1e-9 || math.Abs(se-1) > 1e-3 {
		t.Errorf("begins at %v ± %v", m, se)
	}
	p.Answer(0, true)
	if m, _ := p.Ability(); math.Abs(m-0.4132) > 2e-3 {
		t.Errorf("after a right answer %v", m)
	}
	if p.Next() != -1 {
		t.Error("an item is asked twice")
	}
}

func TestCalibrate_GivesTheRatesBack(t *testing.T) {
	want := []float64{0.1, 0.5, 0.83}
	b, err := NewBank(Calibrate(want, 1.7), 1.7, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range want {
		if got := b.Begin().Known(i); math.Abs(got-w) > 1e-6 {
			t.Errorf("item %d: %v, want %v", i, got, w)
		}
	}
}

// 40 items of one rate and a slope of 1.3: learners' shares vary by some amount, from which the slope must come back.
func TestSlope_IsFoundFromHowLearnersVary(t *testing.T) {
	rates := make([]float64, 40)
	for i := range rates {
		rates[i] = 0.6
	}
	hard := Calibrate(rates, 1.3)
	r := rand.New(rand.NewPCG(5, 6))
	mean, square := 0.0, 0.0
	const n = 20_000
	for range n {
		theta, share := r.NormFloat64(), 0.0
		for _, h := range hard {
			if r.Float64() < 1/(1+math.Exp(1.3*(h-theta))) {
				share += 1.0 / 40
			}
		}
		mean, square = mean+share/n, square+share*share/n
	}
	if got := Slope(rates, square-mean*mean); math.Abs(got-1.3) > 0.05 {
		t.Errorf("slope %v", got)
	}
}

// Linacre (Rasch Measurement Transactions 20:2): items on target give .25 of information each, so that a standard error of
// .4 takes 25; the normal prior is worth one more unit, 21 on target; a real bank and learners off centre take a few more.
func TestNext_ReachesAStandardErrorOfFourTenths(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	hard := make([]float64, 400)
	for i := range hard {
		hard[i] = 1.5 * r.NormFloat64()
	}
	b, err := NewBank(hard, 1, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	sum, off := 0.0, 0.0
	for range 200 {
		theta := r.NormFloat64()
		p := b.Begin()
		for {
			m, se := p.Ability()
			if se <= 0.4 {
				off += (m - theta) * (m - theta)
				break
			}
			i := p.Next()
			p.Answer(i, r.Float64() < 1/(1+math.Exp(hard[i]-theta)))
			sum++
		}
	}
	if n := sum / 200; n < 20 || n > 26 {
		t.Errorf("%v items", n)
	}
	if rmse := math.Sqrt(off / 200); rmse > 0.48 {
		t.Errorf("off by %v, said .4", rmse)
	}
}

func TestNewBank_RefusesWhatCannotBe(t *testing.T) {
	for name, err := range map[string]error{
		"no items":       second(NewBank(nil, 1, 0, 0)),
		"NaN difficulty": second(NewBank([]float64{math.NaN()}, 1, 0, 0)),
		"NaN slope":      second(NewBank([]float64{0}, math.NaN(), 0, 0)),
		"flat":           second(NewBank([]float64{0}, 0, 0, 0)),
		"only noise":     second(NewBank([]float64{0}, 1, 0.5, 0.5)),
		"negative slip":  second(NewBank([]float64{0}, 1, -0.1, 0)),
	} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second(_ *Bank, err error) error { return err }

package measure

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"kith/internal/fault"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > within {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestAUC_CountsPairsAndHalvesTies(t *testing.T) {
	for _, c := range []struct {
		name    string
		p       []float64
		correct []bool
		want    float64
	}{
		// rights .8 .4, others .6 .2: .8 beats both, .4 beats .2 only: 3 of 4 pairs
		{"three of four pairs", []float64{.8, .6, .4, .2}, []bool{true, false, true, false}, .75},
		// right .5 against .5 and .1: half a pair and one: 1.5 of 2
		{"a tie", []float64{.5, .5, .1}, []bool{true, false, false}, .75},
		{"all tied", []float64{.3, .3, .3}, []bool{true, false, true}, .5},
		{"upside down", []float64{.1, .9}, []bool{true, false}, 0},
		{"one kind only", []float64{.1, .9}, []bool{true, true}, math.NaN()},
		{"nothing", nil, nil, math.NaN()},
	} {
		near(t, c.name, AUC(c.p, c.correct), c.want, 1e-15)
	}
}

// Brute force over all pairs, 200 random sets of 40 rows whose probabilities have one decimal, so that many tie.
func TestAUC_EqualsAllPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		p, correct := make([]float64, 40), make([]bool, 40)
		for i := range p {
			p[i], correct[i] = float64(r.IntN(11))/10, r.IntN(3) > 0
		}
		var won, pairs float64
		for i := range p {
			for j := range p {
				if correct[i] && !correct[j] {
					pairs++
					if p[i] > p[j] {
						won++
					} else if p[i] == p[j] {
						won += .5
					}
				}
			}
		}
		near(t, "all pairs", AUC(p, correct), won/pairs, 1e-12)
	}
}

// .8 right, .6 not: squares .04 and .36, mean .2, root .4472136; -ln .8 = .2231436 and -ln .4 = .9162907, mean .5697171.
func TestErrors_ByHand(t *testing.T) {
	p, correct := []float64{.8, .6}, []bool{true, false}
	near(t, "rmse", RMSE(p, correct), math.Sqrt(.2), 1e-15)
	near(t, "log loss", LogLoss(p, correct), .5697171, 1e-7)
	near(t, "log loss of a boast", LogLoss([]float64{1}, []bool{false}), 34.538776, 1e-6)
}

// Bins are fifteenths. .90 and .92 share the bin from 13/15 = .8667 to 14/15 = .9333: given 1.82, right 1: off by .82.
// .10 falls in the second (.0667 to .1333), right 0: off by .10. 1.0 belongs to the last bin, right 1: off by 0.
// (.82 + .10 + 0)/4 = .23.
func TestECE_ByHand(t *testing.T) {
	near(t, "ece", ECE([]float64{.90, .92, .10, 1}, []bool{true, false, false, true}), .23, 1e-12)
	// Inside one bin errors cancel: .90 right and .92 not is .82 of 2, not (.10 + .92)/2.
	near(t, "one bin", ECE([]float64{.90, .92}, []bool{true, false}), .41, 1e-12)
}

func TestCheck_RefusesWhatIsNoProbability(t *testing.T) {
	if err := Check([]float64{0, .5, 1}, []bool{true, false, true}); err != nil {
		t.Fatal(err)
	}
	for _, p := range [][]float64{{math.NaN()}, {-.1}, {1.1}, {math.Inf(1)}, {.5, .5}} {
		if err := Check(p, []bool{true}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: got %v, want Invalid", p, err)
		}
	}
}

// Item 0: .9 right, .1 not: 1. Item 1: .2 right, .7 not, .7 right: .2 loses, .7 ties: .25. Item 2 has one kind only.
// (2·1 + 3·.25)/5 = .55.
func TestWithinItemAUC_ByHand(t *testing.T) {
	items := []int32{0, 0, 1, 1, 1, 2}
	got := WithinItemAUC([]float64{.9, .1, .2, .7, .7, .5}, []bool{true, false, true, false, true, true}, 3, func(i int) int32 { return items[i] })
	near(t, "within item", got, .55, 1e-15)
}

// Two skills of 1,000 answers at p = .7. The first is right 700 times: observed error 0, so its excess is minus what chance
// leaves, E|Bin(1000,.7)/1000 - .7| = sqrt(2/π)·sqrt(.21/1000) = .01156. The second is right 500 times: .2 less that.
// A third with 299 answers is not looked at.
func TestSkillErrors_TakeAwayWhatChanceLeaves(t *testing.T) {
	var p []float64
	var correct []bool
	var skill [][]int32
	for k, right := range []int{700, 500, 299} {
		for i := range []int{1000, 1000, 299}[k] {
			p, correct, skill = append(p, .7), append(correct, i < right), append(skill, []int32{int32(k)})
		}
	}
	got := SkillErrors(p, correct, 3, func(i int) []int32 { return skill[i] }, 1)
	if len(got) != 2 || got[0].Skill != 0 || got[1].Skill != 1 || got[1].Rows != 1000 {
		t.Fatalf("got %+v", got)
	}
	near(t, "calibrated", got[0].Excess, -.01156, .002)
	near(t, "not calibrated", got[1].ECE, .2, 1e-9)
	near(t, "its excess", got[1].Excess, .2-.01156, .002)
	again := SkillErrors(p, correct, 3, func(i int) []int32 { return skill[i] }, 1)
	if again[0] != got[0] {
		t.Error("the same seed gave other draws")
	}
}

func TestPercentile_IsNearestRank(t *testing.T) {
	var v []float64
	for i := 20; i >= 1; i-- {
		v = append(v, float64(i))
	}
	near(t, "95 of 20", Percentile(v, .95), 19, 0)
	near(t, "95 of 19", Percentile(v[1:], .95), 19, 0) // ceil(18.05) = 19th of 1..19
	near(t, "lowest", Percentile(v, 0), 1, 0)
	near(t, "none", Percentile(nil, .5), math.NaN(), 0)
}

// 400 learners of 10 answers. The second model is the first with its ranking spoilt for half of the rows, so the paired
// interval of the difference lies below 0; a model against itself differs by exactly 0.
func TestBootstrap_IsPairedOverLearners(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var good, bad []float64
	var correct []bool
	for i := range 4000 {
		p := r.Float64()
		good, correct = append(good, p), append(correct, r.Float64() < p)
		if i%2 == 0 {
			p = .5
		}
		bad = append(bad, p)
	}
	auc, lead := Bootstrap([][]float64{good, bad, good}, correct, 400, func(i int) int32 { return int32(i / 10) }, 300, 9)
	if a := AUC(good, correct); float64(auc[0].Low) > a || float64(auc[0].High) < a {
		t.Errorf("%v does not hold %v", auc[0], a)
	}
	if lead[1].High >= 0 {
		t.Errorf("the spoilt model leads by %v", lead[1])
	}
	if lead[2].Low != 0 || lead[2].High != 0 {
		t.Errorf("a model differs from itself by %v", lead[2])
	}
}

// With one learner every draw is the same: the interval is the AUC itself.
func TestBootstrap_OfOneLearnerIsAPoint(t *testing.T) {
	auc, _ := Bootstrap([][]float64{{.8, .6, .4, .2}}, []bool{true, false, true, false}, 1, func(int) int32 { return 0 }, 10, 1)
	if auc[0].Low != .75 || auc[0].High != .75 {
		t.Errorf("got %v", auc[0])
	}
}

// 400 learners, half with 1 of 2 and half with 0 of 1: the ratio is 200 / 600 = .333. Drawing 400 with replacement, the number
// of the first kind has standard deviation 10; at 200 ± 10 the ratio k/(400+k) is .3443 and .3220, so ± .011, and 95 % are ± .022.
func TestRatio_IsOverLearners(t *testing.T) {
	over, under := make([]float64, 400), make([]float64, 400)
	for i := range over {
		over[i], under[i] = float64(i%2), float64(1+i%2)
	}
	got := Ratio(over, under, Resamples, 1)
	if math.Abs(float64(got.Low)-0.3115) > 0.004 || math.Abs(float64(got.High)-0.3552) > 0.004 {
		t.Errorf("%+v", got)
	}
	if got != Ratio(over, under, Resamples, 1) {
		t.Error("one seed, two intervals")
	}
	if none := Ratio([]float64{0}, []float64{0}, 10, 1); !math.IsNaN(float64(none.Low)) {
		t.Errorf("nothing to divide by gives %+v", none)
	}
}

func TestFolds_AreEvenAndSeeded(t *testing.T) {
	f, g, h := Folds(103, 5, 1), Folds(103, 5, 1), Folds(103, 5, 2)
	var n [5]int
	same := 0
	for i := range f {
		n[f[i]]++
		if f[i] != g[i] {
			t.Fatal("the same seed gave other folds")
		}
		if f[i] == h[i] {
			same++
		}
	}
	if n != [5]int{21, 21, 21, 20, 20} || same > 60 {
		t.Errorf("sizes %v; %d of 103 as with another seed", n, same)
	}
}

func TestFigure_IsNullWhenThereIsNone(t *testing.T) {
	b, err := json.Marshal([]Figure{Figure(math.NaN()), .12345678})
	if err != nil || string(b) != "[null,0.123457]" {
		t.Errorf("got %s, %v", b, err)
	}
}

// Item 1 has 30 answers, ten of them .3 apart; item 0 has 29, all apart, and is not named; item 2 is never apart (.25 exactly is
// not more than .25). (29 + 10)/90 of the answers are apart.
func TestDisagree_NamesItemsWithEnoughAnswers(t *testing.T) {
	var first, second []float64
	var correct []bool
	var item []int32
	for i := range 90 {
		k, gap := int32(2), .25
		switch {
		case i < 29:
			k, gap = 0, .5
		case i < 39:
			k, gap = 1, .3
		case i < 59:
			k, gap = 1, 0
		}
		first, second = append(first, .25), append(second, .25+gap)
		correct, item = append(correct, i%2 == 0), append(item, k)
	}
	share, all := Disagree(first, second, correct, 3, func(i int) int32 { return item[i] })
	near(t, "share", share, 39.0/90, 1e-12)
	if len(all) != 1 || all[0].Item != 1 || all[0].Rows != 30 {
		t.Fatalf("got %+v", all)
	}
	near(t, "its share", all[0].Share, 1.0/3, 1e-12)
	near(t, "its second mean", all[0].Second, .25+.1, 1e-12)
	near(t, "its right answers", all[0].Correct, .5, 1e-12)
}

// Three cases are true; the three highest are .9 (true), .8 (not), .7 (true): 2/3.
func TestPrecisionAtBaseRate_ByHand(t *testing.T) {
	near(t, "two of three", PrecisionAtBaseRate([]float64{.1, .9, .8, .3, .7}, []bool{true, true, false, false, true}), 2.0/3, 1e-15)
	near(t, "none true", PrecisionAtBaseRate([]float64{.1}, []bool{false}), math.NaN(), 0)
}

package itemhealth

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s: %.4f, want %.4f", what, got, want)
	}
}

func TestCorrelation_ByHand(t *testing.T) {
	var x, y []float64
	for range 6 { // of 1,1 0,0 1,0 0,1 1,1: r = (3 - 5·.6·.6)/√(1.2·1.2) a fifth
		x, y = append(x, 1, 0, 1, 0, 1), append(y, 1, 0, 0, 1, 1)
	}
	c := correlation(x, y)
	near(t, "r", c.At, 1./6, 1e-9)
	half := 1.959963984540054 / math.Sqrt(27)
	near(t, "low", c.Low, math.Tanh(math.Atanh(1./6)-half), 1e-9)
	if correlation(x[:19], y[:19]) != nil {
		t.Error("nineteen pairs are compared")
	}
	if correlation(make([]float64, 30), y) != nil {
		t.Error("who never varies is compared")
	}
}

// class makes n learners of even spread in strength who answer items of chance given by p(strength).
func class(n int, seed uint64, items []func(strength float64) float64) []Answer {
	r := rand.New(rand.NewPCG(seed, 1))
	var out []Answer
	for person := range n {
		strength := 4*float64(person)/float64(n-1) - 2
		for i, p := range items {
			out = append(out, Answer{Person: person, Item: i, Version: 1, Right: r.Float64() < p(strength), TookMs: 20_000 + int64(r.IntN(10_000))})
		}
	}
	return out
}

func rising(hard float64) func(float64) float64 {
	return func(s float64) float64 { return 1 / (1 + math.Exp(-2*(s-hard))) }
}

func kinds(h Health) []Kind {
	var out []Kind
	for _, f := range h.Findings {
		out = append(out, f.Kind)
	}
	return out
}

func TestOf_FindsTheItemWhoseKeyIsWrong(t *testing.T) {
	sound := []func(float64) float64{rising(-.5), rising(0), rising(.5), rising(-1), rising(.3), rising(-.3), rising(0)}
	falls := func(s float64) float64 { return 1 - rising(0)(s) } // whoever knows it is told "not yet"
	nobody := func(float64) float64 { return .03 }
	everybody := func(float64) float64 { return .995 }
	coin := func(float64) float64 { return .6 }
	all := Of(class(120, 7, append(sound, falls, nobody, everybody, coin)))
	if len(all) != 11 {
		t.Fatalf("%d items", len(all))
	}
	for i := range sound {
		if ks := kinds(all[i]); slices.Contains(ks, Backwards) || slices.Contains(ks, HardlyAny) || slices.Contains(ks, TellsLess) {
			t.Errorf("sound item %d: %v (tells %+v)", i, ks, all[i].Tells)
		}
	}
	for i, want := range map[int]Kind{7: Backwards, 8: HardlyAny, 9: TooEasy, 10: TellsLess} {
		if ks := kinds(all[i]); !slices.Contains(ks, want) {
			t.Errorf("item %d: %v (share %+v, tells %+v), want %s", i, ks, all[i].Share, all[i].Tells, want)
		}
	}
	if all[7].Findings[0].Kind != Backwards {
		t.Errorf("the gravest is not first: %v", kinds(all[7]))
	}
}

// A sound item is doubted in fewer than one of forty schools: the interval is two-sided.
func TestOf_SeldomDoubtsASoundKey(t *testing.T) {
	doubts, n := 0, 0
	for seed := range uint64(60) {
		for _, h := range Of(class(40, seed, []func(float64) float64{rising(-1), rising(-.5), rising(0), rising(.5), rising(1), rising(.2)})) {
			n++
			if ks := kinds(h); slices.Contains(ks, Backwards) {
				doubts++
			}
		}
	}
	if doubts > n/40 {
		t.Errorf("%d of %d sound items are doubted", doubts, n)
	}
}

func TestOf_SaysNothingOfWhatFewHaveMet(t *testing.T) {
	var as []Answer
	for p := range Least - 1 {
		as = append(as, Answer{Person: p, Version: 1})
	}
	if h := Of(as)[0]; len(h.Findings) > 0 || h.Learners != Least-1 {
		t.Errorf("%+v", h)
	}
	if h := Of(append(as, Answer{Person: Least, Version: 1}))[0]; len(h.Findings) == 0 || h.Findings[0].Kind != HardlyAny {
		t.Errorf("%+v", h)
	}
	if Of(nil) != nil {
		t.Error("nothing has health")
	}
}

func TestOf_CountsTheFirstMeetingAlone(t *testing.T) {
	h := Of([]Answer{{Version: 1}, {Version: 1, Right: true}, {Version: 1, Right: true}, {Person: 1, Version: 1, Right: true}})[0]
	if h.Learners != 2 || h.Right != 1 || h.Unnamed != 1 {
		t.Errorf("%+v", h)
	}
}

func TestOf_NamesTheTrapAndWhatHasNoName(t *testing.T) {
	var as []Answer
	for p := range 40 {
		a := Answer{Person: p, Version: 1, Right: p%4 == 0}
		if !a.Right && p%2 == 1 {
			a.Mistake = "upside-down"
		}
		as = append(as, a)
	}
	h := Of(as)[0]
	if len(h.Mistakes) != 1 || h.Mistakes[0] != (Mistake{"upside-down", 20}) || h.Unnamed != 10 {
		t.Fatalf("%+v", h)
	}
	if !slices.Contains(h.Findings, Finding{SameTrap, "upside-down"}) || slices.Contains(kinds(h), Unnamed) {
		t.Errorf("%+v", h.Findings)
	}
	for i := range as {
		as[i].Mistake = ""
	}
	if h := Of(as)[0]; !slices.Contains(kinds(h), Unnamed) {
		t.Errorf("%+v", h.Findings)
	}
}

func TestOf_SeesThatAVersionIsAnsweredOtherwise(t *testing.T) {
	var as []Answer
	for p := range 60 {
		as = append(as, Answer{Person: p, Version: 1 + p/30, Right: p < 27 || p >= 48})
	}
	h := Of(as)[0] // version 1: 27 of 30, version 2: 12 of 30
	if h.Version != 2 || h.Learners != 30 || h.Before == nil || h.Before.Version != 1 || h.Before.Right != 27 {
		t.Fatalf("%+v", h)
	}
	near(t, "change", h.Before.Change.At, -.5, 1e-9)
	if !slices.Contains(kinds(h), Drifted) {
		t.Errorf("%+v", h.Findings)
	}
}

func TestOf_SeesWhatTakesFarLonger(t *testing.T) {
	var as []Answer
	for p := range 30 {
		for i, ms := range []int64{20_000, 25_000, 90_000} {
			as = append(as, Answer{Person: p, Item: i, Skill: 1, Version: 1, Right: p%2 == 0, TookMs: ms})
		}
	}
	all := Of(as)
	if !slices.Contains(kinds(all[2]), Slow) || slices.Contains(kinds(all[1]), Slow) || all[2].MedianMs != 90_000 {
		t.Errorf("%+v", all)
	}
}

// What teachers ruled needs no crowd: two answers that were right after all say that the key takes too little.
func TestOf_HearsWhatTeachersRuled(t *testing.T) {
	h := Of([]Answer{{Version: 1, Accepted: true}, {Person: 1, Version: 1, Accepted: true}, {Person: 2, Version: 1}})[0]
	if h.Right != 2 || h.Accepted != 2 || h.Unnamed != 1 || !slices.Equal(kinds(h), []Kind{WasRight}) {
		t.Errorf("%+v", h)
	}
	if h := Of([]Answer{{Version: 1, Accepted: true}})[0]; len(h.Findings) != 0 {
		t.Errorf("%+v", h)
	}
}

func TestHeadsApart_StandsWhereItsGravityPutsIt(t *testing.T) {
	h := Health{Findings: []Finding{{Kind: Backwards}, {Kind: TellsLess}}}
	if h.HeadsApart(.29, .9, .2) || len(h.Findings) != 2 {
		t.Errorf("too few of its answers: %v", h.Findings)
	}
	if !h.HeadsApart(.3, .9, .2) || h.Findings[1].Kind != Below {
		t.Errorf("right less often than expected: %v", h.Findings)
	}
	other := Health{}
	if !other.HeadsApart(.5, .2, .9) || other.Findings[0].Kind != Above {
		t.Errorf("right more often than expected: %v", other.Findings)
	}
}

// What a person looked at counts for how easy an item is; its time is no measure for others, and it needs no name for a mistake.
// One in ten may still wait.
func TestOf_WhatAPersonLookedAtCounts(t *testing.T) {
	var answers []Answer
	for p := range 22 {
		answers = append(answers, Answer{Person: p, Item: 0, Version: 1, Looked: p < 20, Waits: p >= 20, Right: p < 3, TookMs: 400_000},
			Answer{Person: p, Item: 1, Version: 1, Right: p < 11, TookMs: 10_000})
	}
	all := Of(answers)
	h := all[0]
	if h.Learners != 20 || h.Looked != 20 || h.Waiting != 2 || h.Right != 3 || h.Unnamed != 0 || h.MedianMs != 400_000 {
		t.Errorf("%+v", h)
	}
	if len(h.Findings) != 1 || h.Findings[0].Kind != TooHard {
		t.Errorf("findings %+v", h.Findings)
	}
	for i := range answers {
		if answers[i].Item == 0 && answers[i].Person == 19 {
			answers[i].Looked, answers[i].Waits = false, true
		}
		if answers[i].Item == 0 && answers[i].Person == 18 {
			answers[i].Person = 30 // somebody else, so that twenty are known again
		}
	}
	answers = append(answers, Answer{Person: 31, Item: 0, Version: 1, Looked: true})
	if h = Of(answers)[0]; h.Waiting != 3 || h.Learners != 20 || len(h.Findings) != 0 {
		t.Errorf("three of twenty-three wait: %+v", h)
	}
}

package ability

import (
	"math"
	"math/rand/v2"
	"testing"

	"kith/internal/fault"
)

// By hand. All means 0, variances 1 (learner), .5 (two skills), 1 (item): x = 0, p = .5, V = 1 + 2*.5/4 + 1 = 2.25,
// w = .25, 1 + wV = 1.5625; gain .5/1.5625 = .32, less .25/1.5625 = .16. Right: learner +1*.32; each skill +.5*.5*.32 =
// .08; item -.32. Variances: 1 - .16 = .84; skill .5 - .25*.25*.16 = .49; item .84.
func TestUpdate_ByHand(t *testing.T) {
	who, item := Normal{0, 1}, Normal{0, 1}
	skills := []Normal{{0, 0.5}, {0, 0.5}}
	if p := Update(&who, skills, &item, true, 1); p != 0.5 {
		t.Errorf("chance %v", p)
	}
	for _, c := range []struct{ got, want Normal }{{who, Normal{0.32, 0.84}}, {skills[0], Normal{0.08, 0.49}}, {skills[1], Normal{0.08, 0.49}}, {item, Normal{-0.32, 0.84}}} {
		if math.Abs(c.got.Mean-c.want.Mean) > 1e-12 || math.Abs(c.got.Var-c.want.Var) > 1e-12 {
			t.Errorf("got %+v, want %+v", c.got, c.want)
		}
	}
}

// Mean 1, variance 1, item 0 for certain but for .0: x/sqrt(1 + pi/8) = 1/1.180168 = .847337; logistic .699999.
func TestChance_IsDrawnToOneHalfByUncertainty(t *testing.T) {
	if got := Chance(Normal{1, 1}, nil, Normal{}); math.Abs(got-0.70000) > 1e-4 {
		t.Errorf("got %v", got)
	}
	if got := Chance(Normal{1, 1e-12}, nil, Normal{}); math.Abs(got-0.7310586) > 1e-6 {
		t.Errorf("certain: got %v", got)
	}
}

func TestUpdate_NoEvidenceNoMove(t *testing.T) {
	who, item := Normal{0.3, 1}, Normal{-0.2, 1}
	Update(&who, nil, &item, true, 0)
	if who != (Normal{0.3, 1}) || item != (Normal{-0.2, 1}) {
		t.Errorf("got %+v, %+v", who, item)
	}
}

// Properties over random beliefs (seed fixed): variances shrink and stay above 0, a right answer raises abilities and lowers
// difficulty, half the weight moves less.
func TestUpdate_MovesTheRightWay(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		n := func() Normal { return Normal{4*r.Float64() - 2, 0.01 + 3*r.Float64()} }
		who, item, skills := n(), n(), []Normal{n(), n(), n()}[:r.IntN(4)]
		a, b, s := who, item, append([]Normal{}, skills...)
		right := r.IntN(2) == 0
		Update(&a, s, &b, right, 1)
		sign := -1.0
		if right {
			sign = 1
		}
		if sign*(a.Mean-who.Mean) <= 0 || sign*(b.Mean-item.Mean) >= 0 || a.Var >= who.Var || b.Var >= item.Var || a.Var <= 0 || b.Var <= 0 {
			t.Fatalf("right %v: %+v -> %+v, item %+v -> %+v", right, who, a, item, b)
		}
		for i := range s {
			if sign*(s[i].Mean-skills[i].Mean) <= 0 || s[i].Var >= skills[i].Var {
				t.Fatalf("right %v: skill %+v -> %+v", right, skills[i], s[i])
			}
		}
		h, hb := who, item
		Update(&h, append([]Normal{}, skills...), &hb, right, 0.5)
		if math.Abs(h.Mean-who.Mean) >= math.Abs(a.Mean-who.Mean) {
			t.Fatal("half the weight moves as much")
		}
	}
}

func TestAfter_LosesCertaintyUpToTheStart(t *testing.T) {
	p := Params{Learner: 1, Skill: 1, Item: 1, Drift: 0.01}
	for _, c := range []struct{ days, want float64 }{{0, 0.2}, {-4, 0.2}, {10, 0.3}, {1000, 1}} {
		if got := p.After(Normal{0.7, 0.2}, c.days, 1); math.Abs(got.Var-c.want) > 1e-12 || got.Mean != 0.7 {
			t.Errorf("%v days: got %+v", c.days, got)
		}
	}
}

// simulate makes answers of learners to items whose abilities and difficulties are drawn with these variances.
func simulate(p Params, learners, items, answers int, seed uint64) (rows []Row, difficulty []float64) {
	r := rand.New(rand.NewPCG(seed, 3))
	difficulty = make([]float64, items)
	for i := range difficulty {
		difficulty[i] = math.Sqrt(p.Item) * r.NormFloat64()
	}
	for who := range learners {
		a := math.Sqrt(p.Learner) * r.NormFloat64()
		var skill [8]float64
		for k := range skill {
			skill[k] = math.Sqrt(p.Skill) * r.NormFloat64()
		}
		for range answers {
			i := r.IntN(items)
			rows = append(rows, Row{Learner: who, Item: i, Skills: []int{i % 8}, Weight: 1, Right: r.Float64() < logistic(a+skill[i%8]-difficulty[i])})
		}
	}
	return rows, difficulty
}

// 500 learners, 60 answers each to 80 items: difficulties come back within .25 on average, and chances are true to within .05
// in each tenth that holds 500 answers, after the first 5,000 answers.
func TestUpdate_FindsSimulatedDifficulties(t *testing.T) {
	truth := Params{Learner: 1, Skill: 0.5, Item: 1}
	rows, difficulty := simulate(truth, 500, 80, 60, 7)
	items := make([]Normal, len(difficulty))
	for i := range items {
		items[i] = Normal{Var: truth.Item}
	}
	learners, skills := map[int]*Normal{}, map[pair]*Normal{}
	var n, sum, right [10]float64
	for at, r := range rows {
		if learners[r.Learner] == nil {
			learners[r.Learner] = &Normal{Var: truth.Learner}
		}
		k := pair{r.Learner, r.Skills[0]}
		if skills[k] == nil {
			skills[k] = &Normal{Var: truth.Skill}
		}
		s := []Normal{*skills[k]}
		p := Update(learners[r.Learner], s, &items[r.Item], r.Right, 1)
		*skills[k] = s[0]
		if at < 5_000 {
			continue
		}
		d := min(int(p*10), 9)
		n[d]++
		sum[d] += p
		if r.Right {
			right[d]++
		}
	}
	var off, mean float64
	for i, d := range difficulty {
		mean += (items[i].Mean - d) / float64(len(difficulty)) // the scale's origin is free
	}
	for i, d := range difficulty {
		off += math.Abs(items[i].Mean-mean-d) / float64(len(difficulty))
	}
	if off > 0.25 {
		t.Errorf("difficulties are off by %.3f on average", off)
	}
	for d := range n {
		if n[d] > 500 && math.Abs(sum[d]-right[d])/n[d] > 0.05 {
			t.Errorf("tenth %d, %.0f answers: said %.3f, was %.3f", d, n[d], sum[d]/n[d], right[d]/n[d])
		}
	}
}

func TestFit_FindsTheVariances(t *testing.T) {
	truth := Params{Learner: 2, Skill: 0.25, Item: 0.5}
	rows, _ := simulate(truth, 300, 60, 40, 9)
	got, err := Fit(rows)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := LogLoss(Usual(), rows)
	b, _ := LogLoss(got, rows)
	c, _ := LogLoss(truth, rows)
	t.Logf("log loss: usual %.4f, fitted %.4f, truth %.4f; %+v", a, b, c, got)
	if b > a || b > c+0.001 || got.Learner < 1 || got.Skill > 0.5 {
		t.Errorf("got %+v: usual %.4f, fitted %.4f, truth %.4f", got, a, b, c)
	}
	if got, err := Fit(nil); err != nil || got != Usual() {
		t.Errorf("no answers: %+v, %v", got, err)
	}
}

func TestFit_RefusesWhatCannotBe(t *testing.T) {
	for _, r := range []Row{{Weight: math.NaN()}, {Weight: 2}, {Weight: -1}, {Weight: 1, Days: math.NaN()}, {Weight: 1, Days: math.Inf(1)}} {
		if _, err := Fit([]Row{r}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v", r, err)
		}
	}
	for _, p := range []Params{{}, {math.NaN(), 1, 1, 0}, {1, -1, 1, 0}, {1, 1, 101, 0}, {1, 1, 1, -1}, {1, 1, 1, math.NaN()}} {
		if err := p.Validate(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v", p, err)
		}
	}
}

func BenchmarkUpdate(b *testing.B) {
	who, item, skills := Normal{0, 1}, Normal{0, 1}, []Normal{{0, 0.5}}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		Update(&who, skills, &item, n%3 > 0, 1)
	}
}

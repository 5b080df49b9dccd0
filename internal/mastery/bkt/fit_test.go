package bkt

import (
	"math"
	"math/rand/v2"
	"testing"

	"kith/internal/fault"
)

// simulate adds what n learners answer to a skill with these parameters, each so often; learners number from first.
func simulate(t testing.TB, l *Log, skill int, p Params, first, n, answers int, r *rand.Rand) {
	t.Helper()
	for who := first; who < first+n; who++ {
		known := r.Float64() < p.Init
		for range answers {
			right := r.Float64() < p.Guess
			if known {
				right = r.Float64() >= p.Slip
			}
			if err := l.Add(who, []int{skill}, nil, Answer{Correct: right, Taught: true, Weight: 1}); err != nil {
				t.Fatal(err)
			}
			known = known || r.Float64() < p.Learn
		}
	}
}

func log(t testing.TB, skills int) *Log {
	t.Helper()
	l, err := NewLog(skills)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Two answers by hand, Init .25, Learn .12, Slip .1, Guess .2. Right: .25*.9 + .75*.2 = .375, then known .6, then .648.
// Not yet: .648*.1 + .352*.8 = .3464. ln .375 + ln .3464 = -.980829 - 1.060161 = -2.040990. With a gap that keeps .5: .25 + .398*.5 = .449;
// .449*.1 + .551*.8 = .4857; ln .375 + ln .4857 = -1.702994.
func TestLogLik_ByHand(t *testing.T) {
	for kept, want := range map[float64]float64{1: -2.040990, 0.5: -1.702994} {
		l := log(t, 1)
		_ = l.Add(0, []int{0}, []float64{1}, Answer{Correct: true, Taught: true, Weight: 1})
		_ = l.Add(0, []int{0}, []float64{kept}, Answer{Taught: true, Weight: 1})
		if got, err := LogLik(l, []Params{usual}); err != nil || math.Abs(got-want) > 1e-6 {
			t.Errorf("kept %v: got %.6f, %v", kept, got, err)
		}
	}
}

// random answers of every kind by a few learners to one skill.
func mixed(t testing.TB, r *rand.Rand) *Log {
	l := log(t, 1)
	for who := range 3 {
		for range 1 + r.IntN(5) {
			a := Answer{Correct: r.IntN(2) == 0, Options: r.IntN(5), Helped: r.IntN(4) == 0, Repeated: r.IntN(4) == 0, Taught: r.IntN(4) > 0, Weight: float64(r.IntN(3)) / 2}
			if !a.Correct && r.IntN(4) == 0 {
				a.Unlearned = true
			}
			kept := 1.0
			if r.IntN(2) == 0 {
				kept = float64(float32(r.Float64()))
			}
			if err := l.Add(who, []int{0}, []float64{kept}, a); err != nil {
				t.Fatal(err)
			}
		}
	}
	return l
}

// enumerate sums over every course that the hidden state can take, with every draw and every learning, and so finds the
// likelihood and the expected counts without forwards and backwards.
func enumerate(l *Log, p Params) (loglik float64, want counts) {
	pan := l.panel()
	for n := range len(pan.starts) - 1 {
		cells := pan.cells[pan.starts[n]:pan.starts[n+1]]
		var total float64
		var c counts
		var walk func(i int, known bool, chance float64, hits, of [four]float64)
		begin := func(i int, keep, chance float64, known bool, hits, of [four]float64) { // kept, or drawn anew
			if keep > 0 {
				walk(i, known, chance*keep, hits, of)
			}
			if keep < 1 {
				of[atInit]++
				walk(i, false, chance*(1-keep)*(1-p.Init), hits, of)
				hits[atInit]++
				walk(i, true, chance*(1-keep)*p.Init, hits, of)
			}
		}
		walk = func(i int, known bool, chance float64, hits, of [four]float64) {
			k := l.classes[cells[i].class]
			g := min(max(p.Guess, k.floor), 1-p.Slip)
			see := map[bool]float64{true: 1 - p.Slip, false: g}[known]
			if !k.right {
				see = 1 - see
			}
			if k.unlearned {
				see = map[bool]float64{true: saysKnown, false: saysUnknown}[known]
			}
			chance *= math.Pow(see, k.weight)
			switch {
			case k.unlearned:
			case known:
				of[atSlip] += k.weight
				if !k.right {
					hits[atSlip] += k.weight
				}
			case k.floor < p.Guess:
				of[atGuess] += k.weight
				if k.right {
					hits[atGuess] += k.weight
				}
			}
			if i == len(cells)-1 {
				total += chance
				for j := range four {
					c.hits[j] += chance * hits[j]
					c.of[j] += chance * of[j]
				}
				return
			}
			keep := float64(cells[i+1].kept)
			if known {
				begin(i+1, keep, chance, true, hits, of)
				return
			}
			of[atLearn] += k.due
			begin(i+1, keep, chance*(1-p.Learn*k.due), false, hits, of)
			if k.due > 0 {
				hits[atLearn]++
				begin(i+1, keep, chance*p.Learn*k.due, true, hits, of)
			}
		}
		var h, o [four]float64
		o[atInit] = 1
		walk(0, false, 1-p.Init, h, o)
		h[atInit] = 1
		walk(0, true, p.Init, h, o)
		loglik += math.Log(total)
		for j := range four {
			want.hits[j] += c.hits[j] / total
			want.of[j] += c.of[j] / total
		}
	}
	return loglik, want
}

func TestPass_EqualsEnumeration(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 300 {
		l := mixed(t, r)
		p := Params{Init: 0.05 + 0.9*r.Float64(), Learn: 0.05 + 0.4*r.Float64(), Slip: 0.05 + 0.25*r.Float64(), Guess: 0.05 + 0.3*r.Float64()}
		got := l.panel().pass(0, &p, newLens(len(l.classes)), &scratch{})
		loglik, want := enumerate(l, p)
		if math.Abs(got.loglik-loglik) > 1e-9 {
			t.Fatalf("log likelihood %v, enumerated %v", got.loglik, loglik)
		}
		for i := range four {
			if math.Abs(got.hits[i]-want.hits[i]) > 1e-9 || math.Abs(got.of[i]-want.of[i]) > 1e-9 {
				t.Fatalf("%+v, parameter %d: %v of %v, enumerated %v of %v", p, i, got.hits[i], got.of[i], want.hits[i], want.of[i])
			}
		}
	}
}

// What Fit reads and what a fold steps must be one model: the log likelihood is the sum of what Before and Chance say.
func TestLogLik_IsTheSumOfWhatTheStepsPredict(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	ps := []Params{usual, {Init: 0.4, Learn: 0.2, Slip: 0.15, Guess: 0.1}, {Init: 0.6, Learn: 0.05, Slip: 0.05, Guess: 0.3}}
	l := log(t, 3)
	var want float64
	for who := range 40 {
		b := []Belief{ps[0].Start(), ps[1].Start(), ps[2].Start()}
		for range 12 {
			k, kept := r.IntN(3), float64(float32(0.5+0.5*r.Float64()))
			a := Answer{Correct: r.IntN(2) == 0, Options: r.IntN(4), Taught: r.IntN(3) > 0, Weight: 1}
			if a.Options == 1 {
				a.Options = 0
			}
			if err := l.Add(who, []int{k}, []float64{kept}, a); err != nil {
				t.Fatal(err)
			}
			p := &ps[k]
			before := p.Before(b[k], kept)
			if b[k] == p.Start() && kept < 1 {
				before = p.Init
			}
			c := Chance([]*Params{p}, []float64{before}, a.Options)
			if !a.Correct {
				c = 1 - c
			}
			want += math.Log(c)
			b[k] = Belief{p.After(before, 1, a), a.Due()}
		}
	}
	if got, err := LogLik(l, ps); err != nil || math.Abs(got-want) > 1e-6 {
		t.Errorf("got %v, %v; the steps say %v", got, err, want)
	}
}

// 20 skills drawn around a course, 250 learners with 8 answers each to every one. Stated error: mean absolute .06 for
// Init, .02 Learn, .02 Slip, .03 Guess; the likelihood is no worse than the truth's.
func TestFit_RecoversSimulatedParameters(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	const skills = 20
	l := log(t, skills)
	truth := make([]Params, skills)
	for k := range truth {
		truth[k] = Params{Init: 0.15 + 0.4*r.Float64(), Learn: 0.05 + 0.2*r.Float64(), Slip: 0.03 + 0.15*r.Float64(), Guess: 0.08 + 0.2*r.Float64()}
		simulate(t, l, k, truth[k], 0, 250, 8, r)
	}
	f, err := Fit(l, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var off [four]float64
	for k := range truth {
		if err := f.Skills[k].Validate(); err != nil {
			t.Error(err)
		}
		for i := range four {
			off[i] += math.Abs(f.Skills[k].at(i)-truth[k].at(i)) / skills
		}
	}
	under, _ := LogLik(l, truth)
	t.Logf("off by %.3f on average after %d iterations, strength %.0f, log likelihood %.1f (truth %.1f)", off, f.Iterations, f.Strength, f.LogLik, under)
	for i, most := range [four]float64{0.06, 0.02, 0.02, 0.03} {
		if off[i] > most {
			t.Errorf("parameter %d is off by %.4f on average", i, off[i])
		}
	}
	if f.LogLik < under {
		t.Errorf("log likelihood %.1f is below the truth's %.1f", f.LogLik, under)
	}
}

// Fresh learners are predicted better by shrunken estimates than by each skill's own, when skills have few answers: 30
// skills, 12 learners with 6 answers each.
func TestFit_ShrinkingHelpsSkillsWithFewAnswers(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 42))
	const skills = 30
	seen, fresh := log(t, skills), log(t, skills)
	for k := range skills {
		p := Params{Init: 0.2 + 0.3*r.Float64(), Learn: 0.05 + 0.15*r.Float64(), Slip: 0.05 + 0.1*r.Float64(), Guess: 0.1 + 0.15*r.Float64()}
		simulate(t, seen, k, p, 0, 12, 6, r)
		simulate(t, fresh, k, p, 0, 200, 6, r)
	}
	shrunk, err := Fit(seen, Options{})
	if err != nil {
		t.Fatal(err)
	}
	alone := make([]Params, skills)
	for k := range alone { // each skill by itself, kept inside the bounds so that it can be used at all
		one := log(t, 1)
		for _, c := range seen.cells {
			if int(c.skill) == k {
				_ = one.Add(int(c.learner), []int{0}, nil, Answer{Correct: seen.classes[c.class].right, Taught: true, Weight: 1})
			}
		}
		f, _ := Fit(one, Options{Plain: true})
		var v [four]float64
		for i := range four {
			v[i] = bounded(i, f.Skills[0].at(i))
		}
		alone[k] = params(v)
	}
	a, _ := LogLik(fresh, shrunk.Skills)
	b, _ := LogLik(fresh, alone)
	n := float64(fresh.Answers())
	t.Logf("log loss on fresh learners: shrunk %.4f, each alone %.4f", -a/n, -b/n)
	if a <= b+0.005*n {
		t.Errorf("shrunk %.1f, each alone %.1f", a, b)
	}
}

func TestFit_ASkillWithoutAnswersHasTheCourses(t *testing.T) {
	r := rand.New(rand.NewPCG(51, 52))
	l := log(t, 4)
	p := Params{Init: 0.5, Learn: 0.2, Slip: 0.05, Guess: 0.1}
	simulate(t, l, 0, p, 0, 300, 8, r)
	simulate(t, l, 1, p, 0, 300, 8, r)
	simulate(t, l, 2, Params{Init: 0.1, Learn: 0.02, Slip: 0.05, Guess: 0.1}, 0, 1, 2, r)
	f, err := Fit(l, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if f.Skills[3] != f.Course || f.Answers[3] != 0 {
		t.Errorf("got %+v with %d answers, the course has %+v", f.Skills[3], f.Answers[3], f.Course)
	}
	if math.Abs(f.Skills[2].Init-f.Course.Init) > 0.1 || math.Abs(f.Course.Init-0.5) > 0.1 {
		t.Errorf("two answers moved a skill to %+v; the course has %+v", f.Skills[2], f.Course)
	}
	empty, err := Fit(log(t, 2), Options{})
	if err != nil || empty.Course != Usual() || empty.Skills[1] != Usual() {
		t.Errorf("no answers at all: %+v, %v", empty, err)
	}
}

// Without priors EM never lowers the likelihood, and ends where more iterations change nothing.
func TestFit_PlainClimbs(t *testing.T) {
	r := rand.New(rand.NewPCG(61, 62))
	l := log(t, 2)
	simulate(t, l, 0, usual, 0, 200, 8, r)
	simulate(t, l, 1, Params{Init: 0.5, Learn: 0.2, Slip: 0.05, Guess: 0.1}, 0, 200, 8, r)
	last := math.Inf(-1)
	for n := 1; n <= 60; n += 3 {
		f, err := Fit(l, Options{Plain: true, Iterations: n})
		if err != nil || f.LogLik < last-1e-9 {
			t.Fatalf("after %d iterations %v, before %v, %v", n, f.LogLik, last, err)
		}
		last = f.LogLik
	}
	free, _ := Fit(l, Options{})
	if free.LogLik > last {
		t.Errorf("with priors %v, without %v", free.LogLik, last)
	}
}

// Two skills; half of the answers ask both. Somebody who lacks only the second must not make the first look unknown: the
// parameters still come back (within .06), and answers to items with both are predicted no worse than by the truth.
func TestFit_SharesAnswersThatAskSeveralSkills(t *testing.T) {
	r := rand.New(rand.NewPCG(71, 72))
	truth := []Params{{Init: 0.5, Learn: 0.1, Slip: 0.08, Guess: 0.15}, {Init: 0.2, Learn: 0.08, Slip: 0.08, Guess: 0.15}}
	l := log(t, 2)
	for who := range 600 {
		var known [2]bool
		for k := range known {
			known[k] = r.Float64() < truth[k].Init
		}
		for n := range 16 {
			asked := []int{0, 1}
			if n%2 == 0 {
				asked = asked[n/2%2 : n/2%2+1]
			}
			all := true
			for _, k := range asked {
				all = all && known[k]
			}
			right := r.Float64() < 0.15
			if all {
				right = r.Float64() >= 0.08
			}
			if err := l.Add(who, asked, nil, Answer{Correct: right, Taught: true, Weight: 1}); err != nil {
				t.Fatal(err)
			}
			for _, k := range asked {
				known[k] = known[k] || r.Float64() < truth[k].Learn
			}
		}
	}
	f, err := Fit(l, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for k := range truth {
		for i := range four {
			if d := math.Abs(f.Skills[k].at(i) - truth[k].at(i)); d > 0.06 {
				t.Errorf("skill %d, parameter %d: got %.3f, want %.3f", k, i, f.Skills[k].at(i), truth[k].at(i))
			}
		}
	}
}

func TestLog_RefusesWhatCannotBe(t *testing.T) {
	ok := Answer{Weight: 1}
	for name, try := range map[string]func(l *Log) error{
		"no skills":       func(*Log) error { _, err := NewLog(0); return err },
		"no skill":        func(l *Log) error { return l.Add(0, nil, nil, ok) },
		"unknown skill":   func(l *Log) error { return l.Add(0, []int{2}, nil, ok) },
		"negative skill":  func(l *Log) error { return l.Add(0, []int{-1}, nil, ok) },
		"skill twice":     func(l *Log) error { return l.Add(0, []int{1, 1}, nil, ok) },
		"learner":         func(l *Log) error { return l.Add(-1, []int{0}, nil, ok) },
		"kept of one":     func(l *Log) error { return l.Add(0, []int{0, 1}, []float64{1}, ok) },
		"kept above 1":    func(l *Log) error { return l.Add(0, []int{0}, []float64{1.1}, ok) },
		"kept NaN":        func(l *Log) error { return l.Add(0, []int{0}, []float64{math.NaN()}, ok) },
		"weight NaN":      func(l *Log) error { return l.Add(0, []int{0}, nil, Answer{Weight: math.NaN()}) },
		"weight above 1":  func(l *Log) error { return l.Add(0, []int{0}, nil, Answer{Weight: 2}) },
		"options":         func(l *Log) error { return l.Add(0, []int{0}, nil, Answer{Weight: 1, Options: -1}) },
		"right unlearned": func(l *Log) error { return l.Add(0, []int{0}, nil, Answer{Weight: 1, Correct: true, Unlearned: true}) },
		"course":          func(l *Log) error { _, err := Fit(l, Options{Course: Params{Init: 2}}); return err },
		"iterations":      func(l *Log) error { _, err := Fit(l, Options{Iterations: -1}); return err },
		"too few":         func(l *Log) error { _, err := LogLik(l, []Params{usual}); return err },
		"not valid":       func(l *Log) error { _, err := LogLik(l, []Params{usual, {}}); return err },
	} {
		l := log(t, 2)
		if err := try(l); !fault.Is(err, fault.Invalid) || l.Answers() != 0 {
			t.Errorf("%s: got %v, %d answers", name, err, l.Answers())
		}
	}
}

// 220,000 answers of 4,000 learners to 110 skills, the size of ASSISTments 2009, 40 iterations whatever happens.
func BenchmarkFit(b *testing.B) {
	r := rand.New(rand.NewPCG(81, 82))
	l := log(b, 110)
	for k := range 110 {
		simulate(b, l, k, Params{Init: 0.2 + 0.4*r.Float64(), Learn: 0.05 + 0.2*r.Float64(), Slip: 0.1, Guess: 0.2}, r.IntN(3_500), 400, 5, r)
	}
	b.ReportAllocs()
	var f Fitted
	for b.Loop() {
		f, _ = Fit(l, Options{})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(f.Iterations)/float64(l.Answers()), "ns/answer/iteration")
}

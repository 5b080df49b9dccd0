package main

import (
	"encoding/csv"
	"errors"
	"math/rand/v2"
	"os"
	"strconv"
	"time"

	"kith/internal/answers"
	"kith/internal/mastery/bkt"
	"kith/internal/predict"
)

// The heads that bench mastery scores, in the order in which they are reported.
const (
	headMastery = iota
	headPrediction
	headReadable
	heads
)

var headNames = [heads]string{"mastery", "prediction", "readable"}

// scored is what a bench run gathers: probabilities of each head beside the rows that they were given for.
type scored struct {
	rows    []answers.Row
	correct []bool
	fold    []int
	p       [heads][]float64
	fit     [heads]float64 // seconds of processor of all fits together
	ns      [heads]float64 // nanoseconds an answer
	fits    int
}

// foretold answers a learner's rows one step ahead: before each the chance, then what came of it.
type foretold interface {
	begin()
	next(r answers.Row, skills []int32) (float64, error)
}

// fold fits every head on train and scores the rows of test, each learner from the beginning.
func (s *scored) score(train, test *answers.Log, fold int) error {
	var fitted [heads]foretold
	seconds, err := timed(func() (err error) { fitted[headMastery], err = fitTracing(train); return err })
	if err != nil {
		return err
	}
	s.fit[headMastery] += seconds
	var prepared *predict.Prepared
	before, err := timed(func() (err error) { prepared, err = predict.Prepare(train); return err })
	if err != nil {
		return err
	}
	for _, h := range []struct {
		at   int
		head predict.Head
	}{{headPrediction, predict.Prediction}, {headReadable, predict.Readable}} {
		seconds, err := timed(func() error { fitted[h.at] = &foreseen{model: prepared.Fit(h.head)}; return nil })
		if err != nil {
			return err
		}
		s.fit[h.at] += before + seconds // each would be prepared for on its own
	}
	s.fits++
	for h, f := range fitted {
		if s.p[h], err = run(f, test, s.p[h]); err != nil {
			return err
		}
		if fold == 0 {
			if s.ns[h], err = perAnswer(f, test); err != nil {
				return err
			}
		}
	}
	for _, r := range test.Rows {
		s.rows, s.correct, s.fold = append(s.rows, r), append(s.correct, r.Correct), append(s.fold, fold)
	}
	return nil
}

// write writes the scored rows as CSV, learners together and each in order.
func (s *scored) write(name string, log *answers.Log) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	_ = w.Write([]string{"user", "item", "fold", "correct", headNames[0], headNames[1], headNames[2]})
	for i, r := range s.rows {
		line := []string{log.Learners[r.Learner], log.Items[r.Item], strconv.Itoa(s.fold[i]), "0"}
		if r.Correct {
			line[3] = "1"
		}
		for _, p := range s.p {
			line = append(line, strconv.FormatFloat(p[i], 'g', 7, 64))
		}
		_ = w.Write(line)
	}
	w.Flush()
	return errors.Join(w.Error(), f.Close())
}

// run appends the chance before each answer of the log.
func run(f foretold, log *answers.Log, p []float64) ([]float64, error) {
	for l := range log.Learners {
		f.begin()
		for _, r := range log.Of(l) {
			v, err := f.next(r, log.Sets[r.Set])
			if err != nil {
				return nil, err
			}
			p = append(p, v)
		}
	}
	return p, nil
}

// leastTimed is how long at least is measured before a time an answer is said.
const leastTimed = 0.4

// perAnswer is how many nanoseconds one answer takes: the history moved by it, and the chance of the next.
func perAnswer(f foretold, log *answers.Log) (float64, error) {
	p := make([]float64, 0, len(log.Rows))
	var seconds float64
	n := 0
	for seconds < leastTimed {
		took, err := timed(func() (err error) { p, err = run(f, log, p[:0]); return err })
		if err != nil {
			return 0, err
		}
		seconds += took
		n += len(log.Rows)
	}
	return seconds / float64(n) * 1e9, nil
}

// timed is how many seconds of processor do took; of the clock where the processor's cannot be read. Other programs on a
// busy machine count in the clock's time and hardly in the processor's.
func timed(do func() error) (float64, error) {
	began, used := time.Now(), processorTime(os.Getpid())
	err := do()
	took, after := time.Since(began), processorTime(os.Getpid())
	if after > 0 {
		took = max(after-used, time.Millisecond) // the processor's time comes in steps of 10 ms
	}
	return took.Seconds(), err
}

// foreseen is a prediction head at work.
type foreseen struct {
	model   *predict.Model
	learner predict.Learner
}

func (f *foreseen) begin() { f.learner.Forget() }

func (f *foreseen) next(r answers.Row, skills []int32) (float64, error) {
	a := predict.Ask{Item: r.Item, Skills: skills, At: r.At}
	p, err := f.model.Predict(&f.learner, a)
	if err != nil {
		return 0, err
	}
	return p, f.model.Observe(&f.learner, a, r.Correct)
}

// tracing is the mastery head at work: Bayesian knowledge tracing with fitted parameters. A log says nothing of help or choices, so
// every answer counts as typed and unaided.
type tracing struct {
	params  []bkt.Params
	belief  []bkt.Belief
	met     []int32
	known   []bool
	scratch []*bkt.Params
	before  []float64
}

func fitTracing(log *answers.Log) (*tracing, error) {
	b, err := bkt.NewLog(len(log.Skills))
	if err != nil {
		return nil, err
	}
	var skills []int
	for l := range log.Learners {
		for _, r := range log.Of(l) {
			skills = skills[:0]
			for _, k := range log.Sets[r.Set] {
				skills = append(skills, int(k))
			}
			if err := b.Add(l, skills, nil, bkt.Answer{Correct: r.Correct, Taught: true, Weight: 1}); err != nil {
				return nil, err
			}
		}
	}
	f, err := bkt.Fit(b, bkt.Options{})
	if err != nil {
		return nil, err
	}
	return &tracing{params: f.Skills, belief: make([]bkt.Belief, len(f.Skills)), known: make([]bool, len(f.Skills))}, nil
}

func (t *tracing) begin() {
	for _, k := range t.met {
		t.known[k] = false
	}
	t.met = t.met[:0]
}

func (t *tracing) next(r answers.Row, skills []int32) (float64, error) {
	t.scratch, t.before = t.scratch[:0], t.before[:0]
	for _, k := range skills {
		p := &t.params[k]
		if !t.known[k] {
			t.known[k], t.belief[k] = true, p.Start()
			t.met = append(t.met, k)
		}
		t.scratch = append(t.scratch, p)
		t.before = append(t.before, p.Before(t.belief[k], 1))
	}
	chance := bkt.Chance(t.scratch, t.before, 0)
	a := bkt.Answer{Correct: r.Correct, Taught: true, Weight: 1}
	for i, k := range skills {
		rest := 1.0
		for j := range skills {
			if j != i {
				rest *= t.before[j]
			}
		}
		t.belief[k] = bkt.Belief{Known: t.params[k].After(t.before[i], rest, a), Due: a.Due()}
	}
	return chance, nil
}

// classOf is how many learners start together when a school begins from zero.
const classOf = 30

// mixed is the rows of a log as a school would see them: classes of learners, one class after another, inside a class one answer of
// each in turn. The same seed gives the same order; places are indices into log.Rows.
func mixed(log *answers.Log, seed uint64) (places []int) {
	order := rand.New(rand.NewPCG(seed, 0xc1a55)).Perm(len(log.Learners))
	for from := 0; from < len(order); from += classOf {
		class := order[from:min(from+classOf, len(order))]
		for n, more := 0, true; more; n++ {
			more = false
			for _, l := range class {
				if at := log.Start[l] + n; at < log.Start[l+1] {
					places, more = append(places, at), true
				}
			}
		}
	}
	return places
}

// fromZero lets a prediction head begin with nothing and learn from each answer, in the order of places.
func fromZero(log *answers.Log, places []int, head predict.Head) (p []float64, ns float64, err error) {
	m := predict.FromZero(head)
	learners := make([]predict.Learner, len(log.Learners))
	p = make([]float64, len(places))
	seconds, err := timed(func() error {
		for i, at := range places {
			r := log.Rows[at]
			v, err := m.Learn(&learners[r.Learner], predict.Ask{Item: r.Item, Skills: log.Sets[r.Set], At: r.At}, r.Correct)
			if err != nil {
				return err
			}
			p[i] = v
		}
		return nil
	})
	return p, seconds / float64(len(places)) * 1e9, err
}

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"sync"
	"time"

	"kith/internal/diagnostic"
	"kith/internal/diagnostic/rasch"
	"kith/internal/item"
	"kith/internal/measure"
	"kith/internal/simulate/crowd"
	"kith/internal/skill"
)

// checkWorld is a graph, the people on it, and the check that does not know them.
type checkWorld struct {
	cmd     *diagnosticBench
	graph   *skill.Graph
	tangle  skill.Tangle
	ids     []skill.ID // one a class, in the graph's order
	at      map[skill.ID]int
	weight  []float64 // skills in each class
	crowd   crowd.Graph
	people  crowd.Population
	earlier diagnostic.Earlier
}

// layered is a made graph as a course.
func layered(n, width int, seed uint64) skill.Course {
	c := skill.Course{}
	for i := range n {
		c.Skills = append(c.Skills, skill.Skill{ID: skillName(i)})
	}
	for _, e := range crowd.Layered(n, width, seed).Edges {
		c.Edges = append(c.Edges, skill.Edge{From: skillName(e[0]), To: skillName(e[1])})
	}
	return c
}

func skillName(i int) skill.ID { return skill.ID(fmt.Sprintf("s%04d", i+1)) }

// firstSkills keeps the first n skills, prerequisites first, and the edges between them. Skills that need each other stay
// together.
func firstSkills(c skill.Course, n int) skill.Course {
	g, of, _ := skill.Untangle(c)
	members := map[skill.ID][]skill.Skill{}
	for _, s := range c.Skills {
		members[of[s.ID]] = append(members[of[s.ID]], s)
	}
	var out skill.Course
	in := map[skill.ID]bool{}
	for _, id := range g.Order() {
		if len(out.Skills)+len(members[id]) > n {
			break
		}
		for _, s := range members[id] {
			in[s.ID] = true
			out.Skills = append(out.Skills, s)
		}
	}
	for _, e := range c.Edges {
		if in[e.From] && in[e.To] {
			out.Edges = append(out.Edges, e)
		}
	}
	return out
}

func newCheckWorld(cmd *diagnosticBench, course skill.Course) *checkWorld {
	w := &checkWorld{cmd: cmd, at: map[skill.ID]int{}}
	var of map[skill.ID]skill.ID
	w.graph, of, w.tangle = skill.Untangle(course)
	w.ids = w.graph.Order()
	for i, id := range w.ids {
		w.at[id] = i
	}
	w.weight = make([]float64, len(w.ids))
	for _, by := range of {
		w.weight[w.at[by]]++
	}
	var edges [][2]int
	for i, id := range w.ids {
		for _, p := range w.graph.Prerequisites(id) {
			edges = append(edges, [2]int{w.at[p], i})
		}
	}
	w.crowd = crowd.Of(len(w.ids), edges)
	w.people = w.crowd.People(cmd.Seed)
	w.earlier = diagnostic.Earlier{Skills: w.ids}
	r := rand.New(rand.NewPCG(cmd.Seed, 0xc0417))
	for range cmd.Fit {
		l := w.people.Draw(r, cmd.Misfit)
		row := make([]diagnostic.Mark, len(w.ids))
		for i := range row {
			row[i] = diagnostic.NotYet
			if l.Answer(r, i, cmd.Slip, cmd.Guess) {
				row[i] = diagnostic.Right
			}
		}
		w.earlier.Marks = append(w.earlier.Marks, row)
	}
	return w
}

// learner is the k-th who sits the check, and the chance in their answers: the same whatever they are asked before.
func (w *checkWorld) learner(k int) (crowd.Learner, *rand.Rand) {
	r := rand.New(rand.NewPCG(w.cmd.Seed, 0x1ea<<32|uint64(k)))
	return w.people.Draw(r, w.cmd.Misfit), r
}

// told is how one belief compares with the truth.
type told struct {
	hit, believed       float64 // shares of skills
	called, right, said float64 // skills called ready, those that are, and the sum of their chances
	ready               float64 // skills that are
	misfit              float64
}

// compare holds what a check says beside what is.
func (w *checkWorld) compare(l crowd.Learner, known, ready []float64) told {
	var t told
	all := 0.0
	for i, m := range known {
		all += w.weight[i]
		if (m >= 0.5) == l.Knows[i] {
			t.hit += w.weight[i]
		}
		t.believed += w.weight[i] * max(m, 1-m)
		is := w.people.Ready(l, i)
		if is {
			t.ready++
		}
		if ready[i] >= diagnostic.ReadyAt {
			t.called++
			t.said += ready[i]
			if is {
				t.right++
			}
		}
	}
	t.hit, t.believed = t.hit/all, t.believed/all
	return t
}

func (w *checkWorld) hear(l crowd.Learner, st diagnostic.State) told {
	m, r := st.Marginals(), st.Readiness()
	known, ready := make([]float64, len(w.ids)), make([]float64, len(w.ids))
	for i, id := range w.ids {
		known[i], ready[i] = m[id], r[id]
	}
	t := w.compare(l, known, ready)
	t.misfit = st.Misfit()
	return t
}

// sitting is one learner's check.
type sitting struct {
	bits   float64
	course []told // after 0, 5, 10 … questions and at the end
	stops  int    // questions after which the check would have stopped
	bytes  int
}

func (s sitting) end() told { return s.course[len(s.course)-1] }

// sit lets learner k answer the questions that choose picks.
func (w *checkWorld) sit(space *diagnostic.Space, k int, choose func(diagnostic.State, *rand.Rand) (skill.ID, bool)) (sitting, error) {
	l, r := w.learner(k)
	st, err := space.Replay(nil, "")
	s := sitting{bits: l.Bits, stops: w.cmd.Questions}
	for q := 0; err == nil; q++ {
		if q < s.stops && st.Certainty() >= diagnostic.Sure && st.ReadySureness() >= diagnostic.SureReady {
			s.stops = q
		}
		id, more := skill.ID(""), false
		if q < w.cmd.Questions {
			id, more = choose(st, r)
		}
		if q%5 == 0 || !more {
			s.course = append(s.course, w.hear(l, st))
		}
		if !more {
			break
		}
		right := l.Answer(r, w.at[id], w.cmd.Slip, w.cmd.Guess)
		st, err = st.Hear("", diagnostic.Answer{Skill: id, Kind: item.Number, Right: right})
	}
	s.bytes = st.Bytes()
	return s, err
}

// everybody lets the first n learners sit, as many at a time as there are processors; the result does not depend on that.
func (w *checkWorld) everybody(n int, what string, one func(k int) (sitting, error)) ([]sitting, error) {
	out, errs := make([]sitting, n), make([]error, n)
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.NumCPU() {
		wg.Go(func() {
			for k := range next {
				out[k], errs[k] = one(k)
			}
		})
	}
	began, said := time.Now(), time.Now()
	for k := range n {
		next <- k
		if time.Since(said) > 10*time.Second {
			said = time.Now()
			fmt.Fprintf(os.Stderr, "bench: %s, learner %d of %d, %s\n", what, k+1, n, time.Since(began).Round(time.Second))
		}
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// figures fits, lets everybody sit and fills the report.
func (w *checkWorld) figures(f *checkFigures) error {
	p := w.cmd.params()
	unfitted, err := diagnostic.New(w.graph, w.ids, nil, p)
	if err != nil {
		return err
	}
	space := unfitted
	f.Fit = fitFigures{Learners: w.cmd.Fit, Steep: measure.Figure(p.Steep), Eps: measure.Figure(p.Eps)}
	if w.cmd.Fit > 0 {
		began := time.Now()
		prior, fitted, err := diagnostic.Fit(w.graph, w.ids, w.earlier, p)
		if err != nil {
			return err
		}
		if space, err = diagnostic.New(w.graph, w.ids, prior, fitted); err != nil {
			return err
		}
		f.Fit.Steep, f.Fit.Eps, f.Fit.Seconds = measure.Figure(fitted.Steep), measure.Figure(fitted.Eps), measure.Figure(time.Since(began).Seconds())
	}
	_, f.Exact = space.Exact()
	before, began := processorTime(os.Getpid()), time.Now()
	ours, err := w.everybody(w.cmd.Learners, "check", func(k int) (sitting, error) { return w.sit(space, k, asks) })
	if err != nil {
		return err
	}
	took := processorTime(os.Getpid()) - before
	if took <= 0 { // where a process cannot be asked, the clock is all there is
		took = time.Since(began)
	}
	f.Milliseconds = measure.Figure(float64(took.Microseconds()) / 1000 / float64(w.cmd.Learners*w.cmd.Questions))
	f.fill(ours, w.cmd)
	return w.baselines(f, space, unfitted, ours)
}

func asks(st diagnostic.State, _ *rand.Rand) (skill.ID, bool) { return st.Ask() }

// baselines lets the first learners sit other checks.
func (w *checkWorld) baselines(f *checkFigures, space, unfitted *diagnostic.Space, ours []sitting) error {
	n := min(benchPeers, len(ours))
	b := &f.Baselines
	b.Learners = n
	b.Check, b.Prior = peer(ours[:n], sitting.end), peer(ours[:n], func(s sitting) told { return s.course[0] })
	random, err := w.everybody(n, "questions by chance", func(k int) (sitting, error) {
		left := rand.New(rand.NewPCG(w.cmd.Seed, 0x4a4d<<32|uint64(k))).Perm(len(w.ids))
		return w.sit(space, k, func(diagnostic.State, *rand.Rand) (skill.ID, bool) {
			if len(left) == 0 {
				return "", false
			}
			id := w.ids[left[0]]
			left = left[1:]
			return id, true
		})
	})
	if err != nil {
		return err
	}
	b.Random = peer(random, sitting.end)
	plainly, err := w.everybody(n, "unfitted check", func(k int) (sitting, error) { return w.sit(unfitted, k, asks) })
	if err != nil {
		return err
	}
	b.Unfitted = peer(plainly, sitting.end)
	bank, err := w.bank()
	if err != nil {
		return err
	}
	irt, err := w.everybody(n, "test without prerequisites", func(k int) (sitting, error) { return w.test(bank, k), nil })
	b.IRT = peer(irt, sitting.end)
	return err
}

// bank fits the plain adaptive test from the same earlier learners; without any, all skills are alike to it.
func (w *checkWorld) bank() (*rasch.Bank, error) {
	gain := 1 - w.cmd.Slip - w.cmd.Guess
	marks := w.earlier.Marks
	rates := make([]float64, len(w.ids))
	if len(marks) == 0 {
		for i := range rates {
			rates[i] = 0.5
		}
		return rasch.NewBank(rasch.Calibrate(rates, 1), 1, w.cmd.Slip, w.cmd.Guess)
	}
	mean, square, noise := 0.0, 0.0, 0.0
	n, items := float64(len(marks)), float64(len(rates))
	for _, row := range marks {
		share := 0.0
		for i, m := range row {
			right := 0.0
			if m == diagnostic.Right {
				right = 1
			}
			rates[i] += (right - w.cmd.Guess) / gain / n
			share += (right - w.cmd.Guess) / gain / items
		}
		mean, square = mean+share/n, square+share*share/n
	}
	for i, r := range rates {
		rates[i] = max(0.5/(n+1), min(1-0.5/(n+1), r))
		noise += (rates[i]*w.cmd.Slip*(1-w.cmd.Slip) + (1-rates[i])*w.cmd.Guess*(1-w.cmd.Guess)) / (gain * gain * items * items)
	}
	slope := rasch.Slope(rates, square-mean*mean-noise)
	return rasch.NewBank(rasch.Calibrate(rates, slope), slope, w.cmd.Slip, w.cmd.Guess)
}

// test lets learner k sit the plain adaptive test. A skill is called ready when it seems unknown and its prerequisites known.
func (w *checkWorld) test(bank *rasch.Bank, k int) sitting {
	l, r := w.learner(k)
	p := bank.Begin()
	for range w.cmd.Questions {
		i := p.Next()
		if i < 0 {
			break
		}
		p.Answer(i, l.Answer(r, i, w.cmd.Slip, w.cmd.Guess))
	}
	known, ready := make([]float64, len(w.ids)), make([]float64, len(w.ids))
	for i := range known {
		known[i] = p.Known(i)
	}
	for i, id := range w.ids {
		ready[i] = 1 - known[i]
		for _, j := range w.graph.Prerequisites(id) {
			ready[i] = min(ready[i], known[w.at[j]])
		}
	}
	return sitting{course: []told{w.compare(l, known, ready)}}
}

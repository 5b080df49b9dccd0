package predict

import (
	"kith/internal/answers"
	"kith/internal/fault"
)

// sweeps is how often the fit goes over all groups of weights, from where finding the precisions has left them. Chosen by us: the log
// loss on held-out learners no longer moved in the fourth decimal after four.
const sweeps = 4

// coarseSweeps are the first ones, in which only the coarse weights move, so that what a skill explains is not given to each of its items.
const coarseSweeps = 2

// Prepared is a log worked out into rows, from which both heads can be fitted.
type Prepared struct {
	rates   rates
	n       int
	x       []float32 // n rows of Dense
	y       []float32
	context []uint8
	slope   []float32
	ids     [families][]uint32
	numbers [families]table[uint32]

	ends []int // where each learner's rows end

	first  []int32 // the skills of row i are skill[first[i]:first[i+1]]
	skill  []int32
	terms  [][skillTerms]float32
	skills int
}

// Prepare works out every answer of the log as it looked before it was given. What is known of an item or a skill comes from the
// other learners only, so that no row has seen its own outcome. Errors: Invalid for a log without answers.
func Prepare(log *answers.Log) (*Prepared, error) {
	n := len(log.Rows)
	if n == 0 {
		return nil, fault.Invalidf("answers", "there is none to fit")
	}
	p := &Prepared{x: make([]float32, 0, n*Dense), first: make([]int32, 1, n+1), skills: len(log.Skills)}
	for f := range p.ids {
		p.ids[f] = make([]uint32, 0, n)
	}
	for _, r := range log.Rows {
		p.rates.add(ask(log, r), r.Correct, 1)
	}
	p.rates.items = grown(p.rates.items, int32(len(log.Items)-1))
	p.rates.skills = grown(p.rates.skills, int32(len(log.Skills)-1))
	var l Learner
	var w row
	for who := range log.Learners {
		mine := log.Of(who)
		for _, r := range mine {
			p.rates.add(ask(log, r), r.Correct, -1)
		}
		l.Forget()
		for _, r := range mine {
			a := ask(log, r)
			w.fill(&p.rates, &l, a)
			p.add(&w, r.Correct)
			l.observe(&p.rates, a, r.Correct)
		}
		p.ends = append(p.ends, p.n)
		for _, r := range mine {
			p.rates.add(ask(log, r), r.Correct, 1)
		}
	}
	return p, nil
}

func ask(log *answers.Log, r answers.Row) Ask {
	return Ask{Item: r.Item, Skills: log.Sets[r.Set], At: r.At}
}

func (p *Prepared) add(w *row, correct bool) {
	p.n++
	p.x = append(p.x, w.x[:]...)
	y := float32(0)
	if correct {
		y = 1
	}
	p.y = append(p.y, y)
	p.context = append(p.context, uint8(w.context))
	p.slope = append(p.slope, w.slope)
	for f, key := range w.keys {
		t := &p.numbers[f]
		id := t.find(key)
		if id == nil {
			id = t.add(key, uint32(t.n))
		}
		p.ids[f] = append(p.ids[f], *id)
	}
	p.skill = append(p.skill, w.skills...)
	p.terms = append(p.terms, w.terms...)
	p.first = append(p.first, int32(len(p.skill)))
}

// fitting is a head on its way: the weights so far, and the logit and probability of each row under them.
type fitting struct {
	*Prepared
	m       *Model
	margin  []float32
	chance  []float32
	weights [families][]float32
	seen    [families][]float32 // the curvature of each
	blocks  [contexts]block
	steps   int       // of the dense weights on these rows
	g, h, d []float32 // gradient, curvature and step of the weights of one group
}

// Fit learns a head from prepared answers: the most probable weights when each group of weights is normal around zero, with
// variances that are estimated from the answers too (precision.go). Each sweep moves one group after another by a Newton
// step; weights of one group do not meet in a row, so that each step is a division. The result depends on nothing but the
// answers and their order.
func (p *Prepared) Fit(head Head) *Model {
	m := &Model{head: head, rates: p.rates.clone(), skills: make([]skillWeights, p.skills), prior: startPrecisions}
	for c := range contexts {
		m.densePrior[c] = fitContext
	}
	m.densePrior[contexts] = fitDense
	m.dense[contexts][Dense] = logit(p.rates.overall())
	f := &fitting{Prepared: p, m: m}
	for k := range families {
		f.weights[k], f.seen[k] = make([]float32, p.numbers[k].n), make([]float32, p.numbers[k].n)
	}
	f.on(p)
	f.precisions()
	for range sweeps {
		f.sweep(false)
	}
	f.keep()
	return m
}

// fitDense and fitContext are the precisions with which a fit's dense weights begin. Chosen by us: nearly free, because there are few of them.
const (
	fitDense   = 1
	fitContext = 100
)

// on puts the fit on rows, with the weights as they are.
func (f *fitting) on(p *Prepared) {
	f.Prepared, f.steps = p, 0
	f.margin, f.chance = make([]float32, p.n), make([]float32, p.n)
	var into [parts + 1]float64
	for i := range f.margin {
		clear(into[:])
		f.partsOf(p, i, into[:])
		sum := f.base()
		for _, v := range into[:parts] {
			sum += float32(v)
		}
		f.margin[i], f.chance[i] = sum, near(sum)
	}
}

// uses reports whether a head has a family of weights.
func (h Head) uses(family int) bool { return h == Prediction || readable[family] }

// sweep moves every group once; only the coarse ones when coarse.
func (f *fitting) sweep(coarse bool) {
	f.denseStep()
	for k := range skillTerms {
		f.skillStep(k)
	}
	for k := range families {
		if f.m.head.uses(k) && !(coarse && k >= itemBias) {
			f.familyStep(k)
		}
	}
}

// step moves the weights of a group of one precision, given gradient and curvature, and leaves the steps in f.d.
func (f *fitting) step(w []float32, precision float32) {
	for i := range w {
		if f.h[i] == 0 {
			f.d[i] = 0
			continue
		}
		d := (f.g[i] - precision*w[i]) / (f.h[i] + precision)
		d = min(max(d, -1), 1) // a Newton step far from the optimum may overshoot
		w[i] += d
		f.d[i] = d
	}
}

// room makes gradient, curvature and step of n weights, all zero.
func (f *fitting) room(n int) {
	if cap(f.g) < n {
		f.g, f.h, f.d = make([]float32, n), make([]float32, n), make([]float32, n)
	}
	f.g, f.h, f.d = f.g[:n], f.h[:n], f.d[:n]
	clear(f.g)
	clear(f.h)
}

func (f *fitting) familyStep(family int) {
	w, ids := f.weights[family], f.ids[family]
	f.room(len(w))
	if family == itemSlope {
		for i, id := range ids {
			c, v := f.chance[i], f.slope[i]
			f.g[id] += (f.y[i] - c) * v
			f.h[id] += c * (1 - c) * v * v
		}
	} else {
		for i, id := range ids {
			c := f.chance[i]
			f.g[id] += f.y[i] - c
			f.h[id] += c * (1 - c)
		}
	}
	f.step(w, f.m.prior[family])
	copy(f.seen[family], f.h)
	for i, id := range ids {
		d := f.d[id]
		if family == itemSlope {
			d *= f.slope[i]
		}
		f.move(i, d)
	}
}

// move adds to the logit of a row.
func (f *fitting) move(i int, d float32) {
	f.margin[i] += d
	f.chance[i] = near(f.margin[i])
}

func (f *fitting) skillStep(term int) {
	w := make([]float32, f.skills)
	for k := range w {
		w[k] = f.m.skills[k].w[term]
	}
	f.room(len(w))
	for i := range f.n {
		c := f.chance[i]
		for j := f.first[i]; j < f.first[i+1]; j++ {
			v := f.terms[j][term]
			f.g[f.skill[j]] += (f.y[i] - c) * v
			f.h[f.skill[j]] += c * (1 - c) * v * v
		}
	}
	f.step(w, f.m.prior[families+term])
	for k := range w {
		f.m.skills[k].w[term], f.m.skills[k].seen[term] = w[k], min(f.h[k], mostSeen)
	}
	for i := range f.n {
		var d float32
		for j := f.first[i]; j < f.first[i+1]; j++ {
			d += f.d[f.skill[j]] * f.terms[j][term]
		}
		f.move(i, d)
	}
}

// keep puts the weights into the model, where they are found by key.
func (f *fitting) keep() {
	for k := range families {
		if !f.m.head.uses(k) {
			continue
		}
		for _, e := range f.numbers[k].entries {
			if e.key != 0 {
				f.m.table.add(e.key, weight{w: f.weights[k][e.value], seen: min(f.seen[k][e.value], mostSeen)})
			}
		}
	}
}

// touched are the weights of one row that are found by key: where each stands, nil when there is none, and what it multiplies.
type touched struct {
	weights [families]*weight
	values  [families]float32
}

// find looks the weights of a row up. It reports whether all that the head uses are there.
func (m *Model) find(w *row, t *touched) (all bool) {
	all = true
	for f, key := range w.keys {
		if !m.head.uses(f) {
			t.weights[f] = nil
			continue
		}
		t.weights[f], t.values[f] = m.table.find(key), 1
		all = all && t.weights[f] != nil
	}
	t.values[itemSlope] = w.slope
	return all
}

// margin is the logit of a row.
func (m *Model) margin(w *row, t *touched) float32 {
	all, here := &m.dense[contexts], &m.dense[w.context]
	sum := all[Dense] + here[Dense]
	for i := range w.x {
		sum += (all[i] + here[i]) * w.x[i]
	}
	for i, k := range w.skills {
		if int(k) < len(m.skills) {
			s, t := &m.skills[k].w, &w.terms[i]
			sum += s[0]*t[0] + s[1]*t[1] + s[2]*t[2] + s[3]*t[3]
		}
	}
	for f, s := range t.weights {
		if s != nil {
			sum += s.w * t.values[f]
		}
	}
	return sum
}

// clone is a copy that moves on its own.
func (r *rates) clone() rates {
	return rates{all: r.all, items: append([]tally(nil), r.items...), skills: append([]tally(nil), r.skills...)}
}

package predict

// The precisions with which a model from zero, and the search for better ones in a fit, begin: 1 over the variance that the
// weights are expected to have. They and the other constants of this package were chosen on six logs together, the five
// worlds of package simulate and a log of cloze practice in statistics (55,122 answers): each is about the middle, on a logarithmic scale,
// of what was estimated there. A factor of three either way moved no AUC by more than .002.
var startPrecisions = [families + skillTerms]float32{
	anyRun: 200, anyLast: 500, anyCount: 1500,
	itemBias: 3, itemSlope: 100, itemTries: 30, itemRun: 100, itemRecent: 150,
	skillLast: 500, skillLong: 400, skillCount: 300, skillAgain: 3000,
	orderSkill: 300, orderItem: 40, orderSecond: 80,
	families: 10, families + 1: 3000, families + 2: 3000, families + 3: 300,
}

// densePrecision and contextPrecision are the same for the dense weights, and mostSeen bounds how sure of a dense or a
// frequent weight the model grows, so that it goes on following a school that changes. Chosen by us.
const (
	densePrecision   = 60
	contextPrecision = 3000
	mostSeen         = 30_000
)

func startDense() (precision [contexts + 1]float64) {
	for c := range contexts {
		precision[c] = contextPrecision
	}
	precision[contexts] = densePrecision
	return precision
}

// FromZero is a model that has seen nothing: it foretells by the ability filter alone, and learns with Learn.
func FromZero(head Head) *Model {
	m := &Model{head: head, prior: startPrecisions, densePrior: startDense()}
	m.dense[contexts][Dense] = logit(startRate)
	m.dense[contexts][xAbility] = 1
	return m
}

// FromZeroWithin is FromZero with room for so many weights of items and crosses: once they are there, what is met for the
// first time is told by what is coarser. A weight takes 32 to 64 bytes.
func FromZeroWithin(head Head, weights int) *Model {
	m := FromZero(head)
	m.most = weights
	return m
}

// Learn tells what came of an ask: the learner's history moves, and so do the weights and everybody's rates. It gives the chance
// as it was before. Every weight of the row moves by its own variance times what the outcome leaves to explain, as in the
// extended Kalman filter with a diagonal covariance (adPredictor, Graepel et al. 2010, ICML, does the same for probit): a
// weight that has seen much moves little, and the steps of a row's weights sum to no more than the surprise. It allocates only when
// something is met for the first time. Errors as for Predict.
func (m *Model) Learn(l *Learner, a Ask, correct bool) (float64, error) {
	if err := a.validate(); err != nil {
		return 0, err
	}
	w := &m.scratch
	w.fill(&m.rates, l, a)
	for _, k := range a.Skills {
		m.skills = grown(m.skills, k)
	}
	var t touched
	if !m.find(w, &t) && (m.most == 0 || m.table.n+families <= m.most) {
		for f, key := range w.keys { // adding moves the others, so all are found again afterwards
			if m.head.uses(f) && t.weights[f] == nil {
				m.table.add(key, weight{})
			}
		}
		m.find(w, &t)
	}
	p := sigmoid(m.margin(w, &t))
	y := float32(0)
	if correct {
		y = 1
	}
	m.adapt(w, &t, p, y)
	l.observe(&m.rates, a, correct)
	m.rates.add(a, correct, 1)
	return float64(p), nil
}

// adapt moves the weights of a row that was given the chance p and turned out as y.
func (m *Model) adapt(w *row, t *touched, p, y float32) {
	info := p * (1 - p)
	total := float32(0) // the variance of the row's logit
	for f, s := range t.weights {
		if s != nil {
			total += t.values[f] * t.values[f] / (m.prior[f] + s.seen)
		}
	}
	all, here := &m.dense[contexts], &m.dense[w.context]
	seenAll, seenHere := &m.denseSeen[contexts], &m.denseSeen[w.context]
	priorAll, priorHere := float32(m.densePrior[contexts]), float32(m.densePrior[w.context])
	var varianceAll, varianceHere [side]float32
	for i := range side {
		varianceAll[i], varianceHere[i] = 1/(priorAll+seenAll[i]), 1/(priorHere+seenHere[i])
		x := w.at(i)
		total += x * x * (varianceAll[i] + varianceHere[i])
	}
	for i, k := range w.skills {
		for j, v := range w.terms[i] {
			total += v * v / (m.prior[families+j] + m.skills[k].seen[j])
		}
	}
	gain := (y - p) / (1 + info*total)
	for f, s := range t.weights {
		if s != nil {
			v := t.values[f]
			s.w += gain * v / (m.prior[f] + s.seen)
			s.seen = min(s.seen+info*v*v, mostSeen)
		}
	}
	for i := range side {
		x := w.at(i)
		all[i] += gain * x * varianceAll[i]
		here[i] += gain * x * varianceHere[i]
		seenAll[i] = min(seenAll[i]+info*x*x, mostSeen)
		seenHere[i] = min(seenHere[i]+info*x*x, mostSeen)
	}
	for i, k := range w.skills {
		s := &m.skills[k]
		for j, v := range w.terms[i] {
			s.w[j] += gain * v / (m.prior[families+j] + s.seen[j])
			s.seen[j] = min(s.seen[j]+info*v*v, mostSeen)
		}
	}
}

// at is the dense feature i, or 1 for the base.
func (w *row) at(i int) float32 {
	if i == Dense {
		return 1
	}
	return w.x[i]
}

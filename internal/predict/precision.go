package predict

// How the precisions are found: on learners who are held out. The weights are fitted on the others with the precisions
// so far; then it is asked by which factor each group's part of the logit should be taken to foretell the held-out
// answers best (a logistic regression on the parts, as in stacking, Wolpert 1992). A group that should count for less is
// shrunk more, one that should count for more is shrunk less, and so again. Unlike estimates from the fitted rows themselves, this
// does not mistake what was fitted to chance for what is there; those came out wrong in both directions on our schools.
const (
	heldOut        = 6       // every sixth learner is held out
	precisionRows  = 200_000 // no more rows than these are looked at; the variance of a group does not depend on how many there are
	precisionTurns = 4       // times that the factors are asked for
	firstSweeps    = 4       // sweeps before the first time, with coarseSweeps among them
	turnSweeps     = 2       // and between the others
	mostFactor     = 4       // by which a precision changes at one time, at most
)

// The parts of a row's logit: one a family, one a term of the skills, one a context's dense weights, those for all; the base
// is a part of its own that is added.
const (
	partContext = families + skillTerms
	partDense   = partContext + contexts
	parts       = partDense + 1
)

// precisions estimates the precisions of all groups of f's model, and leaves the weights where that came to.
func (f *fitting) precisions() {
	all, m := f.Prepared, f.m
	train, held := all.split()
	if train.n == 0 || held.n == 0 {
		return // one learner cannot be held out from themselves
	}
	f.on(train)
	for turn := range precisionTurns {
		for sweep := range firstSweeps {
			if turn == 0 || sweep < turnSweeps {
				f.sweep(turn == 0 && sweep < coarseSweeps)
			}
		}
		factors := f.factors(held)
		for i := range m.prior {
			m.prior[i] = float32(min(max(float64(m.prior[i])/factors[i], .3), 1e5))
		}
		for c := range contexts {
			m.densePrior[c] = min(max(m.densePrior[c]/factors[partContext+c], 1), 1e5)
		}
		m.densePrior[contexts] = min(max(m.densePrior[contexts]/factors[partDense], .5), 1e4)
	}
	f.on(all)
}

// factors is by how much each part should be taken, between 1/mostFactor and mostFactor, given a normal prior around 1 that
// decides where the held-out answers say little.
func (f *fitting) factors(held *Prepared) (by [parts]float64) {
	const n = parts + 1 // the last one is what is added to the base
	x := make([]float64, held.n*n)
	for i := range held.n {
		f.partsOf(held, i, x[i*n:i*n+n])
	}
	var s [n]float64
	for i := range parts {
		s[i] = 1
	}
	for range 6 { // Newton steps; a regression of so few weights needs no more
		g, h := make([]float64, n), make([]float64, n*n)
		for i := range held.n {
			row := x[i*n : i*n+n]
			var z float64
			for j, v := range row {
				z += v * s[j]
			}
			z += float64(f.base())
			p := float64(near(float32(z)))
			d, info := float64(held.y[i])-p, p*(1-p)
			for j, v := range row {
				g[j] += d * v
				for k := range j + 1 {
					h[j*n+k] += info * v * row[k]
				}
			}
		}
		for j := range n {
			mean := 1.0
			if j == parts {
				mean = 0
			}
			h[j*n+j] += factorPrecision
			g[j] -= factorPrecision * (s[j] - mean)
		}
		cholesky(h, g, n)
		for j := range n {
			s[j] += g[j]
		}
	}
	for j := range by {
		by[j] = min(max(s[j], 1.0/mostFactor), mostFactor)
	}
	return by
}

// factorPrecision is that of the normal prior around 1: without evidence a factor is within .6 of it, twice out of three. Chosen by us.
const factorPrecision = 3

func (f *fitting) base() float32 { return f.m.dense[contexts][Dense] }

// partsOf writes the parts of the logit of a held-out row under the weights so far.
func (f *fitting) partsOf(held *Prepared, i int, into []float64) {
	for k := range families {
		if !f.m.head.uses(k) {
			continue
		}
		v := f.weights[k][held.ids[k][i]]
		if k == itemSlope {
			v *= held.slope[i]
		}
		into[k] = float64(v)
	}
	for j := held.first[i]; j < held.first[i+1]; j++ {
		w := &f.m.skills[held.skill[j]].w
		for term := range skillTerms {
			into[families+term] += float64(w[term] * held.terms[j][term])
		}
	}
	all, here := &f.m.dense[contexts], &f.m.dense[held.context[i]]
	x, context := held.x[i*Dense:i*Dense+Dense], partContext+int(held.context[i])
	for j, v := range x {
		into[context] += float64(here[j] * v)
		into[partDense] += float64(all[j] * v)
	}
	into[context] += float64(here[Dense])
	into[parts] = 1
}

// split parts the rows by learner into those to fit on and those held out, of precisionRows at most. Which key has which
// number stays.
func (p *Prepared) split() (train, held *Prepared) {
	train, held = p.empty(), p.empty()
	stride := 1 + (p.n-1)/precisionRows // every so manieth learner
	from, active := 0, 0
	for who, end := range p.ends {
		if end > from && who%stride == 0 {
			into := train
			if active%heldOut == heldOut-1 {
				into = held
			}
			into.take(p, from, end)
			active++
		}
		from = end
	}
	return train, held
}

func (p *Prepared) empty() *Prepared {
	return &Prepared{rates: p.rates, numbers: p.numbers, skills: p.skills, first: []int32{0}}
}

// take appends the rows of o from from to end.
func (p *Prepared) take(o *Prepared, from, end int) {
	p.n += end - from
	p.x = append(p.x, o.x[from*Dense:end*Dense]...)
	p.y = append(p.y, o.y[from:end]...)
	p.context = append(p.context, o.context[from:end]...)
	p.slope = append(p.slope, o.slope[from:end]...)
	for k := range p.ids {
		p.ids[k] = append(p.ids[k], o.ids[k][from:end]...)
	}
	a, b := o.first[from], o.first[end]
	shift := int32(len(p.skill)) - a
	p.skill = append(p.skill, o.skill[a:b]...)
	p.terms = append(p.terms, o.terms[a:b]...)
	for _, v := range o.first[from+1 : end+1] {
		p.first = append(p.first, v+shift)
	}
}

package bkt

import "math"

// The four parameters as places of an array, so that what is done to each alike is written once.
const (
	atInit = iota
	atLearn
	atSlip
	atGuess
	four
)

// tally is what a pass over sequences found for one skill.
type tally struct {
	hits, of [four]float64 // expected events, and occasions for them (the E-step)
	info     [four]float64 // sum over learners of the squared slope of the log likelihood: how much the answers say
	slope    [four]float64 // its sum
	loglik   float64
	answers  int
}

// lens is what one skill's parameters make of each kind of answer.
type lens struct {
	known, not    []float64 // chance of what was seen, weighted
	learn         []float64 // chance to learn before the next
	due           []float64
	slips, slipOf []float64 // what an answer by somebody who knows says of Slip
	hits, guessOf []float64 // and by somebody who does not of Guess; nothing where chance or help set the guess
}

func newLens(n int) *lens {
	v := make([]float64, 8*n)
	at := func(i int) []float64 { return v[i*n : (i+1)*n] }
	return &lens{at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)}
}

func (e *lens) focus(p *Params, classes []class) {
	for i, c := range classes {
		known, not := saysKnown, saysUnknown
		own := c.floor < p.Guess
		if !c.unlearned {
			g := min(max(p.Guess, c.floor), 1-p.Slip)
			known, not = 1-p.Slip, g
			if !c.right {
				known, not = p.Slip, 1-g
			}
		}
		if c.weight != 1 {
			known, not = math.Pow(known, c.weight), math.Pow(not, c.weight)
		}
		e.known[i], e.not[i] = known, not
		e.learn[i], e.due[i] = p.Learn*c.due, c.due
		e.slips[i], e.slipOf[i], e.hits[i], e.guessOf[i] = 0, 0, 0, 0
		if c.unlearned {
			continue
		}
		e.slipOf[i] = c.weight
		if !c.right {
			e.slips[i] = c.weight
		}
		if own {
			e.guessOf[i] = c.weight
			if c.right {
				e.hits[i] = c.weight
			}
		}
	}
}

// scratch is the room for one sequence's pass.
type scratch struct {
	known, not []float64 // chance of what was seen
	after      []float64 // chance of knowing given this answer and all before
	inverse    []float64 // 1 / chance of what was seen, given all before
	share      []float64 // chance that the other skills were known too, given that this one was, and what was seen
}

func (s *scratch) fit(n int) {
	if n > len(s.known) {
		s.known, s.not, s.after, s.inverse, s.share = make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	}
}

// pass is the E-step of one skill: forwards, then backwards over each learner's answers (Baum and others, 1970; scaled as
// Rabiner, 1989, section V.A). The hidden step between two answers is: learn, then be drawn anew from Init if not kept.
func (p *panel) pass(skill int, q *Params, e *lens, s *scratch) tally {
	e.focus(q, p.classes)
	var t tally
	for n := p.first[skill]; n < p.first[skill+1]; n++ {
		from, to := p.starts[n], p.starts[n+1]
		cells := p.cells[from:to]
		s.fit(len(cells))
		t.answers += len(cells)
		if p.rest == nil {
			t.loglik += s.forward(cells, q, e)
		} else {
			t.loglik += s.forwardShared(cells, q, e, p.rest[from:to], p.before[from:to], p.classes)
		}
		one := s.backward(cells, q, e, p.rest != nil)
		for i := range four {
			v := q.at(i)
			u := (one.hits[i] - v*one.of[i]) / (v * (1 - v)) // Fisher's identity
			t.hits[i] += one.hits[i]
			t.of[i] += one.of[i]
			t.slope[i] += u
			t.info[i] += u * u
		}
	}
	return t
}

func (s *scratch) forward(cells []cell, q *Params, e *lens) (loglik float64) {
	p, product := q.Init, 1.0
	for i := range cells {
		c := &cells[i]
		if i > 0 {
			a := s.after[i-1]
			p = a + (1-a)*e.learn[cells[i-1].class]
			p = q.Init + (p-q.Init)*float64(c.kept)
		}
		x, y := e.known[c.class], e.not[c.class]
		chance := p*x + (1-p)*y
		inverse := 1 / chance
		s.known[i], s.not[i], s.inverse[i], s.after[i] = x, y, inverse, p*x*inverse
		if product *= chance; product < 1e-250 { // the logarithm seldom: it costs more than the rest
			loglik += math.Log(product)
			product = 1
		}
	}
	return loglik + math.Log(product)
}

// forwardShared is forward where answers may ask further skills.
func (s *scratch) forwardShared(cells []cell, q *Params, e *lens, rest, before []float64, classes []class) (loglik float64) {
	p, product := q.Init, 1.0
	for i := range cells {
		c := &cells[i]
		if i > 0 {
			a := s.after[i-1]
			p = a + (1-a)*e.learn[cells[i-1].class]
			p = q.Init + (p-q.Init)*float64(c.kept)
		}
		before[i] = p
		x, y := e.known[c.class], e.not[c.class]
		s.share[i] = 1
		if r := rest[i]; r < 1 {
			mixed := r*x + (1-r)*y
			k := &classes[c.class]
			if k.weight != 1 && k.weight > 0 { // mix the chances, then weigh
				mixed = math.Pow(r*math.Pow(x, 1/k.weight)+(1-r)*math.Pow(y, 1/k.weight), k.weight)
			}
			s.share[i] = r * x / (r*x + (1-r)*y)
			x = mixed
		}
		chance := p*x + (1-p)*y
		inverse := 1 / chance
		s.known[i], s.not[i], s.inverse[i], s.after[i] = x, y, inverse, p*x*inverse
		if product *= chance; product < 1e-250 {
			loglik += math.Log(product)
			product = 1
		}
	}
	return loglik + math.Log(product)
}

type counts struct{ hits, of [four]float64 }

func (s *scratch) backward(cells []cell, q *Params, e *lens, shared bool) (t counts) {
	b1, b0 := 1.0, 1.0
	var slips, slipOf, hits, guessOf, learned, learnOf, drawn, drawOf float64
	for i := len(cells) - 1; i >= 0; i-- {
		c := &cells[i]
		known := s.after[i] * b1
		both := known
		if shared {
			both *= s.share[i]
		}
		slips += both * e.slips[c.class]
		slipOf += both * e.slipOf[c.class]
		hits += (1 - both) * e.hits[c.class]
		guessOf += (1 - both) * e.guessOf[c.class]
		if i == 0 {
			drawn += known
			drawOf++
			break
		}
		m1, m0 := s.known[i]*b1*s.inverse[i], s.not[i]*b0*s.inverse[i]
		if k := float64(c.kept); k < 1 {
			anew := q.Init*m1 + (1-q.Init)*m0
			drawn += (1 - k) * q.Init * m1
			drawOf += (1 - k) * anew
			m1, m0 = k*m1+(1-k)*anew, k*m0+(1-k)*anew
		}
		before := cells[i-1].class
		rate, a := e.learn[before], s.after[i-1]
		up, stay := (1-a)*rate*m1, (1-a)*(1-rate)*m0
		if due := e.due[before]; due > 0 {
			learned += up
			learnOf += due * (up + stay)
		}
		b1, b0 = m1, rate*m1+(1-rate)*m0
	}
	t.hits = [four]float64{drawn, learned, slips, hits}
	t.of = [four]float64{drawOf, learnOf, slipOf, guessOf}
	return t
}

func (p *Params) at(i int) float64 {
	switch i {
	case atInit:
		return p.Init
	case atLearn:
		return p.Learn
	case atSlip:
		return p.Slip
	}
	return p.Guess
}

func params(v [four]float64) Params { return Params{v[atInit], v[atLearn], v[atSlip], v[atGuess]} }

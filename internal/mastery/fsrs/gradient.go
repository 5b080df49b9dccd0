package fsrs

import "math"

// trace is a memory with its derivatives by each weight, carried forward from review to review: the derivative of the
// next state is the chain rule over one step (Williams and Zipser, 1989, "real-time recurrent learning").
type trace struct {
	m      Memory
	ds, dd Weights // d stability / d w, d difficulty / d w
}

// slope is how one step's new stability depends on what went into it.
type slope struct {
	s, d, r float64 // on the old stability, the old difficulty, the chance of coming back
	w       Weights // directly on the weights
}

// retention is the chance with its derivative by each weight, in grad.
func (t *trace) retention(c *Curve, days float64, grad *Weights) float64 {
	s, decay := t.m.Stability, c.w[20]
	x := days / s
	base := 1 + c.factor*x
	r := math.Pow(base, -decay)
	byS := decay * c.factor * x / s * r / base
	byFactor := (c.factor + 1) * math.Log(0.9) / (decay * decay) // dF/dw20
	for i := range grad {
		grad[i] = byS * t.ds[i]
	}
	grad[20] += r * (-math.Log(base) - decay*x*byFactor/base)
	return r
}

// review moves the trace by one review; r and dr are what retention gave for it. Where a limit holds, the derivative is 0.
func (t *trace) review(c *Curve, days, r float64, dr *Weights, e Ease) {
	w := &c.w
	if !t.m.Met() {
		t.first(c, e)
		return
	}
	var s float64
	var by slope
	switch {
	case days < SameDay:
		s, by = t.sameDay(c, e)
	case e == Again:
		s, by = t.lapsed(c, r)
	default:
		s, by = t.recalled(c, r, e)
	}
	limited := s < MinStability || s > MaxStability

	d, far := t.m.Difficulty, float64(e-3)
	easy := c.easy
	next := d - w[6]*far*(10-d)/9
	drawn := w[7]*easy + (1-w[7])*next
	keep := (1 - w[7]) * (1 + w[6]*far/9)
	bounded := drawn < minDifficulty || drawn > maxDifficulty
	for i := range w {
		ds := by.s*t.ds[i] + by.d*t.dd[i] + by.r*dr[i] + by.w[i]
		t.dd[i] *= keep
		if limited {
			ds = 0
		}
		t.ds[i] = ds
	}
	t.dd[4] += w[7]
	t.dd[5] -= w[7] * 3 * (w[4] + 1 - easy)
	t.dd[6] -= (1 - w[7]) * far * (10 - d) / 9
	t.dd[7] += easy - next
	if bounded {
		t.dd = Weights{}
	}
	t.m = Memory{within(s, MinStability, MaxStability), within(drawn, minDifficulty, maxDifficulty)}
}

func (t *trace) first(c *Curve, e Ease) {
	d := firstDifficulty(&c.w, e)
	t.m = Memory{c.w[e-1], within(d, minDifficulty, maxDifficulty)}
	t.ds, t.dd = Weights{}, Weights{}
	t.ds[e-1] = 1
	if d >= minDifficulty && d <= maxDifficulty {
		t.dd[4] = 1
		t.dd[5] = -float64(e-1) * math.Exp(c.w[5]*float64(e-1))
	}
}

func (t *trace) recalled(c *Curve, r float64, e Ease) (float64, slope) {
	w, m, by := &c.w, t.m, 1.0
	switch e {
	case Hard:
		by = w[15]
	case Easy:
		by = w[16]
	}
	plain := math.Exp(w[8]) * (11 - m.Difficulty) * math.Pow(m.Stability, -w[9])
	gain := math.Expm1(w[10] * (1 - r))
	grown := m.Stability * by * plain * gain
	out := slope{s: 1 + by*plain*gain*(1-w[9]), d: -grown / (11 - m.Difficulty), r: -m.Stability * by * plain * w[10] * (gain + 1)}
	out.w[8] = grown
	out.w[9] = -grown * math.Log(m.Stability)
	out.w[10] = m.Stability * by * plain * (1 - r) * (gain + 1)
	switch e {
	case Hard:
		out.w[15] = m.Stability * plain * gain
	case Easy:
		out.w[16] = m.Stability * plain * gain
	}
	return m.Stability + grown, out
}

func (t *trace) lapsed(c *Curve, r float64) (float64, slope) {
	w, m := &c.w, t.m
	most := m.Stability * math.Exp(-w[17]*w[18])
	rest := math.Pow(m.Difficulty, -w[12]) * math.Exp(w[14]*(1-r))
	grown := math.Pow(m.Stability+1, w[13])
	s := w[11] * rest * (grown - 1)
	var out slope
	if s > most {
		out.s = math.Exp(-w[17] * w[18])
		out.w[17], out.w[18] = -w[18]*most, -w[17]*most
		return most, out
	}
	out = slope{s: w[11] * rest * w[13] * grown / (m.Stability + 1), d: -w[12] * s / m.Difficulty, r: -w[14] * s}
	out.w[11] = rest * (grown - 1)
	out.w[12] = -s * math.Log(m.Difficulty)
	out.w[13] = w[11] * rest * grown * math.Log(m.Stability+1)
	out.w[14] = s * (1 - r)
	return s, out
}

func (t *trace) sameDay(c *Curve, e Ease) (float64, slope) {
	w, s := &c.w, t.m.Stability
	far := float64(e-3) + w[18]
	by := math.Exp(w[17]*far) * math.Pow(s, -w[19])
	if e >= Hard && by <= 1 {
		return s, slope{s: 1}
	}
	out := slope{s: by * (1 - w[19])}
	out.w[17] = s * by * far
	out.w[18] = s * by * w[17]
	out.w[19] = -s * by * math.Log(s)
	return s * by, out
}

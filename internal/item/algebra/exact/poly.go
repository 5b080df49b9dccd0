package exact

import "slices"

// power is an atom to a rational exponent n/d, in lowest terms, d > 0, n not 0.
type power struct {
	atom int
	n, d int32
}

// monomial is a product of powers, by rising atom. The empty one is 1.
type monomial []power

// term is a coefficient, never 0, times a monomial.
type term struct {
	c Q
	m monomial
}

// poly is a sum of terms, by falling monomial, no monomial twice. The empty one is 0.
type poly []term

func constant(q Q) poly {
	if q.Sign() == 0 {
		return nil
	}
	return poly{{c: q}}
}

// compare orders monomials: the first atom in which they differ decides, the higher exponent first.
func (m monomial) compare(o monomial) int {
	for i := 0; i < len(m) && i < len(o); i++ {
		a, b := m[i], o[i]
		if a.atom != b.atom {
			if a.atom < b.atom {
				return int(a.n) // o has exponent 0 there
			}
			return int(-b.n)
		}
		if c := int64(a.n)*int64(b.d) - int64(b.n)*int64(a.d); c != 0 {
			return sign(c)
		}
	}
	switch {
	case len(m) > len(o):
		return int(m[len(o)].n)
	case len(m) < len(o):
		return int(-o[len(m)].n)
	}
	return 0
}

func sign(n int64) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

func (m monomial) equal(o monomial) bool { return slices.Equal(m, o) }

// isConst gives the value of a polynomial that has no atoms.
func (p poly) isConst() (Q, bool) {
	if len(p) == 0 {
		return Q{}, true
	}
	if len(p) == 1 && len(p[0].m) == 0 {
		return p[0].c, true
	}
	return Q{}, false
}

func (p poly) equal(o poly) bool {
	return slices.EqualFunc(p, o, func(a, b term) bool { return a.c.Cmp(b.c) == 0 && a.m.equal(b.m) })
}

func (p poly) neg() poly { return p.scale(Int(-1)) }

func (p poly) scale(q Q) poly {
	if q.Sign() == 0 {
		return nil
	}
	if q.Is(1) {
		return p
	}
	out := make(poly, len(p))
	for i, t := range p {
		out[i] = term{t.c.Mul(q), t.m}
	}
	return out
}

// add merges two sums.
func (f *Field) add(p, o poly) poly {
	if len(p) == 0 {
		return o
	}
	if len(o) == 0 {
		return p
	}
	if !f.spend(len(p) + len(o)) {
		return nil
	}
	out := make(poly, 0, len(p)+len(o))
	i, j := 0, 0
	for i < len(p) && j < len(o) {
		switch c := p[i].m.compare(o[j].m); {
		case c > 0:
			out = append(out, p[i])
			i++
		case c < 0:
			out = append(out, o[j])
			j++
		default:
			if s := p[i].c.Add(o[j].c); s.Sign() != 0 {
				out = append(out, term{s, p[i].m})
			}
			i++
			j++
		}
	}
	out = append(out, p[i:]...)
	out = append(out, o[j:]...)
	return f.bounded(out)
}

// mul multiplies out. What the rules of atoms make of a product (i², √2·√2) is put in its place at once.
func (f *Field) mul(p, o poly) poly {
	if len(p) == 0 || len(o) == 0 {
		return nil
	}
	if q, ok := p.isConst(); ok {
		return f.bounded(o.scale(q))
	}
	if q, ok := o.isConst(); ok {
		return f.bounded(p.scale(q))
	}
	if len(p) > maxTerms || len(o) > maxTerms || !f.spend(len(p)*len(o)*(weight(p)+weight(o))/2) {
		f.over = true
		return nil
	}
	out := make(poly, 0, len(p)*len(o))
	var extra poly
	for _, a := range p {
		for _, b := range o {
			t, more := f.times(a, b)
			if f.over {
				return nil
			}
			if more != nil {
				extra = f.add(extra, f.mul(poly{t}, more))
				continue
			}
			out = append(out, t)
		}
	}
	if len(p) > 1 && len(o) > 1 || len(out) > 1 {
		out = gather(out)
	}
	return f.bounded(f.add(out, extra))
}

// weight is how much dearer a sum's arithmetic is than that of small numbers: long ones cost about ten times as much.
func weight(p poly) int {
	for _, t := range p {
		if t.c.big != nil {
			return 10
		}
	}
	return 1
}

// gather sorts terms and adds those with one monomial.
func gather(ts poly) poly {
	slices.SortStableFunc(ts, func(a, b term) int { return b.m.compare(a.m) })
	out := ts[:0]
	for _, t := range ts {
		if n := len(out); n > 0 && out[n-1].m.equal(t.m) {
			out[n-1].c = out[n-1].c.Add(t.c)
			if out[n-1].c.Sign() == 0 {
				out = out[:n-1]
			}
			continue
		}
		out = append(out, t)
	}
	return out
}

// bounded refuses what has grown too large.
func (f *Field) bounded(p poly) poly {
	if len(p) > maxTerms {
		f.over = true
		return nil
	}
	for _, t := range p {
		if t.c.big != nil && t.c.size() > maxBits {
			f.over = true
			return nil
		}
	}
	return p
}

// times multiplies two terms. more, when set, is a polynomial that the term must still be multiplied with.
func (f *Field) times(a, b term) (t term, more poly) {
	t.c = a.c.Mul(b.c)
	if len(a.m) == 0 {
		t.m = b.m
		return t, nil
	}
	if len(b.m) == 0 {
		t.m = a.m
		return t, nil
	}
	m := make(monomial, 0, len(a.m)+len(b.m))
	shared := false
	i, j := 0, 0
	for i < len(a.m) && j < len(b.m) {
		x, y := a.m[i], b.m[j]
		switch {
		case x.atom < y.atom:
			m = append(m, x)
			i++
		case x.atom > y.atom:
			m = append(m, y)
			j++
		default:
			if e := f.sum(x, y); e.n != 0 {
				m = append(m, e)
				shared = shared || f.atoms[e.atom].kind != letterAtom
			}
			i++
			j++
		}
	}
	m = append(m, a.m[i:]...)
	m = append(m, b.m[j:]...)
	t.m = m
	if shared {
		return f.settle(t)
	}
	return t, nil
}

// sum adds the exponents of two powers of one atom.
func (f *Field) sum(x, y power) power {
	n := int64(x.n)*int64(y.d) + int64(y.n)*int64(x.d)
	return f.exponent(x.atom, n, int64(x.d)*int64(y.d))
}

// exponent makes a power, in lowest terms and within bounds.
func (f *Field) exponent(atom int, n, d int64) power {
	if d < 0 {
		n, d = -n, -d
	}
	if g := gcd(n, d); g > 1 {
		n, d = n/g, d/g
	}
	if n > maxExponent || n < -maxExponent || d > maxRoot {
		f.over = true
		return power{atom: atom, n: 0, d: 1}
	}
	return power{atom: atom, n: int32(n), d: int32(d)}
}

// whole raises a polynomial to a power of 0 or more.
func (f *Field) whole(p poly, n int) poly {
	if len(p) == 1 {
		c, ok := p[0].c.power(n)
		if !ok {
			f.over = true
			return nil
		}
		m := make(monomial, 0, len(p[0].m))
		for _, e := range p[0].m {
			if e = f.exponent(e.atom, int64(e.n)*int64(n), int64(e.d)); e.n != 0 {
				m = append(m, e)
			}
		}
		t, more := f.settle(term{c, m})
		if more != nil {
			return f.mul(poly{t}, more)
		}
		return poly{t}
	}
	if n > maxExpanded && len(p) > 1 {
		f.over = true
		return nil
	}
	out := constant(Int(1))
	for ; n > 0 && !f.over; n >>= 1 {
		if n&1 == 1 {
			out = f.mul(out, p)
		}
		if n > 1 {
			p = f.mul(p, p)
		}
	}
	return out
}

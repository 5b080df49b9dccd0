package exact

import "slices"

// Clone is a field with the same atoms and a fresh allowance of work, so that values of f can be compared in it.
func (f *Field) Clone() *Field {
	return &Field{atoms: slices.Clip(f.atoms), opaque: f.opaque}
}

// Spent reports whether the field has gone beyond its bounds; what it says then is worth nothing.
func (f *Field) Spent() bool { return f.over }

// Factor is a power of a letter, or of whatever holds letters, in a Term. Named is the letter's name, "" for something else.
type Factor struct {
	Named string
	N, D  int32
	atom  int
}

// Term is one term of a sum: a coefficient without letters times factors that hold them.
type Term struct {
	Coef    Value
	Factors []Factor
}

// Like reports whether two terms differ by their coefficients only.
func (t Term) Like(o Term) bool { return slices.Equal(t.Factors, o.Factors) }

// Degree is the sum of the exponents, 0 when one of them is no whole number.
func (t Term) Degree() int {
	n := 0
	for _, x := range t.Factors {
		if x.D != 1 {
			return 0
		}
		n += int(x.N)
	}
	return n
}

// Terms takes a value apart into terms, the highest first; ok is false when letters stand in a denominator of several terms.
func (f *Field) Terms(v Value) (terms []Term, ok bool) {
	under := v.den
	for _, t := range under {
		for _, e := range t.m {
			if f.varies(e.atom) {
				return nil, false
			}
		}
	}
	for _, t := range v.num {
		c := poly{{c: t.c}}
		var letters []Factor
		for _, e := range t.m {
			if f.varies(e.atom) {
				letters = append(letters, Factor{f.atoms[e.atom].name, e.n, e.d, e.atom})
			} else {
				c[0].m = append(c[0].m, e)
			}
		}
		coef := Value{num: c, den: under}
		i := slices.IndexFunc(terms, func(o Term) bool { return slices.Equal(o.Factors, letters) })
		if i >= 0 {
			terms[i].Coef = f.Add(terms[i].Coef, coef)
		} else {
			terms = append(terms, Term{coef, letters})
		}
	}
	return slices.DeleteFunc(terms, func(t Term) bool { return t.Coef.Zero() }), !f.over
}

// OfTerms makes a value of terms again.
func (f *Field) OfTerms(terms []Term) Value {
	var out Value
	for _, t := range terms {
		var m monomial
		for _, x := range t.Factors {
			m = append(m, power{x.atom, x.N, x.D})
		}
		slices.SortFunc(m, func(a, b power) int { return a.atom - b.atom })
		out = f.Add(out, f.Mul(t.Coef, Value{num: poly{{c: Int(1), m: m}}}))
	}
	return out
}

// varies reports whether an atom holds a letter.
func (f *Field) varies(i int) bool {
	a := f.atoms[i]
	if a.kind == letterAtom {
		return true
	}
	return f.hasVarying(a.arg) || a.kind == expAtom && f.hasVarying(a.base)
}

func (f *Field) hasVarying(v Value) bool {
	for _, p := range []poly{v.num, v.den} {
		for _, t := range p {
			for _, e := range t.m {
				if f.varies(e.atom) {
					return true
				}
			}
		}
	}
	return false
}

// Constant reports whether a value holds no letter.
func (f *Field) Constant(v Value) bool { return !f.hasVarying(v) }

// Holds reports whether a value holds the letter of that name.
func (f *Field) Holds(v Value, name string) bool {
	for _, p := range []poly{v.num, v.den} {
		for _, t := range p {
			for _, e := range t.m {
				a := f.atoms[e.atom]
				if a.kind == letterAtom && a.name == name || a.kind != letterAtom && (f.Holds(a.arg, name) || f.Holds(a.base, name)) {
					return true
				}
			}
		}
	}
	return false
}

// Cleared is what an equation v = 0 comes to when nothing stands in a denominator: the numerator, multiplied so that no
// letter has a negative exponent, without the factors that it shares with the denominator.
func (f *Field) Cleared(v Value) Value {
	num := v.num
	if v.den != nil {
		u, x, ok := f.univariate(num)
		d, y, also := f.univariate(v.den)
		if ok && also && x == y {
			if g := gcdUni(u, d); g.degree() > 0 {
				u, _ = u.divide(g)
				num = f.multivariate(u, x)
			}
		}
	}
	low := map[int]power{}
	for _, t := range num {
		for _, e := range t.m {
			if l, seen := low[e.atom]; e.n < 0 && (!seen || int64(e.n)*int64(l.d) < int64(l.n)*int64(e.d)) {
				low[e.atom] = e
			}
		}
	}
	var up monomial
	for i := range f.atoms { // in order
		if e, ok := low[i]; ok {
			up = append(up, power{i, -e.n, e.d})
		}
	}
	if up == nil {
		return Value{num: num}
	}
	return Value{num: f.mul(num, poly{{c: Int(1), m: up}})}
}

// Proportional reports whether a is a constant times b, and the constant; neither may be 0.
func (f *Field) Proportional(a, b Value) (ratio Value, ok bool) {
	s, ok := f.Terms(a)
	t, also := f.Terms(b)
	if !ok || !also || len(s) != len(t) || len(s) == 0 {
		return Value{}, false
	}
	first := -1
	for i := range s {
		j := slices.IndexFunc(t, s[i].Like)
		if j < 0 {
			return Value{}, false
		}
		if first < 0 {
			first = j
			if ratio, _ = f.Quo(s[i].Coef, t[j].Coef); f.over {
				return Value{}, false
			}
			continue
		}
		if !f.Equal(f.Mul(s[i].Coef, t[first].Coef), f.Mul(t[j].Coef, s[0].Coef)) {
			return Value{}, false
		}
	}
	return ratio, true
}

// Linear takes v apart as slope·x + rest, where neither holds the letter x and the slope is not 0.
func (f *Field) Linear(v Value, x string) (slope, rest Value, ok bool) {
	under := Value{num: v.den}
	if v.den != nil && f.Holds(under, x) {
		return slope, rest, false
	}
	for _, t := range v.num {
		at := -1
		for i, e := range t.m {
			a := f.atoms[e.atom]
			switch {
			case a.kind == letterAtom && a.name == x:
				if e.n != 1 || e.d != 1 {
					return slope, rest, false
				}
				at = i
			case a.kind != letterAtom && (f.Holds(a.arg, x) || f.Holds(a.base, x)):
				return slope, rest, false
			}
		}
		if at < 0 {
			rest = f.Add(rest, Value{num: poly{t}, den: v.den})
			continue
		}
		m := slices.Delete(slices.Clone(t.m), at, at+1)
		slope = f.Add(slope, Value{num: poly{{t.c, m}}, den: v.den})
	}
	return slope, rest, !slope.Zero() && !f.over
}

// Cmp compares two real constants: equal exactly, else by their approximate values; ok is false when they are no real
// constants or too near to tell.
func (f *Field) Cmp(a, b Value) (int, bool) {
	if p, ok := a.Rational(); ok {
		if q, ok := b.Rational(); ok {
			return p.Cmp(q), true
		}
	}
	d := f.Sub(a, b)
	if d.Zero() {
		return 0, !f.over
	}
	x, ok := f.Float(a)
	y, also := f.Float(b)
	if !ok || !also || x == y {
		return 0, false
	}
	if x < y {
		return -1, true
	}
	return 1, true
}

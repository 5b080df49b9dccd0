package exact

// symbolic is a^b for a b that is no rational number: the exponent's terms become powers of their own, so that 2^(x+1) is
// 2·2^x and 4^x is (2^x)².
func (f *Field) symbolic(a, b Value) (Value, error) {
	if a.Zero() {
		return Value{}, ErrNotExact
	}
	if isOne(a) {
		return a, nil
	}
	out := OfQ(Int(1))
	for _, t := range f.exponents(b) {
		v, err := f.powerOf(a, t.part, t.c)
		if err != nil {
			return v, err
		}
		out = f.Mul(out, v)
	}
	return out, nil
}

// exponentPart is c times part; part is one monomial, a quotient with content 1, or 1.
type exponentPart struct {
	c    Q
	part Value
}

// exponents takes an exponent apart into its terms.
func (f *Field) exponents(b Value) []exponentPart {
	var out []exponentPart
	if b.den != nil {
		c := content(b.num)
		if b.num[0].c.Sign() < 0 {
			c = c.Neg()
		}
		return []exponentPart{{c, Value{num: b.num.scale(c.Inv()), den: b.den}}}
	}
	for _, t := range b.num {
		out = append(out, exponentPart{t.c, Value{num: poly{{c: Int(1), m: t.m}}}})
	}
	return out
}

// powerOf is a^(c·part).
func (f *Field) powerOf(a, part Value, c Q) (Value, error) {
	n, d, ok := c.Small()
	if !ok || d > maxRoot || n > maxExponent || n < -maxExponent {
		return Value{}, ErrTooBig
	}
	if isOne(part) {
		return f.rational(a, n, d, nil)
	}
	over, err := f.powerPoly(a.num, part, n, d)
	if err != nil || a.den == nil {
		return over, err
	}
	under, err := f.powerPoly(a.den, part, n, d)
	if err != nil {
		return under, err
	}
	return f.Quo(over, under)
}

// powerPoly is p^(part·n/d): of a product, the product of the powers.
func (f *Field) powerPoly(p poly, part Value, n, d int64) (Value, error) {
	out := OfQ(Int(1))
	take := func(base, exp Value, n, d int64) {
		e := f.exponent(f.find(atom{kind: expAtom, base: base, arg: exp}), n, d)
		if e.n != 0 {
			out = f.Mul(out, Value{num: poly{{c: Int(1), m: monomial{e}}}})
		}
	}
	c, m, rest := f.split(p)
	if c.Sign() < 0 {
		take(OfQ(Int(-1)), part, n, d)
		c = c.Neg()
	}
	r := c.rat()
	for _, pe := range f.primes(r.Num()) {
		take(OfQ(fromBig(ratOf(pe.prime))), part, pe.n*n, d)
	}
	for _, pe := range f.primes(r.Denom()) {
		take(OfQ(fromBig(ratOf(pe.prime))), part, -pe.n*n, d)
	}
	for _, e := range m {
		a := f.atoms[e.atom]
		en, ed := int64(e.n)*n, int64(e.d)*d
		switch a.kind {
		case eulerAtom:
			if arg, ok := f.logarithm(part); ok { // e^(c·ln x) is x^c
				v, err := f.rational(arg, en, ed, nil)
				if err != nil {
					return v, err
				}
				out = f.Mul(out, v)
				continue
			}
			take(f.constant("e"), part, en, ed)
		case expAtom: // (b^x)^y is b^(xy)
			take(a.base, f.Mul(a.arg, part), en, ed)
		case infinityAtom:
			return Value{}, ErrNotExact
		case primeAtom:
			take(OfQ(fromBig(ratOf(a.prime))), part, en, ed)
		default:
			take(Value{num: poly{{c: Int(1), m: monomial{{e.atom, 1, 1}}}}}, part, en, ed)
		}
	}
	if rest != nil {
		take(Value{num: rest}, part, n, d)
	}
	return out, nil
}

// logarithm gives x when a value is ln x.
func (f *Field) logarithm(v Value) (Value, bool) {
	if v.den != nil || len(v.num) != 1 || len(v.num[0].m) != 1 || !v.num[0].c.Is(1) {
		return Value{}, false
	}
	e := v.num[0].m[0]
	a := f.atoms[e.atom]
	return a.arg, a.kind == callAtom && a.name == "ln" && e.n == 1 && e.d == 1
}

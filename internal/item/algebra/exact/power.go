package exact

import "math/big"

// Power is a to the b.
func (f *Field) Power(a, b Value) (Value, error) {
	q, ok := b.Rational()
	if !ok {
		return f.symbolic(a, b)
	}
	n, d, small := q.Small()
	if !small || d > maxRoot || n > maxExponent || n < -maxExponent {
		if a.Zero() || q.IsInt() && isOne(a) {
			return a, nil
		}
		return Value{}, ErrTooBig
	}
	return f.rational(a, n, d, nil)
}

func isOne(v Value) bool {
	q, ok := v.Rational()
	return ok && q.Is(1)
}

// rational is v to the n/d, d > 0. err is handed on.
func (f *Field) rational(v Value, n, d int64, err error) (Value, error) {
	if err != nil || f.over {
		return v, err
	}
	if g := gcd(n, d); g > 1 {
		n, d = n/g, d/g
	}
	if v.Zero() {
		if n <= 0 {
			return Value{}, ErrUndefined
		}
		return v, nil
	}
	if n < 0 {
		out, err := f.rational(v, -n, d, nil)
		if err != nil {
			return out, err
		}
		return f.Inv(out)
	}
	if d > 1 {
		over, err := f.rootPoly(v.num, n, d)
		if err != nil || v.den == nil {
			return over, err
		}
		under, err := f.rootPoly(v.den, n, d)
		if err != nil {
			return under, err
		}
		return f.Quo(over, under)
	}
	if v.den == nil {
		return Value{num: f.whole(v.num, int(n))}, nil
	}
	return Value{num: f.whole(v.num, int(n)), den: f.whole(v.den, int(n))}, nil
}

// rootPoly is p^(n/d), n > 0, d > 1.
func (f *Field) rootPoly(p poly, n, d int64) (Value, error) {
	c, m, rest := f.split(p)
	out := OfQ(Int(1))
	even := d%2 == 0
	if c.Sign() < 0 {
		switch {
		case !even: // ∛−8 is −2
			if c = c.Neg(); n%2 == 1 {
				out = OfQ(Int(-1))
			}
		case rest != nil || f.hasLetters(m):
			// √(−x) stays as it is: the sign belongs to what may be negative itself
			if rest == nil {
				rest = poly{{c: Int(1)}}
			}
			rest = f.mul(rest, poly{{c: Int(-1), m: f.odd(m)}})
			m, c = f.evenPart(m), c.Neg()
		case d == 2:
			i, err := f.rational(f.constant("i"), n, 1, nil)
			if err != nil {
				return i, err
			}
			c, out = c.Neg(), i
		default:
			return Value{}, ErrNotExact
		}
	} else if rest != nil && even {
		// √(x(x + 1)) is one root; of x², |x| comes out of it
		rest = f.mul(rest, poly{{c: Int(1), m: f.odd(m)}})
		m = f.evenPart(m)
	}
	number, err := f.rootNumber(c, n, d)
	if err != nil {
		return number, err
	}
	out = f.Mul(out, number)
	for _, e := range m {
		v, err := f.rootAtom(e, n, d)
		if err != nil {
			return v, err
		}
		out = f.Mul(out, v)
	}
	if rest == nil {
		return out, nil
	}
	if _, ok := rest.isConst(); ok { // √(−x²) is i·|x|
		if d != 2 {
			return Value{}, ErrNotExact
		}
		i, err := f.rational(f.constant("i"), n, 1, nil)
		return f.Mul(out, i), err
	}
	if !even && rest[0].c.Sign() < 0 {
		rest = rest.neg()
		if n%2 == 1 {
			out = f.Neg(out)
		}
	}
	root := poly{{c: Int(1), m: monomial{f.exponent(f.find(atom{kind: rootAtom, arg: Value{num: rest}}), n, d)}}}
	t, more := f.settle(root[0])
	root = poly{t}
	if more != nil {
		root = f.mul(root, more)
	}
	return f.Mul(out, Value{num: root}), nil
}

// split takes a polynomial apart: its content c with the sign of a single term, the atoms m common to all terms, and what is
// left, nil for 1.
func (f *Field) split(p poly) (c Q, m monomial, rest poly) {
	if len(p) == 1 {
		return p[0].c, p[0].m, nil
	}
	c = content(p)
	m = common(p)
	inv := f.invert(term{c, m})
	return c, m, f.mul(p, inv)
}

// content is the largest positive rational that leaves whole coefficients without a common factor.
func content(p poly) Q {
	num, den := new(big.Int), big.NewInt(1)
	smallNum, smallDen := int64(0), int64(1)
	fits := true
	for _, t := range p {
		n, d, ok := t.c.Small()
		if !ok {
			fits = false
			break
		}
		smallNum = gcd(smallNum, n)
		if smallDen = smallDen / gcd(smallDen, d) * d; smallDen > 1<<31 {
			fits = false
			break
		}
	}
	if fits {
		return Frac(smallNum, smallDen)
	}
	for _, t := range p {
		r := t.c.rat()
		num.GCD(nil, nil, num, new(big.Int).Abs(r.Num()))
		g := new(big.Int).GCD(nil, nil, den, r.Denom())
		den.Mul(den, new(big.Int).Quo(r.Denom(), g))
	}
	return fromBig(new(big.Rat).SetFrac(num, den))
}

// common is the product of letters, each to the least exponent that it has in any term.
func common(p poly) monomial {
	m := append(monomial(nil), p[0].m...)
	for _, t := range p[1:] {
		kept := m[:0]
		for _, e := range m {
			for _, x := range t.m {
				if x.atom == e.atom {
					if int64(x.n)*int64(e.d) < int64(e.n)*int64(x.d) {
						e = x
					}
					kept = append(kept, e)
				}
			}
		}
		m = kept
	}
	kept := m[:0]
	for _, e := range m {
		if e.n > 0 {
			kept = append(kept, e)
		}
	}
	return kept
}

func (f *Field) hasLetters(m monomial) bool {
	for _, e := range m {
		if k := f.atoms[e.atom].kind; k != primeAtom && k != piAtom && k != eulerAtom {
			return true
		}
	}
	return false
}

// odd and evenPart part a monomial: x³y² is x · x²y². Positive atoms count as even.
func (f *Field) odd(m monomial) monomial {
	var out monomial
	for _, e := range m {
		if !f.positive(e.atom) && e.d == 1 && e.n%2 != 0 {
			out = append(out, power{e.atom, 1, 1})
		} else if !f.positive(e.atom) && e.d != 1 {
			out = append(out, e)
		}
	}
	return out
}

func (f *Field) evenPart(m monomial) monomial {
	var out monomial
	for _, e := range m {
		switch {
		case f.positive(e.atom) || e.d == 1 && e.n%2 == 0:
			out = append(out, e)
		case e.d == 1 && e.n != 1:
			out = append(out, power{e.atom, e.n - 1, 1})
		}
	}
	return out
}

func (f *Field) positive(i int) bool {
	switch f.atoms[i].kind {
	case piAtom, eulerAtom, primeAtom, absAtom, expAtom:
		return true
	}
	return false
}

// rootAtom is e^(n/d): √x³ is x^(3/2), √x² is |x|, √x⁴ is x².
func (f *Field) rootAtom(e power, n, d int64) (Value, error) {
	a := f.atoms[e.atom]
	bars := d%2 == 0 && !f.positive(e.atom) && e.n%2 == 0 && e.d%2 == 1
	if a.kind == imaginaryAtom || a.kind == infinityAtom || bars && a.kind == rootAtom {
		return Value{}, ErrNotExact
	}
	out := f.exponent(e.atom, int64(e.n)*n, int64(e.d)*d)
	if bars && !(out.d == 1 && out.n%2 == 0) {
		out.atom = f.find(atom{kind: absAtom, arg: Value{num: poly{{c: Int(1), m: monomial{{e.atom, 1, 1}}}}}})
	}
	t, more := f.settle(term{Int(1), monomial{out}})
	if more != nil {
		return Value{num: f.mul(poly{t}, more)}, nil
	}
	return Value{num: poly{t}}, nil
}

// rootNumber is c^(n/d) for c > 0: primes to fractional exponents.
func (f *Field) rootNumber(c Q, n, d int64) (Value, error) {
	out := OfQ(Int(1))
	r := c.rat()
	for i, x := range []*big.Int{r.Num(), r.Denom()} {
		sign := int64(1 - 2*i)
		for _, pe := range f.primes(x) {
			v := Value{num: poly{{c: Int(1), m: monomial{f.exponent(f.find(atom{kind: primeAtom, prime: pe.prime}), sign*pe.n*n, d)}}}}
			t, more := f.settle(v.num[0])
			if more != nil {
				return Value{}, ErrNotExact
			}
			out = f.Mul(out, Value{num: poly{t}})
		}
	}
	return out, nil
}

type primePower struct {
	prime *big.Int
	n     int64
}

// maxTrial is how far primes are tried, in numbers up to maxTaken bits; what is left beyond its square may be no prime, and
// then only numbers decide.
const (
	maxTrial = 2000
	maxTaken = 256
)

// primes takes x > 0 apart.
func (f *Field) primes(x *big.Int) []primePower {
	var out []primePower
	switch {
	case x.BitLen() > maxTaken:
		f.opaque = true
		return []primePower{{x, 1}}
	case x.IsInt64():
		rest := x.Int64()
		for p := int64(2); p <= maxTrial && p*p <= rest; p++ {
			n := int64(0)
			for rest%p == 0 {
				rest /= p
				n++
			}
			if n > 0 {
				out = append(out, primePower{big.NewInt(p), n})
			}
		}
		if rest > 1 {
			out = append(out, f.leftover(big.NewInt(rest)))
		}
		return out
	}
	rest, p, q, r := new(big.Int).Set(x), new(big.Int), new(big.Int), new(big.Int)
	for i := int64(2); i <= maxTrial; i++ {
		p.SetInt64(i)
		n := int64(0)
		for {
			if q.QuoRem(rest, p, r); r.Sign() != 0 {
				break
			}
			rest.Set(q)
			n++
		}
		if n > 0 {
			out = append(out, primePower{big.NewInt(i), n})
		}
	}
	if rest.Cmp(big.NewInt(1)) > 0 {
		out = append(out, f.leftover(rest))
	}
	return out
}

// leftover is what trial division left: a prime, a power of one number, or something that is kept as it is.
func (f *Field) leftover(x *big.Int) primePower {
	if x.Cmp(big.NewInt(maxTrial*maxTrial)) < 0 || x.IsUint64() && x.ProbablyPrime(0) { // exact below 2^64 (Baillie-PSW)
		return primePower{x, 1}
	}
	for n := int64(2); n <= 16; n++ {
		if r := intRoot(x, int(n)); new(big.Int).Exp(r, big.NewInt(n), nil).Cmp(x) == 0 {
			inner := f.leftover(r)
			return primePower{inner.prime, inner.n * n}
		}
	}
	f.opaque = true
	return primePower{x, 1}
}

// intRoot is the whole part of the n-th root of x.
func intRoot(x *big.Int, n int) *big.Int {
	lo, hi := big.NewInt(1), new(big.Int).Lsh(big.NewInt(1), uint(x.BitLen()/n+1))
	for mid := new(big.Int); new(big.Int).Sub(hi, lo).Cmp(big.NewInt(1)) > 0; {
		mid.Add(lo, hi).Rsh(mid, 1)
		if new(big.Int).Exp(mid, big.NewInt(int64(n)), nil).Cmp(x) > 0 {
			hi.Set(mid)
		} else {
			lo.Set(mid)
		}
	}
	return lo
}

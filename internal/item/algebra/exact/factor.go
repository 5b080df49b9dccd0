package exact

import "math"

// uni is a polynomial in one letter: the coefficients from the constant up, the last not 0.
type uni []Q

func (u uni) degree() int { return len(u) - 1 }

func (u uni) trim() uni {
	for len(u) > 0 && u[len(u)-1].Sign() == 0 {
		u = u[:len(u)-1]
	}
	return u
}

// univariate gives a polynomial in one letter with whole exponents from 0 up, and the letter's atom.
func (f *Field) univariate(p poly) (uni, int, bool) {
	x := -1
	degree := 0
	for _, t := range p {
		if len(t.m) > 1 {
			return nil, 0, false
		}
		for _, e := range t.m {
			if f.atoms[e.atom].kind != letterAtom || x >= 0 && e.atom != x || e.d != 1 || e.n < 0 || e.n > maxDegree {
				return nil, 0, false
			}
			x = e.atom
			degree = max(degree, int(e.n))
		}
	}
	if x < 0 {
		return nil, 0, false
	}
	u := make(uni, degree+1)
	for _, t := range p {
		n := 0
		if len(t.m) == 1 {
			n = int(t.m[0].n)
		}
		u[n] = t.c
	}
	return u, x, true
}

// maxDegree bounds what is taken apart into factors.
const maxDegree = 12

// multivariate is a polynomial in one letter as a sum of terms.
func (f *Field) multivariate(u uni, x int) poly {
	var p poly
	for n := len(u) - 1; n >= 0; n-- {
		if u[n].Sign() == 0 {
			continue
		}
		t := term{c: u[n]}
		if n > 0 {
			t.m = monomial{{atom: x, n: int32(n), d: 1}}
		}
		p = append(p, t)
	}
	return p
}

// over divides; ok is false when a rest stays.
func (u uni) over(v uni) (uni, bool) {
	q, r := u.divide(v)
	return q, len(r) == 0
}

func (u uni) divide(v uni) (quotient, rest uni) {
	rest = append(uni(nil), u...)
	if len(v) == 0 || len(u) < len(v) {
		return nil, rest
	}
	quotient = make(uni, len(u)-len(v)+1)
	inv := v[len(v)-1].Inv()
	for i := len(quotient) - 1; i >= 0; i-- {
		c := rest[i+len(v)-1].Mul(inv)
		quotient[i] = c
		if c.Sign() == 0 {
			continue
		}
		for j, x := range v {
			rest[i+j] = rest[i+j].Sub(c.Mul(x))
		}
	}
	return quotient, rest.trim()
}

// gcdUni is the greatest common divisor, with the leading coefficient 1.
func gcdUni(u, v uni) uni {
	for len(v) > 0 {
		_, r := u.divide(v)
		if r = r.monic(); len(r) > 0 && r[0].size() > maxBits {
			return uni{Int(1)}
		}
		u, v = v, r
	}
	return u.monic()
}

func (u uni) monic() uni {
	if len(u) == 0 {
		return u
	}
	inv := u[len(u)-1].Inv()
	out := make(uni, len(u))
	for i, c := range u {
		out[i] = c.Mul(inv)
	}
	return out
}

func (u uni) at(x Q) Q {
	var y Q
	for i := len(u) - 1; i >= 0; i-- {
		y = y.Mul(x).Add(u[i])
	}
	return y
}

// part is a factor and how often it stands in the product.
type part struct {
	u uni
	n int
}

// factorize takes a polynomial apart: a number (when it is not 1), factors with whole coefficients without a common divisor
// and a positive leading one. Linear and quadratic factors are found; what is left of degree four and more may have others.
func factorize(u uni) []part {
	var out []part
	whole, c := u.primitive()
	if !c.Is(1) {
		out = append(out, part{uni{c}, 1})
	}
	take := func(g uni) bool {
		n := 0
		for whole.degree() >= g.degree() {
			q, ok := whole.over(g)
			if !ok {
				break
			}
			whole = q
			n++
		}
		if n > 0 {
			out = append(out, part{g, n})
		}
		return n > 0
	}
	if whole.degree() >= 1 && whole[0].Sign() == 0 {
		take(uni{Int(0), Int(1)})
	}
	for whole.degree() >= 2 {
		r, ok := whole.rationalRoot()
		if !ok {
			break
		}
		n, d, _ := r.Small()
		if !take(uni{Int(-n), Int(d)}) {
			break
		}
	}
	for whole.degree() >= 4 {
		g, ok := whole.quadratic()
		if !ok || !take(g) {
			break
		}
	}
	if whole.degree() >= 1 {
		out = append(out, part{whole, 1})
	}
	return out
}

// primitive gives a polynomial with whole coefficients without a common divisor and a positive leading one, and the number
// that was taken out.
func (u uni) primitive() (uni, Q) {
	p := make(poly, 0, len(u))
	for _, c := range u {
		if c.Sign() != 0 {
			p = append(p, term{c: c})
		}
	}
	c := content(p)
	if u[len(u)-1].Sign() < 0 {
		c = c.Neg()
	}
	inv := c.Inv()
	out := make(uni, len(u))
	for i, x := range u {
		out[i] = x.Mul(inv)
	}
	return out, c
}

// whole64 gives whole coefficients below 2^31.
func (u uni) whole64() ([]int64, bool) {
	out := make([]int64, len(u))
	for i, c := range u {
		n, d, ok := c.Small()
		if !ok || d != 1 {
			return nil, false
		}
		out[i] = n
	}
	return out, true
}

// maxDivisors bounds the numbers whose divisors are tried.
const maxDivisors = 1 << 20

// rationalRoot finds p/q with p dividing the constant and q the leading coefficient.
func (u uni) rationalRoot() (Q, bool) {
	c, ok := u.whole64()
	if !ok || c[0] == 0 {
		return Q{}, ok && c[0] == 0
	}
	if abs64(c[0]) > maxDivisors || abs64(c[len(c)-1]) > maxDivisors {
		return Q{}, false
	}
	for _, q := range divisors(c[len(c)-1]) {
		for _, p := range divisors(c[0]) {
			if gcd(p, q) != 1 {
				continue
			}
			for _, s := range []int64{p, -p} {
				// In floating point first: an exact root is nearly 0 there.
				x, y, scale := float64(s)/float64(q), 0.0, 0.0
				for i := len(c) - 1; i >= 0; i-- {
					y = y*x + float64(c[i])
					scale = scale*math.Abs(x) + math.Abs(float64(c[i]))
				}
				if math.Abs(y) < 1e-9*scale && u.at(Frac(s, q)).Sign() == 0 {
					return Frac(s, q), true
				}
			}
		}
	}
	return Q{}, false
}

func abs64(n int64) int64 { return max(n, -n) }

func divisors(n int64) []int64 {
	n = abs64(n)
	var low, high []int64
	for d := int64(1); d*d <= n; d++ {
		if n%d == 0 {
			low = append(low, d)
			if d*d != n {
				high = append(high, n/d)
			}
		}
	}
	for i := len(high) - 1; i >= 0; i-- {
		low = append(low, high[i])
	}
	return low
}

// quadratic finds a quadratic factor by its values at 0, 1 and −1, which divide the polynomial's (L. Kronecker, 1882).
func (u uni) quadratic() (uni, bool) {
	c, ok := u.whole64()
	if !ok {
		return nil, false
	}
	at := func(x int64) (y int64) {
		for i := len(c) - 1; i >= 0; i-- {
			if y = y*x + c[i]; abs64(y) > 1<<40 {
				return 0
			}
		}
		return y
	}
	v0, v1, v2, far := at(0), at(1), at(-1), at(3)
	for _, v := range []int64{v0, v1, v2} {
		if v == 0 || abs64(v) > maxDivisors {
			return nil, false
		}
	}
	lead := c[len(c)-1]
	for _, a := range divisors(v0) {
		for _, b := range divisors(v1) {
			for _, d := range divisors(v2) {
				for s := range 4 { // the sign of a is fixed: a factor and its opposite are one
					q1, q2 := b*int64(1-2*(s&1)), d*int64(1-s&2)
					if (q1+q2)%2 != 0 {
						continue
					}
					x2, x1 := (q1+q2)/2-a, (q1-q2)/2
					if x2 == 0 || lead%x2 != 0 {
						continue
					}
					if at3 := 9*x2 + 3*x1 + a; at3 == 0 || far%at3 != 0 {
						continue
					}
					g, _ := (uni{Int(a), Int(x1), Int(x2)}).primitive()
					if _, ok := u.over(g); ok {
						return g, true
					}
				}
			}
		}
	}
	return nil, false
}

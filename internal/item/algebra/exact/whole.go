package exact

import (
	"math/big"
	"slices"
)

// OfFloat is a float64 as the rational that it is; ok is false for infinities and NaN.
func OfFloat(x float64) (Q, bool) {
	r := new(big.Rat)
	if r.SetFloat64(x) == nil {
		return Q{}, false
	}
	return fromBig(r), true
}

// Polynomial reports whether a value is a sum of terms with rational coefficients in letters to whole powers from 0 up.
func (f *Field) Polynomial(v Value) bool {
	if v.den != nil {
		return false
	}
	for _, t := range v.num {
		for _, e := range t.m {
			if f.atoms[e.atom].kind != letterAtom || e.d != 1 || e.n < 0 {
				return false
			}
		}
	}
	return true
}

// Content is the largest positive rational number that can be taken out of a sum so that whole coefficients without a
// common factor stay; of 0 it is 0.
func (f *Field) Content(v Value) Q {
	if len(v.num) == 0 {
		return Q{}
	}
	return content(v.num)
}

// Whole reports whether every coefficient is a whole number.
func (f *Field) Whole(v Value) bool {
	return !slices.ContainsFunc(v.num, func(t term) bool { return !t.c.IsInt() })
}

// Common is the product of letters that every term of a sum holds.
func (f *Field) Common(v Value) Value {
	if len(v.num) == 0 {
		return OfQ(Int(1))
	}
	return Value{num: poly{{c: Int(1), m: common(v.num)}}}
}

// Divides reports whether v/by is a polynomial, where by holds a letter.
func (f *Field) Divides(by, v Value) bool {
	if by.Zero() || f.Constant(by) {
		return false
	}
	q, err := f.Quo(v, by)
	return err == nil && !f.over && f.Polynomial(q)
}

// Irreducible reports whether a polynomial with letters is no product of two polynomials with letters, as far as linear and
// quadratic factors go. With several letters all but one are set to whole numbers: what stays in one piece there is in one
// piece (D. Hilbert, 1892: nearly all numbers will do).
func (f *Field) Irreducible(v Value) bool {
	p := v.num
	if len(p) == 1 { // a letter, or a product of some
		n := 0
		for _, e := range p[0].m {
			n += int(e.n)
		}
		return n <= 1
	}
	if len(common(p)) > 0 {
		return false
	}
	if u, _, ok := f.univariate(p); ok {
		return u.onePiece()
	}
	letters, main, degree := f.lettersOf(p)
	if degree == 1 {
		return !f.linearParts(v, letters)
	}
	for _, start := range []int64{7, -5, 13, 3, -11} {
		u := make(uni, degree+1)
		for _, t := range p {
			c, n := t.c, 0
			for _, e := range t.m {
				if e.atom == main {
					n = int(e.n)
					continue
				}
				k, _ := Int(start + 4*int64(slices.Index(letters, e.atom))).power(int(e.n))
				c = c.Mul(k)
			}
			u[n] = u[n].Add(c)
		}
		if u[degree].Sign() != 0 && u.onePiece() {
			return true
		}
	}
	return false
}

// onePiece reports whether a polynomial in one letter has no factors but itself and numbers.
func (u uni) onePiece() bool {
	pieces := 0
	for _, g := range factorize(u) {
		if g.u.degree() > 0 {
			pieces += g.n
		}
	}
	return pieces == 1
}

// lettersOf are the letters of a polynomial, the one with the highest degree, and that degree.
func (f *Field) lettersOf(p poly) (letters []int, main, degree int) {
	for _, t := range p {
		for _, e := range t.m {
			if !slices.Contains(letters, e.atom) {
				letters = append(letters, e.atom)
			}
			if int(e.n) > degree {
				main, degree = e.atom, int(e.n)
			}
		}
	}
	slices.Sort(letters)
	return letters, main, degree
}

// linearParts reports whether a polynomial that is linear in every letter is a product: for some letter x it is A·x + B with
// an A that holds letters and divides B.
func (f *Field) linearParts(v Value, letters []int) bool {
	for _, x := range letters {
		slope, rest, ok := f.Linear(v, f.atoms[x].name)
		if ok && !f.Constant(slope) && (rest.Zero() || f.Divides(slope, rest)) {
			return true
		}
	}
	return false
}

// Share reports whether two polynomials have a factor with letters in common.
func (f *Field) Share(a, b Value) bool {
	if f.Constant(a) || f.Constant(b) {
		return false
	}
	for _, e := range common(a.num) {
		for _, x := range common(b.num) {
			if e.atom == x.atom {
				return true
			}
		}
	}
	u, x, ok := f.univariate(a.num)
	w, y, also := f.univariate(b.num)
	if ok && also {
		return x == y && gcdUni(u, w).degree() > 0
	}
	return f.Divides(a, b) || f.Divides(b, a)
}

// Gcd is the greatest common divisor of two whole numbers that fit; 1 for others.
func Gcd(a, b Q) int64 {
	x, ok := a.Int64()
	y, also := b.Int64()
	if !ok || !also {
		return 1
	}
	return gcd(x, y)
}

// Divisors are the divisors of a whole number from 2 up to limit, rising; none for one that is too large.
func Divisors(q Q, limit int64) []int64 {
	n, ok := q.Int64()
	if !ok || n == 0 || abs64(n) > maxDivisors {
		return nil
	}
	return slices.DeleteFunc(divisors(n), func(d int64) bool { return d < 2 || d > limit })
}

// Round is q rounded to that many decimal places, a half away from zero; negative places round before the point.
func Round(q Q, places int) Q {
	if places > 400 || places < -400 {
		return q
	}
	scale, _ := Int(10).power(max(places, -places))
	if places < 0 {
		scale = scale.Inv()
	}
	r := q.Mul(scale).Rat()
	num := new(big.Int).Mul(r.Num(), big.NewInt(2))
	if r.Sign() < 0 {
		num.Sub(num, r.Denom())
	} else {
		num.Add(num, r.Denom())
	}
	num.Quo(num, new(big.Int).Mul(r.Denom(), big.NewInt(2))) // towards zero
	return fromBig(ratOf(num)).Quo(scale)
}

// Digits is the number of decimal digits of the longer part of q.
func (q Q) Digits() int { return q.size()*30103/100000 + 1 }

// PowerFree reports whether no whole number above 1 to the n divides q, which is whole.
func PowerFree(q Q, n int) bool {
	x, ok := q.Int64()
	if !ok {
		return true
	}
	f := New()
	for _, pe := range f.primes(big.NewInt(max(abs64(x), 1))) {
		if pe.n >= int64(n) {
			return false
		}
	}
	return true
}

// LowersIndex reports whether the n-th root of q is a root with a smaller index: the fourth root of 9 is √3.
func LowersIndex(q Q, n int) bool {
	x, ok := q.Int64()
	if !ok || x == 0 {
		return false
	}
	g := int64(n)
	for _, pe := range New().primes(big.NewInt(abs64(x))) {
		g = gcd(g, pe.n)
	}
	return g > 1
}

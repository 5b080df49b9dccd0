// Package exact decides whether two expressions are equal, wherever that can be decided by calculation alone.
//
// In: trees. Out: Values, each a quotient of two polynomials in atoms over the rationals. An atom is a letter, π, e, i, a
// root of a prime, a power with a letter in its exponent, or a function of a value. Polynomials and rational functions in
// letters have one normal form, so equality is decided. So are constants made of roots: products of roots of different
// primes are linearly independent over the rationals (A. S. Besicovitch, On the linear independence of fractional powers of
// integers, J. London Math. Soc. 15, 1940). For other atoms equality is certain and inequality is not (sin² + cos² is 1):
// Decided tells, and package ball goes on.
//
// Where school and analysis part ways, school is followed, and always for the same reason, that a rule of the textbook is
// a right answer:
//
//   - a hole does not matter: (x² − 1)/(x − 1) is x + 1
//   - roots and logarithms of products of different letters may be parted: √(xy) is √x·√y, ln(xy) is ln x + ln y; those of
//     even powers may not: √(x²) is |x|, ln(x²) is 2·ln|x|
//   - (√x)² is x and e^(ln x) is x; odd roots of negative numbers are real: ∛−8 is −2
//   - log has the base 10
//
// Everything is bounded by effort, not by a clock: a calculation that grows too large ends with ErrTooBig.
//
// Place in the flow: beneath item/algebra.
package exact

import (
	"errors"
	"slices"
)

// Bounds on one calculation.
const (
	maxTerms    = 600
	maxWork     = 40000 // terms touched
	maxExponent = 1 << 20
	maxRoot     = 1 << 12
	maxExpanded = 40 // power to which a sum is multiplied out
	maxAtoms    = 120
)

var (
	// ErrTooBig is what is beyond the bounds; numbers may still decide.
	ErrTooBig = errors.New("exact: too large to work out")
	// ErrUndefined is a value that there is not: 1/0, 0^-1, ln 0.
	ErrUndefined = errors.New("exact: has no value")
	// ErrNotExact is what this package does not know; numbers may still decide.
	ErrNotExact = errors.New("exact: no exact form")
)

// Field is the room of one comparison: values can be compared only within one field. It is not safe for concurrent use.
type Field struct {
	atoms  []atom
	work   int
	over   bool
	opaque bool // a number was too large to take apart into primes: unequal roots of it may be equal
}

// New makes a field.
func New() *Field { return &Field{} }

func (f *Field) spend(n int) bool {
	f.work += n
	f.over = f.over || f.work > maxWork
	return !f.over
}

// Value is a quotient of two polynomials in a field's atoms; den is nil for 1. Values are immutable.
type Value struct{ num, den poly }

// OfQ is a number as a value.
func OfQ(q Q) Value { return Value{num: constant(q)} }

func (v Value) denominator() poly {
	if v.den == nil {
		return constant(Int(1))
	}
	return v.den
}

// Zero reports whether the value is 0.
func (v Value) Zero() bool { return len(v.num) == 0 }

// Rational is the value when it is a rational number.
func (v Value) Rational() (Q, bool) {
	if v.den != nil {
		return Q{}, false
	}
	return v.num.isConst()
}

// Equal reports whether two values are the same: certain when true; see Decided.
func (f *Field) Equal(a, b Value) bool {
	if a.den == nil && b.den == nil {
		return a.num.equal(b.num)
	}
	return f.Sub(a, b).Zero() && !f.over
}

// Add is a + b.
func (f *Field) Add(a, b Value) Value {
	if a.den == nil && b.den == nil {
		return Value{num: f.add(a.num, b.num)}
	}
	if a.denominator().equal(b.denominator()) {
		return f.quotient(f.add(a.num, b.num), a.den)
	}
	if a.den == nil {
		return f.quotient(f.add(f.mul(a.num, b.den), b.num), b.den)
	}
	if b.den == nil {
		return f.quotient(f.add(a.num, f.mul(b.num, a.den)), a.den)
	}
	return f.quotient(f.add(f.mul(a.num, b.den), f.mul(b.num, a.den)), f.mul(a.den, b.den))
}

// Sub is a − b.
func (f *Field) Sub(a, b Value) Value { return f.Add(a, f.Neg(b)) }

// Neg is −a.
func (f *Field) Neg(a Value) Value { return Value{num: a.num.neg(), den: a.den} }

// Mul is a·b.
func (f *Field) Mul(a, b Value) Value {
	num := f.mul(a.num, b.num)
	switch {
	case a.den == nil && b.den == nil:
		return Value{num: num}
	case a.den == nil:
		return f.quotient(num, b.den)
	case b.den == nil:
		return f.quotient(num, a.den)
	}
	return f.quotient(num, f.mul(a.den, b.den))
}

// Quo is a/b. The error is ErrUndefined when b is 0.
func (f *Field) Quo(a, b Value) (Value, error) {
	inv, err := f.Inv(b)
	if err != nil {
		return Value{}, err
	}
	return f.Mul(a, inv), nil
}

// Inv is 1/a. The error is ErrUndefined when a is 0.
func (f *Field) Inv(a Value) (Value, error) {
	if a.Zero() {
		return Value{}, ErrUndefined
	}
	return f.quotient(a.denominator(), a.num), nil
}

// quotient puts a quotient into shape: one term below goes up, a denominator that divides the numerator goes away.
func (f *Field) quotient(num, den poly) Value {
	if den == nil || len(num) == 0 || f.over {
		return Value{num: num}
	}
	if len(den) == 1 {
		return f.over1(num, den[0])
	}
	if lead := den[0].c; !lead.Is(1) { // one shape for one denominator
		num, den = num.scale(lead.Inv()), den.scale(lead.Inv())
	}
	if whole, ok := f.divide(num, den); ok {
		return Value{num: whole}
	}
	return Value{num: num, den: den}
}

// over1 divides by one term. Exponents change their sign; roots and absolute values of sums are made rational: 1/√P is √P/P
// and 1/|P| is |P|/P².
func (f *Field) over1(num poly, t term) Value {
	den := constant(Int(1))
	rest := term{c: t.c}
	for _, e := range t.m {
		a := f.atoms[e.atom]
		whole := int32(1)
		if a.kind == absAtom {
			whole = 2
		}
		if a.kind != rootAtom && a.kind != absAtom || len(a.arg.num) == 1 {
			rest.m = append(rest.m, e)
			continue
		}
		num = f.mul(num, poly{{c: Int(1), m: monomial{f.exponent(e.atom, int64(whole*e.d-e.n), int64(e.d))}}})
		den = f.mul(den, f.whole(a.arg.num, int(whole)))
	}
	num = f.mul(num, f.invert(rest))
	if len(den) == 1 && len(den[0].m) == 0 {
		return Value{num: num}
	}
	return f.quotient(num, den)
}

// invert is 1/t for a term without roots of sums: exponents change their sign.
func (f *Field) invert(t term) poly {
	m := slices.Clone(t.m)
	for i := range m {
		m[i].n = -m[i].n
	}
	out, more := f.settle(term{t.c.Inv(), m})
	if more != nil {
		return f.mul(poly{out}, more)
	}
	return poly{out}
}

// divide gives num/den when it comes out as a sum of terms, by long division.
func (f *Field) divide(num, den poly) (poly, bool) {
	if len(den) < 2 || !f.lettersOnly(den) {
		return nil, false
	}
	var out poly
	inv := f.invert(den[0])
	last := den[len(den)-1].m
	for steps := 0; len(num) > 0; steps++ {
		if steps > maxSteps || f.over {
			return nil, false
		}
		t, more := f.times(num[0], inv[0])
		if more != nil {
			return nil, false
		}
		// The lowest term of a product is the product of the lowest terms: nothing below the numerator's may come.
		if low, more := f.times(t, term{Int(1), last}); more != nil || low.m.compare(num[len(num)-1].m) < 0 {
			return nil, false
		}
		out = append(out, t)
		num = f.add(num, f.mul(poly{t}, den).neg())
	}
	return out, true
}

// lettersOnly reports whether every atom of a polynomial is a letter, so that its terms divide as they should.
func (f *Field) lettersOnly(p poly) bool {
	for _, t := range p {
		for _, e := range t.m {
			if f.atoms[e.atom].kind != letterAtom {
				return false
			}
		}
	}
	return true
}

// maxSteps bounds a long division.
const maxSteps = 80

// Decided reports whether a value that is not 0 here is certainly not 0: it is made of letters, roots of primes, i and at
// most one of π and e, between which there is no relation.
func (f *Field) Decided(v Value) bool {
	if f.opaque {
		return false
	}
	pi, e := false, false
	for _, p := range []poly{v.num, v.den} {
		for _, t := range p {
			for _, x := range t.m {
				switch f.atoms[x.atom].kind {
				case letterAtom, primeAtom, imaginaryAtom:
				case absAtom:
					if _, ok := f.lone(f.atoms[x.atom].arg); !ok {
						return false
					}
				case piAtom:
					pi = true
				case eulerAtom:
					e = true
				default:
					return false
				}
			}
		}
	}
	return !(pi && e)
}

package exact

import (
	"math"
	"math/cmplx"
)

// Approx is a constant as a complex number, to float64's precision; ok is false for a value with letters.
func (f *Field) Approx(v Value) (complex128, bool) {
	over, ok := f.approxPoly(v.num)
	if !ok || v.den == nil {
		return over, ok
	}
	under, ok := f.approxPoly(v.den)
	return over / under, ok && under != 0
}

func (f *Field) approxPoly(p poly) (complex128, bool) {
	var sum complex128
	for _, t := range p {
		x := complex(t.c.Float(), 0)
		for _, e := range t.m {
			a, ok := f.approxAtom(f.atoms[e.atom])
			if !ok {
				return 0, false
			}
			if imag(a) == 0 && (real(a) > 0 || e.d == 1) {
				x *= complex(math.Pow(real(a), float64(e.n)/float64(e.d)), 0)
			} else {
				x *= cmplx.Pow(a, complex(float64(e.n)/float64(e.d), 0))
			}
		}
		sum += x
	}
	if math.Abs(imag(sum)) < 1e-13*math.Abs(real(sum)) {
		sum = complex(real(sum), 0)
	}
	return sum, !cmplx.IsNaN(sum)
}

func (f *Field) approxAtom(a atom) (complex128, bool) {
	switch a.kind {
	case piAtom:
		return math.Pi, true
	case eulerAtom:
		return math.E, true
	case imaginaryAtom:
		return 1i, true
	case infinityAtom:
		return complex(math.Inf(1), 0), true
	case primeAtom:
		x, _ := ratOf(a.prime).Float64()
		return complex(x, 0), true
	case letterAtom:
		return 0, false
	}
	x, ok := f.Approx(a.arg)
	if !ok {
		return 0, false
	}
	switch {
	case a.kind == rootAtom:
		return x, true
	case a.kind == absAtom:
		return complex(cmplx.Abs(x), 0), true
	case a.kind == expAtom:
		base, ok := f.Approx(a.base)
		return cmplx.Pow(base, x), ok
	}
	do := map[string]func(complex128) complex128{"ln": cmplx.Log, "sin": cmplx.Sin, "cos": cmplx.Cos, "arcsin": cmplx.Asin, "arccos": cmplx.Acos, "arctan": cmplx.Atan}[a.name]
	if do == nil {
		return 0, false
	}
	return do(x), true
}

// Float is a real constant as a number; ok is false for a value with letters or an imaginary part.
func (f *Field) Float(v Value) (float64, bool) {
	x, ok := f.Approx(v)
	return real(x), ok && imag(x) == 0
}

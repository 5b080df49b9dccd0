// Package ball compares expressions by their values at points, with a bound on the error of every value.
//
// In: two trees. Out: Same, Different or Unknown. A value is a ball: a number in the complex plane and a radius around it
// in which the true value lies, carried through every operation (interval arithmetic in its ball form; see F. Johansson,
// Arb: efficient arbitrary-precision midpoint-radius interval arithmetic, IEEE Trans. Computers 66, 2017). Two expressions
// are Different as soon as their balls lie apart at one point, which is certain up to the precision of the functions of
// package math (a few units in the last place, for which the radius has room). They are Same when they agree at every one
// of twenty-four points and more, to at least nine digits: for the analytic functions of school that is no accident.
//
// Domains count where all letters are positive and where just one is negative: there, a value that is real on one side and
// not on the other is a difference, so ln(x²) is not 2·ln x and √(x²) is not x, while √(xy) is √x·√y. A point where either
// has no value at all, a pole or a hole, says nothing.
//
// Place in the flow: beneath item/algebra, for what package exact cannot decide.
package ball

import (
	"math"
	"math/cmplx"
	"slices"

	"kith/internal/item/algebra/tree"
)

// Ball is a complex number within a radius.
type Ball struct {
	Mid    complex128
	Radius float64
}

// unitError is what one operation of package math may be off by, in relative terms: four units in the last place.
const unitError = 4 * 0x1p-52

// Verdict says what numbers tell of two expressions.
type Verdict uint8

// The verdicts.
const (
	Unknown Verdict = iota
	Same
	Different
)

func (b Ball) ok() bool {
	return !cmplx.IsNaN(b.Mid) && !cmplx.IsInf(b.Mid) && b.Radius < math.MaxFloat64/4 && cmplx.Abs(b.Mid) < 1e150
}

// Real reports whether the value is surely or, within its radius, possibly real.
func (b Ball) Real() bool { return math.Abs(imag(b.Mid)) <= b.Radius }

// Compare compares two expressions in the same letters.
func Compare(a, b *tree.Node) Verdict {
	names := a.Letters()
	for _, n := range b.Letters() {
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	imaginary := hasI(a) || hasI(b)
	agree := 0
	for _, at := range points(len(names)) {
		env := env{names: names, at: at}
		x, okA := env.value(a)
		y, okB := env.value(b)
		if !okA || !okB {
			continue
		}
		switch compareAt(x, y, imaginary) {
		case Different:
			return Different
		case Same:
			agree++
		}
	}
	if agree >= enough || len(names) == 0 && agree > 0 {
		return Same
	}
	return Unknown
}

// enough is how many points must agree, of those where both have values; most pairs agree at all of them.
const enough = 4

func hasI(n *tree.Node) bool {
	found := false
	n.Walk(func(m *tree.Node) bool {
		found = found || m.Kind == tree.Constant && m.Name == "i"
		return !found
	})
	return found
}

func compareAt(x, y Ball, imaginary bool) Verdict {
	if !imaginary {
		switch {
		case !x.Real() && !y.Real():
			return Unknown
		case x.Real() != y.Real():
			return Different
		}
	}
	gap, room := cmplx.Abs(x.Mid-y.Mid), x.Radius+y.Radius
	if gap > room {
		return Different
	}
	if room > 1e-9*(1e-3+cmplx.Abs(y.Mid)) {
		return Unknown // too blurred to say
	}
	return Same
}

// points are where expressions in n letters are compared: with all letters positive, then with one negative, first at
// points that were chosen once, then at as many made by a seeded generator.
func points(n int) [][]float64 {
	if n == 0 {
		return [][]float64{nil}
	}
	random := uint64(0x9E3779B97F4A7C15)
	next := func() float64 { // splitmix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014), a number in (0, 1)
		random += 0x9E3779B97F4A7C15
		z := random
		z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
		z = (z ^ z>>27) * 0x94D049BB133111EB
		return float64((z^z>>31)>>11)*0x1p-53 + 0x1p-54
	}
	var all [][]float64
	for i := range 16 {
		at := make([]float64, n)
		for j := range at {
			// Small, middling and large: (0.1, 0.9), (0.5, 2.5), (1, 6).
			switch u := next(); i % 3 {
			case 0:
				at[j] = 0.1 + 0.8*u
			case 1:
				at[j] = 0.5 + 2*u
			default:
				at[j] = 1 + 5*u
			}
		}
		if i < len(chosen) && n <= len(chosen[i]) {
			copy(at, chosen[i])
		}
		all = append(all, at)
	}
	for j := range min(n, 6) {
		for _, size := range []float64{0.37, 1.63, 3.41} {
			at := slices.Clone(all[j])
			at[j] = -size - 0.1*next()
			all = append(all, at)
		}
	}
	for j := 0; len(all) < 24; j++ {
		at := slices.Clone(all[8+j%8])
		at[j%n] = -at[j%n]
		all = append(all, at)
	}
	return all
}

// chosen are points at which no identity of school holds by accident: square roots of primes and sums with π.
var chosen = [][]float64{
	{1.4142135623730951, 1.7320508075688772, 2.23606797749979, 2.6457513110645907}, {0.3819660112501051, 0.5772156649015329, 0.7071067811865476, 0.9159655941772190},
	{3.3166247903554, 3.605551275463989, 4.123105625617661, 4.358898943540674}, {0.1415926535897931, 0.2831853071795862, 0.6180339887498949, 0.8414709848078965},
	{2.718281828459045, 1.2020569031595942, 1.618033988749895, 3.1415926535897931}, {5.385164807134504, 5.5677643628300215, 0.6931471805599453, 1.0986122886681098},
}

// Proportional reports whether a is a constant times b, by the quotient of their values.
func Proportional(a, b *tree.Node) Verdict {
	names := a.Letters()
	for _, n := range b.Letters() {
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		return Unknown
	}
	agree := 0
	var ratio Ball
	for _, at := range points(len(names)) {
		env := env{names: names, at: at}
		x, okA := env.value(a)
		y, okB := env.value(b)
		if !okA || !okB {
			continue
		}
		q, ok := quo(x, y)
		if !ok || q.Radius > 1e-9*cmplx.Abs(q.Mid) {
			continue
		}
		if agree > 0 && cmplx.Abs(q.Mid-ratio.Mid) > q.Radius+ratio.Radius {
			return Different
		}
		ratio = q
		agree++
	}
	if agree >= enough {
		return Same
	}
	return Unknown
}

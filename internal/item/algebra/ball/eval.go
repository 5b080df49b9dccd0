package ball

import (
	"math"
	"math/cmplx"

	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/tree"
)

// env is a point: what each letter is.
type env struct {
	names []string
	at    []float64
}

// Value is an expression without letters as a ball; ok is false when it has no value or letters.
func Value(n *tree.Node) (Ball, bool) { return env{}.value(n) }

// ValueAt is an expression with its letters given; names and at go together.
func ValueAt(n *tree.Node, names []string, at []float64) (Ball, bool) {
	return env{names: names, at: at}.value(n)
}

func (e env) value(n *tree.Node) (Ball, bool) {
	b, ok := e.eval(n)
	return b, ok && b.ok()
}

func point(z complex128) (Ball, bool) {
	return Ball{z, unitError * bound(z)}, true
}

// bound is at least |z|, and |z| itself for real numbers; it is much cheaper.
func bound(z complex128) float64 { return math.Abs(real(z)) + math.Abs(imag(z)) }

func (e env) eval(n *tree.Node) (Ball, bool) {
	switch n.Kind {
	case tree.Number:
		q, ok := exact.ParseNumber(n.Name)
		if !ok {
			return Ball{}, false
		}
		if i, whole := q.Int64(); whole && i < 1<<53 {
			return Ball{Mid: complex(float64(i), 0)}, true
		}
		return point(complex(q.Float(), 0))
	case tree.Letter:
		for i, name := range e.names {
			if name == n.Name {
				return Ball{Mid: complex(e.at[i], 0)}, true
			}
		}
		return Ball{}, false
	case tree.Constant:
		switch n.Name {
		case "pi":
			return point(math.Pi)
		case "e":
			return point(math.E)
		case "i":
			return Ball{Mid: 1i}, true
		}
		return Ball{}, false
	case tree.Sum:
		return e.each(n.Kids, add)
	case tree.Product:
		return e.each(n.Kids, mul)
	case tree.Quotient:
		return e.pair(n.Kids[0], n.Kids[1], quo)
	case tree.Minus:
		b, ok := e.eval(n.Kids[0])
		return Ball{-b.Mid, b.Radius}, ok
	case tree.Power:
		return e.power(n.Kids[0], n.Kids[1])
	case tree.Root:
		return e.root(n)
	case tree.Call:
		return e.call(n)
	case tree.Mixed:
		w, ok := e.eval(n.Kids[0])
		part, also := e.pair(n.Kids[1], n.Kids[2], quo)
		return add(w, part), ok && also
	case tree.Percent:
		b, ok := e.eval(n.Kids[0])
		return mul(b, Ball{0.01, unitError}), ok
	case tree.Factorial:
		return e.factorial(n)
	case tree.Measure:
		return e.measure(n)
	}
	return Ball{}, false
}

func (e env) each(kids []*tree.Node, do func(a, b Ball) Ball) (Ball, bool) {
	out, ok := e.eval(kids[0])
	for _, k := range kids[1:] {
		b, also := e.eval(k)
		if !ok || !also {
			return Ball{}, false
		}
		out = do(out, b)
	}
	return out, ok
}

func (e env) pair(x, y *tree.Node, do func(a, b Ball) (Ball, bool)) (Ball, bool) {
	a, ok := e.eval(x)
	if !ok {
		return a, false
	}
	b, ok := e.eval(y)
	if !ok {
		return b, false
	}
	return do(a, b)
}

func add(a, b Ball) Ball {
	z := a.Mid + b.Mid
	return Ball{z, a.Radius + b.Radius + unitError*bound(z)}
}

func mul(a, b Ball) Ball {
	z := a.Mid * b.Mid
	if z == 0 && a.Mid != 0 && b.Mid != 0 { // too small for a float64: nothing is known of it
		return Ball{Radius: math.Inf(1)}
	}
	return Ball{z, bound(a.Mid)*b.Radius + bound(b.Mid)*a.Radius + a.Radius*b.Radius + unitError*bound(z)}
}

func quo(a, b Ball) (Ball, bool) {
	size := cmplx.Abs(b.Mid)
	if size <= 2*b.Radius {
		return Ball{}, false // a pole, or too near to one
	}
	z := a.Mid / b.Mid
	return Ball{z, (a.Radius+bound(z)*b.Radius)/(size-b.Radius) + unitError*bound(z)}, true
}

func exp(a Ball) (Ball, bool) {
	if math.Abs(real(a.Mid)) > 300 || a.Radius > 1 { // too large or too small
		return Ball{}, false
	}
	z := cmplx.Exp(a.Mid)
	return Ball{z, cmplx.Abs(z) * (math.Expm1(a.Radius) + unitError)}, true
}

func ln(a Ball) (Ball, bool) {
	size := cmplx.Abs(a.Mid)
	if size <= 2*a.Radius {
		return Ball{}, false
	}
	mid := a.Mid
	if math.Abs(imag(mid)) <= a.Radius { // on the cut, the upper side
		mid = complex(real(mid), 0)
	}
	z := cmplx.Log(mid)
	return Ball{z, a.Radius/(size-a.Radius) + unitError*(1+cmplx.Abs(z))}, true
}

// power is a^b. Whole powers are multiplied out, odd roots of negative numbers are real, the rest is exp(b·ln a).
func (e env) power(base, index *tree.Node) (Ball, bool) {
	a, ok := e.eval(base)
	if !ok {
		return a, false
	}
	if n, d, ok := constantIndex(index); ok {
		return rational(a, n, d)
	}
	b, ok := e.eval(index)
	if !ok {
		return b, false
	}
	l, ok := ln(a)
	if !ok {
		return l, false
	}
	return exp(mul(b, l))
}

// constantIndex is an exponent without letters as a small fraction.
func constantIndex(n *tree.Node) (num, den int64, ok bool) {
	if k, ok := n.Whole(); ok {
		return int64(k), 1, true
	}
	if n.Kind == tree.Quotient {
		over, ok := n.Kids[0].Whole()
		under, also := n.Kids[1].Whole()
		if ok && also && under > 0 {
			return exact.Frac(int64(over), int64(under)).Small()
		}
	}
	if n.Has(tree.Letter) {
		return 0, 0, false
	}
	v, err := exact.New().Of(n)
	if err != nil {
		return 0, 0, false
	}
	q, ok := v.Rational()
	if !ok {
		return 0, 0, false
	}
	num, den, ok = q.Small()
	return num, den, ok
}

func rational(a Ball, n, d int64) (Ball, bool) {
	if d == 1 && n >= -64 && n <= 64 {
		out := Ball{Mid: 1}
		for range max(n, -n) {
			out = mul(out, a)
		}
		if n < 0 {
			return quo(Ball{Mid: 1}, out)
		}
		return out, true
	}
	if size := cmplx.Abs(a.Mid); size <= 2*a.Radius {
		if a.Mid == 0 && a.Radius == 0 && n > 0 {
			return Ball{}, true
		}
		return Ball{}, false
	}
	sign := 1.0
	if d%2 == 1 && a.Real() && real(a.Mid) < 0 {
		a.Mid = complex(-real(a.Mid), 0)
		if n%2 != 0 {
			sign = -1
		}
	}
	l, ok := ln(a)
	if !ok {
		return l, false
	}
	b, ok := exp(mul(l, Ball{complex(float64(n)/float64(d), 0), unitError * math.Abs(float64(n)) / float64(d)}))
	if l.Mid == complex(real(l.Mid), 0) { // of a positive number, exactly real
		b.Mid = complex(real(b.Mid), 0)
	}
	return Ball{b.Mid * complex(sign, 0), b.Radius}, ok
}

func (e env) root(n *tree.Node) (Ball, bool) {
	a, ok := e.eval(n.Kids[0])
	if !ok {
		return a, false
	}
	d := int64(2)
	if len(n.Kids) == 2 {
		num, den, ok := constantIndex(n.Kids[1])
		if !ok || den != 1 || num < 1 {
			return Ball{}, false
		}
		d = num
	}
	return rational(a, 1, d)
}

func (e env) factorial(n *tree.Node) (Ball, bool) {
	b, ok := e.eval(n.Kids[0])
	x := real(b.Mid)
	if !ok || !b.Real() || x < 0 || x > 150 {
		return Ball{}, false
	}
	g := math.Gamma(x + 1)
	return Ball{complex(g, 0), 1e-12 * g * (1 + b.Radius*1e14)}, true
}

func (e env) measure(n *tree.Node) (Ball, bool) {
	b, ok := e.eval(n.Kids[0])
	if !ok {
		return b, false
	}
	if off := n.Unit.Offset(); off != nil {
		o, _ := point(complex(exact.FromRat(off).Float(), 0))
		b = add(b, o)
	}
	q, pi := n.Unit.Factor()
	factor, _ := point(complex(exact.FromRat(q).Float()*math.Pow(math.Pi, float64(pi)), 0))
	return mul(b, factor), true
}

package exact

import (
	"math"
	"math/big"

	"kith/internal/item/algebra/tree"
)

func ratOf(i *big.Int) *big.Rat { return new(big.Rat).SetInt(i) }

// call is a function of its arguments.
func (f *Field) call(n *tree.Node) (Value, error) {
	if n.Name == "ln" || n.Name == "log" {
		return f.logOf(n)
	}
	args := make([]Value, len(n.Kids))
	for i, k := range n.Kids {
		v, err := f.of(k)
		if err != nil {
			return v, err
		}
		args[i] = v
	}
	v := args[0]
	switch n.Name {
	case "abs":
		return f.Abs(v)
	case "sin", "cos", "tan", "sec", "csc", "cot":
		return f.trig(n.Name, v)
	case "sinh", "cosh", "tanh", "coth", "sech", "csch":
		return f.hyperbolic(n.Name, v)
	case "arcsec", "arccsc", "arccot":
		inv, err := f.Inv(v)
		if err != nil {
			return v, err
		}
		return f.opaqueCall(map[string]string{"arcsec": "arccos", "arccsc": "arcsin", "arccot": "arctan"}[n.Name], inv), nil
	case "arcsin", "arctan":
		if v.Zero() {
			return v, nil
		}
		if negative(v) {
			return f.Neg(f.opaqueCall(n.Name, f.Neg(v))), nil
		}
		return f.opaqueCall(n.Name, v), nil
	case "floor", "ceil":
		return f.floor(n.Name, v)
	case "binom":
		return f.binomial(args)
	}
	return f.opaqueCall(n.Name, v), nil
}

// opaqueCall is a function of a value as one atom.
func (f *Field) opaqueCall(name string, v Value) Value {
	return f.single(atom{kind: callAtom, name: name, arg: v})
}

// negative reports whether the first coefficient is: which of v and −v stands inside an odd or even function.
func negative(v Value) bool { return len(v.num) > 0 && v.num[0].c.Sign() < 0 }

// Abs is |v|.
func (f *Field) Abs(v Value) (Value, error) {
	if x, ok := f.Approx(v); ok && imag(x) == 0 && math.Abs(real(x)) > 1e-9 {
		if real(x) < 0 {
			return f.Neg(v), nil
		}
		return v, nil
	}
	over, err := f.absPoly(v.num)
	if err != nil || v.den == nil {
		return over, err
	}
	under, err := f.absPoly(v.den)
	if err != nil {
		return under, err
	}
	return f.Quo(over, under)
}

func (f *Field) absPoly(p poly) (Value, error) {
	if len(p) == 0 {
		return Value{}, nil
	}
	c, m, rest := f.split(p)
	out := OfQ(c.Abs())
	for _, e := range m {
		switch a := f.atoms[e.atom]; {
		case a.kind == imaginaryAtom || a.kind == infinityAtom:
			return Value{}, ErrNotExact
		case f.positive(e.atom) || e.n%2 == 0 || e.d%2 == 0 || a.kind == rootAtom:
		default:
			e.atom = f.find(atom{kind: absAtom, arg: Value{num: poly{{c: Int(1), m: monomial{{e.atom, 1, 1}}}}}})
		}
		t, more := f.settle(term{Int(1), monomial{e}})
		v := Value{num: poly{t}}
		if more != nil {
			v.num = f.mul(v.num, more)
		}
		out = f.Mul(out, v)
	}
	if rest == nil {
		return out, nil
	}
	if rest[0].c.Sign() < 0 {
		rest = rest.neg()
	}
	return f.Mul(out, f.single(atom{kind: absAtom, arg: Value{num: rest}})), nil
}

// logOf is ln x, log x (base 10) or log of a base, which are quotients of ln.
func (f *Field) logOf(n *tree.Node) (Value, error) {
	over, err := f.lnOf(n.Kids[0])
	if err != nil || n.Name == "ln" {
		return over, err
	}
	base := tree.Named(tree.Number, "10")
	if len(n.Kids) == 2 {
		base = n.Kids[1]
	}
	under, err := f.lnOf(base)
	if err != nil {
		return under, err
	}
	return f.Quo(over, under)
}

// lnOf takes products, quotients and odd powers apart as they are written, before they are multiplied out: ln((x + 1)(x + 2))
// is ln(x + 1) + ln(x + 2), as the textbook's rule has it.
func (f *Field) lnOf(n *tree.Node) (Value, error) {
	switch n.Kind {
	case tree.Product:
		var out Value
		for _, k := range n.Kids {
			v, err := f.lnOf(k)
			if err != nil {
				return f.lnWhole(n)
			}
			out = f.Add(out, v)
		}
		return out, nil
	case tree.Quotient:
		over, err := f.lnOf(n.Kids[0])
		if err != nil {
			return f.lnWhole(n)
		}
		under, err := f.lnOf(n.Kids[1])
		if err != nil {
			return f.lnWhole(n)
		}
		return f.Sub(over, under), nil
	case tree.Power:
		if k, ok := n.Kids[1].Whole(); ok && k%2 != 0 {
			v, err := f.lnOf(n.Kids[0])
			return f.Mul(v, OfQ(Int(int64(k)))), err
		}
	}
	return f.lnWhole(n)
}

func (f *Field) lnWhole(n *tree.Node) (Value, error) {
	v, err := f.of(n)
	if err != nil {
		return v, err
	}
	return f.ln(v)
}

func (f *Field) ln(v Value) (Value, error) {
	if v.Zero() {
		return Value{}, ErrUndefined
	}
	over, err := f.lnPoly(v.num)
	if err != nil || v.den == nil {
		return over, err
	}
	under, err := f.lnPoly(v.den)
	return f.Sub(over, under), err
}

func (f *Field) lnPoly(p poly) (Value, error) {
	c, m, rest := f.split(p)
	if c.Sign() < 0 {
		if rest != nil || !f.hasLetters(m) {
			return Value{}, ErrNotExact
		}
		rest, m = poly{{c: Int(-1), m: f.odd(m)}}, f.evenPart(m)
		c = c.Neg()
	}
	var out Value
	plus := func(v Value, n, d int64) { out = f.Add(out, f.Mul(v, OfQ(Frac(n, d)))) }
	r := c.rat()
	for _, pe := range f.primes(r.Num()) {
		plus(f.opaqueCall("ln", OfQ(fromBig(ratOf(pe.prime)))), pe.n, 1)
	}
	for _, pe := range f.primes(r.Denom()) {
		plus(f.opaqueCall("ln", OfQ(fromBig(ratOf(pe.prime)))), -pe.n, 1)
	}
	for _, e := range m {
		a := f.atoms[e.atom]
		n, d := int64(e.n), int64(e.d)
		switch {
		case a.kind == eulerAtom:
			plus(OfQ(Int(1)), n, d)
		case a.kind == imaginaryAtom || a.kind == infinityAtom:
			return Value{}, ErrNotExact
		case a.kind == primeAtom:
			plus(f.opaqueCall("ln", OfQ(fromBig(ratOf(a.prime)))), n, d)
		case a.kind == expAtom:
			base, err := f.ln(a.base)
			if err != nil {
				return base, err
			}
			plus(f.Mul(base, a.arg), n, d)
		case a.kind == rootAtom:
			plus(f.opaqueCall("ln", a.arg), n, d)
		case e.n%2 == 0 && e.d == 1 && a.kind != absAtom: // ln x² is 2 ln|x|
			bars := f.single(atom{kind: absAtom, arg: Value{num: poly{{c: Int(1), m: monomial{{e.atom, 1, 1}}}}}})
			plus(f.opaqueCall("ln", bars), n, d)
		default:
			plus(f.opaqueCall("ln", Value{num: poly{{c: Int(1), m: monomial{{e.atom, 1, 1}}}}}), n, d)
		}
	}
	if rest != nil {
		out = f.Add(out, f.lnFactors(rest))
	}
	return out, nil
}

// lnFactors is the logarithm of a sum: of its linear factors, when it has one letter and rational roots.
func (f *Field) lnFactors(p poly) Value {
	factors := []factor{{p: p, n: 1}}
	if u, x, ok := f.univariate(p); ok {
		factors = nil
		for _, g := range factorize(u) {
			factors = append(factors, factor{p: f.multivariate(g.u, x), n: g.n})
		}
	}
	var out Value
	for _, g := range factors {
		if q, ok := g.p.isConst(); ok {
			if q.Sign() > 0 && !q.Is(1) {
				v, _ := f.lnPoly(g.p)
				out = f.Add(out, v)
			} else if q.Sign() < 0 {
				return f.opaqueCall("ln", Value{num: p})
			}
			continue
		}
		v := Value{num: g.p}
		if g.n%2 == 0 {
			v, _ = f.absPoly(g.p)
		}
		out = f.Add(out, f.Mul(f.opaqueCall("ln", v), OfQ(Int(int64(g.n)))))
	}
	return out
}

type factor struct {
	p poly
	n int
}

func (f *Field) floor(name string, v Value) (Value, error) {
	q, ok := v.Rational()
	if !ok {
		return f.opaqueCall(name, v), nil
	}
	r := q.rat()
	i := new(big.Int).Div(r.Num(), r.Denom()) // Euclidean: the floor, since the denominator is positive
	if name == "ceil" && !q.IsInt() {
		i.Add(i, big.NewInt(1))
	}
	return OfQ(fromBig(ratOf(i))), nil
}

func (f *Field) binomial(args []Value) (Value, error) {
	if len(args) != 2 {
		return Value{}, ErrNotExact
	}
	a, ok := args[0].Rational()
	b, also := args[1].Rational()
	n, whole := a.Int64()
	k, too := b.Int64()
	if !ok || !also || !whole || !too || n < 0 || k < 0 || n > 1000 {
		return Value{}, ErrNotExact
	}
	return OfQ(fromBig(ratOf(new(big.Int).Binomial(n, k)))), nil
}

func (f *Field) hyperbolic(name string, v Value) (Value, error) {
	up, err := f.Power(f.constant("e"), v)
	if err != nil {
		return up, err
	}
	down, err := f.Inv(up)
	if err != nil {
		return down, err
	}
	half := OfQ(Frac(1, 2))
	sinh, cosh := f.Mul(f.Sub(up, down), half), f.Mul(f.Add(up, down), half)
	switch name {
	case "sinh":
		return sinh, nil
	case "cosh":
		return cosh, nil
	case "tanh":
		return f.Quo(sinh, cosh)
	case "coth":
		return f.Quo(cosh, sinh)
	case "sech":
		return f.Inv(cosh)
	}
	return f.Inv(sinh)
}

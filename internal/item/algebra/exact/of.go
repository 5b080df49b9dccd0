package exact

import (
	"math/big"

	"kith/internal/item/algebra/tree"
)

// Of works a tree out. Measures come in base units. The error is ErrUndefined, ErrTooBig or ErrNotExact.
func (f *Field) Of(n *tree.Node) (Value, error) {
	v, err := f.of(n)
	switch {
	case err != nil:
		return Value{}, err
	case f.over:
		return Value{}, ErrTooBig
	}
	return v, nil
}

func (f *Field) of(n *tree.Node) (Value, error) {
	if f.over {
		return Value{}, ErrTooBig
	}
	switch n.Kind {
	case tree.Number:
		q, ok := ParseNumber(n.Name)
		if !ok {
			return Value{}, ErrTooBig
		}
		return OfQ(q), nil
	case tree.Letter:
		return f.Letter(n.Name), nil
	case tree.Constant:
		return f.constant(n.Name), nil
	case tree.Sum:
		return f.each(n.Kids, f.Add)
	case tree.Product:
		return f.each(n.Kids, f.Mul)
	case tree.Quotient:
		return f.pair(n, f.Quo)
	case tree.Minus:
		v, err := f.of(n.Kids[0])
		return f.Neg(v), err
	case tree.Power:
		return f.pair(n, f.Power)
	case tree.Root:
		return f.rootOf(n)
	case tree.Call:
		return f.call(n)
	case tree.Mixed:
		w, err := f.of(n.Kids[0])
		if err != nil {
			return w, err
		}
		part, err := f.of(tree.New(tree.Quotient, n.Kids[1], n.Kids[2]))
		return f.Add(w, part), err
	case tree.Percent:
		v, err := f.of(n.Kids[0])
		return f.Mul(v, OfQ(Frac(1, 100))), err
	case tree.Factorial:
		v, err := f.of(n.Kids[0])
		if err != nil {
			return v, err
		}
		return f.factorial(v)
	case tree.Measure:
		return f.measure(n)
	}
	return Value{}, ErrNotExact
}

func (f *Field) each(kids []*tree.Node, do func(a, b Value) Value) (Value, error) {
	var out Value
	for i, k := range kids {
		v, err := f.of(k)
		if err != nil {
			return v, err
		}
		if i == 0 {
			out = v
		} else {
			out = do(out, v)
		}
	}
	return out, nil
}

func (f *Field) pair(n *tree.Node, do func(a, b Value) (Value, error)) (Value, error) {
	a, err := f.of(n.Kids[0])
	if err != nil {
		return a, err
	}
	b, err := f.of(n.Kids[1])
	if err != nil {
		return b, err
	}
	return do(a, b)
}

func (f *Field) constant(name string) Value {
	switch name {
	case "pi":
		return f.single(atom{kind: piAtom})
	case "e":
		return f.single(atom{kind: eulerAtom})
	case "i":
		return f.single(atom{kind: imaginaryAtom})
	}
	return f.single(atom{kind: infinityAtom})
}

func (f *Field) rootOf(n *tree.Node) (Value, error) {
	v, err := f.of(n.Kids[0])
	if err != nil || len(n.Kids) == 1 {
		return f.rational(v, 1, 2, err)
	}
	index, err := f.of(n.Kids[1])
	if err != nil {
		return index, err
	}
	if q, ok := index.Rational(); ok {
		if k, ok := q.Int64(); ok && k >= 1 && k <= maxRoot {
			return f.rational(v, 1, k, nil)
		}
		return Value{}, ErrUndefined
	}
	return Value{}, ErrNotExact
}

// maxFactorial bounds n!: 170! is the largest that a float64 holds, and beyond what anybody types.
const maxFactorial = 170

func (f *Field) factorial(v Value) (Value, error) {
	q, ok := v.Rational()
	if !ok {
		return Value{}, ErrNotExact
	}
	k, whole := q.Int64()
	switch {
	case !whole || k < 0:
		return Value{}, ErrUndefined
	case k > maxFactorial:
		return Value{}, ErrTooBig
	}
	return OfQ(fromBig(new(big.Rat).SetInt(new(big.Int).MulRange(1, max(k, 1))))), nil
}

func (f *Field) measure(n *tree.Node) (Value, error) {
	v, err := f.of(n.Kids[0])
	if err != nil {
		return v, err
	}
	if off := n.Unit.Offset(); off != nil {
		v = f.Add(v, OfQ(fromBig(off)))
	}
	factor, pi := n.Unit.Factor()
	v = f.Mul(v, OfQ(fromBig(factor)))
	if pi != 0 {
		p := f.single(atom{kind: piAtom})
		return f.rationalTimes(v, p, pi)
	}
	return v, nil
}

// rationalTimes is v·p^n.
func (f *Field) rationalTimes(v, p Value, n int) (Value, error) {
	q, err := f.rational(p, int64(n), 1, nil)
	return f.Mul(v, q), err
}

package expr

import "math/big"

func (n *node) fail(why Problem, detail string) *Error {
	return &Error{Problem: why, At: n.at, Detail: detail}
}

// eval works a node out. && || and if() leave alone what does not matter, so that if(b == 0, 0, a/b) is safe.
func (n *node) eval(s *Scope) (Value, *Error) {
	switch n.op {
	case opConst:
		return n.val, nil
	case opName:
		v, ok := s.Get(n.name)
		if !ok {
			return v, n.fail(Unknown, n.name)
		}
		return v, nil
	case opAnd, opOr:
		for _, k := range n.kids {
			v, bad := k.truth(s, opText[n.op])
			if bad != nil {
				return Value{}, bad
			}
			if v == (n.op == opOr) {
				return Bool(v), nil
			}
		}
		return Bool(n.op == opAnd), nil
	case opCall:
		return n.call(s)
	}
	var pair [2]Value
	for i, k := range n.kids {
		v, bad := k.eval(s)
		if bad != nil {
			return v, bad
		}
		pair[i] = v
	}
	switch n.op {
	case opNot:
		if pair[0].kind != truth {
			return Value{}, n.fail(Mismatch, "!")
		}
		return Bool(!pair[0].yes), nil
	case opEq, opNe, opLt, opLe, opGt, opGe:
		return n.compare(pair[0], pair[1])
	}
	return n.arithmetic(pair[0], pair[1])
}

func (n *node) truth(s *Scope, by string) (bool, *Error) {
	v, bad := n.eval(s)
	if bad != nil {
		return false, bad
	}
	if v.kind != truth {
		return false, n.fail(Mismatch, by)
	}
	return v.yes, nil
}

func (n *node) call(s *Scope) (Value, *Error) {
	if n.name == "if" {
		yes, bad := n.kids[0].truth(s, "if")
		if bad != nil {
			return Value{}, bad
		}
		if yes {
			return n.kids[1].eval(s)
		}
		return n.kids[2].eval(s)
	}
	var room [4]Value
	args := room[:0]
	for _, k := range n.kids {
		v, bad := k.eval(s)
		if bad != nil {
			return v, bad
		}
		if v.kind != number {
			return v, n.fail(Mismatch, n.name)
		}
		args = append(args, v)
	}
	v, bad := n.fn(n, args)
	if bad != nil {
		return v, bad
	}
	return n.bounded(v)
}

func (n *node) compare(a, b Value) (Value, *Error) {
	if a.kind != b.kind || a.kind == none {
		return Value{}, n.fail(Mismatch, opText[n.op])
	}
	if n.op == opEq || n.op == opNe {
		return Bool(a.Equal(b) == (n.op == opEq)), nil
	}
	if a.kind != number {
		return Value{}, n.fail(Mismatch, opText[n.op])
	}
	switch c := a.rat.Cmp(b.rat); n.op {
	case opLt:
		return Bool(c < 0), nil
	case opLe:
		return Bool(c <= 0), nil
	case opGt:
		return Bool(c > 0), nil
	default:
		return Bool(c >= 0), nil
	}
}

func (n *node) arithmetic(a, b Value) (Value, *Error) {
	if a.kind != number || n.op != opNeg && b.kind != number {
		return Value{}, n.fail(Mismatch, opText[n.op])
	}
	r := new(big.Rat)
	switch n.op {
	case opNeg:
		r.Neg(a.rat)
	case opAdd:
		r.Add(a.rat, b.rat)
	case opSub:
		r.Sub(a.rat, b.rat)
	case opMul:
		r.Mul(a.rat, b.rat)
	case opDiv:
		if b.rat.Sign() == 0 {
			return Value{}, n.fail(Zero, "")
		}
		r.Quo(a.rat, b.rat)
	case opPow:
		return n.pow(a.rat, b.rat)
	}
	return n.bounded(Number(r))
}

// pow raises to a whole exponent. The size of the outcome is known beforehand to within one bit a step, so that a huge
// power is refused before it is computed.
func (n *node) pow(base, exp *big.Rat) (Value, *Error) {
	if !exp.IsInt() {
		return Value{}, n.fail(NotWhole, "^")
	}
	if !exp.Num().IsInt64() || exp.Num().Int64() > MaxExponent || exp.Num().Int64() < -MaxExponent {
		return Value{}, n.fail(TooBig, exp.RatString())
	}
	e := exp.Num().Int64()
	if base.Sign() == 0 && e < 0 {
		return Value{}, n.fail(Zero, "")
	}
	times := e
	if e < 0 {
		times = -e
	}
	if size := int64(max(base.Num().BitLen(), base.Denom().BitLen()) - 1); size*times > MaxBits {
		return Value{}, n.fail(TooBig, "")
	}
	num := new(big.Int).Exp(base.Num(), big.NewInt(times), nil)
	den := new(big.Int).Exp(base.Denom(), big.NewInt(times), nil)
	if e < 0 {
		num, den = den, num
	}
	return n.bounded(Number(new(big.Rat).SetFrac(num, den)))
}

func (n *node) bounded(v Value) (Value, *Error) {
	if v.kind == number && (v.rat.Num().BitLen() > MaxBits || v.rat.Denom().BitLen() > MaxBits) {
		return Value{}, n.fail(TooBig, "")
	}
	return v, nil
}

// function is one of the language's functions; if is here for its name and arity only.
type function struct {
	least, most int
	do          func(*node, []Value) (Value, *Error)
}

var functions = map[string]function{
	"if":    {least: 3, most: 3},
	"abs":   {least: 1, most: 1, do: func(_ *node, a []Value) (Value, *Error) { return Number(new(big.Rat).Abs(a[0].rat)), nil }},
	"isint": {least: 1, most: 1, do: func(_ *node, a []Value) (Value, *Error) { return Bool(a[0].rat.IsInt()), nil }},
	"floor": {least: 1, most: 1, do: func(_ *node, a []Value) (Value, *Error) { return Number(floor(a[0].rat)), nil }},
	"min":   {least: 2, most: 8, do: pick(-1)},
	"max":   {least: 2, most: 8, do: pick(1)},
	"gcd":   {least: 2, most: 8, do: fold(gcd)},
	"lcm":   {least: 2, most: 8, do: fold(lcm)},
	"mod":   {least: 2, most: 2, do: mod},
	"glue":  {least: 2, most: 2, do: glue},
}

func pick(side int) func(*node, []Value) (Value, *Error) {
	return func(_ *node, a []Value) (Value, *Error) {
		best := a[0]
		for _, v := range a[1:] {
			if v.rat.Cmp(best.rat) == side {
				best = v
			}
		}
		return best, nil
	}
}

func fold(f func(a, b *big.Int) *big.Int) func(*node, []Value) (Value, *Error) {
	return func(n *node, a []Value) (Value, *Error) {
		var sum *big.Int
		for _, v := range a {
			if !v.rat.IsInt() {
				return Value{}, n.fail(NotWhole, n.name)
			}
			one := new(big.Int).Abs(v.rat.Num())
			if sum == nil {
				sum = one
			} else {
				sum = f(sum, one)
			}
		}
		return Number(new(big.Rat).SetInt(sum)), nil
	}
}

func gcd(a, b *big.Int) *big.Int { return new(big.Int).GCD(nil, nil, a, b) }

func lcm(a, b *big.Int) *big.Int {
	if a.Sign() == 0 || b.Sign() == 0 {
		return new(big.Int)
	}
	return new(big.Int).Mul(a, new(big.Int).Quo(b, gcd(a, b)))
}

// floor is the greatest whole number that is not above r.
func floor(r *big.Rat) *big.Rat {
	// Div is Euclidean, which for a positive denominator is the floor.
	return new(big.Rat).SetInt(new(big.Int).Div(r.Num(), r.Denom()))
}

// mod is a − b·floor(a/b): it has the sign of b, and works for fractions too.
func mod(n *node, a []Value) (Value, *Error) {
	if a[1].rat.Sign() == 0 {
		return Value{}, n.fail(Zero, "")
	}
	q := floor(new(big.Rat).Quo(a[0].rat, a[1].rat))
	return Number(q.Sub(a[0].rat, q.Mul(q, a[1].rat))), nil
}

// glue writes two whole numbers one after the other: what a learner does who reads 3n with n = 5 as 35.
func glue(n *node, a []Value) (Value, *Error) {
	if !a[0].rat.IsInt() || !a[1].rat.IsInt() || a[1].rat.Sign() < 0 {
		return Value{}, n.fail(NotWhole, "glue")
	}
	i, ok := new(big.Int).SetString(a[0].rat.Num().String()+a[1].rat.Num().String(), 10)
	if !ok {
		return Value{}, n.fail(NotWhole, "glue")
	}
	return Number(new(big.Rat).SetInt(i)), nil
}

package ball

import (
	"math"
	"math/cmplx"

	"kith/internal/item/algebra/tree"
)

// call is a function of its arguments.
func (e env) call(n *tree.Node) (Ball, bool) {
	a, ok := e.eval(n.Kids[0])
	if !ok {
		return a, false
	}
	if math.Abs(imag(a.Mid)) <= a.Radius && imag(a.Mid) != 0 { // real but for rounding: stay off the cuts
		a.Mid = complex(real(a.Mid), 0)
	}
	switch n.Name {
	case "abs":
		return Ball{complex(cmplx.Abs(a.Mid), 0), a.Radius + unitError*cmplx.Abs(a.Mid)}, true
	case "ln":
		return ln(a)
	case "log":
		base := Ball{Mid: 10}
		if len(n.Kids) == 2 {
			if base, ok = e.eval(n.Kids[1]); !ok {
				return base, false
			}
		}
		over, ok := ln(a)
		under, also := ln(base)
		if !ok || !also {
			return Ball{}, false
		}
		return quo(over, under)
	case "sec", "csc", "cot", "sech", "csch", "coth":
		b, ok := smooth(map[string]string{"sec": "cos", "csc": "sin", "cot": "tan", "sech": "cosh", "csch": "sinh", "coth": "tanh"}[n.Name], a)
		if !ok {
			return b, false
		}
		return quo(Ball{Mid: 1}, b)
	case "arcsec", "arccsc", "arccot":
		b, ok := quo(Ball{Mid: 1}, a)
		if !ok {
			return b, false
		}
		return smooth(map[string]string{"arcsec": "arccos", "arccsc": "arcsin", "arccot": "arctan"}[n.Name], b)
	case "floor", "ceil":
		return step(n.Name, a)
	}
	return smooth(n.Name, a)
}

// step is floor or ceil, where the ball does not straddle a whole number.
func step(name string, a Ball) (Ball, bool) {
	do := math.Floor
	if name == "ceil" {
		do = math.Ceil
	}
	lo, hi := do(real(a.Mid)-a.Radius), do(real(a.Mid)+a.Radius)
	if !a.Real() || lo != hi {
		return Ball{}, false
	}
	return Ball{Mid: complex(lo, 0)}, true
}

// smooth are functions with a derivative that bounds how the radius grows: f(mid) within slope·radius, where slope bounds
// |f'| on the ball.
func smooth(name string, a Ball) (Ball, bool) {
	size, r := cmplx.Abs(a.Mid), a.Radius
	if r > 0.5 || size > 1e6 {
		return Ball{}, false
	}
	grown := math.Exp(math.Abs(imag(a.Mid)) + r) // bounds |sin|, |cos| at a distance from the real line
	var z complex128
	slope := 1.0
	switch name {
	case "sin":
		z, slope = cmplx.Sin(a.Mid), grown
	case "cos":
		z, slope = cmplx.Cos(a.Mid), grown
	case "tan":
		sin, _ := smooth("sin", a)
		cos, _ := smooth("cos", a)
		return quo(sin, cos)
	case "sinh":
		z, slope = cmplx.Sinh(a.Mid), math.Exp(math.Abs(real(a.Mid))+r)
	case "cosh":
		z, slope = cmplx.Cosh(a.Mid), math.Exp(math.Abs(real(a.Mid))+r)
	case "tanh":
		sinh, _ := smooth("sinh", a)
		cosh, _ := smooth("cosh", a)
		return quo(sinh, cosh)
	case "arcsin", "arccos":
		// |f'| is 1/√|1 − z²|; near ±1 the radius grows like its square root.
		edge := cmplx.Abs(1 - a.Mid*a.Mid)
		if edge < 1e-9 {
			if r == 0 && edge == 0 {
				break
			}
			return Ball{}, false
		}
		slope = 2 / math.Sqrt(edge)
	case "arctan":
		z = cmplx.Atan(a.Mid)
		edge := cmplx.Abs(1 + a.Mid*a.Mid)
		if edge < 1e-9 {
			return Ball{}, false
		}
		slope = 2 / edge
	default:
		return Ball{}, false
	}
	switch name {
	case "arcsin":
		z = cmplx.Asin(a.Mid)
	case "arccos":
		z = cmplx.Acos(a.Mid)
	}
	// Reducing a large angle costs as many digits as it has.
	return Ball{z, slope*r + unitError*(cmplx.Abs(z)+size+1)}, true
}

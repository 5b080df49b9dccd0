package exact

// trig is sin or cos, or a quotient of them. Of π times a fraction with the denominator 1, 2, 3, 4 or 6 the value is known.
func (f *Field) trig(name string, v Value) (Value, error) {
	switch name {
	case "sin":
		return f.sine(v), nil
	case "cos":
		return f.cosine(v), nil
	case "tan":
		return f.Quo(f.sine(v), f.cosine(v))
	case "cot":
		return f.Quo(f.cosine(v), f.sine(v))
	case "sec":
		return f.Inv(f.cosine(v))
	}
	return f.Inv(f.sine(v))
}

func (f *Field) sine(v Value) Value {
	if r, ok := f.timesPi(v); ok {
		if s, ok := f.special(r); ok {
			return s
		}
	}
	if negative(v) {
		return f.Neg(f.opaqueCall("sin", f.Neg(v)))
	}
	return f.opaqueCall("sin", v)
}

func (f *Field) cosine(v Value) Value {
	if r, ok := f.timesPi(v); ok {
		if s, ok := f.special(r.Add(Frac(1, 2))); ok { // cos x is sin(x + π/2)
			return s
		}
	}
	if negative(v) {
		v = f.Neg(v)
	}
	return f.opaqueCall("cos", v)
}

// timesPi gives r when v is r·π.
func (f *Field) timesPi(v Value) (Q, bool) {
	if v.Zero() {
		return Q{}, true
	}
	if v.den != nil || len(v.num) != 1 || len(v.num[0].m) != 1 {
		return Q{}, false
	}
	e := v.num[0].m[0]
	return v.num[0].c, f.atoms[e.atom].kind == piAtom && e.n == 1 && e.d == 1
}

// special is sin(r·π) for r with the denominator 1, 2, 3, 4 or 6.
func (f *Field) special(r Q) (Value, bool) {
	twelfths := r.Mul(Int(12))
	n, ok := twelfths.Int64()
	if !ok {
		return Value{}, false
	}
	n = ((n % 24) + 24) % 24
	sign := int64(1)
	if n >= 12 {
		sign, n = -1, n-12
	}
	if n > 6 {
		n = 12 - n
	}
	half := func(root int64) Value {
		v, _ := f.rational(OfQ(Int(root)), 1, 2, nil)
		return f.Mul(v, OfQ(Frac(sign, 2)))
	}
	switch n {
	case 0:
		return Value{}, true
	case 2: // sin 30° = 1/2
		return half(1), true
	case 3: // sin 45° = √2/2
		return half(2), true
	case 4: // sin 60° = √3/2
		return half(3), true
	case 6:
		return half(4), true
	}
	return Value{}, false
}

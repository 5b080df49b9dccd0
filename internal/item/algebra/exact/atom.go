package exact

import "math/big"

type atomKind uint8

const (
	letterAtom    atomKind = iota // name
	piAtom                        // π
	eulerAtom                     // e
	imaginaryAtom                 // i
	infinityAtom                  // ∞, which has no arithmetic
	primeAtom                     // prime, to an exponent between 0 and 1
	rootAtom                      // arg, a primitive polynomial, to an exponent between 0 and 1
	absAtom                       // |arg|, to an exponent below 2
	expAtom                       // base to the arg
	callAtom                      // the function name of arg
)

// atom is what a polynomial treats as one thing.
type atom struct {
	kind  atomKind
	name  string
	prime *big.Int
	base  Value
	arg   Value
}

// find gives the number of an atom, a new one if it is not there yet.
func (f *Field) find(a atom) int {
	for i, b := range f.atoms {
		if a.kind != b.kind || a.name != b.name {
			continue
		}
		switch a.kind {
		case primeAtom:
			if a.prime.Cmp(b.prime) != 0 {
				continue
			}
		case rootAtom, absAtom, callAtom:
			if !f.Equal(a.arg, b.arg) {
				continue
			}
		case expAtom:
			if !f.Equal(a.base, b.base) || !f.Equal(a.arg, b.arg) {
				continue
			}
		}
		return i
	}
	if len(f.atoms) >= maxAtoms {
		f.over = true
		return 0
	}
	f.atoms = append(f.atoms, a)
	return len(f.atoms) - 1
}

// single is an atom as a value.
func (f *Field) single(a atom) Value {
	return Value{num: poly{{c: Int(1), m: monomial{{atom: f.find(a), n: 1, d: 1}}}}}
}

// Letter is a letter as a value.
func (f *Field) Letter(name string) Value { return f.single(atom{kind: letterAtom, name: name}) }

// lone gives the letter that a value consists of.
func (f *Field) lone(v Value) (name string, ok bool) {
	if v.den != nil || len(v.num) != 1 || !v.num[0].c.Is(1) || len(v.num[0].m) != 1 {
		return "", false
	}
	e := v.num[0].m[0]
	a := f.atoms[e.atom]
	return a.name, a.kind == letterAtom && e.n == 1 && e.d == 1
}

// settle applies the rules of atoms to a term: i² is −1, √2·√2 is 2, |x|² is x². What stays of it is t times more, where
// more is nil for 1.
func (f *Field) settle(t term) (out term, more poly) {
	out.c = t.c
	clean := true
	for _, e := range t.m {
		if k := f.atoms[e.atom].kind; k != letterAtom && k != piAtom && k != eulerAtom && k != expAtom && k != callAtom {
			clean = false
		}
	}
	if clean {
		return t, nil
	}
	out.m = make(monomial, 0, len(t.m))
	for _, e := range t.m {
		a := f.atoms[e.atom]
		switch a.kind {
		case imaginaryAtom:
			if e.d != 1 {
				f.over = true
				return t, nil
			}
			n := ((e.n % 4) + 4) % 4
			if n >= 2 {
				out.c, n = out.c.Neg(), n-2
			}
			if e.n = n; n == 0 {
				continue
			}
		case primeAtom:
			whole := floorDiv(e.n, e.d)
			if whole != 0 {
				q, ok := fromBig(new(big.Rat).SetInt(a.prime)).power(int(whole))
				if !ok {
					f.over = true
					return t, nil
				}
				out.c = out.c.Mul(q)
			}
			if e.n -= whole * e.d; e.n == 0 {
				continue
			}
		case rootAtom:
			if whole := floorDiv(e.n, e.d); whole != 0 {
				more = f.also(more, a.arg, int(whole))
				if e.n -= whole * e.d; e.n == 0 {
					continue
				}
			}
		case absAtom:
			if twice := 2 * floorDiv(e.n, 2*e.d); twice != 0 {
				more = f.also(more, a.arg, int(twice))
				if e.n -= twice * e.d; e.n == 0 {
					continue
				}
			}
		}
		out.m = append(out.m, e)
	}
	return out, more
}

// also multiplies more by a value's numerator to a whole power. A negative power of a sum cannot stand in a term: the
// exponent is left to the denominator by whoever made it, so it is refused here.
func (f *Field) also(more poly, v Value, n int) poly {
	p := v.num
	if n < 0 {
		if len(p) != 1 {
			f.over = true
			return nil
		}
		p, n = f.invert(p[0]), -n
	}
	p = f.whole(p, n)
	if more == nil {
		return p
	}
	return f.mul(more, p)
}

func floorDiv(n, d int32) int32 {
	q := n / d
	if n%d < 0 {
		q--
	}
	return q
}

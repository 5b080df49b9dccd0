package form

import (
	"slices"

	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/tree"
)

// checker works values out where a form depends on them.
type checker struct{ f *exact.Field }

func (c *checker) of(n *tree.Node) (exact.Value, bool) {
	v, err := c.f.Of(n)
	if err != nil {
		c.f = c.f.Clone()
	}
	return v, err == nil
}

// simplified: no sum of numbers, no like terms, no product of numbers, no letter twice in a product, no fraction that can be
// reduced, no fraction inside a fraction, no power of a number, no root that comes out, no doubled sign. A sum does not hold
// a product of sums, which would have to be multiplied out or to reach the whole.
func (c *checker) simplified(n *tree.Node) bool {
	ok := c.lowest(n) && c.radical(n)
	n.Walk(func(m *tree.Node) bool {
		switch m.Kind {
		case tree.Sum:
			ok = ok && c.combined(m) && !slices.ContainsFunc(m.Kids, productOfSums)
		case tree.Product:
			ok = ok && c.gathered(m)
		case tree.Minus:
			ok = ok && m.Kids[0].Kind != tree.Minus
		case tree.Power:
			ok = ok && c.plainPower(m)
		case tree.Quotient:
			ok = ok && !fractional(m.Kids[0]) && !fractional(m.Kids[1])
		case tree.Factorial, tree.PlusMinus:
			ok = ok && m.Kind == tree.PlusMinus
		}
		return ok
	})
	return ok
}

func productOfSums(n *tree.Node) bool {
	n = bare(n)
	return n.Kind == tree.Product && slices.ContainsFunc(n.Kids, func(k *tree.Node) bool {
		return k.Kind == tree.Sum || k.Kind == tree.Power && k.Kids[0].Kind == tree.Sum
	}) ||
		n.Kind == tree.Power && n.Kids[0].Kind == tree.Sum && whole(n.Kids[1])
}

func whole(n *tree.Node) bool {
	_, ok := n.Whole()
	return ok
}

// fractional reports whether the terms of a part of a fraction are fractions themselves.
func fractional(n *tree.Node) bool {
	return has(n, func(m *tree.Node) bool {
		return m.Kind == tree.Quotient || m.Kind == tree.Mixed
	}) && !has(n, func(m *tree.Node) bool { return m.Kind == tree.Power || m.Kind == tree.Call })
}

// combined reports whether no two terms of a sum are alike.
func (c *checker) combined(n *tree.Node) bool {
	var seen []exact.Term
	for _, k := range n.Kids {
		v, ok := c.of(k)
		if !ok {
			continue
		}
		if v.Zero() {
			return false
		}
		ts, ok := c.f.Terms(v)
		if !ok || len(ts) != 1 {
			continue
		}
		t := ts[0]
		for _, s := range seen {
			if s.Like(t) && c.sameRoots(s.Coef, t.Coef) {
				return false
			}
		}
		seen = append(seen, t)
	}
	return true
}

// sameRoots reports whether two coefficients are a rational multiple of each other: 2√3 and √3, not 2 and √3.
func (c *checker) sameRoots(a, b exact.Value) bool {
	q, err := c.f.Quo(a, b)
	if err != nil {
		return false
	}
	_, ok := q.Rational()
	return ok
}

// gathered reports whether a product has one number at most and no letter or sum twice.
func (c *checker) gathered(n *tree.Node) bool {
	if scientific(n) {
		return true
	}
	numbers := 0
	var bases []*tree.Node
	for i, k := range n.Kids {
		if k.Kind == tree.Minus && i > 0 || k.Kind == tree.Number && (k.Name == "1" || k.Name == "0") {
			return false
		}
		b := bare(k)
		if b.Kind == tree.Number || isFraction(b) || b.Kind == tree.Mixed {
			numbers++
			continue
		}
		if b.Kind == tree.Power {
			b = b.Kids[0]
		}
		if b.Kind == tree.Root && len(b.Kids) == 1 && !b.Has(tree.Letter) && slices.ContainsFunc(bases, func(o *tree.Node) bool { return o.Kind == tree.Root && len(o.Kids) == 1 && !o.Has(tree.Letter) }) {
			return false // √2·√3
		}
		if slices.ContainsFunc(bases, b.Equal) {
			return false
		}
		bases = append(bases, b)
	}
	return numbers <= 1
}

// plainPower refuses 2^3, x^1, x^0, (x^2)^3 and (2x)^2.
func (c *checker) plainPower(n *tree.Node) bool {
	base, exp := n.Kids[0], n.Kids[1]
	if k, ok := exp.Whole(); ok {
		if k == 0 || k == 1 {
			return false
		}
		switch b := bare(base); b.Kind {
		case tree.Number, tree.Quotient:
			v, known := c.of(n)
			if q, rational := v.Rational(); known && rational && b.Kind == tree.Number && q.Digits() > maxWorkedOut || b.Kind == tree.Number && b.Name == "10" {
				return true // 7^14 may stay, and the 10 of 3.2 * 10^5
			}
			return false
		case tree.Power, tree.Product:
			return false
		}
	}
	return true
}

// maxWorkedOut is from how many digits a power of a number is better left as one.
const maxWorkedOut = 6

// lowest: numbers over each other have no common divisor, the one below is positive and not 1, letters do not cancel, and
// there are no decimals in a fraction.
func (c *checker) lowest(n *tree.Node) bool {
	ok := true
	n.Walk(func(m *tree.Node) bool {
		switch m.Kind {
		case tree.Quotient:
			ok = ok && c.reduced(m.Kids[0], m.Kids[1])
		case tree.Mixed:
			a, okA := exact.ParseNumber(m.Kids[1].Name)
			b, okB := exact.ParseNumber(m.Kids[2].Name)
			ok = ok && okA && okB && a.Cmp(b) < 0 && exact.Gcd(a, b) == 1
		}
		return ok
	})
	return ok
}

func (c *checker) reduced(over, under *tree.Node) bool {
	if has(over, isDecimal) || has(under, isDecimal) || under.Kind == tree.Minus {
		return false
	}
	a, okA := c.of(over)
	b, okB := c.of(under)
	if !okA || !okB {
		return true
	}
	if q, ok := b.Rational(); ok && q.Abs().Is(1) {
		return false
	}
	if p, ok := a.Rational(); ok && p.Sign() == 0 {
		return false
	}
	if exact.Gcd(c.f.Content(a), c.f.Content(b)) != 1 && c.f.Whole(a) && c.f.Whole(b) {
		return false
	}
	if c.f.Polynomial(a) && c.f.Polynomial(b) {
		return !c.f.Share(a, b) && !c.cancels(over, b) && !c.cancels(under, a)
	}
	// Letters that stand on both sides as plain powers would cancel.
	q, err := c.f.Quo(a, b)
	return err != nil || !c.loses(a, b, q)
}

// cancels reports whether a factor that is written in one part of a fraction divides the other.
func (c *checker) cancels(n *tree.Node, v exact.Value) bool {
	factors := []*tree.Node{n}
	if n.Kind == tree.Product {
		factors = n.Kids
	}
	for _, k := range factors {
		if k.Kind == tree.Power && whole(k.Kids[1]) {
			k = k.Kids[0]
		}
		if w, ok := c.of(k); ok && c.f.Polynomial(w) && c.f.Divides(w, v) {
			return true
		}
	}
	return false
}

// loses reports whether a fraction of single terms has fewer letters once it is worked out than it was written with.
func (c *checker) loses(a, b, q exact.Value) bool {
	count := func(v exact.Value) (n int, ok bool) {
		ts, ok := c.f.Terms(v)
		if !ok || len(ts) != 1 {
			return 0, false
		}
		return len(ts[0].Factors), true
	}
	x, ok := count(a)
	y, also := count(b)
	z, too := count(q)
	return ok && also && too && z < x+y
}

// radical: under a root of a number no power of the index divides, no fraction stands, and the index cannot be lowered;
// under a root of letters every exponent is below the index.
func (c *checker) radical(n *tree.Node) bool {
	ok := true
	n.Walk(func(m *tree.Node) bool {
		if m.Kind == tree.Root {
			index := 2
			if len(m.Kids) == 2 {
				index, _ = m.Kids[1].Whole()
			}
			ok = ok && c.plainRoot(m.Kids[0], index)
		}
		return ok
	})
	return ok
}

func (c *checker) plainRoot(n *tree.Node, index int) bool {
	if index < 2 || n.Kind == tree.Minus && index%2 == 1 {
		return index > 100
	}
	if n.Kind == tree.Minus && !n.Has(tree.Letter) || has(n, func(m *tree.Node) bool { return m.Kind == tree.Quotient || isDecimal(m) }) {
		return false
	}
	v, ok := c.of(n)
	if !ok {
		return true
	}
	ts, ok := c.f.Terms(v)
	if !ok {
		return true
	}
	if q := c.f.Content(v); !exact.PowerFree(q, index) {
		return false
	}
	if q, rational := v.Rational(); rational {
		return !exact.LowersIndex(q, index)
	}
	if len(ts) != 1 {
		return true
	}
	for _, x := range ts[0].Factors {
		if x.D != 1 || int(x.N) >= index {
			return false
		}
	}
	return true
}

// rationalised: no denominator holds a root or i.
func (c *checker) rationalised(n *tree.Node) bool {
	rooted := func(m *tree.Node) bool {
		return m.Kind == tree.Root || m.Kind == tree.Constant && m.Name == "i" || m.Kind == tree.Power && m.Kids[1].Kind == tree.Quotient
	}
	return !has(n, func(m *tree.Node) bool {
		return m.Kind == tree.Quotient && has(m.Kids[1], rooted) || m.Kind == tree.Power && m.Kids[1].Kind == tree.Minus && has(m, rooted) || m.Kind == tree.Root && has(m, func(k *tree.Node) bool { return k.Kind == tree.Quotient })
	})
}

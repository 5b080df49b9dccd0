package form

import (
	"slices"

	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/tree"
)

// expanded: no product holds a sum, no sum is raised to a whole power, like terms are combined.
func (c *checker) expanded(n *tree.Node) bool {
	ok := true
	n.Walk(func(m *tree.Node) bool {
		switch m.Kind {
		case tree.Product:
			ok = ok && !slices.ContainsFunc(m.Kids, func(k *tree.Node) bool { return bare(k).Kind == tree.Sum }) && c.gathered(m)
		case tree.Power:
			_, whole := m.Kids[1].Whole()
			ok = ok && !(whole && (bare(m.Kids[0]).Kind == tree.Sum || bare(m.Kids[0]).Kind == tree.Product))
		case tree.Minus:
			ok = ok && m.Kids[0].Kind != tree.Sum
		case tree.Sum:
			ok = ok && c.combined(m) && !slices.ContainsFunc(m.Kids, func(k *tree.Node) bool { return k.Kind == tree.Sum })
		}
		return ok
	})
	return ok
}

// factored: what is multiplied cannot be taken apart further over the rationals. A number may stand before it; of sums with
// whole coefficients no number is left inside. A sum that has no factors is factored as it stands.
func (c *checker) factored(n *tree.Node) bool {
	switch n = bare(n); n.Kind {
	case tree.Quotient:
		return c.factored(n.Kids[0]) && c.factored(n.Kids[1])
	case tree.Product:
		numbers := 0
		for _, k := range n.Kids {
			b := bare(k)
			if b.Kind == tree.Number || isFraction(b) {
				numbers++
				continue
			}
			if !c.prime(b) {
				return false
			}
		}
		return numbers <= 1
	}
	return c.prime(n)
}

// prime reports whether one factor cannot be taken apart. Powers of letters, and everything that is no polynomial, cannot.
func (c *checker) prime(n *tree.Node) bool {
	if n.Kind == tree.Power {
		if k, ok := n.Kids[1].Whole(); ok && k > 0 {
			n = n.Kids[0]
		}
	}
	if n.Kind == tree.Product || n.Kind == tree.Minus {
		return c.factored(n)
	}
	v, ok := c.of(n)
	if !ok || !c.f.Polynomial(v) || c.f.Constant(v) {
		return ok || n.Kind != tree.Sum
	}
	if n.Kind == tree.Sum && (!c.combined(n) || c.f.Whole(v) && !c.f.Content(v).Is(1)) {
		return false
	}
	return c.f.Irreducible(v)
}

// slopeIntercept is y = mx + b, with f(x) for y too.
func (c *checker) slopeIntercept(n *tree.Node) bool {
	if n.Kind != tree.Relation || len(n.Kids) != 2 || n.Kids[0].Kind != tree.Letter {
		return false
	}
	right := n.Kids[1]
	names := right.Letters()
	if len(names) > 1 || slices.Contains(names, n.Kids[0].Name) || !c.expanded(right) {
		return false
	}
	v, ok := c.of(right)
	if !ok || len(names) == 0 {
		return ok
	}
	_, _, linear := c.f.Linear(v, names[0])
	ts, also := c.f.Terms(v)
	return linear && also && len(ts) == terms(right)
}

// terms counts the terms that a value is written with.
func terms(n *tree.Node) int {
	if n.Kind == tree.Sum {
		return len(n.Kids)
	}
	if n.Kind == tree.Quotient && bare(n.Kids[0]).Kind == tree.Sum { // (2x + 3)/5
		return len(bare(n.Kids[0]).Kids)
	}
	return 1
}

// pointSlope is y - b = m(x - a).
func (c *checker) pointSlope(n *tree.Node) bool {
	if n.Kind != tree.Relation || len(n.Kids) != 2 || n.Signs[0] != tree.Equal {
		return false
	}
	left, right := n.Kids[0], n.Kids[1]
	if !letterAndNumber(left) && left.Kind != tree.Letter {
		return false
	}
	if right.Kind == tree.Minus {
		right = right.Kids[0]
	}
	if right.Kind == tree.Product && len(right.Kids) == 2 {
		return !right.Kids[0].Has(tree.Letter) && letterAndNumber(right.Kids[1])
	}
	return letterAndNumber(right)
}

// letterAndNumber is x - 3, 3 + x or x.
func letterAndNumber(n *tree.Node) bool {
	if n.Kind == tree.Letter {
		return true
	}
	return n.Kind == tree.Sum && len(n.Kids) == 2 && n.Kids[0].Has(tree.Letter) != n.Kids[1].Has(tree.Letter) && len(n.Letters()) == 1 &&
		slices.ContainsFunc(n.Kids, func(k *tree.Node) bool { return k.Kind == tree.Letter })
}

// standard is Ax + By = C with whole numbers, a polynomial by falling powers, an equation of one with 0, or y = such a one.
func (c *checker) standard(n *tree.Node) bool {
	if n.Kind != tree.Relation {
		return c.falling(n)
	}
	if len(n.Kids) != 2 {
		return false
	}
	left, right := n.Kids[0], n.Kids[1]
	if left.Kind == tree.Letter && right.Has(tree.Letter) {
		return !holds(right, left.Name) && c.falling(right)
	}
	if right.Has(tree.Letter) || !c.expanded(left) {
		return false
	}
	v, ok := c.of(left)
	w, also := c.of(right)
	if !ok || !also || !c.f.Polynomial(v) {
		return false
	}
	ts, ok := c.f.Terms(v)
	if !ok {
		return false
	}
	line := !slices.ContainsFunc(ts, func(t exact.Term) bool { return t.Degree() != 1 })
	if line && len(ts) > 1 {
		q, rational := w.Rational()
		return c.f.Whole(v) && rational && q.IsInt()
	}
	return w.Zero() && c.falling(left)
}

func holds(n *tree.Node, letter string) bool { return slices.Contains(n.Letters(), letter) }

// falling is an expanded sum whose terms' degrees do not rise.
func (c *checker) falling(n *tree.Node) bool {
	if !c.expanded(n) {
		return false
	}
	if n.Kind != tree.Sum {
		return true
	}
	last := 1 << 30
	for _, k := range n.Kids {
		v, ok := c.of(k)
		if !ok {
			return false
		}
		ts, ok := c.f.Terms(v)
		if !ok || len(ts) != 1 {
			return false
		}
		d := ts[0].Degree()
		if d > last {
			return false
		}
		last = d
	}
	return true
}

// vertex is a(x - h)^2 + k, alone or behind y =.
func (c *checker) vertex(n *tree.Node) bool {
	if n.Kind == tree.Relation && len(n.Kids) == 2 {
		if n.Kids[0].Kind != tree.Letter {
			return false
		}
		n = n.Kids[1]
	}
	square := n
	if n.Kind == tree.Sum {
		if len(n.Kids) != 2 || n.Kids[0].Has(tree.Letter) == n.Kids[1].Has(tree.Letter) {
			return false
		}
		square = n.Kids[0]
		if n.Kids[1].Has(tree.Letter) {
			square = n.Kids[1]
		}
	}
	square = bare(square)
	if square.Kind == tree.Product && len(square.Kids) == 2 && !square.Kids[0].Has(tree.Letter) {
		square = square.Kids[1]
	}
	if square.Kind != tree.Power {
		return false
	}
	k, ok := square.Kids[1].Whole()
	return ok && k == 2 && letterAndNumber(square.Kids[0])
}

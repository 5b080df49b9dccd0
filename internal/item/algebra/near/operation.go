package near

import (
	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/tree"
)

// maxSteps bounds the operations of a key that are tried the other way.
const maxSteps = 6

// operation names a key that is an unfinished calculation and one of its operations done another way: 6 − 8 worked out as
// 6 + 8 or 8 − 6, 6/−2 as 6·−2.
func operation(f *exact.Field, key Side, a exact.Value) Miss {
	var at []*tree.Node
	key.Node.Walk(func(n *tree.Node) bool {
		if len(n.Kids) == 2 && len(at) < maxSteps && (n.Kind == tree.Sum || n.Kind == tree.Product || n.Kind == tree.Quotient) && plainNumber(n.Kids[0]) && plainNumber(n.Kids[1]) {
			at = append(at, n)
		}
		return true
	})
	for _, n := range at {
		for _, other := range others(n) {
			changed := key.Node.Map(func(m *tree.Node) *tree.Node {
				if m == n {
					return other
				}
				return m
			})
			if v, err := f.Of(changed); err == nil && f.Equal(v, a) {
				return WrongOperation
			}
		}
	}
	return None
}

// plainNumber is a number with or without signs before it. With letters another operation is a sign or a term: 2x + 3.
func plainNumber(n *tree.Node) bool {
	for n.Kind == tree.Minus {
		n = n.Kids[0]
	}
	return n.Kind == tree.Number
}

// others are the operations that n might have been taken for.
func others(n *tree.Node) []*tree.Node {
	x, y := n.Kids[0], n.Kids[1]
	minus := tree.New(tree.Minus, y)
	if n.Kind == tree.Sum && y.Kind == tree.Minus { // x − y
		y, minus = y.Kids[0], y
	}
	sum, difference, turned := tree.New(tree.Sum, x, y), tree.New(tree.Sum, x, minus), tree.New(tree.Sum, y, tree.New(tree.Minus, x))
	product, over, under := tree.New(tree.Product, x, y), tree.New(tree.Quotient, x, y), tree.New(tree.Quotient, y, x)
	switch {
	case n.Kind == tree.Sum:
		return []*tree.Node{sum, difference, turned, product}
	case n.Kind == tree.Product:
		return []*tree.Node{sum, difference, over}
	}
	return []*tree.Node{product, under, sum, difference}
}

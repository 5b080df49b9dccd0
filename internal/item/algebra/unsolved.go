package algebra

import (
	"slices"

	"kith/internal/item/algebra/tree"
)

// unsolved reports whether an answer is an equation that holds for everything that is asked, and not for other numbers: the
// way there, x^2 = 4, in the place of x = 2 or x = -2.
func (j *judge) unsolved(k, a *claim) bool {
	if a.kind != equation || len(a.node.Letters()) != 1 || len(a.node.Kids) != 2 {
		return false
	}
	var asked []claim
	switch k.kind {
	case valueClaim, equation:
		asked = []claim{*k}
	case collection:
		asked = slices.Clone(k.parts)
	}
	for i := range asked {
		if v, named := asked[i].named(); named {
			asked[i] = *v
		}
		if asked[i].kind != valueClaim || !asked[i].known || !asked[i].unit.None() || len(asked[i].node.Letters()) > 0 || !j.holdsFor(a, asked[i].node) {
			return false
		}
	}
	return len(asked) > 0 && !j.holdsFor(a, tree.Named(tree.Number, "0.7391"))
}

// holdsFor reports whether an equation in one letter is true when the letter is a value.
func (j *judge) holdsFor(a *claim, value *tree.Node) bool {
	letter := a.node.Letters()[0]
	put := func(n *tree.Node) (claim, error) {
		return j.value(n.Map(func(m *tree.Node) *tree.Node {
			if m.Kind == tree.Letter && m.Name == letter {
				v := *value
				v.Alone = true
				return &v
			}
			return m
		}))
	}
	left, err := put(a.node.Kids[0])
	if err != nil {
		return false
	}
	right, err := put(a.node.Kids[1])
	return err == nil && j.sameValue(&left, &right)
}

package algebra

import (
	"slices"
	"strings"

	"kith/internal/item/algebra/tree"
)

// meant turns what was written into what can only be meant beside this key: 1 and 3/4 is a mixed number where one value is
// asked, 5 ft and 3 in one length, R all real numbers where those are, and nothing is left over in 7 R 0.
func (k *Key) meant(n *tree.Node) *tree.Node {
	one := k.claim.kind == valueClaim || k.claim.kind == equation
	switch {
	case one && (n.Kind == tree.And || n.Kind == tree.List) && len(n.Kids) == 2:
		if m := together(n); m != nil {
			return m
		}
	case one && n.Kind == tree.Remainder && strings.Trim(n.Kids[1].Name, "0") == "":
		return n.Kids[0]
	case k.claim.word == "all" && n.Kind == tree.Letter && n.Name == "R":
		return &tree.Node{Kind: tree.Word, Name: "all", At: n.At}
	}
	return n
}

// together is one value of a whole and the part of a whole beside it, after an equals sign and a minus too: x = -1 and 3/4.
// nil when they are none.
func together(n *tree.Node) *tree.Node {
	whole, part := n.Kids[0], n.Kids[1]
	last := len(whole.Kids) - 1
	switch {
	case whole.Kind == tree.Relation && slices.Equal(whole.Signs, []tree.Sign{tree.Equal}) || whole.Kind == tree.Minus:
		m := together(&tree.Node{Kind: n.Kind, Kids: []*tree.Node{whole.Kids[last], part}})
		if m == nil {
			return nil
		}
		out := *whole
		out.Kids = append(slices.Clone(whole.Kids[:last]), m)
		return &out
	case whole.Kind == tree.Measure && part.Kind == tree.Measure && whole.Unit.Same(part.Unit) && smaller(part, whole):
		return &tree.Node{Kind: tree.Sum, Kids: []*tree.Node{whole, part}, At: whole.At}
	case n.Kind == tree.And:
		return mixedOf(whole, part)
	}
	return nil
}

// smaller reports whether a measure is in a smaller unit than another of its sort: the inches of 5 ft, 3 in.
func smaller(part, whole *tree.Node) bool {
	p, _ := part.Unit.Factor()
	w, _ := whole.Unit.Factor()
	return part.Unit.Offset() == nil && p.Cmp(w) < 0
}

// mixedOf is the mixed number of a whole number and a fraction beneath one, nil when they are none.
func mixedOf(whole, part *tree.Node) *tree.Node {
	if whole.Kind != tree.Number || part.Kind != tree.Quotient || part.Kids[0].Kind != tree.Number || part.Kids[1].Kind != tree.Number {
		return nil
	}
	over, under := part.Kids[0].Name, part.Kids[1].Name
	if len(over) > len(under) || len(over) == len(under) && over >= under {
		return nil
	}
	return &tree.Node{Kind: tree.Mixed, Kids: []*tree.Node{whole, part.Kids[0], part.Kids[1]}, At: whole.At}
}

package algebra

import "kith/internal/item/algebra/tree"

// meant turns what was written into what can only be meant beside this key: 1 and 3/4 is a mixed number where one value is
// asked, R all real numbers where those are, and nothing is left over in 7 R 0.
func (k *Key) meant(n *tree.Node) *tree.Node {
	one := k.claim.kind == valueClaim || k.claim.kind == equation
	switch {
	case one && n.Kind == tree.And && len(n.Kids) == 2:
		if m := mixedOf(n.Kids[0], n.Kids[1]); m != nil {
			return m
		}
	case one && n.Kind == tree.Remainder && n.Kids[1].Name == "0":
		return n.Kids[0]
	case k.claim.word == "all" && n.Kind == tree.Letter && n.Name == "R":
		return &tree.Node{Kind: tree.Word, Name: "all", At: n.At}
	}
	return n
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

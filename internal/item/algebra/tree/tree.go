// Package tree is mathematics as a tree: what was read from a text, exactly as it was written, before anything is worked
// out. It also writes a tree down again: as plain text that reads back the same (Plain), and as TeX (TeX).
//
// A tree keeps the way of writing: 2/4, 0.50 and (x + 3)(x + 3) stay what they are, because the form of an answer is
// judged on it. Where a node stands in its source is kept too, so that whoever refuses something can say where.
//
// Place in the flow: beneath item/algebra; read makes trees, exact, ball, form and near walk them.
package tree

import "kith/internal/item/algebra/unit"

// Kind says what a node is. Kids are in the order in which they were written.
type Kind uint8

// The kinds of nodes.
const (
	Number    Kind = iota // Name is the digits: "12", "0.50", "0.1(6)" with the repeating part in brackets
	Letter                // Name: "x", "b_1", "theta", "f(x)"
	Constant              // Name: "pi", "e", "i", "inf"
	Sum                   // two or more Kids; what is subtracted stands in a Minus
	Product               // two or more Kids
	Quotient              // Kids[0] over Kids[1]
	Minus                 // the opposite of Kids[0]
	Power                 // Kids[0] to the Kids[1]
	Root                  // the Kids[1]-th root of Kids[0]; Kids[1] is missing for a square root
	Call                  // function Name of Kids: "sin", "ln", "abs"; "log" may have its base as Kids[1]
	Mixed                 // whole, numerator, denominator
	PlusMinus             // ±Kids[0], or Kids[0] ± Kids[1]
	Percent               // Kids[0] %
	Factorial             // Kids[0]!
	Measure               // Kids[0] times Unit
	Relation              // Kids with Signs between them: a = b, a < x <= b
	Tuple                 // (a, b): a point, a pair or an open interval
	Interval              // Kids[0] to Kids[1], with Closed ends
	Set                   // {a, b}
	List                  // a, b: several answers in a row
	Or                    // a or b; unions of intervals too
	And                   // a and b
	Word                  // Name: "none", "undefined", "dne", "all", "many"
	Matrix                // Kids are Lists, the rows
	Ratio                 // a : b
	Remainder             // Kids[0], and Kids[1] left over: 7 R 2
)

// Sign is the sign of a relation.
type Sign uint8

// The signs of relations.
const (
	Equal Sign = iota
	NotEqual
	Less
	LessEqual
	Greater
	GreaterEqual
	Element // x ∈ interval or set
)

// Flip is the sign with its sides exchanged.
func (s Sign) Flip() Sign {
	switch s {
	case Less:
		return Greater
	case LessEqual:
		return GreaterEqual
	case Greater:
		return Less
	case GreaterEqual:
		return LessEqual
	}
	return s
}

// Node is one node of a tree. Trees are not changed once they are made; nodes may be shared.
type Node struct {
	Kind   Kind
	Name   string
	Kids   []*Node
	Signs  []Sign    // Relation: one fewer than Kids
	Unit   unit.Unit // Measure
	Closed [2]bool   // Interval: whether its ends belong to it
	At     int       // where it begins in its source, counted in characters from 1; 0 when it was made
	Alone  bool      // it stands in brackets of its own
}

// New makes a node without a place.
func New(k Kind, kids ...*Node) *Node { return &Node{Kind: k, Kids: kids} }

// Named makes a Number, Letter, Constant, Word or Call.
func Named(k Kind, name string, kids ...*Node) *Node { return &Node{Kind: k, Name: name, Kids: kids} }

// Walk visits a node and everything below it, outermost first, until visit returns false for a branch.
func (n *Node) Walk(visit func(*Node) bool) {
	if !visit(n) {
		return
	}
	for _, k := range n.Kids {
		k.Walk(visit)
	}
}

// Has reports whether a node of that kind is in the tree.
func (n *Node) Has(k Kind) bool {
	found := false
	n.Walk(func(m *Node) bool {
		found = found || m.Kind == k
		return !found
	})
	return found
}

// Letters are the names of the letters in the tree, each once, in the order of their first mention.
func (n *Node) Letters() []string {
	var names []string
	n.Walk(func(m *Node) bool {
		if m.Kind == Letter {
			for _, have := range names {
				if have == m.Name {
					return true
				}
			}
			names = append(names, m.Name)
		}
		return true
	})
	return names
}

// Map makes a tree with f applied to every node from the leaves up. f may return its argument.
func (n *Node) Map(f func(*Node) *Node) *Node {
	if len(n.Kids) == 0 {
		return f(n)
	}
	kids, same := make([]*Node, len(n.Kids)), true
	for i, k := range n.Kids {
		kids[i] = k.Map(f)
		same = same && kids[i] == k
	}
	if same {
		return f(n)
	}
	m := *n
	m.Kids = kids
	return f(&m)
}

// Equal reports whether two trees are written the same, brackets aside.
func (n *Node) Equal(m *Node) bool {
	if n.Kind != m.Kind || n.Name != m.Name || len(n.Kids) != len(m.Kids) || n.Closed != m.Closed || n.Unit.Name() != m.Unit.Name() || len(n.Signs) != len(m.Signs) {
		return false
	}
	for i := range n.Signs {
		if n.Signs[i] != m.Signs[i] {
			return false
		}
	}
	for i := range n.Kids {
		if !n.Kids[i].Equal(m.Kids[i]) {
			return false
		}
	}
	return true
}

// Statement reports whether the node says something about values (an equation, an interval, a word) and is not itself one.
func (n *Node) Statement() bool {
	switch n.Kind {
	case Relation, Tuple, Interval, Set, List, Or, And, Word, Matrix, Ratio, Remainder:
		return true
	}
	return false
}

// Whole reports whether the node is a number without decimals, and which, up to nine digits.
func (n *Node) Whole() (int, bool) {
	if n.Kind == Minus {
		v, ok := n.Kids[0].Whole()
		return -v, ok
	}
	if n.Kind != Number || len(n.Name) > 9 {
		return 0, false
	}
	v := 0
	for _, c := range []byte(n.Name) {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = 10*v + int(c-'0')
	}
	return v, true
}

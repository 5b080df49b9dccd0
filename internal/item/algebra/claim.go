package algebra

import (
	"errors"

	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/read"
	"kith/internal/item/algebra/tree"
	"kith/internal/item/algebra/unit"
)

type claimKind uint8

const (
	valueClaim  claimKind = iota // an expression, perhaps with a unit, perhaps named by a letter: x = 4
	equation                     // left = right in general
	inequality                   // left < right in general
	spans                        // a set of real numbers made of intervals
	collection                   // several claims in any order
	sequence                     // several in order: a point
	wordClaim                    // no solution, undefined, all real numbers
	matrixClaim                  // rows of equal length
	ratioClaim                   // a : b
)

// claim is what an answer says, whatever way it is written in.
type claim struct {
	kind   claimKind
	node   *tree.Node
	letter string // value: the letter that names it; spans: the letter that lies in them
	value  exact.Value
	known  bool // value holds the exact value
	unit   unit.Unit
	parts  []claim   // collection, sequence, ratio; matrix: entries, row by row
	width  int       // matrix: columns
	spans  []span    // spans
	loose  bool      // sequence: written without brackets; spans: (a, b), which may be a point
	word   string    // word
	pm     bool      // collection: written with ±
	sign   tree.Sign // inequality
	sides  []claim   // equation and inequality: the two sides, as values
	pair   []claim   // spans that may be a point: its coordinates
}

// measured reports whether the claim has a unit anywhere.
func (c *claim) measured() bool {
	if c.node == nil {
		return false
	}
	return c.node.Has(tree.Measure)
}

// judge compares claims in one field.
type judge struct {
	f    *exact.Field
	ask  *Ask
	open bool // neither calculation nor numbers could tell two expressions apart, or that they are the same
}

// errSense is a part of an answer that has no value: 1/0.
var errSense = errors.New("algebra: has no value")

// senseless is the error for a tree in which something has no value: it names the innermost such place.
func (j *judge) senseless(n *tree.Node) error {
	bad := n
	n.Walk(func(m *tree.Node) bool {
		if m.Statement() {
			return true
		}
		if _, err := exact.New().Of(m); errors.Is(err, exact.ErrUndefined) {
			bad = m
			return true
		}
		return false
	})
	return &read.Error{Problem: read.NoSense, At: max(bad.At, 1), What: bad.Plain()}
}

// claim makes out what a tree says. The error is errSense.
func (j *judge) claim(n *tree.Node) (claim, error) {
	switch n.Kind {
	case tree.Word:
		return claim{kind: wordClaim, node: n, word: n.Name}, nil
	case tree.Relation:
		return j.relation(n)
	case tree.Tuple:
		return j.tuple(n)
	case tree.Interval:
		return j.interval(n)
	case tree.Set, tree.List, tree.Or, tree.And:
		return j.several(n)
	case tree.Matrix:
		c := claim{kind: matrixClaim, node: n, width: len(n.Kids[0].Kids)}
		for _, row := range n.Kids {
			if err := j.each(row.Kids, &c.parts); err != nil {
				return c, err
			}
		}
		return c, nil
	case tree.Remainder: // a quotient and what is left over, in this order
		c := claim{kind: sequence, node: n, loose: true}
		return c, j.each(n.Kids, &c.parts)
	case tree.Ratio:
		c := claim{kind: ratioClaim, node: n}
		return c, j.each(n.Kids, &c.parts)
	}
	if sides := plusMinus(n); sides != nil {
		c := claim{kind: collection, node: n, pm: true}
		return c, j.each(sides, &c.parts)
	}
	return j.value(n)
}

func (j *judge) each(kids []*tree.Node, parts *[]claim) error {
	for _, k := range kids {
		c, err := j.claim(k)
		if err != nil {
			return err
		}
		*parts = append(*parts, c)
	}
	return nil
}

// value is an expression: its exact value where there is one.
func (j *judge) value(n *tree.Node) (claim, error) {
	c := claim{kind: valueClaim, node: n, unit: unitOf(n)}
	v, err := j.f.Of(n)
	switch {
	case errors.Is(err, exact.ErrUndefined):
		return c, errSense
	case err == nil:
		c.value, c.known = v, true
	default:
		// Too large or not exact: numbers decide, in a field that has not been spent.
		j.f = j.f.Clone()
	}
	return c, nil
}

// plusMinus gives the two values of a tree with ±, nil when there is none. Every ± in it takes the same sign.
func plusMinus(n *tree.Node) []*tree.Node {
	if !n.Has(tree.PlusMinus) {
		return nil
	}
	var sides []*tree.Node
	for _, minus := range []bool{false, true} {
		sides = append(sides, n.Map(func(m *tree.Node) *tree.Node {
			if m.Kind != tree.PlusMinus {
				return m
			}
			last := m.Kids[len(m.Kids)-1]
			if minus {
				last = tree.New(tree.Minus, last)
			}
			if len(m.Kids) == 1 {
				return last
			}
			return tree.New(tree.Sum, m.Kids[0], last)
		}))
	}
	return sides
}

// relation is an equation, an inequality, or what a letter lies in.
func (j *judge) relation(n *tree.Node) (claim, error) {
	if sides := plusMinus(n); sides != nil {
		c := claim{kind: collection, node: n, pm: true}
		return c, j.each(sides, &c.parts)
	}
	allEqual := true
	for _, s := range n.Signs {
		allEqual = allEqual && s == tree.Equal
	}
	last := n.Kids[len(n.Kids)-1]
	switch {
	case n.Signs[0] == tree.Element && len(n.Kids) == 2:
		c, err := j.claim(last)
		if n.Kids[0].Kind == tree.Letter {
			c.letter = n.Kids[0].Name
		}
		c.node = n
		return c, err
	case allEqual && last.Kind == tree.Word:
		return claim{kind: wordClaim, node: n, word: last.Name}, nil
	case allEqual && n.Kids[0].Kind == tree.Tuple && last.Kind == tree.Tuple: // (x, y) = (2, 3)
		c, err := j.claim(last)
		c.node = n
		return c, err
	case allEqual && len(n.Kids) == 2 && last.Kind == tree.Set: // x = {2, 3}
		return j.claim(last)
	case allEqual && (n.Kids[0].Kind == tree.Ratio || last.Kind == tree.Ratio):
		c, err := j.claim(last)
		return c, err
	case allEqual && len(n.Kids) == 2:
		return j.equation(n, n.Kids[0], last)
	case allEqual:
		return j.chain(n)
	case len(n.Kids) == 2:
		return j.inequality(n, n.Kids[0], n.Signs[0], last)
	}
	return j.double(n)
}

// chain is a = b = c: working that is shown. When all that follows the first is one value, it says a = c.
func (j *judge) chain(n *tree.Node) (claim, error) {
	last := n.Kids[len(n.Kids)-1]
	from := 1
	if n.Kids[0].Kind != tree.Letter {
		from = 0
	}
	end, err := j.value(last)
	if err != nil {
		return end, err
	}
	for _, k := range n.Kids[from : len(n.Kids)-1] {
		c, err := j.value(k)
		if err != nil {
			return c, err
		}
		if !j.sameValue(&c, &end) {
			parts := []claim{}
			for i := 1; i < len(n.Kids); i++ {
				e, err := j.equation(equate(n.Kids[i-1], n.Kids[i]), n.Kids[i-1], n.Kids[i])
				if err != nil {
					return e, err
				}
				parts = append(parts, e)
			}
			return claim{kind: collection, node: n, parts: parts}, nil
		}
	}
	if from == 0 {
		end.node = n
		return end, nil
	}
	return j.equation(equate(n.Kids[0], last), n.Kids[0], last)
}

// equate writes left = right.
func equate(left, right *tree.Node) *tree.Node {
	return &tree.Node{Kind: tree.Relation, Kids: []*tree.Node{left, right}, Signs: []tree.Sign{tree.Equal}, At: left.At}
}

// equation is left = right; a letter alone on one side that the other does not hold names the other's value.
func (j *judge) equation(n, left, right *tree.Node) (claim, error) {
	l, err := j.value(left)
	if err != nil {
		return l, err
	}
	r, err := j.value(right)
	if err != nil {
		return r, err
	}
	c := claim{kind: equation, node: n, sides: []claim{l, r}}
	for i, side := range []*tree.Node{left, right} {
		other := []*tree.Node{right, left}[i]
		if side.Kind != tree.Letter || holds(other, side.Name) {
			continue
		}
		// Between two letters the first names the second.
		c.letter = side.Name
		c.value, c.known, c.unit = c.sides[1-i].value, c.sides[1-i].known, c.sides[1-i].unit
		break
	}
	return c, nil
}

func holds(n *tree.Node, letter string) bool {
	for _, name := range n.Letters() {
		if name == letter {
			return true
		}
	}
	return false
}

// named is the value that an equation gives its letter.
func (c *claim) named() (*claim, bool) {
	if c.kind != equation || c.letter == "" {
		return nil, false
	}
	for i := range c.sides {
		if c.sides[i].node.Kind == tree.Letter && c.sides[i].node.Name == c.letter {
			return &c.sides[1-i], true
		}
	}
	return nil, false
}

// tuple is (a, b, …): a point; of two, perhaps an open interval.
func (j *judge) tuple(n *tree.Node) (claim, error) {
	c := claim{kind: sequence, node: n}
	if err := j.each(n.Kids, &c.parts); err != nil {
		return c, err
	}
	if len(n.Kids) == 2 {
		if s, ok := j.span(&c.parts[0], &c.parts[1], [2]bool{}); ok {
			return claim{kind: spans, node: n, spans: s, loose: true, pair: c.parts}, nil
		}
	}
	return c, nil
}

func (j *judge) interval(n *tree.Node) (claim, error) {
	var ends []claim
	if err := j.each(n.Kids, &ends); err != nil {
		return claim{}, err
	}
	if s, ok := j.span(&ends[0], &ends[1], n.Closed); ok {
		return claim{kind: spans, node: n, spans: s}, nil
	}
	// Ends that cannot be ordered, such as letters, are compared as they stand; the brackets are part of the node.
	return claim{kind: sequence, node: n, parts: ends}, nil
}

// several is a list, a set, or answers joined by words: intervals are united, everything else is a collection.
func (j *judge) several(n *tree.Node) (claim, error) {
	c := claim{kind: collection, node: n, loose: n.Kind == tree.List}
	var parts []claim
	if err := j.each(n.Kids, &parts); err != nil {
		return c, err
	}
	if n.Kind == tree.Or || n.Kind == tree.And || n.Kind == tree.List {
		if s, letter, ok := j.united(parts, n.Kind == tree.And); ok {
			return claim{kind: spans, node: n, spans: s, letter: letter}, nil
		}
	}
	letter := ""
	for _, p := range parts {
		switch {
		case p.kind == collection:
			c.pm = c.pm || p.pm
			c.parts = append(c.parts, p.parts...)
			continue
		case p.kind == equation && p.letter != "":
			letter = p.letter
		case p.kind == valueClaim && letter != "" && n.Kind != tree.Set: // x = 2, -3
			x := tree.Named(tree.Letter, letter)
			p = claim{kind: equation, node: equate(x, p.node), letter: letter, value: p.value, known: p.known, unit: p.unit,
				sides: []claim{{kind: valueClaim, node: x, value: j.f.Letter(letter), known: true}, p}}
		}
		c.parts = append(c.parts, p)
	}
	if len(c.parts) == 0 {
		return claim{kind: wordClaim, node: n, word: "none"}, nil
	}
	return c, nil
}

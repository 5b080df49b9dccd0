// Package form judges how an answer is written, apart from its value: lowest terms, factored, expanded, no decimals.
//
// In: a tree, which keeps the way of writing. Out: whether it has a Form. Rules that teachers word differently are settled
// here once and stand beside each form.
//
// Place in the flow: beneath item/algebra.
package form

import (
	"slices"
	"strconv"
	"strings"

	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/tree"
)

// Name is a form that can be asked for.
type Name string

// The forms.
const (
	Simplified     Name = "simplified"         // nothing is left to work out or to combine; factored or expanded are both simple
	Lowest         Name = "lowest-terms"       // every fraction is reduced, the sign is not below
	Factored       Name = "factored"           // a product that cannot be taken apart further over the rationals
	Expanded       Name = "expanded"           // no brackets, like terms combined
	Scientific     Name = "scientific"         // 3.2 * 10^5, 1 to below 10 before the power
	Exact          Name = "exact"              // no decimals
	Decimal        Name = "decimal"            // a decimal or whole number
	Fraction       Name = "fraction"           // a quotient of whole numbers, or a whole number
	Mixed          Name = "mixed"              // a mixed number, a proper fraction or a whole number
	Improper       Name = "improper"           // a quotient of whole numbers, no mixed number
	Integer        Name = "integer"            // a whole number, written as one
	Percent        Name = "percent"            // with a percent sign
	Radical        Name = "radical"            // no square under a square root, no fraction under a root
	Rationalised   Name = "rationalised"       // no root and no i in a denominator
	Positive       Name = "positive-exponents" // no negative exponents
	SlopeIntercept Name = "slope-intercept"    // y = mx + b
	PointSlope     Name = "point-slope"        // y - b = m(x - a)
	Standard       Name = "standard"           // Ax + By = C with whole numbers; a polynomial by falling powers; … = 0
	Vertex         Name = "vertex"             // a(x - h)^2 + k
	Solved         Name = "solved"             // a letter alone on one side, which the other does not hold
	Interval       Name = "interval"           // [2, 5), (-inf, 3] or [4, inf)
	Inequality     Name = "inequality"         // x < 3, 2 < x <= 5
	Set            Name = "set"                // {2, 3}
	InOrder        Name = "ordered"            // a list in its order; changes what is equal
	Figures        Name = "sf"                 // "3sf": three significant figures
	Places         Name = "dp"                 // "2dp": two decimal places
)

// Form is a form as it was asked for.
type Form struct {
	Name Name
	N    int // of Figures and Places
}

// other names that people use.
var synonyms = map[string]Name{"simplify": Simplified, "simple": Simplified, "simplest": Simplified, "simplest-form": Simplified, "simplified-form": Simplified, "lowest": Lowest, "lowest-term": Lowest, "simplest-terms": Lowest, "reduced": Lowest, "reduced-fraction": Lowest, "simplified-fraction": Lowest,
	"factor": Factored, "factorised": Factored, "factorized": Factored, "factored-form": Factored, "fully-factored": Factored, "completely-factored": Factored, "expand": Expanded, "expanded-form": Expanded, "exact-form": Exact, "exact-value": Exact, "decimal-form": Decimal, "scientific-form": Scientific, "proper": Mixed, "mixed-fraction": Mixed, "integers": Integer, "percent-form": Percent, "rationalise": Rationalised, "rationalize": Rationalised,
	"scientific-notation": Scientific, "no-decimals": Exact, "nodecimals": Exact, "no-decimal": Exact, "mixed-number": Mixed, "improper-fraction": Improper, "whole": Integer, "percentage": Percent,
	"radical-simplified": Radical, "simplified-radical": Radical, "simplest-radical": Radical, "radicals": Radical, "rationalized": Rationalised, "slope-intercept-form": SlopeIntercept, "standard-form": Standard, "vertex-form": Vertex, "point-slope-form": PointSlope,
	"isolated": Solved, "interval-notation": Interval, "set-notation": Set, "order": InOrder, "sequence": InOrder}

var names = []Name{Simplified, Lowest, Factored, Expanded, Scientific, Exact, Decimal, Fraction, Mixed, Improper, Integer, Percent, Radical, Rationalised, Positive, SlopeIntercept, PointSlope, Standard, Vertex, Solved, Interval, Inequality, Set, InOrder}

// maxPlaces bounds the digits that may be asked for.
const maxPlaces = 15

// Parse reads a form's name: "lowest-terms", "lowest terms", "3sf", "2 dp". ok is false for one that there is not.
func Parse(s string) (f Form, ok bool) {
	s = strings.ToLower(strings.NewReplacer("_", "-", " ", "-").Replace(strings.TrimSpace(s)))
	if slices.Contains(names, Name(s)) {
		return Form{Name: Name(s)}, true
	}
	if n, ok := synonyms[s]; ok {
		return Form{Name: n}, true
	}
	digits := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz-")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n > maxPlaces {
		return Form{}, false
	}
	switch strings.Trim(s[len(digits):], "-") {
	case "sf", "sigfig", "sigfigs", "sig-figs", "significant-figures", "significant-figure", "significant-digits":
		return Form{Name: Figures, N: n}, n > 0
	case "dp", "places", "decimal-places", "decimal-place", "decimals":
		return Form{Name: Places, N: n}, true
	}
	return Form{}, false
}

// Ordered reports whether the form asks for a list in its order.
func (x Form) Ordered() bool { return x.Name == InOrder }

// Rounds reports whether the form asks for a rounded number.
func (x Form) Rounds() bool { return x.Name == Figures || x.Name == Places }

// Round is q rounded as the form asks, a half away from zero.
func (x Form) Round(q exact.Q) exact.Q {
	places := x.N
	if x.Name == Figures {
		if q.Sign() == 0 {
			return q
		}
		places = x.N - 1 - magnitude(q)
	}
	return exact.Round(q, places)
}

// magnitude is the power of ten of the first digit: 2 for 314, -2 for 0.031.
func magnitude(q exact.Q) int {
	n := 0
	for q = q.Abs(); q.Cmp(exact.Int(10)) >= 0 && n < 400; n++ {
		q = q.Mul(exact.Frac(1, 10))
	}
	for ; q.Cmp(exact.Int(1)) < 0 && n > -400; n-- {
		q = q.Mul(exact.Int(10))
	}
	return n
}

// Met reports whether a tree has the form. Of an equation, a point or a list every value has it, unless the form speaks of
// the whole.
func (x Form) Met(f *exact.Field, n *tree.Node) bool {
	c := checker{f: f.Clone()}
	switch x.Name {
	case InOrder:
		return true
	case SlopeIntercept:
		return c.slopeIntercept(n)
	case PointSlope:
		return c.pointSlope(n)
	case Standard:
		return c.standard(n)
	case Vertex:
		return c.vertex(n)
	case Solved:
		return solved(n)
	case Interval:
		return isInterval(n)
	case Inequality:
		return isInequality(n)
	case Set:
		return n.Kind == tree.Set || n.Kind == tree.Relation && n.Kids[len(n.Kids)-1].Kind == tree.Set || n.Kind == tree.Word && n.Name == "none"
	}
	return c.values(n, func(v *tree.Node) bool { return x.met(&c, v) })
}

// values applies a test to every value of a statement.
func (c *checker) values(n *tree.Node, test func(*tree.Node) bool) bool {
	if !n.Statement() {
		return test(n)
	}
	for _, k := range n.Kids {
		if infinite(k) || n.Kind == tree.Relation && k.Kind == tree.Letter {
			continue
		}
		if !c.values(k, test) {
			return false
		}
	}
	return true
}

func infinite(n *tree.Node) bool {
	if n.Kind == tree.Minus {
		return infinite(n.Kids[0])
	}
	return n.Kind == tree.Constant && n.Name == "inf"
}

// met is the test of one value.
func (x Form) met(c *checker, n *tree.Node) bool {
	switch x.Name {
	case Simplified:
		return c.simplified(n)
	case Lowest:
		return c.lowest(n)
	case Factored:
		return c.factored(n)
	case Expanded:
		return c.expanded(n)
	case Scientific:
		return scientific(bare(n))
	case Exact:
		return !has(n, func(m *tree.Node) bool { return isDecimal(m) })
	case Decimal:
		return bare(n).Kind == tree.Number
	case Fraction:
		return isFraction(bare(n)) || isWhole(bare(n))
	case Mixed:
		return isMixed(bare(n))
	case Improper:
		return isFraction(bare(n)) || isWhole(bare(n))
	case Integer:
		return isWhole(bare(n))
	case Percent:
		return n.Kind == tree.Percent || n.Kind == tree.Minus && n.Kids[0].Kind == tree.Percent
	case Radical:
		return c.radical(n)
	case Rationalised:
		return c.rationalised(n)
	case Positive:
		return !has(n, func(m *tree.Node) bool { return m.Kind == tree.Power && m.Kids[1].Kind == tree.Minus })
	case Figures:
		return figures(bare(n)) == x.N
	case Places:
		return places(bare(n)) == x.N
	}
	return false
}

func has(n *tree.Node, test func(*tree.Node) bool) bool {
	found := false
	n.Walk(func(m *tree.Node) bool {
		found = found || test(m)
		return !found
	})
	return found
}

// bare is a value without its sign, unit and percent sign.
func bare(n *tree.Node) *tree.Node {
	for n.Kind == tree.Minus || n.Kind == tree.Measure || n.Kind == tree.Percent {
		n = n.Kids[0]
	}
	return n
}

func isDecimal(n *tree.Node) bool { return n.Kind == tree.Number && strings.ContainsRune(n.Name, '.') }

func isWhole(n *tree.Node) bool { return n.Kind == tree.Number && !isDecimal(n) }

// isFraction is 3/4 and (-3)/4.
func isFraction(n *tree.Node) bool {
	return n.Kind == tree.Quotient && isWhole(bare(n.Kids[0])) && isWhole(bare(n.Kids[1]))
}

// isMixed is 2 1/3, 1/3 or 2: the fraction of it is below one.
func isMixed(n *tree.Node) bool {
	var over, under *tree.Node
	switch {
	case isWhole(n):
		return true
	case n.Kind == tree.Mixed:
		over, under = n.Kids[1], n.Kids[2]
	case isFraction(n):
		over, under = bare(n.Kids[0]), bare(n.Kids[1])
	default:
		return false
	}
	a, ok := exact.ParseNumber(over.Name)
	b, also := exact.ParseNumber(under.Name)
	return ok && also && a.Cmp(b) < 0
}

// scientific is 3.2 * 10^5, and 3.2 alone is not.
func scientific(n *tree.Node) bool {
	if n.Kind != tree.Product || len(n.Kids) != 2 {
		return false
	}
	m, p := bare(n.Kids[0]), n.Kids[1]
	if m.Kind != tree.Number || p.Kind != tree.Power || p.Kids[0].Kind != tree.Number || p.Kids[0].Name != "10" {
		return false
	}
	if _, whole := p.Kids[1].Whole(); !whole {
		return false
	}
	q, ok := exact.ParseNumber(m.Name)
	return ok && q.Cmp(exact.Int(1)) >= 0 && q.Cmp(exact.Int(10)) < 0
}

// figures counts the significant figures that a number was written with. Zeros at the end of a whole number count: 1200 is
// four figures, or what else the key was rounded to; figures are not told apart there, so fewer are asked as 1.2 * 10^3.
func figures(n *tree.Node) int {
	if n.Kind == tree.Product && scientific(n) {
		n = bare(n.Kids[0])
	}
	if n.Kind != tree.Number {
		return -1
	}
	digits := strings.TrimLeft(strings.ReplaceAll(n.Name, ".", ""), "0")
	return len(digits)
}

// places counts the digits after the point.
func places(n *tree.Node) int {
	if n.Kind != tree.Number {
		return -1
	}
	if i := strings.IndexByte(n.Name, '.'); i >= 0 {
		return len(n.Name) - i - 1
	}
	return 0
}

// solved is x = …, x < …, or several of them.
func solved(n *tree.Node) bool {
	switch n.Kind {
	case tree.Or, tree.And, tree.List, tree.Set:
		return len(n.Kids) > 0 && !slices.ContainsFunc(n.Kids, func(k *tree.Node) bool { return !solved(k) })
	case tree.Relation:
		alone := -1
		for i, k := range n.Kids {
			if k.Kind == tree.Letter {
				alone = i
				break
			}
		}
		if alone < 0 {
			return false
		}
		for i, k := range n.Kids {
			if i != alone && slices.Contains(k.Letters(), n.Kids[alone].Name) {
				return false
			}
		}
		return true
	}
	return !n.Statement() || n.Kind != tree.Relation
}

func isInterval(n *tree.Node) bool {
	switch n.Kind {
	case tree.Or:
		return !slices.ContainsFunc(n.Kids, func(k *tree.Node) bool { return !isInterval(k) })
	case tree.Relation:
		return n.Signs[0] == tree.Element && isInterval(n.Kids[1])
	}
	return n.Kind == tree.Interval || n.Kind == tree.Tuple && len(n.Kids) == 2 || n.Kind == tree.Word
}

func isInequality(n *tree.Node) bool {
	switch n.Kind {
	case tree.Or, tree.And, tree.List:
		return !slices.ContainsFunc(n.Kids, func(k *tree.Node) bool { return !isInequality(k) })
	case tree.Relation:
		return !slices.Contains(n.Signs, tree.Element)
	}
	return n.Kind == tree.Word
}

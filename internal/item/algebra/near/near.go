// Package near names the slip that lies between an answer and the key: a sign, a factor, a bracket that was multiplied only
// in part. A name is for describing what was found, never for judging who found it.
//
// In: the two values as trees and, where they are known, exactly. Out: a Miss. Every name rests on a calculation: the answer
// is exactly what the slip makes of the key. Where several slips come to the same answer the more telling one is named.
//
// Place in the flow: beneath item/algebra, which names what is between whole answers (a missing solution, an open end).
package near

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"kith/internal/item/algebra/ball"
	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/tree"
)

// Miss is the code of a slip; its words stand in a catalogue.
type Miss string

// The slips between two values.
const (
	None               Miss = ""
	Sign               Miss = "sign"                 // the whole value, or one term of it, has the other sign
	DroppedNegative    Miss = "dropped-negative"     // -(a + b) became -a + b
	Reciprocal         Miss = "reciprocal"           // upside down
	NegativeReciprocal Miss = "negative-reciprocal"  // upside down with the other sign
	PowerOfTen         Miss = "power-of-ten"         // the decimal point has moved
	OffByFactor        Miss = "off-by-factor"        // a number times the key: double, half, three times
	PercentDecimal     Miss = "percent-decimal"      // 25 for 25 %, 0.25 % for 25 %
	Rounding           Miss = "rounding"             // rounded where the exact value was asked, or rounded wrongly
	OffByOne           Miss = "off-by-one"           // whole numbers beside each other
	DigitsSwapped      Miss = "digits-swapped"       // 54 for 45
	DistributedOnce    Miss = "distributed-once"     // 4(x + 3) became 4x + 3
	CombinedUnlike     Miss = "combined-unlike"      // 2x + 3 became 5x
	AddedExponents     Miss = "added-exponents"      // (x^3)^4 became x^7
	MultipliedExponent Miss = "multiplied-exponents" // x^3 x^4 became x^12
	Exponent           Miss = "exponent"             // only an exponent differs
	SquaredTermwise    Miss = "squared-termwise"     // (a + b)^2 became a^2 + b^2
	MissingConstant    Miss = "missing-constant"     // everything but the number at the end
	MissingTerm        Miss = "missing-term"
	ExtraTerm          Miss = "extra-term"
	SwappedTerms       Miss = "swapped-terms"   // 3x + 2 for 2x + 3
	OneTerm            Miss = "one-term"        // one coefficient differs
	WrongOperation     Miss = "wrong-operation" // another operation than the key's, or its sides exchanged: 6 + 8 for 6 - 8
	Brackets           Miss = "brackets"        // brackets are missing: 1/2x for 1/(2x)
)

// The slips between whole answers, which package algebra finds.
const (
	Unsimplified    Miss = "unsimplified" // the value is right, the asked form is not there
	MissingUnit     Miss = "missing-unit"
	WrongUnit       Miss = "wrong-unit"
	ExtraUnit       Miss = "extra-unit"
	MissingSolution Miss = "missing-solution"
	ExtraSolution   Miss = "extra-solution"
	OneSign         Miss = "one-sign"       // only one of ±
	Swapped         Miss = "swapped"        // the coordinates of a point, the parts of a ratio
	Order           Miss = "order"          // the right things in another order
	OneCoordinate   Miss = "one-coordinate" // the other is right
	Endpoint        Miss = "endpoint"       // < for ≤, ( for [
	Reversed        Miss = "reversed-inequality"
	OneEnd          Miss = "one-end"  // one end of an interval is right
	OneSide         Miss = "one-side" // one side of an equation is right
	Unsolved        Miss = "unsolved" // a true equation where its solutions are asked
	OneEntry        Miss = "one-entry"
	WrongLetter     Miss = "wrong-letter" // y = 4 for x = 4
	OnePlace        Miss = "one-place"    // one mark of a number line beside it
	OnePoint        Miss = "one-point"    // one of two points lies on the line
	Start           Miss = "start"        // a line as steep as the key's that begins elsewhere
	Steepness       Miss = "steepness"    // a line that begins where the key's does and is less or more steep
	Kind            Miss = "kind"         // another kind of answer than was asked: a point for a number
)

// Known reports whether a slip is one of these.
func Known(m Miss) bool { return slices.Contains(all, m) }

var all = []Miss{
	Sign, DroppedNegative, Reciprocal, NegativeReciprocal, PowerOfTen, OffByFactor, PercentDecimal, Rounding, OffByOne, DigitsSwapped, DistributedOnce,
	CombinedUnlike, AddedExponents, MultipliedExponent, Exponent, SquaredTermwise, MissingConstant, MissingTerm, ExtraTerm, SwappedTerms, OneTerm,
	WrongOperation, Brackets, Unsimplified, MissingUnit, WrongUnit, ExtraUnit, MissingSolution, ExtraSolution, OneSign, Swapped, Order, OneCoordinate,
	Endpoint, Reversed, OneEnd, OneSide, Unsolved, OneEntry, WrongLetter, OnePlace, OnePoint, Start, Steepness, Kind,
}

// Side is one of the two values.
type Side struct {
	Node  *tree.Node
	Value exact.Value
	Known bool // Value holds the exact value
}

// Of names the slip between a key and an answer that is not equal to it, both of one field.
func Of(f *exact.Field, key, answer Side) Miss {
	if alternative(f, key, answer) {
		return Brackets
	}
	if !key.Known || !answer.Known {
		return byNumbers(key, answer)
	}
	k, a := key.Value, answer.Value
	if k.Zero() || a.Zero() {
		return operation(f, key, a)
	}
	if f.Add(k, a).Zero() {
		return Sign
	}
	for _, m := range []Miss{factor(f, key, answer), inverse(f, k, a), rounded(f, key, answer), operation(f, key, a), whole(k, a), terms(f, k, a)} {
		if m != None {
			return m
		}
	}
	return constantFactor(f, k, a)
}

// byNumbers names a slip between values that are not known exactly.
func byNumbers(key, answer Side) Miss {
	if ball.Compare(tree.New(tree.Minus, key.Node), answer.Node) == ball.Same {
		return Sign
	}
	if ball.Compare(tree.New(tree.Quotient, tree.Named(tree.Number, "1"), key.Node), answer.Node) == ball.Same {
		return Reciprocal
	}
	for _, n := range []string{"2", "10", "100"} {
		scaled := tree.New(tree.Product, tree.Named(tree.Number, n), key.Node)
		if ball.Compare(scaled, answer.Node) == ball.Same || ball.Compare(key.Node, tree.New(tree.Product, tree.Named(tree.Number, n), answer.Node)) == ball.Same {
			if n == "2" {
				return OffByFactor
			}
			return PowerOfTen
		}
	}
	return None
}

// factor names a number that the key was multiplied with, where that number tells something: 100 beside a percent sign, a
// power of ten, two and a half.
func factor(f *exact.Field, key, answer Side) Miss {
	q, err := f.Quo(answer.Value, key.Value)
	if err != nil {
		return None
	}
	r, ok := q.Rational()
	if !ok {
		return None
	}
	hundred := r.Is(100) || r.Inv().Is(100)
	switch {
	case hundred && (key.Node.Has(tree.Percent) || answer.Node.Has(tree.Percent)):
		return PercentDecimal
	case powerOfTen(r):
		return PowerOfTen
	case r.Is(2) || r.Inv().Is(2):
		return OffByFactor
	}
	return None
}

func powerOfTen(q exact.Q) bool {
	s := q.String()
	if strings.HasPrefix(s, "1/") {
		s = s[2:]
	}
	return s != "1" && s[0] == '1' && strings.Trim(s[1:], "0") == ""
}

func inverse(f *exact.Field, k, a exact.Value) Miss {
	p, ok := f.Mul(k, a).Rational()
	switch {
	case ok && p.Is(1):
		return Reciprocal
	case ok && p.Is(-1):
		return NegativeReciprocal
	}
	return None
}

// constantFactor names any other number between two values with letters; between two numbers there is always one.
func constantFactor(f *exact.Field, k, a exact.Value) Miss {
	if f.Constant(k) && f.Constant(a) {
		if _, ok := k.Rational(); ok {
			return None
		}
	}
	q, err := f.Quo(a, k)
	if err != nil {
		return None
	}
	if r, ok := q.Rational(); ok {
		if n, d, small := r.Small(); small && n < 100 && n > -100 && d < 100 {
			return OffByFactor
		}
	}
	return None
}

// places is how many digits stand after the point of a decimal, -1 for anything else.
func places(n *tree.Node) int {
	for n.Kind == tree.Minus || n.Kind == tree.Measure || n.Kind == tree.Percent {
		n = n.Kids[0]
	}
	if n.Kind != tree.Number {
		return -1
	}
	if i := strings.IndexByte(n.Name, '.'); i >= 0 {
		return len(n.Name) - i - 1
	}
	return 0
}

// rounded reports a decimal within one unit of its last place of the key, where the key has more places or none: it was
// rounded, well or badly, or cut off. A sign that is lost on the way is the sign's slip.
func rounded(f *exact.Field, key, answer Side) Miss {
	digits := places(answer.Node)
	if digits < 0 || !f.Constant(key.Value) || !f.Constant(answer.Value) {
		return None
	}
	x, ok := f.Float(key.Value)
	y, also := f.Float(answer.Value)
	if !ok || !also || key.Node.Has(tree.Measure) || answer.Node.Has(tree.Measure) || answer.Node.Kind == tree.Percent {
		return None
	}
	if kd := places(key.Node); kd >= 0 && kd <= digits {
		return None
	}
	if q, ok := key.Value.Rational(); ok && digits == 0 && q.IsInt() {
		return None
	}
	unit := math.Pow10(-digits)
	if digits == 0 && math.Abs(x) < 10 {
		unit = 0.5 + 1e-12 // 3 for 3.5 says little; 3 for 3.2 was rounded
	}
	for _, s := range []struct {
		x float64
		m Miss
	}{{x, Rounding}, {-x, Sign}} {
		if math.Abs(s.x-y) < unit*(1+1e-9) && math.Abs(y) > 0 {
			return s.m
		}
	}
	return None
}

// whole names slips between whole numbers.
func whole(k, a exact.Value) Miss {
	p, ok := k.Rational()
	q, also := a.Rational()
	if !ok || !also {
		return None
	}
	x, ok := p.Int64()
	y, also := q.Int64()
	switch {
	case !ok || !also:
		return None
	case x-y == 1 || y-x == 1:
		return OffByOne
	case swappedDigits(x, y):
		return DigitsSwapped
	}
	return None
}

// swappedDigits reports whether two neighbouring digits of a number were exchanged.
func swappedDigits(x, y int64) bool {
	s, t := strconv.FormatInt(x, 10), strconv.FormatInt(y, 10)
	if len(s) != len(t) || len(s) < 2 {
		return false
	}
	for i := 0; i+1 < len(s); i++ {
		if s[i] != t[i] {
			return s[i] == t[i+1] && s[i+1] == t[i] && s[i+2:] == t[i+2:]
		}
	}
	return false
}

// alternative reports whether the answer is the key once brackets stand where they were probably meant: 1/(2x) for 1/2x,
// x^(1/2) for x^1/2.
func alternative(f *exact.Field, key, answer Side) bool {
	if !key.Known {
		return false
	}
	for _, n := range Regrouped(answer.Node) {
		if v, err := f.Of(n); err == nil && f.Equal(v, key.Value) {
			return true
		}
	}
	return false
}

// Regrouped are the other ways in which a quotient or product without brackets may be meant.
func Regrouped(n *tree.Node) []*tree.Node {
	var out []*tree.Node
	bare := func(m *tree.Node) bool { return (m.Kind == tree.Quotient || m.Kind == tree.Product) && !m.Alone }
	quotient := func(m *tree.Node) bool { return m.Kind == tree.Quotient && !m.Alone }
	try := func(change func(m *tree.Node) *tree.Node) {
		changed := n.Map(change)
		if changed != n {
			out = append(out, changed)
		}
	}
	found := false
	n.Walk(func(m *tree.Node) bool {
		found = found || quotient(m) || (m.Kind == tree.Sum || m.Kind == tree.Relation) && bare(m.Kids[len(m.Kids)-1])
		return !found
	})
	if !found {
		return nil
	}
	try(func(m *tree.Node) *tree.Node { // a/b·c: a/(b·c)
		if m.Kind == tree.Product && quotient(m.Kids[0]) {
			q := m.Kids[0]
			return tree.New(tree.Quotient, q.Kids[0], tree.New(tree.Product, append([]*tree.Node{q.Kids[1]}, m.Kids[1:]...)...))
		}
		return m
	})
	try(func(m *tree.Node) *tree.Node { // x^a/b: x^(a/b)
		if quotient(m) && m.Kids[0].Kind == tree.Power && !m.Kids[0].Alone {
			p := m.Kids[0]
			return tree.New(tree.Power, p.Kids[0], tree.New(tree.Quotient, p.Kids[1], m.Kids[1]))
		}
		return m
	})
	if n.Kind == tree.Relation { // 44/3 = 31 + x/3: both sides over 3
		changed := *n
		changed.Kids = make([]*tree.Node, len(n.Kids))
		for i, k := range n.Kids {
			changed.Kids[i] = gathered(k)
		}
		out = append(out, &changed)
	}
	if n.Kind == tree.Sum { // x + 1/x - 2: (x + 1)/(x - 2)
		out = append(out, gathered(n))
		for i, k := range n.Kids {
			if quotient(k) {
				over := tree.New(tree.Sum, append(append([]*tree.Node{}, n.Kids[:i]...), k.Kids[0])...)
				under := tree.New(tree.Sum, append([]*tree.Node{k.Kids[1]}, n.Kids[i+1:]...)...)
				if len(over.Kids) == 1 {
					over = over.Kids[0]
				}
				if len(under.Kids) == 1 {
					under = under.Kids[0]
				}
				out = append(out, tree.New(tree.Quotient, over, under))
			}
		}
	}
	return out
}

// gathered brings what the last term of a sum is multiplied or divided with to the whole sum: a + b/c as (a + b)/c.
func gathered(n *tree.Node) *tree.Node {
	if n.Kind != tree.Sum {
		return n
	}
	last := n.Kids[len(n.Kids)-1]
	minus := last.Kind == tree.Minus
	if minus {
		last = last.Kids[0]
	}
	if last.Alone || last.Kind != tree.Quotient && last.Kind != tree.Product {
		return n
	}
	first := last.Kids[0]
	if last.Kind == tree.Product && len(last.Kids) > 2 {
		first = tree.New(tree.Product, last.Kids[:len(last.Kids)-1]...)
	}
	if minus {
		first = tree.New(tree.Minus, first)
	}
	sum := tree.New(tree.Sum, append(append([]*tree.Node{}, n.Kids[:len(n.Kids)-1]...), first)...)
	return tree.New(last.Kind, sum, last.Kids[len(last.Kids)-1])
}

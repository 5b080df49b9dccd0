package algebra

import (
	"math/big"
	"slices"

	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/read"
)

// Ground is what an answer is placed on, and as what: it settles whether (2, 5) is an interval or a point.
type Ground uint8

const (
	Points Ground = iota // numbers, on a number line
	Spans                // sets of numbers, on a number line
	Plane                // points with two coordinates
	Line                 // a straight line of the plane
)

// Placed is what an answer puts on its ground, exactly: the part that the ground has is filled, each thing once.
type Placed struct {
	Numbers []*big.Rat
	Spans   []Stretch
	Points  [][2]*big.Rat
	Line    *Straight
}

// Stretch is an interval, or one number. An end without a value goes on for ever.
type Stretch struct {
	From, To     *big.Rat
	FromIn, ToIn bool // whether the end belongs to it
}

// Straight is the line Ax + By = C; the first of A and B that is no 0 is 1, so that equal lines are equal.
type Straight struct{ A, B, C *big.Rat }

// Place reads an answer and says what it puts on a ground; comma is whether 3,5 is three and a half. ok is false where the
// answer cannot be read (Why says so), or says something that has no place there: a letter, a word, √2.
func (k *Key) Place(answer string, on Ground, comma bool) (p Placed, said Said, ok bool) {
	said = k.Read(answer, comma)
	if said.Why != "" {
		return p, said, false
	}
	p, ok = k.placed(answer, on, read.Options{DecimalComma: comma})
	return p, said, ok
}

// Places are all that an answer may put on a ground: more than one only where a comma between digits could be read two ways.
func (k *Key) Places(answer string, on Ground) []Placed {
	ways := []read.Options{{}}
	if commaBetweenDigits(answer) {
		ways = append(ways, read.Options{NoGroups: true}, read.Options{DecimalComma: true})
	}
	var out []Placed
	for _, o := range ways {
		if p, ok := k.placed(answer, on, o); ok {
			out = append(out, p)
		}
	}
	return out
}

func (k *Key) placed(answer string, on Ground, o read.Options) (p Placed, ok bool) {
	o.Letters, o.Functions, o.Closed = k.letters, k.calls, true
	r, err := read.Read(answer, o)
	if err != nil || len(r.Doubts) > 0 {
		return p, false
	}
	j := &judge{f: k.field.Clone()}
	c, err := j.claim(k.fold(r.Tree))
	if err != nil {
		return p, false
	}
	switch on {
	case Points:
		ok = j.placeNumbers(&c, &p)
	case Spans:
		ok = j.placeSpans(&c, &p)
	case Plane:
		ok = j.placePoints(&c, &p)
	case Line:
		p.Line, ok = j.straight(&c)
	}
	return p, ok
}

// constant is the value of a claim that is a rational number, with or without a letter that names it.
func (j *judge) constant(c *claim) (*big.Rat, bool) {
	v := j.bare(c)
	if v == nil || !v.known || !v.unit.None() {
		return nil, false
	}
	q, ok := v.value.Rational()
	if !ok || infinity(v.node) != 0 {
		return nil, false
	}
	return new(big.Rat).Set(q.Rat()), true
}

func (j *judge) placeNumbers(c *claim, p *Placed) bool {
	parts := []claim{*c}
	if c.kind == collection {
		parts = c.parts
	}
	for i := range parts {
		n, ok := j.constant(&parts[i])
		if !ok {
			return false
		}
		if !slices.ContainsFunc(p.Numbers, func(m *big.Rat) bool { return m.Cmp(n) == 0 }) {
			p.Numbers = append(p.Numbers, n)
		}
	}
	return len(p.Numbers) > 0
}

func (j *judge) placeSpans(c *claim, p *Placed) bool {
	if c.kind == wordClaim && c.word == "all" {
		p.Spans = []Stretch{{}}
		return true
	}
	if c.kind == collection {
		c = j.joined(c)
	}
	if c.kind != spans {
		if n, ok := j.constant(c); ok {
			p.Spans = []Stretch{{From: n, To: n, FromIn: true, ToIn: true}}
			return true
		}
		return false
	}
	for _, s := range c.spans {
		from, ok := rationalEnd(s.lo)
		to, also := rationalEnd(s.hi)
		if !ok || !also {
			return false
		}
		p.Spans = append(p.Spans, Stretch{from, to, s.lo.closed && from != nil, s.hi.closed && to != nil})
	}
	return len(p.Spans) > 0
}

func rationalEnd(e end) (*big.Rat, bool) {
	if e.inf != 0 {
		return nil, true
	}
	q, ok := e.value.Rational()
	if !ok {
		return nil, false
	}
	return new(big.Rat).Set(q.Rat()), true
}

func (j *judge) placePoints(c *claim, p *Placed) bool {
	parts := []claim{*c}
	if c.kind == collection && c.node != nil {
		parts = c.parts
	}
	for i := range parts {
		at, ok := j.placePoint(&parts[i])
		if !ok {
			p.Points = nil
			break
		}
		if !slices.ContainsFunc(p.Points, func(q [2]*big.Rat) bool { return q[0].Cmp(at[0]) == 0 && q[1].Cmp(at[1]) == 0 }) {
			p.Points = append(p.Points, at)
		}
	}
	if p.Points == nil && c.kind == collection { // 2, 3, and x = 2, y = 3
		if at, ok := j.placePoint(c); ok {
			p.Points = append(p.Points, at)
		}
	}
	return len(p.Points) > 0
}

func (j *judge) placePoint(c *claim) (at [2]*big.Rat, ok bool) {
	c = point(c)
	if c.kind != sequence && c.kind != collection {
		return at, false
	}
	both, ok := j.coordinates(c)
	if !ok || len(both) != 2 || c.node.Closed != [2]bool{} {
		return at, false
	}
	for i := range both {
		if both[i].kind != valueClaim {
			return at, false
		}
		if at[i], ok = j.constant(&both[i]); !ok {
			return at, false
		}
	}
	return at, true
}

// straight is the line that an equation in x and y says; 2x + 3 alone says y = 2x + 3.
func (j *judge) straight(c *claim) (*Straight, bool) {
	var d exact.Value
	switch {
	case c.kind == equation && len(c.sides) == 2 && c.sides[0].known && c.sides[1].known:
		d = j.f.Sub(c.sides[0].value, c.sides[1].value)
	case c.kind == valueClaim && c.known && c.unit.None() && holds(c.node, "x") && !holds(c.node, "y"):
		d = j.f.Sub(j.f.Letter("y"), c.value)
	default:
		return nil, false
	}
	slope := func(letter string) (*big.Rat, bool) {
		if !j.f.Holds(d, letter) {
			return new(big.Rat), true
		}
		a, rest, ok := j.f.Linear(d, letter)
		if !ok {
			return nil, false
		}
		d = rest
		q, ok := a.Rational()
		if !ok {
			return nil, false
		}
		return new(big.Rat).Set(q.Rat()), true
	}
	a, ok := slope("x")
	b, also := slope("y")
	rest, known := d.Rational()
	if !ok || !also || !known {
		return nil, false
	}
	return NewStraight(a, b, new(big.Rat).Neg(rest.Rat()))
}

// NewStraight is the line ax + by = c; ok is false where that is none.
func NewStraight(a, b, c *big.Rat) (*Straight, bool) {
	first := a
	if a.Sign() == 0 {
		first = b
	}
	if first.Sign() == 0 {
		return nil, false
	}
	by := new(big.Rat).Inv(first)
	return &Straight{new(big.Rat).Mul(a, by), new(big.Rat).Mul(b, by), new(big.Rat).Mul(c, by)}, true
}

// Through is the line through two points; ok is false where they are one.
func Through(p, q [2]*big.Rat) (*Straight, bool) {
	a := new(big.Rat).Sub(q[1], p[1])
	b := new(big.Rat).Sub(p[0], q[0])
	c := new(big.Rat).Mul(a, p[0])
	return NewStraight(a, b, c.Add(c, new(big.Rat).Mul(b, p[1])))
}

// Holds reports whether a point lies on the line.
func (s *Straight) Holds(p [2]*big.Rat) bool {
	v := new(big.Rat).Mul(s.A, p[0])
	return v.Add(v, new(big.Rat).Mul(s.B, p[1])).Cmp(s.C) == 0
}

// Equal reports whether two lines are one.
func (s *Straight) Equal(t *Straight) bool {
	return s.A.Cmp(t.A) == 0 && s.B.Cmp(t.B) == 0 && s.C.Cmp(t.C) == 0
}

// Equal reports whether two answers place the same, in whatever order.
func (p Placed) Equal(q Placed) bool {
	if len(p.Numbers) != len(q.Numbers) || len(p.Points) != len(q.Points) || len(p.Spans) != len(q.Spans) || (p.Line == nil) != (q.Line == nil) {
		return false
	}
	for _, n := range p.Numbers {
		if !slices.ContainsFunc(q.Numbers, func(m *big.Rat) bool { return m.Cmp(n) == 0 }) {
			return false
		}
	}
	for _, n := range p.Points {
		if !slices.ContainsFunc(q.Points, func(m [2]*big.Rat) bool { return m[0].Cmp(n[0]) == 0 && m[1].Cmp(n[1]) == 0 }) {
			return false
		}
	}
	for i, s := range p.Spans {
		if t := q.Spans[i]; !sameEnd(s.From, t.From) || !sameEnd(s.To, t.To) || s.FromIn != t.FromIn || s.ToIn != t.ToIn {
			return false
		}
	}
	return p.Line == nil || p.Line.Equal(q.Line)
}

func sameEnd(a, b *big.Rat) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.Cmp(b) == 0
}

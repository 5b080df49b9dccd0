package algebra

import (
	"kith/internal/item/algebra/ball"
	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/near"
	"kith/internal/item/algebra/tree"
)

// result is what a comparison came to. A near miss beside equal says that the value is right and something about it is not.
type result struct {
	equal   bool
	lenient bool // equal as another kind of thing
	near    near.Miss
}

// compare compares an answer with a key, whatever kinds of things they are.
func (j *judge) compare(k, a *claim) result {
	if k.kind == a.kind && k.node.Equal(a.node) && !j.ordered() && (j.ask == nil || j.ask.Units != UnitsRequired) {
		return result{equal: true} // written the same, whatever it is
	}
	k, a = j.matched(k, a)
	switch {
	case k.kind == wordClaim || a.kind == wordClaim:
		return result{equal: j.sameWord(k, a)}
	case k.kind == matrixClaim || a.kind == matrixClaim:
		return j.compareMatrix(k, a)
	case k.kind == ratioClaim || a.kind == ratioClaim:
		return j.compareRatio(k, a)
	case k.kind == spans || a.kind == spans:
		return j.compareSpans(k, a)
	case k.kind == sequence || a.kind == sequence:
		return j.compareSequence(k, a)
	case k.kind == collection || a.kind == collection:
		return j.compareCollection(k, a)
	case k.kind == inequality || a.kind == inequality:
		return j.compareInequality(k, a)
	case k.kind == equation && a.kind == equation:
		return j.compareEquation(k, a)
	case k.kind == equation || a.kind == equation:
		return j.compareNamed(k, a)
	}
	return j.compareValue(k, a)
}

// matched settles what (a, b) is by what it is compared with: an interval beside intervals, else a point. A collection of
// one is that one.
func (j *judge) matched(k, a *claim) (*claim, *claim) {
	k, a = single(k), single(a)
	switch {
	case k.kind == spans && a.kind == spans && k.loose && a.loose:
		return point(k), point(a)
	case k.kind == spans && k.loose && a.kind != spans && a.kind != wordClaim:
		return point(k), a
	case a.kind == spans && a.loose && k.kind != spans && k.kind != wordClaim:
		return k, point(a)
	case k.kind == spans && a.kind == collection:
		return k, j.joined(a)
	case a.kind == spans && k.kind == collection:
		return j.joined(k), a
	}
	return k, a
}

func single(c *claim) *claim {
	if c.kind == collection && len(c.parts) == 1 {
		return &c.parts[0]
	}
	return c
}

// point is (a, b) as a point.
func point(c *claim) *claim {
	if c.kind != spans || !c.loose {
		return c
	}
	return &claim{kind: sequence, node: c.node, parts: c.pair}
}

// joined makes one set of numbers of (1, 2) ∪ (3, 4), which could also be two points.
func (j *judge) joined(c *claim) *claim {
	var all []span
	for i := range c.parts {
		if c.parts[i].kind != spans {
			return c
		}
		all = append(all, c.parts[i].spans...)
	}
	return &claim{kind: spans, node: c.node, spans: j.tidy(all)}
}

// compareValue compares two expressions: units, tolerance, then value.
func (j *judge) compareValue(k, a *claim) result {
	if r, done := j.compareUnits(k, a); done {
		return r
	}
	return j.compareNumbers(k, a)
}

// compareNumbers compares two expressions of one dimension.
func (j *judge) compareNumbers(k, a *claim) result {
	if j.sameValue(k, a) || j.within(k, a) {
		return result{equal: true}
	}
	return result{near: near.Of(j.f, side(k), side(a))}
}

func side(c *claim) near.Side { return near.Side{Node: c.node, Value: c.value, Known: c.known} }

// sameValue decides whether two expressions are equal: by calculation, and where that cannot decide by numbers.
func (j *judge) sameValue(k, a *claim) bool {
	if k.node.Equal(a.node) { // written the same, whatever it is
		return true
	}
	if k.known && a.known {
		if j.f.Equal(k.value, a.value) {
			return true
		}
		d := j.f.Sub(k.value, a.value)
		if !j.f.Spent() && !d.Zero() && j.f.Decided(d) {
			return false
		}
		if j.f.Spent() {
			j.f = j.f.Clone()
		}
		if infinity(k.node) != 0 || infinity(a.node) != 0 {
			return infinity(k.node) == infinity(a.node)
		}
	}
	v := ball.Compare(k.node, a.node)
	j.open = j.open || v == ball.Unknown
	return v == ball.Same
}

// within applies the tolerance, and the rounding that a form asks for, to two numbers.
func (j *judge) within(k, a *claim) bool {
	if j.ask == nil {
		return false
	}
	for _, f := range j.ask.Forms {
		if f.Rounds() && j.roundsTo(k, a, f.Round) {
			return true
		}
	}
	t := j.ask.Tolerance
	if t.By.Sign() <= 0 {
		return false
	}
	unitFactor := exact.Int(1)
	if !k.unit.None() {
		f, _ := k.unit.Factor()
		unitFactor = exact.FromRat(f)
	}
	p, okK := rational(k)
	q, okA := rational(a)
	if okK && okA { // exactly, so that the bound itself is within
		room := t.By.Mul(unitFactor)
		if t.Relative {
			room = t.By.Mul(p.Abs())
		}
		return p.Sub(q).Abs().Cmp(room) <= 0
	}
	x, okX := ball.Value(k.node)
	y, okY := ball.Value(a.node)
	if !okX || !okY || !x.Real() || !y.Real() {
		return false
	}
	room := t.By.Float() * unitFactor.Float()
	if t.Relative {
		room = t.By.Float() * abs(real(x.Mid))
	}
	return abs(real(x.Mid)-real(y.Mid)) <= room+x.Radius+y.Radius
}

func rational(c *claim) (exact.Q, bool) {
	if !c.known {
		return exact.Q{}, false
	}
	return c.value.Rational()
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

// roundsTo reports whether both numbers are the same once round has rounded them; it works in the key's own unit.
func (j *judge) roundsTo(k, a *claim, round func(exact.Q) exact.Q) bool {
	p, okK := j.number(k)
	q, okA := j.number(a)
	return okK && okA && round(p).Cmp(round(q)) == 0
}

// number is a constant as a rational: exactly, or to float64's precision.
func (j *judge) number(c *claim) (exact.Q, bool) {
	if q, ok := rational(c); ok {
		return j.inUnit(q, c), true
	}
	b, ok := ball.Value(c.node)
	if !ok || !b.Real() {
		return exact.Q{}, false
	}
	q, ok := exact.OfFloat(real(b.Mid))
	return j.inUnit(q, c), ok
}

// inUnit turns a value in base units into the claim's own unit.
func (j *judge) inUnit(q exact.Q, c *claim) exact.Q {
	if c.unit.None() {
		return q
	}
	f, _ := c.unit.Factor()
	return q.Quo(exact.FromRat(f))
}

// compareNamed compares x = 4 with 4, and y = 2x + 3 with 2x + 3: the letter only names the value. On the answer's side it
// must not be a letter of the key.
func (j *judge) compareNamed(k, a *claim) result {
	if v, ok := k.named(); ok {
		r := j.compareValue(v, a)
		r.lenient = r.equal
		return r
	}
	if v, ok := a.named(); ok && k.kind == valueClaim && !holds(k.node, a.letter) {
		r := j.compareValue(k, v)
		r.lenient = r.equal
		return r
	}
	return result{near: near.Kind}
}

// compareEquation compares two equations: the values that they give to one letter, or all terms brought to one side, up to
// a factor.
func (j *judge) compareEquation(k, a *claim) result {
	x, okK := k.named()
	y, okA := a.named()
	if okK && okA && (k.letter == a.letter || sameRole(k.letter, a.letter)) {
		r := j.compareValue(x, y)
		if r.equal || j.f.Constant(x.value) && x.known && y.known && j.f.Constant(y.value) {
			return r
		}
		if j.sameEquation(k, a) {
			return result{equal: true}
		}
		return r
	}
	if j.sameEquation(k, a) {
		return result{equal: true}
	}
	if okK && okA && k.letter != a.letter && j.sameValue(x, y) {
		return result{near: near.WrongLetter}
	}
	return result{near: j.nearEquation(k, a)}
}

// sameRole reports whether two letters name the same thing: f(x) and y are both what depends on x.
func sameRole(a, b string) bool {
	return len(a) == 4 && a[1] == '(' && b == "y" || len(b) == 4 && b[1] == '(' && a == "y"
}

// sameEquation brings both equations to the form "something = 0" and compares up to a factor that is no 0.
func (j *judge) sameEquation(k, a *claim) bool {
	if !k.sides[0].known || !k.sides[1].known || !a.sides[0].known || !a.sides[1].known {
		return j.sameSides(k, a) || ball.Proportional(difference(k), difference(a)) == ball.Same
	}
	p := j.f.Cleared(j.f.Sub(k.sides[0].value, k.sides[1].value))
	q := j.f.Cleared(j.f.Sub(a.sides[0].value, a.sides[1].value))
	if j.f.Constant(p) || j.f.Constant(q) { // always true or never: what is left to compare is how it is written
		return j.sameSides(k, a)
	}
	if _, ok := j.f.Proportional(p, q); ok {
		return true
	}
	if j.f.Spent() {
		j.f = j.f.Clone()
	} else if j.f.Decided(p) && j.f.Decided(q) {
		return false
	}
	return j.sameSides(k, a) || ball.Proportional(difference(k), difference(a)) == ball.Same
}

// sameSides compares the two sides one by one, also exchanged.
func (j *judge) sameSides(k, a *claim) bool {
	return j.sameValue(&k.sides[0], &a.sides[0]) && j.sameValue(&k.sides[1], &a.sides[1]) ||
		j.sameValue(&k.sides[0], &a.sides[1]) && j.sameValue(&k.sides[1], &a.sides[0])
}

// difference is left − right of an equation or inequality.
func difference(c *claim) *tree.Node {
	return tree.New(tree.Sum, c.sides[0].node, tree.New(tree.Minus, c.sides[1].node))
}

// nearEquation names what is between two equations: a slip on one side while the other is right.
func (j *judge) nearEquation(k, a *claim) near.Miss {
	if a.node.Kind == tree.Relation {
		for _, n := range near.Regrouped(a.node) {
			if c, err := j.relation(n); err == nil && c.kind == k.kind && (c.kind != inequality || c.sign == k.sign) && j.sameEquation(k, &c) {
				return near.Brackets
			}
		}
	}
	for _, s := range [][2]int{{0, 1}, {1, 0}} {
		for _, turn := range []int{0, 1} {
			same, other := s[0]^turn, s[1]^turn
			if j.sameValue(&k.sides[s[0]], &a.sides[same]) {
				if m := near.Of(j.f, side(&k.sides[s[1]]), side(&a.sides[other])); m != near.None {
					return m
				}
				return near.OneSide
			}
		}
	}
	p, q := j.zeroForm(k), j.zeroForm(a)
	if p.Known && q.Known {
		if m := near.Of(j.f, p, q); m != near.None {
			return m
		}
	}
	return near.None
}

// zeroForm is everything on the left of an equation.
func (j *judge) zeroForm(c *claim) near.Side {
	s := near.Side{Node: difference(c), Known: c.sides[0].known && c.sides[1].known}
	if s.Known {
		s.Value = j.f.Sub(c.sides[0].value, c.sides[1].value)
	}
	return s
}

// compareInequality compares two inequalities that are no intervals: all terms on one side, up to a positive factor, or a
// negative one that turns the sign.
func (j *judge) compareInequality(k, a *claim) result {
	if k.kind != inequality || a.kind != inequality {
		return result{near: near.Kind}
	}
	p := j.f.Sub(k.sides[0].value, k.sides[1].value)
	q := j.f.Sub(a.sides[0].value, a.sides[1].value)
	if !k.sides[0].known || !k.sides[1].known || !a.sides[0].known || !a.sides[1].known || p.Zero() || q.Zero() {
		same := j.sameValue(&k.sides[0], &a.sides[0]) && j.sameValue(&k.sides[1], &a.sides[1]) && k.sign == a.sign ||
			j.sameValue(&k.sides[0], &a.sides[1]) && j.sameValue(&k.sides[1], &a.sides[0]) && k.sign == a.sign.Flip()
		return result{equal: same}
	}
	ratio, ok := j.f.Proportional(q, p)
	if !ok {
		return result{near: j.nearEquation(k, a)}
	}
	x, ok := j.f.Float(ratio)
	if !ok {
		return result{}
	}
	s := a.sign
	if x < 0 {
		s = s.Flip()
	}
	return result{equal: s == k.sign, near: nearSign(k.sign, s)}
}

// nearSign names the difference between two signs of relations.
func nearSign(want, got tree.Sign) near.Miss {
	switch {
	case want == got:
		return near.None
	case strict(want) == strict(got):
		return near.Endpoint
	case want == got.Flip() || strict(want) == strict(got.Flip()):
		return near.Reversed
	}
	return near.None
}

func strict(s tree.Sign) tree.Sign {
	switch s {
	case tree.LessEqual:
		return tree.Less
	case tree.GreaterEqual:
		return tree.Greater
	}
	return s
}

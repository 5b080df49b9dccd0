package item

import (
	"math/big"
	"slices"
	"strings"

	"kith/internal/fault"
	"kith/internal/item/algebra"
	"kith/internal/item/algebra/near"
	"kith/internal/item/algebra/read"
)

// What is the matter with an answer that reads and cannot be placed. Like the problems of reading they never count.
const (
	Outside    read.Problem = "outside" // it lies off the axes
	NeedNumber read.Problem = "place-number"
	NeedSpan   read.Problem = "place-span"
	NeedPoint  read.Problem = "place-point"
	NeedLine   read.Problem = "place-line"
)

// placeKey is what is right in a number line, interval or plane of one variant, beside the mathematics that says it.
type placeKey struct {
	axes  Axes
	x, y  ruler
	on    algebra.Ground
	many  bool
	want  algebra.Placed
	wrong []algebra.Placed // one a mistake; empty for one that Near names
}

// ground is what the kind places, and what is said where an answer is something else.
func (it *Item) ground(join Join) (algebra.Ground, read.Problem) {
	switch {
	case it.Kind == NumberLine:
		return algebra.Points, NeedNumber
	case it.Kind == Interval:
		return algebra.Spans, NeedSpan
	case join == Through:
		return algebra.Line, NeedLine
	}
	return algebra.Plane, NeedPoint
}

// placeAsk brings along the letters that people name places with: x ≥ 2, y = 2x.
func (it *Item) placeAsk(text string) algebra.Ask {
	return algebra.Ask{Key: text, Variables: append([]string{"x", "y"}, it.Variables...)}
}

// places are the readings of an answer as something placed. A line may be given by two of its points.
func (p *placeKey) places(k *algebra.Key, text string) []algebra.Placed {
	out := k.Places(text, p.on)
	if p.on == algebra.Line {
		for _, two := range k.Places(text, algebra.Plane) {
			if line := lineOf(two); line != nil {
				out = append(out, algebra.Placed{Line: line, Points: two.Points})
			}
		}
	}
	return out
}

func lineOf(two algebra.Placed) *algebra.Straight {
	if len(two.Points) != 2 {
		return nil
	}
	line, _ := algebra.Through(two.Points[0], two.Points[1])
	return line
}

// same compares what two answers place; by which points a line was given makes no difference.
func (p *placeKey) same(a, b algebra.Placed) bool {
	if p.on == algebra.Line {
		return a.Line != nil && b.Line != nil && a.Line.Equal(b.Line)
	}
	return a.Equal(b)
}

// inside reports whether all of it lies on the axes; of a line, a part.
func (p *placeKey) inside(a algebra.Placed) bool {
	in := func(n *big.Rat) bool { return n == nil || p.x.inside(n) }
	for _, n := range a.Numbers {
		if !in(n) {
			return false
		}
	}
	for _, s := range a.Spans {
		if !in(s.From) || !in(s.To) {
			return false
		}
	}
	if a.Line != nil {
		return p.crosses(a.Line)
	}
	for _, q := range a.Points {
		if !in(q[0]) || !p.y.inside(q[1]) {
			return false
		}
	}
	return true
}

// crosses reports whether a line meets the window: not all corners lie on one side of it.
func (p *placeKey) crosses(l *algebra.Straight) bool {
	var above, below bool
	for _, x := range []*big.Rat{p.x.from, p.x.to} {
		for _, y := range []*big.Rat{p.y.from, p.y.to} {
			v := new(big.Rat).Add(new(big.Rat).Mul(l.A, x), new(big.Rat).Mul(l.B, y))
			switch v.Cmp(l.C) {
			case 1:
				above = true
			case -1:
				below = true
			default:
				return true
			}
		}
	}
	return above && below
}

// reached reports whether the key can be placed by hand; of a line, two points of it.
func (p *placeKey) reached(a algebra.Placed) bool {
	ok := func(n *big.Rat) bool { return n == nil || p.x.reached(n) }
	if a.Line != nil {
		return p.latticePoints(a.Line) >= 2
	}
	for _, n := range a.Numbers {
		if !ok(n) {
			return false
		}
	}
	for _, s := range a.Spans {
		if !ok(s.From) || !ok(s.To) {
			return false
		}
	}
	for _, q := range a.Points {
		if !ok(q[0]) || !p.y.reached(q[1]) {
			return false
		}
	}
	return true
}

// latticePoints counts places of the window on a line, up to two.
func (p *placeKey) latticePoints(l *algebra.Straight) int {
	along, across := p.x, p.y
	a, b := l.A, l.B
	if b.Sign() == 0 { // upright
		along, across, a, b = p.y, p.x, l.B, l.A
	}
	n := 0
	first := new(big.Rat).Quo(along.from, along.snap)
	for k := new(big.Int).Quo(first.Num(), first.Denom()); n < 2; k.Add(k, big.NewInt(1)) {
		u := new(big.Rat).Mul(new(big.Rat).SetInt(k), along.snap)
		if u.Cmp(along.to) > 0 {
			break
		}
		w := new(big.Rat).Sub(l.C, new(big.Rat).Mul(a, u))
		if along.inside(u) && across.reached(w.Quo(w, b)) {
			n++
		}
	}
	return n
}

// settlePlace works out the axes, the key and what the mistakes come to, exactly. Numbers are drawn again where the axes
// cannot be drawn or the key cannot be reached by hand.
func (v *Variant) settlePlace() (why string, err error) {
	it := v.it
	p := &placeKey{wrong: make([]algebra.Placed, len(it.Mistakes))}
	if p.axes, err = ParseAxes(it.Axes); err != nil {
		return "", &misplaced{"axes", err}
	}
	if p.x, err = v.ruler(p.axes.X); err != nil {
		return "", err
	}
	sound := p.x.sound()
	if it.Kind == Plane {
		if p.y, err = v.ruler(p.axes.Y); err != nil {
			return "", err
		}
		sound = sound && p.y.sound()
	}
	if !sound {
		return "axes", nil
	}
	m := &mathKey{wrong: make([]*algebra.Key, len(it.Mistakes))}
	if m.text, err = v.fillMaths(it.Key, "key", -1); err != nil {
		return "", err
	}
	if m.key, p.want, err = v.placedKey(p, m.text, "key"); err != nil {
		return "", err
	}
	p.many = len(p.want.Numbers)+len(p.want.Spans) > 1 || p.on == algebra.Plane && len(p.want.Points) > 1
	if !p.reached(p.want) || p.axes.Join == Segment && len(p.want.Points) != 2 {
		return "axes: key", nil
	}
	for i, mistake := range it.Mistakes {
		if mistake.Near != "" {
			continue
		}
		yield, err := v.fillMaths(mistake.Yields[0], "mistakes", i)
		if err != nil {
			return "", err
		}
		if m.wrong[i], p.wrong[i], err = v.placedKey(p, yield, place("mistakes", i)); err != nil {
			return "", err
		}
		if p.same(p.want, p.wrong[i]) {
			return place("mistakes", i) + " = key", nil
		}
		for j := range p.wrong[:i] {
			if m.wrong[j] != nil && p.same(p.wrong[j], p.wrong[i]) {
				return place("mistakes", i) + " = " + place("mistakes", j), nil
			}
		}
	}
	v.maths, v.place = m, p
	return "", nil
}

// placedKey reads what is right, or what a mistake comes to.
func (v *Variant) placedKey(p *placeKey, text, where string) (*algebra.Key, algebra.Placed, error) {
	key, err := algebra.NewKey(v.it.placeAsk(text))
	if err != nil {
		return nil, algebra.Placed{}, &misplaced{where, err}
	}
	if where == "key" && v.it.Kind == Plane && p.axes.Join == Apart && len(key.Places(text, algebra.Line)) > 0 {
		p.axes.Join = Through // an equation can only be drawn as a line
	}
	var need read.Problem
	p.on, need = v.it.ground(p.axes.Join)
	all := p.places(key, text)
	if len(all) == 0 {
		return nil, algebra.Placed{}, &misplaced{where, &read.Error{Problem: need, At: 1, What: text}}
	}
	return key, all[0], nil
}

// scorePlace judges what was placed, by its exact value: how it was written or by which points a line was given does not
// matter. What cannot be read, has no place here or lies off the axes is unread.
func (v Variant) scorePlace(r Response) (Judged, error) {
	if len(r.Chosen) > 0 || len(r.Boxes) != 1 {
		return Judged{}, fault.New(fault.Invalid, "fault.item.boxes", "boxes", len(r.Boxes), "want", 1)
	}
	text, p := r.Boxes[0], v.place
	all := p.places(v.maths.key, text)
	said := v.maths.key.Read(text, false)
	if said.Why != "" && len(all) > 0 {
		said = v.maths.key.Read(text, true)
	}
	j := Judged{ReadAs: said.Plain, TeX: said.TeX}
	if slices.ContainsFunc(all, func(a algebra.Placed) bool { return p.same(a, p.want) }) {
		j.Outcome = Right
		return j, nil
	}
	at := slices.IndexFunc(all, p.inside)
	if at < 0 {
		j.Outcome, j.Where, j.At, j.What, j.Why = Unread, 1, said.At, said.What, said.Why
		if len(all) > 0 {
			j.Why = Outside
		} else if j.Why == "" {
			_, j.Why = v.it.ground(p.axes.Join)
		}
		return j, nil
	}
	j.Outcome, j.Near = NotYet, string(v.slipOf(all[at], text))
	for i, m := range v.it.Mistakes {
		if m.Near == "" && p.same(p.wrong[i], all[at]) {
			j.Mistake, j.Nudge = m.Tag, m.Nudge
			return j, nil
		}
	}
	for _, m := range v.it.Mistakes {
		if m.Near != "" && m.Near == j.Near {
			j.Mistake, j.Nudge = m.Tag, m.Nudge
			break
		}
	}
	return j, nil
}

// slipOf names what lies between an answer and the key: for numbers and intervals what package algebra finds, for points and
// lines first whether along and up were exchanged.
func (v Variant) slipOf(got algebra.Placed, text string) near.Miss {
	switch v.place.on {
	case algebra.Line:
		return lineSlip(v.place.want.Line, got)
	case algebra.Plane:
		if exchanged(v.place.want.Points, got.Points) {
			return near.Swapped
		}
	}
	if hits, misses := v.place.hits(got); hits > 0 && misses == 1 {
		return near.ExtraSolution
	}
	said := v.maths.key.Check(text)
	switch {
	case said.Near == near.Kind && v.place.many: // a part of it, written alone
		return near.MissingSolution
	case (said.Near == near.None || said.Near == near.OffByOne) && v.place.nextTo(got):
		return near.OnePlace
	}
	return said.Near
}

// hits counts the numbers or points that are asked for, and those that are not.
func (p *placeKey) hits(got algebra.Placed) (hits, misses int) {
	for _, n := range got.Numbers {
		if slices.ContainsFunc(p.want.Numbers, func(m *big.Rat) bool { return m.Cmp(n) == 0 }) {
			hits++
		}
	}
	for _, q := range got.Points {
		if slices.ContainsFunc(p.want.Points, func(m [2]*big.Rat) bool { return m[0].Cmp(q[0]) == 0 && m[1].Cmp(q[1]) == 0 }) {
			hits++
		}
	}
	return hits, len(got.Numbers) + len(got.Points) - hits
}

// nextTo reports whether one number lies one place beside the one that is asked for.
func (p *placeKey) nextTo(got algebra.Placed) bool {
	if len(got.Numbers) != 1 || len(p.want.Numbers) != 1 {
		return false
	}
	off := new(big.Rat).Sub(got.Numbers[0], p.want.Numbers[0])
	return off.Abs(off).Cmp(p.x.snap) == 0
}

// exchanged reports whether points are those that are asked for, one or more of them with along and up exchanged.
func exchanged(want, got [][2]*big.Rat) bool {
	holds := func(x, y *big.Rat) bool {
		return slices.ContainsFunc(want, func(q [2]*big.Rat) bool { return q[0].Cmp(x) == 0 && q[1].Cmp(y) == 0 })
	}
	some := false
	for _, q := range got {
		switch {
		case holds(q[0], q[1]):
		case holds(q[1], q[0]):
			some = true
		default:
			return false
		}
	}
	return some && len(want) == len(got)
}

// lineSlip compares two lines: exchanged axes, the other direction, one point that fits, the same steepness, the same start.
func lineSlip(want *algebra.Straight, got algebra.Placed) near.Miss {
	line := got.Line
	if turned, ok := algebra.NewStraight(want.B, want.A, want.C); ok && turned.Equal(line) {
		return near.Swapped
	}
	if falling, ok := algebra.NewStraight(new(big.Rat).Neg(want.A), want.B, want.C); ok && falling.Equal(line) {
		return near.Sign
	}
	fits := slices.IndexFunc(got.Points, want.Holds)
	start := [2]*big.Rat{new(big.Rat), nil}
	if want.B.Sign() != 0 {
		start[1] = new(big.Rat).Quo(want.C, want.B)
	}
	switch {
	case want.A.Cmp(line.A) == 0 && want.B.Cmp(line.B) == 0:
		return near.Start
	case start[1] != nil && line.Holds(start) && (fits < 0 || got.Points[fits][0].Sign() == 0):
		return near.Steepness
	case fits >= 0:
		return near.OnePoint
	}
	return near.None
}

// Placement is what an answer places, as a page draws it; numbers are whole or fractions, "" stands for an end that goes on.
type Placement struct {
	Numbers []string   `json:"numbers,omitempty"`
	Points  [][]string `json:"points,omitempty"`
	Spans   []Stretch  `json:"spans,omitempty"`
	Line    []string   `json:"line,omitempty"` // a, b, c of ax + by = c
}

// Stretch is one interval of a Placement.
type Stretch struct {
	From   string `json:"from,omitempty"`
	To     string `json:"to,omitempty"`
	FromIn bool   `json:"from_in,omitempty"`
	ToIn   bool   `json:"to_in,omitempty"`
}

// readPlace adds to a reading what it places, or that it has no place. It tells nothing of right or not.
func (v Variant) readPlace(text string, comma bool, out *Reading) {
	p := v.place
	placed, said, ok := v.maths.key.Place(text, p.on, comma)
	if !ok && said.Why == "" && p.on == algebra.Line {
		if placed, _, ok = v.maths.key.Place(text, algebra.Plane, comma); ok {
			placed.Line = lineOf(placed)
			ok = placed.Line != nil
		}
	}
	if ok && !p.inside(placed) { // 1,5 on a line from 0 to 2 is one and a half, whatever the language
		if other, meant, fits := v.maths.key.Place(text, p.on, !comma); fits && p.inside(other) {
			placed, out.ReadAs, out.Drawn = other, meant.Plain, meant.Drawn
		}
	}
	switch {
	case said.Why != "":
		return
	case !ok:
		_, out.Why = v.it.ground(p.axes.Join)
		return
	case !p.inside(placed):
		out.Why = Outside
		return
	}
	out.Placed = placementOf(placed)
}

func placementOf(p algebra.Placed) *Placement {
	out := &Placement{}
	for _, n := range p.Numbers {
		out.Numbers = append(out.Numbers, n.RatString())
	}
	for _, q := range p.Points {
		out.Points = append(out.Points, []string{q[0].RatString(), q[1].RatString()})
	}
	for _, s := range p.Spans {
		t := Stretch{FromIn: s.FromIn, ToIn: s.ToIn}
		if s.From != nil {
			t.From = s.From.RatString()
		}
		if s.To != nil {
			t.To = s.To.RatString()
		}
		out.Spans = append(out.Spans, t)
	}
	if l := p.Line; l != nil {
		out.Line = []string{l.A.RatString(), l.B.RatString(), l.C.RatString()}
	}
	return out
}

// placing checks what a kind that places things needs.
func (c *checker) placing() {
	it := c.it
	c.axes()
	c.need(it.Key != "", "key")
	c.need(it.Second == "", "second")
	c.need(it.Unit == "", "unit")
	c.need(len(it.Boxes) == 0, "boxes")
	c.need(!it.Ratio, "ratio")
	c.placeText(it.Key, "key", -1)
	c.mathsMistakes(c.placeText)
}

// placeText checks mathematics that may hold values; what holds none must read.
func (c *checker) placeText(s, what string, i int) {
	if strings.Contains(s, "[[") {
		c.line(s, what, i)
		return
	}
	if s == "" {
		return
	}
	if _, err := algebra.NewKey(c.it.placeAsk(s)); err != nil {
		c.fault(place(what, i), err)
	}
}

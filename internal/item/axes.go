package item

import (
	"errors"
	"math/big"
	"regexp"
	"strings"

	"kith/internal/fault"
)

// Axes is what an answer is placed on, as its author writes it in one line (ParseAxes): a number line, or the two axes of a
// plane. Every number is an expr over the drawn names.
type Axes struct {
	X, Y  Axis // Y is empty on a number line
	Join  Join // plane
	Marks []Mark
}

// Axis goes From..To. Numbers stand at the multiples of Step; what is placed by hand comes to lie at multiples of Snap.
type Axis struct{ From, To, Step, Snap, Label string }

// Join is how two points of a plane hang together.
type Join string

const (
	Apart   Join = ""
	Segment Join = "segment" // the two points and all between
	Through Join = "line"    // the line through them, whichever two they are
)

// Mark is what stands on the axes before anything is placed: one expr on a number line, two on a plane, and words.
type Mark struct {
	At   []string
	Text string
}

var (
	errAxes  = errors.New("item: axes cannot be read")
	axisPart = regexp.MustCompile(`^(?:([xy])\s+)?(.+?)\s*\.\.\s*(.+?)(?:\s+by\s+(.+?))?(?:\s+snap\s+(.+?))?(?:\s*"([^"]*)")?$`)
	markPart = regexp.MustCompile(`^mark\s+(.+?)\s*"([^"]*)"$`)
)

const (
	maxMarks   = 12
	maxNumbers = 40  // numbers along an axis
	maxSnaps   = 400 // places along an axis
)

// ParseAxes reads a line such as
//
//	0..2 by 1 snap 1/4
//	x 0..10 by 1 "cups", y 0..20 by 2 "batches", line, mark (2, 4) "first try"
//
// by is 1 unless given, and snap as by. The error is errAxes.
func ParseAxes(line string) (Axes, error) {
	var a Axes
	for _, part := range outside(line, ",;") {
		part = strings.TrimSpace(part)
		if m := markPart.FindStringSubmatch(part); m != nil {
			at := m[1]
			if strings.HasPrefix(at, "(") && strings.HasSuffix(at, ")") {
				at = at[1 : len(at)-1]
			}
			mark := Mark{Text: m[2]}
			for _, e := range outside(at, ",;") {
				mark.At = append(mark.At, strings.TrimSpace(e))
			}
			a.Marks = append(a.Marks, mark)
			continue
		}
		if part == string(Segment) || part == string(Through) {
			a.Join = Join(part)
			continue
		}
		m := axisPart.FindStringSubmatch(part)
		if m == nil {
			return Axes{}, errAxes
		}
		axis := Axis{From: m[2], To: m[3], Step: m[4], Snap: m[5], Label: m[6]}
		if axis.Step == "" {
			axis.Step = "1"
		}
		if axis.Snap == "" {
			axis.Snap = axis.Step
		}
		to := &a.X
		if m[1] == "y" {
			to = &a.Y
		}
		if to.From != "" {
			return Axes{}, errAxes
		}
		*to = axis
	}
	if a.X.From == "" || len(a.Marks) > maxMarks || a.Join != Apart && a.Y.From == "" {
		return Axes{}, errAxes
	}
	for _, m := range a.Marks {
		if (len(m.At) == 2) != (a.Y.From != "") || len(m.At) > 2 {
			return Axes{}, errAxes
		}
	}
	return a, nil
}

// outside cuts a line at any of the signs that stand in no brackets and no quotes.
func outside(s, signs string) []string {
	var out []string
	depth, quoted, from := 0, false, 0
	for i, r := range s {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth--
		case depth == 0 && strings.ContainsRune(signs, r):
			out = append(out, s[from:i])
			from = i + len(string(r))
		}
	}
	return append(out, s[from:])
}

// ruler is an axis in a variant's numbers.
type ruler struct{ from, to, step, snap *big.Rat }

func (r ruler) inside(n *big.Rat) bool { return r.from.Cmp(n) <= 0 && n.Cmp(r.to) <= 0 }

// reached reports whether a number can be placed by hand.
func (r ruler) reached(n *big.Rat) bool {
	return r.inside(n) && new(big.Rat).Quo(n, r.snap).IsInt()
}

// sound reports whether the axis can be drawn: from below to, numbers at places, and not too many of either.
func (r ruler) sound() bool {
	long := new(big.Rat).Sub(r.to, r.from)
	if long.Sign() <= 0 || r.step.Sign() <= 0 || r.snap.Sign() <= 0 || !new(big.Rat).Quo(r.step, r.snap).IsInt() {
		return false
	}
	within := func(by *big.Rat, most int64) bool {
		n := new(big.Rat).Quo(long, by)
		return n.Cmp(big.NewRat(1, 1)) >= 0 && n.Cmp(big.NewRat(most, 1)) <= 0
	}
	return within(r.step, maxNumbers) && within(r.snap, maxSnaps)
}

func (v *Variant) ruler(a Axis) (r ruler, err error) {
	for _, n := range []struct {
		to  **big.Rat
		src string
	}{{&r.from, a.From}, {&r.to, a.To}, {&r.step, a.Step}, {&r.snap, a.Snap}} {
		if *n.to, err = v.number(n.src, "axes", -1); err != nil {
			return r, err
		}
	}
	return r, nil
}

// AskedAxes are the axes as a browser draws them, in a variant's numbers.
type AskedAxes struct {
	X       AskedAxis   `json:"x"`
	Y       *AskedAxis  `json:"y,omitempty"`       // plane
	Join    Join        `json:"join,omitempty"`    // plane: "segment", or "line"
	Several bool        `json:"several,omitempty"` // more than one thing may be placed
	Marks   []AskedMark `json:"marks,omitempty"`
}

// AskedAxis is one axis. Its numbers are whole or fractions, "3/4"; Decimal is whether they are written as decimals.
type AskedAxis struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Step    string `json:"step"`
	Snap    string `json:"snap"`
	Decimal bool   `json:"decimal,omitempty"`
	Label   string `json:"label,omitempty"`
}

// AskedMark is what stands there already.
type AskedMark struct {
	At   []string `json:"at"`
	Text string   `json:"text"`
}

// askedPlace tells the axes; of the key it tells only whether one thing is asked for or several.
func (v Variant) askedPlace(a *Asked) error {
	axes := v.place.axes
	line := func(s string) (string, error) { return v.fill(s, "axes", -1) }
	axis := func(of Axis, r ruler) (AskedAxis, error) {
		label, err := line(of.Label)
		return AskedAxis{From: r.from.RatString(), To: r.to.RatString(), Step: r.step.RatString(), Snap: r.snap.RatString(),
			Decimal: strings.Contains(of.Step+of.Snap, "."), Label: label}, err
	}
	out := AskedAxes{Join: axes.Join, Several: v.place.many}
	var err error
	if out.X, err = axis(axes.X, v.place.x); err != nil {
		return err
	}
	if axes.Y.From != "" {
		y, err := axis(axes.Y, v.place.y)
		if err != nil {
			return err
		}
		out.Y = &y
	}
	for _, m := range axes.Marks {
		mark := AskedMark{}
		if mark.Text, err = line(m.Text); err != nil {
			return err
		}
		for _, src := range m.At {
			n, err := v.number(src, "axes", -1)
			if err != nil {
				return broken(*v.it, err)
			}
			mark.At = append(mark.At, n.RatString())
		}
		out.Marks = append(out.Marks, mark)
	}
	a.Axes = &out
	return nil
}

// axes checks the line of the axes.
func (c *checker) axes() {
	a, err := ParseAxes(c.it.Axes)
	if err != nil || (a.Y.From != "") != (c.it.Kind == Plane) {
		c.all = append(c.all, fault.New(fault.Invalid, "fault.item.axes", "item", c.it.Code, "where", "axes"))
		return
	}
	for _, axis := range []Axis{a.X, a.Y} {
		for _, src := range []string{axis.From, axis.To, axis.Step, axis.Snap} {
			c.expr(src, "axes", -1)
		}
		c.line(axis.Label, "axes", -1)
	}
	for _, m := range a.Marks {
		for _, src := range m.At {
			c.expr(src, "axes", -1)
		}
		c.line(m.Text, "axes", -1)
	}
}

package item

import (
	"slices"
	"strings"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/item/algebra"
	"kith/internal/item/algebra/form"
	"kith/internal/item/algebra/near"
	"kith/internal/item/algebra/read"
	"kith/internal/item/expr"
)

// mathKey is what is right in an expression or equation of one variant, and what its mistakes come to.
type mathKey struct {
	text  string // the key with its drawn numbers
	key   *algebra.Key
	wrong []*algebra.Key // one a mistake; nil for one that Near names
}

// fillMaths puts drawn values into mathematics. A value that is negative or a fraction comes in brackets where it needs
// them: [[a]]^2 with a = -3 is (-3)^2. Values with a shape of their own, signed or coef, are put in as they are.
func (v *Variant) fillMaths(s, what string, i int) (string, error) {
	var b strings.Builder
	for rest := s; ; {
		before, after, found := strings.Cut(rest, "[[")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		inner, tail, closed := strings.Cut(after, "]]")
		if !closed || rows([]string{inner}) { // [[1, 2], [3, 4]] is a matrix
			b.WriteString("[[")
			rest = after
			continue
		}
		value, shaped, err := v.mathsValue(inner)
		if err != nil {
			return "", &misplaced{place(what, i), err}
		}
		if !shaped && bracketed(value, strings.TrimSpace(b.String()), strings.TrimSpace(tail)) {
			value = "(" + value + ")"
		}
		b.WriteString(value)
		rest = tail
	}
}

// bracketed reports whether a value needs brackets between what stands before and after it: a negative one unless it begins
// a side, a fraction unless it is a term of its own, and both under a power.
func bracketed(value, before, after string) bool {
	begins := before == "" || strings.ContainsAny(before[len(before)-1:], "=<>(,{")
	ends := after == "" || strings.ContainsAny(after[:1], "=<>),}+-")
	switch {
	case strings.Contains(value, "/"):
		return !begins && !strings.HasSuffix(before, "+") || !ends
	case strings.HasPrefix(value, "-"):
		return !begins || strings.HasPrefix(after, "^")
	}
	return false
}

func (v *Variant) mathsValue(src string) (value string, shaped bool, err error) {
	trimmed := strings.TrimSpace(src)
	if strings.HasPrefix(trimmed, "signed(") || strings.HasPrefix(trimmed, "coef(") {
		value, err = doc.Fill("[["+src+"]]", *v)
		return value, true, err
	}
	value, err = v.Value(trimmed)
	return value, false, err
}

// ask is what the item asks of an answer whose key is text. The problems of its parts are Check's to find.
func (it *Item) ask(text, unit string) algebra.Ask {
	a := algebra.Ask{Key: text, Variables: it.Variables}
	for _, name := range it.Forms {
		if f, ok := form.Parse(name); ok {
			a.Forms = append(a.Forms, f)
		}
	}
	a.Tolerance, _ = algebra.ParseTolerance(it.Tolerance)
	if unit != "" && algebra.IsUnit(unit) {
		a.Unit, a.Units = unit, algebra.UnitsOptional
	}
	return a
}

// settleMaths reads the key and what the mistakes come to. An equation whose key is solved for its letter asks for that,
// unless the author asked for a form: copying 2x = 8 is no answer where x = 4 is.
func (v *Variant) settleMaths() (why string, err error) {
	it := v.it
	text, err := v.fillMaths(it.Key, "key", -1)
	if err != nil {
		return "", err
	}
	unit, err := v.fill(it.Unit, "unit", -1)
	if err != nil {
		return "", err
	}
	ask := it.ask(text, unit)
	key, err := algebra.NewKey(ask)
	if err != nil {
		return "", &misplaced{"key", err}
	}
	solved := form.Form{Name: form.Solved}
	if it.Kind == Equation && len(ask.Forms) == 0 && key.Has(solved) {
		ask.Forms = []form.Form{solved}
		if key, err = algebra.NewKey(ask); err != nil {
			return "", &misplaced{"key", err}
		}
	}
	m := &mathKey{text: text, key: key, wrong: make([]*algebra.Key, len(it.Mistakes))}
	for i, mistake := range it.Mistakes {
		if mistake.Near != "" {
			continue
		}
		yield, err := v.fillMaths(mistake.Yields[0], "mistakes", i)
		if err != nil {
			return "", err
		}
		if m.wrong[i], err = algebra.NewKey(it.ask(yield, unit)); err != nil {
			return "", &misplaced{place("mistakes", i), err}
		}
		// A mistake that comes to the key, or to another mistake, names nothing.
		if key.Check(yield).ValueEqual {
			return place("mistakes", i) + " = key", nil
		}
		for j, other := range m.wrong[:i] {
			if other != nil && other.Check(yield).ValueEqual {
				return place("mistakes", i) + " = " + place("mistakes", j), nil
			}
		}
	}
	v.maths = m
	return "", nil
}

// KeyText is the key of mathematics as text with its drawn numbers, and as TeX; "" for other kinds. It never
// leaves the server before the learner is done.
func (v Variant) KeyText() (text, tex string) {
	if v.maths == nil {
		return "", ""
	}
	return v.maths.key.ReadAs(), v.maths.key.TeX()
}

// KeyDrawn is the key of mathematics as mathematics; nil for other kinds. Like KeyText it is for teachers.
func (v Variant) KeyDrawn() []doc.El {
	if v.maths == nil {
		return nil
	}
	return v.maths.key.Drawn()
}

// YieldText is what the i-th mistake of mathematics comes to as text; "" for one that Near names, and for other kinds.
func (v Variant) YieldText(i int) string {
	if v.maths == nil || v.maths.wrong[i] == nil {
		return ""
	}
	return v.maths.wrong[i].ReadAs()
}

// YieldDrawn is what the i-th mistake of mathematics comes to as mathematics; nil for one that Near names, and for other kinds.
func (v Variant) YieldDrawn(i int) []doc.El {
	if v.maths == nil || v.maths.wrong[i] == nil {
		return nil
	}
	return v.maths.wrong[i].Drawn()
}

// Reading is how an answer would be read, for "we read this as …" before anybody is judged. It says nothing of right or not.
// Why beside Drawn is a doubt: it was read in one of two ways.
type Reading struct {
	ReadAs string       `json:"read_as,omitempty"`
	Drawn  []doc.El     `json:"drawn,omitempty"`
	At     int          `json:"at,omitempty"`   // the character that cannot be read or is in doubt, from 1; 0 when all can
	What   string       `json:"what,omitempty"` // what stands there
	Why    read.Problem `json:"why,omitempty"`

	Placed *Placement `json:"placed,omitempty"` // numberline, interval and plane: where it lies
}

// ReadBack says how a response with mathematics is read; comma is whether a comma parts decimals. Errors:
// Invalid for another kind of item or another number of boxes, Internal for a variant that was not drawn.
func ReadBack(v Variant, r Response, comma bool) (Reading, error) {
	if v.it == nil {
		return Reading{}, undrawn()
	}
	if v.maths == nil || len(r.Boxes) != 1 || len(r.Chosen) > 0 {
		return Reading{}, fault.New(fault.Invalid, "fault.item.boxes", "boxes", len(r.Boxes), "want", 1)
	}
	said := v.maths.key.Read(r.Boxes[0], comma)
	out := Reading{ReadAs: said.Plain, Drawn: said.Drawn, At: said.At, What: said.What, Why: said.Why}
	if v.place != nil {
		v.readPlace(r.Boxes[0], comma, &out)
	}
	return out, nil
}

// scoreMaths judges one box of mathematics.
func (v Variant) scoreMaths(r Response) (Judged, error) {
	if len(r.Chosen) > 0 || len(r.Boxes) != 1 {
		return Judged{}, fault.New(fault.Invalid, "fault.item.boxes", "boxes", len(r.Boxes), "want", 1)
	}
	said := v.maths.key.Check(r.Boxes[0])
	j := Judged{ReadAs: said.ReadAs, TeX: said.TeX}
	switch said.Outcome {
	case algebra.Right:
		j.Outcome = Right
		return j, nil
	case algebra.Unreadable:
		j.Outcome, j.Where, j.At, j.What, j.Why = Unread, 1, said.Where, said.What, said.Why
		return j, nil
	}
	j.Outcome, j.Near = NotYet, string(said.Near)
	if said.ValueEqual {
		j.FormMiss = string(said.Form)
	}
	for i, m := range v.it.Mistakes {
		wrong := v.maths.wrong[i]
		if wrong != nil && wrong.Check(r.Boxes[0]).ValueEqual || wrong == nil && m.Near == j.Near && j.Near != "" {
			j.Mistake, j.Nudge = m.Tag, m.Nudge
			break
		}
	}
	return j, nil
}

// maxVariables bounds the names that an item declares.
const maxVariables = 12

// maths checks what an expression or equation needs.
func (c *checker) maths() {
	it := c.it
	c.need(it.Key != "", "key")
	c.mathsText(it.Key, "key", -1)
	c.need(it.Second == "", "second")
	c.need(len(it.Boxes) == 0, "boxes")
	c.need(!it.Ratio, "ratio")
	for i, name := range it.Forms {
		_, ok := form.Parse(name)
		c.need(ok, place("forms", i))
	}
	c.need(len(it.Variables) <= maxVariables, "variables")
	for i, name := range it.Variables {
		c.need(name != "" && len(name) <= 20 && !slices.Contains(it.Variables[:i], name) && !strings.ContainsAny(name, " \t[]{}()$\\"), place("variables", i))
	}
	_, ok := algebra.ParseTolerance(it.Tolerance)
	c.need(ok, "tolerance")
	c.mathsMistakes(c.mathsText)
}

// mathsMistakes are those of mathematics: each yields one answer, which text checks, or is a slip that any answer may show.
func (c *checker) mathsMistakes(text func(src, what string, i int)) {
	for i, m := range c.it.Mistakes {
		where := place("mistakes", i)
		c.need(m.Tag != "" && len(m.Tag) <= 60, where)
		c.need((len(m.Yields) == 1) != (m.Near != "") && (m.Near == "" || near.Known(near.Miss(m.Near))), where)
		c.need(!m.Nudge.Empty(), where)
		for _, src := range m.Yields {
			c.need(src != "", where)
			text(src, "mistakes", i)
		}
		c.text(m.Nudge, "mistakes", i)
	}
}

// mathsText checks mathematics that may hold values: as a line where it holds some, else as a key right away.
func (c *checker) mathsText(s, what string, i int) {
	if s == "" {
		return
	}
	if exprs, err := doc.FillExprs(s); err == nil && len(exprs) > 0 && !rows(exprs) {
		c.line(s, what, i)
		return
	}
	if _, err := algebra.NewKey(c.it.ask(s, "")); err != nil {
		c.fault(place(what, i), err)
	}
}

// rows reports whether what stands between [[ and ]] are rows of a matrix, and no expressions.
func rows(exprs []string) bool {
	return slices.ContainsFunc(exprs, func(src string) bool {
		_, err := expr.Compile(src)
		return err != nil && strings.ContainsRune(src, ',')
	})
}

package item

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/item/expr"
)

// maxTries is how often numbers are drawn before an item counts as one that cannot be drawn.
const maxTries = 500

// Variant is an item with its numbers drawn: what one learner is asked. Made by Draw or Recall, immutable.
// What is exported may be stored; it holds no key. As doc.Values it gives the item's texts their numbers.
type Variant struct {
	Item    ID                `json:"item"`
	Version int               `json:"version"`
	Seed    uint64            `json:"seed"`
	Values  map[string]string `json:"values"`          // drawn and derived names: "-3", "2/3", "0.75", "Ana"
	Order   []int             `json:"order,omitempty"` // the item's own index of each option, as shown: never for a page

	it     *Item
	scope  expr.Scope
	key    []*big.Rat   // one a box; nil for choices
	yields [][]*big.Rat // one list a mistake
	right  []bool       // one an option
	maths  *mathKey     // what package algebra judges
	place  *placeKey    // what is placed
	short  *shortText   // short
}

// Draw makes the variant of a seed: always the same for the same item version and seed. Numbers are drawn again while a
// Keep is broken, while a mistake's yield equals the key or another mistake's, or while the options do not make sense
// (two alike, none right).
// Errors are Internal, since the person who asked can mend nothing: an expression that cannot be worked out, or no draw
// within 500 tries.
func Draw(it Item, seed uint64) (Variant, error) {
	r := random{state: seed}
	v := Variant{Item: it.ID, Version: it.Version, Seed: seed, it: &it}
	tries := maxTries
	if len(it.Draw) == 0 {
		tries = 1
	}
	why := ""
	for range tries {
		v.scope.Reset()
		for _, p := range it.Draw {
			if err := p.sound(); err != nil {
				return Variant{}, broken(it, err)
			}
			v.scope.Set(p.Name, p.value(r.below(p.count())))
		}
		var err error
		if why, err = v.settle(); err != nil {
			return Variant{}, broken(it, err)
		}
		if why == "" {
			v.finish()
			return v, nil
		}
	}
	return Variant{}, fault.New(fault.Internal, "fault.item.draw_none", "item", it.Code, "tries", tries, "why", why)
}

// Recall makes a variant again from what was stored of it, so that an old attempt reads as it was asked even if drawing
// has changed since. drawn must hold a value for every drawn name; derived names are worked out.
// Errors are Internal: a name without a value or with one that the item cannot draw, a broken Keep.
func Recall(it Item, seed uint64, drawn map[string]string) (Variant, error) {
	v := Variant{Item: it.ID, Version: it.Version, Seed: seed, it: &it}
	for _, p := range it.Draw {
		value, ok := p.find(drawn[p.Name])
		if !ok {
			return Variant{}, fault.New(fault.Internal, "fault.item.recall", "item", it.Code, "name", p.Name, "value", drawn[p.Name])
		}
		v.scope.Set(p.Name, value)
	}
	why, err := v.settle()
	if err != nil {
		return Variant{}, broken(it, err)
	}
	if why != "" {
		return Variant{}, fault.New(fault.Internal, "fault.item.draw_none", "item", it.Code, "tries", 1, "why", why)
	}
	v.finish()
	return v, nil
}

// finish writes down what a settled draw came to.
func (v *Variant) finish() {
	v.Values = make(map[string]string, len(v.it.Draw)+len(v.it.Let))
	v.scope.Each(func(name string, value expr.Value) { v.Values[name] = value.String() })
	if n := len(v.it.Choices); n > 0 {
		if order := kinds[v.it.Kind].order; order != nil {
			v.Order = order(v)
		} else if v.it.Ordered {
			v.Order = make([]int, n)
			for i := range n {
				v.Order[i] = i
			}
		} else {
			v.Order = Order(v.Seed, n)
		}
	}
}

// settle derives all that follows from the drawn names. why is "" for a good draw, else the place that refuses it.
func (v *Variant) settle() (why string, err error) {
	it := v.it
	kept := 0 // bits of the conditions that were seen to hold before anything was derived
	for i, src := range it.Keep {
		e, err := compile(src, "keep", i)
		if err != nil {
			return "", err
		}
		if i >= 63 || !slices.ContainsFunc(e.Names(), func(n string) bool { _, ok := v.scope.Get(n); return !ok }) {
			if ok, err := v.holds(e, "keep", i); err != nil || !ok {
				return place("keep", i), err
			}
			kept |= 1 << i
		}
	}
	for i, l := range it.Let {
		e, err := compile(l.Expr, "let", i)
		if err != nil {
			return "", err
		}
		value, err := e.Eval(&v.scope)
		if err != nil {
			return "", &misplaced{place("let", i), err}
		}
		v.scope.Set(l.Name, value)
	}
	for i, src := range it.Keep {
		if kept&(1<<i) != 0 {
			continue
		}
		e, err := compile(src, "keep", i)
		if err != nil {
			return "", err
		}
		if ok, err := v.holds(e, "keep", i); err != nil || !ok {
			return place("keep", i), err
		}
	}
	kind, ok := kinds[it.Kind]
	if !ok {
		return "", &misplaced{"kind", fault.New(fault.Invalid, "fault.item.part", "item", it.Code, "where", "kind")}
	}
	return kind.settle(v)
}

func (v *Variant) settleKey() (why string, err error) {
	it := v.it
	v.key, v.yields = v.key[:0], v.yields[:0]
	if it.Kind == Blanks {
		for i, b := range it.Boxes {
			n, err := v.number(b.Key, "boxes", i)
			if err != nil {
				return "", err
			}
			if it.Ratio && n.Sign() == 0 {
				return place("boxes", i), nil
			}
			v.key = append(v.key, n)
		}
	} else {
		n, err := v.number(it.Key, "key", -1)
		if err != nil {
			return "", err
		}
		v.key = append(v.key, n)
	}
	for i, m := range it.Mistakes {
		var yield []*big.Rat
		for _, src := range m.Yields {
			n, err := v.number(src, "mistakes", i)
			if err != nil {
				return "", err
			}
			yield = append(yield, n)
		}
		if m.Near == "" && it.same(v.key, yield) {
			return place("mistakes", i) + " = key", nil
		}
		for j, other := range v.yields {
			if it.same(other, yield) {
				return place("mistakes", i) + " = " + place("mistakes", j), nil
			}
		}
		v.yields = append(v.yields, yield)
	}
	return "", nil
}

func (v *Variant) settleOptions() (why string, err error) {
	it := v.it
	v.right = v.right[:0]
	n := 0
	for i, o := range it.Choices {
		right := o.Right
		if o.If != "" {
			e, err := compile(o.If, "choices", i)
			if err != nil {
				return "", err
			}
			if right, err = v.holds(e, "choices", i); err != nil {
				return "", err
			}
		}
		if right {
			n++
		}
		v.right = append(v.right, right)
	}
	if n == 0 || n > 1 && it.Kind == Choice {
		return "choices: " + strconv.Itoa(n) + " right", nil
	}
	seen := make(map[string]int, len(it.Choices))
	for i, o := range it.Choices {
		text, err := v.fingerprint(o.Text.Nodes, "choices", i)
		if err != nil {
			return "", err
		}
		if j, twice := seen[text]; twice {
			return place("choices", i) + " = " + place("choices", j), nil
		}
		seen[text] = i
	}
	return "", nil
}

// fingerprint is the same for two texts that show the same: what stands in them with its values worked out.
func (v *Variant) fingerprint(nodes []doc.Node, what string, i int) (string, error) {
	var b strings.Builder
	d := doc.Doc{Nodes: nodes}
	for _, src := range d.Exprs() {
		if _, err := v.Value(src); err != nil {
			return "", &misplaced{place(what, i), err}
		}
	}
	b.WriteString(d.Plain(v))
	return b.String(), nil
}

// same is the item's own notion of one answer: equal box by box, or in the same ratio.
func (it *Item) same(a, b []*big.Rat) bool {
	if len(a) != len(b) {
		return false
	}
	if it.Ratio && proportional(a, b) {
		return true
	}
	for i := range a {
		if a[i].Cmp(b[i]) != 0 {
			return false
		}
	}
	return true
}

// proportional reports whether b is some multiple of a; no number of either may be zero.
func proportional(a, b []*big.Rat) bool {
	for i := range a {
		if a[i].Sign() == 0 || b[i].Sign() == 0 {
			return false
		}
	}
	var left, right big.Rat
	for i := 1; i < len(a); i++ {
		if left.Mul(a[0], b[i]).Cmp(right.Mul(a[i], b[0])) != 0 {
			return false
		}
	}
	return true
}

func (v *Variant) number(src, what string, i int) (*big.Rat, error) {
	e, err := compile(src, what, i)
	if err != nil {
		return nil, err
	}
	n, err := e.Number(&v.scope)
	if err != nil {
		return nil, &misplaced{place(what, i), err}
	}
	return n, nil
}

func (v *Variant) holds(e *expr.Expr, what string, i int) (bool, error) {
	ok, err := e.True(&v.scope)
	if err != nil {
		return false, &misplaced{place(what, i), err}
	}
	return ok, nil
}

// Value works out an expression of the item's texts over what was drawn, for doc. Errors are Internal.
func (v Variant) Value(src string) (string, error) {
	e, err := expr.Compile(src)
	if err != nil {
		return "", err
	}
	value, err := e.Eval(&v.scope)
	if err != nil {
		return "", err
	}
	return value.String(), nil
}

// Key is what is right, one number a box; nil for choices and for mathematics (see KeyText). It never leaves the server before the learner is done.
func (v Variant) Key() []*big.Rat { return slices.Clone(v.key) }

// Rights are the right options, by the item's own index; nil for what is typed.
func (v Variant) Rights() []int {
	var out []int
	for i, right := range v.right {
		if right {
			out = append(out, i)
		}
	}
	return out
}

// Yield is what the item's ith mistake comes to, one number a box; nil for mathematics (see YieldText), and
// for a slip that any answer may show.
func (v Variant) Yield(i int) []*big.Rat {
	if v.maths != nil {
		return nil
	}
	return slices.Clone(v.yields[i])
}

// Second is the key worked out the second way, for proof: one number a box, nil where the item gives no second way.
// Errors are Internal.
func (v Variant) Second() ([]*big.Rat, error) {
	var out []*big.Rat
	each := func(src, what string, i int) error {
		if src == "" {
			out = append(out, nil)
			return nil
		}
		n, err := v.number(src, what, i)
		out = append(out, n)
		return err
	}
	var err error
	switch v.it.Kind {
	case Number, Fraction:
		err = each(v.it.Second, "second", -1)
	case Blanks:
		for i, b := range v.it.Boxes {
			if err == nil {
				err = each(b.Second, "boxes", i)
			}
		}
	}
	if err != nil {
		return nil, broken(*v.it, err)
	}
	return out, nil
}

// misplaced is what is wrong with an expression, and where in the item it stands.
type misplaced struct {
	where string
	err   error
}

func (m *misplaced) Error() string { return m.where + ": " + m.err.Error() }
func (m *misplaced) Unwrap() error { return m.err }

// place is a place in an item, as a JSON path: keep[2].
func place(what string, i int) string {
	if i < 0 {
		return what
	}
	return what + "[" + strconv.Itoa(i) + "]"
}

func compile(src, what string, i int) (*expr.Expr, error) {
	e, err := expr.Compile(src)
	if err != nil {
		return nil, &misplaced{place(what, i), err}
	}
	return e, nil
}

package algebra

import (
	"kith/internal/item/algebra/near"
	"kith/internal/item/algebra/read"
	"kith/internal/item/algebra/tree"
	"kith/internal/item/algebra/unit"
)

// unitOf is the unit of a value: 5 m, -5 m, 5 ft 3 in. The zero Unit when it has none.
func unitOf(n *tree.Node) unit.Unit {
	switch n.Kind {
	case tree.Measure:
		return n.Unit
	case tree.Minus:
		return unitOf(n.Kids[0])
	case tree.Sum:
		u := unitOf(n.Kids[0])
		for _, k := range n.Kids[1:] {
			if !unitOf(k).Same(u) {
				return unit.Unit{}
			}
		}
		return u
	}
	return unit.Unit{}
}

// findUnit reads a unit that a question names: "cm", "km/h", "square feet".
func findUnit(s string) (unit.Unit, bool) {
	if u, ok := unit.Find(s); ok {
		return u, true
	}
	r, err := read.Read("1 "+s, read.Options{Units: true, Closed: true})
	if err != nil || r.Tree.Kind != tree.Measure {
		return unit.Unit{}, false
	}
	return r.Tree.Unit, true
}

// withUnit gives a unit to every value of a key that has none.
func withUnit(n *tree.Node, u unit.Unit) *tree.Node {
	switch {
	case n.Statement():
		m := *n
		m.Kids = make([]*tree.Node, len(n.Kids))
		for i, k := range n.Kids {
			if n.Kind == tree.Relation && k.Kind == tree.Letter {
				m.Kids[i] = k
				continue
			}
			m.Kids[i] = withUnit(k, u)
		}
		return &m
	case !unitOf(n).None():
		return n
	}
	return &tree.Node{Kind: tree.Measure, Kids: []*tree.Node{n}, Unit: u, At: n.At}
}

// optional reports whether a unit may be left out or added without a word: currencies, degrees and what was counted.
func optional(u unit.Unit) bool { return u.IsMoney() || u.IsLabel() || u.Name() == "degree" }

// compareUnits settles what the units say before the numbers are compared. done is false when the numbers decide.
func (j *judge) compareUnits(k, a *claim) (r result, done bool) {
	mode := UnitsAsKey
	if j.ask != nil {
		mode = j.ask.Units
	}
	have, want := a.unit, k.unit
	switch {
	case want.None() && have.None():
		return r, false
	case mode == UnitsIgnored && !want.None() && want.Same(have):
		return r, false
	case mode == UnitsIgnored:
		return j.compareNumbers(j.stripped(k), j.stripped(a)), true
	case have.None():
		r = j.compareNumbers(j.stripped(k), a)
		if r.equal && mode != UnitsOptional && (mode == UnitsRequired || !optional(want)) {
			r.near = near.MissingUnit
		}
		return r, true
	case want.None():
		r = j.compareNumbers(k, j.stripped(a))
		if r.equal && !optional(have) {
			r.near = near.ExtraUnit
		}
		return r, true
	case !want.Same(have):
		if mode == UnitsAsKey && want.IsLabel() && have.IsLabel() && j.compareNumbers(j.stripped(k), j.stripped(a)).equal {
			return result{near: near.WrongUnit}, true
		}
		return result{near: near.WrongUnit}, true
	}
	if !j.sameValue(k, a) && !j.within(k, a) && want.Name() != have.Name() && j.compareNumbers(j.stripped(k), j.stripped(a)).equal {
		return result{near: near.WrongUnit}, true // 5 km for 5 m
	}
	return r, false
}

// stripped is a value without its unit.
func (j *judge) stripped(c *claim) *claim {
	if c.unit.None() {
		return c
	}
	n := c.node.Map(func(m *tree.Node) *tree.Node {
		if m.Kind == tree.Measure {
			return m.Kids[0]
		}
		return m
	})
	if c.node.Kind == tree.Sum { // 5 ft 3 in has no number of its own but in its first unit
		return &claim{kind: valueClaim, node: c.node, value: c.value, known: c.known}
	}
	out, err := j.value(n)
	if err != nil {
		return c
	}
	return &out
}

package algebra

import (
	"slices"

	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/tree"
)

// end is one end of an interval.
type end struct {
	inf    int // -1 and 1 are the infinities
	value  exact.Value
	at     float64 // for the order
	closed bool
}

// span is an interval that is not empty, or one point.
type span struct{ lo, hi end }

// span makes an interval of two claims; ok is false when they are no constants in order.
func (j *judge) span(lo, hi *claim, closed [2]bool) ([]span, bool) {
	a, ok := j.end(lo, closed[0])
	b, also := j.end(hi, closed[1])
	if !ok || !also || a.inf > 0 || b.inf < 0 {
		return nil, false
	}
	if a.inf == 0 && b.inf == 0 {
		c, ok := j.f.Cmp(a.value, b.value)
		if !ok || c > 0 || c == 0 && !(a.closed && b.closed) {
			return nil, false
		}
	}
	return []span{{a, b}}, true
}

func (j *judge) end(c *claim, closed bool) (end, bool) {
	if c.kind != valueClaim || !c.known || !c.unit.None() {
		return end{}, false
	}
	if inf := infinity(c.node); inf != 0 {
		return end{inf: inf}, true
	}
	x, ok := j.f.Float(c.value)
	return end{value: c.value, at: x, closed: closed}, ok && j.f.Constant(c.value)
}

// infinity is 1 for ∞, -1 for −∞, 0 for everything else.
func infinity(n *tree.Node) int {
	switch {
	case n.Kind == tree.Minus:
		return -infinity(n.Kids[0])
	case n.Kind == tree.Constant && n.Name == "inf":
		return 1
	}
	return 0
}

// inequality is left < right. In one letter and linear it is an interval.
func (j *judge) inequality(n, left *tree.Node, s tree.Sign, right *tree.Node) (claim, error) {
	l, err := j.value(left)
	if err != nil {
		return l, err
	}
	r, err := j.value(right)
	if err != nil {
		return r, err
	}
	c := claim{kind: inequality, node: n, sides: []claim{l, r}, sign: s}
	if !l.known || !r.known || infinity(left) != 0 || infinity(right) != 0 {
		return c, nil
	}
	names := tree.New(tree.Sum, left, right).Letters()
	if len(names) != 1 {
		return c, nil
	}
	slope, rest, ok := j.f.Linear(j.f.Sub(l.value, r.value), names[0])
	if !ok {
		return c, nil
	}
	at, err := j.f.Quo(j.f.Neg(rest), slope)
	if err != nil {
		return c, nil
	}
	x, ok := j.f.Float(at)
	up, also := j.f.Float(slope)
	if !ok || !also || up == 0 {
		return c, nil
	}
	if up < 0 {
		s = s.Flip()
	}
	e := end{value: at, at: x}
	c.kind, c.letter = spans, names[0]
	switch s {
	case tree.Less:
		c.spans = []span{{end{inf: -1}, e}}
	case tree.LessEqual:
		e.closed = true
		c.spans = []span{{end{inf: -1}, e}}
	case tree.Greater:
		c.spans = []span{{e, end{inf: 1}}}
	case tree.GreaterEqual:
		e.closed = true
		c.spans = []span{{e, end{inf: 1}}}
	default:
		c.spans = []span{{end{inf: -1}, e}, {e, end{inf: 1}}}
	}
	return c, nil
}

// double is a chain such as 2 < x ≤ 5: both inequalities at once.
func (j *judge) double(n *tree.Node) (claim, error) {
	var parts []claim
	for i, s := range n.Signs {
		var c claim
		var err error
		one := &tree.Node{Kind: tree.Relation, Kids: n.Kids[i : i+2], Signs: n.Signs[i : i+1], At: n.Kids[i].At}
		if s == tree.Equal {
			c, err = j.equation(one, n.Kids[i], n.Kids[i+1])
		} else {
			c, err = j.inequality(one, n.Kids[i], s, n.Kids[i+1])
		}
		if err != nil {
			return c, err
		}
		parts = append(parts, c)
	}
	if s, letter, ok := j.united(parts, true); ok {
		return claim{kind: spans, node: n, spans: s, letter: letter}, nil
	}
	return claim{kind: collection, node: n, parts: parts}, nil
}

// united makes one set of numbers of several claims, if one of them is an interval and all speak of one letter. A single
// value among them is a point.
func (j *judge) united(parts []claim, all bool) (out []span, letter string, ok bool) {
	some := false
	for i := range parts {
		p := &parts[i]
		var s []span
		switch {
		case p.kind == spans && !p.loose || p.kind == spans && !all && j.intervals(parts):
			s, some = p.spans, true
		case p.kind == valueClaim || p.kind == equation && p.letter != "":
			e, ok := j.end(&claim{kind: valueClaim, node: p.node, value: p.value, known: p.known, unit: p.unit}, true)
			if p.kind == equation {
				if v, named := p.named(); named {
					e, ok = j.end(v, true)
				}
			}
			if !ok || e.inf != 0 {
				return nil, "", false
			}
			s = []span{{e, e}}
		case p.kind == wordClaim && p.word == "all":
			s = []span{{end{inf: -1}, end{inf: 1}}}
		default:
			return nil, "", false
		}
		if p.letter != "" && letter != "" && p.letter != letter {
			return nil, "", false
		}
		if p.letter != "" {
			letter = p.letter
		}
		switch {
		case i == 0:
			out = s
		case all:
			out = j.meet(out, s)
		default:
			out = append(slices.Clip(out), s...)
		}
	}
	return j.tidy(out), letter, some
}

// intervals reports whether one of the claims can only be an interval, so that (a, b) beside it is one too. Without any, a
// list of pairs is a list of points.
func (j *judge) intervals(parts []claim) bool {
	return slices.ContainsFunc(parts, func(p claim) bool {
		if p.kind != spans {
			return false
		}
		return !p.loose || p.spans[0].lo.inf != 0 || p.spans[len(p.spans)-1].hi.inf != 0
	})
}

// order compares two ends as lower ends.
func (j *judge) order(a, b end) int {
	switch {
	case a.inf != b.inf:
		return a.inf - b.inf
	case a.inf != 0:
		return 0
	}
	if c, ok := j.f.Cmp(a.value, b.value); ok {
		return c
	}
	if a.at < b.at {
		return -1
	}
	return 1
}

func (j *judge) meet(a, b []span) []span {
	var out []span
	for _, s := range a {
		for _, t := range b {
			m := s
			if c := j.order(t.lo, s.lo); c > 0 || c == 0 && !t.lo.closed {
				m.lo = t.lo
			}
			if c := j.order(t.hi, s.hi); c < 0 || c == 0 && !t.hi.closed {
				m.hi = t.hi
			}
			if c := j.order(m.lo, m.hi); c < 0 || c == 0 && m.lo.inf == 0 && m.lo.closed && m.hi.closed {
				out = append(out, m)
			}
		}
	}
	return out
}

// tidy sorts intervals and joins those that touch.
func (j *judge) tidy(all []span) []span {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b span) int {
		if c := j.order(a.lo, b.lo); c != 0 {
			return c
		}
		if a.lo.closed != b.lo.closed && a.lo.closed {
			return -1
		}
		return 0
	})
	var out []span
	for _, s := range all {
		if n := len(out); n > 0 {
			last := &out[n-1]
			if c := j.order(s.lo, last.hi); c < 0 || c == 0 && (s.lo.closed || last.hi.closed) && s.lo.inf == 0 {
				if d := j.order(s.hi, last.hi); d > 0 || d == 0 && s.hi.closed {
					last.hi = s.hi
				}
				continue
			}
		}
		out = append(out, s)
	}
	return out
}

// sameSpans compares two sets of numbers, with or without regard to which ends belong to them.
func (j *judge) sameSpans(a, b []span, closed bool) bool {
	return slices.EqualFunc(a, b, func(s, t span) bool {
		return j.order(s.lo, t.lo) == 0 && j.order(s.hi, t.hi) == 0 && (!closed || s.lo.closed == t.lo.closed && s.hi.closed == t.hi.closed)
	})
}

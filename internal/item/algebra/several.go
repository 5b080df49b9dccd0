package algebra

import (
	"slices"

	"kith/internal/item/algebra/near"
	"kith/internal/item/algebra/tree"
)

// meanings are what answers in words may say; two share a meaning when they are the same answer.
var meanings = map[string][]string{"none": {"none"}, "undefined": {"undefined"}, "dne": {"undefined", "none"}, "all": {"all"}, "many": {"all"}}

// sameWord compares answers in words with each other, and with what they say: the empty set, all numbers.
func (j *judge) sameWord(k, a *claim) bool {
	said := func(c *claim) []string {
		switch {
		case c.kind == wordClaim:
			return meanings[c.word]
		case c.kind == spans && len(c.spans) == 0:
			return meanings["none"]
		case c.kind == spans && len(c.spans) == 1 && c.spans[0].lo.inf < 0 && c.spans[0].hi.inf > 0:
			return meanings["all"]
		case c.kind == equation && c.sides[0].known && c.sides[1].known:
			// 0 = 0 says that every number solves it, 0 = 1 that none does.
			if d := j.f.Sub(c.sides[0].value, c.sides[1].value); d.Zero() {
				return meanings["all"]
			} else if j.f.Constant(d) {
				return meanings["none"]
			}
		}
		return nil
	}
	for _, m := range said(k) {
		if slices.Contains(said(a), m) {
			return true
		}
	}
	return false
}

// same reports whether two claims are the same part of a list.
func (j *judge) same(k, a *claim) bool {
	if k.kind == equation && a.kind == equation && k.letter != "" && a.letter != "" && k.letter != a.letter {
		return j.sameEquation(k, a)
	}
	return j.compare(k, a).equal
}

// compareCollection compares solutions in any order. What stands twice counts once.
func (j *judge) compareCollection(k, a *claim) result {
	if k.kind != collection && k.kind != valueClaim && k.kind != equation || a.kind != collection && a.kind != valueClaim && a.kind != equation {
		return result{near: near.Kind}
	}
	if j.ordered() && k.kind == collection && a.kind == collection {
		return j.compareOrdered(k.parts, a.parts)
	}
	want, got := j.distinct(k), j.distinct(a)
	found := make([]bool, len(want))
	extra := 0
	for i := range got {
		hit := false
		for n := range want {
			if !found[n] && j.same(&want[n], &got[i]) {
				found[n], hit = true, true
				break
			}
		}
		if !hit {
			extra++
		}
	}
	missing := 0
	for _, ok := range found {
		if !ok {
			missing++
		}
	}
	hits := len(want) - missing
	switch {
	case missing == 0 && extra == 0:
		return result{equal: true, lenient: k.kind != a.kind}
	case hits > 0 && extra == 0 && missing == 1 && len(want) == 2 && j.opposite(want):
		return result{near: near.OneSign}
	case hits > 0 && extra == 0:
		return result{near: near.MissingSolution}
	case hits > 0 && missing == 0:
		return result{near: near.ExtraSolution}
	}
	return result{near: j.nearCollection(want, got)}
}

func (j *judge) ordered() bool {
	if j.ask == nil {
		return false
	}
	for _, f := range j.ask.Forms {
		if f.Ordered() {
			return true
		}
	}
	return false
}

func (j *judge) compareOrdered(want, got []claim) result {
	if len(want) != len(got) {
		return result{near: near.Kind}
	}
	for i := range want {
		if !j.same(&want[i], &got[i]) {
			if j.permuted(want, got) {
				return result{near: near.Order}
			}
			return result{}
		}
	}
	return result{equal: true}
}

// permuted reports whether got holds the same parts in another order.
func (j *judge) permuted(want, got []claim) bool {
	used := make([]bool, len(got))
	for i := range want {
		hit := false
		for n := range got {
			if !used[n] && j.same(&want[i], &got[n]) {
				used[n], hit = true, true
				break
			}
		}
		if !hit {
			return false
		}
	}
	return true
}

// distinct are the parts of a collection, each once.
func (j *judge) distinct(c *claim) []claim {
	if c.kind != collection {
		return []claim{*c}
	}
	var out []claim
	for i := range c.parts {
		if !slices.ContainsFunc(out, func(o claim) bool { return j.same(&o, &c.parts[i]) }) {
			out = append(out, c.parts[i])
		}
	}
	return out
}

// opposite reports whether two solutions are ±the same, or a ± b.
func (j *judge) opposite(want []claim) bool {
	x, y := j.bare(&want[0]), j.bare(&want[1])
	if x == nil || y == nil || !x.known || !y.known {
		return false
	}
	if _, rational := x.value.Rational(); !rational {
		return true // a pair of roots, one of which was found
	}
	return j.f.Add(x.value, y.value).Zero()
}

// bare is the value of a claim, with or without a letter that names it.
func (j *judge) bare(c *claim) *claim {
	if v, ok := c.named(); ok {
		return v
	}
	if c.kind == valueClaim {
		return c
	}
	return nil
}

// nearCollection names a slip that all parts share: every sign turned, every value upside down.
func (j *judge) nearCollection(want, got []claim) near.Miss {
	if len(want) != len(got) {
		return near.None
	}
	shared := near.None
	used := make([]bool, len(got))
	for i := range want {
		x := j.bare(&want[i])
		if x == nil {
			return near.None
		}
		hit := near.None
		for n := range got {
			y := j.bare(&got[n])
			if used[n] || y == nil {
				continue
			}
			if m := near.Of(j.f, side(x), side(y)); m == near.Sign || m == near.Reciprocal || m == near.PowerOfTen || m == near.Rounding {
				if shared == near.None || shared == m {
					used[n], hit = true, m
					break
				}
			}
		}
		if hit == near.None {
			return near.None
		}
		shared = hit
	}
	return shared
}

// compareSequence compares points, coordinate by coordinate. x = 2, y = 3 is the point (2, 3), and so is 2, 3 without
// brackets.
func (j *judge) compareSequence(k, a *claim) result {
	want, okK := j.coordinates(k)
	got, okA := j.coordinates(a)
	if !okK || !okA {
		return result{near: near.Kind}
	}
	lenient := k.kind != a.kind
	if len(want) != len(got) {
		return result{near: near.Kind}
	}
	if k.kind == sequence && a.kind == sequence && k.node.Kind != a.node.Kind && k.node.Kind != tree.Relation && a.node.Kind != tree.Relation {
		return result{near: near.Endpoint} // (a, b] and (a, b)
	}
	if k.node.Closed != a.node.Closed {
		return result{near: near.Endpoint}
	}
	wrong, last := 0, near.None
	for i := range want {
		r := j.compare(&want[i], &got[i])
		if !r.equal {
			wrong++
			last = r.near
		}
	}
	switch {
	case wrong == 0:
		return result{equal: true, lenient: lenient}
	case j.permuted(want, got):
		return result{near: near.Swapped}
	case wrong == 1 && last != near.None:
		return result{near: last}
	case wrong == 1:
		return result{near: near.OneCoordinate}
	}
	return result{near: j.nearCollection(want, got)}
}

// coordinates are the values of a point. Named by letters they stand in the letters' order: x, y.
func (j *judge) coordinates(c *claim) ([]claim, bool) {
	switch {
	case c.kind == sequence:
		return c.parts, true
	case c.kind != collection || c.node.Kind == tree.Set || c.node.Kind == tree.Or || c.pm:
		return nil, false
	}
	named := slices.Clone(c.parts)
	letters := 0
	for i := range named {
		if _, ok := named[i].named(); ok {
			letters++
		} else if named[i].kind != valueClaim {
			return nil, false
		}
	}
	if letters == 0 {
		return c.parts, c.loose
	}
	if letters != len(named) {
		return nil, false
	}
	slices.SortStableFunc(named, func(x, y claim) int {
		switch {
		case x.letter < y.letter:
			return -1
		case x.letter > y.letter:
			return 1
		}
		return 0
	})
	var out []claim
	for i := range named {
		if i > 0 && named[i].letter == named[i-1].letter {
			return nil, false
		}
		v, _ := named[i].named()
		out = append(out, *v)
	}
	return out, true
}

// compareSpans compares sets of numbers.
func (j *judge) compareSpans(k, a *claim) result {
	if k.kind != spans || a.kind != spans {
		return result{near: near.Kind}
	}
	if k.letter != "" && a.letter != "" && k.letter != a.letter {
		if j.sameSpans(k.spans, a.spans, true) {
			return result{near: near.WrongLetter}
		}
		return result{}
	}
	switch {
	case j.sameSpans(k.spans, a.spans, true):
		return result{equal: true, lenient: (k.letter == "") != (a.letter == "")}
	case j.sameSpans(k.spans, a.spans, false):
		return result{near: near.Endpoint}
	case j.sameSpans(j.mirrored(k.spans), a.spans, false):
		return result{near: near.Reversed}
	case j.sameSpans(j.opposites(k.spans), a.spans, false):
		return result{near: near.Sign}
	}
	for _, s := range a.spans {
		if len(k.spans) > len(a.spans) && slices.ContainsFunc(k.spans, func(t span) bool { return j.sameSpans([]span{t}, []span{s}, true) }) {
			return result{near: near.MissingSolution}
		}
	}
	if len(k.spans) == 1 && len(a.spans) == 1 {
		lo, hi := j.order(k.spans[0].lo, a.spans[0].lo) == 0, j.order(k.spans[0].hi, a.spans[0].hi) == 0
		if lo != hi {
			want, got := k.spans[0].lo, a.spans[0].lo
			if lo {
				want, got = k.spans[0].hi, a.spans[0].hi
			}
			if want.inf == 0 && got.inf == 0 && j.f.Equal(want.value, j.f.Neg(got.value)) {
				return result{near: near.Sign}
			}
			return result{near: near.OneEnd}
		}
	}
	return result{}
}

// mirrored is the set with every inequality turned: the complement, up to its ends.
func (j *judge) mirrored(all []span) []span {
	var out []span
	from := end{inf: -1}
	for _, s := range all {
		if s.lo.inf == 0 {
			out = append(out, span{from, s.lo})
		}
		from = s.hi
	}
	if from.inf <= 0 && len(all) > 0 {
		out = append(out, span{from, end{inf: 1}})
	}
	return out
}

// opposites is the set of all −x.
func (j *judge) opposites(all []span) []span {
	turn := func(e end) end {
		e.inf, e.at = -e.inf, -e.at
		if e.inf == 0 {
			e.value = j.f.Neg(e.value)
		}
		return e
	}
	var out []span
	for i := len(all) - 1; i >= 0; i-- {
		out = append(out, span{turn(all[i].hi), turn(all[i].lo)})
	}
	return out
}

// compareMatrix compares entry by entry.
func (j *judge) compareMatrix(k, a *claim) result {
	if k.kind != matrixClaim || a.kind != matrixClaim || k.width != a.width || len(k.parts) != len(a.parts) {
		return result{near: near.Kind}
	}
	wrong := 0
	for i := range k.parts {
		if !j.compare(&k.parts[i], &a.parts[i]).equal {
			wrong++
		}
	}
	switch wrong {
	case 0:
		return result{equal: true}
	case 1:
		return result{near: near.OneEntry}
	}
	return result{}
}

// compareRatio compares ratios up to a factor; a ratio of two is also its quotient.
func (j *judge) compareRatio(k, a *claim) result {
	x, y := j.terms(k), j.terms(a)
	if len(x) != len(y) || len(x) == 0 {
		return result{near: near.Kind}
	}
	alike := k.kind == a.kind
	for i := range x {
		alike = alike && x[i].node.Equal(y[i].node)
	}
	same := func(p, q []claim) bool {
		for i := 1; i < len(p); i++ {
			if !p[i].known || !q[i].known || !p[0].known || !q[0].known ||
				!j.f.Equal(j.f.Mul(p[i].value, q[0].value), j.f.Mul(q[i].value, p[0].value)) {
				return false
			}
		}
		return p[0].value.Zero() == q[0].value.Zero()
	}
	if alike || same(x, y) {
		return result{equal: true, lenient: k.kind != a.kind}
	}
	turned := slices.Clone(y)
	slices.Reverse(turned)
	if same(x, turned) {
		return result{near: near.Swapped}
	}
	return result{}
}

// terms are the parts of a ratio; of a quotient, what stands over and under.
func (j *judge) terms(c *claim) []claim {
	switch {
	case c.kind == ratioClaim:
		return c.parts
	case c.kind == valueClaim && c.known && c.unit.None():
		one := claim{kind: valueClaim, node: tree.Named(tree.Number, "1"), known: true}
		one.value, _ = j.f.Of(one.node)
		return []claim{*c, one}
	}
	return nil
}

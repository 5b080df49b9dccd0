package item

import (
	"slices"
	"strconv"

	"kith/internal/doc"
	"kith/internal/fault"
)

// Group is where options go: a prompt that takes one answer (matching), or a group that takes any number (sorting).
type Group struct {
	Text doc.Doc `json:"text"`
}

// Nowhere is the Group of an option that belongs to none, and what Placed holds for one that was not placed.
const Nowhere = -1

const (
	leastToOrder = 3 // two things that are never shown in their order are in it once they are swapped
	maxGroups    = 8
)

// Arranged reports whether answers to a kind speak of options by their place as shown, from 0. Own indexes would tell the key:
// an ordering's options stand in the item in their right order, and those of a matching mostly beside their prompts.
func (k Kind) Arranged() bool { return k == Ordering || k == Matching || k == Sorting }

// arrangeable checks what ordering, matching and sorting have in common.
func (c *checker) arrangeable(least int) {
	it := c.it
	c.need(len(it.Choices) >= least && len(it.Choices) <= maxOptions, "choices")
	c.need(it.Key == "" && it.Second == "", "key")
	c.need(len(it.Boxes) == 0 && !it.Ratio, "boxes")
	c.need(it.Unit == "", "unit")
	for i, o := range it.Choices {
		c.need(!o.Text.Empty() && !o.Right && o.If == "", place("choices", i))
		c.need(o.Mistake == "" || !o.Nudge.Empty(), place("choices", i))
		c.text(o.Text, "choices", i)
		c.text(o.Nudge, "choices", i)
	}
}

// ordering checks options that stand in their right order. A mistake is a whole other order.
func (c *checker) ordering() {
	c.arrangeable(leastToOrder)
	for i, o := range c.it.Choices {
		c.need(o.Nudge.Empty() && o.Mistake == "", place("choices", i))
	}
	for i, m := range c.it.Mistakes {
		order, ok := m.order(len(c.it.Choices))
		c.need(ok && !slices.IsSorted(order) && m.Near == "" && m.Tag != "" && len(m.Tag) <= 60 && !m.Nudge.Empty(), place("mistakes", i))
		for _, other := range c.it.Mistakes[:i] {
			c.need(!slices.Equal(other.Yields, m.Yields), place("mistakes", i))
		}
		c.text(m.Nudge, "mistakes", i)
	}
}

// order is a mistake of an ordering: Yields counts the options from 1, as they stand in the item.
func (m Mistake) order(n int) ([]int, bool) {
	out := make([]int, 0, n)
	for _, s := range m.Yields {
		at, err := strconv.Atoi(s)
		if err != nil || at < 1 || at > n || slices.Contains(out, at-1) {
			return nil, false
		}
		out = append(out, at-1)
	}
	return out, len(out) == n
}

// grouped checks what goes into groups. A prompt of a matching has one answer, and there may be answers that belong to none;
// everything that is sorted belongs somewhere: "neither" is a group.
func (c *checker) grouped() {
	it := c.it
	c.arrangeable(2)
	c.need(len(it.Mistakes) == 0, "mistakes")
	c.need(len(it.Groups) >= 2 && len(it.Groups) <= maxGroups, "groups")
	takes := make([]int, len(it.Groups))
	for i, g := range it.Groups {
		c.need(!g.Text.Empty(), place("groups", i))
		c.text(g.Text, "groups", i)
	}
	for i, o := range it.Choices {
		least := 0
		if it.Kind == Matching {
			least = Nowhere
		}
		if o.Group < least || o.Group >= len(it.Groups) {
			c.bad(place("choices", i))
		} else if o.Group >= 0 {
			takes[o.Group]++
		}
	}
	for i, n := range takes {
		c.need(n == 1 || it.Kind == Sorting, place("groups", i))
	}
	// What has one thing in each group is a matching, and its page says so.
	c.need(it.Kind == Matching || slices.Max(append(takes, 0)) > 1 || slices.Contains(takes, 0), "groups")
}

// settleArranged refuses numbers that make two options or two groups read alike: either would be as right as the other.
func (v *Variant) settleArranged() (why string, err error) {
	if why, err = v.unlike("choices", len(v.it.Choices), func(i int) doc.Doc { return v.it.Choices[i].Text }); why != "" || err != nil {
		return why, err
	}
	return v.unlike("groups", len(v.it.Groups), func(i int) doc.Doc { return v.it.Groups[i].Text })
}

func (v *Variant) unlike(what string, n int, text func(i int) doc.Doc) (why string, err error) {
	seen := make(map[string]int, n)
	for i := range n {
		print, err := v.fingerprint(text(i).Nodes, what, i)
		if err != nil {
			return "", err
		}
		if j, twice := seen[print]; twice {
			return place(what, i) + " = " + place(what, j), nil
		}
		seen[print] = i
	}
	return "", nil
}

// mixed is a shuffle that does not begin where it should end: shown in the right order, Check would ask for nothing.
func mixed(v *Variant) []int {
	out := Order(v.Seed, len(v.it.Choices))
	if slices.IsSorted(out) {
		out = append(out[1:], out[0])
	}
	return out
}

func shuffled(v *Variant) []int { return Order(v.Seed, len(v.it.Choices)) }

// askedArranged names options by their place as shown, and draws the groups.
func (v Variant) askedArranged(a *Asked) error {
	for at := range a.Options {
		a.Options[at].Index = at
	}
	for i, g := range v.it.Groups {
		text, err := v.draw(g.Text, "groups", i)
		if err != nil {
			return err
		}
		a.Groups = append(a.Groups, text)
	}
	return nil
}

// ShownAt is the place, from 0, at which option i of the item is shown.
func (v Variant) ShownAt(i int) int { return slices.Index(v.Order, i) }

// shownOrder is an order of the item's own options as a response gives it.
func (v Variant) shownOrder(own []int) []int {
	out := make([]int, len(own))
	for k, i := range own {
		out[k] = v.ShownAt(i)
	}
	return out
}

// givenOrdering is the right order (mistake below 0), or that of a mistake.
func (v Variant) givenOrdering(mistake int) (Response, bool) {
	own := make([]int, len(v.it.Choices))
	for i := range own {
		own[i] = i
	}
	if mistake >= 0 {
		own, _ = v.it.Mistakes[mistake].order(len(own))
	}
	return Response{Chosen: v.shownOrder(own)}, true
}

// givenGrouped is where everything belongs.
func (v Variant) givenGrouped(mistake int) (Response, bool) {
	placed := make([]int, len(v.Order))
	for at, i := range v.Order {
		placed[at] = v.it.Choices[i].Group
	}
	return Response{Placed: placed}, mistake < 0
}

// Misplaced is a response in which option i stands in another group and the rest where it belongs; in a matching the answer
// that belonged there takes its place. ok is false for kinds without groups.
func (v Variant) Misplaced(i int) (r Response, ok bool) {
	if len(v.it.Groups) == 0 {
		return Response{}, false
	}
	r, _ = v.givenGrouped(-1)
	at, was := v.ShownAt(i), v.it.Choices[i].Group
	to := (was + 1) % len(v.it.Groups)
	if other := slices.Index(r.Placed, to); v.it.Kind == Matching && other >= 0 {
		r.Placed[other] = was
	}
	r.Placed[at] = to
	return r, true
}

// scoreOrdering judges an order. Its parts are the moves that could be missing: what can stay where it is is a longest rising
// run of the order, not of neighbours alone, and the rest has to be moved (Ulam's distance; Diaconis, 1988). One thing in the
// wrong place costs one move, where counting places could call everything misplaced.
func (v Variant) scoreOrdering(r Response) (Judged, error) {
	n := len(v.it.Choices)
	if len(r.Boxes) > 0 || len(r.Chosen) != 0 && len(r.Chosen) != n {
		return Judged{}, fault.New(fault.Invalid, "fault.item.options", "chosen", len(r.Chosen), "boxes", len(r.Boxes))
	}
	if len(r.Chosen) == 0 {
		return Judged{Outcome: Unread, Where: 1}, nil
	}
	own, seen := make([]int, n), make([]bool, n)
	for k, at := range r.Chosen {
		if at < 0 || at >= n || seen[at] {
			return Judged{}, fault.New(fault.Invalid, "fault.item.option", "option", at, "options", n)
		}
		seen[at] = true
		own[k] = v.Order[at]
	}
	j := Judged{Outcome: NotYet, Parts: n - 1, PartsRight: rising(own) - 1}
	if j.PartsRight == j.Parts {
		j.Outcome = Right
		return j, nil
	}
	for _, m := range v.it.Mistakes {
		if order, ok := m.order(n); ok && slices.Equal(order, own) {
			j.Mistake, j.Nudge = m.Tag, m.Nudge
			break
		}
	}
	return j, nil
}

// rising is the length of a longest rising subsequence (Schensted, 1961, by its first row); order is not empty.
func rising(order []int) int {
	var ends []int // ends[k] is the least end of a rising subsequence of length k+1
	for _, x := range order {
		if at, _ := slices.BinarySearch(ends, x); at == len(ends) {
			ends = append(ends, x)
		} else {
			ends[at] = x
		}
	}
	return len(ends)
}

// scoreGrouped judges what was placed where. Parts are the prompts of a matching, and the things of a sorting.
func (v Variant) scoreGrouped(r Response) (Judged, error) {
	n := len(v.it.Choices)
	if len(r.Boxes) > 0 || len(r.Chosen) > 0 || len(r.Placed) != 0 && len(r.Placed) != n {
		return Judged{}, fault.New(fault.Invalid, "fault.item.options", "chosen", len(r.Placed), "boxes", len(r.Boxes))
	}
	if len(r.Placed) == 0 {
		return Judged{Outcome: Unread, Where: 1}, nil
	}
	filled := make([]int, len(v.it.Groups))
	for _, g := range r.Placed {
		if g < Nowhere || g >= len(filled) {
			return Judged{}, fault.New(fault.Invalid, "fault.item.option", "option", g, "options", len(filled))
		}
		if g == Nowhere {
			continue
		}
		if filled[g]++; filled[g] > 1 && v.it.Kind == Matching {
			return Judged{}, fault.New(fault.Invalid, "fault.item.option", "option", g, "options", len(filled))
		}
	}
	open := filled // what must not be empty, and is where it is 0
	if v.it.Kind == Sorting {
		open = make([]int, n)
		for at, g := range r.Placed {
			open[at] = g - Nowhere
		}
	}
	if at := slices.Index(open, 0); at >= 0 {
		return Judged{Outcome: Unread, Where: at + 1}, nil
	}
	return v.grouping(r), nil
}

// grouping judges a whole response to a matching or sorting.
func (v Variant) grouping(r Response) Judged {
	j := Judged{Outcome: NotYet, Parts: len(v.it.Groups)}
	if v.it.Kind == Sorting {
		j.Parts = len(r.Placed)
	}
	said := -1
	for at, g := range r.Placed {
		i := v.Order[at]
		o := v.it.Choices[i]
		switch {
		case g == o.Group && g != Nowhere:
			j.PartsRight++
		case g == o.Group, o.Nudge.Empty():
		case said < 0, v.it.Choices[said].Mistake == "" && (o.Mistake != "" || i < said), o.Mistake != "" && i < said:
			said = i // a misconception with a name says most; then the one that the author wrote first
		}
	}
	if j.PartsRight == j.Parts {
		j.Outcome = Right
	} else if said >= 0 {
		j.Mistake, j.Nudge = v.it.Choices[said].Mistake, v.it.Choices[said].Nudge
	}
	return j
}

// Own is a response by the item's own indexes, the same for everybody who answered the same, however it was shown to them.
func (v Variant) Own(r Response) Response {
	if !v.it.Kind.Arranged() {
		return r
	}
	out := Response{}
	for _, at := range r.Chosen {
		out.Chosen = append(out.Chosen, v.Order[at])
	}
	if len(r.Placed) > 0 {
		out.Placed = make([]int, len(r.Placed))
		for at, g := range r.Placed {
			out.Placed[v.Order[at]] = g
		}
	}
	return out
}

// Carry takes a response to was over to now, another version of its item, by what the options and groups say. ok is false
// where that cannot be done: now lacks something, or has more.
func Carry(was, now Variant, r Response) (out Response, ok bool) {
	if was.it.Kind != now.it.Kind || !was.it.Kind.Arranged() {
		return r, false
	}
	at, ok := was.twins(now, len(was.Order), len(now.Order), func(v Variant, at int) doc.Doc { return v.it.Choices[v.Order[at]].Text })
	if !ok {
		return r, false
	}
	groups, ok := was.twins(now, len(was.it.Groups), len(now.it.Groups), func(v Variant, g int) doc.Doc { return v.it.Groups[g].Text })
	if !ok {
		return r, false
	}
	for _, i := range r.Chosen {
		out.Chosen = append(out.Chosen, at[i])
	}
	if len(r.Placed) > 0 {
		out.Placed = make([]int, len(r.Placed))
		for i, g := range r.Placed {
			if g != Nowhere {
				g = groups[g]
			}
			out.Placed[at[i]] = g
		}
	}
	return out, true
}

// twins finds for each of n texts the one of now that reads the same.
func (v Variant) twins(now Variant, n, m int, text func(v Variant, i int) doc.Doc) ([]int, bool) {
	if n != m {
		return nil, false
	}
	out := make([]int, n)
	for i := range n {
		out[i] = -1
		for j := range n {
			if text(v, i).Plain(v) == text(now, j).Plain(now) {
				out[i] = j
			}
		}
		if out[i] < 0 {
			return nil, false
		}
	}
	return out, true
}

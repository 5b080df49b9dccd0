package item

import (
	"math/big"
	"slices"
	"strings"

	"kith/internal/fault"
	"kith/internal/item/algebra"
)

// Score judges what was entered, three ways: right, not yet, or unread. Unread is not wrong: the box was empty or holds
// no number, nothing is chosen, or a fraction is over zero.
// Errors: Invalid for a response that this item cannot have got from its page (an option that there is not or twice, too
// many or too few boxes, boxes where options are), Conflict for an item that has been withdrawn, Internal for a variant
// that was not drawn.
func Score(v Variant, r Response) (Judged, error) {
	switch {
	case v.it == nil:
		return Judged{}, undrawn()
	case v.it.Withdrawn:
		return Judged{}, fault.New(fault.Conflict, "fault.item.withdrawn")
	}
	kind := kinds[v.it.Kind]
	if len(r.Placed) > 0 && !slices.Contains(kind.parts, "groups") {
		return Judged{}, fault.New(fault.Invalid, "fault.item.options", "chosen", len(r.Placed), "boxes", len(r.Boxes))
	}
	return kind.score(v, r)
}

func (v Variant) scoreNumbers(r Response) (Judged, error) {
	it := v.it
	want := len(v.key)
	if it.Kind == Fraction {
		want = 3
	}
	if len(r.Chosen) > 0 || len(r.Boxes) != want {
		return Judged{}, fault.New(fault.Invalid, "fault.item.boxes", "boxes", len(r.Boxes), "want", want)
	}
	var read [][]*big.Rat
	var unread int
	switch it.Kind {
	case Fraction:
		read, unread = readFraction(r.Boxes)
	case Number:
		read, unread = readBoxes(r.Boxes, func(int) []string { return []string{it.Unit} })
	default:
		boxes := r.Boxes
		if it.Ratio {
			boxes = ratioInOneBox(boxes)
		}
		read, unread = readBoxes(boxes, func(i int) []string { return it.Boxes[i].units() })
	}
	if unread > 0 {
		return Judged{Outcome: Unread, Where: unread}, nil
	}
	j := v.boxesRight(read)
	if v.means(read, v.key) {
		j.Outcome = Right
		return j, nil
	}
	j.Outcome = NotYet
	for i, m := range it.Mistakes {
		if m.Near == "" && v.means(read, v.yields[i]) || m.Near != "" && v.slipped(read, m.Near) {
			j.Mistake, j.Nudge = m.Tag, m.Nudge
			break
		}
	}
	return j, nil
}

// slipped reports whether one number is off the key by a slip, as package algebra names it. A number that may be read in two ways
// (a comma) is by either.
func (v Variant) slipped(read [][]*big.Rat, slip string) bool {
	if len(v.key) != 1 || len(read) != 1 {
		return false
	}
	key, err := algebra.NewKey(algebra.Ask{Key: plainly(v.key[0])})
	return err == nil && slices.ContainsFunc(read[0], func(n *big.Rat) bool { return string(key.Check(plainly(n)).Near) == slip })
}

// plainly writes a number without a fraction where a few places are enough: what is rounded, or has its point elsewhere, shows so.
func plainly(n *big.Rat) string {
	const places = 9
	if digits, exact := n.FloatPrec(); exact && digits <= places {
		return n.FloatString(digits)
	}
	return n.RatString()
}

// boxesRight counts the boxes that are right; those of a ratio are right together or not at all.
func (v Variant) boxesRight(read [][]*big.Rat) (j Judged) {
	if v.it.Kind != Blanks || v.it.Ratio || len(read) < 2 {
		return j
	}
	j.Parts = len(read)
	for i, values := range read {
		if slices.ContainsFunc(values, func(r *big.Rat) bool { return r.Cmp(v.key[i]) == 0 }) {
			j.PartsRight++
		}
	}
	return j
}

func (v Variant) scoreOptions(r Response) (Judged, error) {
	n := len(v.it.Choices)
	if len(r.Boxes) > 0 || len(r.Chosen) > 1 && v.it.Kind == Choice {
		return Judged{}, fault.New(fault.Invalid, "fault.item.options", "chosen", len(r.Chosen), "boxes", len(r.Boxes))
	}
	chosen := make([]bool, n)
	for _, i := range r.Chosen {
		if i < 0 || i >= n || chosen[i] {
			return Judged{}, fault.New(fault.Invalid, "fault.item.option", "option", i, "options", n)
		}
		chosen[i] = true
	}
	if len(r.Chosen) == 0 {
		return Judged{Outcome: Unread, Where: 1}, nil
	}
	said := Judged{Outcome: NotYet}
	if v.it.Kind != Choice && len(v.Rights()) > 1 || v.it.Kind == Choices { // each option is a yes or no of its own (multiple true-false: Albanese and Sabers, 1988)
		for i, on := range chosen {
			if said.Parts++; on == v.right[i] {
				said.PartsRight++
			}
		}
	}
	if slices.Equal(chosen, v.right) {
		said.Outcome = Right
		return said, nil
	}
	// A misconception with a name says most; an option may also have a line and no name.
	for i, o := range v.it.Choices {
		if !chosen[i] || v.right[i] {
			continue
		}
		if o.Mistake != "" {
			said.Mistake, said.Nudge = o.Mistake, o.Nudge
			return said, nil
		}
		if said.Nudge.Empty() {
			said.Nudge = o.Nudge
		}
	}
	return said, nil
}

// means reports whether some reading of each box makes the answer want. Readings are few: two where a comma leaves it
// open, so a ratio of three boxes has at most eight.
func (v Variant) means(read [][]*big.Rat, want []*big.Rat) bool {
	if !v.it.Ratio {
		for i, values := range read {
			if !slices.ContainsFunc(values, func(r *big.Rat) bool { return r.Cmp(want[i]) == 0 }) {
				return false
			}
		}
		return true
	}
	pick := make([]*big.Rat, len(read))
	var try func(i int) bool
	try = func(i int) bool {
		if i == len(read) {
			return v.it.same(want, pick)
		}
		for _, r := range read[i] {
			pick[i] = r
			if try(i + 1) {
				return true
			}
		}
		return false
	}
	return try(0)
}

// units are what may be typed along with a box's number: the word that follows it, or the currency sign before it.
func (b Box) units() []string {
	if before := strings.TrimSpace(b.Before); before != "" && strings.ContainsAny(before[len(before)-1:], "$") {
		return []string{b.After, "$"}
	}
	return []string{b.After}
}

// readBoxes reads each box; unread is the first that cannot be read, from 1, or 0.
func readBoxes(boxes []string, units func(i int) []string) (read [][]*big.Rat, unread int) {
	for i, typed := range boxes {
		values := readNumber(typed, units(i)...)
		if len(values) == 0 {
			return nil, i + 1
		}
		read = append(read, values)
	}
	return read, 0
}

// readFraction reads whole, numerator and denominator. The whole may be empty, and so may the fraction beside a whole:
// what is written is what counts.
func readFraction(boxes []string) (read [][]*big.Rat, unread int) {
	var body [3]string
	var negative [3]bool
	for i, typed := range boxes {
		s, ok := plainTyped(typed)
		if !ok {
			return nil, i + 1
		}
		body[i], negative[i] = cutSign(s)
		if body[i] == "" && s != "" {
			return nil, i + 1
		}
	}
	if body[0] != "" && body[1] == "" && body[2] == "" {
		whole := readPlain(body[0])
		if whole == nil {
			return nil, 1
		}
		return [][]*big.Rat{signed(whole, negative[0])}, 0
	}
	// A sign belongs before the whole where there is one; 1 −1/2 could mean two things.
	if body[0] != "" && negative[1] {
		return nil, 2
	}
	if body[0] != "" && negative[2] {
		return nil, 3
	}
	whole := []*big.Rat{new(big.Rat)}
	if body[0] != "" {
		if whole = readPlain(body[0]); whole == nil {
			return nil, 1
		}
	}
	over, under := readPlain(body[1]), readPlain(body[2])
	if over == nil {
		return nil, 2
	}
	var out []*big.Rat
	for _, d := range under {
		if d.Sign() == 0 {
			return nil, 3
		}
		for _, n := range over {
			for _, w := range whole {
				q := new(big.Rat).Quo(n, d)
				out = append(out, q.Add(q, w))
			}
		}
	}
	if out == nil {
		return nil, 3
	}
	return [][]*big.Rat{signed(out, (negative[0] != negative[1]) != negative[2])}, 0
}

// ratioInOneBox takes 2:5 apart that was typed into one box of a ratio while the others are empty.
func ratioInOneBox(boxes []string) []string {
	full := ""
	for _, b := range boxes {
		if strings.TrimSpace(b) == "" {
			continue
		}
		if full != "" {
			return boxes
		}
		full = b
	}
	s, ok := plainTyped(full)
	if parts := strings.Split(s, ":"); ok && len(parts) == len(boxes) {
		return parts
	}
	return boxes
}

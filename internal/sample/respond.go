package sample

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"

	"kith/internal/item"
)

// rightAnswer enters a variant's key in one of the ways in which people write it.
func rightAnswer(it item.Item, v item.Variant, r *rand.Rand) item.Response {
	if it.Kind.Chosen() {
		return item.Response{Chosen: v.Rights()}
	}
	if given, ok := item.Given(v, -1); ok {
		return given
	}
	if text, _ := v.KeyText(); text != "" {
		return item.Response{Boxes: []string{text}}
	}
	return entered(it, v.Key(), r)
}

// mistaken enters what a named mistake yields; ok is false when the item does not know it or, in this draw, reads it
// as something else.
func mistaken(it item.Item, v item.Variant, tag string, r *rand.Rand) (item.Response, bool) {
	var out item.Response
	for i, m := range it.Mistakes {
		if given, ok := item.Given(v, i); ok {
			if m.Tag == tag {
				out = given
			}
		} else if text := v.YieldText(i); m.Tag == tag && text != "" {
			out = item.Response{Boxes: []string{text}}
		} else if m.Tag == tag {
			out = entered(it, v.Yield(i), r)
		}
	}
	for i, o := range it.Choices {
		if o.Mistake != tag || out.Chosen != nil || out.Placed != nil {
			continue
		}
		if given, ok := v.Misplaced(i); ok {
			out = given
		} else {
			out.Chosen = []int{i}
		}
	}
	if out.Boxes == nil && out.Chosen == nil && out.Placed == nil {
		return out, false
	}
	j, err := item.Score(v, out)
	return out, err == nil && j.Outcome == item.NotYet && j.Mistake == tag
}

// wrongAnswer enters something that is not right: mostly a mistake that the item knows, none of those to be kept apart,
// else a slip of the pen.
func wrongAnswer(it item.Item, v item.Variant, apart map[string]bool, r *rand.Rand) item.Response {
	var tags []string
	for _, m := range it.Mistakes {
		tags = append(tags, m.Tag)
	}
	for _, o := range it.Choices {
		tags = append(tags, o.Mistake)
	}
	r.Shuffle(len(tags), func(i, j int) { tags[i], tags[j] = tags[j], tags[i] })
	for _, tag := range tags {
		if tag == "" || apart[tag] || r.IntN(4) == 0 {
			continue
		}
		if out, ok := mistaken(it, v, tag, r); ok {
			return out
		}
	}
	return slipped(it, v, r)
}

// slipped is the right answer with a slip: one more or less, or one option too many or too few.
func slipped(it item.Item, v item.Variant, r *rand.Rand) item.Response {
	if it.Kind.Chosen() {
		for _, i := range r.Perm(len(it.Choices)) {
			out := item.Response{Chosen: []int{i}}
			if j, err := item.Score(v, out); err == nil && j.Outcome == item.NotYet {
				return out
			}
		}
	}
	if it.Kind.Placed() {
		return misplaced(it, v, r)
	}
	if given, ok := item.Given(v, -1); ok {
		return disarranged(v, given, r)
	}
	for n := int64(1); ; n++ {
		if text, _ := v.KeyText(); text != "" { // mathematics: something is added at its end
			out := item.Response{Boxes: []string{fmt.Sprintf("%s + %d", text, n)}}
			if j, err := item.Score(v, out); err != nil || j.Outcome == item.NotYet && j.Mistake == "" {
				return out
			}
			continue
		}
		key := v.Key()
		key[len(key)-1] = new(big.Rat).Add(key[len(key)-1], big.NewRat(n, 1))
		out := entered(it, key, r)
		if j, err := item.Score(v, out); err != nil || j.Outcome == item.NotYet && j.Mistake == "" {
			return out
		}
	}
}

// misplaced puts something elsewhere on the axes: not what is right, and no mistake that the item knows where that can be.
func misplaced(it item.Item, v item.Variant, r *rand.Rand) item.Response {
	var out item.Response
	asked, err := v.Asked()
	if err != nil {
		return out
	}
	at := func(a item.AskedAxis) string {
		from, _ := new(big.Rat).SetString(a.From)
		to, _ := new(big.Rat).SetString(a.To)
		snap, _ := new(big.Rat).SetString(a.Snap)
		n := new(big.Rat).Quo(new(big.Rat).Sub(to, from), snap)
		steps := new(big.Int).Quo(n.Num(), n.Denom()).Int64()
		return new(big.Rat).Add(from, new(big.Rat).Mul(snap, big.NewRat(r.Int64N(steps+1), 1))).RatString()
	}
	point := func() string { return "(" + at(asked.Axes.X) + ", " + at(*asked.Axes.Y) + ")" }
	for range 200 {
		text := ""
		switch {
		case it.Kind == item.NumberLine:
			text = at(asked.Axes.X)
		case it.Kind == item.Interval:
			text = "[" + at(asked.Axes.X) + ", ∞)"
		case asked.Axes.Join != item.Apart:
			text = point() + ", " + point()
		default:
			text = point()
		}
		now := item.Response{Boxes: []string{text}}
		if j, err := item.Score(v, now); err != nil || j.Outcome != item.NotYet {
			continue
		} else if out = now; j.Mistake == "" {
			break
		}
	}
	return out
}

// disarranged is the right arrangement with two neighbors changed about, or one thing in another group.
func disarranged(v item.Variant, right item.Response, r *rand.Rand) item.Response {
	if n := len(right.Chosen); n > 1 {
		at := r.IntN(n - 1)
		right.Chosen[at], right.Chosen[at+1] = right.Chosen[at+1], right.Chosen[at]
		return right
	}
	out, _ := v.Misplaced(v.Order[r.IntN(len(v.Order))])
	return out
}

// entered writes values into an item's boxes.
func entered(it item.Item, values []*big.Rat, r *rand.Rand) item.Response {
	if it.Kind == item.Fraction {
		q := values[0]
		if q.IsInt() {
			return item.Response{Boxes: []string{q.RatString(), "", ""}}
		}
		return item.Response{Boxes: []string{"", q.Num().String(), q.Denom().String()}}
	}
	boxes := make([]string, len(values))
	for i, q := range values {
		boxes[i] = spelled(q, r)
	}
	if it.Kind == item.Number && it.Unit != "" && !strings.Contains(it.Unit, "[[") && r.IntN(6) == 0 {
		boxes[0] += " " + it.Unit
	}
	return item.Response{Boxes: boxes}
}

// spelled writes a number: whole, as a decimal that ends, as a fraction or as a mixed number.
func spelled(q *big.Rat, r *rand.Rand) string {
	if q.IsInt() {
		return q.RatString()
	}
	if places, exact := q.FloatPrec(); exact && r.IntN(3) > 0 {
		return q.FloatString(places)
	}
	if whole := new(big.Int).Quo(q.Num(), q.Denom()); whole.Sign() > 0 && r.IntN(2) == 0 {
		rest := new(big.Rat).Sub(q, new(big.Rat).SetInt(whole))
		return whole.String() + " " + rest.RatString()
	}
	return q.RatString()
}

package item

import (
	"slices"
	"testing"

	"kith/internal/doc"
)

func options(t testing.TB, groups []int, texts ...string) []Option {
	t.Helper()
	out := make([]Option, len(texts))
	for i, s := range texts {
		out[i].Text = text(t, s)
		if groups != nil {
			out[i].Group = groups[i]
		}
	}
	return out
}

// rates is put in order; matched has an answer to spare; sorted has two groups.
func rates(t testing.TB) Item {
	return Item{ID: "o1", Version: 1, Code: "x/rates", Kind: Ordering, Skills: skills("x"), Draw: []Param{{Name: "a", From: 2, To: 9}},
		Text: text(t, "Smallest first."), Choices: options(t, nil, "[[a]]", "[[a+1]]", "[[a+2]]", "[[a+3]]", "[[a+4]]"),
		Mistakes: []Mistake{{Tag: "reversed", Yields: []string{"5", "4", "3", "2", "1"}, Nudge: text(t, "You began with [[a+4]]. Which end comes first?")}},
		Hints:    []doc.Doc{text(t, "Look.")}, Solution: text(t, "[[a]] first")}
}

func matched(t testing.TB) Item {
	it := Item{ID: "o2", Version: 1, Code: "x/matched", Kind: Matching, Skills: skills("x"), Text: text(t, "Which belongs?"),
		Groups:  []Group{{text(t, "half")}, {text(t, "third")}, {text(t, "fourth")}},
		Choices: options(t, []int{0, 1, 2, Nowhere}, "1/2", "1/3", "1/4", "2/1"), Hints: []doc.Doc{text(t, "Look.")}, Solution: text(t, "So.")}
	it.Choices[3].Mistake, it.Choices[3].Nudge = "upside-down", text(t, "2/1 is more than one. Is a half?")
	return it
}

func sorted(t testing.TB) Item {
	it := Item{ID: "o3", Version: 1, Code: "x/sorted", Kind: Sorting, Skills: skills("x"), Text: text(t, "Where?"), Groups: []Group{{text(t, "even")}, {text(t, "odd")}},
		Choices: options(t, []int{0, 0, 1, 1}, "2", "4", "3", "9"), Hints: []doc.Doc{text(t, "Look.")}, Solution: text(t, "So.")}
	it.Choices[1].Nudge = text(t, "Half of 4?")
	it.Choices[3].Mistake, it.Choices[3].Nudge = "nine", text(t, "Half of 9?")
	return it
}

func drawn(t testing.TB, it Item, seed uint64) Variant {
	t.Helper()
	v, err := Draw(it, seed)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestCheck_Arranged(t *testing.T) {
	for name, it := range map[string]Item{"ordering": rates(t), "matching": matched(t), "sorting": sorted(t)} {
		if err := Check(it); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, plant := range map[string]func() Item{
		"two to order":            func() Item { it := rates(t); it.Choices, it.Mistakes = it.Choices[:2], nil; return it },
		"right option":            func() Item { it := rates(t); it.Choices[0].Right = true; return it },
		"ordered":                 func() Item { it := rates(t); it.Ordered = true; return it },
		"groups of an order":      func() Item { it := rates(t); it.Groups = sorted(t).Groups; return it },
		"mistake in order":        func() Item { it := rates(t); it.Mistakes[0].Yields = []string{"1", "2", "3", "4", "5"}; return it },
		"mistake twice one":       func() Item { it := rates(t); it.Mistakes[0].Yields = []string{"1", "1", "3", "4", "5"}; return it },
		"mistake too short":       func() Item { it := rates(t); it.Mistakes[0].Yields = []string{"2", "1"}; return it },
		"two answers":             func() Item { it := matched(t); it.Choices[1].Group = 0; return it },
		"no such group":           func() Item { it := matched(t); it.Choices[3].Group = 3; return it },
		"sorted nowhere":          func() Item { it := sorted(t); it.Choices[0].Group = Nowhere; return it },
		"a matching as a sorting": func() Item { it := matched(t); it.Kind, it.Choices = Sorting, it.Choices[:3]; return it },
		"one group":               func() Item { it := sorted(t); it.Groups = it.Groups[:1]; return it },
		"group of a choice":       func() Item { it := sorted(t); it.Kind, it.Groups = Choice, nil; it.Choices[0].Right = true; return it },
	} {
		if Check(plant()) == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// TestArranged_TellsNothing: no seed shows an ordering in order, and what a page gets names options by place alone.
func TestArranged_TellsNothing(t *testing.T) {
	for _, it := range []Item{rates(t), matched(t), sorted(t)} {
		first := map[string]bool{}
		for seed := range uint64(300) {
			v := drawn(t, it, seed)
			if it.Kind == Ordering && slices.IsSorted(v.Order) {
				t.Fatalf("seed %d shows the right order", seed)
			}
			a, err := v.Asked()
			if err != nil {
				t.Fatal(err)
			}
			for at, o := range a.Options {
				if o.Index != at {
					t.Fatalf("%s: option at %d has index %d", it.Kind, at, o.Index)
				}
			}
			first[it.Choices[v.Order[0]].Text.Plain(v)] = true
			if len(a.Groups) != len(it.Groups) {
				t.Fatalf("%s: %d groups", it.Kind, len(a.Groups))
			}
		}
		if len(first) < len(it.Choices) {
			t.Errorf("%s: only %d of the options ever stand first", it.Kind, len(first))
		}
	}
}

// own takes a response by the item's indexes to one by places.
func own(v Variant, order []int, placed []int) Response {
	r := Response{}
	if order != nil {
		r.Chosen = v.shownOrder(order)
	}
	if placed != nil {
		r.Placed = make([]int, len(placed))
		for i, g := range placed {
			r.Placed[v.ShownAt(i)] = g
		}
	}
	return r
}

func TestScore_Arranged(t *testing.T) {
	o, m, s := drawn(t, rates(t), 7), drawn(t, matched(t), 7), drawn(t, sorted(t), 7)
	for _, c := range []struct {
		name          string
		v             Variant
		order, placed []int
		outcome       Outcome
		mistake       string
		right, of     int
	}{
		{"in order", o, []int{0, 1, 2, 3, 4}, nil, Right, "", 4, 4},
		{"one too far back", o, []int{1, 2, 3, 4, 0}, nil, NotYet, "", 3, 4}, // every place is another, and one move mends it
		{"neighbors", o, []int{1, 0, 2, 3, 4}, nil, NotYet, "", 3, 4},
		{"two to move", o, []int{1, 0, 3, 2, 4}, nil, NotYet, "", 2, 4},
		{"reversed", o, []int{4, 3, 2, 1, 0}, nil, NotYet, "reversed", 0, 4},
		{"matched", m, nil, []int{0, 1, 2, -1}, Right, "", 3, 3},
		{"changed about", m, nil, []int{1, 0, 2, -1}, NotYet, "", 1, 3},
		{"to spare", m, nil, []int{-1, 1, 2, 0}, NotYet, "upside-down", 2, 3},
		{"sorted", s, nil, []int{0, 0, 1, 1}, Right, "", 4, 4},
		{"all in one", s, nil, []int{0, 0, 0, 0}, NotYet, "nine", 2, 4},
		{"a line without a name", s, nil, []int{0, 1, 1, 1}, NotYet, "", 3, 4},
		{"a name goes first", s, nil, []int{0, 1, 1, 0}, NotYet, "nine", 2, 4},
	} {
		j, err := Score(c.v, own(c.v, c.order, c.placed))
		if err != nil || j.Outcome != c.outcome || j.Mistake != c.mistake || j.PartsRight != c.right || j.Parts != c.of {
			t.Errorf("%s: %s %q %d of %d (%v), want %s %q %d of %d", c.name, j.Outcome, j.Mistake, j.PartsRight, j.Parts, err, c.outcome, c.mistake, c.right, c.of)
		}
		if c.name == "a line without a name" && j.Nudge.Empty() {
			t.Errorf("%s: nothing is said", c.name)
		}
	}
	for name, r := range map[string]struct {
		v     Variant
		r     Response
		where int // 0: refused
	}{
		"nothing ordered": {o, Response{}, 1}, "nothing matched": {m, Response{}, 1},
		"a prompt open":  {m, Response{Placed: own(m, nil, []int{0, -1, 2, -1}).Placed}, 2},
		"some unsorted":  {s, Response{Placed: []int{0, 0, -1, 1}}, 3},
		"order of four":  {o, Response{Chosen: []int{0, 1, 2, 3}}, 0},
		"twice":          {o, Response{Chosen: []int{0, 1, 2, 3, 3}}, 0},
		"beyond":         {o, Response{Chosen: []int{0, 1, 2, 3, 5}}, 0},
		"two in one":     {m, Response{Placed: []int{0, 0, 1, 2}}, 0},
		"no group":       {s, Response{Placed: []int{0, 0, 2, 1}}, 0},
		"boxes":          {s, Response{Boxes: []string{"1"}, Placed: []int{0, 0, 1, 1}}, 0},
		"placed a order": {o, Response{Placed: []int{0, 1, 2, 3, 4}}, 0},
	} {
		j, err := Score(r.v, r.r)
		if r.where == 0 && err == nil || r.where > 0 && (err != nil || j.Outcome != Unread || j.Where != r.where) {
			t.Errorf("%s: %s at %d, %v; want %d", name, j.Outcome, j.Where, err, r.where)
		}
	}
}

func TestGiven_Arranged(t *testing.T) {
	for _, it := range []Item{rates(t), matched(t), sorted(t)} {
		for seed := range uint64(50) {
			v := drawn(t, it, seed)
			r, ok := Given(v, -1)
			if j, err := Score(v, r); !ok || err != nil || j.Outcome != Right {
				t.Fatalf("%s: its key is %s %v", it.Kind, j.Outcome, err)
			}
			for i, m := range it.Mistakes {
				r, _ := Given(v, i)
				if j, err := Score(v, r); err != nil || j.Mistake != m.Tag {
					t.Fatalf("%s is %q %v", m.Tag, j.Mistake, err)
				}
			}
			for i := range it.Choices {
				r, ok := v.Misplaced(i)
				if j, err := Score(v, r); ok && (err != nil || j.Outcome != NotYet) {
					t.Fatalf("%s: %d elsewhere is %s %v", it.Kind, i, j.Outcome, err)
				}
			}
		}
	}
}

// TestCarry: a later version with the options in another order judges what somebody meant, not where it stood.
func TestCarry(t *testing.T) {
	was := drawn(t, rates(t), 3)
	turned := rates(t)
	slices.Reverse(turned.Choices)
	now, err := Recall(turned, was.Seed, map[string]string{"a": was.Values["a"]})
	if err != nil {
		t.Fatal(err)
	}
	r, ok := Carry(was, now, own(was, []int{4, 3, 2, 1, 0}, nil))
	if j, err := Score(now, r); !ok || err != nil || j.Outcome != Right {
		t.Errorf("the turned order is %s by the turned key (%v)", j.Outcome, err)
	}
	old := drawn(t, sorted(t), 3)
	swapped := sorted(t)
	slices.Reverse(swapped.Groups)
	for i := range swapped.Choices {
		swapped.Choices[i].Group = 1 - swapped.Choices[i].Group
	}
	new := drawn(t, swapped, 3)
	if r, ok = Carry(old, new, own(old, nil, []int{0, 0, 1, 1})); !ok {
		t.Fatal("not carried")
	}
	if j, _ := Score(new, r); j.Outcome != Right {
		t.Errorf("with its groups changed about it is %s", j.Outcome)
	}
	less := sorted(t)
	less.Choices = less.Choices[:3]
	if _, ok := Carry(old, drawn(t, less, 3), own(old, nil, []int{0, 0, 1, 1})); ok {
		t.Error("carried to an item that lacks an option")
	}
	if got := old.Own(own(old, nil, []int{0, 1, 0, 1})).Placed; !slices.Equal(got, []int{0, 1, 0, 1}) {
		t.Errorf("own placement is %v", got)
	}
}

func TestScore_CountsParts(t *testing.T) {
	line := recall(t, rule(t), "m", "-2", "b", "3")
	j, err := Score(line, Response{Boxes: []string{"-2", "5"}})
	if err != nil || j.Parts != 2 || j.PartsRight != 1 {
		t.Errorf("one box of two: %d of %d, %v", j.PartsRight, j.Parts, err)
	}
	ratio := recall(t, beads(t), "r", "2", "b", "5")
	if j, _ = Score(ratio, Response{Boxes: []string{"2", "5"}}); j.Parts != 0 {
		t.Errorf("a ratio has %d parts", j.Parts)
	}
}

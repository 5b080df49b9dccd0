package item

import (
	"testing"

	"kith/internal/doc"
)

// text parses markup for the items below; they use no TeX, so that these tests need no front end.
func text(t testing.TB, markup string) doc.Doc {
	t.Helper()
	d, err := doc.Parse(markup, doc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// bigJug is the model item of the sample course, a number.
func bigJug(t testing.TB) Item {
	return Item{
		ID: "i1", Version: 1, Code: "equivalent-ratios/big-jug", Kind: Number, Skills: skills("equivalent-ratios"), Context: "kitchen",
		Draw: []Param{{Name: "a", From: 2, To: 6}, {Name: "b", From: 2, To: 9}, {Name: "k", From: 2, To: 5}, {Name: "who", Of: []string{"Ana", "Ben"}}},
		Keep: []string{"a != b"}, Let: []Let{{"big", "k*a"}},
		Text: text(t, "[[who]] has a small jug of [[a]] cups of juice and [[b]] of water. A big one has [[big]] of juice. How much water?"),
		Key:  "k*b", Second: "big*b/a", Unit: "cups",
		Mistakes: []Mistake{
			{Tag: "add-same", Yields: []string{"b + (k-1)*a"}, Nudge: text(t, "You added [[(k-1)*a]] to both. Would it taste the same?")},
			{Tag: "one-part-only", Yields: []string{"b"}, Nudge: text(t, "The juice grew. What happens to the taste?")},
			{Tag: "divides", Yields: []string{"b/k"}, Nudge: text(t, "Is the big jug bigger?")},
		},
		Hints:    []doc.Doc{text(t, "Draw [[a]] boxes."), text(t, "How many small jugs?"), text(t, "[[big]] ÷ [[a]] = [[k]]")},
		Solution: text(t, "[[k]] × [[b]] = [[k*b]]"),
	}
}

// beads is a ratio in two boxes.
func beads(t testing.TB) Item {
	return Item{
		ID: "i2", Version: 1, Code: "ratio-language/beads", Kind: Blanks, Skills: skills("ratio-language"), Ratio: true,
		Draw:  []Param{{Name: "r", From: 2, To: 9}, {Name: "b", From: 2, To: 9}},
		Keep:  []string{"r != b"},
		Text:  text(t, "[[r]] red and [[b]] blue beads. Red to all?"),
		Boxes: []Box{{Before: "red : all = ", Key: "r", After: " : ", Label: "red"}, {Key: "r+b", Label: "all of [[r]] and [[b]]"}},
		Mistakes: []Mistake{
			{Tag: "part-part", Yields: []string{"r", "b"}, Nudge: text(t, "You compared red with blue.")},
			{Tag: "order", Yields: []string{"r+b", "r"}, Nudge: text(t, "Which word comes first?")},
		},
		Hints: []doc.Doc{text(t, "Look.")}, Solution: text(t, "[[r]] : [[r+b]]"),
	}
}

// shares is a fraction; half is a blanks item without a ratio; pick and picks are choices.
func shares(t testing.TB) Item {
	return Item{
		ID: "i3", Version: 1, Code: "x/shares", Kind: Fraction, Skills: skills("x"),
		Draw: []Param{{Name: "p", From: 1, To: 9}, {Name: "n", From: 2, To: 9}}, Keep: []string{"p != n"},
		Text: text(t, "[[p]] kg for [[n]]"), Key: "p/n", Second: "1/(n/p)",
		Mistakes: []Mistake{{Tag: "upside-down", Yields: []string{"n/p"}, Nudge: text(t, "Which one is the whole?")}},
		Hints:    []doc.Doc{text(t, "Look.")}, Solution: text(t, "[[frac(p/n)]]"),
	}
}

func rule(t testing.TB) Item {
	return Item{
		ID: "i4", Version: 1, Code: "x/rule", Kind: Blanks, Skills: skills("x"),
		Draw:  []Param{{Name: "m", From: -5, To: 5}, {Name: "b", From: -9, To: 9}},
		Keep:  []string{"m != b && m != 0 && b != 0"},
		Text:  text(t, "Step [[m]], start [[b]]."),
		Boxes: []Box{{Before: "y = ", Key: "m", After: "x + ", Label: "step"}, {Key: "b", Label: "start"}},
		Mistakes: []Mistake{
			{Tag: "swapped", Yields: []string{"b", "m"}, Nudge: text(t, "Which is the start?")},
		},
		Hints: []doc.Doc{text(t, "Look.")}, Solution: text(t, "y = [[m]]x [[signed(b)]]"),
	}
}

func pick(t testing.TB) Item {
	return Item{
		ID: "i5", Version: 1, Code: "x/who", Kind: Choice, Skills: skills("x"), Context: "who",
		Draw: []Param{{Name: "a", From: 1, To: 9}, {Name: "b", From: 1, To: 9}},
		Text: text(t, "Which is more?"),
		Choices: []Option{
			{Text: text(t, "[[a]]"), If: "a > b", Mistake: "first", Nudge: text(t, "You took [[a]].")},
			{Text: text(t, "[[b]]"), If: "b > a", Mistake: "second", Nudge: text(t, "You took [[b]].")},
			{Text: text(t, "neither"), Mistake: "same", Nudge: text(t, "Look again.")},
		},
		Hints: []doc.Doc{text(t, "Look.")}, Solution: text(t, "[[max(a,b)]]"),
	}
}

func picks(t testing.TB) Item {
	return Item{
		ID: "i6", Version: 1, Code: "x/even", Kind: Choices, Skills: skills("x"),
		Text: text(t, "Which are even?"), Ordered: true,
		Choices: []Option{
			{Text: text(t, "2"), Right: true}, {Text: text(t, "3"), Mistake: "odd", Nudge: text(t, "Share 3 between two.")},
			{Text: text(t, "4"), Right: true}, {Text: text(t, "5"), Nudge: text(t, "Share 5 between two.")},
		},
		Hints: []doc.Doc{text(t, "Look.")}, Solution: text(t, "2 and 4"),
	}
}

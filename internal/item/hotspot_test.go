package item

import (
	"testing"

	"kith/internal/doc"
)

// tape is a bar of two and three parts: where are the two?
func tape(t testing.TB) Item {
	it := Item{ID: "h1", Version: 1, Code: "x/tape", Kind: Hotspot, Skills: skills("x"), Text: text(t, "Tap the part that stands for [[n]] cups."), Draw: []Param{{Name: "n", From: 2, To: 4}},
		Picture: text(t, "!figure tape parts=\"[[n]],3\" | A bar of two shades."),
		Choices: options(t, nil, "the right part", "the left part"), Hints: []doc.Doc{text(t, "Look.")}, Solution: text(t, "So.")}
	it.Choices[0].Area = &Area{X: 400, Width: 600, Height: 1000}
	it.Choices[1].Area, it.Choices[1].Right = &Area{Points: []int{0, 0, 400, 0, 400, 1000}}, true
	it.Choices[0].Mistake, it.Choices[0].Nudge = "order", text(t, "How many boxes are there?")
	return it
}

func TestHotspot(t *testing.T) {
	it := tape(t)
	if err := Check(it); err != nil {
		t.Fatal(err)
	}
	v := drawn(t, it, 5)
	a, err := v.Asked()
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Picture) != 1 || a.Many || a.Options[0].Index != 1 || a.Options[0].Area == nil || shown(a.Options[1].Text) != "the right part" {
		t.Errorf("asked: %+v", a)
	}
	if j, err := Score(v, Response{Chosen: []int{1}}); err != nil || j.Outcome != Right {
		t.Errorf("the left part is %s %v", j.Outcome, err)
	}
	if j, err := Score(v, Response{Chosen: []int{0}}); err != nil || j.Mistake != "order" {
		t.Errorf("the right part is %q %v", j.Mistake, err)
	}
	for name, plant := range map[string]func(it *Item){
		"no picture":        func(it *Item) { it.Picture = doc.Doc{} },
		"words for it":      func(it *Item) { it.Picture = text(t, "A bar.") },
		"no area":           func(it *Item) { it.Choices[0].Area = nil },
		"beyond":            func(it *Item) { it.Choices[0].Area.Width = 601 },
		"nothing":           func(it *Item) { it.Choices[0].Area.Width = 0 },
		"two corners":       func(it *Item) { it.Choices[1].Area.Points = it.Choices[1].Area.Points[:4] },
		"corners and a box": func(it *Item) { it.Choices[1].Area.Width = 1 },
		"without a name":    func(it *Item) { it.Choices[0].Text = doc.Doc{} },
		"a choice":          func(it *Item) { it.Kind = Choice },
	} {
		it := tape(t)
		plant(&it)
		if Check(it) == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

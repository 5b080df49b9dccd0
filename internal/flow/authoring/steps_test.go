package authoring_test

import (
	"testing"

	"kith/internal/flow"
	"kith/internal/flow/authoring"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
)

func itemAt(s *schooltest.School, out authoring.ItemOut) (it *item.Item) {
	s.Look(s.Okafor, func(l *flow.Look) (err error) {
		it, err = library.ItemVersion(l, out.Item, int64(out.Version))
		return err
	})
	return it
}

// a-1 asks a step at its only hint. A copy keeps it as long as its author does, wherever its hint stands.
func TestAddItem_ACopyKeepsTheStepsOfItsHints(t *testing.T) {
	s := schooltest.New(t, 1)
	page := schooltest.Show(s, authoring.Author, s.Okafor, authoring.AuthorIn{Class: s.Class, Skill: s.Skill("a"), Item: s.Item("a-1")})
	was := itemAt(s, authoring.ItemOut{Item: s.Item("a-1"), Version: 1})
	if len(was.Scaffolds) != 1 || len(page.Draft.Steps) != 1 || len(page.Tried.Faults) > 0 {
		t.Fatalf("%s", schooltest.MustJSON(page))
	}
	copied := func(change func(d *authoring.Draft)) *item.Item {
		d := *page.Draft
		d.Hints, d.Steps = append([]string{}, d.Hints...), append([]authoring.DraftStep{}, d.Steps...)
		change(&d)
		return itemAt(s, schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: op(), Class: s.Class, From: s.Item("a-1"), Draft: d}))
	}
	for name, c := range map[string]struct {
		change      func(d *authoring.Draft)
		rung, hints int
	}{
		"as it is":             {func(d *authoring.Draft) {}, 1, 1},
		"behind another":       {func(d *authoring.Draft) { d.Hints, d.Steps[0].Rung = append([]string{"Draw it."}, d.Hints...), 2 }, 2, 2},
		"behind an empty one":  {func(d *authoring.Draft) { d.Hints, d.Steps[0].Rung = append([]string{" "}, d.Hints...), 2 }, 1, 1},
		"its hint is reworded": {func(d *authoring.Draft) { d.Hints[0] = "Count on: how many?" }, 1, 1},
		"its hint is gone":     {func(d *authoring.Draft) { d.Hints[0] = "" }, 0, 0},
		"taken out":            {func(d *authoring.Draft) { d.Steps = nil }, 0, 1},
	} {
		it := copied(func(d *authoring.Draft) { d.Text = "What is 2 times [[n]]?"; c.change(d) })
		switch {
		case len(it.Hints) != c.hints, c.rung == 0 && len(it.Scaffolds) > 0:
			t.Errorf("%s: %s", name, schooltest.MustJSON(it))
		case c.rung > 0 && (len(it.Scaffolds) != 1 || it.Scaffolds[0].Rung != c.rung || schooltest.MustJSON(it.Scaffolds[0].Then) != schooltest.MustJSON(was.Scaffolds[0].Then)):
			t.Errorf("%s: %s", name, schooltest.MustJSON(it.Scaffolds))
		}
	}
}

// A teacher writes the answer beside the hint that asks for it; what is shown once it is done follows from that.
func TestAddItem_AHintMayAskAStep(t *testing.T) {
	s := schooltest.New(t, 1)
	d := bags(s.Skill("a"))
	d.Hints = []string{"How many bags are there?", "Write it as a product.", "Which is it?"}
	d.Steps = []authoring.DraftStep{{Rung: 1, Kind: item.Number, Key: "a", Unit: "bags"}, {Rung: 2, Kind: item.Expression, Key: "[[a]] \\cdot [[b]]"},
		{Rung: 3, Kind: item.Choice, Options: []authoring.DraftOption{{Text: "times", Right: true}, {Text: "plus"}}}}
	it := itemAt(s, adds(s, d))
	v, err := item.Draw(*it, 5)
	if err != nil {
		t.Fatal(err)
	}
	for rung, want := range []string{v.Values["a"] + " bags", v.Values["a"] + "⋅" + v.Values["b"], "times"} {
		_, then, ok, err := v.Scaffold(rung + 1)
		if got := schooltest.Plain(then); err != nil || !ok || got != want {
			t.Errorf("step %d shows %q, %v; want %q", rung+1, got, err, want)
		}
	}
	for name, step := range map[string]authoring.DraftStep{
		"nothing":                 {Rung: 2, Kind: item.Number},
		"a name that is none":     {Rung: 2, Kind: item.Number, Key: "q"},
		"no mathematics":          {Rung: 2, Kind: item.Expression, Key: "((2"},
		"a kind that no step has": {Rung: 2, Kind: item.Short, Key: "two"},
		"no choice is right":      {Rung: 2, Kind: item.Choice, Options: []authoring.DraftOption{{Text: "a"}, {Text: "b"}}},
	} {
		d.Steps = []authoring.DraftStep{step}
		out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: d})
		if len(out.Faults) == 0 || out.Faults[0].Field != "steps" || out.Faults[0].At != 1 {
			t.Errorf("%s: %s", name, schooltest.MustJSON(out.Faults))
		}
	}
}

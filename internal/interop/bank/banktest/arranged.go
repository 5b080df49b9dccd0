package banktest

import (
	"slices"
	"testing"

	"kith/internal/flow/intake"
	"kith/internal/item"
)

// Arranged proves the items of our own kitchens that are put in order, matched, sorted, tapped, written and asked in steps. Every format
// that says them all has them in its fixture.
func Arranged(t *testing.T, b intake.Bundle) {
	t.Helper()
	for _, c := range []struct {
		code string
		ok   func(it item.Item) bool
	}{
		{"Word", func(it item.Item) bool {
			return it.Kind == item.Short && slices.Equal(it.Accepts[:2], []string{"seven", "7"}) && it.Pattern == "se+ven" && slices.Equal(it.Exact, []string{"case", "marks"}) &&
				it.Mistakes[0].Yields[0] == "eight" && it.Mistakes[0].Nudge.Plain(nil) == "One less."
		}},
		{"Plain word", func(it item.Item) bool { return it.Kind == item.Short && slices.Equal(it.Accepts, []string{"a baker"}) }},
		{"Lowest", func(it item.Item) bool {
			return it.Kind == item.Expression && it.Key == "1/2" && it.Unit == "kg" && slices.Equal(it.Forms, []string{"lowest-terms"}) && slices.Equal(it.Scaffolds[0].Forms, []string{"lowest-terms"})
		}},
		{"Essay", func(it item.Item) bool {
			return it.Kind == item.Long && len(it.Rubric) == 1 && it.Rubric[0].Name == "Reason" && slices.Equal(it.Rubric[0].Levels, []string{"none", "one | half : two", "three"})
		}},
		{"Photo", func(it item.Item) bool { return it.Kind == item.Upload && it.Rubric == nil }},
		{"Ranks", func(it item.Item) bool {
			return it.Kind == item.Ordering && it.Choices[0].Text.Plain(nil) == "one" && len(it.Choices) == 3 && it.Mistakes[0].Tag == "falls" && slices.Equal(it.Mistakes[0].Yields, []string{"3", "2", "1"})
		}},
		{"Pairs", func(it item.Item) bool {
			return it.Kind == item.Matching && len(it.Groups) == 2 && it.Choices[0].Mistake == "Pairs: 5" && it.Choices[1].Group == 1 && it.Choices[2].Group == item.Nowhere
		}},
		{"Groups", func(it item.Item) bool {
			return it.Kind == item.Sorting && len(it.Groups) == 3 && it.Groups[0].Text.Plain(nil) == "none" && it.Choices[0].Group == 1 && it.Choices[1].Group == 2 && it.Choices[2].Group == 1
		}},
		{"Places", func(it item.Item) bool {
			return it.Kind == item.Hotspot && it.Choices[0].Right && it.Choices[0].Area.Round && it.Choices[1].Area.Width == 200 && !it.Choices[1].Nudge.Empty() && it.Choices[2].Right &&
				len(it.Choices[2].Area.Points) == 6 && it.Text.Plain(nil) == "Tap two." && it.Picture.Nodes[0].Alt == "A circle, a square and a triangle"
		}},
		{"Asks", func(it item.Item) bool {
			at := slices.IndexFunc(it.Scaffolds, func(s item.Scaffold) bool { return s.Kind == item.Number })
			choice := slices.IndexFunc(it.Scaffolds, func(s item.Scaffold) bool { return s.Kind == item.Choice })
			return at >= 0 && choice >= 0 && it.Scaffolds[at].Key == "8" && it.Scaffolds[at].Unit == "dollars" && it.Scaffolds[at].Then.Plain(nil) == "Four times 2 is 8." &&
				it.Hints[it.Scaffolds[at].Rung-1].Plain(nil) == "What do four rolls cost?" && it.Scaffolds[choice].Ordered && !it.Scaffolds[choice].Choices[1].Nudge.Empty()
		}},
	} {
		if it := Find(t, b, c.code); !c.ok(it) {
			t.Errorf("%+v", it)
		}
	}
	for _, it := range b.Items {
		if err := item.Check(it); err != nil {
			t.Errorf("%s: %v", it.Code, err)
		}
	}
}

package authoring_test

import (
	"testing"

	"kith/internal/flow"
	"kith/internal/flow/authoring"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
)

// a-1 asks a step at its only hint. A copy keeps it while the hint reads as it did, wherever it stands; a rewritten hint has none.
func TestAddItem_ACopyKeepsTheStepsOfHintsThatStay(t *testing.T) {
	s := schooltest.New(t, 1)
	page := schooltest.Show(s, authoring.Author, s.Okafor, authoring.AuthorIn{Class: s.Class, Skill: s.Skill("a"), Item: s.Item("a-1")})
	copied := func(change func(d *authoring.Draft)) *item.Item {
		d := *page.Draft
		d.Hints = append([]string{}, d.Hints...)
		change(&d)
		out := schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: op(), Class: s.Class, From: s.Item("a-1"), Draft: d})
		var it *item.Item
		s.Look(s.Okafor, func(l *flow.Look) (err error) {
			it, err = library.ItemVersion(l, out.Item, int64(out.Version))
			return err
		})
		return it
	}
	it := copied(func(d *authoring.Draft) {
		d.Text = "What is 2 times [[n]]?"
		d.Hints = append([]string{"Draw it."}, d.Hints...)
	})
	if len(it.Scaffolds) != 1 || it.Scaffolds[0].Rung != 2 || len(it.Hints) != 2 || len(it.Hints[1].Nodes) != 1 {
		t.Errorf("kept: %s", schooltest.MustJSON(it))
	}
	if it := copied(func(d *authoring.Draft) { d.Hints[0] = "Count on." }); len(it.Scaffolds) != 0 || len(it.Hints) != 1 {
		t.Errorf("rewritten: %s", schooltest.MustJSON(it))
	}
}

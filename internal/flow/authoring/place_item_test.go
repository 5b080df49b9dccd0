package authoring_test

import (
	"testing"

	"kith/internal/flow/authoring"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
)

// What is placed is written like everything else: its faults stand at the field that mends them, and a try says the slip.
func TestCheckItem_WhatIsPlaced(t *testing.T) {
	s := schooltest.New(t, 1)
	for _, c := range []struct {
		kind                   item.Kind
		key, axes, field, code string
	}{
		{item.NumberLine, "3/4", "0..2 by 1 snap 1/4", "", ""},
		{item.NumberLine, "[[a]]/[[b]]", "0..5 by 1 snap 1/b", "", ""},
		{item.Interval, "x >= [[a]]", "-10..10 by 2 snap 1", "", ""},
		{item.Plane, "y = [[a]]x", "x 0..10 by 1, y 0..10*a by a", "", ""},
		{item.NumberLine, "3/4", "", "axes", "fault.author.axes"},
		{item.NumberLine, "3/4", "from 0 to 2", "axes", "fault.author.axes"},
		{item.NumberLine, "3/4", "0..1000000 by 1", "axes", "fault.author.axes_size"},
		{item.NumberLine, "30", "0..2 by 1", "axes", "fault.author.off_axes"},
		{item.NumberLine, "3/4", "0..q by 1", "axes", "fault.author.name"},
		{item.NumberLine, "(3, 4)", "0..2 by 1", "key", "fault.author.place"},
		{item.Plane, "(3", "x 0..4, y 0..4", "key", "fault.author.maths"},
	} {
		d := authoring.Draft{Skill: s.Skill("a"), Kind: c.kind, Text: "Where?", Key: c.key, Axes: c.axes, Draw: []item.Param{{Name: "a", From: 2, To: 5}, {Name: "b", From: 2, To: 5}}}
		out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: d})
		switch {
		case c.field == "" && (len(out.Faults) > 0 || len(out.Variants) != 3 || out.Variants[0].Asked.Axes == nil):
			t.Errorf("%s on %q: %s", c.key, c.axes, schooltest.MustJSON(out))
		case c.field != "" && (len(out.Faults) == 0 || out.Faults[0].Field != c.field || out.Faults[0].Say.Code != c.code):
			t.Errorf("%s on %q: %s, want %s at %s", c.key, c.axes, schooltest.MustJSON(out.Faults), c.code, c.field)
		}
	}
	d := authoring.Draft{Skill: s.Skill("a"), Kind: item.Plane, Text: "Where?", Key: "(2, 3)", Axes: "x 0..5, y 0..5"}
	told := schooltest.Show(s, authoring.TryItem, s.Okafor, authoring.TryItemIn{Class: s.Class, Draft: d, DrawN: 1, Response: item.Response{Boxes: []string{"(3, 2)"}}})
	if told.Outcome != item.NotYet || told.Slip == nil || told.Slip.Code != "slip.swapped" {
		t.Errorf("(3, 2) for (2, 3): %s", schooltest.MustJSON(told))
	}
	it, faults := authoring.Read(d, "me")
	if v, err := library.PreviewVariant(it, 1); len(faults) > 0 || err != nil {
		t.Errorf("%v %v", faults, err)
	} else if r, ok := library.Given(it.Kind, v, -1); !ok || r.Boxes[0] != "(2, 3)" {
		t.Errorf("what is right would be given as %v", r)
	}
}

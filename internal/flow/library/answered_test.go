package library_test

import (
	"reflect"
	"testing"

	"kith/internal/doc"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
)

func TestAsAnswered_ReadsAsItWasGiven(t *testing.T) {
	text := func(s string) []doc.El { return []doc.El{{T: s}} }
	for _, c := range []struct {
		asked item.Asked
		given item.Response
		want  string
	}{
		{item.Asked{Kind: item.Number, Unit: "cups"}, item.Response{Boxes: []string{" 12 "}}, "12 cups"},
		{item.Asked{Kind: item.Number, Unit: "cups"}, item.Response{Boxes: []string{"12 Cups"}}, "12 Cups"},
		{item.Asked{Kind: item.Blanks, Boxes: []item.AskedBox{{Before: "With 6:", After: "blue"}, {Before: "With 30:", After: "blue"}}}, item.Response{Boxes: []string{"8", "9"}}, "With 6: 8 blueWith 30: 9 blue"},
		{item.Asked{Kind: item.Fraction}, item.Response{Boxes: []string{"1", "3", "4"}}, "1 3/4"},
		{item.Asked{Kind: item.Fraction}, item.Response{Boxes: []string{"2", "", ""}}, "2"},
		{item.Asked{Kind: item.Blanks, Boxes: []item.AskedBox{{Before: "red", After: ":"}, {After: "blue"}}}, item.Response{Boxes: []string{"2", "5"}}, "red 2 : 5 blue"},
		{item.Asked{Kind: item.Choice, Options: []item.Offered{{Index: 1, Text: text("no")}, {Index: 0, Text: text("yes")}}}, item.Response{Chosen: []int{0}}, "yes"},
	} {
		if got := schooltest.Plain(library.AsAnswered(c.asked, c.given)); got != c.want {
			t.Errorf("%s: %q, want %q", c.asked.Kind, got, c.want)
		}
	}
}

func TestCredit_NamesEachSourceOnce(t *testing.T) {
	a, b := item.Attribution{Source: "A", Licence: "CC BY 4.0"}, item.Attribution{Source: "B"}
	var all []item.Attribution
	for _, c := range []*item.Attribution{&a, nil, &b, {Source: "A", Licence: "CC BY 4.0"}} {
		all = library.AddCredit(all, c)
	}
	if !reflect.DeepEqual(all, []item.Attribution{a, b}) {
		t.Errorf("credits %+v", all)
	}
}

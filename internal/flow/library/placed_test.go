package library_test

import (
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/skill"
)

// What was placed is a picture with its own words; what no picture reaches, and what could not be read, stays text.
func TestAsGiven_DrawsWhatWasPlaced(t *testing.T) {
	text, err := doc.Parse("Where?", doc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind                item.Kind
		axes, key, response string
		holds               string // in the picture; "" = no picture
	}{
		{item.NumberLine, `0..2 by 1 snap 1/4 "miles"`, "3/4", "7/4", "fig-point"},
		{item.NumberLine, "0..2 by 0.5", "1/2", "3/2", ">1.5<"},
		{item.NumberLine, "0..2 by 1/2", "1/2", "3/2", ">3/2<"},
		{item.Interval, "-5..5 by 1", "x > 2", "x ≤ 2", "fig-stick"},
		{item.Interval, "-5..5 by 1", "x > 2", "(−∞, −1) ∪ [3, 4]", "fig-end"},
		{item.Plane, `x 0..5 "[a] | b", y -5..5`, "(1, 2)", "(2, 1)", "fig-point"},
		{item.Plane, "x 0..5, y 0..5", "y = x", "(0, 0), (4, 2)", "fig-plot"},
		{item.Plane, "x 0..5, y 0..5", "y = x", "x = 2", ""},
		{item.Plane, "x 2..5, y 2..5", "(3, 3)", "(4, 4)", ""},
		{item.NumberLine, "0..2 by 1", "1", "9", ""},
	} {
		v, err := item.Draw(item.Item{ID: "p", Version: 1, Code: "p", Kind: c.kind, Skills: []skill.ID{"s"}, Text: text, Axes: c.axes, Key: c.key, Author: "me"}, 1)
		if err != nil {
			t.Fatalf("%s: %v", c.key, err)
		}
		asked, err := v.Asked()
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := doc.HTML(library.AsGiven(v, asked, item.Response{Boxes: []string{c.response}}))
		if err != nil {
			t.Fatal(err)
		}
		got := string(drawn)
		if c.holds == "" && strings.Contains(got, "<svg") || !strings.Contains(got, c.holds) || !strings.Contains(got, c.response) {
			t.Errorf("%s: %s", c.response, got)
		}
	}
}

// On paper and on a board, what is placed needs its axes.
func TestTextOf_ShowsTheAxes(t *testing.T) {
	text, err := doc.Parse("Where?", doc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	v, err := item.Draw(item.Item{ID: "p", Version: 1, Code: "p", Kind: item.NumberLine, Skills: []skill.ID{"s"}, Text: text, Axes: `0..2 by 1/2 "miles"`, Key: "1", Author: "me"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := v.Asked()
	if err != nil {
		t.Fatal(err)
	}
	shown, _ := library.TextOf(asked)
	got, err := doc.HTML(shown)
	if err != nil || !strings.Contains(string(got), ">miles<") || strings.Contains(string(got), "fig-point") {
		t.Errorf("%v %s", err, got)
	}
}

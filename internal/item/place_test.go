package item

import (
	"encoding/json"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/item/algebra/near"
	"kith/internal/skill"
)

func placed(t testing.TB, kind Kind, axes, key string) Item {
	t.Helper()
	return Item{ID: "p", Version: 1, Code: "p/p", Kind: kind, Skills: []skill.ID{"s"}, Text: text(t, "Where?"), Axes: axes, Key: key,
		Hints: []doc.Doc{text(t, "Look.")}, Solution: text(t, "There.")}
}

// TestScore_PlacesByExactValue: what is judged is where it lies, however it was written; what cannot be placed never counts.
func TestScore_PlacesByExactValue(t *testing.T) {
	const line, grid = "0..2 by 1 snap 1/4", "x 0..10 by 1, y 0..20 by 2 snap 1"
	wide := "-10..10 by 2 snap 1"
	for _, c := range []struct {
		kind      Kind
		axes, key string
		answer    string
		outcome   Outcome
		said      string // the slip, or what is the matter
	}{
		{NumberLine, line, "3/4", "3/4", Right, ""},
		{NumberLine, line, "3/4", "0.75", Right, ""},
		{NumberLine, line, "3/4", "0,75", Right, ""},
		{NumberLine, line, "3/4", "x = 6/8", Right, ""},
		{NumberLine, line, "3/4", "0.7", NotYet, "rounding"}, // between two places, and exactly another number
		{NumberLine, line, "3/4", "4/3", NotYet, "reciprocal"},
		{NumberLine, line, "3/4", "1/2", NotYet, "one-place"},
		{NumberLine, line, "3/4", "2 1/4", Unread, "outside"},
		{NumberLine, line, "3/4", "(3, 4)", Unread, "place-number"},
		{NumberLine, line, "3/4", "3/", Unread, "missing"},
		{NumberLine, line, "3/4", "", Unread, "empty"},
		{NumberLine, wide, "-4", "4", NotYet, "sign"},
		{NumberLine, wide, "-4, 3", "3, -4", Right, ""},
		{NumberLine, wide, "-4, 3", "3", NotYet, "missing-solution"},
		{NumberLine, wide, "-4, 3", "3, -4, 1", NotYet, "extra-solution"},
		{NumberLine, wide, "3, 5", "3,5", Right, ""},

		{Interval, wide, "[2, inf)", "x ≥ 2", Right, ""},
		{Interval, wide, "[2, inf)", "[2, ∞)", Right, ""},
		{Interval, wide, "n >= 2", "[2, inf)", Right, ""},
		{Interval, wide, "[2, inf)", "x > 2", NotYet, "endpoint"},
		{Interval, wide, "[2, inf)", "(-∞, 2]", NotYet, "reversed-inequality"},
		{Interval, wide, "[2, inf)", "[-2, ∞)", NotYet, "sign"},
		{Interval, wide, "(-3, 4]", "-3 < x <= 4", Right, ""},
		{Interval, wide, "(-3, 4]", "[-3, 4]", NotYet, "endpoint"},
		{Interval, wide, "(-3, 4)", "(-3, 4)", Right, ""},
		{Interval, wide, "x < -1 or x >= 3", "(-∞, -1) ∪ [3, ∞)", Right, ""},
		{Interval, wide, "x < -1 or x >= 3", "(-∞, -1)", NotYet, "missing-solution"},
		{Interval, wide, "[2, inf)", "[12, ∞)", Unread, "outside"},
		{Interval, wide, "[2, inf)", "x ≥ y", Unread, "place-span"},

		{Plane, grid, "(2, 3)", "(2, 3)", Right, ""},
		{Plane, grid, "(2, 3)", "2, 3", Right, ""},
		{Plane, grid, "(2, 3)", "x = 2, y = 3", Right, ""},
		{Plane, grid, "(2, 4)", "(4, 2)", NotYet, "swapped"},
		{Plane, grid, "(4, 2)", "(4, 6)", NotYet, "one-coordinate"},
		{Plane, grid, "(4, 2)", "(4, 22)", Unread, "outside"},
		{Plane, grid, "(4, 2)", "7", Unread, "place-point"},
		{Plane, grid, "(1, 4), (2, 8)", "(2, 8), (1, 4)", Right, ""},
		{Plane, grid, "(1, 4), (2, 8)", "(4, 1), (8, 2)", NotYet, "swapped"},
		{Plane, grid, "(1, 4), (2, 8)", "(1, 4), (8, 2)", NotYet, "swapped"},
		{Plane, grid, "(1, 4), (2, 8)", "(1, 4), (3, 3)", NotYet, "extra-solution"},
		{Plane, grid, "(1, 4), (2, 8)", "(1, 4)", NotYet, "missing-solution"},
		{Plane, grid + ", segment", "(0, 0), (4, 8)", "(4, 8), (0, 0)", Right, ""},

		{Plane, grid, "y = 2x", "(0, 0), (5, 10)", Right, ""},
		{Plane, grid, "y = 2x", "(1, 2), (3, 6)", Right, ""},
		{Plane, grid, "y = 2x", "2x - y = 0", Right, ""},
		{Plane, grid, "y = 2x", "2x", Right, ""},
		{Plane, grid + ", line", "(1, 2), (2, 4)", "y = 2x", Right, ""},
		{Plane, grid, "x = 3", "(3, 0), (3, 8)", Right, ""},
		{Plane, grid, "y = 2x", "(0, 0), (4, 2)", NotYet, "swapped"},
		{Plane, grid, "y = 2x", "(0, 2), (1, 4)", NotYet, "start"},
		{Plane, grid, "y = 2x", "(0, 0), (1, 6)", NotYet, "steepness"},
		{Plane, grid, "y = 2x + 1", "y = 3x + 1", NotYet, "steepness"},
		{Plane, grid, "y = 2x + 2", "(1, 4), (3, 10)", NotYet, "one-point"},
		{Plane, grid, "y = 2x", "y = -2x", NotYet, "sign"},
		{Plane, grid, "y = 2x", "(1, 2)", Unread, "place-line"},
		{Plane, grid, "y = 2x", "(1, 2), (1, 2)", Unread, "place-line"},
		{Plane, grid, "y = 2x", "y = x^2", Unread, "place-line"},
		{Plane, grid, "y = 2x", "y = x + 90", Unread, "outside"},
	} {
		it := placed(t, c.kind, c.axes, c.key)
		if err := Check(it); err != nil {
			t.Fatalf("%s: %v", c.key, err)
		}
		v, err := Draw(it, 1)
		if err != nil {
			t.Fatalf("%s on %s: %v", c.key, c.axes, err)
		}
		j, err := Score(v, Response{Boxes: []string{c.answer}})
		if err != nil {
			t.Fatal(err)
		}
		said := j.Near
		if j.Outcome == Unread {
			said = string(j.Why)
		}
		if j.Outcome != c.outcome || said != c.said {
			t.Errorf("%s %q for %q: %s %q, want %s %q", c.kind, c.answer, c.key, j.Outcome, said, c.outcome, c.said)
		}
	}
}

// TestScore_PlacedMistakeIsNamedByWhatItYieldsOrBySlip shows both ways to know a mistake.
func TestScore_PlacedMistakeIsNamedByWhatItYieldsOrBySlip(t *testing.T) {
	it := placed(t, Plane, "x 0..[[4]]", "")
	it.Axes, it.Key = "x 0..2*a by 1, y 0..10 by 1", "([[a]], [[a+1]])"
	it.Draw = []Param{{Name: "a", From: 3, To: 8}}
	it.Mistakes = []Mistake{{Tag: "one-less", Yields: []string{"([[a]], [[a-1]])"}, Nudge: text(t, "Why?")}, {Tag: "across", Near: string(near.Swapped), Nudge: text(t, "Why?")}}
	if err := Check(it); err != nil {
		t.Fatal(err)
	}
	v := recall(t, it, "a", "4")
	for answer, tag := range map[string]string{"(4, 3)": "one-less", "(5, 4)": "across", "(1, 1)": ""} {
		if j, _ := Score(v, Response{Boxes: []string{answer}}); j.Outcome != NotYet || j.Mistake != tag {
			t.Errorf("%s: %s %q, want %q", answer, j.Outcome, j.Mistake, tag)
		}
	}
}

// TestDraw_RefusesWhatNobodyCouldPlace: a key off the axes or between places is drawn again, or refused.
func TestDraw_RefusesWhatNobodyCouldPlace(t *testing.T) {
	for _, c := range []struct {
		kind      Kind
		axes, key string
	}{
		{NumberLine, "0..2 by 1 snap 1/4", "1/3"}, {NumberLine, "0..2 by 1", "3"}, {NumberLine, "2..0 by 1", "1"}, {NumberLine, "0..1000 by 1", "3"}, {NumberLine, "0..4 by 1 snap 3", "3"},
		{Plane, "x 0..10 by 1, y 0..10 by 2", "(2, 3)"}, {Plane, "x 0..10 by 1, y 0..10 by 1", "y = 11x"}, {Plane, "x 0..10 by 1, y 0..10 by 1, segment", "(2, 3)"},
		{Interval, "0..5 by 1", "[2, 7]"},
	} {
		if _, err := Draw(placed(t, c.kind, c.axes, c.key), 1); err == nil {
			t.Errorf("%s on %q was drawn", c.key, c.axes)
		}
	}
	it := placed(t, NumberLine, "0..6 by 1", "[[a]]")
	it.Draw = []Param{{Name: "a", From: 1, To: 20}}
	for seed := range uint64(50) {
		v, err := Draw(it, seed)
		if err != nil {
			t.Fatal(err)
		}
		if text, _ := v.KeyText(); len(text) > 1 || text > "6" {
			t.Errorf("%s lies off the axes", text)
		}
	}
}

func TestCheck_RefusesAxesThatCannotBeRead(t *testing.T) {
	for _, c := range []struct {
		kind      Kind
		axes, key string
	}{
		{NumberLine, "", "1"}, {NumberLine, "0 to 3", "1"}, {NumberLine, "x 0..3, y 0..3", "1"}, {Plane, "0..3", "(1, 1)"}, {NumberLine, "0..q by 1", "1"},
		{NumberLine, "0..3, 0..4", "1"}, {NumberLine, "0..3, line", "1"}, {NumberLine, `0..3, mark (1, 2) "a"`, "1"}, {Number, "0..3", "1"}, {Plane, "x 0..3, y 0..3", "(1"},
	} {
		if err := Check(placed(t, c.kind, c.axes, c.key)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s %q %q: %v", c.kind, c.axes, c.key, err)
		}
	}
}

// TestAsked_TellsTheAxesAndNotTheKey: a browser gets what it needs to draw, in the variant's numbers.
func TestAsked_TellsTheAxesAndNotTheKey(t *testing.T) {
	it := placed(t, NumberLine, `0..[[`, "")
	it.Axes, it.Key = `0..a by a/4 snap a/8 "minutes", mark 0 "0 km", mark a/2 "[[b]] km"`, "[[a/8]]"
	it.Draw = []Param{{Name: "a", From: 24, To: 24}, {Name: "b", From: 7, To: 7}}
	v := recall(t, it, "a", "24", "b", "7")
	a, err := v.Asked()
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(a.Axes)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"x":{"from":"0","to":"24","step":"6","snap":"3","label":"minutes"},"marks":[{"at":["0"],"text":"0 km"},{"at":["12"],"text":"7 km"}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestReadBack_SaysWhereItLies and nothing of right or not: right and not yet read alike.
func TestReadBack_SaysWhereItLies(t *testing.T) {
	v, err := Draw(placed(t, Plane, "x 0..10 by 1, y 0..20 by 2", "y = 2x"), 1)
	if err != nil {
		t.Fatal(err)
	}
	for answer, want := range map[string]string{
		"y = 2x":           `{"line":["1","-1/2","0"]}`,
		"y = 3x":           `{"line":["1","-1/3","0"]}`,
		"(0, 0), (1.5, 2)": `{"points":[["0","0"],["3/2","2"]],"line":["1","-3/4","0"]}`,
		"(0, 0)":           "null place-line",
		"y = x + 99":       "null outside",
	} {
		r, err := ReadBack(v, Response{Boxes: []string{answer}}, false)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := json.Marshal(r.Placed)
		if said := strings.TrimSpace(string(got) + " " + string(r.Why)); said != want {
			t.Errorf("%s: %s, want %s", answer, said, want)
		}
	}
}

// TestReadBack_CommaLiesWhereItCan: what is shown lies where the answer is judged, also where a page's language reads a comma otherwise.
func TestReadBack_CommaLiesWhereItCan(t *testing.T) {
	v, err := Draw(placed(t, NumberLine, "0..2 by 1 snap 1/2", "3/2"), 1)
	if err != nil {
		t.Fatal(err)
	}
	for answer, want := range map[string]string{"1,5": `{"numbers":["3/2"]} 1.5`, "1, 2": `{"numbers":["1","2"]} 1, 2`, "7,5": "null 7, 5 outside"} {
		r, err := ReadBack(v, Response{Boxes: []string{answer}}, false)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := json.Marshal(r.Placed)
		if said := strings.TrimSpace(string(got) + " " + r.ReadAs + " " + string(r.Why)); said != want {
			t.Errorf("%s: %s, want %s", answer, said, want)
		}
	}
}

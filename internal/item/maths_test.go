package item

import (
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/item/algebra/read"
)

// spread asks to multiply out [[c]](x + [[d]]).
func spread(t testing.TB) Item {
	return Item{
		ID: "m1", Version: 1, Code: "polynomials/spread", Kind: Expression, Skills: skills("multiply"),
		Draw: []Param{{Name: "c", From: -5, To: 5}, {Name: "d", From: -6, To: 6}}, Keep: []string{"c != 0 && c != 1 && c != -1 && d != 0"},
		Text: text(t, "Multiply out: [[c]] times the bracket x + [[d]]."), Key: "[[c]]x + [[c*d]]", Forms: []string{"expanded"},
		Mistakes: []Mistake{
			{Tag: "first-only", Yields: []string{"[[c]]x + [[d]]"}, Nudge: text(t, "You multiplied x by [[c]]. What about [[d]]?")},
			{Tag: "sign", Near: "sign", Nudge: text(t, "Look at the signs. What is [[c]] times [[d]]?")},
		},
		Hints: []doc.Doc{text(t, "Each term is multiplied.")}, Solution: text(t, "[[c]]x and [[c*d]]"),
	}
}

// solve asks for the x of 2x + b = c.
func solve(t testing.TB) Item {
	return Item{
		ID: "m2", Version: 1, Code: "equations/solve", Kind: Equation, Skills: skills("solve"),
		Draw: []Param{{Name: "x", From: 2, To: 9}, {Name: "b", From: 1, To: 9}},
		Text: text(t, "Solve 2x + [[b]] = [[2*x+b]]."), Key: "x = [[x]]",
		Mistakes: []Mistake{{Tag: "not-divided", Yields: []string{"x = [[2*x]]"}, Nudge: text(t, "[[2*x]] is two x. What is one?")}},
		Hints:    []doc.Doc{text(t, "Take [[b]] away.")}, Solution: text(t, "x is [[x]]"),
	}
}

func TestScore_Mathematics(t *testing.T) {
	minus := recall(t, spread(t), "c", "-2", "d", "3") // key -2x - 6
	four := recall(t, spread(t), "c", "4", "d", "3")   // key 4x + 12
	one := recall(t, solve(t), "x", "4", "b", "3")     // key x = 4
	long := solve(t)
	long.Kind, long.Key, long.Unit, long.Mistakes = Expression, "[[x]]/2", "cm", nil
	length := recall(t, long, "x", "5", "b", "1") // key 5/2 cm
	for _, c := range []struct {
		v           Variant
		typed       string
		want        Outcome
		tag, formed string
	}{
		{four, "4x+12", Right, "", ""}, {four, "12 + 4x", Right, "", ""}, {four, `4x+12`, Right, "", ""}, {four, "4(x+3)", NotYet, "", "expanded"}, {four, "4x+3", NotYet, "first-only", ""}, {four, "3 + 4x", NotYet, "first-only", ""}, {four, "4x-12", NotYet, "sign", ""}, {four, "5x", NotYet, "", ""}, {four, "4x+", Unread, "", ""}, {four, "", Unread, "", ""},
		{minus, "-2x-6", Right, "", ""}, {minus, "−2x − 6", Right, "", ""}, {minus, "-2x+3", NotYet, "first-only", ""}, {minus, "2x+6", NotYet, "sign", ""},
		{one, "x=4", Right, "", ""}, {one, "4", Right, "", ""}, {one, "X = 4.0", Right, "", ""}, {one, "2x = 8", NotYet, "", "solved"}, {one, "2x+3=11", NotYet, "", "solved"}, {one, "8", NotYet, "not-divided", ""}, {one, "x = 8", NotYet, "not-divided", ""},
		{length, "2.5", Right, "", ""}, {length, "2.5 cm", Right, "", ""}, {length, "25 mm", Right, "", ""}, {length, "5/2", Right, "", ""}, {length, "2.5 km", NotYet, "", ""},
	} {
		got, err := Score(c.v, Response{Boxes: []string{c.typed}})
		if err != nil || got.Outcome != c.want || got.Mistake != c.tag || got.FormMiss != c.formed {
			t.Errorf("%s %q: %+v, %v; want %s %q %q", c.v.it.Code, c.typed, got, err, c.want, c.tag, c.formed)
		}
		if (got.ReadAs == "") != (c.want == Unread) || (got.Outcome == Unread) != (got.Where == 1 && got.At > 0) {
			t.Errorf("%s %q: read as %q, at %d of box %d", c.v.it.Code, c.typed, got.ReadAs, got.At, got.Where)
		}
		if (got.Mistake != "") == got.Nudge.Empty() {
			t.Errorf("%s %q: mistake %q and nudge do not go together", c.v.it.Code, c.typed, got.Mistake)
		}
		reading, err := ReadBack(c.v, Response{Boxes: []string{c.typed}}, false)
		if err != nil || got.Outcome != Unread && (reading.ReadAs != got.ReadAs || len(reading.Drawn) != 1) || reading.At != got.At && reading.Why != read.Doubtful {
			t.Errorf("%s %q is read back as %+v, %v", c.v.it.Code, c.typed, reading, err)
		}
	}
	if text, tex := minus.KeyText(); text != "-2x - 6" || tex == "" {
		t.Errorf("the key reads %q, %q", text, tex)
	}
	for _, r := range []Response{{}, {Boxes: []string{"1", "2"}}, {Chosen: []int{0}}} {
		if _, err := Score(four, r); codeOf(err) != "fault.item.boxes" {
			t.Errorf("%+v: %v", r, err)
		}
	}
}

// A reading that is shown while somebody types must not tell whether it is right: x2 is 2x for one key and x^2 for another, and
// 3,5 three and a half or two numbers, and both are read the same whatever the key is.
func TestReadBack_SaysNothingOfTheKey(t *testing.T) {
	read := func(key, typed string, comma bool) Reading {
		it := solve(t)
		it.Kind, it.Draw, it.Let, it.Keep, it.Key, it.Mistakes = Expression, nil, nil, nil, key, nil
		it.Text, it.Hints, it.Solution, it.Variables = text(t, "Which?"), []doc.Doc{text(t, "So.")}, text(t, "So."), []string{"x"}
		v, err := Draw(it, 1)
		if err != nil {
			t.Fatal(err)
		}
		r, err := ReadBack(v, Response{Boxes: []string{typed}}, comma)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for _, typed := range []string{"x2", "3,5", "1,200", "(3,5)", "x(x+2)", "3 1/2"} {
		for _, comma := range []bool{false, true} {
			a, b := read("2x", typed, comma), read("x^2", typed, comma)
			c, d := read("7/2", typed, comma), read("35", typed, comma)
			if a.ReadAs != b.ReadAs || a.Why != b.Why || c.ReadAs != d.ReadAs || a.ReadAs != c.ReadAs {
				t.Errorf("%q (comma %v) is read as %q %q %q %q", typed, comma, a.ReadAs, b.ReadAs, c.ReadAs, d.ReadAs)
			}
		}
	}
	if r := read("7/2", "3,5", true); r.ReadAs != "3.5" || r.Drawn[0].C[0].C[0].T != "3,5" {
		t.Errorf("3,5 where commas part decimals is %+v", r)
	}
	if r := read("2x", "x2", false); r.Why == "" || len(r.Drawn) == 0 {
		t.Errorf("x2 is read without a doubt: %+v", r)
	}
	if r := read("2x", "2x + (", false); r.Why == "" || r.At == 0 || len(r.Drawn) > 0 {
		t.Errorf("2x + ( is read as %+v", r)
	}
}

// A draw in which a mistake comes to the key is drawn again: c·d = d only when c is 1, which keep leaves out, so 2x + 3 for
// c = 2, d = 3 names nothing wrong; without keep it would.
func TestDraw_RefusesMathematicsWhoseMistakeIsTheKey(t *testing.T) {
	it := spread(t)
	it.Keep = nil
	if _, err := Recall(it, 1, map[string]string{"c": "1", "d": "3"}); codeOf(err) != "fault.item.draw_none" {
		t.Errorf("a mistake that is the key: %v", err)
	}
	for seed := range uint64(50) {
		v, err := Draw(spread(t), seed)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := v.KeyText()
		if j, err := Score(v, Response{Boxes: []string{text}}); err != nil || j.Outcome != Right {
			t.Errorf("seed %d: the key %q is %+v, %v", seed, text, j, err)
		}
	}
}

func TestCheck_RefusesUnsoundMathematics(t *testing.T) {
	if err := Check(spread(t)); err != nil {
		t.Fatal(err)
	}
	if err := Check(solve(t)); err != nil {
		t.Fatal(err)
	}
	matrix := solve(t)
	matrix.Draw, matrix.Text, matrix.Key, matrix.Mistakes, matrix.Hints, matrix.Solution = nil, text(t, "Which matrix?"), "[[1, 2], [3, 4]]", nil, []doc.Doc{text(t, "Rows.")}, text(t, "That one.")
	if err := Check(matrix); err != nil {
		t.Errorf("a matrix for a key: %v", err)
	}
	if v, err := Draw(matrix, 1); err != nil {
		t.Error(err)
	} else if j, _ := Score(v, Response{Boxes: []string{`\begin{bmatrix}1&2\\3&4\end{bmatrix}`}}); j.Outcome != Right {
		t.Errorf("the matrix itself is %+v", j)
	}
	for where, change := range map[string]func(*Item){
		"key":          func(it *Item) { it.Key = "" },
		"key ":         func(it *Item) { it.Key = "2x +" },
		"key  ":        func(it *Item) { it.Key = "[[q]]x" },
		"key   ":       func(it *Item) { it.Key = "1/0" },
		"forms[0]":     func(it *Item) { it.Forms = []string{"pretty"} },
		"variables[1]": func(it *Item) { it.Variables = []string{"x", "x"} },
		"tolerance":    func(it *Item) { it.Tolerance = "near" },
		"second":       func(it *Item) { it.Second = "2x" },
		"mistakes[0]":  func(it *Item) { it.Mistakes[0].Near = "sign" },
		"mistakes[1]":  func(it *Item) { it.Mistakes[1].Near = "" },
		"boxes":        func(it *Item) { it.Boxes = []Box{{Key: "1", Label: "x"}} },
	} {
		it := spread(t)
		change(&it)
		err := Check(it)
		if err == nil || argsOf(err)["where"] != strings.TrimSpace(where) {
			t.Errorf("%s: %v, %v", where, err, argsOf(err))
		}
	}
	number := shares(t)
	number.Forms = []string{"exact"}
	if Check(number) == nil {
		t.Error("a fraction took forms, which it does not judge")
	}
}

func TestDraw_PutsValuesIntoMathematics(t *testing.T) {
	for _, c := range []struct{ key, a, b, want string }{
		{"[[a]]x + [[b]]", "-3", "-2", "-3x - 2"}, {"[[a]]^2", "-3", "1", "(-3)^2"}, {"x - [[a]]", "-3", "1", "x - -3"}, {"[[a/b]]x", "2", "3", "(2/3)x"}, {"x^[[a]]", "-2", "1", "x^-2"}, {"y = [[a]]x [[signed(b)]]", "2", "-5", "y = 2x - 5"}, {"[[a/b]]", "-1", "2", "-0.5"}, {"([[a]], [[b]])", "-1", "2", "(-1, 2)"},
	} {
		it := solve(t)
		it.Draw, it.Key, it.Mistakes = []Param{{Name: "a", From: -9, To: 9}, {Name: "b", From: -9, To: 9}}, c.key, nil
		it.Text, it.Hints, it.Solution = text(t, "[[a]] [[b]]"), []doc.Doc{text(t, "So.")}, text(t, "So.")
		if got, _ := recall(t, it, "a", c.a, "b", c.b).KeyText(); got != c.want {
			t.Errorf("%s with %s, %s is %q, want %q", c.key, c.a, c.b, got, c.want)
		}
	}
}

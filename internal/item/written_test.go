package item

import (
	"slices"
	"strings"
	"testing"

	"kith/internal/doc"
)

// named is a short text with drawn words; saying is one for sentences with a rubric; sketch one for a photo.
func named(t testing.TB) Item {
	return Item{
		ID: "i8", Version: 1, Code: "x/named", Kind: Short, Skills: skills("x"),
		Draw: []Param{{Name: "who", Of: []string{"Ana", "José"}}},
		Text: text(t, "[[who]] mixes 2:3. What do we call 4:6?"), Accepts: []string{"equivalent ratio", "[[who]]’s ratio"}, Pattern: `(the )?same ratio( again)?`,
		Mistakes: []Mistake{{Tag: "equal-numbers", Yields: []string{"equal numbers"}, Nudge: text(t, "Which numbers are equal?")}},
		Hints:    []doc.Doc{text(t, "Look.")}, Solution: text(t, "An equivalent ratio"),
	}
}

func saying(t testing.TB) Item {
	return Item{
		ID: "i9", Version: 1, Code: "x/saying", Kind: Long, Skills: skills("x"), Text: text(t, "Why?"),
		Rubric: []Criterion{{"Says why", []string{"Not there yet", "Shows it", "Shows it and says why it works"}}, {"Draws", []string{"No drawing", "A drawing"}}},
		Hints:  []doc.Doc{text(t, "Look.")}, Solution: text(t, "Because."),
	}
}

func sketch(t testing.TB) Item {
	it := saying(t)
	it.ID, it.Code, it.Kind = "i10", "x/sketch", Upload
	return it
}

func TestCheck_WrittenKindsHoldTheirOwnParts(t *testing.T) {
	for _, it := range []Item{named(t), saying(t), sketch(t)} {
		if err := Check(it); err != nil {
			t.Errorf("%s: %v", it.Code, err)
		}
		if it.Kind.AtOnce() {
			t.Errorf("%s is judged at once", it.Kind)
		}
	}
	for _, k := range []Kind{Choice, Choices, Number, Fraction, Blanks, Expression, Equation} {
		if !k.AtOnce() {
			t.Errorf("%s has to wait", k)
		}
	}
	for name, broken := range map[string]func() Item{
		"no accepted text":          func() Item { it := named(t); it.Accepts = nil; return it },
		"a key":                     func() Item { it := named(t); it.Key = "1"; return it },
		"a pattern that is none":    func() Item { it := named(t); it.Pattern = "(ab"; return it },
		"a pattern that looks back": func() Item { it := named(t); it.Pattern = `(a)\1`; return it },
		"a pattern without end":     func() Item { it := named(t); it.Pattern = strings.Repeat("a", maxPattern+1); return it },
		"a pattern that explodes":   func() Item { it := named(t); it.Pattern = "((a{500}){500}){500}"; return it },
		"an unknown exactness":      func() Item { it := named(t); it.Exact = []string{"colour"}; return it },
		"a name that is not drawn":  func() Item { it := named(t); it.Accepts = []string{"[[whom]]"}; return it },
		"a rubric in a short text":  func() Item { it := named(t); it.Rubric = saying(t).Rubric; return it },
		"one level":                 func() Item { it := saying(t); it.Rubric[1].Levels = it.Rubric[1].Levels[:1]; return it },
		"an empty level":            func() Item { it := saying(t); it.Rubric[1].Levels[0] = " "; return it },
		"a mistake":                 func() Item { it := saying(t); it.Mistakes = named(t).Mistakes; return it },
		"texts in a long one":       func() Item { it := saying(t); it.Accepts = []string{"a"}; return it },
		"a rubric on a number":      func() Item { it := bigJug(t); it.Rubric = saying(t).Rubric; return it },
	} {
		if Check(broken()) == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestScore_ShortIsNeverFailedByAProgram(t *testing.T) {
	v := recall(t, named(t), "who", "José")
	for typed, want := range map[string]Judged{
		"equivalent ratio":        {Outcome: Right},
		"  Equivalent—RATIO. ":    {Outcome: Right},
		"Équivalent ratio":        {Outcome: Right},
		"joses ratio":             {Outcome: Right},
		"The same ratio":          {Outcome: Right},
		"equal numbers!":          {Outcome: NotYet, Mistake: "equal-numbers"},
		"equivelant ratio":        {Outcome: Waiting, Like: "equivalent ratio"}, // swapped with one between: two slips
		"eqiuvalent ratio":        {Outcome: Waiting, Like: "equivalent ratio"},
		"equivalnt rato":          {Outcome: Waiting, Like: "equivalent ratio"},
		"equvlent rato":           {Outcome: Waiting},
		"not the same ratio":      {Outcome: Waiting},
		"an equivalent ratio":     {Outcome: Waiting},
		"one that tastes alike":   {Outcome: Waiting},
		" ":                       {Outcome: Unread, Where: 1},
		"?":                       {Outcome: Waiting},
		"equivalent ratio [[who]": {Outcome: Waiting},
	} {
		got, err := Score(v, Response{Boxes: []string{typed}})
		got.Nudge = doc.Doc{}
		if err != nil || got.Outcome != want.Outcome || got.Mistake != want.Mistake || got.Like != want.Like || got.Where != want.Where {
			t.Errorf("%q: %+v, %v; want %+v", typed, got, err, want)
		}
	}
}

func TestScore_ShortTakesWhatMustBeExactAsItIs(t *testing.T) {
	it := named(t)
	it.Accepts, it.Pattern, it.Exact = []string{"Müller-Lüdenscheidt"}, "", []string{ExactCase, ExactMarks, ExactPunctuation}
	v := recall(t, it, "who", "Ana")
	for typed, want := range map[string]Outcome{
		"Müller-Lüdenscheidt": Right, "Mu\u0308ller-Lu\u0308denscheidt ": Right, // composed or not is the same
		"müller-Lüdenscheidt": Waiting, "Muller-Ludenscheidt": Waiting, "Müller Lüdenscheidt": Waiting,
	} {
		if got, err := Score(v, Response{Boxes: []string{typed}}); err != nil || got.Outcome != want {
			t.Errorf("%q: %+v, %v; want %s", typed, got, err, want)
		}
	}
}

// What stands in numbers is no punctuation, and numbers are never near to each other.
func TestScore_ShortKeepsNumbersApart(t *testing.T) {
	it := named(t)
	it.Accepts, it.Pattern = []string{"minus -3 to 12,5"}, ""
	v := recall(t, it, "who", "Ana")
	for typed, want := range map[string]Judged{
		"Minus −3 to 12,5.": {Outcome: Right}, "minus 3 to 12,5": {Outcome: Waiting, Like: "minus −3 to 12,5"}, "minus -3 to 12,6": {Outcome: Waiting}, "minus -3 to 12.5": {Outcome: Waiting, Like: "minus −3 to 12,5"},
	} {
		if got, err := Score(v, Response{Boxes: []string{typed}}); err != nil || got.Outcome != want.Outcome || got.Like != want.Like {
			t.Errorf("%q: %+v, %v; want %+v", typed, got, err, want)
		}
	}
}

func TestSlips_CountsWhatTheHandDid(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"ratio", "ratio", 0}, {"raito", "ratio", 1}, {"rato", "ratio", 1}, {"rattio", "ratio", 1}, {"rafio", "ratio", 1}, {"ca", "abc", 3}, {"", "abc", 3}} {
		if got := slips([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{{"ad", "add", false}, {"raito", "ratio", true}, {"riato", "ratios", false}, {"numerater", "numerator", true}, {"nemerater", "numerator", true}, {"nemerat", "numerator", false}} {
		if got := nearSpelling(c.a, c.b); got != c.want {
			t.Errorf("%q near to %q: %v", c.a, c.b, got)
		}
	}
}

func TestScore_LongAndUploadWaitForAPerson(t *testing.T) {
	long, photo := recall(t, saying(t)), recall(t, sketch(t))
	for _, c := range []struct {
		v    Variant
		r    Response
		want Outcome // "" = refused
	}{
		{long, Response{Boxes: []string{"Both are twice as much."}}, Waiting},
		{long, Response{Boxes: []string{" \n"}}, Unread},
		{long, Response{Boxes: []string{strings.Repeat("ä", MaxLong)}}, Waiting},
		{long, Response{Boxes: []string{strings.Repeat("a", MaxLong+1)}}, ""},
		{long, Response{Boxes: []string{"a"}, Files: []string{"f"}}, ""},
		{long, Response{Chosen: []int{0}}, ""},
		{photo, Response{Files: []string{"f"}}, Waiting},
		{photo, Response{Files: []string{"f", "g"}, Boxes: []string{"The line goes up by 2."}}, Waiting},
		{photo, Response{Boxes: []string{"no photo"}}, Unread},
		{photo, Response{Files: []string{"f", "f"}}, ""},
		{photo, Response{Files: []string{"a", "b", "c", "d"}}, ""},
	} {
		got, err := Score(c.v, c.r)
		if (err != nil) != (c.want == "") || got.Outcome != c.want {
			t.Errorf("%s with %d boxes and %d files: %+v, %v; want %q", c.v.it.Kind, len(c.r.Boxes), len(c.r.Files), got, err, c.want)
		}
	}
}

func TestMet_AsksForTheSecondLevelOfEveryCriterion(t *testing.T) {
	rubric := saying(t).Rubric
	for _, c := range []struct {
		levels []int
		want   bool
	}{{[]int{1, 1}, true}, {[]int{2, 1}, true}, {[]int{0, 1}, false}, {[]int{2, 0}, false}, {[]int{1}, false}, {nil, false}} {
		if Met(rubric, c.levels) != c.want {
			t.Errorf("levels %v: %v", c.levels, !c.want)
		}
	}
	if Met(nil, nil) {
		t.Error("without a rubric something is met")
	}
	if CheckLevels(rubric, []int{2, 1}) != nil || CheckLevels(rubric, nil) != nil || CheckLevels(rubric, []int{2}) == nil || CheckLevels(rubric, []int{3, 0}) == nil || CheckLevels(rubric, []int{-1, 0}) == nil {
		t.Error("levels are proved otherwise")
	}
	said := LevelWords(rubric, []int{2, 0})
	if !slices.Equal(said, []RuledLevel{{"Says why", "Shows it and says why it works", true}, {"Draws", "No drawing", false}}) {
		t.Errorf("in words: %v", said)
	}
}

func TestAsked_TellsTheRubricAndNoAcceptedText(t *testing.T) {
	a, err := recall(t, saying(t)).Asked()
	if err != nil || len(a.Rubric) != 2 || a.Most != MaxLong {
		t.Errorf("%+v, %v", a, err)
	}
	a, err = recall(t, named(t), "who", "Ana").Asked()
	if err != nil || a.Rubric != nil || a.Most != MaxShort || strings.Contains(shown(a.Text), "equivalent") {
		t.Errorf("%+v, %v", a, err)
	}
}

package bank

import (
	"encoding/json"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/item"
)

// board is a picture of no place in particular.
var board = doc.Doc{Nodes: []doc.Node{{Kind: doc.Image, Name: "00000000-0000-0000-0000-000000000001", Alt: "A board"}}}

// arranged is an entry of every kind that is arranged, tapped, written or asks in steps.
func arranged() []Entry {
	a := func(s string) Answer { return Answer{Text: words(s)} }
	into := func(s string, n int) Answer { return Answer{Text: words(s), Into: n} }
	area := func(s string, weight float64, x int) Answer {
		return Answer{Text: words(s), Weight: weight, Area: &item.Area{X: x, Y: 100, Width: 50, Height: 50, Round: weight > 0}}
	}
	stays := into("15", item.Nowhere)
	misplaced := into("5", 1)
	misplaced.Nudge, misplaced.Mistake = words("Is it more than 6?"), "counts past"
	return []Entry{
		{At: At{Name: "order"}, Kind: Sequence, Text: words("From small to large."), Answers: []Answer{a("1"), a("2"), a("3")},
			Wrong: []Answer{{Each: []string{"3", "2", "1"}, Nudge: words("Which is least?"), Mistake: "falls"}}},
		{At: At{Name: "pairs"}, Kind: Pairs, Text: words("Match."), Prompts: []doc.Doc{words("half of 10"), words("half of 20")}, Answers: []Answer{into("5", 0), into("10", 1), stays}},
		{At: At{Name: "groups"}, Kind: Groups, Text: words("Sort."), Prompts: []doc.Doc{words("up to 6"), words("more"), words("none")}, Answers: []Answer{into("4", 0), misplaced, into("8", 1)}},
		{At: At{Name: "spots"}, Kind: Spots, Text: words("Tap the round one."), Picture: board, Answers: []Answer{area("round", 100, 100), area("square", -100, 500)}},
		{At: At{Name: "words"}, Kind: Words, Text: words("What is 7 in words?"), Pattern: "se+ven", Exact: []string{item.ExactCase},
			Answers: []Answer{{Said: "seven", Weight: 100}, {Said: "7", Weight: 100}, {Said: "eight", Nudge: words("One less."), Mistake: "one more"}}},
		{At: At{Name: "long"}, Kind: Written, Text: words("Why?"), Rubric: []item.Criterion{{Name: "Reason: why", Levels: []string{"none | yet", "one"}}}},
		{At: At{Name: "photo"}, Kind: Written, Photo: true, Text: words("Draw it.")},
		{At: At{Name: "steps"}, Kind: Numeric, Text: words("3 times 4, and 1?"), Hints: []doc.Doc{words("Look."), words("3 times 4?")}, Answers: []Answer{Answer{Weight: 100}.Exact(rat(13))},
			Steps: []Step{{Rung: 2, Then: words("That is 12."), Ask: Entry{Kind: Numeric, Text: words("3 times 4?"), Unit: "cups", Answers: []Answer{Answer{Weight: 100}.Exact(rat(12))}}}}},
	}
}

func TestAdd_MakesWhatIsArrangedTappedAndWritten(t *testing.T) {
	b := made(t, arranged()...)
	var kinds []string
	for _, it := range b.Items {
		kinds = append(kinds, string(it.Kind))
		if err := item.Check(it); err != nil {
			t.Errorf("%s: %v", it.Code, err)
		}
	}
	if got := strings.Join(kinds, " "); got != "ordering matching sorting hotspot short long upload number" || len(b.Skipped)+len(b.Doubts) > 0 {
		t.Fatalf("%s, skipped %s, doubted %s", got, reasons(b.Skipped), reasons(b.Doubts))
	}
	if it := b.Items[2]; it.Choices[1].Mistake != "counts past" || it.Choices[1].Group != 1 {
		t.Errorf("%+v", it)
	}
	if it := b.Items[7]; len(it.Scaffolds) != 1 || it.Scaffolds[0].Key != "12" || it.Scaffolds[0].Unit != "cups" {
		t.Errorf("%+v", it)
	}
}

// What becomes of an entry gives the entry again, and that the same item.
func TestEntries_GiveEveryKindBack(t *testing.T) {
	in := made(t, arranged()...)
	out := Entries("test", in, Sequence, Pairs, Groups, Spots, Words, Written)
	if len(out.Left)+len(out.Lost) > 0 {
		t.Fatalf("left %s, lost %s", reasons(out.Left), reasons(out.Lost))
	}
	b := New("test", Options{File: "my-items_1.txt"})
	for _, d := range out.Entries {
		d.Whole = nil
		if err := b.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	back, err := b.Bundle()
	if err != nil {
		t.Fatal(err)
	}
	if codes := Differ(in, back); len(codes) > 0 {
		was, _ := json.Marshal(in.Items)
		is, _ := json.Marshal(back.Items)
		t.Errorf("%v differ, skipped %s\nwas %s\n is %s", codes, reasons(back.Skipped), was, is)
	}
	if plain := Entries("test", in); reasons(plain.Left) != "order: export.kind; pairs: export.kind; groups: export.kind; spots: export.kind; words: export.kind; long: export.kind; photo: export.kind" {
		t.Errorf("a writer that knows none of them leaves %s", reasons(plain.Left))
	}
}

func TestAdd_NamesWhyWhatIsArrangedIsLeftOut(t *testing.T) {
	with := func(at int, change func(*Entry)) Entry {
		d := arranged()[at]
		change(&d)
		return d
	}
	for want, d := range map[string]Entry{
		"order: import.item.things":        with(0, func(d *Entry) { d.Answers = d.Answers[:2] }),
		"order: import.item.option_twice":  with(0, func(d *Entry) { d.Answers[1] = d.Answers[0] }),
		"order: import.item.option_empty":  with(0, func(d *Entry) { d.Answers[1].Text = doc.Doc{} }),
		"pairs: import.item.prompts":       with(1, func(d *Entry) { d.Prompts = d.Prompts[:1] }),
		"pairs: import.item.pair":          with(1, func(d *Entry) { d.Answers[1].Into = 0 }),
		"pairs: import.item.no_text":       with(1, func(d *Entry) { d.Text = doc.Doc{} }),
		"spots: import.item.picture":       with(3, func(d *Entry) { d.Picture = doc.Doc{} }),
		"spots: import.item.area":          with(3, func(d *Entry) { d.Answers[1].Area = nil }),
		"spots: fault.item.part":           with(3, func(d *Entry) { d.Answers[1].Area = &item.Area{X: 990, Width: 20, Height: 5} }),
		"words: import.item.no_key":        with(4, func(d *Entry) { d.Answers = d.Answers[2:] }),
		"words: import.item.any_right":     with(4, func(d *Entry) { d.Answers[1].Said = "*" }),
		"words: import.item.long_answer":   with(4, func(d *Entry) { d.Answers[1].Said = strings.Repeat("a", 201) }),
		"words: fault.item.part":           with(4, func(d *Entry) { d.Pattern = "(" }),
		"long: fault.item.part":            with(5, func(d *Entry) { d.Rubric[0].Levels = d.Rubric[0].Levels[:1] }),
		"steps: import.item.step":          with(7, func(d *Entry) { d.Steps[0].Rung = 3 }),
		"steps: import.item.no_key":        with(7, func(d *Entry) { d.Steps[0].Ask.Answers = nil }),
		"groups: import.item.option_twice": with(2, func(d *Entry) { d.Prompts[1] = d.Prompts[0] }),
		"spots: import.item.no_key":        with(3, func(d *Entry) { d.Answers[0].Weight = 0 }),
		"order: fault.item.part":           with(0, func(d *Entry) { d.Wrong[0].Each = []string{"1", "2"} }),
		"words: import.doubt.unreachable":  with(4, func(d *Entry) { d.Answers[2].Said = "seeeven" }),
		"words: import.doubt.any":          with(4, func(d *Entry) { d.Answers[2].Said, d.Stars = "eigh*", true }),
		"order: import.item.things (too many)": with(0, func(d *Entry) {
			for len(d.Answers) < 13 {
				d.Answers = append(d.Answers, Answer{Text: words(strings.Repeat("x", len(d.Answers)))})
			}
		}),
	} {
		b := made(t, five("one"), d)
		if got := reasons(append(b.Skipped, b.Doubts...)); got != strings.TrimSuffix(want, " (too many)") {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Where a source says that an answer is words, they are; a slip in mathematics is none.
func TestAdd_WordsThatAreTyped(t *testing.T) {
	for said, want := range map[string]string{"apron": "short apron", "an old apron": "short an old apron", "2x +": "import.item.typed", "H2O": "import.item.typed", "5": "number", "x2": "import.item.typed"} {
		b := made(t, five("one"), Entry{At: At{Name: "w"}, Kind: Typed, Text: words("What?"), Answers: []Answer{{Said: said, Weight: 100}}})
		got := ""
		for _, r := range b.Skipped {
			got = r.Reason.Code
		}
		if len(b.Items) > 1 {
			got = strings.TrimSpace(string(b.Items[1].Kind) + " " + strings.Join(b.Items[1].Accepts, ", "))
		}
		if got != want {
			t.Errorf("%s is %s, want %s", said, got, want)
		}
	}
	b := made(t, Entry{At: At{Name: "w"}, Kind: Typed, Lenient: true, Stars: true, Text: words("What?"),
		Answers: []Answer{{Said: "x2", Weight: 100}, {Said: "a (big) *dog", Weight: 100}, {Said: "cat", Weight: 50, Nudge: words("It barks.")}, {Said: "*", Nudge: words("Listen.")}}})
	if it := b.Items[0]; it.Pattern != `a \(big\) .*dog` || !reflect.DeepEqual(it.Accepts, []string{"x2", "a (big) dog"}) || it.Mistakes[0].Tag != "w: cat" || reasons(b.Doubts) != "w: import.doubt.partial; w: import.doubt.any" {
		t.Errorf("%+v %s", it, reasons(b.Doubts))
	}
}

func TestMatch_AnswersThatStandTwiceAreGroups(t *testing.T) {
	m := func(prompt, answer string) Match { return Match{words(prompt), words(answer)} }
	var d Entry
	d.Match([]Match{m("a", "1"), m("b", "2"), m("", "3")})
	if d.Kind != Pairs || len(d.Prompts) != 2 || d.Answers[2].Into != item.Nowhere {
		t.Errorf("%+v", d)
	}
	d.Match([]Match{m("a", "1"), m("b", "2"), m("c", "1"), m("", "3")})
	if d.Kind != Groups || len(d.Prompts) != 3 || len(d.Answers) != 3 || d.Answers[2].Into != 0 {
		t.Errorf("%+v", d)
	}
	all, same := d.Matches()
	if !same || !reflect.DeepEqual(all, []Match{m("a", "1"), m("b", "2"), m("c", "1"), m("", "3")}) {
		t.Errorf("%v %+v", same, all)
	}
	d.Prompts[0], d.Prompts[2] = d.Prompts[2], d.Prompts[0]
	for i := range d.Answers {
		if d.Answers[i].Into != 1 {
			d.Answers[i].Into = 2
		}
	}
	if _, same := d.Matches(); same {
		t.Error("groups in another order come back the same")
	}
}

func TestLines_AreReadAsTheyAreWritten(t *testing.T) {
	for _, a := range []item.Area{{X: 1, Y: 2, Width: 3, Height: 4}, {X: 1, Y: 2, Width: 3, Height: 4, Round: true}, {Points: []int{0, 0, 10, 0, 5, 1000}}} {
		if back, ok := ReadArea(AreaLine(a)); !ok || !reflect.DeepEqual(a, back) {
			t.Errorf("%s is %+v", AreaLine(a), back)
		}
	}
	for _, s := range []string{"", "box 1 2 3", "box 1 2 3 4 5", "box a 2 3 4", "polygon 1 2 3 4", "polygon 1 2 3 4 5 6 7", "circle 1 2 3 4", "box -1 2 3 4", "box 1 2 3 1001"} {
		if a, ok := ReadArea(s); ok {
			t.Errorf("%q is %+v", s, a)
		}
	}
	for _, c := range []item.Criterion{{Name: `Is | it: so\`, Levels: []string{"no: not | yet", `half\`, "all"}}, {Name: "a", Levels: []string{"b", "c"}}} {
		if back, ok := ReadCriterion(CriterionLine(c)); !ok || !reflect.DeepEqual(c, back) {
			t.Errorf("%s is %+v", CriterionLine(c), back)
		}
	}
	if got := SplitBars(Bars([]string{`a|b`, `c\`, "d: e"})); !reflect.DeepEqual(got, []string{`a|b`, `c\`, "d: e"}) {
		t.Errorf("%q", got)
	}
	for _, s := range []string{"no levels", ": a | b", "x: one"} {
		if _, ok := ReadCriterion(s); ok {
			t.Errorf("%q was read", s)
		}
	}
}

func TestStep_IsReadAsItIsWritten(t *testing.T) {
	read := func(s string) (doc.Doc, error) { return words(s), nil }
	show := func(d doc.Doc) string { return d.Plain(nil) }
	for _, s := range []Step{
		{Rung: 1, Then: words("It is 12."), Ask: Entry{Kind: Typed, Text: words("h"), Answers: []Answer{{Said: "12 cups", Weight: 100}}}},
		{Rung: 2, Then: words("It is a."), Ask: Entry{Kind: One, Text: words("h"), Ordered: true, Answers: []Answer{{Text: words("a"), Weight: 100}, {Text: words("b"), Nudge: words("Why?")}}}},
	} {
		back, ok, err := ReadStep(s.Lines(show), s.Rung, words("h"), read)
		if !ok || err != nil || !reflect.DeepEqual(s, back) {
			t.Errorf("%q\nwas %+v\n is %+v", s.Lines(show), s, back)
		}
	}
	if _, ok, _ := ReadStep([]string{"only words", "- a list"}, 1, words("h"), read); ok {
		t.Error("words ask nothing")
	}
}

func rat(n int64) *big.Rat { return big.NewRat(n, 1) }

func TestAdd_AnAnswerIsWrittenInTheFormThatIsAskedFor(t *testing.T) {
	for said, want := range map[string]string{
		"1/2 lowest-terms": "expression lowest-terms", "0.50 decimal 2dp": "expression decimal 2dp", "1/2 shiny": "import.item.form_kind",
		"apron factored": "import.item.form_kind", "x(x+1) factored": "expression factored",
	} {
		names := strings.Fields(said)
		b := made(t, five("one"), Entry{At: At{Name: "f"}, Kind: Typed, Text: words("What?"), Answers: []Answer{{Said: names[0], Weight: 100}}, Form: names[1:]})
		got := ""
		for _, r := range b.Skipped {
			got = r.Reason.Code
		}
		if len(b.Items) > 1 {
			got = string(b.Items[1].Kind) + " " + strings.Join(b.Items[1].Forms, " ")
		}
		if got != want {
			t.Errorf("%s is %s, want %s", said, got, want)
		}
	}
}

package item

import (
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/skill"
)

// pans is 3 pans of [[n]] eggs: the first hint asks how many two pans hold, the third which sign it takes.
func pans(t *testing.T) Item {
	text := func(s string) doc.Doc {
		d, err := doc.Parse(s, doc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	return Item{ID: "i", Version: 1, Code: "pans", Kind: Number, Skills: []skill.ID{"s"}, Draw: []Param{{Name: "n", From: 2, To: 9}}, Text: text("How many eggs are in 3 pans of [[n]]?"),
		Key: "3*n", Second: "n+n+n", Hints: []doc.Doc{text("How many are in 2 pans?"), text("One more pan."), text("Plus or times?")}, Solution: text("[[3*n]]"),
		Scaffolds: []Scaffold{{Rung: 1, Kind: Number, Key: "2*n", Then: text("[[n]] and [[n]] are [[2*n]].")},
			{Rung: 3, Kind: Choice, Choices: []Option{{Text: text("Plus"), Nudge: text("That gives [[3+n]].")}, {Text: text("Times"), Right: true}}, Then: text("Times.")}}}
}

func TestScaffold_IsJudgedWithTheItemsOwnNumbers(t *testing.T) {
	it := pans(t)
	if err := Check(it); err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(20) {
		v, err := Draw(it, seed)
		if err != nil {
			t.Fatal(err)
		}
		small, then, ok, err := v.Scaffold(1)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		double := small.Key()[0].RatString()
		if got := plain(then); !strings.HasSuffix(got, "are "+double+".") {
			t.Errorf("the key is %s and it says %q", double, got)
		}
		for answer, want := range map[string]Outcome{double: Right, v.Key()[0].RatString(): NotYet, "eggs": Unread} {
			if said, err := ScoreScaffold(v, 1, Response{Boxes: []string{answer}}); err != nil || said.Outcome != want {
				t.Errorf("%q: %+v, %v", answer, said, err)
			}
		}
		said, err := ScoreScaffold(v, 3, Response{Chosen: []int{0}})
		if err != nil || said.Outcome != NotYet || said.Nudge.Empty() {
			t.Errorf("%+v, %v", said, err)
		}
		if _, _, ok, err := v.Scaffold(2); ok || err != nil {
			t.Errorf("the second rung asks nothing: %v", err)
		}
		if _, err := ScoreScaffold(v, 2, Response{Boxes: []string{"1"}}); !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	}
}

func plain(els []doc.El) (s string) {
	for _, e := range els {
		s += e.T + plain(e.C)
	}
	return s
}

func TestScaffold_IsRefusedWhereItIsUnsound(t *testing.T) {
	for name, spoil := range map[string]func(it *Item){
		"at a rung that there is not": func(it *Item) { it.Scaffolds[0].Rung = 4 },
		"two at one rung":             func(it *Item) { it.Scaffolds[1].Rung = 1 },
		"without its answer":          func(it *Item) { it.Scaffolds[0].Then = doc.Doc{} },
		"of several boxes":            func(it *Item) { it.Scaffolds[0].Kind = Blanks },
		"of an unknown number":        func(it *Item) { it.Scaffolds[0].Key = "2*m" },
		"without a right choice":      func(it *Item) { it.Scaffolds[1].Choices[1].Right = false },
		"with an answer of an unknown number": func(it *Item) {
			it.Scaffolds[0].Then, _ = doc.Parse("[[m]]", doc.Options{})
		},
	} {
		it := pans(t)
		spoil(&it)
		if err := Check(it); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPlainHints_EndWithTheAnswers(t *testing.T) {
	it := pans(t)
	got := it.PlainHints()
	if len(got) != 3 || len(got[0].Nodes) != 2 || len(got[1].Nodes) != 1 || len(it.Hints[0].Nodes) != 1 {
		t.Errorf("%+v", got)
	}
}

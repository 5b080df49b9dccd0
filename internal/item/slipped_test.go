package item_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/item"
	"kith/internal/item/algebra/near"
	"kith/internal/skill"
)

// offered are the slips that the author's page offers, by kind (internal/web/staff/slips.ts). Each is shown with an example, and
// an answer by that example is recognized.
var offered = map[item.Kind][]near.Miss{
	item.Number:     {near.Sign, near.OffByOne, near.OffByFactor, near.PowerOfTen, near.DigitsSwapped, near.Rounding, near.Reciprocal},
	item.Fraction:   {near.Reciprocal, near.Sign, near.OffByFactor},
	item.Expression: {near.Sign, near.DistributedOnce, near.DroppedNegative, near.CombinedUnlike, near.SquaredTermwise, near.AddedExponents, near.MultipliedExponent, near.Exponent, near.MissingConstant, near.MissingTerm, near.SwappedTerms, near.OneTerm},
	item.Equation:   {near.Reversed, near.Endpoint, near.MissingSolution, near.OneSide},
	item.Interval:   {near.Endpoint, near.OneEnd},
	item.Plane:      {near.Swapped, near.OneCoordinate},
	item.NumberLine: {near.OnePlace},
}

func TestMistake_EverySlipThatIsOfferedIsRecognizedByItsExample(t *testing.T) {
	body, err := os.ReadFile("../web/staff/author.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := json.Unmarshal(body, &words); err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("../web/staff/slips.ts")
	if err != nil {
		t.Fatal(err)
	}
	for kind, slips := range offered {
		var names []string
		for _, s := range slips {
			names = append(names, "'"+string(s)+"'")
		}
		if line := string(kind) + ": [" + strings.Join(names, ", ") + "]"; !strings.Contains(string(source), line) {
			t.Errorf("slips.ts does not hold %s", line)
		}
		for _, s := range slips {
			eg, ok := words["author.near."+string(kind)+"."+string(s)]
			if !ok {
				eg = words["author.near."+string(s)]
			}
			_, eg, _ = strings.Cut(eg, ": ")
			answer, key, ok := strings.Cut(eg, " for ")
			if !ok {
				t.Errorf("%s %s has no example: %q", kind, s, eg)
				continue
			}
			if said := slipIn(t, kind, key, answer, s); said.Mistake != "own" || said.Outcome != item.NotYet {
				t.Errorf("%s %s: %q for %q is %+v", kind, s, answer, key, said)
			}
		}
	}
}

// slipIn scores an answer to an item that knows one slip.
func slipIn(t *testing.T, kind item.Kind, key, answer string, slip near.Miss) item.Judged {
	t.Helper()
	text := func(s string) doc.Doc {
		d, err := doc.Parse(s, doc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	it := item.Item{Code: "x", Author: "me", Kind: kind, Skills: []skill.ID{"s"}, Text: text("So?"), Key: strings.ReplaceAll(key, "−", "-"),
		Mistakes: []item.Mistake{{Tag: "own", Near: string(slip), Nudge: text("Look?")}}}
	it.Axes = map[item.Kind]string{item.Interval: "-10..10 by 1", item.NumberLine: "0..2 by 1 snap 1/4", item.Plane: "x -5..5 by 1, y -5..5 by 1"}[kind]
	if err := item.Check(it); err != nil {
		t.Fatalf("%s %s: %v", kind, key, err)
	}
	v, err := item.Draw(it, 1)
	if err != nil {
		t.Fatalf("%s %s: %v", kind, key, err)
	}
	r := item.Response{Boxes: []string{answer}}
	if kind == item.Fraction {
		top, bottom, _ := strings.Cut(answer, "/")
		r.Boxes = []string{"", top, bottom}
	}
	said, err := item.Score(v, r)
	if err != nil {
		t.Fatalf("%s %s: %v", kind, answer, err)
	}
	return said
}

func TestMistake_ASlipIsRefusedWhereItCannotBe(t *testing.T) {
	for name, spoil := range map[string]func(it *item.Item){
		"no such slip": func(it *item.Item) { it.Mistakes[0].Near = "careless" },
		"both":         func(it *item.Item) { it.Mistakes[0].Yields = []string{"7"} },
		"of several boxes": func(it *item.Item) {
			it.Kind, it.Key, it.Boxes = item.Blanks, "", []item.Box{{Key: "1", Label: "a"}, {Key: "2", Label: "b"}}
		},
		"of a text": func(it *item.Item) { it.Kind, it.Key, it.Accepts = item.Short, "", []string{"five"} },
	} {
		d, _ := doc.Parse("So?", doc.Options{})
		it := item.Item{Code: "x", Author: "me", Kind: item.Number, Skills: []skill.ID{"s"}, Text: d, Key: "5", Mistakes: []item.Mistake{{Tag: "own", Near: "sign", Nudge: d}}}
		if err := item.Check(it); err != nil {
			t.Fatal(err)
		}
		spoil(&it)
		if item.Check(it) == nil {
			t.Errorf("%s: it was taken", name)
		}
	}
	if near.Known("") || !near.Known(near.Sign) || slices.Contains([]bool{near.Known("careless")}, true) {
		t.Error("what is known")
	}
}

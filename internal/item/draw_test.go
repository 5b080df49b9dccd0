package item

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/skill"
)

func skills(codes ...skill.ID) []skill.ID { return codes }

func all(t testing.TB) []Item {
	return []Item{bigJug(t), beads(t), shares(t), rule(t), pick(t), picks(t)}
}

func TestCheck_AcceptsTheItems(t *testing.T) {
	for _, it := range all(t) {
		if err := Check(it); err != nil {
			t.Errorf("%s: %v", it.Code, err)
		}
	}
}

func TestDraw_IsTheSameForTheSameSeed(t *testing.T) {
	for _, it := range all(t) {
		for seed := range uint64(200) {
			one, err := Draw(it, seed)
			if err != nil {
				t.Fatal(it.Code, err)
			}
			two, _ := Draw(it, seed)
			if !reflect.DeepEqual(one.Values, two.Values) || !slices.Equal(one.Order, two.Order) {
				t.Fatalf("%s, seed %d: %v %v and then %v %v", it.Code, seed, one.Values, one.Order, two.Values, two.Order)
			}
		}
	}
}

// The numbers of a seed are stored with attempts by seed: they may never change. These were drawn once and are kept.
func TestDraw_NeverChangesWhatASeedGives(t *testing.T) {
	v, err := Draw(bigJug(t), 2024)
	if err != nil {
		t.Fatal(err)
	}
	if want := (map[string]string{"a": "3", "b": "4", "k": "5", "who": "Ben", "big": "15"}); !reflect.DeepEqual(v.Values, want) {
		t.Errorf("seed 2024 draws %v, want %v", v.Values, want)
	}
	if got, want := SeedFor("learner", "item", 1), uint64(1174129262746755); got != want {
		t.Errorf("SeedFor is %d, want %d", got, want)
	}
	if w, _ := Draw(pick(t), 2024); !slices.Equal(w.Order, []int{0, 2, 1}) {
		t.Errorf("seed 2024 shows the options as %v", w.Order)
	}
}

// The first numbers of SplitMix64 from the seed 1234567, as its published test vector has them.
func TestRandom_IsSplitMix64(t *testing.T) {
	r := random{state: 1234567}
	for _, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821} {
		if got := r.next(); got != want {
			t.Fatalf("got %d, want %d", got, want)
		}
	}
}

func TestSeedFor_TellsApartAndFitsAJSONNumber(t *testing.T) {
	seen := map[uint64]bool{}
	for _, learner := range []string{"a", "ab", "b", ""} {
		for _, item := range []string{"a", "ba", "b", ""} {
			for n := range 50 {
				s := SeedFor(learner, item, n)
				if s >= 1<<53 || seen[s] {
					t.Fatalf("seed %d of %q, %q, %d is too large or not new", s, learner, item, n)
				}
				seen[s] = true
			}
		}
	}
}

func TestDraw_SpreadsEvenly(t *testing.T) {
	count := map[string]int{}
	it := picks(t)
	it.Draw = []Param{{Name: "d", From: -6, To: 6, Step: 3}}
	for seed := range uint64(10_000) {
		v, err := Draw(it, seed)
		if err != nil {
			t.Fatal(err)
		}
		count[v.Values["d"]]++
	}
	// 5 values, 10,000 draws: 2,000 each with a standard deviation of 40.
	if len(count) != 5 {
		t.Fatalf("drew %v", count)
	}
	for d, n := range count {
		if n < 1800 || n > 2200 {
			t.Errorf("%s was drawn %d times of 10,000, want about 2,000", d, n)
		}
	}
}

func TestDraw_RedrawsWhileAMistakeEqualsTheKeyOrAnother(t *testing.T) {
	it := bigJug(t)
	it.Keep = nil // with a == b, adding the same gives the key; b/k == … is told apart by value too
	for seed := range uint64(2000) {
		v, err := Draw(it, seed)
		if err != nil {
			t.Fatal(err)
		}
		for i := range it.Mistakes {
			if it.same(v.key, v.yields[i]) {
				t.Fatalf("seed %d: %s yields the key with %v", seed, it.Mistakes[i].Tag, v.Values)
			}
			for j := range i {
				if it.same(v.yields[j], v.yields[i]) {
					t.Fatalf("seed %d: %s yields what %s does with %v", seed, it.Mistakes[i].Tag, it.Mistakes[j].Tag, v.Values)
				}
			}
		}
	}
	ratio := beads(t)
	ratio.Mistakes[0].Yields = []string{"r*2", "(r+b)*2"} // the same ratio as the key, always
	if _, err := Draw(ratio, 1); codeOf(err) != "fault.item.draw_none" || !fault.Is(err, fault.Internal) {
		t.Errorf("a mistake in the key's ratio was let through: %v", err)
	}
}

func TestDraw_RedrawsOptionsThatDoNotMakeSense(t *testing.T) {
	it := pick(t)
	for seed := range uint64(500) {
		v, err := Draw(it, seed)
		if err != nil {
			t.Fatal(err)
		}
		if v.Values["a"] == v.Values["b"] || len(v.Rights()) != 1 {
			t.Fatalf("seed %d: %v has the right options %v", seed, v.Values, v.Rights())
		}
	}
	orders := map[string]bool{}
	for seed := range uint64(500) {
		v, _ := Draw(it, seed)
		b, _ := json.Marshal(v.Order)
		orders[string(b)] = true
	}
	if len(orders) != 6 {
		t.Errorf("%d of the 6 orders of three options came up", len(orders))
	}
}

func TestDraw_FaultsNameThePlace(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Item)
		code   string
		where  string
	}{
		"division by zero": {func(it *Item) { it.Let = append(it.Let, Let{"z", "1/(a-a)"}) }, "fault.item.expr_zero", "let[1]"},
		"unknown name":     {func(it *Item) { it.Key = "q" }, "fault.item.expr_name", "key"},
		"text for number":  {func(it *Item) { it.Mistakes[1].Yields[0] = "who" }, "fault.item.expr_kind", "mistakes[1]"},
		"number for truth": {func(it *Item) { it.Keep = []string{"a"} }, "fault.item.expr_kind", "keep[0]"},
		"never kept":       {func(it *Item) { it.Keep = []string{"a > b", "a < b"} }, "fault.item.draw_none", ""},
		"empty range":      {func(it *Item) { it.Draw[0] = Param{Name: "a", From: 3, To: 2} }, "fault.item.param", ""},
	} {
		it := bigJug(t)
		c.change(&it)
		_, err := Draw(it, 1)
		if codeOf(err) != c.code || c.where != "" && argsOf(err)["where"] != c.where || !fault.Is(err, fault.Internal) {
			t.Errorf("%s: %v (%v), want %s at %s", name, err, argsOf(err), c.code, c.where)
		}
	}
	it := bigJug(t)
	it.Keep = []string{"a != a"}
	if _, err := Draw(it, 1); argsOf(err)["why"] != "keep[0]" || argsOf(err)["tries"] != maxTries {
		t.Errorf("the fault does not say what refuses the draws: %v", argsOf(err))
	}
}

func TestDraw_KeepsBeforeItDerives(t *testing.T) {
	it := bigJug(t)
	it.Let = append(it.Let, Let{"q", "1/(a-2)"})
	it.Keep = append(it.Keep, "a != 2")
	for seed := range uint64(100) {
		if _, err := Draw(it, seed); err != nil {
			t.Fatalf("a condition that leaves a zero out came too late: %v", err)
		}
	}
}

func TestRecall_IsTheVariantAgain(t *testing.T) {
	for _, it := range all(t) {
		for seed := range uint64(100) {
			v, err := Draw(it, seed)
			if err != nil {
				t.Fatal(err)
			}
			w, err := Recall(it, seed, v.Values)
			if err != nil {
				t.Fatal(it.Code, v.Values, err)
			}
			if !reflect.DeepEqual(v.Values, w.Values) || !slices.Equal(v.Order, w.Order) || !reflect.DeepEqual(v.key, w.key) {
				t.Fatalf("%s: %v was recalled as %v", it.Code, v.Values, w.Values)
			}
		}
	}
	for _, drawn := range []map[string]string{nil, {"a": "2", "b": "3", "k": "2"}, {"a": "99", "b": "3", "k": "2", "who": "Ana"}, {"a": "2", "b": "3", "k": "2", "who": "Eve"}, {"a": "2.5", "b": "3", "k": "2", "who": "Ana"}} {
		if _, err := Recall(bigJug(t), 1, drawn); codeOf(err) != "fault.item.recall" {
			t.Errorf("%v was recalled: %v", drawn, err)
		}
	}
	if _, err := Recall(bigJug(t), 1, map[string]string{"a": "3", "b": "3", "k": "2", "who": "Ana"}); codeOf(err) != "fault.item.draw_none" {
		t.Errorf("a draw that keep refuses was recalled: %v", err)
	}
}

func TestAsked_HoldsNothingThatGivesTheAnswerAway(t *testing.T) {
	for _, it := range all(t) {
		v, err := Draw(it, 7)
		if err != nil {
			t.Fatal(err)
		}
		a, err := v.Asked()
		if err != nil {
			t.Fatal(err)
		}
		sent, _ := json.Marshal(a)
		stored, _ := json.Marshal(v)
		for _, secret := range []string{"mistake", "nudge", "right", "key", "add-same", "second", "solution", "null"} {
			if strings.Contains(strings.ToLower(string(sent)), secret) {
				t.Errorf("%s: %q stands in what is sent: %s", it.Code, secret, sent)
			}
			if strings.Contains(strings.ToLower(string(stored)), secret) {
				t.Errorf("%s: %q stands in what is stored: %s", it.Code, secret, stored)
			}
		}
		if a.Hints != len(it.Hints) || len(a.Options) != len(it.Choices) || len(a.Boxes) != len(it.Boxes) {
			t.Errorf("%s: %d hints, %d options, %d boxes", it.Code, a.Hints, len(a.Options), len(a.Boxes))
		}
	}
}

func TestAsked_DrawsLinesAndOptions(t *testing.T) {
	v, _ := Recall(beads(t), 1, map[string]string{"r": "2", "b": "5"})
	a, err := v.Asked()
	if err != nil || a.Boxes[1].Label != "all of 2 and 5" || a.Boxes[0].Before != "red : all = " {
		t.Errorf("boxes %+v, %v", a.Boxes, err)
	}
	w, _ := Recall(pick(t), 3, map[string]string{"a": "2", "b": "5"})
	a, err = w.Asked()
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range a.Options {
		if o.Index != w.Order[i] {
			t.Errorf("option %d carries the index %d, want %d", i, o.Index, w.Order[i])
		}
	}
	hint, err := v.Hint(1)
	if err != nil || shown(hint) != "Look." {
		t.Errorf("hint %v, %v", hint, err)
	}
	for _, n := range []int{0, 2, -1} {
		if _, err := v.Hint(n); !fault.Is(err, fault.Invalid) {
			t.Errorf("hint %d: %v", n, err)
		}
	}
	if s, err := v.Solution(); err != nil || shown(s) != "2 : 7" {
		t.Errorf("solution %v, %v", s, err)
	}
	if n, err := v.Nudge(Judged{}); n == nil || len(n) != 0 || err != nil {
		t.Errorf("no nudge is %v, %v", n, err)
	}
	var blank Variant
	if _, err := blank.Asked(); codeOf(err) != "fault.item.undrawn" {
		t.Errorf("an undrawn variant was asked: %v", err)
	}
}

func TestCheck_RefusesByPlace(t *testing.T) {
	for name, c := range map[string]struct {
		from   func(testing.TB) Item
		change func(*Item)
		where  string
	}{
		"no skills":               {bigJug, func(it *Item) { it.Skills = nil }, "skills"},
		"skill twice":             {bigJug, func(it *Item) { it.Skills = skills("a", "a") }, "skills[1]"},
		"no kind":                 {bigJug, func(it *Item) { it.Kind = "essay" }, "kind"},
		"no code":                 {bigJug, func(it *Item) { it.Code = "" }, "code"},
		"no key":                  {bigJug, func(it *Item) { it.Key = "" }, "key"},
		"no hints":                {bigJug, func(it *Item) { it.Hints = nil }, "hints"},
		"four hints":              {bigJug, func(it *Item) { it.Hints = append(it.Hints, it.Hints[0]) }, "hints"},
		"no solution":             {bigJug, func(it *Item) { it.Solution = doc.Doc{} }, "solution"},
		"unknown name in a text":  {bigJug, func(it *Item) { it.Hints[1] = text(t, "[[zz]]") }, "hints[1]"},
		"unknown name in a nudge": {bigJug, func(it *Item) { it.Mistakes[2].Nudge = text(t, "[[zz]]") }, "mistakes[2]"},
		"unknown name in unit":    {bigJug, func(it *Item) { it.Unit = "[[zz]]" }, "unit"},
		"later name":              {bigJug, func(it *Item) { it.Let = []Let{{"x", "y"}, {"y", "a"}, {"big", "a"}} }, "let[0]"},
		"name twice":              {bigJug, func(it *Item) { it.Let = append(it.Let, Let{"a", "b"}) }, "let a"},
		"a function's name":       {bigJug, func(it *Item) { it.Let = append(it.Let, Let{"min", "b"}) }, "let[1]"},
		"yields of two boxes":     {bigJug, func(it *Item) { it.Mistakes[0].Yields = []string{"a", "b"} }, "mistakes[0]"},
		"mistake without nudge":   {bigJug, func(it *Item) { it.Mistakes[0].Nudge = doc.Doc{} }, "mistakes[0]"},
		"choices of a number":     {bigJug, func(it *Item) { it.Choices = pick(t).Choices }, "choices"},
		"bad range":               {bigJug, func(it *Item) { it.Draw[0].Step = -1 }, ""},
		"range and list":          {bigJug, func(it *Item) { it.Draw[0].Of = []string{"1"} }, ""},
		"label missing":           {beads, func(it *Item) { it.Boxes[1].Label = "" }, "boxes[1]"},
		"ratio of one":            {beads, func(it *Item) { it.Boxes, it.Mistakes = it.Boxes[:1], nil }, "ratio"},
		"open value in a line":    {beads, func(it *Item) { it.Boxes[0].Before = "[[r" }, "boxes[0]"},
		"one option":              {picks, func(it *Item) { it.Choices = it.Choices[:1] }, "choices"},
		"none right":              {picks, func(it *Item) { it.Choices = it.Choices[3:] }, "choices"},
		"two right":               {picks, func(it *Item) { it.Kind = Choice }, "choices"},
		"right with a mistake":    {picks, func(it *Item) { it.Choices[0].Mistake = "x" }, "choices[0]"},
		"tag without nudge":       {picks, func(it *Item) { it.Choices[3] = Option{Text: it.Choices[3].Text, Mistake: "x"} }, "choices[3]"},
		"right and if":            {pick, func(it *Item) { it.Choices[0].Right = true }, "choices[0]"},
		"mistakes of a choice":    {pick, func(it *Item) { it.Mistakes = bigJug(t).Mistakes }, "mistakes"},
	} {
		it := c.from(t)
		c.change(&it)
		err := Check(it)
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		found := c.where == ""
		for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
			found = found || argsOf(e)["where"] == c.where
		}
		if !found {
			t.Errorf("%s: nothing is said of %s: %v", name, c.where, err)
		}
	}
	bare := bigJug(t)
	bare.Hints, bare.Solution, bare.Attribution = nil, doc.Doc{}, &Attribution{Source: "s"}
	if err := Check(bare); err != nil {
		t.Errorf("an imported item without hints was refused: %v", err)
	}
}

func BenchmarkDraw(b *testing.B) {
	it := bigJug(b)
	for seed := uint64(0); b.Loop(); seed++ {
		if _, err := Draw(it, seed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAsked(b *testing.B) {
	v, err := Draw(bigJug(b), 1)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := v.Asked(); err != nil {
			b.Fatal(err)
		}
	}
}

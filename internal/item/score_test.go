package item

import (
	"errors"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/phrase"
)

func codeOf(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Say.Code
	}
	return ""
}

func argsOf(err error) phrase.Args {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Say.Args
	}
	return nil
}

// shown is the text of drawn elements.
func shown(els []doc.El) string {
	var b strings.Builder
	for _, e := range els {
		b.WriteString(e.T)
		b.WriteString(shown(e.C))
	}
	return b.String()
}

func recall(t testing.TB, it Item, pairs ...string) Variant {
	t.Helper()
	drawn := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		drawn[pairs[i]] = pairs[i+1]
	}
	v, err := Recall(it, 1, drawn)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestScore_Typed(t *testing.T) {
	jug := recall(t, bigJug(t), "a", "3", "b", "5", "k", "4", "who", "Ana") // key 20, add-same 14, one-part-only 5, divides 5/4
	red := recall(t, beads(t), "r", "2", "b", "5")                          // key 2:7, part-part 2:5, order 7:2
	share := recall(t, shares(t), "p", "7", "n", "4")                       // key 7/4
	less := recall(t, shares(t), "p", "3", "n", "4")                        // key 3/4, upside-down 4/3
	line := recall(t, rule(t), "m", "-2", "b", "3")                         // key -2, 3; swapped 3, -2
	paid := rule(t)
	paid.Boxes[1].Before = "start: $"
	money := recall(t, paid, "m", "-2", "b", "3")
	for _, c := range []struct {
		v     Variant
		boxes string // parted by |
		want  Outcome
		tag   string
		where int
	}{
		{jug, "20", Right, "", 0}, {jug, "20.0", Right, "", 0}, {jug, "40/2", Right, "", 0}, {jug, " 20 cups ", Right, "", 0}, {jug, "19 2/2", Right, "", 0},
		{jug, "14", NotYet, "add-same", 0}, {jug, "5", NotYet, "one-part-only", 0}, {jug, "1 1/4", NotYet, "divides", 0}, {jug, "1,25", NotYet, "divides", 0}, {jug, "1.250", NotYet, "divides", 0},
		{jug, "21", NotYet, "", 0}, {jug, "-20", NotYet, "", 0}, {jug, "", Unread, "", 1}, {jug, "twenty", Unread, "", 1}, {jug, "20/0", Unread, "", 1}, {jug, "20 litres", Unread, "", 1},
		{red, "2|7", Right, "", 0}, {red, "4|14", Right, "", 0}, {red, "1|3.5", Right, "", 0}, {red, "2:7|", Right, "", 0}, {red, "|4 : 14", Right, "", 0},
		{red, "2|5", NotYet, "part-part", 0}, {red, "4|10", NotYet, "part-part", 0}, {red, "7|2", NotYet, "order", 0}, {red, "3.5|1", NotYet, "order", 0},
		{red, "0|0", NotYet, "", 0}, {red, "2|0", NotYet, "", 0}, {red, "2|6", NotYet, "", 0}, {red, "2|", Unread, "", 2}, {red, "|", Unread, "", 1}, {red, "2:7|1", Unread, "", 1}, {red, "2,000|7,000", Right, "", 0},
		{share, "|7|4", Right, "", 0}, {share, "1|3|4", Right, "", 0}, {share, "1|6|8", Right, "", 0}, {share, "|-7|-4", Right, "", 0}, {share, "|3.5|2", Right, "", 0},
		{share, "|4|7", NotYet, "upside-down", 0}, {share, "2||", NotYet, "", 0}, {share, "-1|3|4", NotYet, "", 0}, {share, "|-7|4", NotYet, "", 0},
		{share, "||", Unread, "", 2}, {share, "|7|", Unread, "", 3}, {share, "||4", Unread, "", 2}, {share, "|7|0", Unread, "", 3}, {share, "1|7|0", Unread, "", 3}, {share, "a|3|4", Unread, "", 1},
		{share, "1|-3|4", Unread, "", 2}, {share, "1|3|-4", Unread, "", 3}, {share, "-|3|4", Unread, "", 1}, {share, "|7/4|1", Unread, "", 2}, {share, "1 3/4||", Unread, "", 1},
		{less, "|3|4", Right, "", 0}, {less, "0|3|4", Right, "", 0}, {less, "|6|8", Right, "", 0}, {less, "1|1|3", NotYet, "upside-down", 0},
		{line, "-2|3", Right, "", 0}, {line, "−2x|+ 3", Right, "", 0}, {line, "-4|6", NotYet, "", 0}, {line, "3|-2", NotYet, "swapped", 0}, {line, "3|2", NotYet, "", 0}, {line, "-2|?", Unread, "", 2},
		{money, "-2|$3", Right, "", 0}, {money, "$-2|3", Unread, "", 1}, {line, "-2|$3", Unread, "", 2},
	} {
		got, err := Score(c.v, Response{Boxes: strings.Split(c.boxes, "|")})
		if err != nil || got.Outcome != c.want || got.Mistake != c.tag || got.Where != c.where {
			t.Errorf("%s %q: %s %q %d, %v; want %s %q %d", c.v.it.Code, c.boxes, got.Outcome, got.Mistake, got.Where, err, c.want, c.tag, c.where)
		}
		if (got.Mistake != "") == got.Nudge.Empty() {
			t.Errorf("%s %q: mistake %q and nudge %v do not go together", c.v.it.Code, c.boxes, got.Mistake, got.Nudge)
		}
	}
	j, _ := Score(jug, Response{Boxes: []string{"14"}})
	if n, err := jug.Nudge(j); err != nil || shown(n) != "You added 9 to both. Would it taste the same?" {
		t.Errorf("nudge %q, %v", shown(n), err)
	}
}

func TestScore_Options(t *testing.T) {
	one := recall(t, pick(t), "a", "2", "b", "5")
	many := recall(t, picks(t))
	for _, c := range []struct {
		v      Variant
		chosen []int
		want   Outcome
		tag    string
		nudge  string
	}{
		{one, []int{1}, Right, "", ""}, {one, []int{0}, NotYet, "first", "You took 2."}, {one, []int{2}, NotYet, "same", "Look again."}, {one, nil, Unread, "", ""},
		{many, []int{0, 2}, Right, "", ""}, {many, []int{2, 0}, Right, "", ""}, {many, []int{0}, NotYet, "", ""}, {many, []int{0, 1, 2}, NotYet, "odd", "Share 3 between two."},
		{many, []int{3, 1}, NotYet, "odd", "Share 3 between two."}, {many, []int{3}, NotYet, "", "Share 5 between two."}, {many, nil, Unread, "", ""},
	} {
		got, err := Score(c.v, Response{Chosen: c.chosen})
		if err != nil || got.Outcome != c.want || got.Mistake != c.tag {
			t.Errorf("%s %v: %s %q, %v; want %s %q", c.v.it.Code, c.chosen, got.Outcome, got.Mistake, err, c.want, c.tag)
		}
		if els, err := c.v.Nudge(got); err != nil || shown(els) != c.nudge {
			t.Errorf("%s %v: says %q, %v; want %q", c.v.it.Code, c.chosen, shown(els), err, c.nudge)
		}
	}
}

func TestScore_RefusesWhatThePageCannotHaveSent(t *testing.T) {
	jug := recall(t, bigJug(t), "a", "3", "b", "5", "k", "4", "who", "Ana")
	share := recall(t, shares(t), "p", "7", "n", "4")
	one := recall(t, pick(t), "a", "2", "b", "5")
	many := recall(t, picks(t))
	for name, c := range map[string]struct {
		v Variant
		r Response
	}{
		"option out of range": {one, Response{Chosen: []int{3}}},
		"negative option":     {many, Response{Chosen: []int{-1}}},
		"option twice":        {many, Response{Chosen: []int{0, 0}}},
		"two of one":          {one, Response{Chosen: []int{0, 1}}},
		"a box for an option": {one, Response{Boxes: []string{"1"}}},
		"an option for a box": {jug, Response{Chosen: []int{0}, Boxes: []string{"1"}}},
		"no box":              {jug, Response{}},
		"two boxes":           {jug, Response{Boxes: []string{"1", "2"}}},
		"a fraction of two":   {share, Response{Boxes: []string{"1", "2"}}},
	} {
		if got, err := Score(c.v, c.r); !fault.Is(err, fault.Invalid) || got.Outcome != "" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	gone := bigJug(t)
	gone.Withdrawn = true
	v, err := Draw(gone, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Score(v, Response{Boxes: []string{"20"}}); !fault.Is(err, fault.Conflict) {
		t.Errorf("an answer to a withdrawn item: %v", err)
	}
	if _, err := Score(Variant{}, Response{}); codeOf(err) != "fault.item.undrawn" {
		t.Errorf("a variant that was not drawn: %v", err)
	}
}

func BenchmarkScore(b *testing.B) {
	v, err := Draw(bigJug(b), 1)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Score(v, Response{Boxes: []string{"14"}}); err != nil {
			b.Fatal(err)
		}
	}
}

// One answer, as the server judges it: the variant is drawn again from its seed, then scored.
func BenchmarkDrawAndScore(b *testing.B) {
	it := bigJug(b)
	seed := SeedFor("learner", "item", 1)
	for b.Loop() {
		v, err := Draw(it, seed)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Score(v, Response{Boxes: []string{"14 cups"}}); err != nil {
			b.Fatal(err)
		}
	}
}

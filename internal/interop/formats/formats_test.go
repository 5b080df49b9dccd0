package formats

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"kith/internal/course"
	"kith/internal/doc"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/item"
)

var options = bank.Options{File: "x", True: "True", False: "False"}

// frozen is an item with the numbers that a seed draws, as somebody would write it who has one such item.
func frozen(t *testing.T, it item.Item, seed uint64) item.Item {
	t.Helper()
	v, err := item.Draw(it, seed)
	if err != nil {
		t.Fatal(err)
	}
	text := func(d doc.Doc) doc.Doc {
		s, err := doc.Fill(doc.Format(d), v)
		if err != nil {
			t.Fatal(it.Code, err)
		}
		out, err := doc.Parse(s, doc.Options{})
		if err != nil {
			return doc.Doc{Nodes: []doc.Node{{Kind: doc.Figure}}} // a drawn figure, which no format has a place for
		}
		return out
	}
	line := func(s string) string {
		out, err := doc.Fill(s, v)
		if err != nil {
			t.Fatal(it.Code, err)
		}
		return out
	}
	it.Text, it.Solution, it.Unit = text(it.Text), text(it.Solution), line(it.Unit)
	it.Hints, it.Choices, it.Boxes, it.Mistakes = slices.Clone(it.Hints), slices.Clone(it.Choices), slices.Clone(it.Boxes), slices.Clone(it.Mistakes)
	for i := range it.Hints {
		it.Hints[i] = text(it.Hints[i])
	}
	for i := range it.Choices {
		o := &it.Choices[i]
		o.Text, o.Nudge, o.If = text(o.Text), text(o.Nudge), ""
		if o.Right = slices.Contains(v.Rights(), i); o.Right {
			o.Nudge, o.Mistake = doc.Doc{}, ""
		}
	}
	numbers := func(all []*big.Rat) (out []string) {
		for _, n := range all {
			out = append(out, bank.Write(n))
		}
		return out
	}
	switch it.Kind {
	case item.Number, item.Fraction:
		it.Key = numbers(v.Key())[0]
	case item.Expression, item.Equation:
		it.Key = line(it.Key)
	case item.NumberLine, item.Interval, item.Plane:
		it.Key, _ = v.KeyText()
		it.Axes = axes(t, v)
	case item.Blanks:
		for i, key := range numbers(v.Key()) {
			b := &it.Boxes[i]
			b.Before, b.After, b.Label, b.Key, b.Second = line(b.Before), line(b.After), line(b.Label), key, ""
		}
	}
	for i := range it.Mistakes {
		switch m := &it.Mistakes[i]; {
		case len(m.Yields) == 0: // a slip that is known by its name
		case it.Kind.Arranged(), it.Kind == item.Short: // counts its options, or says words, and draws nothing
		case it.Kind.Placed():
			m.Yields = []string{v.YieldText(i)}
		case it.Kind == item.Expression || it.Kind == item.Equation:
			m.Yields = []string{line(m.Yields[0])}
		default:
			m.Yields = numbers(v.Yield(i))
		}
		it.Mistakes[i].Nudge = text(it.Mistakes[i].Nudge)
	}
	it.Draw, it.Let, it.Keep, it.Second, it.Context = nil, nil, nil, "", ""
	it.ID = item.ID(it.Code)
	return it
}

// axes writes the axes of a variant with its own numbers.
func axes(t *testing.T, v item.Variant) string {
	t.Helper()
	asked, err := v.Asked()
	if err != nil {
		t.Fatal(err)
	}
	one := func(name string, a item.AskedAxis) string {
		return strings.TrimSpace(name + " " + a.From + ".." + a.To + " by " + a.Step + " snap " + a.Snap + ` "` + a.Label + `"`)
	}
	line := one("x", asked.Axes.X)
	if y := asked.Axes.Y; y != nil {
		line += ", " + one("y", *y)
	}
	for _, m := range asked.Axes.Marks {
		line += ", mark (" + strings.Join(m.At, ", ") + `) "` + m.Text + `"`
	}
	return line
}

// show says what an item was and what it came back as.
func show(t *testing.T, f Format, b intake.Bundle, out []byte, code string) {
	t.Helper()
	back, err := f.Read(out, options)
	if err != nil {
		t.Log(err)
	}
	for _, all := range [][]item.Item{b.Items, back.Items} {
		for _, it := range all {
			if it.Code == code {
				it.Skills, it.Attribution = nil, nil
				text, _ := json.Marshal(it)
				t.Logf("%s", text)
			}
		}
	}
}

// Every item that comes along, with drawn numbers made fast: whatever a format writes comes back to the same item, and whatever it
// does not write, or writes without a part, is named with a reason that its writer knows.
func TestWrite_EveryBuiltInItemComesBackTheSameOrIsNamed(t *testing.T) {
	l, err := course.Load()
	if err != nil {
		t.Fatal(err)
	}
	b := intake.Bundle{Course: l.Course}
	seen := map[string]bool{}
	for seed := range uint64(2) {
		for _, it := range l.Items {
			if seed > 0 && len(it.Draw) == 0 {
				continue // it would be the same item twice
			}
			it = frozen(t, it, seed+7)
			asks, _ := json.Marshal([]any{it.Text, it.Picture, it.Choices, it.Boxes, it.Key})
			if seen[string(asks)] {
				continue // both draws ask the same, which reading refuses
			}
			seen[string(asks)] = true
			it.Code = fmt.Sprint(it.Code, "/", seed)
			it.ID = item.ID(it.Code)
			b.Items = append(b.Items, it)
		}
	}
	for _, f := range All {
		if !f.Writes() {
			continue
		}
		out, left, lost := f.Write(b, options)
		reasons := map[string]int{}
		for _, r := range slices.Concat(left, lost) {
			reasons[r.Reason.Code]++
			if r.Reason.Code == "export.differs" {
				t.Errorf("%s: %s comes back otherwise", f.Kind, r.ID)
				show(t, f, b, out, r.ID)
			}
		}
		written := len(b.Items) - len(left)
		t.Logf("%s: %d of %d items written, %d without a part: %v", f.Kind, written, len(b.Items), len(lost), reasons)
		if written < len(b.Items)/2 {
			t.Errorf("%s writes only %d items of %d", f.Kind, written, len(b.Items))
		}
		if guess, ok := Guess(out); !ok || guess.Kind != f.Kind {
			t.Errorf("what is written as %s looks like %s", f.Kind, guess.Kind)
		}
	}
}

// A file is told by what it holds, not by what it is called.
func TestGuess_TellsOurOwnFiles(t *testing.T) {
	for path, kind := range map[string]string{"gift/testdata/bakery.gift": "gift", "moodlexml/testdata/garden.xml": "moodle", "itemcsv/testdata/kitchen.csv": "csv", "itemmd/testdata/kitchen.md": "markdown"} {
		b, err := os.ReadFile("../" + path)
		if err != nil {
			t.Fatal(err)
		}
		if f, ok := Guess(b); !ok || f.Kind != kind {
			t.Errorf("%s looks like %q", path, f.Kind)
		}
	}
	for _, name := range []string{"links.tar", "bomb.zip"} { // archives of a book, though nobody takes these
		b, err := os.ReadFile("../cnxml/testdata/hostile/" + name)
		if f, ok := Guess(b); err != nil || !ok || f.Kind != "cnxml" {
			t.Errorf("%s looks like %q, %v", name, f.Kind, err)
		}
	}
	for _, f := range All {
		if f.Template != nil {
			if g, _ := Guess(f.Template()); g.Kind != f.Kind {
				t.Errorf("the template of %s looks like %q", f.Kind, g.Kind)
			}
		}
	}
	for _, s := range []string{"", "Dear all,\nhello", strings.Repeat("x", 1<<20)} {
		if f, ok := Guess([]byte(s)); ok {
			t.Errorf("%.20q looks like %s", s, f.Kind)
		}
	}
}

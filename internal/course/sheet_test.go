package course

import (
	"flag"
	"fmt"
	"io"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/item"
	"kith/internal/item/expr"
)

var (
	sheetFile = flag.String("sheet", "", "write the whole unit, every item drawn once, as plain text into this file")
	sheetSeed = flag.Uint64("seed", 1, "the seed that the sheet's items are drawn with")
)

// TestSheet writes all that the unit says, to be proof-read by somebody who did not write it:
//
//	go test ./internal/course -run TestSheet -sheet /tmp/unit.txt [-seed 7]
//
// Without the flag it only sees to it that nothing is left out.
func TestSheet(t *testing.T) {
	l := loaded(t)
	var b strings.Builder
	if err := sheet(&b, l, *sheetSeed); err != nil {
		t.Fatal(err)
	}
	if *sheetFile != "" {
		if err := os.WriteFile(*sheetFile, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, it := range l.Items {
		if !strings.Contains(b.String(), "\n=== "+it.Code+" ") {
			t.Errorf("%s is not on the sheet", it.Code)
		}
	}
	for _, ls := range l.Lessons {
		if !strings.Contains(b.String(), ls.Title) {
			t.Errorf("the lesson %s is not on the sheet", ls.Code)
		}
	}
}

// sheet writes the unit as plain text: per objective its task, activity, talk and lesson, then its skills' items with
// text, key, mistakes and their nudges, hints and solution.
func sheet(w io.Writer, l Loaded, seed uint64) error {
	say := func(name string, d doc.Doc, v doc.Values) {
		fmt.Fprintf(w, "  %s: %s\n", name, strings.ReplaceAll(d.Plain(v), "\n", "\n      "))
	}
	task := func(k content.Task) {
		fmt.Fprintf(w, "TASK %s\n", k.Title)
		for _, p := range []struct {
			name string
			d    doc.Doc
		}{{"goal", k.Goal}, {"role", k.Role}, {"audience", k.Audience}, {"situation", k.Situation}, {"product", k.Product}} {
			say(p.name, p.d, nil)
		}
		for _, r := range k.Roles {
			fmt.Fprintf(w, "  as %s: %s\n", r.Title, r.Does)
		}
		for _, s := range k.Standards {
			fmt.Fprintf(w, "  a good one: %s\n", s)
		}
	}
	fmt.Fprintf(w, "UNIT %s (seed %d)\n", l.Unit.Title, seed)
	task(l.Unit.Task)
	for i, p := range l.Unit.Parts {
		o := l.Course.Objectives[i]
		fmt.Fprintf(w, "\n\n########## %s %s\n%s\n", o.Code, o.Title, o.ICan)
		task(p.Task)
		a := p.Activity
		fmt.Fprintf(w, "ACTIVITY %s (%s, %d min)\n  needs: %s\n", a.Title, a.With, a.Minutes, strings.Join(a.Materials, "; "))
		say("steps", a.Steps, nil)
		fmt.Fprintf(w, "  bring: %s\n", a.Bring)
		say("TALK", p.Talk, nil)
		fmt.Fprintf(w, "LESSON %s (%d min)\n", l.Lessons[i].Title, l.Lessons[i].Minutes)
		say("body", l.Lessons[i].Body, nil)
		for _, s := range o.Skills {
			for _, it := range l.Items {
				if it.Skills[0] != s {
					continue
				}
				if err := sheetItem(w, it, seed, say); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func sheetItem(w io.Writer, it item.Item, seed uint64, say func(string, doc.Doc, doc.Values)) error {
	v, err := item.Draw(it, seed)
	if err != nil {
		return err
	}
	a, err := v.Asked()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n=== %s (%s) %v\n", it.Code, it.Kind, v.Values)
	say("asks", it.Text, v)
	for i, g := range it.Groups {
		fmt.Fprintf(w, "  group %d: %s\n", i+1, g.Text.Plain(v))
	}
	for i, o := range it.Choices {
		mark := " "
		switch {
		case it.Kind == item.Ordering:
			mark = fmt.Sprint(i + 1)
		case len(it.Groups) > 0:
			mark = fmt.Sprintf("in %d", o.Group+1)
		case slices.Contains(v.Rights(), i):
			mark = "*"
		}
		fmt.Fprintf(w, "  [%s] %s\n", mark, o.Text.Plain(v))
		if mark == " " || !o.Nudge.Empty() {
			say("    "+o.Mistake, o.Nudge, v)
		}
	}
	line := ""
	for i, b := range a.Boxes {
		line += b.Before + "[" + expr.Show(v.Key()[i]) + "]" + b.After
	}
	switch {
	case it.Kind.Mathematics():
		line, _ = v.KeyText()
	case it.Kind == item.Number || it.Kind == item.Fraction:
		line = "[" + expr.Show(v.Key()[0]) + "] " + a.Unit
	}
	if it.Kind == item.Short {
		texts, err := v.Accepted()
		if err != nil {
			return err
		}
		line = strings.Join(texts, ", ")
	}
	for _, c := range it.Rubric {
		fmt.Fprintf(w, "  %s: %s\n", c.Name, strings.Join(c.Levels, " | "))
	}
	if line != "" {
		fmt.Fprintf(w, "  key: %s\n", line)
	}
	for _, b := range a.Boxes {
		fmt.Fprintf(w, "  box: %s\n", b.Label)
	}
	for i, m := range it.Mistakes {
		if it.Kind == item.Short {
			text, err := v.YieldWritten(i)
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "  %s comes to %s\n", m.Tag, text)
		} else if it.Kind == item.Ordering {
			fmt.Fprintf(w, "  %s is the order %s\n", m.Tag, strings.Join(m.Yields, ", "))
		} else {
			fmt.Fprintf(w, "  %s comes to %s\n", m.Tag, answer(v.Yield(i))+v.YieldText(i))
		}
		say("    says", m.Nudge, v)
	}
	for i, h := range it.Hints {
		say(fmt.Sprintf("hint %d", i+1), h, v)
	}
	say("solution", it.Solution, v)
	return nil
}

func answer(boxes []*big.Rat) string {
	s := make([]string, len(boxes))
	for i, r := range boxes {
		s[i] = expr.Show(r)
	}
	return strings.Join(s, " | ")
}

package course

import (
	"slices"
	"testing"

	"kith/internal/doc"
	"kith/internal/item"
)

// The numbers of one draw, written down, ask the same: what is right in the draw is right of the still.
func TestStill_AsksWhatTheDrawAsks(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	figures := 0
	picture := func(svg, alt string) doc.Node {
		figures++
		if len(svg) < 100 || alt == "" {
			t.Errorf("a figure is %q, %q", svg, alt)
		}
		return doc.Node{Kind: doc.Image, Name: "00000000-0000-0000-0000-000000000000", Alt: alt}
	}
	for _, it := range l.Items {
		for seed := range uint64(3) {
			v, err := item.Draw(it, seed)
			if err != nil {
				t.Fatal(err)
			}
			still, err := item.Still(it, seed, picture)
			if err != nil {
				t.Fatal(it.Code, err)
			}
			if err := item.Check(still); err != nil || len(still.Draw)+len(still.Let)+len(still.Keep)+len(still.Scaffolds) > 0 {
				t.Errorf("%s: %v", it.Code, err)
				continue
			}
			now, err := item.Draw(still, 0)
			if err != nil {
				t.Errorf("%s: %v", it.Code, err)
				continue
			}
			a, _ := v.KeyText()
			b, _ := now.KeyText()
			same := a == b && slices.Equal(v.Rights(), now.Rights()) && len(v.Key()) == len(now.Key())
			for i, n := range now.Key() {
				same = same && n.Cmp(v.Key()[i]) == 0
			}
			if !same {
				t.Errorf("%s at %d: %v %v %q is %v %v %q", it.Code, seed, v.Key(), v.Rights(), a, now.Key(), now.Rights(), b)
			}
			if drawn, err := still.Text.Draw(nil); err != nil || len(drawn) == 0 {
				t.Errorf("%s: %v", it.Code, err)
			} else if was, now := it.Text.Plain(v), still.Text.Plain(nil); was != now {
				t.Errorf("%s asks\n%s\nnot\n%s", it.Code, now, was)
			}
		}
	}
	if figures == 0 {
		t.Error("no figure was drawn")
	}
}

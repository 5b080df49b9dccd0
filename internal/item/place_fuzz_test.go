package item

import (
	"testing"
	"time"
)

// FuzzPlace: whatever an author writes as axes and key, and whatever is answered, is judged or refused, soon and without a panic.
func FuzzPlace(f *testing.F) {
	for _, s := range [][3]string{
		{"0..2 by 1 snap 1/4", "3/4", "0.75"}, {`x 0..10 by 1 "cups", y 0..20 by 2, line, mark (2, 4) "a"`, "y = 2x", "(1, 2), (3, 6)"}, {"-10..10 by 2", "x < -1 or x >= 3", "(-∞, 1) ∪ [3, ∞)"},
		{"x 0..5, y 0..5", "(1, 2), (3, 4)", "x = 1, y = 2"}, {"0..1e9 by 0.0000001", "1", "1"}, {`x 0..1 by 1/0, y "`, "(", "[[["}, {"x -9^9..9^9, y 0..9^99", "x = 3", "y = 10^400 x"},
	} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(func(t *testing.T, axes, key, answer string) {
		if len(axes)+len(key)+len(answer) > 600 {
			return
		}
		slow := time.AfterFunc(10*time.Second, func() { panic("does not come to an end") })
		defer slow.Stop()
		began := time.Now()
		for _, kind := range []Kind{NumberLine, Interval, Plane} {
			it := placed(t, kind, axes, key)
			if Check(it) != nil {
				continue
			}
			v, err := Draw(it, 1)
			if err != nil {
				continue
			}
			if _, err := v.Asked(); err != nil {
				t.Fatal(err)
			}
			own, _ := v.KeyText()
			if j, err := Score(v, Response{Boxes: []string{own}}); err != nil || j.Outcome != Right {
				t.Fatalf("%s on %q: its own key %q is %s %v", key, axes, own, j.Outcome, err)
			}
			j, err := Score(v, Response{Boxes: []string{answer}})
			if err != nil {
				t.Fatal(err)
			}
			r, err := ReadBack(v, Response{Boxes: []string{answer}}, false)
			if err != nil || r.Why == "" && j.Outcome == Unread {
				t.Fatalf("%q reads as %+v and is %+v, %v", answer, r, j, err)
			}
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Fatalf("took %s", took)
		}
	})
}

func BenchmarkScore_Placed(b *testing.B) {
	for _, c := range []struct {
		kind              Kind
		axes, key, answer string
	}{
		{NumberLine, "0..2 by 1 snap 1/4", "3/4", "1/2"}, {Interval, "-10..10 by 2", "[2, ∞)", "(2, ∞)"}, {Plane, "x 0..10, y 0..10", "(1, 4), (2, 8)", "(4, 1), (8, 2)"}, {Plane, "x 0..10, y 0..20 by 2", "y = 2x", "(0, 0), (4, 2)"},
	} {
		v, err := Draw(placed(b, c.kind, c.axes, c.key), 1)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(string(c.kind)+" "+c.key, func(b *testing.B) {
			for b.Loop() {
				if _, err := Score(v, Response{Boxes: []string{c.answer}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

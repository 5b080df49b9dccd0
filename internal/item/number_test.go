package item

import (
	"encoding/json"
	"math/big"
	"os"
	"strings"
	"testing"

	"kith/internal/item/expr"
)

func TestReadNumber_TakesWhatChildrenType(t *testing.T) {
	typed := []struct{ typed, unit, want string }{
		{strings.Repeat("1", 19), "", "error"}, {strings.Repeat("0", 41), "", "error"}, {"0." + strings.Repeat("3", 17), "", "0." + strings.Repeat("3", 17)}, {"\xff", "", "error"},
	}
	// The page reads the same numbers, to say back what it read: lib/read.test.ts has the same list.
	listed, err := os.ReadFile("testdata/typed.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][3]string
	if err := json.Unmarshal(listed, &rows); err != nil || len(rows) < 100 {
		t.Fatalf("%d numbers are listed: %v", len(rows), err)
	}
	for _, r := range rows {
		typed = append(typed, struct{ typed, unit, want string }{r[0], r[1], r[2]})
	}
	for _, c := range typed {
		var got []string
		for _, v := range readNumber(c.typed, c.unit) {
			got = append(got, v.RatString())
		}
		var want []string
		for _, w := range strings.Split(c.want, "|") {
			if r, ok := expr.ReadNumber(w); ok {
				want = append(want, r.RatString())
			}
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q (unit %q) was read as %v, want %v", c.typed, c.unit, got, want)
		}
	}
}

func TestReadNumber_AUnitThatLooksLikeDigitsEatsNone(t *testing.T) {
	if got := readNumber("21", "1"); len(got) != 1 || got[0].Cmp(big.NewRat(21, 1)) != 0 {
		t.Errorf("21 with the unit 1 was read as %v", got)
	}
}

// FuzzReadNumber: whatever is typed, reading ends without panic and gives at most a few values.
func FuzzReadNumber(f *testing.F) {
	for _, s := range []string{"1 1/2", "1,000", "−½", "$5", "٣٫٥", "1/0", "x=", "5 cups", "%", "1,000/1,000 1"} {
		f.Add(s, "cups")
	}
	f.Fuzz(func(t *testing.T, typed, unit string) {
		if got := readNumber(typed, unit); len(got) > 16 {
			t.Errorf("%q has %d readings", typed, len(got))
		}
	})
}

func BenchmarkReadNumber(b *testing.B) {
	for b.Loop() {
		readNumber("1 1/2", "cups")
	}
}

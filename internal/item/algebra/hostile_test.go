package algebra

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// hostile are the lines of testdata/hostile.txt: key, tab, answer; «N×text» stands for N times text. All are our own.
func hostile(t testing.TB) [][2]string {
	t.Helper()
	b, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all [][2]string
	for _, line := range strings.Split(string(b), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, answer, _ := strings.Cut(line, "\t")
		all = append(all, [2]string{expand(key), expand(answer)})
	}
	return all
}

// expand writes out «N×text».
func expand(s string) string {
	for {
		before, rest, found := strings.Cut(s, "«")
		if !found {
			return s
		}
		inner, after, _ := strings.Cut(rest, "»")
		count, text, _ := strings.Cut(inner, "×")
		n := 0
		for _, c := range count {
			n = 10*n + int(c-'0')
		}
		s = before + strings.Repeat(text, n) + after
	}
}

// Bombs end soon and small: each well below the two seconds and 256 MiB that a check may take at the very most.
func TestCheck_SurvivesHostileAnswers(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, c := range hostile(t) {
		began := time.Now()
		k, err := NewKey(Ask{Key: c[0], Forms: forms(t, "simplified", "factored", "expanded", "lowest", "radical", "rationalised")})
		if err == nil {
			k.Check(c[1])
		}
		k, err = NewKey(Ask{Key: c[1]})
		if err == nil {
			k.Check(c[0])
			k.Check(c[1])
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%.60q and %.60q took %v", c[0], c[1], took)
		}
	}
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 256*uint64(len(hostile(t))) {
		t.Errorf("%d MiB were allocated", used)
	}
	if after.HeapSys>>20 > 256 {
		t.Errorf("the heap is %d MiB", after.HeapSys>>20)
	}
}

// FuzzCheck: whatever key and answer, checking ends without a panic, says the same twice, and keeps its promises. A key is
// always a right answer to itself unless the answer alone would be doubtful.
func FuzzCheck(f *testing.F) {
	for _, c := range hostile(f) {
		f.Add(c[0], c[1])
	}
	for _, c := range [][2]string{{"2x+3", "3+2x"}, {"x=4", "4"}, {"(2,5)", "2<x<5"}, {"sqrt(8)", "2sqrt(2)"}, {"5 m", "500 cm"}, {"x=2 or x=3", "{3,2}"}, {"ln(x^2)", "2ln|x|"}, {"1/2", "50%"}, {"sin(2x)", "2sin x cos x"}, {"[[1,2],[3,4]]", "x"}, {"2:3", "4:6"}, {"3±sqrt(2)", "3+sqrt(2)"}} {
		f.Add(c[0], c[1])
	}
	f.Fuzz(func(t *testing.T, key, answer string) {
		k, err := NewKey(Ask{Key: key})
		if err != nil {
			return
		}
		v := k.Check(answer)
		if again := k.Check(answer); again != v {
			t.Errorf("%q for %q: %+v and then %+v", answer, key, v, again)
		}
		if (v.Outcome == Right) != (v.ValueEqual && v.FormOK) || (v.Outcome == Unreadable) != (v.Where > 0) || v.Outcome == Right && v.Near != "" || v.Outcome != Unreadable && v.ReadAs == "" {
			t.Errorf("%q for %q: %+v", answer, key, v)
		}
		if self := k.Check(key); self.Outcome == NotYet {
			t.Errorf("%q is not right for itself: %+v, the key reads %q", key, self, k.ReadAs())
		}
	})
}

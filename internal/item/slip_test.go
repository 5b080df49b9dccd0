package item

import (
	"os"
	"regexp"
	"testing"

	"kith/internal/phrase"
)

// Every slip that algebra/near can name, and every form that can be asked for, has words for a learner: the lists are read
// from the source, so a new one cannot be forgotten.
func TestSlip_EverySlipAndFormHasWords(t *testing.T) {
	words, err := phrase.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file, list string
		judged     func(name string) Judged
		least      int
	}{
		{"algebra/near/near.go", `Miss\s+= "([a-z-]+)"`, func(n string) Judged { return Judged{Outcome: NotYet, Near: n} }, 40},
		{"algebra/form/form.go", `(?m)^\t\w+\s+Name = "([a-z-]+)"`, func(n string) Judged { return Judged{Outcome: NotYet, FormMiss: n} }, 24},
	} {
		src, err := os.ReadFile(c.file)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(c.list).FindAllStringSubmatch(string(src), -1)
		if len(found) < c.least {
			t.Errorf("%s: %d names, at least %d were expected", c.file, len(found), c.least)
		}
		for _, m := range found {
			say, _ := c.judged(m[1]).Slip()
			if len(words.Words("en", say.Code)) != 1 {
				t.Errorf("%s: %q has no words %q", c.file, m[1], say.Code)
			}
		}
	}
}

func TestSlip_RightValueInAnotherFormIsSaidGently(t *testing.T) {
	it := spread(t)
	it.Forms, it.Key, it.Mistakes = []string{"lowest-terms"}, "[[c]]/(2*[[c]])", nil
	v := recall(t, it, "c", "3", "d", "5")
	for _, c := range []struct {
		typed, code string
		right       bool
	}{{"3/6", "slip.form.lowest-terms", true}, {"2", "slip.reciprocal", false}, {"1/2", "", false}} {
		j, err := Score(v, Response{Boxes: []string{c.typed}})
		if err != nil {
			t.Fatal(err)
		}
		if say, right := j.Slip(); say.Code != c.code || right != c.right {
			t.Errorf("%s: %q, right value %v", c.typed, say.Code, right)
		}
	}
}

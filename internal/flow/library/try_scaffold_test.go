package library_test

import (
	"fmt"
	"testing"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
)

// The step is judged with the numbers that whoever tries has before them: a learner their own, a teacher the preview's. Nothing
// is kept of it.
func TestTryScaffold_JudgesWithTheNumbersThatAreSeen(t *testing.T) {
	s := schooltest.New(t, 1)
	who := s.Learners[0]
	try := func(as access.Actor, draw, rung int, answer string) (item.Outcome, error) {
		out, err := flow.Show(t.Context(), s.F, library.TryScaffold, as, library.TryScaffoldIn{Item: s.Item("a-1"), Version: 1, DrawN: draw, Rung: rung, Response: item.Response{Boxes: []string{answer}}})
		return out.Outcome, err
	}
	before := schooltest.MustJSON(s.Revs(flow.LearnerTopic(string(who.Person))))
	for draw := 1; draw <= 6; draw++ {
		n := schooltest.DrawnNumber(s, who, "a-1", draw)
		for answer, want := range map[string]item.Outcome{fmt.Sprint(n): item.Right, fmt.Sprint(2 * n): item.NotYet, "": item.Unread} {
			if got, err := try(who, draw, 1, answer); err != nil || got != want {
				t.Errorf("draw %d, %q: %s, %v", draw, answer, got, err)
			}
		}
		if got, err := try(s.Okafor, draw, 1, previewed(s, "a-1", draw)); err != nil || got != item.Right {
			t.Errorf("draw %d, as the preview shows it: %s, %v", draw, got, err)
		}
	}
	if _, err := try(who, 1, 2, "3"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a rung that is not there: %v", err)
	}
	if after := schooltest.MustJSON(s.Revs(flow.LearnerTopic(string(who.Person)))); after != before {
		t.Errorf("%s, before %s", after, before)
	}
}

// previewed is the number that a teacher sees in an item's n-th preview.
func previewed(s *schooltest.School, code string, n int) (number string) {
	s.Look(s.Okafor, func(l *flow.Look) error {
		it, err := library.ItemVersion(l, s.Item(code), 1)
		if err != nil {
			return err
		}
		v, err := library.PreviewVariant(*it, n)
		number = v.Values["n"]
		return err
	})
	return number
}

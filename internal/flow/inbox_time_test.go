package flow

import (
	"slices"
	"testing"
	"time"
)

// TestInbox_OpensFastWithTwentyEightPlans measures the view as a page loads it: 28 sent plans, each learner with forty
// answers. The bound is loose, for a machine that does other things too; the figure is logged.
func TestInbox_OpensFastWithTwentyEightPlans(t *testing.T) {
	if testing.Short() {
		t.Skip("a class of answers takes seconds to make")
	}
	s := newSchool(t, 28)
	for _, who := range s.learners {
		for n := range 4 {
			for _, code := range []string{"a-1", "a-2", "a-3", "b-1"} {
				s.now = s.now.Add(time.Second)
				s.answers(who, code, []string{"right", "right", "other", "right"}[n], n+1)
			}
		}
		s.sends(who, SendPlanIn{})
	}
	var took []time.Duration
	for range 20 {
		began := time.Now()
		page := show(s, Inbox, s.okafor, InboxIn{Class: s.class})
		took = append(took, time.Since(began))
		plans := len(page.Single)
		for _, f := range page.Same {
			plans += len(f.Plans)
		}
		if plans != 28 {
			t.Fatalf("%d plans wait, want 28", plans)
		}
	}
	slices.Sort(took)
	t.Logf("p50 %s, p95 %s", took[10], took[18])
	if took[10] > 500*time.Millisecond {
		t.Errorf("half of the loads took more than %s", took[10])
	}
}

package decision_test

import (
	"slices"
	"testing"
	"time"

	"kith/internal/flow/decision"
	"kith/internal/flow/evening"
	"kith/internal/flow/schooltest"
)

// TestInbox_OpensFastWithTwentyEightPlans measures the view as a page loads it: 28 sent plans, each learner with forty
// answers. The bound is loose, for a machine that does other things too; the figure is logged.
func TestInbox_OpensFastWithTwentyEightPlans(t *testing.T) {
	if testing.Short() {
		t.Skip("a class of answers takes seconds to make")
	}
	s := schooltest.New(t, 28)
	for _, who := range s.Learners {
		for n := range 4 {
			for _, code := range []string{"a-1", "a-2", "a-3", "b-1"} {
				s.Now = s.Now.Add(time.Second)
				s.Answers(who, code, []string{"right", "right", "other", "right"}[n], n+1)
			}
		}
		sends(s, who, evening.SendPlanIn{})
	}
	var took []time.Duration
	for range 20 {
		began := time.Now()
		page := schooltest.Show(s, decision.Inbox, s.Okafor, decision.InboxIn{Class: s.Class})
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
	if took[10] > 3*time.Second { // a tenth of it is usual; this runs under the race detector, on machines that do other things too
		t.Errorf("half of the loads took more than %s", took[10])
	}
}

package period_test

import (
	"testing"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/period"
	"kith/internal/flow/schooltest"
	"kith/internal/skill"
)

func TestPrintActivity_IsForTheClass(t *testing.T) {
	s := schooltest.New(t, 1)
	in := period.PrintActivityIn{ClassUnit: s.Given, Objective: skill.ObjectiveID(s.IDs["objective:o1"])}
	for _, who := range []struct{ is string }{{"teacher"}, {"learner"}} {
		actor := s.Okafor
		if who.is == "learner" {
			actor = s.Learners[0]
		}
		if p := schooltest.Show(s, period.PrintActivity, actor, in); p.Title != "Fold paper" || p.Minutes != 10 || len(p.Steps) != 1 || p.ICan != "I can double." {
			t.Errorf("%s: %+v", who.is, p)
		}
	}
	if _, err := flow.Show(t.Context(), s.F, period.PrintActivity, s.Lin, in); !fault.Is(err, fault.NotFound) {
		t.Errorf("another teacher: %v", err)
	}
	in.Objective = skill.ObjectiveID(s.IDs["objective:o2"])
	if _, err := flow.Show(t.Context(), s.F, period.PrintActivity, s.Okafor, in); !fault.Is(err, fault.NotFound) {
		t.Errorf("an objective without an activity: %v", err)
	}
}

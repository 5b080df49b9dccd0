package mastery

import (
	"testing"

	"kith/internal/evidence"
	"kith/internal/skill"
)

// A try after one that was ruled right was not needed, and moves nothing in Step as in Fold.
func TestStep_AMootTryMovesNothing(t *testing.T) {
	facts := story("a", "b", "c", "d-", "d-2", "d-2")
	for i := range facts {
		facts[i].Attempt.DrawN = 1
	}
	facts[5].Attempt.Try = 3
	facts = evidence.AsRuled(append(facts, evidence.Fact{ID: "r", Seq: 9, Kind: evidence.KindRuling, Ruling: &evidence.Ruling{Attempt: "f4", Accepted: true}}))
	for name, m := range map[string]Model{"first": First(), "default": Default()} {
		folded, err := Fold(m, facts)
		if err != nil {
			t.Fatal(err)
		}
		now := map[skill.ID]Estimate{}
		for _, f := range facts {
			moved, err := Step(m, now, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range moved {
				now[e.Skill] = e
			}
		}
		if got, want := now[rate], folded[rate]; got.PKnown != want.PKnown || got.Attempts != want.Attempts || got.Status != want.Status {
			t.Errorf("%s: stepped to %s, %d answers, %.4f; folded to %s, %d answers, %.4f", name, got.Status, got.Attempts, got.PKnown, want.Status, want.Attempts, want.PKnown)
		}
	}
}

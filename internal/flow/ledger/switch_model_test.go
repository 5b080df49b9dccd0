package ledger_test

import (
	"context"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow/decision"
	"kith/internal/flow/ledger"
	"kith/internal/flow/schooltest"
	"kith/internal/mastery"
)

// gentle is a model under which the same answers make nobody secure so soon.
func gentle(t *testing.T) mastery.Model {
	t.Helper()
	p := mastery.Default().Params
	p.BKT.Guess, p.Items = 0.34, 4
	m, err := mastery.New("019a0000-0000-7000-8000-000000000001", "own-1", p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func statuses(s *schooltest.Evening, who access.Actor) map[string]mastery.Status {
	out := map[string]mastery.Status{}
	p := schooltest.Show(s, decision.LearnerView, s.Teacher, decision.LearnerIn{Learner: who.Person})
	for _, o := range p.Answers.Where.Objectives {
		for _, k := range o.Skills {
			out[string(k.ID)] = k.Status
		}
	}
	return out
}

func mustHold(t *testing.T, s *schooltest.Evening, when string) {
	t.Helper()
	sum, err := ledger.Recompute(t.Context(), s.F, true)
	if err != nil || sum.Estimates == 0 || len(sum.Different) > 0 {
		t.Errorf("%s: recompute says %+v, %v", when, sum, err)
	}
}

func TestSwitchModel_ChangesEveryWordAtOnceAndBack(t *testing.T) {
	s := schooltest.NewEvening(t)
	s.Secure(s.Amina, s.Skills[0])
	s.Practise(s.Leo, s.Skills[0], "a-b")
	m, id := gentle(t), string(s.Skills[0])
	before := statuses(s, s.Amina)
	if before[id] != mastery.Secure {
		t.Fatalf("Amina is %s", before[id])
	}
	heard := 0
	if err := ledger.SwitchModel(t.Context(), s.F, s.ID, m, func(done, of int) { heard = done }); err != nil {
		t.Fatal(err)
	}
	if heard == 0 {
		t.Error("nobody heard how far it is")
	}
	if got := statuses(s, s.Amina)[id]; got != mastery.Growing {
		t.Errorf("under the new model Amina is %s", got)
	}
	mustHold(t, s, "after the switch")
	if _, current, err := ledger.Models(t.Context(), s.F, s.ID); err != nil || current != m.ID {
		t.Errorf("in force is %s, %v", current, err)
	}
	if err := ledger.SwitchModel(t.Context(), s.F, s.ID, m, func(int, int) {}); !fault.Is(err, fault.Conflict) {
		t.Errorf("switching to what is in force: %v", err)
	}
	s.Practise(s.Amina, s.Skills[0], "a+b") // the next answer is folded under the new model
	mustHold(t, s, "after an answer under the new model")

	if err := ledger.SwitchModel(t.Context(), s.F, s.ID, mastery.Default(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	if got := statuses(s, s.Amina)[id]; got != mastery.Secure {
		t.Errorf("back under the old model Amina is %s", got)
	}
	mustHold(t, s, "after going back")
}

// Answers that come while the folding goes on are in the switch, and whoever looks before it sees the old words.
func TestSwitchModel_LosesNoAnswerThatComesMeanwhile(t *testing.T) {
	s := schooltest.NewEvening(t)
	s.Secure(s.Amina, s.Skills[0])
	s.Practise(s.Leo, s.Skills[0], "a+b")
	answered := false
	err := ledger.SwitchModel(t.Context(), s.F, s.ID, gentle(t), func(done, of int) {
		if done == of && !answered { // Amina or Leo was folded already
			answered = true
			s.Practise(s.Amina, s.Skills[1], "a+b")
			s.Practise(s.Leo, s.Skills[1], "a-b")
			if got := statuses(s, s.Amina)[string(s.Skills[0])]; got != mastery.Secure {
				t.Errorf("before the switch Amina is shown as %s", got)
			}
		}
	})
	if err != nil || !answered {
		t.Fatal(err, answered)
	}
	for _, who := range []access.Actor{s.Amina, s.Leo} {
		if got := statuses(s, who)[string(s.Skills[1])]; got != mastery.Growing {
			t.Errorf("an answer that came meanwhile left %s", got)
		}
	}
	mustHold(t, s, "after the switch")
}

// A switch that was cut short leaves what is in force as it was, and can be done again.
func TestSwitchModel_CutShortChangesNothing(t *testing.T) {
	s := schooltest.NewEvening(t)
	s.Secure(s.Amina, s.Skills[0])
	ctx, cut := context.WithTimeout(t.Context(), time.Hour)
	func() {
		defer func() { _ = recover() }()
		_ = ledger.SwitchModel(ctx, s.F, s.ID, gentle(t), func(done, of int) { cut(); panic("the machine stops") })
	}()
	if got := statuses(s, s.Amina)[string(s.Skills[0])]; got != mastery.Secure {
		t.Errorf("Amina is shown as %s", got)
	}
	mustHold(t, s, "cut short")
	if err := ledger.SwitchModel(t.Context(), s.F, s.ID, gentle(t), func(int, int) {}); err != nil {
		t.Errorf("again: %v", err)
	}
	mustHold(t, s, "done again")
}

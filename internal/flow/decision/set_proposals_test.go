package decision_test

import (
	"testing"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/decision"
	"kith/internal/flow/schooltest"
	"kith/internal/store/db"
)

func TestSetProposals_SwitchesTheClass(t *testing.T) {
	s := schooltest.New(t, 1)
	schooltest.Do(s, decision.SetProposals, s.Okafor, decision.SetProposalsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, On: false})
	s.Look(s.Okafor, func(l *flow.Look) error {
		row, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: string(s.ID), ID: string(s.Class)})
		if row.Proposals {
			t.Error("proposals are still on")
		}
		return err
	})
	schooltest.Refused(s, decision.SetProposals, s.Lin, decision.SetProposalsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class}, fault.NotFound)
}

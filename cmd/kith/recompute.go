package main

import (
	"context"
	"fmt"
	"os"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/store"
)

type recomputeCmd struct {
	where
	Check bool `help:"Change nothing; fail when a stored estimate differs from its fold."`
}

// Run folds every learner's evidence again.
func (c *recomputeCmd) Run() error {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Config{Dir: c.Data, URL: c.DB})
	if err != nil {
		return err
	}
	defer s.Close()
	sum, err := ledger.Recompute(ctx, flow.New(s), c.Check)
	if err != nil {
		return err
	}
	for _, d := range sum.Different {
		fmt.Fprintf(os.Stderr, "differs: learner %s skill %s: stored %s, folded %s\n", d.Learner, d.Skill, d.Stored, d.Folded)
	}
	fmt.Printf("%d learners, %d estimates, %d different\n", sum.Learners, sum.Estimates, len(sum.Different))
	if c.Check && len(sum.Different) > 0 {
		return fault.New(fault.Conflict, "fault.recompute.differs", "n", len(sum.Different))
	}
	return nil
}

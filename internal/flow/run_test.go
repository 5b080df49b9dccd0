package flow_test

import (
	"context"
	"runtime"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/schooltest"
	"kith/internal/store/db"
)

type probeIn struct {
	flow.Op
	prepared bool
}

// Comparing mathematics may take a second. Whoever does it ahead of a verb holds none of the few snapshots meanwhile, or two
// such answers would keep everybody from their pages.
func TestRun_AheadHoldsNoSnapshot(t *testing.T) {
	s := schooltest.New(t, 1)
	free := make(chan struct{})
	defer close(free)
	for range max(2, runtime.NumCPU()) - 1 { // all snapshots that SQLite has but one
		held := make(chan struct{})
		go func() {
			_ = s.F.Store().Read(t.Context(), func(context.Context, *db.Queries) error { close(held); <-free; return nil })
		}()
		<-held
	}
	probe := flow.Verb[probeIn, flow.Done]{
		Name: "probe", Rule: access.Allow(access.Staff),
		Prepare: func(_ *flow.Look, in probeIn) probeIn { in.prepared = true; return in },
		Ahead: func(in probeIn) (probeIn, error) {
			if !in.prepared {
				t.Error("ahead of what Prepare gives")
			}
			ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
			defer stop()
			return in, s.F.Store().Read(ctx, func(context.Context, *db.Queries) error { return nil })
		},
		Do: func(*flow.Act, probeIn) (flow.Done, error) { return flow.Done{}, nil },
	}
	if _, err := flow.Run(t.Context(), s.F, probe, s.Okafor, probeIn{Op: schooltest.Op()}); err != nil {
		t.Error(err)
	}
}

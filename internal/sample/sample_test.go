package sample_test

import (
	"context"
	"testing"
	"time"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/sample"
	"kith/internal/store"
)

var monday = time.Date(2026, 11, 23, 7, 30, 0, 0, time.UTC)

func open(t *testing.T, url string) (*flow.Flow, *sample.Clock) {
	t.Helper()
	clock := &sample.Clock{}
	cfg := store.Config{Dir: t.TempDir(), Clock: clock.Now}
	if url != "" {
		cfg = store.Config{URL: url, Clock: clock.Now}
	}
	s, err := store.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return flow.New(s), clock
}

func TestMake_OnceInAStore(t *testing.T) {
	ctx := context.Background()
	f, clock := open(t, "")
	if _, ok, err := sample.Found(ctx, f); ok || err != nil {
		t.Fatalf("an empty store: found %v, %v", ok, err)
	}
	s, err := sample.Make(ctx, f, clock, monday, 1, sample.Small)
	if err != nil {
		t.Fatal(err)
	}
	id, ok, err := sample.Found(ctx, f)
	if id != s.ID || !ok || err != nil {
		t.Errorf("found %v %v %v, made %v", id, ok, err, s.ID)
	}
	if _, err := sample.Make(ctx, f, clock, monday.AddDate(0, 0, 1), 2, sample.Small); !fault.Is(err, fault.Conflict) {
		t.Errorf("made twice in one store: %v", err)
	}
}

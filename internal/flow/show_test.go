package flow_test

import (
	"context"
	"testing"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/schooltest"
	"kith/internal/store"
)

// A change that is committed while a view loads is not in the view, so its rev must not be either: the page asks for
// what comes after the rev that it carries.
func TestShowAt_RevsAreOfTheViewsSnapshot(t *testing.T) {
	s := schooltest.New(t, 1)
	topic := flow.ClassTopic(string(s.Class))
	raise := func() {
		s.Write(func(ctx context.Context, tx *store.Tx) error {
			tx.Announce(string(s.ID), topic, "people", "{}")
			return nil
		})
	}
	raise()
	view := flow.View[struct{}, int64]{Name: "probe", Rule: access.Allow(access.Staff), Load: func(l *flow.Look, _ struct{}) (int64, error) {
		seen, err := l.Revs(topic)
		raise() // somebody else, just now
		return seen[topic], err
	}}
	seen, revs, err := flow.ShowAt(t.Context(), s.F, view, s.Okafor, struct{}{}, func(int64) []string { return []string{topic} })
	if err != nil {
		t.Fatal(err)
	}
	if seen != 1 || revs[topic] != 1 {
		t.Errorf("the view saw rev %d and carries %d; want 1 and 1", seen, revs[topic])
	}
}

package live

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"
)

// table is the live table of a database: rows by topic, of which the oldest may have been forgotten.
type table struct {
	mu   sync.Mutex
	rows map[Topic][]Event
}

func (t *table) add(topic Topic, kind string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	rev := int64(1)
	if n := len(t.rows[topic]); n > 0 {
		rev = t.rows[topic][n-1].Rev + 1
	}
	t.rows[topic] = append(t.rows[topic], Event{Topic: topic.Name, Rev: rev, Kind: kind, Data: json.RawMessage("{}")})
}

func (t *table) forget(topic Topic, upTo int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[topic] = slices.DeleteFunc(t.rows[topic], func(e Event) bool { return e.Rev <= upTo })
}

func (t *table) read(_ context.Context, topic Topic, after int64, limit int) ([]Event, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []Event
	for _, e := range t.rows[topic] {
		if e.Rev > after && len(out) < limit {
			out = append(out, e)
		}
	}
	return out, nil
}

// hear takes n events, or fails after two seconds.
func hear(t *testing.T, f *Follower, n int) (out []string) {
	t.Helper()
	for len(out) < n {
		select {
		case e := <-f.C:
			out = append(out, fmt.Sprintf("%s %d", e.Kind, e.Rev))
		case <-time.After(2 * time.Second):
			t.Fatalf("heard %v, and then nothing; wanted %d", out, n)
		}
	}
	return out
}

func silent(t *testing.T, f *Follower) {
	t.Helper()
	select {
	case e := <-f.C:
		t.Errorf("heard %s %d once too often", e.Kind, e.Rev)
	case <-time.After(30 * time.Millisecond):
	}
}

var class = Topic{"s", "class:7b"}

func TestHub_AnAnnouncedChangeReachesAFollowerOnceAndInOrder(t *testing.T) {
	rows := &table{rows: map[Topic][]Event{}}
	h := New(rows.read)
	f := h.Follow(map[Topic]int64{class: 0})
	defer f.Close()
	var want []string
	for i := range 20 {
		kind := fmt.Sprintf("k%d", i)
		rows.add(class, kind)
		want = append(want, fmt.Sprintf("%s %d", kind, i+1))
		h.Hint([]Topic{class}) // hints run beside each other, and each may find several rows
		h.Hint([]Topic{class})
	}
	if got := hear(t, f, 20); !slices.Equal(got, want) {
		t.Errorf("heard %v", got)
	}
	silent(t, f)
}

func TestHub_AFollowerWhoComesBackHearsWhatWasMissed(t *testing.T) {
	rows := &table{rows: map[Topic][]Event{}}
	h := New(rows.read)
	for range 5 {
		rows.add(class, "hand")
	}
	f := h.Follow(map[Topic]int64{class: 3})
	defer f.Close()
	if got := hear(t, f, 2); !slices.Equal(got, []string{"hand 4", "hand 5"}) {
		t.Errorf("heard %v", got)
	}
	silent(t, f)
}

func TestHub_AnUnfillableGapIsOneResyncAndThenGoesOn(t *testing.T) {
	rows := &table{rows: map[Topic][]Event{}}
	h := New(rows.read)
	for range 9 {
		rows.add(class, "attempt")
	}
	rows.forget(class, 6)
	f := h.Follow(map[Topic]int64{class: 2})
	defer f.Close()
	if got := hear(t, f, 1); !slices.Equal(got, []string{"resync 9"}) {
		t.Errorf("heard %v", got)
	}
	rows.add(class, "day")
	h.Hint([]Topic{class})
	if got := hear(t, f, 1); !slices.Equal(got, []string{"day 10"}) {
		t.Errorf("heard %v", got)
	}
}

func TestHub_WhoeverDoesNotReadGetsAResyncInsteadOfAGap(t *testing.T) {
	rows := &table{rows: map[Topic][]Event{}}
	h := New(rows.read)
	f := h.Follow(map[Topic]int64{class: 0})
	defer f.Close()
	for range cap(f.C) + 50 {
		rows.add(class, "presence")
	}
	for range 2 { // one read brings at most perRead
		h.look(t.Context(), class)
	}
	heard := hear(t, f, cap(f.C))
	last, rev := heard[len(heard)-1], cap(f.C)+50
	if last != fmt.Sprintf("resync %d", rev) {
		t.Errorf("the last of %d is %s", len(heard), last)
	}
	silent(t, f)
}

func TestHub_PollFindsWhatNoHintTold(t *testing.T) {
	rows := &table{rows: map[Topic][]Event{}}
	h := New(rows.read)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go h.Run(ctx, 10*time.Millisecond)
	f := h.Follow(map[Topic]int64{class: 0})
	rows.add(class, "day")
	if got := hear(t, f, 1); got[0] != "day 1" {
		t.Errorf("heard %v", got)
	}
	f.Close()
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.topics[class]) != 0 {
		t.Error("a closed follower is still served")
	}
}

func TestHub_TopicsOfOneSchoolStayThere(t *testing.T) {
	rows := &table{rows: map[Topic][]Event{}}
	h := New(rows.read)
	f := h.Follow(map[Topic]int64{class: 0})
	defer f.Close()
	other := Topic{"another", class.Name}
	rows.add(other, "day")
	h.Hint([]Topic{other, class})
	silent(t, f)
}

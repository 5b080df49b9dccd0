// Package live carries hints from a commit to the people who follow a topic.
//
// The database is the only record: events are rows (topic, rev) written in the verb's transaction. A Hub only says "look";
// it reads the rows after the rev that each follower has and hands them on, so nothing is missed and nothing is shown
// twice. A hint comes in process right after the commit; beneath it a poll once a second finds what other nodes wrote.
//
// Place in the flow: layer 5, an adapter. It imports nothing of ours; its source is a function.
package live

import (
	"context"
	"encoding/json"
	"sync"
	"time"
)

// Topic is what can be followed, in one school.
type Topic struct{ School, Name string }

// Event is one change: Rev rises by one for each event of a topic.
type Event struct {
	Topic string          `json:"topic"`
	Rev   int64           `json:"rev"`
	Kind  string          `json:"kind"`
	Data  json.RawMessage `json:"data"`
}

// Source reads the events of a topic after a rev, oldest first, at most limit.
type Source func(ctx context.Context, t Topic, after int64, limit int) ([]Event, error)

// perRead bounds one read; a follower who is further behind is told to load anew (Resync).
const perRead = 200

// Resync is the kind of the event that says: more was missed than can be replayed, load the page anew.
const Resync = "resync"

// Hub hands events to followers. The zero Hub is not usable; make one with New.
type Hub struct {
	source Source
	mu     sync.Mutex
	topics map[Topic]map[*Follower]bool
}

// New makes a hub on a source. Call Run to let it poll.
func New(source Source) *Hub { return &Hub{source: source, topics: map[Topic]map[*Follower]bool{}} }

// Follower is one open stream. Events arrive on C; when it is full the follower gets one Resync instead of a gap.
type Follower struct {
	hub    *Hub
	C      chan Event
	topics []Topic // never changed after Follow
	mu     sync.Mutex
	revs   map[Topic]int64 // guarded by mu
}

// Follow begins to hand over events of the topics after the revs given. Close it when done.
func (h *Hub) Follow(revs map[Topic]int64) *Follower {
	f := &Follower{hub: h, C: make(chan Event, 256), revs: map[Topic]int64{}}
	h.mu.Lock()
	for t, rev := range revs {
		f.revs[t] = rev
		f.topics = append(f.topics, t)
		if h.topics[t] == nil {
			h.topics[t] = map[*Follower]bool{}
		}
		h.topics[t][f] = true
	}
	h.mu.Unlock()
	for t := range revs {
		h.look(context.Background(), t)
	}
	return f
}

// Close ends the follower.
func (f *Follower) Close() {
	f.hub.mu.Lock()
	defer f.hub.mu.Unlock()
	for _, t := range f.topics {
		delete(f.hub.topics[t], f)
		if len(f.hub.topics[t]) == 0 {
			delete(f.hub.topics, t)
		}
	}
}

// Hint says that topics changed; followers of them are served before it returns control to its goroutine.
func (h *Hub) Hint(topics []Topic) {
	h.mu.Lock()
	var followed []Topic
	for _, t := range topics {
		if len(h.topics[t]) > 0 {
			followed = append(followed, t)
		}
	}
	h.mu.Unlock()
	if len(followed) == 0 {
		return
	}
	go func() {
		for _, t := range followed {
			h.look(context.Background(), t)
		}
	}()
}

// Run polls once each period until ctx ends: the way in for what other nodes wrote.
func (h *Hub) Run(ctx context.Context, period time.Duration) {
	tick := time.NewTicker(period)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			h.mu.Lock()
			all := make([]Topic, 0, len(h.topics))
			for t := range h.topics {
				all = append(all, t)
			}
			h.mu.Unlock()
			for _, t := range all {
				h.look(ctx, t)
			}
		}
	}
}

// look reads what is new on a topic and hands it to each follower from the rev that they have.
func (h *Hub) look(ctx context.Context, t Topic) {
	h.mu.Lock()
	followers := make([]*Follower, 0, len(h.topics[t]))
	for f := range h.topics[t] {
		followers = append(followers, f)
	}
	h.mu.Unlock()
	if len(followers) == 0 {
		return
	}
	after := int64(-1)
	for _, f := range followers {
		f.mu.Lock()
		if after < 0 || f.revs[t] < after {
			after = f.revs[t]
		}
		f.mu.Unlock()
	}
	events, err := h.source(ctx, t, after, perRead)
	if err != nil || len(events) == 0 {
		return // the next hint or poll looks again
	}
	for _, f := range followers {
		f.take(t, events)
	}
}

func (f *Follower) take(t Topic, events []Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range events {
		if e.Rev <= f.revs[t] {
			continue
		}
		if e.Rev != f.revs[t]+1 || len(f.C) == cap(f.C)-1 {
			e = Event{Topic: t.Name, Rev: events[len(events)-1].Rev, Kind: Resync, Data: json.RawMessage("{}")}
		}
		select {
		case f.C <- e:
			f.revs[t] = e.Rev
		default: // full even for the resync: the follower reads nothing; the next look tries again
			return
		}
	}
}

package flow

import (
	"context"
	"sync"

	"kith/internal/access"
	"kith/internal/roster"
)

// mostBehind is how many values that were made behind are kept, over all schools: each may take some megabytes. One that was
// asked for within heldMs is not given up for another, or many schools would have their values made over and over.
const (
	mostBehind = 8
	heldMs     = 30 * 60 * 1000
)

// behind is what is made in the background, off every transaction and every request: one value at a time.
type behind struct {
	mu    sync.Mutex
	kept  map[memoryKey]*made
	turn  chan struct{} // one place: two schools at once would only share the processor
	all   sync.WaitGroup
	ended bool
	ctx   context.Context
	stop  context.CancelFunc
}

// made is one value, or its place while it is being made, or what is left of work that failed.
type made struct {
	stamp  int64
	value  any
	ready  bool
	usedMs int64
}

func newBehind() *behind {
	b := &behind{kept: map[memoryKey]*made{}, turn: make(chan struct{}, 1)}
	b.ctx, b.stop = context.WithCancel(context.Background())
	return b
}

// Read runs a body in one snapshot of the school, seen by the program itself.
type Read func(body func(l *Look) error) error

// Behind gives what work makes for a school, a key and a stamp, once it is there. The first call has it made in the
// background and gives false, as do all others until it is ready: nobody waits, and a caller without it goes another way, as
// when there is no room. A new stamp forgets what was made under an earlier one. Work that fails leaves nothing, until the next stamp or start. A
// key is a comparable value of a type of the caller's own.
//
// What is made must be a function of the evidence and the stamp, so that it is the same after the program was started anew.
func Behind[T any](l *Look, key any, stamp int64, work func(read Read) (T, error)) (value T, ok bool) {
	b, at := l.f.behind, memoryKey{l.School(), key}
	b.mu.Lock()
	defer b.mu.Unlock()
	m := b.kept[at]
	if m != nil && m.stamp == stamp {
		m.usedMs = l.now
		if !m.ready {
			return value, false
		}
		value, ok = m.value.(T)
		return value, ok
	}
	delete(b.kept, at)
	if b.ended || !b.room(l.now) {
		return value, false
	}
	m = &made{stamp: stamp, usedMs: l.now}
	b.kept[at] = m
	f, school := l.f, l.who.School
	b.all.Add(1)
	go func() {
		defer b.all.Done()
		select {
		case b.turn <- struct{}{}:
		case <-b.ctx.Done():
			return
		}
		defer func() { <-b.turn }()
		v, err := work(f.readerOf(school))
		if err != nil {
			return // a caller without it goes another way
		}
		b.mu.Lock()
		m.value, m.ready = v, true
		b.mu.Unlock()
	}()
	return value, false
}

func (f *Flow) readerOf(school roster.SchoolID) Read {
	return func(body func(l *Look) error) error {
		return f.Snapshot(f.behind.ctx, access.Actor{School: school, System: true}, body)
	}
}

// room makes room for one more value, and reports whether there is any. The caller holds the lock.
func (b *behind) room(nowMs int64) bool {
	if len(b.kept) < mostBehind {
		return true
	}
	var oldest memoryKey
	last := nowMs - heldMs
	found := false
	for k, m := range b.kept {
		if m.usedMs < last {
			last, oldest, found = m.usedMs, k, true
		}
	}
	if found {
		delete(b.kept, oldest)
	}
	return found
}

// Aside runs work that outlives the request which began it: off the request, ended with the program. The store stays open until it
// has come back. What it had not done by then is for it to find again.
func (f *Flow) Aside(work func(ctx context.Context)) {
	b := f.behind
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		return
	}
	b.all.Add(1)
	go func() {
		defer b.all.Done()
		work(b.ctx)
	}()
}

// Settled waits until nothing is being made in the background.
func (f *Flow) Settled() { f.behind.all.Wait() }

// Rest ends what is being made in the background and waits for it: before the store is closed.
func (f *Flow) Rest() {
	f.behind.mu.Lock()
	f.behind.ended = true
	f.behind.mu.Unlock()
	f.behind.stop()
	f.behind.all.Wait()
}

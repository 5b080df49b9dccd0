// Package flow is the kernel of what people do: a verb or a view is authorized, run in one transaction or snapshot, noted and
// announced, the same way for all of them.
//
// A Verb changes something and happens once for each op; a View shows something from one snapshot. Both carry their Rule
// and say what they are about, so authorization happens in the same transaction as the work. They are values of the rooms
// beside this file, one verb a file; a room loads through the Look or Act that it is given. Judgement is done by the pure
// packages beneath; sentences are made by the pages above.
//
// Place in the flow: layer 4. Above store and judgement, beneath its rooms and web, which registers their verbs and views.
package flow

import (
	"context"
	"fmt"

	"kith/internal/access"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Flow is the verbs' footing: the store, and what this process remembers of what cannot change.
type Flow struct {
	store  *store.Store
	memory *memory
	behind *behind
	rule   func(name string, declared access.Rule) access.Rule
}

// New makes a Flow on an open store.
func New(s *store.Store) *Flow { return &Flow{store: s, memory: newMemory(), behind: newBehind()} }

// WithRule is the same flow under other rules: the access test takes policies away one by one to see that it would notice.
func (f *Flow) WithRule(rule func(name string, declared access.Rule) access.Rule) *Flow {
	other := *f
	other.rule = rule
	return &other
}

func (f *Flow) ruleOf(name string, declared access.Rule) access.Rule {
	if f.rule == nil {
		return declared
	}
	return f.rule(name, declared)
}

// Store is the store beneath, for wiring and checks.
func (f *Flow) Store() *store.Store { return f.store }

// Look is one snapshot, seen by one person: what views and verbs load through.
type Look struct {
	ctx context.Context
	f   *Flow
	q   *db.Queries
	who access.Actor
	now int64
	has access.Relation // what the actor was found to be to the subject
}

// Ctx is the context of the request, which ends a statement that nobody waits for any more.
func (l *Look) Ctx() context.Context { return l.ctx }

// Q are the statements, run in this snapshot or, in an Act, in its transaction.
func (l *Look) Q() *db.Queries { return l.q }

// Who is the person looking.
func (l *Look) Who() access.Actor { return l.who }

// School is the id of the school of whoever looks, as statements want it: they never reach beyond it.
func (l *Look) School() string { return string(l.who.School) }

// Now is the snapshot's instant, ms since 1970 UTC.
func (l *Look) Now() int64 { return l.now }

// Has reports whether the actor stands in a relation to the subject of this verb or view.
func (l *Look) Has(r access.Relation) bool { return l.has&r != 0 }

// Act is a Look that may write.
type Act struct {
	*Look
	tx *store.Tx
	op string
	n  int
}

// Op is the id of this act, the client's.
func (a *Act) Op() string { return a.op }

// NewID makes the next id of this act from its op, so that a body that runs twice makes the same ids: a UUIDv7 with the
// op's time.
func (a *Act) NewID() string {
	a.n++
	if a.tx.NoDedupe { // the planted fault takes this second guard away too: ids that repeat would be refused as doubled rows
		return deriveID(fmt.Sprintf("%s/%d", a.op, a.now), a.n)
	}
	return deriveID(a.op, a.n)
}

// Input is what a verb takes.
type Input interface{ OpID() string }

// Verb changes something.
type Verb[I Input, O any] struct {
	Name  string                                      // snake_case, unique
	Rule  access.Rule                                 // the policy
	About func(l *Look, in I) (access.Subject, error) // what it is about, looked up in the transaction
	Do    func(a *Act, in I) (O, error)               // load, judge, save, announce
	Shard func(in I, who access.Actor) string         // acts that must not overtake each other; nil = the actor

	// Prepare adds to the input what never changes (a version of content), from a snapshot before the transaction. Snapshots
	// are few, so it works nothing out. Nobody was authorized yet: Do refuses, Prepare does not. nil = nothing.
	Prepare func(l *Look, in I) I

	// Ahead is reading and judging that is too slow for a snapshot or the transaction: pure, once, after Prepare and before
	// Do, for somebody who was not authorized yet. nil = nothing.
	Ahead func(in I) (I, error)

	// Survey is reading and judging ahead that is too wide for one snapshot, such as the records of all who answered an item: in
	// snapshots of its own, one after another, after Ahead and before Do. The actor was authorized in the first; Do authorizes them
	// again, compares under its locks, and does itself what has moved meanwhile. A fault is left to Do, which meets it too.
	// nil = nothing.
	Survey func(s Snapshots, in I) (I, error)

	// Finish fills in, after the commit, what was prepared and need not be stored with the outcome; nil = nothing.
	Finish func(in I, out *O) error
}

// Snapshots runs a body in a snapshot of its own.
type Snapshots func(body func(l *Look) error) error

// View shows something.
type View[I, O any] struct {
	Name  string
	Rule  access.Rule
	About func(l *Look, in I) (access.Subject, error)
	Load  func(l *Look, in I) (O, error)
}

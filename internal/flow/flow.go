// Package flow is what people do: one verb a file, each authorize, load, judge, save in one transaction, announce.
//
// A Verb changes something and happens once for each op; a View shows something from one snapshot. Both carry their Rule
// and say what they are about, so authorization happens in the same transaction as the work. Judgement is done by the pure
// packages beneath; sentences are made by the pages above.
//
// Place in the flow: layer 4. Above store and judgement, beneath web, which registers verbs and views and nothing else.
package flow

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Flow is the verbs' footing: the store and what is known of content.
type Flow struct {
	store   *store.Store
	library *library
	rule    func(name string, declared access.Rule) access.Rule
}

// New makes a Flow on an open store.
func New(s *store.Store) *Flow { return &Flow{store: s, library: newLibrary()} }

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

// Who is the person looking.
func (l *Look) Who() access.Actor { return l.who }

// Now is the snapshot's instant, ms since 1970 UTC.
func (l *Look) Now() int64 { return l.now }

// Has reports whether the actor stands in a relation to the subject of this verb or view.
func (l *Look) Has(r access.Relation) bool { return l.has&r != 0 }

func (l *Look) school() string { return string(l.who.School) }

// Act is a Look that may write.
type Act struct {
	*Look
	tx *store.Tx
	op string
	n  int
}

// NewID makes the next id of this act from its op, so that a body that runs twice makes the same ids: a UUIDv7 with the
// op's time.
func (a *Act) NewID() string {
	a.n++
	if a.tx.NoDedupe { // the planted fault takes this second guard away too: ids that repeat would be refused as doubled rows
		return deriveID(fmt.Sprintf("%s/%d", a.op, a.now), a.n)
	}
	return deriveID(a.op, a.n)
}

func deriveID(op string, n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d", op, n))
	h := hex.EncodeToString(sum[:])
	// time (48 bits) from the op, version 7, variant 10
	return op[:13] + "-7" + h[0:3] + "-" + string("89ab"[h[3]&3]) + h[4:7] + "-" + h[7:19]
}

// Announce tells everyone who follows a topic that it changed.
func (a *Act) Announce(topic, kind string, data any) {
	body, err := json.Marshal(data)
	if err != nil {
		panic(fmt.Errorf("announce %s: %w", kind, err))
	}
	a.tx.Announce(a.school(), topic, kind, string(body))
}

// ClassTopic and LearnerTopic name what can be followed.
func ClassTopic(id string) string { return "class:" + id }

// LearnerTopic is the topic of one learner's own pages.
func LearnerTopic(id string) string { return "learner:" + id }

// Op is embedded in every verb's input: the client-made id of the act (UUID text).
type Op struct {
	Op string `json:"op" minLength:"36" maxLength:"36" doc:"made by the client, once for each act (UUIDv7)"`
}

// OpID gives the id to Run.
func (o Op) OpID() string { return o.Op }

// Input is what a verb takes.
type Input interface{ OpID() string }

// Verb changes something.
type Verb[I Input, O any] struct {
	Name  string                                      // snake_case, unique
	Rule  access.Rule                                 // the policy
	About func(l *Look, in I) (access.Subject, error) // what it is about, looked up in the transaction
	Do    func(a *Act, in I) (O, error)               // load, judge, save, announce
	Shard func(in I, who access.Actor) string         // acts that must not overtake each other; nil = the actor
	Ahead func(in I) (I, error)                       // reading that is too slow for the transaction: pure, once, before it

	// Finish fills in what can be worked out again at any time (drawn texts), after the commit and from a snapshot, so that
	// neither the transaction nor the stored outcome carries it; nil = nothing.
	Finish func(l *Look, in I, out *O) error
}

// View shows something.
type View[I, O any] struct {
	Name  string
	Rule  access.Rule
	About func(l *Look, in I) (access.Subject, error)
	Load  func(l *Look, in I) (O, error)
}

// Run carries a verb out once: a repeated op with the same input gives the stored outcome, with another input Conflict.
// Errors: those of the rule, of the verb, and of the store.
func Run[I Input, O any](ctx context.Context, f *Flow, v Verb[I, O], who access.Actor, in I) (out O, err error) {
	op := in.OpID()
	if !validID(op) {
		return out, fault.Invalidf("op", "op must be a UUID, got %q", op)
	}
	body, err := json.Marshal(in)
	if err != nil {
		return out, fault.Wrap(fault.Internal, err, "fault.internal")
	}
	if holdsNUL(body) { // PostgreSQL keeps no such text, and nobody types it
		return out, fault.New(fault.Invalid, "fault.text.sign")
	}
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	if v.Ahead != nil {
		if in, err = v.Ahead(in); err != nil {
			return out, fmt.Errorf("%s: %w", v.Name, err)
		}
	}
	shard := string(who.Person)
	if v.Shard != nil {
		shard = v.Shard(in, who)
	}
	err = f.store.Write(ctx, shard, func(ctx context.Context, tx *store.Tx) error {
		var zero O
		out = zero
		look := &Look{ctx: ctx, f: f, q: tx.Queries, who: who, now: tx.Now}
		a := &Act{Look: look, tx: tx, op: op}
		if done, err := claim(a, v.Name, hash, &out); done || err != nil {
			return err
		}
		about, err := authorize(look, f.ruleOf(v.Name, v.Rule), v.About, in)
		if err != nil {
			return err
		}
		if out, err = v.Do(a, in); err != nil {
			return err
		}
		return a.close(v.Name, about, out)
	})
	if err == nil && v.Finish != nil {
		err = f.store.Read(ctx, func(ctx context.Context, q *db.Queries) error {
			return v.Finish(&Look{ctx: ctx, f: f, q: q, who: who, now: f.store.Now()}, in, &out)
		})
	}
	if err != nil {
		return out, fmt.Errorf("%s: %w", v.Name, err)
	}
	return out, nil
}

// claim takes the op; done means that it had already happened and out holds its outcome.
func claim(a *Act, verb, hash string, out any) (done bool, err error) {
	actor := actorKey(a.who)
	op := a.op
	if a.tx.NoDedupe {
		op = fmt.Sprintf("%s/%d", op, a.now) // the planted fault: every repeat counts as new
	}
	n, err := a.q.ClaimOp(a.ctx, db.ClaimOpParams{SchoolID: a.school(), ActorID: actor, Op: op, Verb: verb, InputHash: hash, AtMs: a.now})
	if err != nil || n == 1 {
		return false, err
	}
	was, err := a.q.Op(a.ctx, db.OpParams{SchoolID: a.school(), ActorID: actor, Op: op})
	if err != nil {
		return false, err
	}
	if was.Verb != verb || was.InputHash != hash {
		return false, fault.New(fault.Conflict, "fault.op_reused")
	}
	return true, json.Unmarshal([]byte(was.Outcome), out)
}

// close stores the outcome and notes a change to another person's record.
func (a *Act) close(verb string, about access.Subject, out any) error {
	body, err := json.Marshal(out)
	if err != nil {
		return err
	}
	if !a.tx.NoDedupe {
		if err := a.q.CloseOp(a.ctx, db.CloseOpParams{SchoolID: a.school(), ActorID: actorKey(a.who), Op: a.op, Outcome: string(body)}); err != nil {
			return err
		}
	}
	if about.Kind != access.Person || about.ID == string(a.who.Person) || a.who.System {
		return nil
	}
	return a.q.NoteChange(a.ctx, db.NoteChangeParams{SchoolID: a.school(), ID: a.NewID(), ActorID: actorKey(a.who), Verb: verb, SubjectID: about.ID, Op: a.op, AtMs: a.now})
}

func actorKey(a access.Actor) string {
	if a.System {
		return "system"
	}
	return string(a.Person)
}

// Show loads a view from one snapshot. A look at another person's record is noted first (viewer, page, subject, hour).
// Errors: those of the rule and of the view.
func Show[I, O any](ctx context.Context, f *Flow, v View[I, O], who access.Actor, in I) (out O, err error) {
	out, _, err = ShowAt(ctx, f, v, who, in, func(O) []string { return nil })
	return out, err
}

// ShowAt is Show for a page that follows topics: it also gives the revs at which they stand, read in the view's own
// snapshot. Read any later, a change between the two would be in neither, and the page would miss it.
func ShowAt[I, O any](ctx context.Context, f *Flow, v View[I, O], who access.Actor, in I, topics func(O) []string) (out O, revs map[string]int64, err error) {
	var about access.Subject
	err = f.store.Read(ctx, func(ctx context.Context, q *db.Queries) error {
		look := &Look{ctx: ctx, f: f, q: q, who: who, now: f.store.Now()}
		var err error
		if about, err = authorize(look, f.ruleOf(v.Name, v.Rule), v.About, in); err != nil {
			return err
		}
		if out, err = v.Load(look, in); err != nil {
			return err
		}
		revs, err = look.Revs(topics(out)...)
		return err
	})
	if err == nil {
		err = f.noteLook(ctx, who, v.Name, about)
	}
	if err != nil {
		return out, nil, fmt.Errorf("%s: %w", v.Name, err)
	}
	return out, revs, nil
}

func (f *Flow) noteLook(ctx context.Context, who access.Actor, page string, about access.Subject) error {
	if about.Kind != access.Person || about.ID == string(who.Person) || who.System || who.Anonymous() {
		return nil
	}
	hour := f.store.Now() / 3_600_000
	if !f.library.firstLook(string(who.Person), page, about.ID, hour) {
		return nil
	}
	return f.store.Write(ctx, about.ID, func(ctx context.Context, tx *store.Tx) error {
		return tx.NoteLook(ctx, db.NoteLookParams{SchoolID: string(who.School), ActorID: string(who.Person), Page: page, SubjectID: about.ID, Hour: hour})
	})
}

func authorize[I any](l *Look, rule access.Rule, about func(*Look, I) (access.Subject, error), in I) (access.Subject, error) {
	subject := access.OfSchool()
	if l.who.Anonymous() { // what a thing is about is looked up for somebody only
		if err := access.Decide(rule, l.who, subject, access.ByRole(l.who)); err != nil {
			return subject, err
		}
	}
	if about != nil {
		var err error
		if subject, err = about(l, in); err != nil {
			if errors.As(err, new(*fault.Error)) {
				return subject, err
			}
			return subject, store.Classify(err)
		}
	}
	has, err := l.relations(subject)
	if err != nil {
		return subject, err
	}
	l.has = has
	return subject, access.Decide(rule, l.who, subject, has)
}

// relations looks up what the actor is to a subject of their own school.
func (l *Look) relations(s access.Subject) (access.Relation, error) {
	has := access.ByRole(l.who)
	if l.who.Anonymous() || l.who.System || s.Kind == access.School {
		return has, nil
	}
	me := string(l.who.Person)
	if has&(access.Admin|access.Staff) != 0 {
		// What staff may do in their school reaches only as far as the school.
		ours, err := l.ours(s)
		if err != nil || !ours {
			return access.Anyone | access.SignedIn, err
		}
	}
	if s.Kind == access.Class {
		role, ok, err := store.Optional(l.q.EnrolledAs(l.ctx, db.EnrolledAsParams{SchoolID: l.school(), ClassID: s.ID, PersonID: me}))
		switch {
		case err != nil:
			return 0, err
		case ok && role == string(roster.Teacher):
			has |= access.TeacherOf
		case ok:
			has |= access.MemberOf
		}
		return has, nil
	}
	if s.ID == me {
		return has | access.Self, nil
	}
	for _, ask := range []struct {
		is    access.Relation
		query func() (int64, error)
	}{
		{access.TeacherOf, func() (int64, error) {
			return l.q.TeachesPerson(l.ctx, db.TeachesPersonParams{SchoolID: l.school(), ActorID: me, SubjectID: s.ID})
		}},
		{access.GuardianOf, func() (int64, error) {
			return l.q.GuardsPerson(l.ctx, db.GuardsPersonParams{SchoolID: l.school(), ActorID: me, SubjectID: s.ID})
		}},
		{access.Classmate, func() (int64, error) {
			return l.q.SharesClass(l.ctx, db.SharesClassParams{SchoolID: l.school(), ActorID: me, SubjectID: s.ID})
		}},
	} {
		n, err := ask.query()
		if err != nil {
			return 0, err
		}
		if n > 0 {
			has |= ask.is
		}
	}
	return has, nil
}

// ours reports whether a person or class is of the actor's own school.
func (l *Look) ours(s access.Subject) (bool, error) {
	var err error
	var ok bool
	if s.Kind == access.Class {
		_, ok, err = store.Optional(l.q.Class(l.ctx, db.ClassParams{SchoolID: l.school(), ID: s.ID}))
	} else {
		_, ok, err = store.Optional(l.q.Person(l.ctx, db.PersonParams{SchoolID: l.school(), ID: s.ID}))
	}
	return ok, err
}

// holdsNUL reports whether a string inside a JSON text holds the sign NUL, which is written \u0000 there.
func holdsNUL(body []byte) bool {
	for rest := body; ; {
		at := bytes.Index(rest, []byte(`\u0000`))
		if at < 0 {
			return false
		}
		slashes := 0
		for slashes < at && rest[at-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 { // else the backslash itself is what was typed
			return true
		}
		rest = rest[at+1:]
	}
}

func validID(s string) bool {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return false
	}
	return strings.Trim(s, "0123456789abcdef-") == ""
}

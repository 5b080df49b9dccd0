package flow

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

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
	if v.Prepare != nil {
		err := f.store.Read(ctx, func(ctx context.Context, q *db.Queries) error {
			in = v.Prepare(&Look{ctx: ctx, f: f, q: q, who: who, now: f.store.Now()}, in)
			return nil
		})
		if err != nil {
			return out, fmt.Errorf("%s: %w", v.Name, err)
		}
	}
	if v.Ahead != nil {
		if in, err = v.Ahead(in); err != nil {
			return out, fmt.Errorf("%s: %w", v.Name, err)
		}
	}
	if v.Survey != nil {
		if in, err = surveyed(ctx, f, v, who, in); err != nil {
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
		about, err := authorize(look, f.ruleOf(v.Name, v.Rule), v.About, in)
		if err != nil {
			return err
		}
		if out, err = v.Do(a, in); err != nil {
			return err
		}
		return a.close(v.Name, hash, about, out)
	})
	if err != nil {
		err = earlier(ctx, f, who, op, v.Name, hash, &out, err)
	}
	if err == nil && v.Finish != nil {
		err = v.Finish(in, &out)
	}
	if err != nil {
		return out, fmt.Errorf("%s: %w", v.Name, err)
	}
	return out, nil
}

// surveyed is the input with what a verb's Survey made of it; as it came where the actor may not, or a fault stands in the way.
func surveyed[I Input, O any](ctx context.Context, f *Flow, v Verb[I, O], who access.Actor, in I) (I, error) {
	look := &Look{ctx: ctx, f: f, who: who}
	snapshots := func(body func(l *Look) error) error {
		return f.store.Read(ctx, func(ctx context.Context, q *db.Queries) error {
			return body(&Look{ctx: ctx, f: f, q: q, who: who, now: f.store.Now(), has: look.has})
		})
	}
	made := in
	err := snapshots(func(l *Look) error {
		_, err := authorize(l, f.ruleOf(v.Name, v.Rule), v.About, in)
		look.has = l.has
		return err
	})
	if err == nil {
		made, err = v.Survey(snapshots, in)
	}
	switch {
	case err == nil:
		return made, nil
	case errors.As(err, new(*fault.Error)):
		return in, nil
	}
	return in, err
}

// errRepeated takes everything back that a repeated op has done.
var errRepeated = errors.New("this op has already happened")

// earlier gives, for an act that did not go through, the outcome of the same op when it had already happened; else the act's
// own error. Looking first would cost every act a statement, and repeats are rare.
func earlier[O any](ctx context.Context, f *Flow, who access.Actor, op, verb, hash string, out *O, failed error) error {
	var was db.OpRow
	err := f.store.Read(ctx, func(ctx context.Context, q *db.Queries) (err error) {
		was, err = q.Op(ctx, db.OpParams{SchoolID: string(who.School), ActorID: ActorKey(who), Op: op})
		return err
	})
	switch {
	case err != nil:
		return failed // it had not happened, or the store cannot say
	case was.Verb != verb || was.InputHash != hash:
		return fault.New(fault.Conflict, "fault.op_reused")
	}
	var stored O
	err = json.Unmarshal([]byte(was.Outcome), &stored)
	*out = stored
	return err
}

// close notes that the op has happened, with its outcome, and a change to another person's record. Errors: errRepeated when
// it had happened before.
func (a *Act) close(verb, hash string, about access.Subject, out any) error {
	body, err := json.Marshal(out)
	if err != nil {
		return err
	}
	if !a.tx.NoDedupe { // the planted fault: every repeat counts as new
		n, err := a.q.AddOp(a.ctx, db.AddOpParams{SchoolID: a.School(), ActorID: ActorKey(a.who), Op: a.op, Verb: verb, InputHash: hash, Outcome: string(body), AtMs: a.now})
		if err != nil {
			return err
		}
		if n == 0 {
			return errRepeated
		}
	}
	if about.Kind != access.Person || about.ID == string(a.who.Person) || a.who.System {
		return nil
	}
	return a.NoteChange(verb, roster.PersonID(about.ID))
}

// ActorKey is how rows name who did something: the person's id, "system" for the program itself.
func ActorKey(a access.Actor) string {
	if a.System {
		return "system"
	}
	return string(a.Person)
}

// NoteChange notes a change to one person's record in an act that is about a class.
func (a *Act) NoteChange(verb string, subject roster.PersonID) error {
	return a.q.NoteChange(a.ctx, db.NoteChangeParams{SchoolID: a.School(), ID: a.NewID(), ActorID: ActorKey(a.who), Verb: verb, SubjectID: string(subject),
		Op: a.op, AtMs: a.now})
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
	if !f.memory.firstLook(string(who.Person), page, about.ID, hour) {
		return nil
	}
	return f.store.Write(ctx, about.ID, func(ctx context.Context, tx *store.Tx) error {
		return tx.NoteLook(ctx, db.NoteLookParams{SchoolID: string(who.School), ActorID: string(who.Person), Page: page, SubjectID: about.ID, Hour: hour})
	})
}

// Snapshot gives body one snapshot as somebody sees it. It authorizes nobody: the program itself uses it, never a request.
func (f *Flow) Snapshot(ctx context.Context, who access.Actor, body func(l *Look) error) error {
	return f.store.Read(ctx, func(ctx context.Context, q *db.Queries) error {
		return body(&Look{ctx: ctx, f: f, q: q, who: who, now: f.store.Now()})
	})
}

// Transaction runs body as an act of somebody in one transaction, which may run twice; shard is as a Verb's. It authorizes
// nobody and remembers no outcome: the program itself uses it, for what may safely be done again, never a request.
func (f *Flow) Transaction(ctx context.Context, who access.Actor, shard string, body func(a *Act) error) error {
	op, err := FreshID()
	if err != nil {
		return err
	}
	return f.store.Write(ctx, shard, func(ctx context.Context, tx *store.Tx) error {
		return body(&Act{Look: &Look{ctx: ctx, f: f, q: tx.Queries, who: who, now: tx.Now}, tx: tx, op: op})
	})
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

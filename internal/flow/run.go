package flow

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
	actor := ActorKey(a.who)
	op := a.op
	if a.tx.NoDedupe {
		op = fmt.Sprintf("%s/%d", op, a.now) // the planted fault: every repeat counts as new
	}
	n, err := a.q.ClaimOp(a.ctx, db.ClaimOpParams{SchoolID: a.School(), ActorID: actor, Op: op, Verb: verb, InputHash: hash, AtMs: a.now})
	if err != nil || n == 1 {
		return false, err
	}
	was, err := a.q.Op(a.ctx, db.OpParams{SchoolID: a.School(), ActorID: actor, Op: op})
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
		if err := a.q.CloseOp(a.ctx, db.CloseOpParams{SchoolID: a.School(), ActorID: ActorKey(a.who), Op: a.op, Outcome: string(body)}); err != nil {
			return err
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

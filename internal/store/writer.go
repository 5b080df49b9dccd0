package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"hash/fnv"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"kith/internal/fault"
	"kith/internal/store/db"
)

// Tx is what a write's body works with: the statements, the instant of the write, and the events that it announces.
type Tx struct {
	*db.Queries
	Now      int64 // ms since 1970 UTC, one instant for the whole body
	NoDedupe bool  // a planted fault, see Config
	events   []event
}

type event struct {
	topic Topic
	kind  string
	data  string
}

// Announce says that a topic changed. Events become rows of the live table in the same transaction, with the topic's next
// rev; the store writes them in the topics' order after all bodies of a group, so that two groups never wait for each other
// in a ring.
func (t *Tx) Announce(school, topic, kind, data string) {
	t.events = append(t.events, event{Topic{school, topic}, kind, data})
}

type job struct {
	body func(ctx context.Context, tx *Tx) error
	err  error
	done chan error
	tx   *Tx
}

type writer struct {
	store    *Store
	in       chan *job
	group    int
	conn     *sql.Conn
	q        *db.Queries
	done     chan struct{}
	ackEarly bool

	save, undo, release *sql.Stmt // the savepoint's three statements, prepared once a connection
}

// Write runs body in a transaction and returns when its effects are durable, or with its error and no effect. Writes with
// the same shard (a learner, a class) keep their order. Body may run more than once and must have no other effect.
// Errors: body's own, classified; Unavailable when the queue is full, the disk is full or the database is away.
func (s *Store) Write(ctx context.Context, shard string, body func(ctx context.Context, tx *Tx) error) error {
	h := fnv.New32a()
	h.Write([]byte(shard))
	w := s.writers[int(h.Sum32())%len(s.writers)]
	j := &job{body: body, done: make(chan error, 1)}
	select {
	case w.in <- j:
	default:
		return fault.New(fault.Unavailable, "fault.busy")
	}
	// No select on ctx here: once accepted, the write happens, and its caller must learn whether it did.
	return Classify(<-j.done)
}

func (w *writer) run() {
	defer close(w.done)
	defer w.finish()
	for first := range w.in {
		jobs := []*job{first}
	fill:
		for len(jobs) < w.group {
			select {
			case j, open := <-w.in:
				if !open {
					break fill
				}
				jobs = append(jobs, j)
			default:
				break fill
			}
		}
		w.commit(jobs)
	}
}

// commit runs the jobs in one transaction; when the transaction itself fails, each again in one of its own.
func (w *writer) commit(jobs []*job) {
	if w.ackEarly {
		for _, j := range jobs {
			j.done <- nil
		}
		time.Sleep(20 * time.Millisecond)
		_ = w.transaction(jobs)
		return
	}
	err := w.transaction(jobs)
	for try := 0; err != nil && try < 3; try++ {
		if len(jobs) > 1 {
			for _, j := range jobs {
				w.commit([]*job{j})
			}
			return
		}
		if !again(err) {
			break
		}
		time.Sleep(time.Duration(try+1) * 20 * time.Millisecond)
		err = w.transaction(jobs)
	}
	var topics []Topic
	for _, j := range jobs {
		if j.err == nil && err == nil {
			for _, e := range j.tx.events {
				if !slices.Contains(topics, e.topic) {
					topics = append(topics, e.topic)
				}
			}
		}
	}
	for _, j := range jobs {
		if err != nil {
			j.done <- err
		} else {
			j.done <- j.err
		}
	}
	if len(topics) > 0 {
		w.store.commit(topics)
	}
}

func (w *writer) transaction(jobs []*job) (err error) {
	ctx := context.Background()
	if w.conn == nil {
		if w.conn, err = w.store.pool.Conn(ctx); err != nil {
			w.conn = nil
			return err
		}
		if w.q, err = w.store.queries(ctx, w.conn); err != nil {
			w.drop()
			return err
		}
		if err = w.prepare(ctx); err != nil {
			w.drop()
			return err
		}
	}
	begin := "BEGIN IMMEDIATE"
	if w.store.postgres {
		begin = "BEGIN"
	}
	if _, err := w.conn.ExecContext(ctx, begin); err != nil {
		w.drop()
		return err
	}
	defer func() {
		if err != nil {
			if _, e := w.conn.ExecContext(ctx, "ROLLBACK"); e != nil {
				w.drop()
			}
		}
	}()
	if len(jobs) == 1 {
		if err := w.alone(ctx, jobs[0]); err != nil || jobs[0].err != nil {
			return err
		}
	} else {
		for _, j := range jobs {
			if err := w.one(ctx, j); err != nil {
				return err
			}
		}
	}
	if err := w.announce(ctx, jobs); err != nil {
		return err
	}
	if _, err = w.conn.ExecContext(ctx, "COMMIT"); err != nil {
		return err
	}
	if w.store.folder != nil {
		w.store.folder.hint()
	}
	return nil
}

// alone runs the only job of a transaction, which needs no savepoint: when it fails, the transaction ends with nothing in it.
func (w *writer) alone(ctx context.Context, j *job) error {
	j.tx = &Tx{Queries: w.q, Now: w.store.Now(), NoDedupe: w.store.noDedupe}
	j.err = protect(ctx, j)
	if j.err == nil {
		return nil
	}
	if again(j.err) || full(j.err) {
		return j.err
	}
	_, err := w.conn.ExecContext(ctx, "ROLLBACK")
	return err
}

// one runs a job under a savepoint. Its own error stays with the job; only a broken transaction is returned.
func (w *writer) one(ctx context.Context, j *job) error {
	if _, err := w.save.ExecContext(ctx); err != nil {
		return err
	}
	j.tx = &Tx{Queries: w.q, Now: w.store.Now(), NoDedupe: w.store.noDedupe}
	j.err = protect(ctx, j)
	if j.err != nil {
		if again(j.err) || full(j.err) {
			return j.err
		}
		if _, err := w.undo.ExecContext(ctx); err != nil {
			return err
		}
	}
	_, err := w.release.ExecContext(ctx)
	return err
}

func (w *writer) prepare(ctx context.Context) (err error) {
	for _, p := range []struct {
		to   **sql.Stmt
		text string
	}{{&w.save, "SAVEPOINT v"}, {&w.undo, "ROLLBACK TO SAVEPOINT v"}, {&w.release, "RELEASE SAVEPOINT v"}} {
		if *p.to, err = w.conn.PrepareContext(ctx, p.text); err != nil {
			return err
		}
	}
	return nil
}

func protect(ctx context.Context, j *job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a write: %v\n%s", p, debug.Stack())
		}
	}()
	return j.body(ctx, j.tx)
}

func (w *writer) announce(ctx context.Context, jobs []*job) error {
	var events []event
	for _, j := range jobs {
		if j.err == nil {
			events = append(events, j.tx.events...)
		}
	}
	slices.SortStableFunc(events, func(a, b event) int {
		return strings.Compare(a.topic.School+a.topic.Name, b.topic.School+b.topic.Name)
	})
	now := w.store.Now()
	for len(events) > 0 {
		topic := events[0].topic
		n := 1
		for n < len(events) && events[n].topic == topic {
			n++
		}
		last, err := w.q.RaiseTopic(ctx, db.RaiseTopicParams{SchoolID: topic.School, Topic: topic.Name, By: int64(n)})
		if err != nil {
			return err
		}
		for i, e := range events[:n] {
			if err := w.q.AddLive(ctx, db.AddLiveParams{SchoolID: topic.School, Topic: topic.Name, Rev: last - int64(n-1-i), Kind: e.kind, Data: e.data, AtMs: now}); err != nil {
				return err
			}
		}
		events = events[n:]
	}
	return nil
}

// finish gives the connection back with its statements closed: an open one would keep SQLite from folding its log into
// the database file.
func (w *writer) finish() {
	if w.conn == nil {
		return
	}
	_ = errors.Join(w.save.Close(), w.undo.Close(), w.release.Close(), w.q.Close(), w.conn.Close())
}

func (w *writer) drop() {
	if w.conn != nil {
		// Raw with ErrBadConn makes the pool throw the connection away instead of handing it out again, perhaps with a
		// transaction still open.
		_ = w.conn.Raw(func(any) error { return driver.ErrBadConn })
		_ = w.conn.Close()
	}
	w.conn, w.q = nil, nil
}

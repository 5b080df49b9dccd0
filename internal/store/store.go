// Package store keeps every fact. It alone knows SQL, and that there are two engines.
//
// One SQL text (sql/*.sql, typed by sqlc into package db) runs on SQLite, the embedded default, and on PostgreSQL. A
// write is a body that gets a Tx: bodies that wait are packed into one transaction, each under a savepoint of its own, and
// Write returns only after COMMIT has made them durable. A body may run twice, so it does no I/O but through the Tx. A page
// reads in one snapshot (Read).
//
// Place in the flow: layer 3, beneath the verbs of package flow, above nothing but facts.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"kith/internal/fault"
	"kith/internal/store/db"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"
)

// Config says where the facts are kept.
type Config struct {
	Dir   string           // the data folder: database file (SQLite), files, lock
	URL   string           // postgres://…; "" = SQLite in Dir
	Clock func() time.Time // nil = time.Now; tests and the demo pass their own

	// Lost, when set, says that this process serves the school, which one at a time may: a second one is refused. It is called when
	// another took the database over while it could not be reached (PostgreSQL); the process has to end then. A command that works
	// beside the school leaves it nil.
	Lost func(err error)

	// PlantAckEarly and PlantNoDedupe break the two promises on purpose, so that the crash test can show that it sees it.
	PlantAckEarly bool
	PlantNoDedupe bool
}

// Store is an open database with its writers and readers.
type Store struct {
	pool     *sql.DB // PostgreSQL: all connections; SQLite: the writer
	readPool *sql.DB
	postgres bool
	writers  []*writer
	readers  chan *reader
	folder   *logFolder // SQLite only
	clock    func() time.Time
	commit   func(topics []Topic)
	lock     *os.File
	serving  *serving // PostgreSQL, in the process that serves
	dir      string
	noDedupe bool
}

// Topic names what changed, in one school.
type Topic struct {
	School string
	Name   string
}

type reader struct {
	conn *sql.Conn
	q    *db.Queries
}

// Open opens or makes the database, brings its schema up to date and starts the writers.
// Errors: Conflict when another process holds the data folder or serves the database, or the schema is newer than this program;
// Unavailable when the database cannot be reached or the disk cannot be written.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	s := &Store{clock: cfg.Clock, commit: func([]Topic) {}, dir: cfg.Dir, noDedupe: cfg.PlantNoDedupe}
	if s.clock == nil {
		s.clock = time.Now
	}
	if cfg.Dir != "" {
		if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
			return nil, fault.Wrap(fault.Unavailable, err, "fault.store.folder", "folder", cfg.Dir)
		}
		lock, err := lockFolder(cfg.Dir, filepath.Join(cfg.Dir, "kith.lock"))
		if err != nil {
			return nil, err
		}
		s.lock = lock
	}
	if err := s.open(ctx, cfg); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, cfg Config) error {
	nWriters, nReaders, group := 1, max(2, runtime.NumCPU()), 256
	var err error
	if cfg.URL != "" {
		s.postgres = true
		nWriters, nReaders, group = 4, 8, 64
		if s.pool, err = sql.Open("pgx", cfg.URL); err != nil {
			return fault.Wrap(fault.Unavailable, err, "fault.store.reach")
		}
		s.pool.SetMaxOpenConns(nWriters + nReaders + 3) // one may hold the lock of who serves
		s.pool.SetMaxIdleConns(nWriters + nReaders + 2)
		s.readPool = s.pool
	} else {
		file := "file:" + filepath.ToSlash(filepath.Join(cfg.Dir, "kith.db"))
		pragmas := fmt.Sprintf("?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)&_pragma=cache_size(-8000)&_pragma=temp_store(2)&_pragma=wal_autocheckpoint(%d)", longestLog)
		if s.pool, err = sql.Open("sqlite", file+pragmas); err != nil {
			return fault.Wrap(fault.Unavailable, err, "fault.store.reach")
		}
		s.pool.SetMaxOpenConns(1)
		if s.readPool, err = sql.Open("sqlite", file+strings.Replace(pragmas, "cache_size(-8000)", "cache_size(-4000)", 1)+"&_pragma=query_only(1)"); err != nil {
			return fault.Wrap(fault.Unavailable, err, "fault.store.reach")
		}
		s.readPool.SetMaxOpenConns(nReaders + 1) // one for Check: readers keep theirs
		s.readPool.SetMaxIdleConns(nReaders)
	}
	if err := s.pool.PingContext(ctx); err != nil {
		return fault.Wrap(fault.Unavailable, err, "fault.store.reach")
	}
	if s.postgres && cfg.Lost != nil { // before the schema moves beneath the one that serves
		if err := s.serve(ctx, cfg.Lost); err != nil {
			return err
		}
	}
	if err := migrate(ctx, s.pool, s.postgres); err != nil {
		return err
	}
	if !s.postgres {
		var err error
		if s.folder, err = startFolding("file:" + filepath.ToSlash(filepath.Join(cfg.Dir, "kith.db"))); err != nil {
			return fault.Wrap(fault.Unavailable, err, "fault.store.reach")
		}
	}
	s.readers = make(chan *reader, nReaders)
	for range nReaders {
		s.readers <- &reader{} // connects at first use: a small school never needs them all
	}
	for range nWriters {
		w := &writer{store: s, in: make(chan *job, 4096), group: group, done: make(chan struct{}), ackEarly: cfg.PlantAckEarly}
		s.writers = append(s.writers, w)
		go w.run()
	}
	return nil
}

// OnCommit names the function that is told, after each commit, which topics changed. Call it before the first Write.
func (s *Store) OnCommit(f func(topics []Topic)) { s.commit = f }

// Postgres reports which engine is beneath.
func (s *Store) Postgres() bool { return s.postgres }

// Dir is the data folder, "" when there is none.
func (s *Store) Dir() string { return s.dir }

// Now is the store's clock in ms since 1970 UTC.
func (s *Store) Now() int64 { return s.clock().UnixMilli() }

// Read runs body in one read-only snapshot. Errors that are not faults yet are classified (no row: NotFound).
func (s *Store) Read(ctx context.Context, body func(ctx context.Context, q *db.Queries) error) error {
	var r *reader
	select {
	case r = <-s.readers:
	case <-ctx.Done():
		return fault.Wrap(fault.Unavailable, ctx.Err(), "fault.busy")
	}
	defer func() { s.readers <- r }()
	if r.conn == nil {
		if err := s.connect(context.WithoutCancel(ctx), r); err != nil {
			return fault.Wrap(fault.Unavailable, err, "fault.store.reach")
		}
	}
	ctx = context.WithoutCancel(ctx) // an interrupted statement would poison a connection that others wait for
	begin := "BEGIN"
	if s.postgres {
		begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	}
	if _, err := r.conn.ExecContext(ctx, begin); err != nil {
		r.close()
		return Classify(err)
	}
	err := body(ctx, r.q)
	if _, e := r.conn.ExecContext(ctx, "ROLLBACK"); e != nil {
		r.close()
	}
	return Classify(err)
}

func (s *Store) connect(ctx context.Context, r *reader) (err error) {
	if r.conn, err = s.readPool.Conn(ctx); err != nil {
		return err
	}
	r.q, err = s.queries(ctx, r.conn)
	if err != nil {
		r.close()
	}
	return err
}

// queries prepares every statement once on SQLite; on PostgreSQL the driver caches by itself and preparing by hand is slower.
func (s *Store) queries(ctx context.Context, conn *sql.Conn) (*db.Queries, error) {
	if s.postgres {
		return db.New(conn), nil
	}
	return db.Prepare(ctx, conn)
}

func (r *reader) close() {
	if r.q != nil {
		_ = r.q.Close()
	}
	if r.conn != nil {
		_ = r.conn.Close()
	}
	r.conn, r.q = nil, nil
}

// Close finishes the writes that were accepted, then closes the database and frees the folder.
func (s *Store) Close() error {
	for _, w := range s.writers {
		close(w.in)
		<-w.done
	}
	s.writers = nil
	var errs []error
	for s.readers != nil && len(s.readers) > 0 {
		(<-s.readers).close()
	}
	if s.folder != nil {
		errs = append(errs, s.folder.close())
	}
	if s.serving != nil {
		errs = append(errs, s.serving.close())
	}
	if s.readPool != nil && s.readPool != s.pool {
		errs = append(errs, s.readPool.Close())
	}
	if s.pool != nil {
		errs = append(errs, s.pool.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	return errors.Join(errs...)
}

// Optional turns "no row" into ok=false, for rows that may be missing.
func Optional[T any](row T, err error) (value T, ok bool, _ error) {
	if errors.Is(err, sql.ErrNoRows) {
		return value, false, nil
	}
	return row, err == nil, err
}

// Check verifies what the engine can verify of its own files: integrity and foreign keys on SQLite, a round trip on
// PostgreSQL. The crash test and `kith doctor` call it.
func (s *Store) Check(ctx context.Context) error {
	if s.postgres {
		return Classify(s.pool.PingContext(ctx))
	}
	var said string
	if err := s.readPool.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&said); err != nil {
		return Classify(err)
	}
	if said != "ok" {
		return fault.Wrap(fault.Internal, fmt.Errorf("integrity check: %s", said), "fault.internal")
	}
	return nil
}

// Text is a text column that may be empty of any value: "" is NULL.
func Text(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }

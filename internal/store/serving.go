package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kith/internal/fault"
)

// Two programs that serve one PostgreSQL database would each announce to their own pages only, and each teach a prediction head of
// its own. Commands may write beside the one that serves: pages hear of it at their next look.

// The name of the lock in PostgreSQL, which keeps locks a database.
const (
	servingSpace = 0x6b697468 // "kith"
	servingLock  = 1
)

// How often the lock is looked after, and how long the end of a killed program is waited for.
const (
	servingLook  = 10 * time.Second
	servingGrace = 3 * time.Second
)

// serving is the lock of the program that serves a PostgreSQL database. It is held by a session of its own, so it goes with the
// program however that ends.
type serving struct {
	store *Store
	conn  *sql.Conn
	lost  func(err error)
	stop  chan struct{}
	done  chan struct{}
}

// serve takes the lock and looks after it until the store is closed. Errors: Conflict when another program serves the database.
func (s *Store) serve(ctx context.Context, lost func(err error)) error {
	v := &serving{store: s, lost: lost, stop: make(chan struct{}), done: make(chan struct{})}
	for end := time.Now().Add(servingGrace); ; {
		err := v.take(ctx)
		if err == nil {
			break
		}
		if !fault.Is(err, fault.Conflict) || time.Now().After(end) {
			return err
		}
		time.Sleep(200 * time.Millisecond) // the server takes a moment to see that a program was killed
	}
	s.serving = v
	go v.watch()
	return nil
}

func (v *serving) take(ctx context.Context) error {
	conn, err := v.store.pool.Conn(ctx)
	if err != nil {
		return fault.Wrap(fault.Unavailable, err, "fault.store.reach")
	}
	got := false
	if err = v.name(ctx, conn); err == nil {
		err = conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1::int, $2::int)", servingSpace, servingLock).Scan(&got)
	}
	switch {
	case err != nil:
		err = fault.Wrap(fault.Unavailable, err, "fault.store.reach")
	case !got:
		h := servedBy(ctx, conn)
		err = fault.New(fault.Conflict, "fault.store.served", "pid", h.PID, "host", h.Host, "since", h.said())
	default:
		v.conn = conn
		return nil
	}
	return errors.Join(err, drop(conn))
}

// name says on the session who holds it, and has the server notice within a minute when this machine is gone. The settings stay
// with the session, which is never given back.
func (v *serving) name(ctx context.Context, conn *sql.Conn) error {
	me := thisProcess()
	host := me.Host
	if len(host) > 40 { // a name of PostgreSQL's has 63 bytes
		host = host[:40]
	}
	_, err := conn.ExecContext(ctx, "SELECT set_config('application_name', $1, false), set_config('tcp_keepalives_idle', '20', false), "+
		"set_config('tcp_keepalives_interval', '10', false), set_config('tcp_keepalives_count', '3', false)", fmt.Sprintf("kith serve %d@%s", me.PID, host))
	return err
}

// servedBy asks who has the lock; what the server does not tell stays empty.
func servedBy(ctx context.Context, conn *sql.Conn) (h Holder) {
	var name string
	var since time.Time
	err := conn.QueryRowContext(ctx, "SELECT a.application_name, a.backend_start FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "+
		"WHERE l.locktype = 'advisory' AND l.granted AND l.classid::bigint = $1 AND l.objid::bigint = $2 "+
		"AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())", servingSpace, servingLock).Scan(&name, &since)
	if err != nil {
		return h
	}
	who, ok := strings.CutPrefix(name, "kith serve ")
	pid, host, cut := strings.Cut(who, "@")
	if !ok || !cut {
		return h
	}
	h.PID, _ = strconv.Atoi(pid)
	h.Host, h.Since = host, since
	return h
}

// watch notices when the session ends (the database was started anew), and takes the lock again. When another program was
// quicker, this one must not go on.
func (v *serving) watch() {
	defer close(v.done)
	every := time.NewTicker(servingLook)
	defer every.Stop()
	for {
		select {
		case <-v.stop:
			return
		case <-every.C:
		}
		ctx, cancel := context.WithTimeout(context.Background(), servingLook)
		err := v.keep(ctx)
		cancel()
		if fault.Is(err, fault.Conflict) {
			v.lost(err)
			return
		}
	}
}

func (v *serving) keep(ctx context.Context) error {
	if v.conn != nil {
		if _, err := v.conn.ExecContext(ctx, "SELECT 1"); err == nil {
			return nil
		}
		_ = drop(v.conn) // the error is that the session is gone, which we know
		v.conn = nil
	}
	return v.take(ctx)
}

func (v *serving) close() error {
	close(v.stop)
	<-v.done
	if v.conn == nil {
		return nil
	}
	return drop(v.conn)
}

// drop ends a session for good, with the lock that it may hold, instead of giving it back to the pool.
func drop(conn *sql.Conn) error {
	if err := conn.Raw(func(any) error { return driver.ErrBadConn }); err != nil && !errors.Is(err, driver.ErrBadConn) && !errors.Is(err, sql.ErrConnDone) {
		return err
	}
	return nil
}

package store

import (
	"context"
	"database/sql"
	"time"
)

// SQLite appends what is written to a log and must copy it into the database file at some time (a checkpoint:
// https://www.sqlite.org/wal.html#checkpointing). Left to itself it does so inside the commit that makes the log long, and
// everybody who writes waits for thousands of pages and two flushes. So a connection of its own copies all the time
// while there is something to copy; a passive checkpoint waits for nobody and nobody waits for it.
//
// A log starts again from its beginning only when all of it is copied and nobody writes meanwhile. Under a load that never
// pauses, that moment is made by the writer: longestLog is where its own commit copies the little that is left.
const (
	longestLog   = 32_000 // pages of 4 KB: 128 MB; ours
	worthFolding = 1_000  // pages: with less to do than this, wait a little for more; ours
	foldPause    = 100 * time.Millisecond
)

// logFolder copies the log into the database file until it is closed.
type logFolder struct {
	pool  *sql.DB
	wrote chan struct{} // something was committed
	stop  chan struct{}
	done  chan struct{}
}

func startFolding(file string) (*logFolder, error) {
	pool, err := sql.Open("sqlite", file+"?_pragma=busy_timeout(0)&_pragma=synchronous(FULL)&_pragma=cache_size(-200)")
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	l := &logFolder{pool: pool, wrote: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{})}
	go l.run()
	return l, nil
}

// hint says that there may be something to copy.
func (l *logFolder) hint() {
	select {
	case l.wrote <- struct{}{}:
	default:
	}
}

func (l *logFolder) run() {
	defer close(l.done)
	for {
		select {
		case <-l.stop:
			return
		case <-l.wrote:
		}
		for l.fold() >= worthFolding {
		}
		select {
		case <-l.stop:
			return
		case <-time.After(foldPause):
		}
	}
}

// fold copies what may be copied now and gives how many pages that were. What could not be copied (a reader still looks at
// an older state, the disk is full) is in the log and stays there: the next time, or the writer at longestLog, will do it.
func (l *logFolder) fold() int {
	var busy, inLog, copied, before int
	ctx := context.Background()
	if err := l.pool.QueryRowContext(ctx, "PRAGMA wal_checkpoint(NOOP)").Scan(&busy, &inLog, &before); err != nil {
		return 0
	}
	if err := l.pool.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &inLog, &copied); err != nil || busy != 0 {
		return 0
	}
	return copied - before
}

func (l *logFolder) close() error {
	close(l.stop)
	<-l.done
	return l.pool.Close()
}

// Package pgtest starts a PostgreSQL for tests: no port, no password, no container, nothing left behind.
//
// In: the server's binaries (from /usr/lib/postgresql/*/bin or PATH). Out: connection addresses, one empty database a
// test. A process starts at most one server, on a Unix socket in a short temporary folder; as root it runs as the user
// postgres, because the server refuses to run as root. A watchdog process holds the other end of a pipe: when this
// process ends, however it ends, the watchdog stops the server and removes the folder. What is missing fails a test
// with a sentence; nothing is skipped.
//
// Place in the flow: none; only tests and pgrun import it.
package pgtest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var (
	shared    = sync.OnceValues(func() (*Server, error) { return Open(Options{}) })
	databases atomic.Int64
	templates sync.Map // name -> func() (string, error), made once
)

// Start gives the address of an empty database of tb's own, dropped when tb ends. The server keeps nothing safe from a
// power cut (fsync off); for tests about that, use Open.
func Start(tb testing.TB) (url string) {
	tb.Helper()
	return create(tb, "template0")
}

// StartFrom is Start with a database that prepare has filled: prepare runs once a process for each name, on a database
// of its own, and must have closed its connections when it returns; tests then get copies.
func StartFrom(tb testing.TB, name string, prepare func(url string) error) (url string) {
	tb.Helper()
	made, _ := templates.LoadOrStore(name, sync.OnceValues(func() (string, error) {
		s, err := shared()
		if err != nil {
			return "", err
		}
		template := fmt.Sprintf("template_%d", databases.Add(1))
		if err := s.CreateDatabase(context.Background(), template, "template0"); err != nil {
			return "", err
		}
		return template, prepare(s.URL(template))
	}))
	template, err := made.(func() (string, error))()
	if err != nil {
		tb.Fatalf("pgtest: preparing the template %q: %v", name, err)
	}
	return create(tb, template)
}

// create makes tb's database as a copy of template and drops it when tb ends.
func create(tb testing.TB, template string) string {
	tb.Helper()
	s, err := shared()
	if err != nil {
		tb.Fatalf("pgtest: %v", err)
	}
	name := fmt.Sprintf("t_%d", databases.Add(1))
	if err := s.CreateDatabase(tb.Context(), name, template); err != nil {
		tb.Fatalf("pgtest: %v", err)
	}
	tb.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := s.DropDatabase(ctx, name); err != nil {
			tb.Errorf("pgtest: %v", err)
		}
	})
	return s.URL(name)
}

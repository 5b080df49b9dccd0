package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"kith/internal/fault"
	"kith/internal/store"
	"kith/internal/store/pgtest"
	"kith/internal/store/storetest"
)

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) (*store.Store, func() (*store.Store, error)) {
		dir := t.TempDir()
		again := func() (*store.Store, error) { return store.Open(context.Background(), store.Config{Dir: dir}) }
		s, err := again()
		if err != nil {
			t.Fatal(err)
		}
		return s, again
	})
}

func TestPostgreSQL(t *testing.T) {
	storetest.Run(t, func(t *testing.T) (*store.Store, func() (*store.Store, error)) {
		url := pgtest.Start(t)
		again := func() (*store.Store, error) { return store.Open(context.Background(), store.Config{URL: url}) }
		s, err := again()
		if err != nil {
			t.Fatal(err)
		}
		return s, again
	})
}

func TestOpen_RefusesASecondProcessInOneFolder(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := store.Open(t.Context(), store.Config{Dir: dir}); !fault.Is(err, fault.Conflict) {
		t.Errorf("got %v, want Conflict", err)
	}
}

func TestOpen_RefusesASchemaOfANewerKith(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	raw, err := sql.Open("sqlite", filepath.Join(dir, "kith.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
		t.Fatal(err)
	}
	raw.Close()
	before, _ := os.ReadFile(filepath.Join(dir, "kith.db"))
	if _, err := store.Open(t.Context(), store.Config{Dir: dir}); !fault.Is(err, fault.Conflict) {
		t.Errorf("got %v, want Conflict", err)
	}
	after, _ := os.ReadFile(filepath.Join(dir, "kith.db"))
	if string(before) != string(after) {
		t.Error("the refused database was changed")
	}
}

func TestOpen_SaysWhenTheFolderCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a-file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), store.Config{Dir: filepath.Join(file, "data")}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
}

func TestClose_LeavesOneWholeFile(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Write(t.Context(), "", func(ctx context.Context, tx *store.Tx) error { return tx.ForgetLive(ctx, 0) }); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "kith.db-wal")); !os.IsNotExist(err) {
		t.Errorf("the log was not folded into the database: whoever copies kith.db of a stopped school would miss it (%v)", err)
	}
}

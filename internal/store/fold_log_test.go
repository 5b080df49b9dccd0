package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"kith/internal/store"
	"kith/internal/store/db"
)

// Nobody's commit copies the log below longestLog, so what a school writes in a day must find its way into the database
// file by itself, while the school is open and people write.
func TestLog_IsCopiedIntoTheDatabaseWhileTheSchoolIsOpen(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const rows = 300
	for n := range rows {
		if err := s.Write(t.Context(), "", func(ctx context.Context, tx *store.Tx) error {
			return tx.AddSchool(ctx, db.AddSchoolParams{ID: fmt.Sprintf("018f0000-0000-7000-8000-%012d", n), Code: fmt.Sprint("s", n), Name: "School", Zone: "UTC", Locale: "en"})
		}); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := sql.Open("sqlite", filepath.Join(dir, "kith.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var busy, inLog, copied int
	for patience := time.Now().Add(20 * time.Second); time.Now().Before(patience); time.Sleep(20 * time.Millisecond) {
		if err := raw.QueryRow("PRAGMA wal_checkpoint(NOOP)").Scan(&busy, &inLog, &copied); err != nil {
			t.Fatal(err)
		}
		if copied == inLog {
			break
		}
	}
	if inLog < rows || copied != inLog {
		t.Errorf("%d pages in the log, %d of them copied", inLog, copied)
	}
}

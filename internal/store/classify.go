package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"kith/internal/fault"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// Classify turns a driver's error into a fault, by code and never by text. Faults and nil pass through.
func Classify(err error) error {
	var known *fault.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fault.Wrap(fault.NotFound, err, "fault.not_found")
	}
	if full(err) {
		return fault.Wrap(fault.Unavailable, err, "fault.store.full")
	}
	if again(err) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, context.DeadlineExceeded) {
		return fault.Wrap(fault.Unavailable, err, "fault.busy")
	}
	if clash(err) {
		return fault.Wrap(fault.Conflict, err, "fault.conflict")
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) && (pg.Code == "22021" || pg.Code == "22P05") { // text that cannot be kept: NUL, no UTF-8
		return fault.Wrap(fault.Invalid, err, "fault.text.sign")
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) || (errors.As(err, &pg) && (pg.Code[:2] == "08" || pg.Code[:2] == "57")) {
		return fault.Wrap(fault.Unavailable, err, "fault.store.reach")
	}
	return fault.Wrap(fault.Internal, err, "fault.internal")
}

// clash reports a unique or foreign key violation.
func clash(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() {
		case 2067, 1555, 787: // unique, primary key, foreign key
			return true
		}
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "23505" || pg.Code == "23503")
}

// again reports an error after which the same transaction may pass.
func again(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case 5, 6: // busy, locked
			return true
		}
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// full reports that the disk has no room or refuses writes.
func full(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case 13, 10, 8: // full, I/O error, read-only
			return true
		}
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code[:2] == "53"
}

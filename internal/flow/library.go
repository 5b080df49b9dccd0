package flow

import (
	"kith/internal/fault"
	"kith/internal/store/db"
)

// versionKey is by what a content version is remembered.
type versionKey struct {
	id      string
	version int64
}

// version loads and decodes one content version, from memory when it was loaded before.
func version[T any](l *Look, id string, n int64, decode func(body string) (T, error)) (T, error) {
	return Remember(l, versionKey{id, n}, func() (T, error) {
		var zero T
		row, err := l.q.ContentVersion(l.ctx, db.ContentVersionParams{SchoolID: l.school(), ID: id, Version: n})
		if err != nil {
			return zero, err
		}
		t, err := decode(row.Body)
		if err != nil {
			return zero, fault.Wrap(fault.Internal, err, "fault.internal")
		}
		return t, nil
	})
}

// Package library is what there is to learn, and what of it a class has: courses, units, lessons and items by version, the
// teacher's own lessons and files, units given to a class, lessons that a class is invited to.
//
// Versions are immutable, so they are decoded once and remembered; which one is current, and what was withdrawn, is read from
// the store each time. Rooms above load content through it and never decode a body themselves.
//
// Place in the flow: layer 4, above the kernel.
package library

import (
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/store/db"
)

// versionKey is by what a content version is remembered.
type versionKey struct {
	id      string
	version int64
}

// version loads and decodes one content version, from memory when it was loaded before.
func version[T any](l *flow.Look, id string, n int64, decode func(body string) (T, error)) (T, error) {
	return flow.Remember(l, versionKey{id, n}, func() (T, error) {
		var zero T
		row, err := l.Q().ContentVersion(l.Ctx(), db.ContentVersionParams{SchoolID: l.School(), ID: id, Version: n})
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

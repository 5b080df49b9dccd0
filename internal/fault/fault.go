// Package fault says what kind of thing went wrong and what the person may be told about it.
//
// A fault carries a Phrase for the actor (what happened, whether their work is safe, what to do, who can fix it) and an
// error for us. Kinds become HTTP statuses in one table, in package web. A wrong answer is an outcome, not a fault.
//
// Place in the flow: layer 0, beneath everything.
package fault

import (
	"errors"
	"fmt"

	"kith/internal/phrase"
)

// Kind says who can do something about a fault.
type Kind int

// The order is stored nowhere and may change; the zero value is Internal so that the unclassified stays hidden.
const (
	Internal        Kind = iota // ours to mend; the person reads only that it is not their doing
	Invalid                     // the input is out of range or malformed; the sender can mend it
	Unauthenticated             // nobody is signed in
	Forbidden                   // the thing may be known, but not done by this person
	NotFound                    // it does not exist, or this person may not know that it does
	Conflict                    // somebody or another tab was first; load again and decide
	Unavailable                 // busy, full or down; the same request may pass later
)

var names = [...]string{"internal", "invalid", "unauthenticated", "forbidden", "not_found", "conflict", "unavailable"}

// String is the kind's name as it stands in problem documents.
func (k Kind) String() string { return names[k] }

// Error is a fault. Say is shown to the actor; Err is for the log and may be nil.
type Error struct {
	Kind Kind
	Say  phrase.Phrase
	Err  error
}

// Error is for logs, never for the actor.
func (e *Error) Error() string {
	s := e.Kind.String()
	if e.Say.Code != "" {
		s += " (" + e.Say.Code + ")"
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Err }

// New makes a fault of a kind, with the phrase's code and name, value pairs.
func New(kind Kind, code string, pairs ...any) *Error {
	return &Error{Kind: kind, Say: phrase.Of(code, pairs...)}
}

// Wrap makes a fault of a kind around a cause.
func Wrap(kind Kind, err error, code string, pairs ...any) *Error {
	return &Error{Kind: kind, Say: phrase.Of(code, pairs...), Err: err}
}

// Invalidf refuses an input value by field name, with the detail for the log. The catalogue says "{field}: …".
func Invalidf(field, format string, args ...any) *Error {
	return Wrap(Invalid, fmt.Errorf(format, args...), "fault.invalid.field", "field", field, "detail", fmt.Sprintf(format, args...))
}

// KindOf is the kind of the nearest fault in err's chain, Internal when there is none, and ok=false for a nil error.
func KindOf(err error) (kind Kind, ok bool) {
	if err == nil {
		return Internal, false
	}
	var f *Error
	if errors.As(err, &f) {
		return f.Kind, true
	}
	return Internal, true
}

// Is reports whether err is a fault of the kind.
func Is(err error, kind Kind) bool {
	k, ok := KindOf(err)
	return ok && k == kind
}

// Said is what the actor may read about err: the nearest fault's phrase, or the one for our own mistakes.
func Said(err error) phrase.Phrase {
	var f *Error
	if errors.As(err, &f) && f.Kind != Internal && f.Say.Code != "" {
		return f.Say
	}
	return phrase.Of("fault.internal")
}

package schooltest

import (
	"testing"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
)

// Stage is what every school of a test has.
type Stage struct {
	T *testing.T
	F *flow.Flow

	before func() // each verb; nil = nothing
}

func (s *Stage) stage() *Stage { return s }

// Place is a school of this package, or a test's own that embeds one.
type Place interface{ stage() *Stage }

// Do runs a verb and fails the test when it is refused.
func Do[I flow.Input, O any](in Place, v flow.Verb[I, O], who access.Actor, what I) O {
	s := in.stage()
	s.T.Helper()
	if s.before != nil {
		s.before()
	}
	out, err := flow.Run(s.T.Context(), s.F, v, who, what)
	if err != nil {
		s.T.Fatal(err)
	}
	return out
}

// Refused runs a verb that must be refused with a kind, and gives the phrase's code.
func Refused[I flow.Input, O any](in Place, v flow.Verb[I, O], who access.Actor, what I, kind fault.Kind) string {
	s := in.stage()
	s.T.Helper()
	_, err := flow.Run(s.T.Context(), s.F, v, who, what)
	if !fault.Is(err, kind) {
		s.T.Fatalf("%s: got %v, want %s", v.Name, err, kind)
	}
	return fault.Said(err).Code
}

// Show loads a view and fails the test when it is refused.
func Show[I, O any](in Place, v flow.View[I, O], who access.Actor, what I) O {
	s := in.stage()
	s.T.Helper()
	out, err := flow.Show(s.T.Context(), s.F, v, who, what)
	if err != nil {
		s.T.Fatal(err)
	}
	return out
}

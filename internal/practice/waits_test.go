package practice

import (
	"testing"

	"kith/internal/item"
)

// An answer that a person will look at moves nothing, ends its variant, and is the only one of its sort in a sitting.
func TestNext_OneAnswerAnEveningWaitsForAPerson(t *testing.T) {
	written := append([]item.Item{{ID: "why", Version: 1, Kind: item.Long}, {ID: "name", Version: 1, Kind: item.Short}}, items...)
	in := input(t, facts(try{"why", 1, 1, "w"}))
	in.Items = written
	if in.Estimate.PKnown != input(t, nil).Estimate.PKnown || len(in.Estimate.Evidence()) != 0 {
		t.Fatalf("an answer that waits moved the estimate: %+v", in.Estimate)
	}
	m := next(t, in)
	if m.Kind != Ask || m.Item == "why" || m.Item == "name" || m.Solution != nil || m.Reason.Code == "practice.fresh" {
		t.Errorf("after an answer that waits: %+v", m)
	}
	in.Items = written[:2]
	if m := next(t, in); m.Kind != Stop || m.Reason.Code != "practice.waits" {
		t.Errorf("with nothing else to ask: %+v", m)
	}
	in.NowMs += ApartMs
	if m := next(t, in); m.Kind != Ask {
		t.Errorf("another evening: %+v", m)
	}
	// A short text that was judged at once leaves room for another.
	in = input(t, facts(try{"name", 1, 1, "r"}))
	in.Items = written[:2]
	if m := next(t, in); m.Kind != Ask || m.Item != "why" {
		t.Errorf("after a short text that was right: %+v", m)
	}
}

// What a teacher said is not yet comes an evening later: no further try, and the worked way is due.
func TestNext_WhatAPersonLookedAtIsOver(t *testing.T) {
	f := facts(try{"why", 1, 1, "n"})
	f[0].Attempt.Looked = true
	in := input(t, f)
	in.Items = append([]item.Item{{ID: "why", Version: 1, Kind: item.Long}}, items...)
	if m := next(t, in); m.Kind != Ask || m.Item == "why" || m.Solution == nil || m.Solution.Item != "why" {
		t.Errorf("%+v", m)
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"testing"
)

// 150 simulated learners: the engine's rule must be wrong less often than a fixed order, practise known skills less than it,
// and say the same for the same seed.
func TestBenchPolicy_ComparesRulesOnLearnersThatAreNotOurModel(t *testing.T) {
	run := func() policyReport {
		var b bytes.Buffer
		if err := (&policyBench{Learners: 150, Answers: 200, Seed: 2, JSON: true}).run(&b); err != nil {
			t.Fatal(err)
		}
		var r policyReport
		if err := json.Unmarshal(b.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := run()
	if len(r.Policies) != 4 {
		t.Fatalf("got %+v", r)
	}
	ours, fixed := r.Policies[0], r.Policies[3]
	if ours.False.Mean >= fixed.False.Mean || ours.Over.Mean+ours.Over.Half >= fixed.Over.Mean-fixed.Over.Half {
		t.Errorf("false mastery %v with ours, %v in a fixed order; over-practice %v and %v", ours.False, fixed.False, ours.Over, fixed.Over)
	}
	for _, p := range r.Policies {
		if p.False.Mean <= 0 || p.False.Mean >= 1 || p.Declared.Mean <= 0 || p.Known.Mean < p.Later.Mean-.5 || p.ToDone.Mean < 2 || p.ToDone.Mean > enough {
			t.Errorf("%+v", p)
		}
	}
	if again := run(); again.Policies[0] != r.Policies[0] || again.Policies[2] != r.Policies[2] {
		t.Error("the same seed gave other figures")
	}
}

// Rules by hand: three in a row after a miss; five of whatever kind.
func TestRules_ByHand(t *testing.T) {
	for _, c := range []struct {
		rule *rule
		row  []bool
		want int
	}{
		{inARow(3), []bool{true, true, false, true, true, true}, 6},
		{fixed(5), []bool{false, false, false, false, false}, 5},
	} {
		c.rule.begin(0)
		at := 0
		for i, right := range c.row {
			if c.rule.done(i, right) {
				at = i + 1
				break
			}
		}
		if at != c.want {
			t.Errorf("%s: done after %d, want %d", c.rule.name, at, c.want)
		}
	}
}

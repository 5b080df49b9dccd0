// Package ledger is a learner's record in and out of the store: facts are loaded and appended, and the estimates folded from
// them are kept beside them.
//
// It knows how a row becomes an evidence.Fact and back, under which model each estimate was made, and how to fold all of it
// again: Append writes the next fact and moves the estimates that it speaks of, in the same transaction; Recompute proves that
// what is stored is what the facts say. What a fact is worth is judged by mastery, never here.
//
// Place in the flow: layer 4, the lowest of the rooms above the kernel. It registers no verb: verbs of other rooms append.
package ledger

import (
	"slices"

	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/roster"
)

// Facts loads everything that is known of a learner, in Seq order. Withdrawn facts are among them: folds leave them out.
// Attempts are as people ruled them and later keys judged them (evidence.AsRuled), so that every page reads them as the fold does.
func Facts(l *flow.Look, learner roster.PersonID) ([]evidence.Fact, error) {
	var out []evidence.Fact
	for _, load := range []func(l *flow.Look, learner string) ([]evidence.Fact, error){
		attemptFacts, viewingFacts, selfRatingFacts, creditFacts, roleChoiceFacts, questionFacts, meetingFacts, activityFacts, WithdrawalFacts,
		appealFacts, rulingFacts, rescoringFacts,
	} {
		some, err := load(l, string(learner))
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	slices.SortFunc(out, func(a, b evidence.Fact) int { return int(a.Seq - b.Seq) })
	return evidence.AsRuled(out), nil
}

// AttemptFacts are a learner's attempts in Seq order, as people ruled them; withdrawn ones among them.
func AttemptFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	out, err := attemptFacts(l, learner)
	if err != nil {
		return nil, err
	}
	said, err := rulingFacts(l, learner)
	if err != nil {
		return nil, err
	}
	again, err := rescoringFacts(l, learner)
	if err != nil || len(said)+len(again) == 0 {
		return out, err
	}
	gone, err := WithdrawalFacts(l, learner)
	if err != nil {
		return nil, err
	}
	n := len(out)
	return evidence.AsRuled(slices.Concat(out, said, again, gone))[:n], nil
}

// Kept leaves out what an earlier withdrawal took back. Attempts alone carry no withdrawals: callers that have them pass
// all facts.
func Kept(facts []evidence.Fact) []evidence.Fact {
	gone := map[string]bool{}
	for _, f := range facts {
		if f.Withdrawal != nil {
			gone[f.Withdrawal.Fact] = true
		}
	}
	if len(gone) == 0 {
		return facts
	}
	var out []evidence.Fact
	for _, f := range facts {
		if !gone[f.ID] {
			out = append(out, f)
		}
	}
	return out
}

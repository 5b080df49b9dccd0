package flow

import (
	"slices"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// WithdrawFactIn takes one fact out of everything that is worked out about a learner.
type WithdrawFactIn struct {
	Op
	Learner roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
	Fact    string          `json:"fact" minLength:"36" maxLength:"36"`
	Reason  string          `json:"reason" minLength:"1" maxLength:"280" doc:"read by the teachers of the class and the learner"`
}

// withdrawable are the kinds that a teacher may take out. A learner's own words (ratings, roles, questions) are not among
// them, and neither is a withdrawal: what was taken out by mistake is credited or asked again.
var withdrawable = []evidence.Kind{evidence.KindAttempt, evidence.KindViewing, evidence.KindCredit, evidence.KindMeeting, evidence.KindActivity}

// WithdrawFact appends a withdrawal and folds the learner's estimates anew. The fact itself stays, struck through with who
// and why. Errors: NotFound (no such fact of this learner), Invalid (no reason, or a kind that stays), Conflict naming who
// withdrew it already.
var WithdrawFact = Verb[WithdrawFactIn, DoneOut]{
	Name:  "withdraw_fact",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *Look, in WithdrawFactIn) (access.Subject, error) { return access.OfPerson(in.Learner), nil },
	Shard: func(in WithdrawFactIn, who access.Actor) string { return string(in.Learner) },
	Do: func(a *Act, in WithdrawFactIn) (DoneOut, error) {
		reason, err := written("reason", in.Reason, maxReason)
		if err != nil {
			return DoneOut{}, err
		}
		if err := a.q.LockLearner(a.ctx, db.LockLearnerParams{SchoolID: a.school(), LearnerID: string(in.Learner)}); err != nil {
			return DoneOut{}, err
		}
		row, ok, err := store.Optional(a.q.EvidenceFact(a.ctx, db.EvidenceFactParams{SchoolID: a.school(), FactID: in.Fact}))
		if err != nil {
			return DoneOut{}, err
		}
		if !ok || row.LearnerID != string(in.Learner) {
			return DoneOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if !slices.Contains(withdrawable, evidence.Kind(row.Kind)) {
			return DoneOut{}, fault.New(fault.Invalid, "fault.withdraw.stays")
		}
		gone, err := withdrawalFacts(a.Look, row.LearnerID)
		if err != nil {
			return DoneOut{}, err
		}
		for _, f := range gone {
			if f.Withdrawal.Fact == in.Fact {
				by, err := a.nameOf(string(f.Withdrawal.By))
				if err != nil {
					return DoneOut{}, err
				}
				return DoneOut{}, fault.New(fault.Conflict, "fault.withdraw.already", "by", by)
			}
		}
		if _, _, err := a.append(evidence.Fact{Learner: in.Learner, Kind: evidence.KindWithdrawal,
			Withdrawal: &evidence.Withdrawal{Fact: in.Fact, By: a.who.Person, Reason: reason}}); err != nil {
			return DoneOut{}, err
		}
		if err := a.tellLearner(in.Learner, "withdrawal", withdrawn{in.Learner, in.Fact}); err != nil {
			return DoneOut{}, err
		}
		return DoneOut{true}, a.planMoved(in.Learner)
	},
}

// withdrawn tells followers which fact was taken out.
type withdrawn struct {
	Learner roster.PersonID `json:"learner"`
	Fact    string          `json:"fact"`
}

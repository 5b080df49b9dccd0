package decision

import (
	"slices"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/standing"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// WithdrawFactIn takes one fact out of everything that is worked out about a learner.
type WithdrawFactIn struct {
	flow.Op
	Learner roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
	Fact    string          `json:"fact" minLength:"36" maxLength:"36"`
	Reason  string          `json:"reason" minLength:"1" maxLength:"280" doc:"read by the teachers of the class and the learner"`
}

// withdrawable are the kinds that a teacher may take out. A learner's own words (ratings, roles, questions) are not among
// them, and neither is a withdrawal: what was taken out by mistake is credited or asked again.
var withdrawable = []evidence.Kind{evidence.KindAttempt, evidence.KindViewing, evidence.KindCredit, evidence.KindMeeting, evidence.KindActivity, evidence.KindRuling, evidence.KindRescoring}

// WithdrawFact appends a withdrawal and folds the learner's estimates anew. The fact itself stays, struck through with who
// and why. Errors: NotFound (no such fact of this learner), Invalid (no reason, or a kind that stays), Conflict naming who
// withdrew it already.
var WithdrawFact = flow.Verb[WithdrawFactIn, flow.DoneOut]{
	Name:  "withdraw_fact",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in WithdrawFactIn) (access.Subject, error) { return access.OfPerson(in.Learner), nil },
	Shard: func(in WithdrawFactIn, who access.Actor) string { return string(in.Learner) },
	Do: func(a *flow.Act, in WithdrawFactIn) (flow.DoneOut, error) {
		reason, err := flow.Written("reason", in.Reason, maxReason)
		if err != nil {
			return flow.DoneOut{}, err
		}
		if _, err := a.Q().LockLearner(a.Ctx(), db.LockLearnerParams{SchoolID: a.School(), LearnerID: string(in.Learner)}); err != nil {
			return flow.DoneOut{}, err
		}
		row, ok, err := store.Optional(a.Q().EvidenceFact(a.Ctx(), db.EvidenceFactParams{SchoolID: a.School(), FactID: in.Fact}))
		if err != nil {
			return flow.DoneOut{}, err
		}
		if !ok || row.LearnerID != string(in.Learner) {
			return flow.DoneOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if !slices.Contains(withdrawable, evidence.Kind(row.Kind)) {
			return flow.DoneOut{}, fault.New(fault.Invalid, "fault.withdraw.stays")
		}
		gone, err := ledger.WithdrawalFacts(a.Look, row.LearnerID)
		if err != nil {
			return flow.DoneOut{}, err
		}
		for _, f := range gone {
			if f.Withdrawal.Fact == in.Fact {
				by, err := a.NameOf(string(f.Withdrawal.By))
				if err != nil {
					return flow.DoneOut{}, err
				}
				return flow.DoneOut{}, fault.New(fault.Conflict, "fault.withdraw.already", "by", by)
			}
		}
		if _, _, err := ledger.Append(a, evidence.Fact{Learner: in.Learner, Kind: evidence.KindWithdrawal,
			Withdrawal: &evidence.Withdrawal{Fact: in.Fact, By: a.Who().Person, Reason: reason}}); err != nil {
			return flow.DoneOut{}, err
		}
		if err := a.TellLearner(in.Learner, "withdrawal", withdrawn{in.Learner, in.Fact}); err != nil {
			return flow.DoneOut{}, err
		}
		return flow.DoneOut{Done: true}, standing.PlanMoved(a, in.Learner)
	},
}

// withdrawn tells followers which fact was taken out.
type withdrawn struct {
	Learner roster.PersonID `json:"learner"`
	Fact    string          `json:"fact"`
}

package decision

import (
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/standing"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// RuleAppealsIn says of answers that their learners believe to be right whether they are. One act rules all that were answered alike.
type RuleAppealsIn struct {
	flow.Op
	Class    roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Attempts []string       `json:"attempts" minItems:"1" maxItems:"60"`
	Accepted bool           `json:"accepted" doc:"right after all"`
	Word     string         `json:"word,omitempty" maxLength:"280" doc:"read by the learners; a not yet needs one"`
}

// RuledOut tells how many answers were ruled; what was ruled by somebody else meanwhile is not among them.
type RuledOut struct {
	Ruled int `json:"ruled"`
}

// RuleAppeals appends a ruling for every one of the answers that still waits, and folds their learners' estimates anew: an
// answer that is right after all counts as right from when it was given, and the tries after it count no more.
// Errors: NotFound (an answer of nobody in this class, or one that nobody spoke up for), Invalid (a not yet without a word), Conflict
// when none waits any more: nothing was changed.
var RuleAppeals = flow.Verb[RuleAppealsIn, RuledOut]{
	Name:  "rule_appeals",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in RuleAppealsIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in RuleAppealsIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *flow.Act, in RuleAppealsIn) (RuledOut, error) {
		word := strings.TrimSpace(in.Word)
		if !in.Accepted {
			var err error
			if word, err = flow.Written("word", in.Word, maxReason); err != nil {
				return RuledOut{}, err
			}
		}
		learners, err := appealers(a, in)
		if err != nil {
			return RuledOut{}, err
		}
		open, err := a.Q().OpenAppealsOfClass(a.Ctx(), db.OpenAppealsOfClassParams{SchoolID: a.School(), ClassID: string(in.Class)})
		if err != nil {
			return RuledOut{}, err
		}
		out := RuledOut{}
		var told []string
		for _, row := range open {
			if !slices.Contains(in.Attempts, row.AttemptID) || !slices.Contains(learners, row.LearnerID) {
				continue
			}
			learner := roster.PersonID(row.LearnerID)
			if _, _, err := ledger.Append(a, evidence.Fact{Learner: learner, Kind: evidence.KindRuling,
				Ruling: &evidence.Ruling{Attempt: row.AttemptID, Accepted: in.Accepted, By: a.Who().Person, Word: word}}); err != nil {
				return out, err
			}
			if err := a.NoteChange("rule_appeals", learner); err != nil {
				return out, err
			}
			out.Ruled++
			if slices.Contains(told, row.LearnerID) {
				continue
			}
			told = append(told, row.LearnerID)
			if err := a.TellLearner(learner, "ruling", ruled{learner}); err != nil {
				return out, err
			}
			if err := standing.PlanMoved(a, learner); err != nil {
				return out, err
			}
		}
		if out.Ruled == 0 {
			return out, fault.New(fault.Conflict, "fault.appeal.ruled")
		}
		return out, nil
	},
}

// appealers locks the learners of the answers, in the order of their ids so that two teachers' acts never wait for each other in a
// ring. Errors: NotFound for an answer that no learner of the class spoke up for.
func appealers(a *flow.Act, in RuleAppealsIn) ([]string, error) {
	people, err := a.Learners(in.Class)
	if err != nil {
		return nil, err
	}
	var learners []string
	for _, id := range in.Attempts {
		row, err := a.Q().AppealOfAttempt(a.Ctx(), db.AppealOfAttemptParams{SchoolID: a.School(), AttemptID: id})
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(people, func(p flow.Named) bool { return string(p.ID) == row.LearnerID }) {
			return nil, fault.New(fault.NotFound, "fault.not_found")
		}
		if !slices.Contains(learners, row.LearnerID) {
			learners = append(learners, row.LearnerID)
		}
	}
	slices.Sort(learners)
	for _, id := range learners {
		if err := a.Q().LockLearner(a.Ctx(), db.LockLearnerParams{SchoolID: a.School(), LearnerID: id}); err != nil {
			return nil, err
		}
	}
	return learners, nil
}

// ruled tells followers that a teacher said something to an answer.
type ruled struct {
	Learner roster.PersonID `json:"learner"`
}

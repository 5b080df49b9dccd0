package decision

import (
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// RuleAppealsIn says of answers that wait for a teacher's look whether they are right: those that no program judged, and those that
// their learners believe to be right. One act rules all that were answered alike. Levels are what was found of the item's rubric.
type RuleAppealsIn struct {
	flow.Op
	Class    roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Attempts []string       `json:"attempts" minItems:"1" maxItems:"60"`
	Accepted bool           `json:"accepted" doc:"right"`
	Word     string         `json:"word,omitempty" maxLength:"280" doc:"read by the learners; a not yet without levels needs one"`
	Levels   []int          `json:"levels,omitempty" maxItems:"6" doc:"one for each criterion of the rubric, from 0; or none"`
}

// RuledOut tells how many answers were ruled; what was ruled by somebody else meanwhile is not among them.
type RuledOut struct {
	Ruled int `json:"ruled"`
}

// RuleAppeals appends a ruling for every one of the answers that still waits, and folds their learners' estimates anew: an
// answer that is right counts as right from when it was given, and the tries after it count no more.
// Errors: NotFound (an answer of nobody in this class, or one that never waited), Invalid (a not yet without a word and levels, or
// levels that the rubric has not), Conflict
// when none waits any more: nothing was changed.
var RuleAppeals = flow.Verb[RuleAppealsIn, RuledOut]{
	Name:  "rule_appeals",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in RuleAppealsIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in RuleAppealsIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *flow.Act, in RuleAppealsIn) (RuledOut, error) {
		word := strings.TrimSpace(in.Word)
		if !in.Accepted && len(in.Levels) == 0 {
			var err error
			if word, err = flow.Written("word", in.Word, maxReason); err != nil {
				return RuledOut{}, err
			}
		}
		learners, err := appealers(a, in)
		if err != nil {
			return RuledOut{}, err
		}
		open, err := openAnswers(a.Look, in.Class)
		if err != nil {
			return RuledOut{}, err
		}
		out := RuledOut{}
		var told []string
		for _, row := range open {
			if !slices.Contains(in.Attempts, row.attempt) || !slices.Contains(learners, row.learner) {
				continue
			}
			it, err := library.ItemVersion(a.Look, item.ID(row.item), row.version)
			if err != nil {
				return out, err
			}
			if err := item.CheckLevels(it.Rubric, in.Levels); err != nil {
				return out, err
			}
			learner := roster.PersonID(row.learner)
			if _, _, err := ledger.Append(a, evidence.Fact{Learner: learner, Kind: evidence.KindRuling,
				Ruling: &evidence.Ruling{Attempt: row.attempt, Accepted: in.Accepted, By: a.Who().Person, Word: word, Levels: in.Levels}}); err != nil {
				return out, err
			}
			if err := a.NoteChange("rule_appeals", learner); err != nil {
				return out, err
			}
			out.Ruled++
			if slices.Contains(told, row.learner) {
				continue
			}
			told = append(told, row.learner)
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
// ring. Errors: NotFound for an answer that never waited, or that nobody in the class gave.
func appealers(a *flow.Act, in RuleAppealsIn) ([]string, error) {
	people, err := a.Learners(in.Class)
	if err != nil {
		return nil, err
	}
	var learners []string
	for _, id := range in.Attempts {
		row, err := a.Q().Attempt(a.Ctx(), db.AttemptParams{SchoolID: a.School(), ID: id})
		if err == nil && !row.Waiting {
			_, err = a.Q().AppealOfAttempt(a.Ctx(), db.AppealOfAttemptParams{SchoolID: a.School(), AttemptID: id})
		}
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
		if _, err := a.Q().LockLearner(a.Ctx(), db.LockLearnerParams{SchoolID: a.School(), LearnerID: id}); err != nil {
			return nil, err
		}
	}
	return learners, nil
}

// ruled tells followers that a teacher said something to an answer.
type ruled struct {
	Learner roster.PersonID `json:"learner"`
}

package evening

import (
	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// AppealIn says of an answer of one's own that it is right. The teachers of the class read it with the answer.
type AppealIn struct {
	flow.Mine
	Attempt string `json:"attempt" minLength:"36" maxLength:"36" doc:"the fact of the attempt"`
}

// AppealOut says who reads it.
type AppealOut struct {
	Teacher string `json:"teacher"` // "" = nobody teaches the class yet
}

// Appeal takes a learner's word that an answer is right to their teacher. It moves nothing by itself, costs nothing, and is said
// once for each answer: saying it again changes nothing. Errors: NotFound (no such answer of theirs), Invalid (an answer that was
// not read as not yet, or one in a check, where nothing is said of right or not).
var Appeal = flow.Verb[AppealIn, AppealOut]{
	Name:  "appeal",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in AppealIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in AppealIn) (AppealOut, error) {
		learner := string(in.Learner)
		if _, err := a.Q().LockLearner(a.Ctx(), db.LockLearnerParams{SchoolID: a.School(), LearnerID: learner}); err != nil {
			return AppealOut{}, err
		}
		row, ok, err := store.Optional(a.Q().Attempt(a.Ctx(), db.AttemptParams{SchoolID: a.School(), ID: in.Attempt}))
		if err != nil {
			return AppealOut{}, err
		}
		if !ok || row.LearnerID != learner {
			return AppealOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if row.Outcome != string(item.NotYet) || row.Unlearned || row.Purpose == string(evidence.ForCheck) {
			return AppealOut{}, fault.New(fault.Invalid, "fault.appeal.nothing")
		}
		out, err := readerOf(a.Look, learner)
		if err != nil {
			return out, err
		}
		_, said, err := store.Optional(a.Q().AppealOfAttempt(a.Ctx(), db.AppealOfAttemptParams{SchoolID: a.School(), AttemptID: in.Attempt}))
		if err != nil || said {
			return out, err
		}
		if _, _, err := ledger.Append(a, evidence.Fact{Learner: in.Learner, Kind: evidence.KindAppeal, Appeal: &evidence.Appeal{Attempt: in.Attempt}}); err != nil {
			return out, err
		}
		return out, tellTeachers(a, in.Learner)
	},
}

// readerOf names the teacher who reads what a learner says.
func readerOf(l *flow.Look, learner string) (AppealOut, error) {
	classes, err := l.Q().ClassIDsOfLearner(l.Ctx(), db.ClassIDsOfLearnerParams{SchoolID: l.School(), PersonID: learner})
	if err != nil {
		return AppealOut{}, err
	}
	for _, c := range classes {
		teachers, err := l.Q().TeachersOfClass(l.Ctx(), db.TeachersOfClassParams{SchoolID: l.School(), ClassID: c})
		if err != nil {
			return AppealOut{}, err
		}
		if len(teachers) > 0 {
			return AppealOut{Teacher: flow.Person(teachers[0]).Full()}, nil
		}
	}
	return AppealOut{}, nil
}

// tellTeachers announces to the learner's classes alone: the page that said it has its answer.
func tellTeachers(a *flow.Act, learner roster.PersonID) error {
	classes, err := a.Q().ClassIDsOfLearner(a.Ctx(), db.ClassIDsOfLearnerParams{SchoolID: a.School(), PersonID: string(learner)})
	for _, c := range classes {
		a.Announce(flow.ClassTopic(c), "appeal", acted{learner})
	}
	return err
}

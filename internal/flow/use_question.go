package flow

import (
	"kith/internal/access"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// UseQuestionIn names a question that a learner brought.
type UseQuestionIn struct {
	Op
	Question string `json:"question" minLength:"36" maxLength:"36"`
}

// UseQuestion says "I used your question": its author reads it on their Home. Said twice, it stays as it was said first.
// Errors: NotFound.
var UseQuestion = Verb[UseQuestionIn, DoneOut]{
	Name: "use_question",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in UseQuestionIn) (access.Subject, error) {
		row, err := l.q.BroughtQuestion(l.ctx, db.BroughtQuestionParams{SchoolID: l.school(), ID: in.Question})
		return access.OfClass(roster.ClassID(row.ClassID)), err
	},
	Shard: func(in UseQuestionIn, who access.Actor) string { return in.Question },
	Do: func(a *Act, in UseQuestionIn) (DoneOut, error) {
		row, err := a.q.BroughtQuestion(a.ctx, db.BroughtQuestionParams{SchoolID: a.school(), ID: in.Question})
		if err != nil {
			return DoneOut{}, err
		}
		n, err := a.q.UseQuestion(a.ctx, db.UseQuestionParams{SchoolID: a.school(), ID: in.Question, UsedMs: a.now, UsedBy: actorKey(a.who)})
		if err != nil || n == 0 {
			return DoneOut{true}, err
		}
		a.Announce(ClassTopic(row.ClassID), "question_used", questionUsed{in.Question})
		a.Announce(LearnerTopic(row.LearnerID), "question_used", questionUsed{in.Question})
		return DoneOut{true}, nil
	},
}

type questionUsed struct {
	Question string `json:"question"`
}

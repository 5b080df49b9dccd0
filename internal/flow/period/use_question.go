package period

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// UseQuestionIn names a question that a learner brought.
type UseQuestionIn struct {
	flow.Op
	Question string `json:"question" minLength:"36" maxLength:"36"`
}

// UseQuestion says "I used your question": its author reads it on their Home. Said twice, it stays as it was said first.
// Errors: NotFound.
var UseQuestion = flow.Verb[UseQuestionIn, flow.DoneOut]{
	Name: "use_question",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in UseQuestionIn) (access.Subject, error) {
		row, err := l.Q().BroughtQuestion(l.Ctx(), db.BroughtQuestionParams{SchoolID: l.School(), ID: in.Question})
		return access.OfClass(roster.ClassID(row.ClassID)), err
	},
	Shard: func(in UseQuestionIn, who access.Actor) string { return in.Question },
	Do: func(a *flow.Act, in UseQuestionIn) (flow.DoneOut, error) {
		row, err := a.Q().BroughtQuestion(a.Ctx(), db.BroughtQuestionParams{SchoolID: a.School(), ID: in.Question})
		if err != nil {
			return flow.DoneOut{}, err
		}
		n, err := a.Q().UseQuestion(a.Ctx(), db.UseQuestionParams{SchoolID: a.School(), ID: in.Question, UsedMs: a.Now(), UsedBy: flow.ActorKey(a.Who())})
		if err != nil || n == 0 {
			return flow.DoneOut{Done: true}, err
		}
		a.Announce(flow.ClassTopic(row.ClassID), "question_used", questionUsed{in.Question})
		a.Announce(flow.LearnerTopic(row.LearnerID), "question_used", questionUsed{in.Question})
		return flow.DoneOut{Done: true}, nil
	},
}

type questionUsed struct {
	Question string `json:"question"`
}

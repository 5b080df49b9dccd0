package evening

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/roster"
)

// BringQuestionIn is what a learner wants to ask in class. The teachers of the class read it.
type BringQuestionIn struct {
	flow.Mine
	ClassUnit string           `json:"class_unit" minLength:"36" maxLength:"36"`
	Lesson    content.LessonID `json:"lesson,omitempty" maxLength:"36"`
	Text      string           `json:"text" minLength:"1" maxLength:"280"`
}

// BringQuestion keeps a question for class. Errors: NotFound, Invalid (nothing was written).
var BringQuestion = flow.Verb[BringQuestionIn, flow.Kept]{
	Name:  "bring_question",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in BringQuestionIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in BringQuestionIn) (flow.Kept, error) {
		u, err := standing.InUnit(a.Look, in.ClassUnit, in.Learner)
		if err != nil {
			return flow.Kept{}, err
		}
		text, err := flow.Written("text", in.Text, 280)
		if err != nil {
			return flow.Kept{}, err
		}
		if in.Lesson != "" {
			if _, err := library.Lesson(a.Look, in.Lesson); err != nil {
				return flow.Kept{}, err
			}
		}
		if _, _, err := ledger.Append(a, evidence.Fact{Learner: in.Learner, Kind: evidence.KindQuestion,
			Question: &evidence.Question{Class: roster.ClassID(u.Row.ClassID), Lesson: in.Lesson, Text: text}}); err != nil {
			return flow.Kept{}, err
		}
		return flow.Kept{AtMs: a.Now()}, a.TellLearner(in.Learner, "question", acted{in.Learner})
	},
}

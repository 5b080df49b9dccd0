package flow

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/roster"
)

// BringQuestionIn is what a learner wants to ask in class. The teachers of the class read it.
type BringQuestionIn struct {
	Mine
	ClassUnit string           `json:"class_unit" minLength:"36" maxLength:"36"`
	Lesson    content.LessonID `json:"lesson,omitempty" maxLength:"36"`
	Text      string           `json:"text" minLength:"1" maxLength:"280"`
}

// BringQuestion keeps a question for class. Errors: NotFound, Invalid (nothing was written).
var BringQuestion = Verb[BringQuestionIn, Kept]{
	Name:  "bring_question",
	Rule:  access.Allow(access.Self),
	About: func(_ *Look, in BringQuestionIn) (access.Subject, error) { return in.mine() },
	Do: func(a *Act, in BringQuestionIn) (Kept, error) {
		u, err := a.mineIn(in.ClassUnit, in.Learner)
		if err != nil {
			return Kept{}, err
		}
		text, err := written("text", in.Text, 280)
		if err != nil {
			return Kept{}, err
		}
		if in.Lesson != "" {
			if _, err := a.lesson(in.Lesson); err != nil {
				return Kept{}, err
			}
		}
		if _, _, err := a.append(evidence.Fact{Learner: in.Learner, Kind: evidence.KindQuestion,
			Question: &evidence.Question{Class: roster.ClassID(u.row.ClassID), Lesson: in.Lesson, Text: text}}); err != nil {
			return Kept{}, err
		}
		return Kept{a.now}, a.tellLearner(in.Learner, "question", acted{in.Learner})
	},
}

package oatutor

import (
	"kith/internal/doc"
	"kith/internal/item"
	"kith/internal/skill"
)

// scaffold is a rung's smaller question, judged as a step is; ok is false where its answer cannot be told by one box or one choice, or
// where its key is doubtful: a hint that is not sure of itself asks nothing.
func scaffold(w writer, h hint, question, then doc.Doc) (item.Scaffold, bool) {
	small := step{ID: h.ID, StepTitle: h.Text, StepAnswer: h.HintAnswer, ProblemType: h.ProblemType, AnswerType: h.AnswerType, Choices: h.Choices}
	if small.StepTitle == "" {
		small.StepTitle = h.Title
	}
	var out made
	if err := key(&out, w, problem{}, small); err != nil || out.why.Code != "" || out.item.Kind == "" {
		return item.Scaffold{}, false
	}
	it := out.item
	s := item.Scaffold{Rung: 1, Kind: it.Kind, Key: it.Key, Unit: it.Unit, Choices: it.Choices, Ordered: it.Ordered, Forms: it.Forms, Then: then}
	it.Text, it.Hints, it.Scaffolds, it.Attribution = question, []doc.Doc{question}, []item.Scaffold{s}, &item.Attribution{}
	it.ID, it.Code = "scaffold", "scaffold"
	it.Skills = []skill.ID{"scaffold"}
	return s, item.Check(it) == nil && len(it.Variables) == 0
}

package standing

import (
	"kith/internal/content"
	"kith/internal/flow/library"
	"kith/internal/phrase"
	"kith/internal/plan"
	"kith/internal/skill"
)

// StepKind is a plan.Kind, or one of the acts that begin a unit.
type StepKind string

// The acts that begin a unit, before there is a plan.
const (
	StepUnitTask StepKind = "unit_task" // read the unit's task and pick a role
	StepSelf     StepKind = "self"      // say what you can do
	StepCheck    StepKind = "check"     // find out what you know
	StepSend     StepKind = "send"      // look at the plan and send it
)

// StepLine is one line of a list of things to do, with its names.
type StepLine struct {
	Key       string            `json:"key"`
	Kind      StepKind          `json:"kind" enum:"lesson,practice,activity,task,talk,meeting,revisit,deeper,make,unit_task,self,check,send"`
	Where     plan.Where        `json:"where" enum:"screen,off_screen,person"`
	Title     string            `json:"title"` // of the skill, lesson, activity, task or objective that it is about
	Skill     skill.ID          `json:"skill,omitempty"`
	Objective skill.ObjectiveID `json:"objective,omitempty"`
	Lesson    content.LessonID  `json:"lesson,omitempty"`
	Form      string            `json:"form,omitempty" enum:"film,link,text"` // of a lesson: what it mainly is
	Must      bool              `json:"must"`
	Pinned    bool              `json:"pinned"`
	Minutes   int               `json:"minutes"` // 0 = not known
	Reason    phrase.Phrase     `json:"reason"`
	Status    plan.Status       `json:"status" enum:"todo,doing,done"`
	Change    plan.Change       `json:"change,omitempty" enum:"kept,added,moved,dropped,credited"`
	Because   []EvidenceLine    `json:"because,omitempty"`
}

// StepLine gives a step its names.
func (u *LearnerUnit) StepLine(s plan.Step) StepLine {
	out := u.NamedLine(s.Line)
	out.Status = s.Status
	return out
}

// NamedLine gives a line its names. Status is todo.
func (u *LearnerUnit) NamedLine(s plan.Line) StepLine {
	out := StepLine{Key: s.Key, Kind: StepKind(s.Kind), Where: s.Where, Skill: s.Skill, Objective: s.Objective, Lesson: s.Lesson, Must: s.Must,
		Pinned: s.Pinned, Minutes: s.Minutes, Reason: s.Reason, Status: plan.Todo, Change: s.Change}
	o, _ := u.Goal(s.Objective)
	switch s.Kind {
	case plan.Practice, plan.Revisit, plan.Meeting:
		out.Title = u.Course.Skill[s.Skill].Title
	case plan.Lesson:
		if les, ok := u.Lesson(s.Lesson); ok {
			out.Title, out.Form = les.Title, library.LessonKind(&les)
		}
	case plan.Activity:
		out.Title = u.Part(s.Objective).Activity.Title
	case plan.Task, plan.Make:
		out.Title = u.Part(s.Objective).Task.Title
	default:
		out.Title = o.Title
	}
	return out
}

// Shown names lines with what they rest on.
func (u *LearnerUnit) Shown(lines []plan.Line) []StepLine {
	out := []StepLine{}
	for _, l := range lines {
		s := u.NamedLine(l)
		s.Because = u.Because(l.Evidence)
		out = append(out, s)
	}
	return out
}

package evening

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/roster"
	"kith/internal/skill"
)

// TaskPage is the unit's task and the objectives' tasks, before instruction.
type TaskPage struct {
	Learner roster.PersonID     `json:"learner"`
	Unit    *standing.UnitGiven `json:"unit"`
	Task    library.TaskDrawn   `json:"task"`
	Parts   []TaskPart          `json:"parts"`
	Next    *standing.StepLine  `json:"next,omitempty"` // what comes after it
}

// TaskPart is one objective's task.
type TaskPart struct {
	ID    skill.ObjectiveID `json:"id"`
	Title string            `json:"title"`
	ICan  string            `json:"i_can"`
	Task  library.TaskDrawn `json:"task"`
}

// UnitTask shows what the unit is for.
var UnitTask = flow.View[ClassUnitIn, TaskPage]{
	Name: "task",
	Rule: access.Allow(access.MemberOf),
	About: func(l *flow.Look, in ClassUnitIn) (access.Subject, error) {
		return library.AboutClassUnit(l, in.ClassUnit)
	},
	Load: func(l *flow.Look, in ClassUnitIn) (TaskPage, error) {
		u, err := standing.InUnit(l, in.ClassUnit, l.Who().Person)
		if err != nil {
			return TaskPage{}, err
		}
		p := TaskPage{Learner: u.Learner, Unit: u.Named()}
		if p.Task, err = drawTask(u, u.Unit.Task, ""); err != nil {
			return p, err
		}
		for _, o := range u.Goals {
			part := TaskPart{ID: o.ID, Title: o.Title, ICan: o.ICan}
			if u.Parts[o.ID].Task.Title == "" {
				continue
			}
			if part.Task, err = drawTask(u, u.Parts[o.ID].Task, o.ID); err != nil {
				return p, err
			}
			p.Parts = append(p.Parts, part)
		}
		how, err := u.HowDoIGetThere(l)
		p.Next = how.Next
		return p, err
	},
}

func drawTask(u *standing.LearnerUnit, t content.Task, of skill.ObjectiveID) (library.TaskDrawn, error) {
	d, err := library.DrawTask(t)
	if r := u.Role(of); r != nil {
		d.Picked = r.Code
	}
	return d, err
}

package evening

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/roster"
	"kith/internal/skill"
)

// TaskDrawn is a performance task as a page shows it, in the GRASPS order. Picked is the learner's role, "" = none yet.
type TaskDrawn struct {
	Title     string         `json:"title"`
	Goal      []doc.El       `json:"goal"`
	Role      []doc.El       `json:"role"`
	Roles     []content.Role `json:"roles"`
	Audience  []doc.El       `json:"audience"`
	Situation []doc.El       `json:"situation"`
	Product   []doc.El       `json:"product"`
	Standards []string       `json:"standards"`
	Picked    string         `json:"picked"`
}

// TaskPage is the unit's task and the objectives' tasks, before instruction.
type TaskPage struct {
	Learner roster.PersonID     `json:"learner"`
	Unit    *standing.UnitGiven `json:"unit"`
	Task    TaskDrawn           `json:"task"`
	Parts   []TaskPart          `json:"parts"`
	Next    *standing.StepLine  `json:"next,omitempty"` // what comes after it
}

// TaskPart is one objective's task.
type TaskPart struct {
	ID    skill.ObjectiveID `json:"id"`
	Title string            `json:"title"`
	ICan  string            `json:"i_can"`
	Task  TaskDrawn         `json:"task"`
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

func drawTask(u *standing.LearnerUnit, t content.Task, of skill.ObjectiveID) (TaskDrawn, error) {
	d := TaskDrawn{Title: t.Title, Roles: t.Roles, Standards: t.Standards}
	if r := u.Role(of); r != nil {
		d.Picked = r.Code
	}
	for _, part := range []struct {
		to   *[]doc.El
		from doc.Doc
	}{{&d.Goal, t.Goal}, {&d.Role, t.Role}, {&d.Audience, t.Audience}, {&d.Situation, t.Situation}, {&d.Product, t.Product}} {
		var err error
		if *part.to, err = part.from.Draw(nil); err != nil {
			return d, err
		}
	}
	return d, nil
}

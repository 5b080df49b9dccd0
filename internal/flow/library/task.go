package library

import (
	"kith/internal/content"
	"kith/internal/doc"
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

// DrawTask draws a task, with no role picked.
func DrawTask(t content.Task) (TaskDrawn, error) {
	d := TaskDrawn{Title: t.Title, Roles: t.Roles, Standards: t.Standards}
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

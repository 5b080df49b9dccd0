package office

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// RenameClassIn gives a class another name.
type RenameClassIn struct {
	flow.Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Name  string         `json:"name" minLength:"1" maxLength:"60"`
}

// RenameClass gives a class another name. Errors: Invalid for an empty name.
var RenameClass = flow.Verb[RenameClassIn, flow.Done]{
	Name:  "rename_class",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *flow.Look, in RenameClassIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *flow.Act, in RenameClassIn) (flow.Done, error) {
		name, err := roster.MakeTitle(in.Name)
		if err != nil {
			return flow.Done{}, err
		}
		if _, err := classRow(a.Look, in.Class); err != nil {
			return flow.Done{}, err
		}
		return flow.Done{}, changed(a.Q().RenameClass(a.Ctx(), db.RenameClassParams{SchoolID: a.School(), ID: string(in.Class), Name: name}))
	},
}

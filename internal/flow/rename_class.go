package flow

import (
	"kith/internal/access"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// RenameClassIn gives a class another name.
type RenameClassIn struct {
	Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Name  string         `json:"name" minLength:"1" maxLength:"60"`
}

// RenameClass gives a class another name. Errors: Invalid for an empty name.
var RenameClass = Verb[RenameClassIn, Done]{
	Name:  "rename_class",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *Look, in RenameClassIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *Act, in RenameClassIn) (Done, error) {
		name, err := roster.MakeTitle(in.Name)
		if err != nil {
			return Done{}, err
		}
		if _, err := a.classRow(in.Class); err != nil {
			return Done{}, err
		}
		return Done{}, changed(a.q.RenameClass(a.ctx, db.RenameClassParams{SchoolID: a.school(), ID: string(in.Class), Name: name}))
	},
}

package office

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// RotateClassCodeIn names the class.
type RotateClassCodeIn struct {
	flow.Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
}

// RotateClassCodeOut is the class's new code.
type RotateClassCodeOut struct {
	Code string `json:"code"`
}

// RotateClassCode gives a class a new code; the old one opens nothing from now on. Whoever is signed in stays so.
var RotateClassCode = flow.Verb[RotateClassCodeIn, RotateClassCodeOut]{
	Name:  "rotate_class_code",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *flow.Look, in RotateClassCodeIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *flow.Act, in RotateClassCodeIn) (RotateClassCodeOut, error) {
		if _, err := classRow(a.Look, in.Class); err != nil {
			return RotateClassCodeOut{}, err
		}
		code, err := freshCode(a)
		if err != nil {
			return RotateClassCodeOut{}, err
		}
		return RotateClassCodeOut{code}, changed(a.Q().SetClassCode(a.Ctx(), db.SetClassCodeParams{SchoolID: a.School(), ID: string(in.Class), Code: code, CodeMs: a.Now()}))
	},
}

package flow

import (
	"kith/internal/access"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// RotateClassCodeIn names the class.
type RotateClassCodeIn struct {
	Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
}

// RotateClassCodeOut is the class's new code.
type RotateClassCodeOut struct {
	Code string `json:"code"`
}

// RotateClassCode gives a class a new code; the old one opens nothing from now on. Whoever is signed in stays so.
var RotateClassCode = Verb[RotateClassCodeIn, RotateClassCodeOut]{
	Name:  "rotate_class_code",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *Look, in RotateClassCodeIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *Act, in RotateClassCodeIn) (RotateClassCodeOut, error) {
		if _, err := a.classRow(in.Class); err != nil {
			return RotateClassCodeOut{}, err
		}
		code, err := a.freshCode()
		if err != nil {
			return RotateClassCodeOut{}, err
		}
		return RotateClassCodeOut{code}, changed(a.q.SetClassCode(a.ctx, db.SetClassCodeParams{SchoolID: a.school(), ID: string(in.Class), Code: code, CodeMs: a.now}))
	},
}

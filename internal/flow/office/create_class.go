package office

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// CreateClassIn names a new class. Teacher is who teaches it; empty is whoever creates it.
type CreateClassIn struct {
	flow.Op
	Name    string          `json:"name" minLength:"1" maxLength:"60"`
	Teacher roster.PersonID `json:"teacher,omitempty" maxLength:"36"`
}

// CreateClassOut is the class with the code that opens it.
type CreateClassOut struct {
	Class roster.Class `json:"class"`
}

// CreateClass makes a class. A teacher becomes its teacher; an administrator may name another.
// Errors: Invalid for an empty name or someone who does not teach; Forbidden when a teacher names another.
var CreateClass = flow.Verb[CreateClassIn, CreateClassOut]{
	Name: "create_class",
	Rule: access.Allow(access.Staff),
	Do: func(a *flow.Act, in CreateClassIn) (CreateClassOut, error) {
		name, err := roster.MakeTitle(in.Name)
		if err != nil {
			return CreateClassOut{}, err
		}
		teacher := in.Teacher
		if teacher == "" && !a.Who().System {
			teacher = a.Who().Person
		}
		if teacher != "" && teacher != a.Who().Person && a.Who().Role != roster.Admin && !a.Who().System {
			return CreateClassOut{}, fault.New(fault.Forbidden, "fault.forbidden")
		}
		c := roster.Class{ID: roster.ClassID(a.NewID()), Name: name}
		if c.Code, err = freshCode(a); err != nil {
			return CreateClassOut{}, err
		}
		if err := a.Q().AddClass(a.Ctx(), db.AddClassParams{SchoolID: a.School(), ID: string(c.ID), Name: c.Name, Code: c.Code, CodeMs: a.Now(), Proposals: true, CreatedMs: a.Now()}); err != nil {
			return CreateClassOut{}, err
		}
		if teacher != "" {
			err = EnrollToday(a, c.ID, teacher, roster.Teacher)
		}
		return CreateClassOut{c}, err
	},
}

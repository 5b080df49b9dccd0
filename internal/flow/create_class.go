package flow

import (
	"strconv"
	"time"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// CreateClassIn names a new class. Teacher is who teaches it; empty is whoever creates it.
type CreateClassIn struct {
	Op
	Name    string          `json:"name" minLength:"1" maxLength:"60"`
	Teacher roster.PersonID `json:"teacher,omitempty" maxLength:"36"`
}

// CreateClassOut is the class with the code that opens it.
type CreateClassOut struct {
	Class roster.Class `json:"class"`
}

// CreateClass makes a class. A teacher becomes its teacher; an administrator may name another.
// Errors: Invalid for an empty name or someone who does not teach; Forbidden when a teacher names another.
var CreateClass = Verb[CreateClassIn, CreateClassOut]{
	Name: "create_class",
	Rule: access.Allow(access.Staff),
	Do: func(a *Act, in CreateClassIn) (CreateClassOut, error) {
		name, err := titled(in.Name)
		if err != nil {
			return CreateClassOut{}, err
		}
		teacher := in.Teacher
		if teacher == "" && !a.who.System {
			teacher = a.who.Person
		}
		if teacher != "" && teacher != a.who.Person && a.who.Role != roster.Admin && !a.who.System {
			return CreateClassOut{}, fault.New(fault.Forbidden, "fault.forbidden")
		}
		c := roster.Class{ID: roster.ClassID(a.NewID()), Name: name}
		if c.Code, err = a.freshCode(); err != nil {
			return CreateClassOut{}, err
		}
		if err := a.q.AddClass(a.ctx, db.AddClassParams{SchoolID: a.school(), ID: string(c.ID), Name: c.Name, Code: c.Code, CodeMs: a.now, Proposals: true, CreatedMs: a.now}); err != nil {
			return CreateClassOut{}, err
		}
		if teacher != "" {
			err = a.enroll(c.ID, teacher, roster.Teacher)
		}
		return CreateClassOut{c}, err
	},
}

// freshCode is a class code that no class of the installation has. It follows from the op, so that an act which runs twice
// makes the same one.
func (a *Act) freshCode() (string, error) {
	for n := range 20 {
		code := roster.MakeClassCode(a.op + "/" + strconv.Itoa(n))
		_, taken, err := store.Optional(a.q.ClassByCode(a.ctx, code))
		if err != nil || !taken {
			return code, err
		}
	}
	return "", fault.New(fault.Internal, "fault.internal")
}

// enroll puts a person into a class from today. Errors: Invalid when their role does not fit.
func (a *Act) enroll(class roster.ClassID, id roster.PersonID, as roster.Role) error {
	p, err := a.personRow(id)
	if err != nil {
		return err
	}
	is := roster.Role(p.Role)
	if (as == roster.Learner && is != roster.Learner) || (as == roster.Teacher && is != roster.Teacher && is != roster.Admin) {
		return fault.New(fault.Invalid, "fault.enroll.role", "name", person(p).Full())
	}
	day, err := a.schoolDay()
	if err != nil {
		return err
	}
	return a.q.Enroll(a.ctx, db.EnrollParams{SchoolID: a.school(), ClassID: string(class), PersonID: string(id), Role: string(as), StartedOn: day, StartedMs: a.now})
}

// personRow is a person of the actor's school. Errors: NotFound.
func (l *Look) personRow(id roster.PersonID) (db.Person, error) {
	return found(l.q.Person(l.ctx, db.PersonParams{SchoolID: l.school(), ID: string(id)}))
}

// classRow is a class of the actor's school that has not ended. Errors: NotFound.
func (l *Look) classRow(id roster.ClassID) (db.Class, error) {
	c, err := found(l.q.Class(l.ctx, db.ClassParams{SchoolID: l.school(), ID: string(id)}))
	if err == nil && c.EndedOn != "" {
		err = fault.New(fault.NotFound, "fault.class.ended", "name", c.Name)
	}
	return c, err
}

func found[T any](row T, err error) (T, error) {
	row, ok, err := store.Optional(row, err)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return row, err
}

// schoolDay is today at the school, YYYY-MM-DD.
func (l *Look) schoolDay() (string, error) {
	s, err := l.q.School(l.ctx, l.school())
	if err != nil {
		return "", err
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return "", fault.Wrap(fault.Internal, err, "fault.internal")
	}
	return time.UnixMilli(l.now).In(zone).Format(time.DateOnly), nil
}

// changed turns "no row was changed" into NotFound.
func changed(n int64, err error) error {
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

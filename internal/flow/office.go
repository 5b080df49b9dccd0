package flow

import (
	"strconv"

	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

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

// changed turns "no row was changed" into NotFound.
func changed(n int64, err error) error {
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return err
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
	day, err := a.today()
	if err != nil {
		return err
	}
	return a.q.Enroll(a.ctx, db.EnrollParams{SchoolID: a.school(), ClassID: string(class), PersonID: string(id), Role: string(as), StartedOn: day, StartedMs: a.now})
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

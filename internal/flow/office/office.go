// Package office is what a school office does: people, classes, enrollments, guardians, cards and links handed out, PINs and
// passwords taken back, a person's own settings, and the record of who looked at whom.
//
// Place in the flow: layer 4, above the kernel and the door, whose keys it hands out.
package office

import (
	"strconv"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// personRow is a person of the actor's school. Errors: NotFound.
func personRow(l *flow.Look, id roster.PersonID) (db.Person, error) {
	return found(l.Q().Person(l.Ctx(), db.PersonParams{SchoolID: l.School(), ID: string(id)}))
}

// classRow is a class of the actor's school that has not ended. Errors: NotFound.
func classRow(l *flow.Look, id roster.ClassID) (db.Class, error) {
	c, err := found(l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(id)}))
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

// EnrollToday puts a person into a class from today. Errors: Invalid when their role does not fit.
func EnrollToday(a *flow.Act, class roster.ClassID, id roster.PersonID, as roster.Role) error {
	p, err := personRow(a.Look, id)
	if err != nil {
		return err
	}
	is := roster.Role(p.Role)
	if (as == roster.Learner && is != roster.Learner) || (as == roster.Teacher && is != roster.Teacher && is != roster.Admin) {
		return fault.New(fault.Invalid, "fault.enroll.role", "name", flow.Person(p).Full())
	}
	day, err := a.Today()
	if err != nil {
		return err
	}
	return a.Q().Enroll(a.Ctx(), db.EnrollParams{SchoolID: a.School(), ClassID: string(class), PersonID: string(id), Role: string(as), StartedOn: day, StartedMs: a.Now()})
}

// freshCode is a class code that no class of the installation has. It follows from the op, so that an act which runs twice
// makes the same one.
func freshCode(a *flow.Act) (string, error) {
	for n := range 20 {
		code := roster.MakeClassCode(a.Op() + "/" + strconv.Itoa(n))
		_, taken, err := store.Optional(a.Q().ClassByCode(a.Ctx(), code))
		if err != nil || !taken {
			return code, err
		}
	}
	return "", fault.New(fault.Internal, "fault.internal")
}

// note notes a change to one person's record in an act that is about a class, as flow does in an act that is about a person.
func note(a *flow.Act, verb string, id roster.PersonID) error {
	if id == a.Who().Person || a.Who().System {
		return nil
	}
	return a.NoteChange(verb, id)
}

package flow

import (
	"testing"

	"kith/internal/access"
	"kith/internal/roster"
)

// around is the school with a guardian of its first learner, and a second school with an administrator and a class.
type around struct {
	*school
	guardian access.Actor
	stranger access.Actor // administers the other school
	theirs   roster.ClassID
	kim      roster.PersonID // of the other school
}

func newAround(t *testing.T, learners int) *around {
	s := newSchool(t, learners)
	w := &around{school: s, theirs: roster.ClassID(newOp()), kim: roster.PersonID(newOp())}
	out := do(s, AddPerson, s.admin, AddPersonIn{Op: Op{newOp()}, Role: roster.Guardian, Given: "Ms", Family: "Name"})
	w.guardian = access.Actor{School: s.id, Person: out.Person.ID, Role: roster.Guardian}
	do(s, LinkGuardian, s.admin, GuardianshipIn{Op: Op{newOp()}, Learner: s.learners[0].Person, Guardian: out.Person.ID})
	w.stranger = access.Actor{School: roster.SchoolID(newOp()), Person: roster.PersonID(newOp()), Role: roster.Admin}
	do(s, SetUp, access.Actor{School: w.stranger.School, System: true}, SetUpIn{Op: Op{newOp()}, Code: "other", Name: "Other", Zone: "UTC", Locale: "en", BeganOn: "2026-09-01", BeganMs: 1,
		People:  []SetUpPerson{{Person: roster.Person{ID: w.stranger.Person, Role: roster.Admin, Given: "Sam"}}, {Person: roster.Person{ID: w.kim, Role: roster.Learner, Given: "Kim"}}},
		Classes: []SetUpClass{{Class: roster.Class{ID: w.theirs, Name: "1A", Code: "BBBB-0001"}, Learners: []roster.PersonID{w.kim}}}})
	return w
}

package schooltest

import (
	"testing"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/office"
	"kith/internal/roster"
)

// Around is the school with a guardian of its first learner, and a second school with an administrator and a class.
type Around struct {
	*School
	Guardian access.Actor
	Stranger access.Actor // administers the other school
	theirs   roster.ClassID
	kim      roster.PersonID // of the other school
}

// NewAround makes the school with so many learners, and what is around it.
func NewAround(t *testing.T, learners int) *Around {
	s := New(t, learners)
	w := &Around{School: s, theirs: roster.ClassID(NewOp()), kim: roster.PersonID(NewOp())}
	out := Do(s, office.AddPerson, s.Admin, office.AddPersonIn{Op: flow.Op{Op: NewOp()}, Role: roster.Guardian, Given: "Ms", Family: "Name"})
	w.Guardian = access.Actor{School: s.ID, Person: out.Person.ID, Role: roster.Guardian}
	Do(s, office.LinkGuardian, s.Admin, office.GuardianshipIn{Op: flow.Op{Op: NewOp()}, Learner: s.Learners[0].Person, Guardian: out.Person.ID})
	w.Stranger = access.Actor{School: roster.SchoolID(NewOp()), Person: roster.PersonID(NewOp()), Role: roster.Admin}
	Do(s, door.SetUp, access.Actor{School: w.Stranger.School, System: true}, door.SetUpIn{Op: flow.Op{Op: NewOp()}, Code: "other", Name: "Other", Zone: "UTC", Locale: "en", BeganOn: "2026-09-01", BeganMs: 1,
		People:  []door.SetUpPerson{{Person: roster.Person{ID: w.Stranger.Person, Role: roster.Admin, Given: "Sam"}}, {Person: roster.Person{ID: w.kim, Role: roster.Learner, Given: "Kim"}}},
		Classes: []door.SetUpClass{{Class: roster.Class{ID: w.theirs, Name: "1A", Code: "BBBB-0001"}, Learners: []roster.PersonID{w.kim}}}})
	return w
}

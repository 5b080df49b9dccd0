package sample

import (
	"slices"
	"time"

	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
)

// setUp names everybody and puts them where they belong.
func (m *maker) setUp() door.SetUpIn {
	m.s.Class, m.s.Other = roster.ClassID(m.id("class", 0)), roster.ClassID(m.id("class", 1))
	in := door.SetUpIn{Op: flow.Op{Op: m.op("set_up", 0)}, Code: Code, Name: "Harbour School", Zone: zone, Locale: "en", Demo: true,
		BeganOn: m.began.Format(time.DateOnly), BeganMs: m.began.UnixMilli()}
	add := func(role roster.Role, given, family, locale string) roster.PersonID {
		p := roster.Person{ID: roster.PersonID(m.id("person", len(in.People))), Role: role, Given: given, Family: family, Locale: locale}
		in.People = append(in.People, door.SetUpPerson{Person: p})
		m.s.People = append(m.s.People, p)
		return p.ID
	}
	var of7B, of8A []roster.PersonID
	for _, c := range cast[:m.learners()] {
		of7B = append(of7B, add(roster.Learner, c.given, c.family, c.locale))
	}
	for _, n := range others {
		of8A = append(of8A, add(roster.Learner, n[0], n[1], ""))
	}
	okafor, duarte := add(roster.Teacher, "Mr", "Okafor", ""), add(roster.Teacher, "Ms", "Duarte", "")
	add(roster.Guardian, "Ms", "Haddad", "")
	in.People[len(in.People)-1].Children = of7B[:2]
	add(roster.Admin, "Ms", "Lindgren", "")
	in.Classes = []door.SetUpClass{
		{Class: roster.Class{ID: m.s.Class, Name: "7B", Code: "HRBR-7207"}, Teachers: []roster.PersonID{okafor}, Learners: of7B, Since: m.joined()},
		{Class: roster.Class{ID: m.s.Other, Name: "8A", Code: "HRBR-8108"}, Teachers: []roster.PersonID{duarte}, Learners: of8A},
	}
	return in
}

// named is a person's whole name.
func (m *maker) named(id roster.PersonID) string {
	at := slices.IndexFunc(m.s.People, func(p roster.Person) bool { return p.ID == id })
	return m.s.People[at].Full()
}

func (m *maker) learners() int {
	if m.size == Small {
		return 6
	}
	return len(cast)
}

// Faces are the people whose sign-in links a visitor is shown first, with what each is to the school.
var Faces = []struct{ Name, As string }{
	{"Amina Haddad", "learner"}, {"Leo Marchetti", "learner"}, {"Mr Okafor", "teacher"}, {"Ms Haddad", "guardian"}, {"Ms Lindgren", "principal"},
}

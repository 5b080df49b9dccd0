package sample

import (
	"time"

	"kith/internal/flow"
	"kith/internal/roster"
)

// learners are the class with a past, in the order of its sign-in sheet. All of them are invented.
var learners = [][2]string{
	{"Amina", "Haddad"}, {"Yusuf", "Haddad"}, {"Leo", "Marchetti"}, {"Chloé", "Ferreira"}, {"Kwame", "Mensah"}, {"Sofía", "Ramírez"},
	{"Mei", "Chen"}, {"Arjun", "Patel"}, {"Freya", "Lindqvist"}, {"Tomasz", "Nowak"}, {"Aroha", "Ngata"}, {"Diego", "Castillo"},
	{"Zeynep", "Yılmaz"}, {"Haruto", "Sato"}, {"Ifeoma", "Eze"}, {"Jonas", "Becker"}, {"Layla", "Rahimi"}, {"Mateo", "Quispe"},
	{"Nia", "Williams"}, {"Tobi", "Adeyemi"}, {"Priya", "Nair"}, {"Minh", "Trần"}, {"Ruth", "Cohen"}, {"Samir", "Benali"},
	{"Tala", "Santos"}, {"Una", "Kelly"}, {"Viktor", "Petrov"}, {"Wanjiku", "Kamau"}, {"Ingrid", "Solheim"}, {"Eli", "Roberts"},
}

// others are the learners of the other teacher's class.
var others = [][2]string{{"Hana", "Kovač"}, {"Omar", "Farouk"}, {"Grace", "Mbeki"}, {"Luca", "Moreau"}}

// locales are the languages of those who read another than the school's.
var locales = map[string]string{"Sofía Ramírez": "es"}

// setUp names everybody and puts them where they belong.
func (m *maker) setUp() flow.SetUpIn {
	m.s.Class, m.s.Other = roster.ClassID(m.id("class", 0)), roster.ClassID(m.id("class", 1))
	in := flow.SetUpIn{Op: flow.Op{Op: m.op("set_up", 0)}, Code: Code, Name: "Harbour School", Zone: zone, Locale: "en", Demo: true,
		BeganOn: m.began.Format(time.DateOnly), BeganMs: m.began.UnixMilli()}
	add := func(role roster.Role, given, family string) roster.PersonID {
		p := roster.Person{ID: roster.PersonID(m.id("person", len(in.People))), Role: role, Given: given, Family: family, Locale: locales[given+" "+family]}
		in.People = append(in.People, flow.SetUpPerson{Person: p})
		m.s.People = append(m.s.People, p)
		return p.ID
	}
	many := func(names [][2]string) (ids []roster.PersonID) {
		for _, n := range names {
			ids = append(ids, add(roster.Learner, n[0], n[1]))
		}
		return ids
	}
	of7B, of8A := many(learners[:m.learners()]), many(others)
	okafor, duarte := add(roster.Teacher, "Mr", "Okafor"), add(roster.Teacher, "Ms", "Duarte")
	add(roster.Guardian, "Ms", "Haddad")
	in.People[len(in.People)-1].Children = of7B[:2]
	add(roster.Admin, "Ms", "Lindgren")
	in.Classes = []flow.SetUpClass{
		{Class: roster.Class{ID: m.s.Class, Name: "7B", Code: "HRBR-7207"}, Teachers: []roster.PersonID{okafor}, Learners: of7B},
		{Class: roster.Class{ID: m.s.Other, Name: "8A", Code: "HRBR-8108"}, Teachers: []roster.PersonID{duarte}, Learners: of8A},
	}
	return in
}

func (m *maker) learners() int {
	if m.size == Small {
		return 6
	}
	return len(learners)
}

// Faces are the people whose sign-in links a visitor is shown first, with what each is to the school.
var Faces = []struct{ Name, As string }{
	{"Amina Haddad", "learner"}, {"Leo Marchetti", "learner"}, {"Mr Okafor", "teacher"}, {"Ms Haddad", "guardian"}, {"Ms Lindgren", "principal"},
}

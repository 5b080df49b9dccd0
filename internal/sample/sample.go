// Package sample makes small schools with people in them: for `kith demo`, tests, stories and the bench. Make's school has
// a past; Tiny's is the smallest in which an answer can be given.
//
// In: a flow on an empty store, the instant that counts as now, a seed. Out: a school whose past was lived through the
// real verbs, so that everything a page shows of it has its evidence. The same now and seed give the same people, the same
// answers and the same statuses.
//
// Place in the flow: layer 5, beside the adapters; it acts through flow's verbs, as the program itself or as its people.
package sample

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/course"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/intake"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
)

// Code is the code of the sample school.
const Code = "harbour"

// Size says how much of the school is made.
type Size int

const (
	Full  Size = iota // a class of thirty, four weeks
	Small             // a class of six, three days: for fast tests
)

// School is what was made, for whoever wants to look at it.
type School struct {
	ID        roster.SchoolID
	Class     roster.ClassID // the class with a past, Mr Okafor's
	Other     roster.ClassID // another teacher's
	Unit      content.UnitID
	ClassUnit string
	People    []roster.Person // in the order of the sign-in sheet: learners, teachers, guardian, principal
}

// Find gives the person with a given and family name. It panics when there is none: the names stand in this package.
func (s School) Find(given, family string) roster.Person {
	for _, p := range s.People {
		if p.Given == given && p.Family == family {
			return p
		}
	}
	panic("sample: nobody is called " + given + " " + family)
}

// Actor is a person of the school as the one who acts.
func (s School) Actor(p roster.Person) access.Actor {
	return access.Actor{School: s.ID, Person: p.ID, Role: p.Role}
}

// maker makes one school.
type maker struct {
	ctx    context.Context
	f      *flow.Flow
	clock  *Clock
	seed   uint64
	size   Size
	cal    calendar
	first  int // the evening of the day on which the unit was given
	phases []phase
	began  time.Time // 00:00 school time of that day
	s      School

	// the course as this school has it
	course  skill.Course
	graph   *skill.Graph
	part    map[skill.ObjectiveID]content.Part
	skill   map[string]skill.ID // by code
	code    map[skill.ID]string
	items   map[string][]item.Item // by code of the skill that they mainly ask
	item    map[item.ID]item.Item
	lessons map[string]content.Lesson // by code
}

// Make makes the school. clock is the clock that f's store was opened with; it runs again when Make returns. The seed is
// what chance is made of; now is the instant at which the past ends.
// Errors: those of the verbs; Conflict when the store already holds a school with this code.
func Make(ctx context.Context, f *flow.Flow, clock *Clock, now time.Time, seed uint64, size Size) (School, error) {
	defer clock.Run()
	if _, ok, err := Found(ctx, f); ok || err != nil {
		return School{}, errors.Join(err, fault.New(fault.Conflict, "fault.sample.there"))
	}
	zone, err := time.LoadLocation(zone)
	if err != nil {
		return School{}, err
	}
	m := &maker{ctx: ctx, f: f, clock: clock, seed: seed, size: size, cal: newCalendar(now, zone), first: weeksBack, phases: phases}
	if size == Small {
		m.first, m.phases = daysBack, days
	}
	if err := m.make(); err != nil {
		return School{}, fmt.Errorf("sample: %w", err)
	}
	return m.s, nil
}

const (
	zone   = "Europe/London"
	source = "kith"
)

func (m *maker) make() error {
	m.began = m.schoolDay(m.first, 0, 0)
	m.clock.Set(m.began)
	m.s.ID = roster.SchoolID(m.id("school", 0))
	if _, err := flow.Run(m.ctx, m.f, door.SetUp, m.system(), m.setUp()); err != nil {
		return err
	}
	if err := m.giveCourse(); err != nil {
		return err
	}
	if err := live(m.clock, m.tell(), m.cal.now); err != nil {
		return err
	}
	_, err := flow.Run(m.ctx, m.f, door.EndSetUp, m.system(), flow.Op{Op: lastOp(m.s.ID)})
	return err
}

// giveCourse brings the built-in course to the school.
func (m *maker) giveCourse() error {
	l, err := course.Load()
	if err != nil {
		return err
	}
	b := courseBundle(l)
	b.ID = func(n int) string { return m.id("content", n) }
	if _, err := intake.ImportBundle(m.ctx, m.f, m.s.ID, b, false, nil); err != nil {
		return err
	}
	ids, err := intake.Origins(m.ctx, m.f, m.s.ID, source)
	if err != nil {
		return err
	}
	return m.know(l.ForSchool(func(kind, code string) string { return ids[kind+":"+code] }))
}

// know remembers the course with the school's ids.
func (m *maker) know(l course.Loaded) (err error) {
	m.s.Unit, m.course = l.Unit.ID, l.Course
	m.part = map[skill.ObjectiveID]content.Part{}
	for _, p := range l.Unit.Parts {
		m.part[p.Objective] = p
	}
	if m.graph, err = skill.NewGraph(l.Course); err != nil {
		return err
	}
	m.skill, m.code = map[string]skill.ID{}, map[skill.ID]string{}
	for _, s := range l.Course.Skills {
		m.skill[s.Code], m.code[s.ID] = s.ID, s.Code
	}
	m.items, m.item = map[string][]item.Item{}, map[item.ID]item.Item{}
	for _, it := range l.Items {
		it.Version = 1
		m.item[it.ID] = it
		if code := m.code[it.Skills[0]]; it.Kind.AtOnce() { // what waits for a person is written by a few, on purpose (writes)
			m.items[code] = append(m.items[code], it)
		}
	}
	m.lessons = map[string]content.Lesson{}
	for _, les := range l.Lessons {
		m.lessons[les.Code] = les
	}
	return nil
}

// Found gives the sample school that a store already holds; ok is false when it holds none.
// Errors: Conflict when its making was cut short.
func Found(ctx context.Context, f *flow.Flow) (id roster.SchoolID, ok bool, err error) {
	schools, err := door.Schools(ctx, f)
	if err != nil {
		return "", false, err
	}
	for _, s := range schools {
		if s.Code != Code || !s.Demo {
			continue
		}
		done, err := door.Happened(ctx, f, s.ID, lastOp(s.ID))
		if err == nil && !done {
			err = fault.New(fault.Conflict, "fault.sample.half")
		}
		return s.ID, err == nil, err
	}
	return "", false, nil
}

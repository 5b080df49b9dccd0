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
	"kith/internal/roster"
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
	ctx   context.Context
	f     *flow.Flow
	clock *Clock
	now   time.Time
	seed  uint64
	size  Size
	zone  *time.Location
	began time.Time         // 00:00 school time of the first day
	ids   map[string]string // "kind:code" of the course -> id in this school
	s     School
}

// Make makes the school. clock is the clock that f's store was opened with; it runs again when Make returns.
// Errors: those of the verbs; Conflict when the store already holds a school with this code.
func Make(ctx context.Context, f *flow.Flow, clock *Clock, now time.Time, seed uint64, size Size) (School, error) {
	m := &maker{ctx: ctx, f: f, clock: clock, now: now, seed: seed, size: size}
	defer clock.Run()
	if _, ok, err := Found(ctx, f); ok || err != nil {
		return School{}, errors.Join(err, fault.New(fault.Conflict, "fault.sample.there"))
	}
	if err := m.open(); err != nil {
		return School{}, fmt.Errorf("sample: %w", err)
	}
	return m.s, nil
}

const (
	zone   = "Europe/London"
	source = "kith"
)

func (m *maker) open() (err error) {
	if m.zone, err = time.LoadLocation(zone); err != nil {
		return fault.Wrap(fault.Internal, err, "fault.internal")
	}
	y, mo, d := m.now.In(m.zone).AddDate(0, 0, -28).Date()
	m.began = time.Date(y, mo, d, 0, 0, 0, 0, m.zone)
	m.s.ID = roster.SchoolID(m.id("school", 0))
	m.clock.Set(m.began)
	in := m.setUp()
	if _, err := flow.Run(m.ctx, m.f, flow.SetUp, m.system(), in); err != nil {
		return err
	}
	loaded, err := course.Load()
	if err != nil {
		return err
	}
	if _, err := m.f.ImportBundle(m.ctx, m.s.ID, bundle(loaded), false, nil); err != nil {
		return err
	}
	if m.ids, err = m.f.Origins(m.ctx, m.s.ID, source); err != nil {
		return err
	}
	m.s.Unit = content.UnitID(m.ids["unit:"+string(loaded.Unit.ID)])
	m.s.ClassUnit = m.id("class_unit", 0)
	if _, err = flow.Run(m.ctx, m.f, flow.SetUpUnit, m.system(), flow.SetUpUnitIn{Op: flow.Op{Op: m.op("give", 0)}, ID: m.s.ClassUnit, Class: m.s.Class,
		Unit: m.s.Unit, Dial: "required", By: m.s.Find("Mr", "Okafor").ID}); err != nil {
		return err
	}
	_, err = flow.Run(m.ctx, m.f, flow.EndSetUp, m.system(), flow.Op{Op: lastOp(m.s.ID)})
	return err
}

func bundle(l course.Loaded) flow.Bundle {
	return flow.Bundle{Source: source, Licence: "Apache-2.0", Attribution: "Kith", Course: l.Course, Units: []content.Unit{l.Unit}, Lessons: l.Lessons, Items: l.Items}
}

// Found gives the sample school that a store already holds; ok is false when it holds none.
// Errors: Conflict when its making was cut short.
func Found(ctx context.Context, f *flow.Flow) (id roster.SchoolID, ok bool, err error) {
	schools, err := f.Schools(ctx)
	if err != nil {
		return "", false, err
	}
	for _, s := range schools {
		if s.Code != Code || !s.Demo {
			continue
		}
		done, err := f.Happened(ctx, s.ID, lastOp(s.ID))
		if err == nil && !done {
			err = fault.New(fault.Conflict, "fault.sample.half")
		}
		return s.ID, err == nil, err
	}
	return "", false, nil
}

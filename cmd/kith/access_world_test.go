package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/intake"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/sample"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"

	"github.com/google/uuid"
)

// actor is one kind of person of the access table, as they stand to Lena of class 7B, whose records every operation is
// asked about.
type actor string

const (
	anonymous      actor = "anonymous"
	lena           actor = "learner"         // Lena herself
	classmate      actor = "classmate"       // of 7B
	otherLearner   actor = "other-learner"   // of 8C, the same school
	guardian       actor = "guardian"        // Lena's
	otherGuardian  actor = "other-guardian"  // of a learner of 8C
	teacher        actor = "teacher"         // of 7B
	otherTeacher   actor = "other-teacher"   // of 8C
	admin          actor = "admin"           // of the school
	suspended      actor = "suspended"       // a second teacher of 7B, suspended while signed in
	foreignLearner actor = "foreign-learner" // of another school on the same machine
	foreignTeacher actor = "foreign-teacher"
	foreignAdmin   actor = "foreign-admin"
)

// actors is the order of the table's columns.
var actors = []actor{anonymous, lena, classmate, otherLearner, guardian, otherGuardian, teacher, otherTeacher, admin, suspended, foreignLearner, foreignTeacher, foreignAdmin}

// world is two schools on one machine, opened fresh for each operation from one prepared file.
type world struct {
	t       *testing.T
	flow    *flow.Flow
	handler http.Handler
	dir     string // the data folder
	db      string // the address of its PostgreSQL, "" = SQLite in the folder
	school  roster.SchoolID
	class   roster.ClassID
	person  map[actor]roster.PersonID
	token   map[actor]string
	items   []item.Item
	unit    string // class_unit of 7B
	lesson  string
	skill   string
	rests   string // the skill that rests on it
	goal    string // objective
	pile    string // of Lena alone, in 7B's lesson that runs now, its exit check open
	hand    string // Lena's, up
	prepared
	things
	doors
}

// template is the prepared world: made once, copied for each operation.
type template struct {
	dir string
	world
}

func makeTemplate(t *testing.T) *template {
	t.Helper()
	return makeTemplateOn(t, "")
}

// makeTemplateOn makes it on a PostgreSQL, "" = on SQLite. Only the latter can be copied.
func makeTemplateOn(t *testing.T, url string) *template {
	t.Helper()
	tp := &template{dir: t.TempDir(), world: world{db: url, person: map[actor]roster.PersonID{}, token: map[actor]string{}}}
	s, err := store.Open(t.Context(), store.Config{Dir: tp.dir, URL: url})
	if err != nil {
		t.Fatal(err)
	}
	f := flow.New(s)
	tp.peopleOf(t, f, "HOME", map[actor]roster.Role{lena: roster.Learner, classmate: roster.Learner, teacher: roster.Teacher, suspended: roster.Teacher},
		map[actor]roster.Role{otherLearner: roster.Learner, otherTeacher: roster.Teacher}, map[actor]actor{guardian: lena, otherGuardian: otherLearner}, admin)
	tp.peopleOf(t, f, "AWAY", map[actor]roster.Role{foreignLearner: roster.Learner, foreignTeacher: roster.Teacher}, nil, nil, foreignAdmin)
	tp.content(t, f)
	tp.running(t, f)
	tp.prepare(t, f)
	tp.write(t, f)
	tp.makeThings(t, f)
	tp.makeDoors(t, f)
	for a, p := range tp.person {
		school := tp.school
		if a == foreignLearner || a == foreignTeacher || a == foreignAdmin {
			school = tp.away(t, f)
		}
		if tp.token[a], err = door.OpenSession(t.Context(), f, school, p, time.Hour.Milliseconds()); err != nil {
			t.Fatal(err)
		}
	}
	err = s.Write(t.Context(), "", func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.SuspendPerson(ctx, db.SuspendPersonParams{SchoolID: string(tp.school), ID: string(tp.person[suspended]), Suspended: true})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return tp
}

func (tp *template) peopleOf(t *testing.T, f *flow.Flow, code string, seven, eight map[actor]roster.Role, guardians map[actor]actor, head actor) {
	t.Helper()
	school := roster.SchoolID(newUUID())
	if code == "HOME" {
		tp.school = school
	}
	in := door.SetUpIn{Op: flow.Op{Op: newUUID()}, Code: code, Name: code, Zone: "UTC", Locale: "en", BeganOn: "2026-09-01", BeganMs: time.Now().Add(-24 * time.Hour).UnixMilli()}
	add := func(a actor, role roster.Role, children ...roster.PersonID) roster.PersonID {
		id := roster.PersonID(newUUID())
		tp.person[a] = id
		in.People = append(in.People, door.SetUpPerson{Person: roster.Person{ID: id, Role: role, Given: string(a)}, Children: children})
		return id
	}
	for name, members := range map[string]map[actor]roster.Role{"7B": seven, "8C": eight} {
		if members == nil {
			continue
		}
		c := door.SetUpClass{Class: roster.Class{ID: roster.ClassID(newUUID()), Name: name, Code: roster.MakeClassCode(code + name)}}
		for a, role := range members {
			id := add(a, role)
			if role == roster.Teacher {
				c.Teachers = append(c.Teachers, id)
			} else {
				c.Learners = append(c.Learners, id)
			}
		}
		if name == "7B" && code == "HOME" {
			tp.class = c.ID
		}
		in.Classes = append(in.Classes, c)
	}
	for g, child := range guardians {
		add(g, roster.Guardian, tp.person[child])
	}
	add(head, roster.Admin)
	if _, err := flow.Run(t.Context(), f, door.SetUp, access.Actor{School: school, System: true}, in); err != nil {
		t.Fatal(err)
	}
}

// away is the id of the other school.
func (tp *template) away(t *testing.T, f *flow.Flow) roster.SchoolID {
	t.Helper()
	var id string
	if err := f.Store().Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		row, err := q.SchoolByCode(ctx, "AWAY")
		id = row.ID
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return roster.SchoolID(id)
}

// content gives 7B a small unit.
func (tp *template) content(t *testing.T, f *flow.Flow) {
	t.Helper()
	b, err := sample.TinyBundle()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := intake.ImportBundle(t.Context(), f, tp.school, b, false, nil); err != nil {
		t.Fatal(err)
	}
	tp.unit = newUUID()
	err = f.Store().Write(t.Context(), "", func(ctx context.Context, tx *store.Tx) error {
		for kind, to := range map[string]*string{"lesson:l1": &tp.lesson, "skill:add": &tp.skill, "skill:times": &tp.rests, "objective:o1": &tp.goal} {
			o, err := tx.Origin(ctx, db.OriginParams{SchoolID: string(tp.school), Source: b.Source, SourceID: kind})
			if err != nil {
				return err
			}
			*to = o.ID
		}
		u, err := tx.Origin(ctx, db.OriginParams{SchoolID: string(tp.school), Source: b.Source, SourceID: "unit:u1"})
		if err != nil {
			return err
		}
		return tx.GiveUnit(ctx, db.GiveUnitParams{SchoolID: string(tp.school), ID: tp.unit, ClassID: string(tp.class), UnitID: u.ID, UnitVersion: 1,
			Dial: "pick", GivenBy: string(tp.person[teacher]), GivenMs: tx.Now})
	})
	if err != nil {
		t.Fatal(err)
	}
	if tp.items, err = sample.Items(t.Context(), f, tp.school); err != nil {
		t.Fatal(err)
	}
	// One more, which is answered with mathematics; it comes last, so that the others keep their places.
	typed := b.Items[len(b.Items)-1]
	typed.ID, typed.Code, typed.Kind, typed.Key, typed.Second, typed.Mistakes = "times/typed", "times/typed", item.Expression, "[[a]]x", "", nil
	typed.Variables = []string{"x"}
	typed.Scaffolds = []item.Scaffold{{Rung: 1, Kind: item.Number, Key: "a", Then: typed.Hints[0]}}
	b.Items = append(b.Items, typed)
	if _, err := intake.ImportBundle(t.Context(), f, tp.school, b, false, nil); err != nil {
		t.Fatal(err)
	}
	err = f.Store().Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		o, err := q.Origin(ctx, db.OriginParams{SchoolID: string(tp.school), Source: b.Source, SourceID: "item:times/typed"})
		tp.typed = o.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// running begins a lesson of 7B.
func (tp *template) running(t *testing.T, f *flow.Flow) {
	t.Helper()
	tp.pile, tp.hand = newUUID(), newUUID()
	body, err := json.Marshal(classroom.Pile{Kind: classroom.Sit, Skill: skill.ID(tp.skill), Members: []roster.PersonID{tp.person[lena]}, Exit: []item.ID{tp.items[0].ID}})
	if err != nil {
		t.Fatal(err)
	}
	err = f.Store().Write(t.Context(), "", func(ctx context.Context, tx *store.Tx) error {
		school, day, began := string(tp.school), newUUID(), tx.Now
		return errors.Join(
			tx.AddClassDay(ctx, db.AddClassDayParams{SchoolID: school, ID: day, ClassID: string(tp.class), OnDate: time.UnixMilli(began).UTC().Format(time.DateOnly), MadeMs: began}),
			tx.AddPile(ctx, db.AddPileParams{SchoolID: school, ID: tp.pile, ClassDayID: day, N: 1, Kind: "sit", SkillID: tp.skill, Place: "1", Body: string(body)}),
			tx.PlaceInPile(ctx, db.PlaceInPileParams{SchoolID: school, ClassDayID: day, LearnerID: string(tp.person[lena]), PileID: tp.pile}),
			rows(tx.StartClassDay(ctx, db.StartClassDayParams{SchoolID: school, ID: day, StartedMs: began})),
			rows(tx.OpenExit(ctx, db.OpenExitParams{SchoolID: school, ID: tp.pile, ExitMs: began})),
			tx.RaiseHand(ctx, db.RaiseHandParams{SchoolID: school, ID: tp.hand, ClassID: string(tp.class), LearnerID: string(tp.person[lena]), Line: "Why?", RaisedMs: began}))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func rows(n int64, err error) error {
	if err == nil && n != 1 {
		return fmt.Errorf("%d rows, want 1", n)
	}
	return err
}

// open copies the template and puts a server on it, under rule when that is set.
func (tp *template) open(t *testing.T, rule func(name string, declared access.Rule) access.Rule) *world {
	t.Helper()
	dir := tp.dir
	if tp.db == "" {
		dir = t.TempDir()
		tp.copyInto(t, dir)
	}
	s, err := store.Open(t.Context(), store.Config{Dir: dir, URL: tp.db})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	w := tp.world
	w.t, w.dir, w.flow = t, dir, flow.New(s)
	server, err := buildServer(w.flow, serverOptions{rule: rule})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	t.Cleanup(w.flow.Rest) // before the store is closed
	w.handler = server.Handler()
	return &w
}

// ask sends a request as an actor and gives the status.
func (w *world) ask(a actor, r *http.Request) int {
	if token := w.token[a]; token != "" {
		r.AddCookie(&http.Cookie{Name: "kith", Value: token})
	}
	patience := 30 * time.Second // a password is hashed slowly on purpose
	if r.URL.Path == "/api/v1/live" {
		patience = 300 * time.Millisecond // a stream that lets somebody in has answered by then
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r.WithContext(ctx))
	return rec.Code
}

func newUUID() string { return uuid.Must(uuid.NewV7()).String() }

package flow

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"

	"github.com/google/uuid"
)

// school is a small school on real SQLite: one course of three skills in a row (a before b before c) with four typed items
// each and the mistake "add", two lessons (l1 a text about a with two checks, l2 a film of 100 s about b), one unit that
// class 7B has, and class 7C, which has nothing and another teacher. It is Tuesday 24 November 2026, 8:40.
type school struct {
	t        *testing.T
	f        *Flow
	now      time.Time
	id       roster.SchoolID
	okafor   access.Actor
	lin      access.Actor // teaches 7C
	admin    access.Actor
	learners []access.Actor // of 7B, in class order
	class    roster.ClassID // 7B
	other    roster.ClassID // 7C
	unit     content.UnitID
	given    string // the class unit of 7B
	ids      map[string]string
}

func newSchool(t *testing.T, learners int) *school {
	t.Helper()
	s := &school{t: t, now: time.Date(2026, 11, 24, 8, 40, 0, 0, time.UTC), id: roster.SchoolID(newOp()), class: roster.ClassID(newOp()), other: roster.ClassID(newOp()), given: newOp(), ids: map[string]string{}}
	st, err := store.Open(t.Context(), store.Config{Dir: t.TempDir(), Clock: func() time.Time { return s.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	s.f = New(st)
	s.people(learners)
	if _, err := s.f.ImportBundle(t.Context(), s.id, smallCourse(t), false, nil); err != nil {
		t.Fatal(err)
	}
	s.write(func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.OriginsOf(ctx, db.OriginsOfParams{SchoolID: string(s.id), Source: "test"})
		for _, r := range rows {
			s.ids[r.SourceID] = r.ID
		}
		s.unit = content.UnitID(s.ids["unit:u"])
		return errors.Join(err, tx.GiveUnit(ctx, db.GiveUnitParams{SchoolID: string(s.id), ID: s.given, ClassID: string(s.class), UnitID: string(s.unit),
			UnitVersion: 1, Dial: "required", GivenBy: string(s.okafor.Person), GivenMs: tx.Now}))
	})
	return s
}

func (s *school) people(n int) {
	model := mastery.Default()
	s.write(func(ctx context.Context, tx *store.Tx) error {
		add := func(role roster.Role, given, family string, class roster.ClassID) access.Actor {
			p := access.Actor{School: s.id, Person: roster.PersonID(newOp()), Role: role}
			err := tx.AddPerson(ctx, db.AddPersonParams{SchoolID: string(s.id), ID: string(p.Person), Role: string(role), Given: given, Family: family,
				NameFold: given, Settings: "{}", CreatedMs: tx.Now})
			if class != "" && err == nil {
				err = tx.Enroll(ctx, db.EnrollParams{SchoolID: string(s.id), ClassID: string(class), PersonID: string(p.Person), Role: string(role), StartedOn: "2026-09-01", StartedMs: 1})
			}
			if err != nil {
				s.t.Fatal(err)
			}
			return p
		}
		err := errors.Join(
			tx.AddSchool(ctx, db.AddSchoolParams{ID: string(s.id), Code: "S", Name: "School", Zone: "Europe/London", Locale: "en", CreatedMs: tx.Now}),
			tx.AddModel(ctx, db.AddModelParams{SchoolID: string(s.id), ID: model.ID, Code: model.Code, Params: paramsOf(model), Hash: model.Hash, Current: true, MadeMs: tx.Now}),
			tx.AddClass(ctx, db.AddClassParams{SchoolID: string(s.id), ID: string(s.class), Name: "7B", Code: "b", Proposals: true, CreatedMs: tx.Now}),
			tx.AddClass(ctx, db.AddClassParams{SchoolID: string(s.id), ID: string(s.other), Name: "7C", Code: "c", Proposals: true, CreatedMs: tx.Now}))
		s.okafor = add(roster.Teacher, "Emeka", "Okafor", s.class)
		s.lin = add(roster.Teacher, "Mei", "Lin", s.other)
		s.admin = add(roster.Admin, "Pat", "Principal", "")
		s.learners = nil
		for i := range n {
			s.learners = append(s.learners, add(roster.Learner, fmt.Sprintf("L%02d", i+1), "Name", s.class))
		}
		return err
	})
}

func (s *school) write(body func(ctx context.Context, tx *store.Tx) error) {
	s.t.Helper()
	if err := s.f.store.Write(s.t.Context(), "set-up", body); err != nil {
		s.t.Fatal(err)
	}
}

// skill, item and lesson give the school's ids of the course's codes.
func (s *school) skill(code string) skill.ID          { return skill.ID(s.ids["skill:"+code]) }
func (s *school) item(code string) item.ID            { return item.ID(s.ids["item:"+code]) }
func (s *school) lesson(code string) content.LessonID { return content.LessonID(s.ids["lesson:"+code]) }

// do runs a verb and fails the test when it is refused.
func do[I Input, O any](s *school, v Verb[I, O], who access.Actor, in I) O {
	s.t.Helper()
	out, err := Run(s.t.Context(), s.f, v, who, in)
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

// refused runs a verb that must be refused with a kind, and gives the phrase's code.
func refused[I Input, O any](s *school, v Verb[I, O], who access.Actor, in I, kind fault.Kind) string {
	s.t.Helper()
	_, err := Run(s.t.Context(), s.f, v, who, in)
	if !fault.Is(err, kind) {
		s.t.Fatalf("%s: got %v, want %s", v.Name, err, kind)
	}
	return fault.Said(err).Code
}

// show loads a view and fails the test when it is refused.
func show[I, O any](s *school, v View[I, O], who access.Actor, in I) O {
	s.t.Helper()
	out, err := Show(s.t.Context(), s.f, v, who, in)
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

// look runs body in one snapshot as a person.
func (s *school) look(who access.Actor, body func(l *Look) error) {
	s.t.Helper()
	if err := s.f.Snapshot(s.t.Context(), who, body); err != nil {
		s.t.Fatal(err)
	}
}

// answers makes a learner answer an item once: right, or as the mistake "add" (one more than the key is neither).
func (s *school) answers(who access.Actor, code, how string, drawN int) AttemptOut {
	s.t.Helper()
	var asked *AskedVariant
	s.look(who, func(l *Look) error {
		it, err := l.itemVersion(s.item(code), 1)
		if err != nil {
			return err
		}
		asked, err = l.ask(who.Person, []item.Item{*it}, it.ID, drawN, 1)
		return err
	})
	n := drawnNumber(s, who, code, drawN)
	box := map[string]int{"right": 2 * n, "add": n + 2, "other": 2*n + 1}[how]
	return do(s, RecordAttempt, who, RecordAttemptIn{Op: Op{newOp()}, Learner: who.Person, Item: s.item(code), Version: 1, DrawN: asked.DrawN, Try: 1,
		Response: item.Response{Boxes: []string{fmt.Sprint(box)}}, Purpose: evidence.ForPractice, HappenedMs: s.now.UnixMilli()})
}

func drawnNumber(s *school, who access.Actor, code string, drawN int) (n int) {
	s.look(who, func(l *Look) error {
		it, err := l.itemVersion(s.item(code), 1)
		if err != nil {
			return err
		}
		v, err := item.Draw(*it, item.SeedFor(string(who.Person), string(it.ID), drawN))
		if err != nil {
			return err
		}
		_, err = fmt.Sscan(v.Values["n"], &n)
		return err
	})
	return n
}

// invite shares a lesson of the course with 7B before a moment.
func (s *school) invite(lesson, on, at string) {
	s.write(func(ctx context.Context, tx *store.Tx) error {
		return tx.InviteToLesson(ctx, db.InviteToLessonParams{SchoolID: string(s.id), ID: newOp(), ClassID: string(s.class), ClassUnitID: s.given,
			LessonID: string(s.lesson(lesson)), BeforeOn: on, BeforeAt: at, ByID: string(s.okafor.Person), AtMs: tx.Now})
	})
}

// watches notes that a learner watched a stretch of a lesson, in seconds.
func (s *school) watches(who access.Actor, lesson string, from, to int64) {
	s.happens(evidence.Fact{Learner: who.Person, Kind: evidence.KindViewing,
		Viewing: &evidence.Viewing{Lesson: s.lesson(lesson), LessonVersion: 1, FromMs: from * 1000, ToMs: to * 1000, Rate: 1}})
}

// happens appends a fact and gives its id.
func (s *school) happens(f evidence.Fact) (id string) {
	s.t.Helper()
	err := s.f.Transaction(s.t.Context(), access.Actor{School: s.id, Person: f.Learner, Role: roster.Learner}, "set-up", func(a *Act) error {
		f, _, err := a.append(f)
		id = f.ID
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func newOp() string { return uuid.Must(uuid.NewV7()).String() }

func paramsOf(m mastery.Model) string { return mustJSON(m.Params) }

func smallCourse(t *testing.T) Bundle {
	t.Helper()
	text := func(markup string) doc.Doc {
		d, err := doc.Parse(markup, doc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	b := Bundle{Source: "test", Course: skill.Course{ID: "course", Title: "Doubling", Lang: "en",
		Skills:     []skill.Skill{{ID: "a", Code: "a", Title: "Skill A", Minutes: 10}, {ID: "b", Code: "b", Title: "Skill B", Minutes: 10}, {ID: "c", Code: "c", Title: "Skill C", Minutes: 10}},
		Edges:      []skill.Edge{{From: "a", To: "b"}, {From: "b", To: "c"}},
		Objectives: []skill.Objective{{ID: "o1", Code: "O1", Title: "Doubles", ICan: "I can double.", Skills: []skill.ID{"a", "b"}}, {ID: "o2", Code: "O2", Title: "More", ICan: "I can double again.", Skills: []skill.ID{"c"}}}}}
	for _, sk := range []skill.ID{"a", "b", "c"} {
		for n := 1; n <= 4; n++ {
			code := fmt.Sprintf("%s-%d", sk, n)
			b.Items = append(b.Items, item.Item{ID: item.ID(code), Code: code, Kind: item.Number, Skills: []skill.ID{sk}, Draw: []item.Param{{Name: "n", From: 3, To: 9}},
				Text: text("What is twice [[n]]?"), Key: "2*n", Second: "n+n", Hints: []doc.Doc{text("Think of [[n]] and [[n]].")}, Solution: text("[[n]] and [[n]] make [[2*n]]."),
				Mistakes: []item.Mistake{{Tag: "add", Yields: []string{"n+2"}, Nudge: text("You added two.")}}})
		}
	}
	b.Lessons = []content.Lesson{
		{ID: "l1", Code: "l1", Title: "Doubling by reading", Objective: "o1", Skills: []skill.ID{"a"}, Minutes: 5, Body: text("Read this."), Checks: []content.Check{{Item: "a-1"}, {Item: "a-2"}}},
		{ID: "l2", Code: "l2", Title: "Doubling on film", Objective: "o1", Skills: []skill.ID{"b"}, Minutes: 5, Video: &content.Video{File: "course/x.mp4", Type: "video/mp4", Ms: 100_000}},
	}
	b.Units = []content.Unit{{ID: "u", Code: "u", Title: "Doubles", Task: content.Task{Title: "Bake for forty", Goal: text("Bake.")},
		Parts: []content.Part{{Objective: "o1", Lesson: "l1", Activity: content.Activity{Title: "Fold paper", Materials: []string{"paper"}, Minutes: 10, With: "pair", Steps: text("1. Fold.\n2. Count.")}}, {Objective: "o2", Lesson: "l2"}}}}
	return b
}

// mustJSON is a value as JSON, for messages.
func mustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// revs are the revs that topics stand at.
func (s *school) revs(topics ...string) (out map[string]int64) {
	s.look(s.okafor, func(l *Look) (err error) {
		out, err = l.Revs(topics...)
		return err
	})
	return out
}

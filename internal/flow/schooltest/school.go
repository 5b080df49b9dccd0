// Package schooltest makes small schools on a real database for tests of what people do: School for teachers' tests, Evening for
// learners', Around with a guardian and a second school. Do, Show and Refused run verbs and views in them.
//
// Place in the flow: none; only tests import it.
package schooltest

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
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/flow/intake"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"

	"github.com/google/uuid"
)

// School is a small school on real SQLite: one course of three skills in a row (a before b before c) with four typed items
// each and the mistake "add", two lessons (l1 a text about a with two checks, l2 a film of 100 s about b), one unit that
// class 7B has, and class 7C, which has nothing and another teacher. It is Tuesday 24 November 2026, 8:40.
type School struct {
	Stage

	Now      time.Time
	ID       roster.SchoolID
	Okafor   access.Actor
	Lin      access.Actor // teaches 7C
	Admin    access.Actor
	Learners []access.Actor // of 7B, in class order
	Class    roster.ClassID // 7B
	Other    roster.ClassID // 7C
	Unit     content.UnitID
	Given    string // the class unit of 7B
	IDs      map[string]string
}

// New makes the school with so many learners in 7B.
func New(t *testing.T, learners int) *School {
	t.Helper()
	s := &School{Stage: Stage{T: t}, Now: time.Date(2026, 11, 24, 8, 40, 0, 0, time.UTC), ID: roster.SchoolID(NewOp()), Class: roster.ClassID(NewOp()), Other: roster.ClassID(NewOp()), Given: NewOp(), IDs: map[string]string{}}
	st, err := store.Open(t.Context(), store.Config{Dir: t.TempDir(), Clock: func() time.Time { return s.Now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	s.F = flow.New(st)
	s.people(learners)
	if _, err := intake.ImportBundle(t.Context(), s.F, s.ID, smallCourse(t), false, nil); err != nil {
		t.Fatal(err)
	}
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.OriginsOf(ctx, db.OriginsOfParams{SchoolID: string(s.ID), Source: "test"})
		for _, r := range rows {
			s.IDs[r.SourceID] = r.ID
		}
		s.Unit = content.UnitID(s.IDs["unit:u"])
		return errors.Join(err, tx.GiveUnit(ctx, db.GiveUnitParams{SchoolID: string(s.ID), ID: s.Given, ClassID: string(s.Class), UnitID: string(s.Unit),
			UnitVersion: 1, Dial: "required", GivenBy: string(s.Okafor.Person), GivenMs: tx.Now}))
	})
	return s
}

func (s *School) people(n int) {
	model := mastery.Default()
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		add := func(role roster.Role, given, family string, class roster.ClassID) access.Actor {
			p := access.Actor{School: s.ID, Person: roster.PersonID(NewOp()), Role: role}
			err := tx.AddPerson(ctx, db.AddPersonParams{SchoolID: string(s.ID), ID: string(p.Person), Role: string(role), Given: given, Family: family,
				NameFold: given, Settings: "{}", CreatedMs: tx.Now})
			if class != "" && err == nil {
				err = tx.Enroll(ctx, db.EnrollParams{SchoolID: string(s.ID), ClassID: string(class), PersonID: string(p.Person), Role: string(role), StartedOn: "2026-09-01", StartedMs: 1})
			}
			if err != nil {
				s.T.Fatal(err)
			}
			return p
		}
		err := errors.Join(
			tx.AddSchool(ctx, db.AddSchoolParams{ID: string(s.ID), Code: "S", Name: "School", Zone: "Europe/London", Locale: "en", CreatedMs: tx.Now}),
			tx.AddModel(ctx, db.AddModelParams{SchoolID: string(s.ID), ID: model.ID, Code: model.Code, Params: paramsOf(model), Hash: model.Hash, Current: true, MadeMs: tx.Now}),
			tx.AddClass(ctx, db.AddClassParams{SchoolID: string(s.ID), ID: string(s.Class), Name: "7B", Code: "b", Proposals: true, CreatedMs: tx.Now}),
			tx.AddClass(ctx, db.AddClassParams{SchoolID: string(s.ID), ID: string(s.Other), Name: "7C", Code: "c", Proposals: true, CreatedMs: tx.Now}))
		s.Okafor = add(roster.Teacher, "Emeka", "Okafor", s.Class)
		s.Lin = add(roster.Teacher, "Mei", "Lin", s.Other)
		s.Admin = add(roster.Admin, "Pat", "Principal", "")
		s.Learners = nil
		for i := range n {
			s.Learners = append(s.Learners, add(roster.Learner, fmt.Sprintf("L%02d", i+1), "Name", s.Class))
		}
		return err
	})
}

// Write runs body in a transaction of the store, beneath all verbs.
func (s *School) Write(body func(ctx context.Context, tx *store.Tx) error) {
	s.T.Helper()
	if err := s.F.Store().Write(s.T.Context(), "set-up", body); err != nil {
		s.T.Fatal(err)
	}
}

// Skill is the school's id of a skill of the course, by its code.
func (s *School) Skill(code string) skill.ID { return skill.ID(s.IDs["skill:"+code]) }

// Item is the school's id of an item of the course, by its code.
func (s *School) Item(code string) item.ID { return item.ID(s.IDs["item:"+code]) }

// Lesson is the school's id of a lesson of the course, by its code.
func (s *School) Lesson(code string) content.LessonID { return content.LessonID(s.IDs["lesson:"+code]) }

// Look runs body in one snapshot as a person.
func (s *School) Look(who access.Actor, body func(l *flow.Look) error) {
	s.T.Helper()
	if err := s.F.Snapshot(s.T.Context(), who, body); err != nil {
		s.T.Fatal(err)
	}
}

// Answers makes a learner answer an item once: right, or as the mistake "add" (one more than the key is neither).
func (s *School) Answers(who access.Actor, code, how string, drawN int) evening.AttemptOut {
	s.T.Helper()
	var asked *library.AskedVariant
	s.Look(who, func(l *flow.Look) error {
		it, err := library.ItemVersion(l, s.Item(code), 1)
		if err != nil {
			return err
		}
		asked, err = library.Ask(l, who.Person, []item.Item{*it}, it.ID, drawN, 1)
		return err
	})
	n := DrawnNumber(s, who, code, drawN)
	box := map[string]int{"right": 2 * n, "add": n + 2, "other": 2*n + 1}[how]
	return Do(s, evening.RecordAttempt, who, evening.RecordAttemptIn{Op: flow.Op{Op: NewOp()}, Learner: who.Person, Item: s.Item(code), Version: 1, DrawN: asked.DrawN, Try: 1,
		Response: item.Response{Boxes: []string{fmt.Sprint(box)}}, Purpose: evidence.ForPractice, HappenedMs: s.Now.UnixMilli()})
}

// DrawnNumber is the number that a learner's variant of an item drew.
func DrawnNumber(s *School, who access.Actor, code string, drawN int) (n int) {
	s.Look(who, func(l *flow.Look) error {
		it, err := library.ItemVersion(l, s.Item(code), 1)
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

// Invite shares a lesson of the course with 7B before a moment.
func (s *School) Invite(lesson, on, at string) {
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		return tx.InviteToLesson(ctx, db.InviteToLessonParams{SchoolID: string(s.ID), ID: NewOp(), ClassID: string(s.Class), ClassUnitID: s.Given,
			LessonID: string(s.Lesson(lesson)), BeforeOn: on, BeforeAt: at, ByID: string(s.Okafor.Person), AtMs: tx.Now})
	})
}

// Watches notes that a learner watched a stretch of a lesson, in seconds.
func (s *School) Watches(who access.Actor, lesson string, from, to int64) {
	s.Happens(evidence.Fact{Learner: who.Person, Kind: evidence.KindViewing,
		Viewing: &evidence.Viewing{Lesson: s.Lesson(lesson), LessonVersion: 1, FromMs: from * 1000, ToMs: to * 1000, Rate: 1}})
}

// Happens appends a fact and gives its id.
func (s *School) Happens(f evidence.Fact) (id string) {
	s.T.Helper()
	err := s.F.Transaction(s.T.Context(), access.Actor{School: s.ID, Person: f.Learner, Role: roster.Learner}, "set-up", func(a *flow.Act) error {
		f, _, err := ledger.Append(a, f)
		id = f.ID
		return err
	})
	if err != nil {
		s.T.Fatal(err)
	}
	return id
}

// NewOp is the id of an act, or any other id.
func NewOp() string { return uuid.Must(uuid.NewV7()).String() }

func paramsOf(m mastery.Model) string { return MustJSON(m.Params) }

func smallCourse(t *testing.T) intake.Bundle {
	t.Helper()
	text := func(markup string) doc.Doc {
		d, err := doc.Parse(markup, doc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	b := intake.Bundle{Source: "test", Course: skill.Course{ID: "course", Title: "Doubling", Lang: "en",
		Skills:     []skill.Skill{{ID: "a", Code: "a", Title: "Skill A", Minutes: 10}, {ID: "b", Code: "b", Title: "Skill B", Minutes: 10}, {ID: "c", Code: "c", Title: "Skill C", Minutes: 10}},
		Edges:      []skill.Edge{{From: "a", To: "b"}, {From: "b", To: "c"}},
		Objectives: []skill.Objective{{ID: "o1", Code: "O1", Title: "Doubles", ICan: "I can double.", Skills: []skill.ID{"a", "b"}}, {ID: "o2", Code: "O2", Title: "More", ICan: "I can double again.", Skills: []skill.ID{"c"}}}}}
	for _, sk := range []skill.ID{"a", "b", "c"} {
		for n := 1; n <= 4; n++ {
			code := fmt.Sprintf("%s-%d", sk, n)
			b.Items = append(b.Items, item.Item{ID: item.ID(code), Code: code, Kind: item.Number, Skills: []skill.ID{sk}, Draw: []item.Param{{Name: "n", From: 3, To: 9}},
				Text: text("What is twice [[n]]?"), Key: "2*n", Second: "n+n", Hints: []doc.Doc{text("Think of [[n]] and [[n]].")}, Solution: text("[[n]] and [[n]] make [[2*n]]."),
				Mistakes:  []item.Mistake{{Tag: "add", Yields: []string{"n+2"}, Nudge: text("You added two.")}},
				Scaffolds: []item.Scaffold{{Rung: 1, Kind: item.Number, Key: "n", Then: text("It is [[n]], and [[n]] again.")}}})
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

// MustJSON is a value as JSON, for messages.
func MustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// Revs are the revs that topics stand at.
func (s *School) Revs(topics ...string) (out map[string]int64) {
	s.Look(s.Okafor, func(l *flow.Look) (err error) {
		out, err = l.Revs(topics...)
		return err
	})
	return out
}

// Plain is the text of drawn elements, without their shape.
func Plain(els []doc.El) (s string) {
	for _, e := range els {
		s += e.T + Plain(e.C)
	}
	return s
}

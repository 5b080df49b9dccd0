package sample

import (
	"context"
	"encoding/json"
	"fmt"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"

	"github.com/google/uuid"
)

// TinySchool is the smallest school in which an answer can be given: for the crash test, the bench and tests of one verb.
type TinySchool struct {
	School   roster.SchoolID
	Class    roster.ClassID
	Teacher  roster.PersonID
	Learners []roster.PersonID
	Items    []item.Item // as stored, version 1
}

// Tiny makes a TinySchool with n learners in one class on an empty store.
func Tiny(ctx context.Context, f *flow.Flow, n int) (TinySchool, error) {
	t := TinySchool{School: roster.SchoolID(newID()), Class: roster.ClassID(newID()), Teacher: roster.PersonID(newID())}
	for range n {
		t.Learners = append(t.Learners, roster.PersonID(newID()))
	}
	m := mastery.Default()
	params, err := json.Marshal(m.Params)
	if err != nil {
		return t, err
	}
	err = f.Store().Write(ctx, "", func(ctx context.Context, tx *store.Tx) error {
		school := string(t.School)
		if err := tx.AddSchool(ctx, db.AddSchoolParams{ID: school, Code: "TINY-" + school[24:], Name: "Tiny", Zone: "UTC", Locale: "en", CreatedMs: tx.Now}); err != nil {
			return err
		}
		if err := tx.AddModel(ctx, db.AddModelParams{SchoolID: school, ID: m.ID, Code: m.Code, Params: string(params), Hash: m.Hash, Current: true, MadeMs: tx.Now}); err != nil {
			return err
		}
		if err := tx.AddClass(ctx, db.AddClassParams{SchoolID: school, ID: string(t.Class), Name: "7B", Code: "TINY-" + school[24:], CodeMs: tx.Now, Proposals: true, CreatedMs: tx.Now}); err != nil {
			return err
		}
		if err := tinyPerson(ctx, tx, t, t.Teacher, roster.Teacher, "Teacher"); err != nil {
			return err
		}
		for i, id := range t.Learners {
			if err := tinyPerson(ctx, tx, t, id, roster.Learner, fmt.Sprintf("Learner %d", i+1)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return t, err
	}
	b, err := TinyBundle()
	if err != nil {
		return t, err
	}
	if _, err := intake.ImportBundle(ctx, f, t.School, b, false, nil); err != nil {
		return t, err
	}
	t.Items, err = Items(ctx, f, t.School)
	return t, err
}

// Items are a school's items as stored, in their first version.
func Items(ctx context.Context, f *flow.Flow, school roster.SchoolID) ([]item.Item, error) {
	var out []item.Item
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		rows, err := q.ContentByKind(ctx, db.ContentByKindParams{SchoolID: string(school), Kind: "item"})
		for _, r := range rows {
			body, err := q.ContentVersion(ctx, db.ContentVersionParams{SchoolID: string(school), ID: r.ID, Version: 1})
			if err != nil {
				return err
			}
			var it item.Item
			if err := json.Unmarshal([]byte(body.Body), &it); err != nil {
				return err
			}
			out = append(out, it)
		}
		return err
	})
	return out, err
}

func tinyPerson(ctx context.Context, tx *store.Tx, t TinySchool, id roster.PersonID, role roster.Role, name string) error {
	if err := tx.AddPerson(ctx, db.AddPersonParams{SchoolID: string(t.School), ID: string(id), Role: string(role), Given: name, NameFold: name, Settings: "{}", CreatedMs: tx.Now}); err != nil {
		return err
	}
	return tx.Enroll(ctx, db.EnrollParams{SchoolID: string(t.School), ClassID: string(t.Class), PersonID: string(id), Role: string(role), StartedOn: "2026-09-01", StartedMs: tx.Now})
}

// TinyBundle is a course of two skills, one resting on the other, with three items each; no mathematics that needs TeX.
func TinyBundle() (intake.Bundle, error) {
	text := func(s string) doc.Doc {
		d, err := doc.Parse(s, doc.Options{})
		if err != nil {
			panic("sample: " + err.Error()) // our own text, checked by every test that makes a tiny school
		}
		return d
	}
	b := intake.Bundle{Source: "tiny", Licence: "Apache-2.0", Attribution: "Kith",
		Course: skill.Course{ID: "tiny", Title: "Tiny", Lang: "en",
			Skills:     []skill.Skill{{ID: "add", Code: "add", Title: "Adding", Minutes: 10}, {ID: "times", Code: "times", Title: "Multiplying", Minutes: 10}},
			Edges:      []skill.Edge{{From: "add", To: "times", Source: "author"}},
			Objectives: []skill.Objective{{ID: "o1", Code: "o1", Title: "Sums", ICan: "I can add and multiply.", Skills: []skill.ID{"add", "times"}}}}}
	for _, s := range []struct{ skill, sign string }{{"add", "+"}, {"times", "*"}} {
		for n := 1; n <= 3; n++ {
			code := fmt.Sprintf("%s/%d", s.skill, n)
			b.Items = append(b.Items, item.Item{ID: item.ID(code), Code: code, Kind: item.Number, Skills: []skill.ID{skill.ID(s.skill)},
				Draw: []item.Param{{Name: "a", From: 2, To: 99}, {Name: "b", From: 2, To: 99}},
				Text: text(fmt.Sprintf("Number %d. What is [[a]] %s [[b]]?", n, map[string]string{"+": "and", "*": "times"}[s.sign])),
				Key:  "a " + s.sign + " b", Second: "b " + s.sign + " a",
				Mistakes: []item.Mistake{{Tag: "minus", Yields: []string{"a - b"}, Nudge: text("You took [[b]] away. What does the question ask?")}},
				Hints:    []doc.Doc{text("Look at both numbers."), text("Which is larger?"), text("Begin with [[a]].")},
				Solution: text("It is [[a " + s.sign + " b]].")})
		}
	}
	b.Lessons = []content.Lesson{{ID: "l1", Code: "l1", Title: "Sums", Objective: "o1", Skills: []skill.ID{"add"}, Minutes: 4, Body: text("Two and two are four.")}}
	b.Units = []content.Unit{{ID: "u1", Code: "u1", Title: "Sums",
		Task:  content.Task{Title: "Sums for a fair", Goal: text("Add up."), Roles: []content.Role{{Code: "adder", Title: "Adder", Does: "Adds."}}},
		Parts: []content.Part{{Objective: "o1", Lesson: "l1", Activity: content.Activity{Title: "Count", Minutes: 5, Steps: text("Count what is on the table.")}}}}}
	return b, nil
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

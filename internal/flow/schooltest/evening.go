package schooltest

import (
	"context"
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
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"

	"github.com/google/uuid"
)

// Evening is a small school in a database of its own: a course of four skills in two objectives, one class with a
// teacher and two learners who were given its unit, and a clock that the test moves.
type Evening struct {
	Stage

	Clock     time.Time
	ID        roster.SchoolID
	Class     roster.ClassID
	ClassUnit string
	Teacher   access.Actor
	Amina     access.Actor
	Leo       access.Actor
	Skills    []skill.ID // in teaching order: each rests on the one before, but the third stands alone
	Goals     []skill.ObjectiveID
	Lessons   []content.LessonID // one an objective: the first a video of 100 s with a check at 50 s, the second a reading
	items     map[string]item.ID // by code
}

// markup is author text of a test.
func markup(t *testing.T, source string) doc.Doc {
	t.Helper()
	d, err := doc.Parse(source, doc.Options{})
	if err != nil {
		t.Fatalf("text %q: %v", source, err)
	}
	return d
}

// sumItem asks for a + b, which its values draw; it knows the mistake of taking away.
func sumItem(t *testing.T, code, sk string) item.Item {
	return item.Item{ID: item.ID(code), Code: code, Kind: item.Number, Skills: []skill.ID{skill.ID(sk)},
		Draw: []item.Param{{Name: "a", From: 20, To: 90}, {Name: "b", From: 1, To: 9}}, Text: markup(t, "What is [[a]] and [[b]] more?"),
		Key: "a+b", Second: "b+a", Mistakes: []item.Mistake{{Tag: "take-away", Yields: []string{"a-b"}, Nudge: markup(t, "You took [[b]] away. What does more ask for?")}},
		Hints: []doc.Doc{markup(t, "Look at the word more."), markup(t, "Think of a line of numbers.")}, Solution: markup(t, "[[a]] and [[b]] are [[a+b]].")}
}

func choiceItem(t *testing.T, code, sk string) item.Item {
	return item.Item{ID: item.ID(code), Code: code, Kind: item.Choice, Skills: []skill.ID{skill.ID(sk)}, Text: markup(t, "Which is more?"),
		Choices: []item.Option{{Text: markup(t, "seven"), Right: true}, {Text: markup(t, "three"), Mistake: "smaller", Nudge: markup(t, "Three is what you chose. Count on to seven.")}},
		Hints:   []doc.Doc{markup(t, "Count.")}, Solution: markup(t, "Seven is more.")}
}

// testBundle is the course: codes are its ids.
func testBundle(t *testing.T) intake.Bundle {
	b := intake.Bundle{Source: "test", Licence: "test", Attribution: "test"}
	b.Course = skill.Course{ID: "sums", Title: "Sums", Lang: "en", Edges: []skill.Edge{{From: "s1", To: "s2"}, {From: "s3", To: "s4"}, {From: "s2", To: "s4"}}}
	for i := range 4 {
		code := fmt.Sprintf("s%d", i+1)
		b.Course.Skills = append(b.Course.Skills, skill.Skill{ID: skill.ID(code), Code: code, Title: "Skill " + code, Minutes: 20})
		b.Items = append(b.Items, choiceItem(t, code+"/choose", code))
		for _, n := range []string{"one", "two", "three"} {
			b.Items = append(b.Items, sumItem(t, code+"/"+n, code))
		}
	}
	b.Course.Objectives = []skill.Objective{
		{ID: "o1", Code: "o1", Title: "Adding", ICan: "I can add.", Skills: []skill.ID{"s1", "s2"}},
		{ID: "o2", Code: "o2", Title: "Adding more", ICan: "I can add more.", Skills: []skill.ID{"s3", "s4"}},
	}
	b.Lessons = []content.Lesson{
		{ID: "l1", Code: "l1", Title: "How to add", Objective: "o1", Skills: []skill.ID{"s1", "s2"}, Minutes: 5, Body: markup(t, "Add."),
			Video: &content.Video{File: "course/none.mp4", Type: "video/mp4", Ms: 100_000}, Checks: []content.Check{{AtMs: 50_000, Item: "s1/one"}}},
		{ID: "l2", Code: "l2", Title: "More adding", Objective: "o2", Skills: []skill.ID{"s3", "s4"}, Minutes: 6, Body: markup(t, "One.\n\nTwo."),
			Checks: []content.Check{{AfterBlock: 1, Item: "s3/one"}, {Item: "s3/two"}}},
	}
	part := func(o, l string) content.Part {
		return content.Part{Objective: skill.ObjectiveID(o), Lesson: content.LessonID(l),
			Task:     content.Task{Title: "Task " + o, Goal: markup(t, "Do it."), Roles: []content.Role{{Code: "counter", Title: "Counter", Does: "Counts."}}},
			Activity: content.Activity{Title: "Activity " + o, Minutes: 10, With: "pair", Steps: markup(t, "1. Count."), Materials: []string{"Beads"}, Bring: "The beads"},
			Talk:     markup(t, "What did you see?")}
	}
	b.Units = []content.Unit{{ID: "u", Code: "u", Title: "Sums for the fair", Course: "sums", Parts: []content.Part{part("o1", "l1"), part("o2", "l2")},
		Task: content.Task{Title: "The fair", Goal: markup(t, "Run a fair."), Situation: markup(t, "One day."),
			Roles: []content.Role{{Code: "cook", Title: "Cook", Does: "Cooks."}, {Code: "seller", Title: "Seller", Does: "Sells."}}}}}
	return b
}

// NewEvening makes the school on a Monday at five in the afternoon.
func NewEvening(t *testing.T) *Evening {
	t.Helper()
	s := &Evening{Stage: Stage{T: t}, Clock: time.Date(2026, 11, 23, 17, 0, 0, 0, time.UTC), items: map[string]item.ID{}}
	st, err := store.Open(t.Context(), store.Config{Dir: t.TempDir(), Clock: func() time.Time { return s.Clock }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	s.F, s.before = flow.New(st), func() { s.Clock = s.Clock.Add(time.Second) }
	id := func() string { return uuid.Must(uuid.NewV7()).String() }
	s.ID, s.Class, s.ClassUnit = roster.SchoolID(id()), roster.ClassID(id()), id()
	s.Teacher = access.Actor{School: s.ID, Person: roster.PersonID(id()), Role: roster.Teacher}
	s.Amina = access.Actor{School: s.ID, Person: roster.PersonID(id()), Role: roster.Learner}
	s.Leo = access.Actor{School: s.ID, Person: roster.PersonID(id()), Role: roster.Learner}
	s.Write(func(ctx context.Context, tx *store.Tx) error { return s.people(ctx, tx) })
	if _, err := intake.ImportBundle(t.Context(), s.F, s.ID, testBundle(t), false, nil); err != nil {
		t.Fatal(err)
	}
	s.Write(func(ctx context.Context, tx *store.Tx) error { return s.giveUnit(ctx, tx) })
	return s
}

// Write runs body in a transaction of the store, beneath all verbs.
func (s *Evening) Write(body func(ctx context.Context, tx *store.Tx) error) {
	s.T.Helper()
	if err := s.F.Store().Write(s.T.Context(), "test", body); err != nil {
		s.T.Fatal(err)
	}
}

func (s *Evening) people(ctx context.Context, tx *store.Tx) error {
	school := string(s.ID)
	if err := tx.AddSchool(ctx, db.AddSchoolParams{ID: school, Code: "test", Name: "Test", Zone: "Europe/London", Locale: "en", CreatedMs: tx.Now}); err != nil {
		return err
	}
	m := mastery.Default()
	if err := tx.AddModel(ctx, db.AddModelParams{SchoolID: school, ID: m.ID, Code: m.Code, Params: paramsOf(m), Hash: m.Hash, Current: true, MadeMs: tx.Now}); err != nil {
		return err
	}
	if err := tx.AddClass(ctx, db.AddClassParams{SchoolID: school, ID: string(s.Class), Name: "7B", Code: "APPLE7", CodeMs: tx.Now, Proposals: true, CreatedMs: tx.Now}); err != nil {
		return err
	}
	for _, p := range []struct {
		who           access.Actor
		given, family string
	}{{s.Teacher, "Ms", "Okafor"}, {s.Amina, "Amina", "Haddad"}, {s.Leo, "Leo", "Marsh"}} {
		if err := tx.AddPerson(ctx, db.AddPersonParams{SchoolID: school, ID: string(p.who.Person), Role: string(p.who.Role), Given: p.given, Family: p.family,
			NameFold: p.given, Settings: "{}", CreatedMs: tx.Now}); err != nil {
			return err
		}
		if err := tx.Enroll(ctx, db.EnrollParams{SchoolID: school, ClassID: string(s.Class), PersonID: string(p.who.Person), Role: string(p.who.Role), StartedOn: "2026-09-01", StartedMs: tx.Now}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Evening) giveUnit(ctx context.Context, tx *store.Tx) error {
	ids := func(kind, code string) string {
		o, err := tx.Origin(ctx, db.OriginParams{SchoolID: string(s.ID), Source: "test", SourceID: kind + ":" + code})
		if err != nil {
			s.T.Fatalf("%s %s: %v", kind, code, err)
		}
		return o.ID
	}
	s.Skills, s.Goals, s.Lessons = nil, nil, nil
	for i := range 4 {
		code := fmt.Sprintf("s%d", i+1)
		s.Skills = append(s.Skills, skill.ID(ids("skill", code)))
		for _, n := range []string{"choose", "one", "two", "three"} {
			s.items[code+"/"+n] = item.ID(ids("item", code+"/"+n))
		}
	}
	for _, n := range []string{"1", "2"} {
		s.Goals = append(s.Goals, skill.ObjectiveID(ids("objective", "o"+n)))
		s.Lessons = append(s.Lessons, content.LessonID(ids("lesson", "l"+n)))
	}
	return tx.GiveUnit(ctx, db.GiveUnitParams{SchoolID: string(s.ID), ID: s.ClassUnit, ClassID: string(s.Class), UnitID: ids("unit", "u"), UnitVersion: 1,
		Dial: "pick", GivenBy: string(s.Teacher.Person), GivenMs: tx.Now})
}

// Op makes an act's id.
func Op() flow.Op { return flow.Op{Op: uuid.Must(uuid.NewV7()).String()} }

var errNotMet = errors.New("the item's values were not found")

// right is the answer to a drawn sum.
func (s *Evening) right(who access.Actor, id item.ID, drawN int) item.Response {
	s.T.Helper()
	return s.Answer(who, id, drawN, "a+b")
}

// Answer works a response out for the variant that a learner is asked: "a+b" is right, "a-b" the known mistake.
func (s *Evening) Answer(who access.Actor, id item.ID, drawN int, how string) item.Response {
	s.T.Helper()
	var out item.Response
	err := s.F.Snapshot(s.T.Context(), who, func(l *flow.Look) error {
		it, err := library.ItemVersion(l, id, 1)
		if err != nil {
			return err
		}
		if it.Kind == item.Choice {
			out = item.Response{Chosen: []int{map[string]int{"a+b": 0, "a-b": 1}[how]}}
			return nil
		}
		v, err := item.Draw(*it, item.SeedFor(string(who.Person), string(id), drawN))
		if err != nil {
			return err
		}
		var a, b int
		if _, err := fmt.Sscan(v.Values["a"], &a); err != nil {
			return errNotMet
		}
		if _, err := fmt.Sscan(v.Values["b"], &b); err != nil {
			return errNotMet
		}
		out = item.Response{Boxes: []string{fmt.Sprint(map[string]int{"a+b": a + b, "a-b": a - b}[how])}}
		return nil
	})
	if err != nil {
		s.T.Fatal(err)
	}
	return out
}

// Practise answers what the practice page asks, right or with the known mistake.
func (s *Evening) Practise(who access.Actor, sk skill.ID, how string) evening.AttemptOut {
	s.T.Helper()
	p := Show(s, evening.Practice, who, evening.PracticeIn{Skill: sk, GoOn: true})
	if p.Asked == nil {
		s.T.Fatalf("practice of %s asks nothing: %s", sk, p.Kind)
	}
	return Do(s, evening.RecordAttempt, who, evening.RecordAttemptIn{Op: Op(), Learner: who.Person, Item: p.Asked.Item, Version: p.Asked.Version, DrawN: p.Asked.DrawN,
		Try: p.Asked.Try, Response: s.Answer(who, p.Asked.Item, p.Asked.DrawN, how), Purpose: evidence.ForPractice, TookMs: 9000})
}

// Secure practises a skill until it is secure.
func (s *Evening) Secure(who access.Actor, sk skill.ID) {
	s.T.Helper()
	for range 8 {
		if s.Practise(who, sk, "a+b").After == mastery.Secure {
			return
		}
	}
	s.T.Fatalf("skill %s did not become secure in eight right answers", sk)
}

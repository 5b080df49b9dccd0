package flow

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
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"

	"github.com/google/uuid"
)

// eveningSchool is a small school in a database of its own: a course of four skills in two objectives, one class with a
// teacher and two learners who were given its unit, and a clock that the test moves.
type eveningSchool struct {
	t         *testing.T
	f         *Flow
	clock     time.Time
	id        roster.SchoolID
	class     roster.ClassID
	classUnit string
	teacher   access.Actor
	amina     access.Actor
	leo       access.Actor
	skills    []skill.ID // in teaching order: each rests on the one before, but the third stands alone
	goals     []skill.ObjectiveID
	lessons   []content.LessonID // one an objective: the first a video of 100 s with a check at 50 s, the second a reading
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
func testBundle(t *testing.T) Bundle {
	b := Bundle{Source: "test", Licence: "test", Attribution: "test"}
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

func newEveningSchool(t *testing.T) *eveningSchool {
	t.Helper()
	s := &eveningSchool{t: t, clock: time.Date(2026, 11, 23, 17, 0, 0, 0, time.UTC), items: map[string]item.ID{}}
	st, err := store.Open(t.Context(), store.Config{Dir: t.TempDir(), Clock: func() time.Time { return s.clock }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	s.f = New(st)
	id := func() string { return uuid.Must(uuid.NewV7()).String() }
	s.id, s.class, s.classUnit = roster.SchoolID(id()), roster.ClassID(id()), id()
	s.teacher = access.Actor{School: s.id, Person: roster.PersonID(id()), Role: roster.Teacher}
	s.amina = access.Actor{School: s.id, Person: roster.PersonID(id()), Role: roster.Learner}
	s.leo = access.Actor{School: s.id, Person: roster.PersonID(id()), Role: roster.Learner}
	s.write(func(ctx context.Context, tx *store.Tx) error { return s.people(ctx, tx) })
	if _, err := s.f.ImportBundle(t.Context(), s.id, testBundle(t), false, nil); err != nil {
		t.Fatal(err)
	}
	s.write(func(ctx context.Context, tx *store.Tx) error { return s.giveUnit(ctx, tx) })
	return s
}

func (s *eveningSchool) write(body func(ctx context.Context, tx *store.Tx) error) {
	s.t.Helper()
	if err := s.f.store.Write(s.t.Context(), "test", body); err != nil {
		s.t.Fatal(err)
	}
}

func (s *eveningSchool) people(ctx context.Context, tx *store.Tx) error {
	school := string(s.id)
	if err := tx.AddSchool(ctx, db.AddSchoolParams{ID: school, Code: "test", Name: "Test", Zone: "Europe/London", Locale: "en", CreatedMs: tx.Now}); err != nil {
		return err
	}
	m := mastery.Default()
	if err := tx.AddModel(ctx, db.AddModelParams{SchoolID: school, ID: m.ID, Code: m.Code, Params: paramsOf(m), Hash: m.Hash, Current: true, MadeMs: tx.Now}); err != nil {
		return err
	}
	if err := tx.AddClass(ctx, db.AddClassParams{SchoolID: school, ID: string(s.class), Name: "7B", Code: "APPLE7", CodeMs: tx.Now, Proposals: true, CreatedMs: tx.Now}); err != nil {
		return err
	}
	for _, p := range []struct {
		who           access.Actor
		given, family string
	}{{s.teacher, "Ms", "Okafor"}, {s.amina, "Amina", "Haddad"}, {s.leo, "Leo", "Marsh"}} {
		if err := tx.AddPerson(ctx, db.AddPersonParams{SchoolID: school, ID: string(p.who.Person), Role: string(p.who.Role), Given: p.given, Family: p.family,
			NameFold: p.given, Settings: "{}", CreatedMs: tx.Now}); err != nil {
			return err
		}
		if err := tx.Enroll(ctx, db.EnrollParams{SchoolID: school, ClassID: string(s.class), PersonID: string(p.who.Person), Role: string(p.who.Role), StartedOn: "2026-09-01", StartedMs: tx.Now}); err != nil {
			return err
		}
	}
	return nil
}

func (s *eveningSchool) giveUnit(ctx context.Context, tx *store.Tx) error {
	ids := func(kind, code string) string {
		o, err := tx.Origin(ctx, db.OriginParams{SchoolID: string(s.id), Source: "test", SourceID: kind + ":" + code})
		if err != nil {
			s.t.Fatalf("%s %s: %v", kind, code, err)
		}
		return o.ID
	}
	s.skills, s.goals, s.lessons = nil, nil, nil
	for i := range 4 {
		code := fmt.Sprintf("s%d", i+1)
		s.skills = append(s.skills, skill.ID(ids("skill", code)))
		for _, n := range []string{"choose", "one", "two", "three"} {
			s.items[code+"/"+n] = item.ID(ids("item", code+"/"+n))
		}
	}
	for _, n := range []string{"1", "2"} {
		s.goals = append(s.goals, skill.ObjectiveID(ids("objective", "o"+n)))
		s.lessons = append(s.lessons, content.LessonID(ids("lesson", "l"+n)))
	}
	return tx.GiveUnit(ctx, db.GiveUnitParams{SchoolID: string(s.id), ID: s.classUnit, ClassID: string(s.class), UnitID: ids("unit", "u"), UnitVersion: 1,
		Dial: "pick", GivenBy: string(s.teacher.Person), GivenMs: tx.Now})
}

// op makes an act's id.
func op() Op { return Op{uuid.Must(uuid.NewV7()).String()} }

// acts runs a verb and fails the test when it is refused.
func acts[I Input, O any](s *eveningSchool, v Verb[I, O], who access.Actor, in I) O {
	s.t.Helper()
	s.clock = s.clock.Add(time.Second)
	out, err := Run(s.t.Context(), s.f, v, who, in)
	if err != nil {
		s.t.Fatalf("%s: %v", v.Name, err)
	}
	return out
}

// refusesAs runs a verb that must be refused with a kind of fault.
func refusesAs[I Input, O any](s *eveningSchool, v Verb[I, O], who access.Actor, in I, kind fault.Kind) {
	s.t.Helper()
	_, err := Run(s.t.Context(), s.f, v, who, in)
	if got, _ := fault.KindOf(err); err == nil || got != kind {
		s.t.Fatalf("%s: got %v, want %s", v.Name, err, kind)
	}
}

// shows shows a view and fails the test when it is refused.
func shows[I, O any](s *eveningSchool, v View[I, O], who access.Actor, in I) O {
	s.t.Helper()
	out, err := Show(s.t.Context(), s.f, v, who, in)
	if err != nil {
		s.t.Fatalf("%s: %v", v.Name, err)
	}
	return out
}

var errNotMet = errors.New("the item's values were not found")

// right is the answer to a drawn sum.
func (s *eveningSchool) right(who access.Actor, id item.ID, drawN int) item.Response {
	s.t.Helper()
	return s.answer(who, id, drawN, "a+b")
}

// answer works a response out for the variant that a learner is asked: "a+b" is right, "a-b" the known mistake.
func (s *eveningSchool) answer(who access.Actor, id item.ID, drawN int, how string) item.Response {
	s.t.Helper()
	var out item.Response
	err := s.f.Snapshot(s.t.Context(), who, func(l *Look) error {
		it, err := l.itemVersion(id, 1)
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
		s.t.Fatal(err)
	}
	return out
}

// practise answers what the practice page asks, right or with the known mistake.
func (s *eveningSchool) practise(who access.Actor, sk skill.ID, how string) AttemptOut {
	s.t.Helper()
	p := shows(s, Practice, who, PracticeIn{Skill: sk, GoOn: true})
	if p.Asked == nil {
		s.t.Fatalf("practice of %s asks nothing: %s", sk, p.Kind)
	}
	return acts(s, RecordAttempt, who, RecordAttemptIn{Op: op(), Learner: who.Person, Item: p.Asked.Item, Version: p.Asked.Version, DrawN: p.Asked.DrawN,
		Try: p.Asked.Try, Response: s.answer(who, p.Asked.Item, p.Asked.DrawN, how), Purpose: evidence.ForPractice, TookMs: 9000})
}

// secure practises a skill until it is secure.
func (s *eveningSchool) secure(who access.Actor, sk skill.ID) {
	s.t.Helper()
	for range 8 {
		if s.practise(who, sk, "a+b").After == mastery.Secure {
			return
		}
	}
	s.t.Fatalf("skill %s did not become secure in eight right answers", sk)
}

package oatutor

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/diagnostic"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/decision"
	"kith/internal/flow/door"
	"kith/internal/flow/evening"
	"kith/internal/flow/intake"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/office"
	"kith/internal/flow/period"
	"kith/internal/flow/standing"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/plan"
	"kith/internal/practice"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"

	"github.com/google/uuid"
)

// The tests in this file read the real course, which is never part of the repository: make check-data names the folder in
// KITH_REAL. Without it they have nothing to read.
func realBundle(t *testing.T) intake.Bundle {
	t.Helper()
	real := os.Getenv("KITH_REAL")
	if real == "" {
		t.Skip("KITH_REAL names no folder with the real course (make check-data does)")
	}
	files, err := Load(filepath.Join(real, "oatutor", "elementary-algebra.jsonl.gz"), "")
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	b, err := Read(files, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("read in %.1f s: %d skills, %d edges, %d items, %d figures, %d units, %d left out", time.Since(began).Seconds(),
		len(b.Course.Skills), len(b.Course.Edges), len(b.Items), len(b.Files), len(b.Units), len(b.Skipped))
	return b
}

// right and wrong are answers to a variant; wrong gives nil where there is none.
func right(v item.Variant, it item.Item) item.Response {
	switch it.Kind {
	case item.Choice:
		return item.Response{Chosen: v.Rights()}
	case item.Expression, item.Equation:
		text, _ := v.KeyText()
		return item.Response{Boxes: []string{text}}
	case item.Fraction:
		return item.Response{Boxes: []string{"", v.Key()[0].Num().String(), v.Key()[0].Denom().String()}}
	}
	return item.Response{Boxes: []string{exact(v.Key()[0])}}
}

func TestReal_EveryItemTakesItsKeyAndNoOtherChoice(t *testing.T) {
	b := realBundle(t)
	kinds := map[item.Kind]int{}
	for _, it := range b.Items {
		kinds[it.Kind]++
		if err := item.Check(it); err != nil {
			t.Errorf("%s: %v", it.ID, err)
		}
		v, err := item.Draw(it, 1)
		if err != nil {
			t.Errorf("%s: %v", it.ID, err)
			continue
		}
		if _, err := v.Asked(); err != nil {
			t.Errorf("%s: %v", it.ID, err)
		}
		for n := range it.Hints {
			if _, err := v.Hint(n + 1); err != nil {
				t.Errorf("%s, hint %d: %v", it.ID, n+1, err)
			}
		}
		if j, err := item.Score(v, right(v, it)); err != nil || j.Outcome != item.Right {
			t.Errorf("%s: its key is %s, %v", it.ID, j.Outcome, err)
		}
		for i := range it.Choices {
			if j, err := item.Score(v, item.Response{Chosen: []int{i}}); err != nil || j.Outcome == item.Right != it.Choices[i].Right {
				t.Errorf("%s: choice %d is %s, %v", it.ID, i, j.Outcome, err)
			}
		}
		if it.Attribution == nil || it.Attribution.Licence != "CC BY 4.0" || it.Attribution.Authors == "" || it.Attribution.Source == "" {
			t.Errorf("%s: attribution %+v", it.ID, it.Attribution)
		}
	}
	t.Logf("kinds: %v", kinds)
	if len(b.Items) < 2200 || len(b.Units) != 10 || len(b.Course.Edges) < 140 || len(b.Files) < 200 {
		t.Error("fewer than there should be")
	}
	for _, known := range []string{"a171b3arationals9c", "a2ef97dGrphingQuads10a", "a08a388line8a"} {
		if slices.ContainsFunc(b.Items, func(it item.Item) bool { return it.ID == item.ID(known) }) {
			t.Errorf("%s was taken, although its key is wrong or stands twice", known)
		}
	}
}

func TestReal_CheckAndPlanWorkOnTheLargestChapter(t *testing.T) {
	b := realBundle(t)
	g, err := skill.NewGraph(b.Course)
	if err != nil {
		t.Fatal(err)
	}
	largest := slices.MaxFunc(b.Units, func(x, y content.Unit) int { return len(x.Parts) - len(y.Parts) })
	var skills []skill.ID
	for _, p := range largest.Parts {
		skills = append(skills, skill.ID(p.Objective)) // one skill an objective, of the same name
	}
	began := time.Now()
	space, err := diagnostic.New(g, skills, nil, diagnostic.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	made := time.Since(began)
	var answers []diagnostic.Answer
	began = time.Now()
	for {
		st, err := space.Replay(answers, "s")
		if err != nil {
			t.Fatal(err)
		}
		id, ok := st.Next()
		if !ok {
			break
		}
		answers = append(answers, diagnostic.Answer{Fact: string(id), Skill: id, Kind: item.Number, Right: len(answers)%3 > 0, Sitting: "s"})
	}
	t.Logf("%s: %d skills; space in %v, %d questions in %v", largest.Title, len(skills), made, len(answers), time.Since(began))
	if len(answers) == 0 || len(answers) > diagnostic.PerSitting {
		t.Errorf("%d questions in a sitting", len(answers))
	}
	p, err := plan.Build(plan.Input{Course: b.Course, Graph: g, Unit: largest, Estimates: map[skill.ID]mastery.Estimate{}, Dial: plan.Required})
	if err != nil || len(p.Lines) == 0 || len(p.Lines) > plan.MaxLines {
		t.Errorf("plan of %d lines, %v", len(p.Lines), err)
	}
}

// day is a school with one class a chapter, each with one learner.
type day struct {
	t       *testing.T
	f       *flow.Flow
	school  roster.SchoolID
	teacher access.Actor
	ids     map[string]string
}

func op() flow.Op { return flow.Op{Op: uuid.Must(uuid.NewV7()).String()} }

func newDay(t *testing.T, b intake.Bundle) *day {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d := &day{t: t, f: flow.New(s), school: roster.SchoolID(op().Op)}
	d.teacher = access.Actor{School: d.school, Person: roster.PersonID(op().Op), Role: roster.Teacher}
	in := door.SetUpIn{Op: op(), Code: "s", Name: "School", Zone: "UTC", Locale: "en", BeganOn: "2026-01-05", BeganMs: 1}
	in.People = []door.SetUpPerson{{Person: roster.Person{ID: d.teacher.Person, Role: roster.Teacher, Given: "Emeka"}}}
	if _, err := flow.Run(t.Context(), d.f, door.SetUp, access.Actor{School: d.school, System: true}, in); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	r, err := intake.ImportBundle(t.Context(), d.f, d.school, b, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("written in %.1f s: %+v", time.Since(began).Seconds(), r.Counts)
	if d.ids, err = intake.Origins(t.Context(), d.f, d.school, b.Source); err != nil {
		t.Fatal(err)
	}
	return d
}

func act[I flow.Input, O any](d *day, v flow.Verb[I, O], who access.Actor, in I) O {
	d.t.Helper()
	out, err := flow.Run(d.t.Context(), d.f, v, who, in)
	if err != nil {
		d.t.Fatalf("%s: %v", v.Name, err)
	}
	return out
}

func show[I, O any](d *day, v flow.View[I, O], who access.Actor, in I) O {
	d.t.Helper()
	out, err := flow.Show(d.t.Context(), d.f, v, who, in)
	if err != nil {
		d.t.Fatalf("%s: %v", v.Name, err)
	}
	return out
}

// answer is a response to what was asked, as somebody gives it who knows the key, or does not.
func (d *day) answer(who roster.PersonID, id item.ID, drawN int, knows bool) item.Response {
	d.t.Helper()
	var it item.Item
	err := d.f.Store().Read(d.t.Context(), func(ctx context.Context, q *db.Queries) error {
		row, err := q.ContentVersion(ctx, db.ContentVersionParams{SchoolID: string(d.school), ID: string(id), Version: 1})
		if err != nil {
			return err
		}
		return json.Unmarshal([]byte(row.Body), &it)
	})
	if err != nil {
		d.t.Fatal(err)
	}
	v, err := item.Draw(it, item.SeedFor(string(who), string(id), drawN))
	switch {
	case err != nil:
		d.t.Fatal(err)
	case knows:
		return right(v, it)
	case it.Kind == item.Choice:
		return item.Response{Chosen: []int{(v.Rights()[0] + 1) % len(it.Choices)}}
	case it.Kind == item.Fraction:
		return item.Response{Boxes: []string{"", "998", "999"}}
	}
	return item.Response{Boxes: []string{"99873"}}
}

// TestReal_ADayOnEveryChapter: a class gets the chapter, its learner goes through the evening, the teacher says yes, the
// learner practises until a skill is secure.
func TestReal_ADayOnEveryChapter(t *testing.T) {
	d := newDay(t, realBundle(t))
	units := []string{}
	for key := range d.ids {
		if len(key) > 5 && key[:5] == "unit:" {
			units = append(units, key)
		}
	}
	slices.Sort(units)
	var slowest time.Duration
	for _, key := range units {
		class := act(d, office.CreateClass, d.teacher, office.CreateClassIn{Op: op(), Name: key}).Class.ID
		added := act(d, office.AddLearners, d.teacher, office.AddLearnersIn{Op: op(), Class: class, Names: "Amina Haddad", Anyway: true}).Added[0]
		amina := access.Actor{School: d.school, Person: added.ID, Role: roster.Learner}
		given := act(d, library.GiveUnit, d.teacher, library.GiveUnitIn{Op: op(), Class: class, Unit: content.UnitID(d.ids[key]), Dial: "required"}).ClassUnit
		show(d, evening.UnitTask, amina, evening.ClassUnitIn{ClassUnit: given})
		show(d, evening.Self, amina, evening.ClassUnitIn{ClassUnit: given})
		mine := func() flow.Mine { return flow.Mine{Op: op(), Learner: amina.Person} }
		page := act(d, evening.StartCheck, amina, evening.CheckIn{Mine: mine(), ClassUnit: given})
		asked := 0
		for ; page.State == evening.CheckAsking; asked++ {
			in := evening.AnswerCheckIn{Mine: mine(), ClassUnit: given, Sitting: page.Sitting, Item: page.Asked.Item, Version: page.Asked.Version, DrawN: page.Asked.DrawN,
				Response: d.answer(amina.Person, page.Asked.Item, page.Asked.DrawN, asked%3 > 0), TookMs: 9000}
			began := time.Now()
			page = act(d, evening.AnswerCheck, amina, in).CheckPage
			slowest = max(slowest, time.Since(began))
		}
		if page.State != evening.CheckOver || asked == 0 || asked > diagnostic.PerSitting {
			t.Errorf("%s: the check is %s after %d questions", key, page.State, asked)
		}
		show(d, evening.Known, amina, evening.ClassUnitIn{ClassUnit: given})
		proposed := show(d, evening.Plan, amina, struct{}{}).Proposal
		if proposed == nil || len(proposed.Lines) == 0 {
			t.Errorf("%s: the check proposed no plan", key)
			continue
		}
		act(d, evening.SendPlan, amina, evening.SendPlanIn{Mine: mine(), ClassUnit: given, Proposal: proposed.ID})
		if in := show(d, decision.Inbox, d.teacher, decision.InboxIn{Class: class}); len(in.Single) != 1 {
			t.Errorf("%s: %d plans wait", key, len(in.Single))
		}
		act(d, decision.DecideProposals, d.teacher, decision.DecideProposalsIn{Op: op(), Class: class, Proposals: []string{proposed.ID}, Verdict: "accept"})
		steps := show(d, evening.Plan, amina, struct{}{}).Steps
		at := slices.IndexFunc(steps, func(s standing.StepLine) bool { return string(s.Kind) == string(plan.Practice) })
		if at < 0 {
			t.Errorf("%s: the plan has no practice: %+v", key, steps)
			continue
		}
		d.practise(key, amina, steps[at].Skill)
		show(d, evening.Home, amina, struct{}{})
		show(d, period.Today, d.teacher, library.ClassIn{Class: class})
		show(d, period.Now, d.teacher, library.ClassIn{Class: class})
		show(d, decision.LearnerView, d.teacher, decision.LearnerIn{Learner: amina.Person})
	}
	t.Logf("%d chapters; the slowest answer of a check took %v", len(units), slowest)
	if slowest > time.Second { // 27 ms on 2026-11-28; it was most of a second while every answer counted the whole course's items
		t.Errorf("an answer of a check took %v", slowest)
	}
	sum, err := ledger.Recompute(t.Context(), d.f, true)
	if err != nil || len(sum.Different) > 0 || sum.Learners != len(units) {
		t.Errorf("folded again: %+v, %v", sum, err)
	}
}

// practise answers what practice asks until the skill is secure. A skill of which the import took one item only cannot
// become secure, which asks for two: it is named.
func (d *day) practise(key string, amina access.Actor, id skill.ID) {
	d.t.Helper()
	title, met := "", map[item.ID]bool{}
	for n := range 40 {
		p := show(d, evening.Practice, amina, evening.PracticeIn{Skill: id})
		if p.Kind == practice.Done {
			return
		}
		if p.Asked == nil {
			d.t.Errorf("%s: practice of %s asks nothing after %d: %s", key, p.Skill.Title, n, p.Kind)
			return
		}
		title, met[p.Asked.Item] = p.Skill.Title, true
		act(d, evening.RecordAttempt, amina, evening.RecordAttemptIn{Op: op(), Learner: amina.Person, Item: p.Asked.Item, Version: p.Asked.Version, DrawN: p.Asked.DrawN,
			Try: p.Asked.Try, Response: d.answer(amina.Person, p.Asked.Item, p.Asked.DrawN, true), Purpose: evidence.ForPractice, TookMs: 9000})
	}
	if len(met) == 1 {
		d.t.Logf("%s: %q has one item, so nobody can become secure in it", key, title)
		return
	}
	d.t.Errorf("%s: %q is not secure after 40 right answers to %d items", key, title, len(met))
}

package plan

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/skill"
)

func fact(id string, ms int64, set func(f *evidence.Fact)) evidence.Fact {
	f := evidence.Fact{ID: id, Seq: ms, HappenedMs: ms, ReceivedMs: ms}
	set(&f)
	return f
}

func attempt(id string, ms int64, sk skill.ID, it item.ID, p evidence.Purpose, context string) evidence.Fact {
	return fact(id, ms, func(f *evidence.Fact) {
		f.Attempt = &evidence.Attempt{Item: it, Skill: sk, Outcome: item.NotYet, Purpose: p, Context: context, Try: 1, DrawN: 1}
	})
}

func viewing(ms, from, to int64) evidence.Fact {
	return fact("v", ms, func(f *evidence.Fact) {
		f.Viewing = &evidence.Viewing{Lesson: "film", FromMs: from, ToMs: to, Rate: 1}
	})
}

var lessons = []content.Lesson{
	{ID: "film", Skills: []skill.ID{"a1"}, Video: &content.Video{Ms: 100_000}, Checks: []content.Check{{Item: "i1"}, {Item: "i2"}}},
	{ID: "text", Skills: []skill.ID{"a1"}, Checks: []content.Check{{Item: "i1"}}},
	{ID: "link", Skills: []skill.ID{"a1"}, Link: "https://example.org"},
}

func TestSteps_AreFoldedFromEvidence(t *testing.T) {
	lesson := func(id content.LessonID) Line { return NewLine(Lesson, "a", "", id) }
	pinned := NewLine(Practice, "a", "a1", "")
	pinned.Pinned = true
	known := mastery.Estimate{Skill: "a1", Status: mastery.Secure, LastMs: 50}
	sat := fact("m", 120, func(f *evidence.Fact) { f.Meeting = &evidence.Meeting{Skill: "a1"} })
	did := fact("d", 120, func(f *evidence.Fact) { f.Activity = &evidence.Activity{Objective: "a"} })
	role := fact("r", 20, func(f *evidence.Fact) { f.RoleChoice = &evidence.RoleChoice{Objective: "a", Role: "mixer"} })
	back := fact("w", 200, func(f *evidence.Fact) { f.Withdrawal = &evidence.Withdrawal{Fact: "d"} })
	for _, c := range []struct {
		name  string
		line  Line
		e     mastery.Estimate
		facts []evidence.Fact
		want  Status
	}{
		{"film not begun", lesson("film"), mastery.Estimate{}, nil, Todo},
		{"film begun", lesson("film"), mastery.Estimate{}, []evidence.Fact{viewing(10, 0, 30_000)}, Doing},
		{"the same half twice", lesson("film"), mastery.Estimate{}, []evidence.Fact{viewing(10, 0, 50_000), viewing(20, 0, 50_000)}, Doing},
		{"nine tenths", lesson("film"), mastery.Estimate{}, []evidence.Fact{viewing(10, 0, 50_000), viewing(20, 45_000, 90_000)}, Done},
		{"film checks answered", lesson("film"), mastery.Estimate{}, []evidence.Fact{attempt("1", 1, "a1", "i1", evidence.ForLesson, "film"), attempt("2", 2, "a1", "i2", evidence.ForLesson, "film")}, Done},
		{"one check of two", lesson("film"), mastery.Estimate{}, []evidence.Fact{attempt("1", 1, "a1", "i1", evidence.ForLesson, "film")}, Doing},
		{"check of another lesson", lesson("text"), mastery.Estimate{}, []evidence.Fact{attempt("1", 1, "a1", "i1", evidence.ForLesson, "film")}, Todo},
		{"text checked", lesson("text"), mastery.Estimate{}, []evidence.Fact{attempt("1", 1, "a1", "i1", evidence.ForLesson, "text")}, Done},
		{"link, nothing since", lesson("link"), mastery.Estimate{}, []evidence.Fact{attempt("1", 90, "a1", "i1", evidence.ForPractice, "")}, Todo},
		{"link, practised since", lesson("link"), mastery.Estimate{}, []evidence.Fact{attempt("1", 110, "a1", "i1", evidence.ForPractice, "")}, Done},
		{"practice not begun", NewLine(Practice, "a", "a1", ""), mastery.Estimate{}, []evidence.Fact{attempt("1", 1, "a1", "i1", evidence.ForCheck, "")}, Todo},
		{"practice begun", NewLine(Practice, "a", "a1", ""), mastery.Estimate{}, []evidence.Fact{attempt("1", 1, "a1", "i1", evidence.ForPractice, "")}, Doing},
		{"secure", NewLine(Practice, "a", "a1", ""), known, nil, Done},
		{"put in although secure", pinned, known, nil, Todo},
		{"and answered since", pinned, mastery.Estimate{Status: mastery.Secure, LastMs: 130}, nil, Done},
		{"revisit, practised before", NewLine(Revisit, "a", "a1", ""), mastery.Estimate{Status: mastery.AnotherLook}, []evidence.Fact{attempt("1", 90, "a1", "i1", evidence.ForPractice, "")}, Todo},
		{"revisit, practised since", NewLine(Revisit, "a", "a1", ""), mastery.Estimate{Status: mastery.AnotherLook}, []evidence.Fact{attempt("1", 110, "a1", "i1", evidence.ForPractice, "")}, Doing},
		{"activity", NewLine(Activity, "a", "", ""), mastery.Estimate{}, []evidence.Fact{did}, Done},
		{"activity taken back", NewLine(Activity, "a", "", ""), mastery.Estimate{}, []evidence.Fact{did, back}, Todo},
		{"activity of another objective", NewLine(Activity, "b", "", ""), mastery.Estimate{}, []evidence.Fact{did}, Todo},
		{"role picked", NewLine(Task, "a", "", ""), mastery.Estimate{}, []evidence.Fact{role}, Done},
		{"sat together", NewLine(Meeting, "a", "a1", ""), mastery.Estimate{}, []evidence.Fact{sat}, Done},
		{"sat together on something else", NewLine(Meeting, "a", "a2", ""), mastery.Estimate{}, []evidence.Fact{sat}, Todo},
		{"talked", NewLine(Talk, "a", "", ""), mastery.Estimate{}, []evidence.Fact{sat}, Done},
	} {
		in := StepsInput{Lines: []Line{c.line}, Facts: c.facts, Lessons: lessons, SinceMs: 100, Estimates: map[skill.ID]mastery.Estimate{"a1": c.e}}
		got := Steps(in)[0]
		if got.Status != c.want || (got.Status == Done) != (got.DoneMs > 0) {
			t.Errorf("%s: got %s at %d, want %s", c.name, got.Status, got.DoneMs, c.want)
		}
	}
}

func TestCovered_CountsOverlapsOnce(t *testing.T) {
	for _, c := range []struct {
		spans [][2]int64
		want  int64
	}{
		{nil, 0},
		{[][2]int64{{0, 10}, {20, 30}}, 20},
		{[][2]int64{{20, 30}, {0, 25}, {5, 6}}, 30},
		{[][2]int64{{10, 5}, {7, 7}}, 0},
		{[][2]int64{{0, 10}, {10, 20}}, 20},
	} {
		if got := Covered(c.spans); got != c.want {
			t.Errorf("%v: got %d, want %d", c.spans, got, c.want)
		}
	}
}

func TestToday_FiveLinesWithHandsAndPeople(t *testing.T) {
	step := func(k Kind, id string, s Status) Step {
		l := NewLine(k, skill.ObjectiveID(id), skill.ID(id), content.LessonID(id))
		return Step{Line: l, Status: s}
	}
	steps := []Step{
		step(Lesson, "0", Done), step(Practice, "1", Doing), step(Practice, "2", Todo), step(Practice, "3", Todo), step(Lesson, "4", Todo),
		step(Practice, "5", Todo), step(Practice, "6", Todo), step(Activity, "7", Todo), step(Talk, "8", Todo), step(Activity, "9", Todo),
	}
	var got []string
	for _, s := range Today(steps) {
		got = append(got, s.Key)
	}
	if want := []string{"practice:1", "practice:2", "practice:3", "activity:7", "talk:8"}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if n := len(Today(steps[:4])); n != 3 {
		t.Errorf("%d lines of three that are left", n)
	}
	if len(Today(nil)) != 0 {
		t.Error("lines from nowhere")
	}
	if s, ok := NextStep(steps); !ok || s.Key != "practice:1" {
		t.Errorf("next %v", s.Key)
	}
	if _, ok := NextStep(steps[:1]); ok {
		t.Error("everything is done, yet there is a next step")
	}
}

func reopened(since int) map[skill.ID]mastery.Estimate {
	return map[skill.ID]mastery.Estimate{"a1": {Status: mastery.AnotherLook, LastMs: 100, State: mastery.State{Reopened: true, Since: since}}}
}

func TestSteps_ALineCountsFromWhenItCameIntoThePlan(t *testing.T) {
	talk, meeting := NewLine(Talk, "a", "", ""), NewLine(Meeting, "a", "a1", "")
	sat := fact("m", 120, func(f *evidence.Fact) { f.Meeting = &evidence.Meeting{Skill: "a1"} })
	steps := Steps(StepsInput{Lines: []Line{talk, meeting}, Facts: []evidence.Fact{sat}, SinceMs: 200, Since: map[string]int64{meeting.Key: 100}})
	if steps[0].Status != Todo || steps[1].Status != Done {
		t.Errorf("talk %s, meeting %s: the meeting was in the plan before they sat together", steps[0].Status, steps[1].Status)
	}
}

func TestDue_OnlyForItsFourCauses(t *testing.T) {
	done := []Step{{Status: Done}}
	doubted := map[skill.ID]mastery.Estimate{"a1": {Credited: true, Status: mastery.AnotherLook, LastMs: 100}}
	for _, c := range []struct {
		name string
		in   DueInput
		want Cause
	}{
		{"nothing", DueInput{}, ""},
		{"steps left", DueInput{Steps: []Step{{Status: Done}, {Status: Todo}}}, ""},
		{"ran out", DueInput{Steps: done}, RanOut},
		{"ran out, one waits already", DueInput{Steps: done, Open: true}, ""},
		{"check ended", DueInput{CheckEnded: true, Open: true}, CheckEnded},
		{"asked", DueInput{Asked: true, CheckEnded: true}, Asked},
		{"credit doubted", DueInput{Estimates: doubted, LastMs: 50}, CreditDoubted},
		{"only time has touched it", DueInput{Estimates: map[skill.ID]mastery.Estimate{"a1": {Credited: true, Status: mastery.AnotherLook, Faded: true, LastMs: 100}}, LastMs: 50}, ""},
		{"doubted before the last one", DueInput{Estimates: doubted, LastMs: 100}, ""},
		{"a person re-opened it", DueInput{Estimates: reopened(0), LastMs: 50}, CreditDoubted},
		{"answered since it was re-opened", DueInput{Estimates: reopened(1), LastMs: 50}, ""},
	} {
		got, ok := Due(c.in)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s: got %q, %t", c.name, got, ok)
		}
	}
}

// Every code that this package's sources name has its words; none of them shames or counts chances.
func TestReasons_HaveWordsAndDignity(t *testing.T) {
	words := map[string]string{}
	for _, file := range []string{"reason", "fault-plan"} {
		b, err := os.ReadFile("../phrase/en/" + file + ".en.json")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &words); err != nil {
			t.Fatal(err)
		}
	}
	named := 0
	for _, file := range []string{"again.go", "build.go", "compare.go", "rank.go", "steps.go"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"((?:reason|fault\.plan)\.\w+)"`).FindAllStringSubmatch(string(b), -1) {
			named++
			if words[m[1]] == "" {
				t.Errorf("%s has no words", m[1])
			}
		}
	}
	if named < 25 {
		t.Errorf("only %d codes found", named)
	}
	for key, s := range words {
		for _, bad := range []string{"wrong", "behind", "late ", "fail", "%", "probab", "better than"} {
			if strings.Contains(strings.ToLower(s), bad) {
				t.Errorf("%s says %q", key, bad)
			}
		}
	}
}

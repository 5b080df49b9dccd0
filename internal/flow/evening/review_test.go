package evening_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/mastery"
)

// shows is the page of a skill's practice, by its code.
func shows(s *schooltest.School, who access.Actor, code string) evening.PracticePage {
	return schooltest.Show(s, evening.Practice, who, evening.PracticeIn{Skill: s.Skill(code)})
}

// secures makes a learner secure in a skill, two minutes an answer.
func secures(s *schooltest.School, who access.Actor, code string) {
	s.T.Helper()
	for n := 1; n <= 8; n++ {
		s.Now = s.Now.Add(2 * time.Minute)
		if s.Answers(who, code+"-"+string(rune('0'+(n-1)%4+1)), "right", (n-1)/4+1).After == mastery.Secure {
			return
		}
	}
	s.T.Fatalf("%s is not secure after eight rights", code)
}

// Skill a was secured nine days ago. In the practice of b the fourth item is one of a; its answer is evidence about a, moves
// nothing of b, and a is not woven in again.
func TestPractice_WeavesInWhatIsDue(t *testing.T) {
	s := schooltest.New(t, 1)
	who := s.Learners[0]
	secures(s, who, "a")
	s.Now = s.Now.Add(9 * 24 * time.Hour)
	for n, how := range []string{"right", "other", "right"} {
		page := shows(s, who, "b")
		if page.Woven != nil || page.Kind != "ask" {
			t.Fatalf("item %d of b: woven %v, %s", n+1, page.Woven, page.Kind)
		}
		s.Now = s.Now.Add(time.Minute)
		s.Answers(who, codeOf(s, page.Asked.Item), how, page.Asked.DrawN)
		if how == "other" { // tried again, and right
			again(s, who, page.Asked.Item, page.Asked.DrawN, 2, "", "right")
		}
	}
	page := shows(s, who, "b")
	if page.Woven == nil || page.Woven.ID != s.Skill("a") || page.Reason.Code != "practice.woven" || page.Skill.ID != s.Skill("b") {
		t.Fatalf("the fourth: woven %v for %s", page.Woven, page.Reason.Code)
	}
	before := shows(s, who, "b").Skill
	out := again(s, who, page.Asked.Item, page.Asked.DrawN, 1, string(s.Skill("b")), "other")
	if out.TriesEnd || out.Before != mastery.Secure {
		t.Errorf("%+v", out)
	}
	if p := shows(s, who, "b"); p.Kind != "retry" || p.Woven == nil || p.Asked.Item != page.Asked.Item || p.Asked.Try != 2 {
		t.Errorf("tried once: %+v", p)
	}
	again(s, who, page.Asked.Item, page.Asked.DrawN, 2, string(s.Skill("b")), "right")
	p := shows(s, who, "b")
	if p.Woven != nil || p.Kind != "ask" || !slices.Equal(p.Skill.Dots, before.Dots) || p.Skill.Status != before.Status {
		t.Errorf("afterwards: %+v, before %+v", p, before)
	}
}

// A week after it became secure a skill's own page asks one more, and is done after it.
func TestPractice_AsksOnceMoreAfterAWeek(t *testing.T) {
	s := schooltest.New(t, 1)
	who := s.Learners[0]
	secures(s, who, "a")
	if p := shows(s, who, "a"); p.Kind != "done" {
		t.Fatalf("secure: %s", p.Kind)
	}
	s.Now = s.Now.Add(8 * 24 * time.Hour)
	p := shows(s, who, "a")
	if p.Kind != "ask" || p.Reason.Code != "practice.keep" {
		t.Fatalf("a week later: %s, %s", p.Kind, p.Reason.Code)
	}
	again(s, who, p.Asked.Item, p.Asked.DrawN, 1, "", "right")
	if p := shows(s, who, "a"); p.Kind != "done" {
		t.Errorf("kept: %s", p.Kind)
	}
}

func codeOf(s *schooltest.School, id item.ID) string {
	for source, own := range s.IDs {
		if own == string(id) && len(source) > 5 && source[:5] == "item:" {
			return source[5:]
		}
	}
	s.T.Fatalf("no item %s", id)
	return ""
}

// again answers a try of a variant, in the practice of a skill when one is named.
func again(s *schooltest.School, who access.Actor, id item.ID, drawN, try int, within, how string) evening.AttemptOut {
	s.T.Helper()
	s.Now = s.Now.Add(time.Minute)
	n := schooltest.DrawnNumber(s, who, codeOf(s, id), drawN)
	box := map[string]int{"right": 2 * n, "other": 2*n + 1}[how]
	return schooltest.Do(s, evening.RecordAttempt, who, evening.RecordAttemptIn{Op: flow.Op{Op: schooltest.NewOp()}, Learner: who.Person, Item: id, Version: 1, DrawN: drawN, Try: try,
		Response: item.Response{Boxes: []string{strconv.Itoa(box)}}, Purpose: evidence.ForPractice, Context: within, HappenedMs: s.Now.UnixMilli()})
}

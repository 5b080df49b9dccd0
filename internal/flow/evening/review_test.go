package evening_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/flow/ledger"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/practice"
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

// Skill b rests on a. Who goes on using a in the practice of b is not asked a again as soon as who left both alone; both are
// asked once a week is over, because only its own answer shows that a skill is kept.
func TestPractice_UsingASkillPutsItsReviewOff(t *testing.T) {
	s := schooltest.New(t, 3)
	uses, rests, undone := s.Learners[0], s.Learners[1], s.Learners[2]
	for _, who := range s.Learners {
		secures(s, who, "a")
	}
	began := s.Now
	due := func(who access.Actor) bool {
		var n int
		s.Look(who, func(l *flow.Look) (err error) {
			n, err = evening.DueBeside(l, s.Skill("c"))
			return err
		})
		return n > 0
	}
	first := map[access.Actor]int{}
	for day := 1; day <= 8; day++ {
		s.Now = began.Add(time.Duration(day) * 24 * time.Hour)
		s.Answers(uses, "b-1", "right", day)
		out := s.Answers(undone, "b-1", "right", day)
		s.Happens(evidence.Fact{Learner: undone.Person, Kind: evidence.KindWithdrawal, Withdrawal: &evidence.Withdrawal{Fact: out.Fact, By: s.Okafor.Person, Reason: "Somebody else sat there."}})
		for _, who := range s.Learners {
			if first[who] == 0 && due(who) {
				first[who] = day
			}
		}
	}
	if first[rests] == 0 || first[uses] <= first[rests] || first[uses] > 8 {
		t.Errorf("asked again after %d days by whom who used it, %d by who did not", first[uses], first[rests])
	}
	if first[undone] != first[rests] {
		t.Errorf("asked again after %d days where what used it was taken out, after %d where nothing was", first[undone], first[rests])
	}
	if sum, err := ledger.Recompute(t.Context(), s.F, true); err != nil || len(sum.Different) > 0 {
		t.Errorf("recompute: %+v, %v", sum, err)
	}
}

// Mastered is a belief of .95 and two unaided rights on different items, the last answer among them: each clause alone is
// not enough, on the learner's own page.
func TestPractice_IsDoneWhenMasteredAndNotBefore(t *testing.T) {
	for name, c := range map[string]struct {
		answers []string // item and how; "help" is right at the second try
		done    bool
	}{
		"one item, again and again":   {[]string{"a-1 right", "a-1 right", "a-1 right", "a-1 right", "a-1 right"}, false},
		"two items, helped at last":   {[]string{"a-1 right", "a-2 right", "a-3 help"}, false},
		"two items and too many nots": {[]string{"a-1 other", "a-1 other", "a-2 other", "a-3 right", "a-4 right"}, false},
		"two items, the last alone":   {[]string{"a-1 right", "a-2 right", "a-3 right", "a-4 right"}, true},
	} {
		s := schooltest.New(t, 1)
		who, draws := s.Learners[0], map[string]int{}
		for _, a := range c.answers {
			code, how, _ := strings.Cut(a, " ")
			draws[code]++
			s.Now = s.Now.Add(time.Minute)
			if how != "help" {
				s.Answers(who, code, how, draws[code])
				continue
			}
			s.Answers(who, code, "other", draws[code])
			again(s, who, s.Item(code), draws[code], 2, "", "right")
		}
		p := shows(s, who, "a")
		if (p.Kind == practice.Done) != c.done || (p.Skill.Status == mastery.Secure) != c.done {
			t.Errorf("%s: %s, %s", name, p.Kind, p.Skill.Status)
		}
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

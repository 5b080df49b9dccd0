package period_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/store"
	"kith/internal/store/db"
)

// exitAnswer answers what an exit check asks first: right or as the mistake "add".
func exitAnswer(s *schooltest.School, who access.Actor, pile string, right bool) evening.RecordAttemptIn {
	s.T.Helper()
	asked := schooltest.Show(s, evening.Exit, who, evening.ExitIn{Pile: pile}).Asked[0]
	code := ""
	for name, id := range s.IDs {
		if id == string(asked.Item) {
			code = strings.TrimPrefix(name, "item:")
		}
	}
	n := schooltest.DrawnNumber(s, who, code, asked.DrawN)
	box := n + 2
	if right {
		box = 2 * n
	}
	return evening.RecordAttemptIn{Op: schooltest.Op(), Learner: who.Person, Item: item.ID(asked.Item), Version: asked.Version, DrawN: asked.DrawN, Try: 1,
		Response: item.Response{Boxes: []string{strconv.Itoa(box)}}, Purpose: evidence.ForExit, Context: pile, HappenedMs: s.Now.UnixMilli()}
}

func TestOpenExit_GoesToExactlyThatPile(t *testing.T) {
	s := newLesson(t)
	pile := pileOf(s, s.Learners[0])
	revs := map[int]int64{}
	for i, who := range s.Learners {
		_, revs[i] = heard(s, flow.LearnerTopic(string(who.Person)), 0)
	}
	if code := unseen(s, evening.Exit, s.Learners[0], evening.ExitIn{Pile: pile.ID}, fault.Conflict); code != "fault.exit.closed" {
		t.Error(code)
	}
	schooltest.Do(s, period.OpenExit, s.Okafor, period.PileIn{Op: schooltest.Op(), Pile: pile.ID})
	for i, who := range s.Learners {
		kinds, _ := heard(s, flow.LearnerTopic(string(who.Person)), revs[i])
		in := i < 3
		if now := schooltest.Show(s, period.Around, who, period.AroundIn{}).Now; now.Exit != in || slices.Contains(kinds, "exit") != in {
			t.Errorf("learner %d: told %v, exit %v", i, kinds, now.Exit)
		}
	}
	page := schooltest.Show(s, evening.Exit, s.Learners[0], evening.ExitIn{Pile: pile.ID})
	if page.Of != 2 || len(page.Asked) != 2 || page.Skill != "Skill B" || len(page.Asked[0].Ladder)+len(page.Asked[0].Scaffolds) != 0 {
		t.Errorf("%+v", page)
	}
	unseen(s, evening.Exit, s.Learners[3], evening.ExitIn{Pile: pile.ID}, fault.NotFound)
	unseen(s, evening.Exit, s.Okafor, evening.ExitIn{Pile: pile.ID}, fault.Forbidden)
	schooltest.Refused(s, period.OpenExit, s.Lin, period.PileIn{Op: schooltest.Op(), Pile: pile.ID}, fault.NotFound)
	schooltest.Refused(s, period.OpenExit, s.Learners[0], period.PileIn{Op: schooltest.Op(), Pile: pile.ID}, fault.Forbidden)
	if code := schooltest.Refused(s, period.OpenExit, s.Okafor, period.PileIn{Op: schooltest.Op(), Pile: pileOf(s, s.Learners[3]).ID}, fault.Conflict); code != "fault.exit.none" {
		t.Error(code)
	}
}

func TestOpenExit_BeforeTheLessonAndAfterItIsAConflict(t *testing.T) {
	s := newLesson(t)
	pile := pileOf(s, s.Learners[0]).ID
	schooltest.Do(s, period.EndDay, s.Okafor, period.StartDayIn{Op: schooltest.Op(), Class: s.Class})
	if code := schooltest.Refused(s, period.OpenExit, s.Okafor, period.PileIn{Op: schooltest.Op(), Pile: pile}, fault.Conflict); code != "fault.exit.over" {
		t.Error(code)
	}
}

func TestExit_OneTryMovesTheSkillAndThenOn(t *testing.T) {
	s := newLesson(t)
	who, pile := s.Learners[0], pileOf(s, s.Learners[0]).ID
	schooltest.Do(s, period.OpenExit, s.Okafor, period.PileIn{Op: schooltest.Op(), Pile: pile})
	first := exitAnswer(s, who, pile, false)
	out := schooltest.Do(s, evening.RecordAttempt, who, first)
	if out.Outcome != item.NotYet || !out.TriesEnd {
		t.Errorf("%+v", out)
	}
	again := first
	again.Op, again.Try = schooltest.Op(), 2
	if code := schooltest.Refused(s, evening.RecordAttempt, who, again, fault.Conflict); code != "fault.attempt.answered" {
		t.Error(code)
	}
	again.Try, again.DrawN = 1, first.DrawN+1
	schooltest.Refused(s, evening.RecordAttempt, who, again, fault.Conflict)
	before := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class}).Learners[0].Cells[1]
	second := exitAnswer(s, who, pile, true)
	if second.Item == first.Item {
		t.Fatal("the same item was asked twice")
	}
	schooltest.Do(s, evening.RecordAttempt, who, second)
	n := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class})
	if got := n.Piles[0].Members[0].Exit; !slices.Equal(got, []item.Outcome{item.NotYet, item.Right}) {
		t.Errorf("the teacher sees %v", got)
	}
	if after := n.Learners[0].Cells[1]; after.Shade < before.Shade {
		t.Errorf("a right answer moved the shade from %d to %d", before.Shade, after.Shade)
	}
	if p := schooltest.Show(s, evening.Exit, who, evening.ExitIn{Pile: pile}); len(p.Asked) != 0 || p.Done != 2 {
		t.Errorf("done: %+v", p)
	}
	if schooltest.Show(s, period.Around, who, period.AroundIn{}).Now.Exit {
		t.Error("the frame still asks for the exit check")
	}
}

// Whoever cannot do an exit item yet says so and goes on, without having to make an answer up; elsewhere there are hints for that.
func TestExit_TakesThatSomebodyCannotDoItYet(t *testing.T) {
	s := newLesson(t)
	who, pile := s.Learners[0], pileOf(s, s.Learners[0]).ID
	schooltest.Do(s, period.OpenExit, s.Okafor, period.PileIn{Op: schooltest.Op(), Pile: pile})
	in := exitAnswer(s, who, pile, true)
	in.Unlearned = true
	out := schooltest.Do(s, evening.RecordAttempt, who, in)
	if out.Outcome != item.NotYet || !out.TriesEnd || len(out.Solution) == 0 || len(out.Nudge) != 0 {
		t.Errorf("%+v", out)
	}
	kept := 0
	s.Look(who, func(l *flow.Look) error {
		facts, err := ledger.AttemptFacts(l, string(who.Person))
		for _, f := range facts {
			if a := f.Attempt; a != nil && f.ID == out.Fact {
				kept++
				if !a.Unlearned || len(a.Response.Boxes) != 0 || a.Outcome != item.NotYet {
					t.Errorf("the fact is %+v", *a)
				}
			}
		}
		return err
	})
	if kept != 1 {
		t.Errorf("%d facts", kept)
	}
	if got := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class}).Piles[0].Members[0].Exit; !slices.Equal(got, []item.Outcome{item.NotYet, ""}) {
		t.Errorf("the teacher sees %v", got)
	}
	in = exitAnswer(s, who, pile, true)
	in.Op, in.Unlearned, in.Purpose, in.Context = schooltest.Op(), true, evidence.ForPractice, ""
	schooltest.Refused(s, evening.RecordAttempt, who, in, fault.Invalid)
}

// An exit answer that was not right was ruled right, judged again by a later key, or taken out: the teacher sees what it is by now.
func TestNow_ShowsExitAnswersAsTheyStand(t *testing.T) {
	for name, c := range map[string]struct {
		said evidence.Fact
		want item.Outcome
	}{
		"ruled right":   {evidence.Fact{Kind: evidence.KindRuling, Ruling: &evidence.Ruling{Accepted: true, By: "t"}}, item.Right},
		"ruled not yet": {evidence.Fact{Kind: evidence.KindRuling, Ruling: &evidence.Ruling{By: "t"}}, item.NotYet},
		"judged again":  {evidence.Fact{Kind: evidence.KindRescoring, Rescoring: &evidence.Rescoring{ItemVersion: 2, Outcome: item.Right, By: "t"}}, item.Right},
		"taken out":     {evidence.Fact{Kind: evidence.KindWithdrawal, Withdrawal: &evidence.Withdrawal{By: "t", Reason: "shared tablet"}}, ""},
	} {
		s := newLesson(t)
		who, pile := s.Learners[0], pileOf(s, s.Learners[0]).ID
		schooltest.Do(s, period.OpenExit, s.Okafor, period.PileIn{Op: schooltest.Op(), Pile: pile})
		attempt := schooltest.Do(s, evening.RecordAttempt, who, exitAnswer(s, who, pile, false)).Fact
		said := c.said
		said.Learner = who.Person
		switch {
		case said.Ruling != nil:
			said.Ruling.Attempt = attempt
		case said.Rescoring != nil:
			said.Rescoring.Attempt = attempt
		default:
			said.Withdrawal.Fact = attempt
		}
		s.Happens(said)
		if got := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class}).Piles[0].Members[0].Exit[0]; got != c.want {
			t.Errorf("%s: the teacher sees %q, want %q", name, got, c.want)
		}
	}
}

func TestAround_DoesNotAskForAnExitItemThatWasTakenDown(t *testing.T) {
	s := newLesson(t)
	who, pile := s.Learners[0], pileOf(s, s.Learners[0])
	schooltest.Do(s, period.OpenExit, s.Okafor, period.PileIn{Op: schooltest.Op(), Pile: pile.ID})
	schooltest.Do(s, evening.RecordAttempt, who, exitAnswer(s, who, pile.ID, true))
	if !schooltest.Show(s, period.Around, who, period.AroundIn{}).Now.Exit {
		t.Fatal("one item is left")
	}
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.SetContentStatus(ctx, db.SetContentStatusParams{SchoolID: string(s.ID), ID: string(pile.As.Exit[1]), Status: "withdrawn"})
		return err
	})
	if p := schooltest.Show(s, evening.Exit, who, evening.ExitIn{Pile: pile.ID}); len(p.Asked) != 0 {
		t.Fatalf("asked %+v", p.Asked)
	}
	if schooltest.Show(s, period.Around, who, period.AroundIn{}).Now.Exit {
		t.Error("the frame asks for an exit check that has nothing left to ask")
	}
}

func TestExit_TakesOnlyThatPilesMembersAndItems(t *testing.T) {
	s := newLesson(t)
	pile := pileOf(s, s.Learners[0])
	closed := evening.RecordAttemptIn{Op: schooltest.Op(), Learner: s.Learners[0].Person, Item: pile.As.Exit[0], Version: 1, DrawN: 1, Try: 1, Response: item.Response{Boxes: []string{"8"}}, Purpose: evidence.ForExit, Context: pile.ID}
	if code := schooltest.Refused(s, evening.RecordAttempt, s.Learners[0], closed, fault.Conflict); code != "fault.exit.closed" {
		t.Error(code)
	}
	schooltest.Do(s, period.OpenExit, s.Okafor, period.PileIn{Op: schooltest.Op(), Pile: pile.ID})
	other := closed
	other.Op, other.Learner = schooltest.Op(), s.Learners[3].Person
	schooltest.Refused(s, evening.RecordAttempt, s.Learners[3], other, fault.NotFound)
	wrong := closed
	wrong.Op, wrong.Item = schooltest.Op(), s.Item("c-1")
	schooltest.Refused(s, evening.RecordAttempt, s.Learners[0], wrong, fault.NotFound)
	hinted := exitAnswer(s, s.Learners[0], pile.ID, true)
	hinted.Hints = 1
	schooltest.Refused(s, evening.RecordAttempt, s.Learners[0], hinted, fault.Conflict)
	schooltest.Do(s, period.EndDay, s.Okafor, period.StartDayIn{Op: schooltest.Op(), Class: s.Class})
	schooltest.Do(s, evening.RecordAttempt, s.Learners[1], exitAnswer(s, s.Learners[1], pile.ID, true)) // opened in the lesson, sent after it
}

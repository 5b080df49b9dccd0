package library_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"kith/internal/evidence"
	"kith/internal/flow/authoring"
	"kith/internal/flow/decision"
	"kith/internal/flow/evening"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/itemhealth"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Twenty learners meet a-1: four are right, sixteen make the mistake that is known. a-2 is met by nineteen.
func TestItems_SaysHowTheyDoOnceEnoughHaveMetThem(t *testing.T) {
	s := schooltest.New(t, itemhealth.Least)
	for i, who := range s.Learners {
		how := "add"
		if i%5 == 0 {
			how = "right"
		}
		s.Answers(who, "a-1", how, 1)
		if i > 0 {
			s.Answers(who, "a-2", "add", 1)
		}
	}
	s.Answers(s.Learners[0], "a-1", "add", 2) // met before: it does not count again
	load := func() map[item.ID]library.ItemDid {
		p := schooltest.Show(s, library.ItemsView, s.Okafor, library.ItemsIn{Class: s.Class, Unit: s.Given})
		if len(p.Skills) != 3 || p.Skills[0].Skill.Title != "Skill A" || p.Least != itemhealth.Least {
			t.Fatalf("%s", schooltest.MustJSON(p))
		}
		out := map[item.ID]library.ItemDid{}
		for _, sk := range p.Skills {
			for _, it := range sk.Items {
				out[it.Item] = it
			}
		}
		return out
	}
	did := load()
	first := did[s.Item("a-1")]
	if first.Learners != 20 || first.Right != 4 || len(first.Mistakes) != 1 || first.Mistakes[0].N != 16 || first.Unnamed != 0 {
		t.Errorf("a-1: %s", schooltest.MustJSON(first))
	}
	if len(first.Findings) != 2 || first.Findings[0].Kind != itemhealth.TooHard || first.Findings[1].Kind != itemhealth.SameTrap {
		t.Errorf("a-1: %s", schooltest.MustJSON(first.Findings))
	}
	if got := schooltest.Plain(first.Text); len(got) < len("What is twice ") {
		t.Errorf("a-1 reads %q", got)
	}
	if second := did[s.Item("a-2")]; second.Learners != 19 || len(second.Findings) != 0 {
		t.Errorf("a-2, which nineteen have met: %s", schooltest.MustJSON(second))
	}
	if third := did[s.Item("b-1")]; third.Learners != 0 {
		t.Errorf("b-1, which nobody has met: %s", schooltest.MustJSON(third))
	}

	// What a teacher took out of a learner's evidence does not count.
	var fact string
	rows, err := func() (rows []db.AttemptsOfRow, err error) {
		s.Write(func(ctx context.Context, tx *store.Tx) error {
			rows, err = tx.AttemptsOf(ctx, db.AttemptsOfParams{SchoolID: string(s.ID), LearnerID: string(s.Learners[1].Person)})
			return err
		})
		return rows, err
	}()
	if err != nil || len(rows) == 0 {
		t.Fatal(err, len(rows))
	}
	fact = rows[0].ID
	schooltest.Do(s, decision.WithdrawFact, s.Okafor, decision.WithdrawFactIn{Op: schooltest.Op(), Learner: s.Learners[1].Person, Fact: fact, Reason: "the tablet slipped"})
	if again := load()[s.Item("a-1")]; again.Learners != 19 || len(again.Findings) != 0 {
		t.Errorf("a-1 after one was taken out: %s", schooltest.MustJSON(again))
	}
}

// What waited counts once a teacher has looked: the last ruling, at the first meeting. What waits still is said, and while much does
// nothing is found.
func TestItems_CountsWhatATeacherLookedAt(t *testing.T) {
	s := schooltest.New(t, itemhealth.Least+3)
	made := schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: schooltest.Op(), Class: s.Class,
		Draft: authoring.Draft{Skill: s.Skill("a"), Kind: item.Long, Text: "Why is it twice as much?"}})
	var facts []string
	for i, who := range s.Learners {
		s.Now = s.Now.Add(time.Minute)
		facts = append(facts, schooltest.Do(s, evening.RecordAttempt, who, evening.RecordAttemptIn{Op: schooltest.Op(), Learner: who.Person, Item: made.Item, Version: 1, DrawN: 1, Try: 1,
			Purpose: evidence.ForPractice, TookMs: 90_000, Response: item.Response{Boxes: []string{fmt.Sprint("Because ", i)}}}).Fact)
	}
	load := func() library.ItemDid {
		for _, sk := range schooltest.Show(s, library.ItemsView, s.Okafor, library.ItemsIn{Class: s.Class, Unit: s.Given}).Skills {
			for _, it := range sk.Items {
				if it.Item == made.Item {
					return it
				}
			}
		}
		t.Fatal("the item is not there")
		return library.ItemDid{}
	}
	rule := func(right bool, which ...string) {
		for _, f := range which {
			schooltest.Do(s, decision.RuleAppeals, s.Okafor, decision.RuleAppealsIn{Op: schooltest.Op(), Class: s.Class, Attempts: []string{f}, Accepted: right, Word: "Look again?"})
		}
	}
	if did := load(); did.Learners != 0 || did.Waiting != len(facts) || did.Looked != 0 {
		t.Errorf("nobody has looked: %s", schooltest.MustJSON(did))
	}
	rule(false, facts[:16]...)
	rule(true, facts[16:20]...)
	did := load()
	if did.Learners != 20 || did.Looked != 20 || did.Right != 4 || did.Accepted != 0 || did.Waiting != 3 || did.Unnamed != 0 || did.MedianS != 90 {
		t.Errorf("twenty were looked at: %s", schooltest.MustJSON(did))
	}
	if len(did.Findings) != 0 {
		t.Errorf("three of twenty-three wait, so nothing is known: %s", schooltest.MustJSON(did.Findings))
	}
	rule(false, facts[20:]...)
	if did = load(); did.Waiting != 0 || did.Learners != 23 || len(did.Findings) != 1 || did.Findings[0].Kind != itemhealth.TooHard {
		t.Errorf("all were looked at: %s", schooltest.MustJSON(did))
	}
}

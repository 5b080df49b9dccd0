package library_test

import (
	"context"
	"testing"

	"kith/internal/flow/decision"
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

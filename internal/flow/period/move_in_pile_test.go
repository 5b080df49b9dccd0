package period_test

import (
	"context"
	"slices"
	"testing"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/period"
	"kith/internal/flow/schooltest"
	"kith/internal/store"
	"kith/internal/store/db"
)

// start is what the verb of class time does to the row.
func start(s *schooltest.School, day string) {
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.StartClassDay(ctx, db.StartClassDayParams{SchoolID: string(s.ID), ID: day, StartedMs: tx.Now})
		return err
	})
}

func TestMoveInPile_PutsANameInExactlyOnePileAndTellsBoth(t *testing.T) {
	s := fourLearners(t)
	schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class})
	d := day(s)
	who, to := s.Learners[0].Person, d.Piles[2]
	before := s.Revs(flow.ClassTopic(string(s.Class)), flow.LearnerTopic(string(who)))
	schooltest.Do(s, period.MoveInPile, s.Okafor, period.MoveInPileIn{Op: flow.Op{Op: schooltest.NewOp()}, Day: d.ID, Learner: who, Pile: to.ID})
	seen := 0
	for _, p := range day(s).Piles {
		for _, m := range p.Members {
			if m.ID == who {
				seen++
				if p.ID != to.ID || !m.Moved {
					t.Errorf("stands in %s, moved=%v", p.Kind, m.Moved)
				}
			}
		}
	}
	if seen != 1 {
		t.Errorf("stands in %d piles", seen)
	}
	for topic, rev := range s.Revs(flow.ClassTopic(string(s.Class)), flow.LearnerTopic(string(who))) {
		if rev != before[topic]+1 {
			t.Errorf("%s was told %d times", topic, rev-before[topic])
		}
	}
}

func TestMoveInPile_Refuses(t *testing.T) {
	s := fourLearners(t)
	schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class})
	d := day(s)
	in := period.MoveInPileIn{Op: flow.Op{Op: schooltest.NewOp()}, Day: d.ID, Learner: s.Learners[0].Person, Pile: d.Piles[1].ID}
	schooltest.Refused(s, period.MoveInPile, s.Lin, in, fault.NotFound)
	schooltest.Refused(s, period.MoveInPile, s.Learners[1], in, fault.Forbidden)
	stranger := in
	stranger.Op, stranger.Learner = flow.Op{Op: schooltest.NewOp()}, s.Lin.Person
	schooltest.Refused(s, period.MoveInPile, s.Okafor, stranger, fault.NotFound)
	old := in
	old.Op, old.Pile = flow.Op{Op: schooltest.NewOp()}, schooltest.NewOp()
	if code := schooltest.Refused(s, period.MoveInPile, s.Okafor, old, fault.Conflict); code != "fault.day.piles_changed" {
		t.Error(code)
	}
}

func TestSetPilePlace_StaysWhenPilesAreMadeAnew(t *testing.T) {
	s := fourLearners(t)
	schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class})
	p := day(s).Piles[0]
	schooltest.Do(s, period.SetPilePlace, s.Okafor, period.SetPilePlaceIn{Op: flow.Op{Op: schooltest.NewOp()}, Pile: p.ID, Place: "  by the   window "})
	schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class})
	piles := day(s).Piles
	at := slices.IndexFunc(piles, func(x period.DayPile) bool { return x.Place == "by the window" })
	if at < 0 || piles[at].As.Key != p.As.Key || piles[at].Where.Code != "pile.place" || piles[1].Where.Code != "pile.table" {
		t.Errorf("places: %s", schooltest.MustJSON(piles))
	}
	schooltest.Refused(s, period.SetPilePlace, s.Okafor, period.SetPilePlaceIn{Op: flow.Op{Op: schooltest.NewOp()}, Pile: piles[at].ID, Place: "   "}, fault.Invalid)
	schooltest.Refused(s, period.SetPilePlace, s.Lin, period.SetPilePlaceIn{Op: flow.Op{Op: schooltest.NewOp()}, Pile: piles[at].ID, Place: "9"}, fault.NotFound)
}

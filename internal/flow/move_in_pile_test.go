package flow

import (
	"context"
	"slices"
	"testing"

	"kith/internal/fault"
	"kith/internal/store"
	"kith/internal/store/db"
)

// start is what the verb of class time does to the row.
func (s *school) start(day string) {
	s.write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.StartClassDay(ctx, db.StartClassDayParams{SchoolID: string(s.id), ID: day, StartedMs: tx.Now})
		return err
	})
}

func TestMoveInPile_PutsANameInExactlyOnePileAndTellsBoth(t *testing.T) {
	s := fourLearners(t)
	do(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class})
	d := s.today()
	who, to := s.learners[0].Person, d.Piles[2]
	before := s.revs(ClassTopic(string(s.class)), LearnerTopic(string(who)))
	do(s, MoveInPile, s.okafor, MoveInPileIn{Op: Op{newOp()}, Day: d.ID, Learner: who, Pile: to.ID})
	seen := 0
	for _, p := range s.today().Piles {
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
	for topic, rev := range s.revs(ClassTopic(string(s.class)), LearnerTopic(string(who))) {
		if rev != before[topic]+1 {
			t.Errorf("%s was told %d times", topic, rev-before[topic])
		}
	}
}

func TestMoveInPile_Refuses(t *testing.T) {
	s := fourLearners(t)
	do(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class})
	d := s.today()
	in := MoveInPileIn{Op: Op{newOp()}, Day: d.ID, Learner: s.learners[0].Person, Pile: d.Piles[1].ID}
	refused(s, MoveInPile, s.lin, in, fault.NotFound)
	refused(s, MoveInPile, s.learners[1], in, fault.Forbidden)
	stranger := in
	stranger.Op, stranger.Learner = Op{newOp()}, s.lin.Person
	refused(s, MoveInPile, s.okafor, stranger, fault.NotFound)
	old := in
	old.Op, old.Pile = Op{newOp()}, newOp()
	if code := refused(s, MoveInPile, s.okafor, old, fault.Conflict); code != "fault.day.piles_changed" {
		t.Error(code)
	}
}

func TestSetPilePlace_StaysWhenPilesAreMadeAnew(t *testing.T) {
	s := fourLearners(t)
	do(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class})
	p := s.today().Piles[0]
	do(s, SetPilePlace, s.okafor, SetPilePlaceIn{Op: Op{newOp()}, Pile: p.ID, Place: "  by the   window "})
	do(s, PlanDay, s.okafor, PlanDayIn{Op: Op{newOp()}, Class: s.class})
	piles := s.today().Piles
	at := slices.IndexFunc(piles, func(x DayPile) bool { return x.Place == "by the window" })
	if at < 0 || piles[at].As.Key != p.As.Key || piles[at].Where.Code != "pile.place" || piles[1].Where.Code != "pile.table" {
		t.Errorf("places: %s", mustJSON(piles))
	}
	refused(s, SetPilePlace, s.okafor, SetPilePlaceIn{Op: Op{newOp()}, Pile: piles[at].ID, Place: "   "}, fault.Invalid)
	refused(s, SetPilePlace, s.lin, SetPilePlaceIn{Op: Op{newOp()}, Pile: piles[at].ID, Place: "9"}, fault.NotFound)
}

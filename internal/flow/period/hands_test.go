package period_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/flow/schooltest"
	"kith/internal/store"
	"kith/internal/store/db"
)

func TestRaiseHand_OneAtATimeWithWhereTheyWere(t *testing.T) {
	s := newLesson(t)
	who := s.Learners[0]
	schooltest.Do(s, period.RaiseHand, who, period.RaiseHandIn{Op: schooltest.Op(), Line: "  Why  is it 12? ", Page: "practice", Skill: s.Skill("a")})
	h := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class}).Hands
	if len(h) != 1 || h[0].Line != "Why is it 12?" || h[0].Page != "practice" || h[0].Title != "Skill A" || h[0].Name != "L01 N." {
		t.Fatalf("%+v", h)
	}
	if code := schooltest.Refused(s, period.RaiseHand, who, period.RaiseHandIn{Op: schooltest.Op(), Line: "And 13?"}, fault.Conflict); code != "fault.hand.up" {
		t.Error(code)
	}
	schooltest.Refused(s, period.RaiseHand, s.Learners[1], period.RaiseHandIn{Op: schooltest.Op(), Line: "   "}, fault.Invalid)
	schooltest.Refused(s, period.RaiseHand, s.Learners[1], period.RaiseHandIn{Op: schooltest.Op(), Line: strings.Repeat("ü", 141)}, fault.Invalid)
	schooltest.Refused(s, period.RaiseHand, s.Okafor, period.RaiseHandIn{Op: schooltest.Op(), Line: "me"}, fault.Forbidden)
	schooltest.Do(s, period.RaiseHand, s.Learners[1], period.RaiseHandIn{Op: schooltest.Op(), Line: strings.Repeat("ü", 140)})
	schooltest.Do(s, period.RaiseHand, who, period.RaiseHandIn{Op: schooltest.Op(), Down: true})
	if h := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class}).Hands; len(h) != 1 || h[0].Learner != s.Learners[1].Person {
		t.Errorf("after lowering: %+v", h)
	}
	schooltest.Do(s, period.RaiseHand, who, period.RaiseHandIn{Op: schooltest.Op(), Line: "And 13?"})
}

func TestHands_OldestFirstAndOnlyTheirOwnersAndTeachersLowerThem(t *testing.T) {
	s := newLesson(t)
	var ids []string
	for i := range 3 {
		s.Now = s.Now.Add(time.Minute)
		ids = append(ids, schooltest.Do(s, period.RaiseHand, s.Learners[2-i], period.RaiseHandIn{Op: schooltest.Op(), Line: "Help"}).Hand)
	}
	hands := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class}).Hands
	if len(hands) != 3 || hands[0].ID != ids[0] || hands[2].ID != ids[2] {
		t.Errorf("order %+v, raised %v", hands, ids)
	}
	schooltest.Refused(s, period.ResolveHelp, s.Learners[0], period.HelpIn{Op: schooltest.Op(), Hand: ids[0]}, fault.Forbidden) // a classmate's
	schooltest.Refused(s, period.ResolveHelp, s.Lin, period.HelpIn{Op: schooltest.Op(), Hand: ids[0]}, fault.NotFound)
	schooltest.Refused(s, period.ClaimHelp, s.Lin, period.HelpIn{Op: schooltest.Op(), Hand: ids[0]}, fault.NotFound)
	schooltest.Refused(s, period.ClaimHelp, s.Learners[2], period.HelpIn{Op: schooltest.Op(), Hand: ids[0]}, fault.Forbidden)
	schooltest.Do(s, period.ResolveHelp, s.Learners[2], period.HelpIn{Op: schooltest.Op(), Hand: ids[0]})
	schooltest.Do(s, period.ClaimHelp, s.Okafor, period.HelpIn{Op: schooltest.Op(), Hand: ids[1]})
	if hand := schooltest.Show(s, period.Around, s.Learners[1], period.AroundIn{}).Hand; hand.State != "coming" {
		t.Errorf("the learner reads %+v", hand)
	}
	if kinds, _ := heard(s, flow.LearnerTopic(string(s.Learners[1].Person)), 0); !slices.Equal(kinds[len(kinds)-2:], []string{"hand", "hand"}) {
		t.Errorf("heard %v", kinds)
	}
	schooltest.Do(s, period.ResolveHelp, s.Okafor, period.HelpIn{Op: schooltest.Op(), Hand: ids[1]})
	if code := schooltest.Refused(s, period.ClaimHelp, s.Okafor, period.HelpIn{Op: schooltest.Op(), Hand: ids[1]}, fault.Conflict); code != "fault.hand.down" {
		t.Error(code)
	}
	if h := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class}).Hands; len(h) != 1 || h[0].ID != ids[2] {
		t.Errorf("left: %+v", h)
	}
}

func TestClaimHelp_TwoTeachersAtOnceAndOneIsComing(t *testing.T) {
	s := newLesson(t)
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		return tx.Enroll(ctx, db.EnrollParams{SchoolID: string(s.ID), ClassID: string(s.Class), PersonID: string(s.Lin.Person), Role: "teacher", StartedOn: "2026-09-01", StartedMs: 1})
	})
	hand := schooltest.Do(s, period.RaiseHand, s.Learners[0], period.RaiseHandIn{Op: schooltest.Op(), Line: "Help"}).Hand
	teachers := []access.Actor{s.Okafor, s.Lin}
	errs := make([]error, len(teachers))
	var all sync.WaitGroup
	for i, who := range teachers {
		all.Go(func() {
			_, errs[i] = flow.Run(t.Context(), s.F, period.ClaimHelp, who, period.HelpIn{Op: schooltest.Op(), Hand: hand})
		})
	}
	all.Wait()
	winner := slices.Index(errs, nil)
	if winner < 0 || !fault.Is(errs[1-winner], fault.Conflict) {
		t.Fatalf("%v", errs)
	}
	name := []string{"Emeka Okafor", "Mei Lin"}[winner]
	if said := fault.Said(errs[1-winner]); said.Code != "fault.hand.claimed" || said.Args["name"] != name {
		t.Errorf("the other reads %+v, %s is coming", said, name)
	}
	if h := schooltest.Show(s, period.Now, teachers[winner], library.ClassIn{Class: s.Class}).Hands[0]; !h.Coming || !h.Mine || h.By != name {
		t.Errorf("%+v", h)
	}
	schooltest.Do(s, period.ClaimHelp, teachers[winner], period.HelpIn{Op: schooltest.Op(), Hand: hand}) // again changes nothing
}

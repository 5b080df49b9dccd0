package period_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/flow/schooltest"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

func TestStartDay_TellsEachLearnerWhereToGoAndWithWhom(t *testing.T) {
	s := newLesson(t)
	for i, who := range s.Learners {
		kinds, _ := heard(s, flow.LearnerTopic(string(who.Person)), 0)
		if n := len(kinds); n == 0 || kinds[n-1] != "day" {
			t.Errorf("learner %d heard %v", i, kinds)
		}
		now := schooltest.Show(s, period.Around, who, period.AroundIn{}).Now
		if now == nil || now.Class != "7B" || now.Teacher != "Emeka Okafor" || now.Place.Code != "pile.table" {
			t.Fatalf("learner %d: %+v", i, now)
		}
	}
	with := schooltest.Show(s, period.Around, s.Learners[0], period.AroundIn{}).Now.With
	if len(with) != 2 || with[0].ID != s.Learners[1].Person || with[1].ID != s.Learners[2].Person {
		t.Errorf("sits with %+v", with)
	}
}

func TestStartDay_TwiceChangesNothingAndOthersCannot(t *testing.T) {
	s := newLesson(t)
	_, rev := heard(s, flow.ClassTopic(string(s.Class)), 0)
	if out := schooltest.Do(s, period.StartDay, s.Okafor, period.StartDayIn{Op: schooltest.Op(), Class: s.Class}); !out.Kept {
		t.Error("a running lesson was started again")
	}
	if kinds, _ := heard(s, flow.ClassTopic(string(s.Class)), rev); len(kinds) != 0 {
		t.Errorf("announced %v", kinds)
	}
	schooltest.Refused(s, period.StartDay, s.Lin, period.StartDayIn{Op: schooltest.Op(), Class: s.Class}, fault.NotFound)
	schooltest.Refused(s, period.StartDay, s.Learners[0], period.StartDayIn{Op: schooltest.Op(), Class: s.Class}, fault.Forbidden)
}

func TestStartDay_PlacesWhoJoinedAfterThePilesWereMade(t *testing.T) {
	s := schooltest.New(t, 3)
	schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: schooltest.Op(), Class: s.Class})
	people1(s, "Zoe")
	if got := day(s).Unplaced; len(got) != 1 {
		t.Fatalf("before: %+v", got)
	}
	schooltest.Do(s, period.StartDay, s.Okafor, period.StartDayIn{Op: schooltest.Op(), Class: s.Class})
	d := day(s)
	if len(d.Unplaced) != 0 {
		t.Errorf("left standing: %+v", d.Unplaced)
	}
	if r := schooltest.Show(s, period.Room, s.Okafor, library.ClassIn{Class: s.Class}); seated(r) != 4 {
		t.Errorf("the room seats %d of 4: %+v", seated(r), r.Places)
	}
}

// people1 puts one more learner into 7B.
func people1(s *schooltest.School, given string) access.Actor {
	p := access.Actor{School: s.ID, Person: roster.PersonID(schooltest.NewOp()), Role: roster.Learner}
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddPerson(ctx, db.AddPersonParams{SchoolID: string(s.ID), ID: string(p.Person), Role: "learner", Given: given, Family: "New", NameFold: strings.ToLower(given), Settings: "{}", CreatedMs: tx.Now}); err != nil {
			return err
		}
		return tx.Enroll(ctx, db.EnrollParams{SchoolID: string(s.ID), ClassID: string(s.Class), PersonID: string(p.Person), Role: "learner", StartedOn: "2026-09-01", StartedMs: 1})
	})
	return p
}

func TestEndDay_ForgetsWhereLearnersWereAndKeepsHands(t *testing.T) {
	s := newLesson(t)
	schooltest.Do(s, period.SetPresence, s.Learners[0], period.SetPresenceIn{Op: schooltest.Op(), Page: "practice", Skill: s.Skill("a")})
	schooltest.Do(s, period.RaiseHand, s.Learners[0], period.RaiseHandIn{Op: schooltest.Op(), Line: "Why double?"})
	schooltest.Do(s, period.EndDay, s.Okafor, period.StartDayIn{Op: schooltest.Op(), Class: s.Class})
	n := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class})
	if n.State != period.DayOver || len(n.Hands) != 1 || n.Learners[0].SeenMs != 0 {
		t.Errorf("over: %s, %d hands, seen %d", n.State, len(n.Hands), n.Learners[0].SeenMs)
	}
	if now := schooltest.Show(s, period.Around, s.Learners[0], period.AroundIn{}).Now; now != nil {
		t.Errorf("still sent to %+v", now)
	}
	schooltest.Do(s, period.StartDay, s.Okafor, period.StartDayIn{Op: schooltest.Op(), Class: s.Class})
	if n := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class}); n.State != period.DayRunning || n.Learners[0].SeenMs != 0 {
		t.Errorf("taken up again: %s, seen %d", n.State, n.Learners[0].SeenMs)
	}
}

func TestEndDay_BeforeItStartedIsAConflict(t *testing.T) {
	s := schooltest.New(t, 2)
	if code := schooltest.Refused(s, period.EndDay, s.Okafor, period.StartDayIn{Op: schooltest.Op(), Class: s.Class}, fault.Conflict); code != "fault.day.not_started" {
		t.Error(code)
	}
	schooltest.Refused(s, period.EndDay, s.Lin, period.StartDayIn{Op: schooltest.Op(), Class: s.Class}, fault.NotFound)
}

func TestSetPresence_OnlyWhileALessonRuns(t *testing.T) {
	s := newLesson(t)
	at := period.SetPresenceIn{Page: "practice", Skill: s.Skill("a")}
	_, rev := heard(s, flow.ClassTopic(string(s.Class)), 0)
	beat := func() bool {
		at.Op = schooltest.Op()
		return schooltest.Do(s, period.SetPresence, s.Learners[0], at).Running
	}
	if !beat() || !beat() {
		t.Fatal("not running")
	}
	if kinds, _ := heard(s, flow.ClassTopic(string(s.Class)), rev); !slices.Equal(kinds, []string{"presence"}) {
		t.Errorf("a second beat from the same place is no news: %v", kinds)
	}
	if w := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class}).Learners[0]; w.Page != "practice" || w.Title != "Skill A" || w.SeenMs != s.Now.UnixMilli() {
		t.Errorf("%+v", w)
	}
	s.Now = s.Now.Add(period.RunsMost * time.Millisecond) // nobody ended it: it is evening
	if beat() {
		t.Error("presence was kept in the evening")
	}
	if n := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class}); n.State != period.DayOver || n.Learners[0].SeenMs != 0 {
		t.Errorf("%s, seen %d", n.State, n.Learners[0].SeenMs)
	}
	bad := period.SetPresenceIn{Op: schooltest.Op(), Page: "practice", Skill: skill.ID(schooltest.NewOp())}
	s.Now = s.Now.Add(-time.Hour)
	schooltest.Refused(s, period.SetPresence, s.Learners[0], bad, fault.NotFound)
	schooltest.Refused(s, period.SetPresence, s.Okafor, period.SetPresenceIn{Op: schooltest.Op(), Page: "now"}, fault.Forbidden)
}

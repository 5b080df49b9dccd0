package period_test

import (
	"slices"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/flow/schooltest"
	"kith/internal/mastery"
)

// newLesson is a school of five learners whose lesson of skill b, a film, has begun: 0, 1 and 2 met the same mistake and
// sit together, 3 carries on, 4 has not seen the film.
func newLesson(t *testing.T) *schooltest.School {
	t.Helper()
	s := schooltest.New(t, 5)
	s.Invite("l2", "2026-11-24", "09:00")
	for i, who := range s.Learners[:4] {
		how := "add"
		if i == 3 {
			how = "right"
		}
		s.Watches(who, "l2", 0, 100)
		s.Answers(who, "b-1", how, 1)
		s.Answers(who, "b-2", how, 1)
	}
	s.Now = s.Now.Add(30 * time.Minute)
	schooltest.Do(s, period.StartDay, s.Okafor, period.StartDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class})
	return s
}

func day(s *schooltest.School) (d period.Day) {
	s.Look(s.Okafor, func(l *flow.Look) (err error) {
		d, err = period.DayNow(l, s.Class)
		return err
	})
	return d
}

// pileOf is the pile that a learner is in.
func pileOf(s *schooltest.School, who access.Actor) period.DayPile {
	s.T.Helper()
	for _, p := range day(s).Piles {
		if slices.ContainsFunc(p.Members, func(m period.PileMember) bool { return m.ID == who.Person }) {
			return p
		}
	}
	s.T.Fatalf("%s is in no pile", who.Person)
	return period.DayPile{}
}

// heard are the kinds of the events of a topic after a rev, checking that revs rise by one.
func heard(s *schooltest.School, topic string, after int64) (kinds []string, rev int64) {
	s.T.Helper()
	rows, err := s.F.LiveAfter(s.T.Context(), string(s.ID), topic, after, 100)
	if err != nil {
		s.T.Fatal(err)
	}
	rev = after
	for _, r := range rows {
		if r.Rev != rev+1 {
			s.T.Errorf("%s: rev %d after %d", topic, r.Rev, rev)
		}
		rev = r.Rev
		kinds = append(kinds, r.Kind)
	}
	return kinds, rev
}

// unseen asks for a view that must be refused with a kind, and gives the phrase's code.
func unseen[I, O any](s *schooltest.School, v flow.View[I, O], who access.Actor, in I, kind fault.Kind) string {
	s.T.Helper()
	_, err := flow.Show(s.T.Context(), s.F, v, who, in)
	if !fault.Is(err, kind) {
		s.T.Fatalf("%s: got %v, want %s", v.Name, err, kind)
	}
	return fault.Said(err).Code
}

func TestNow_ShowsTheGridInShadesAndPilesWithMembers(t *testing.T) {
	s := newLesson(t)
	n := schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class})
	if n.State != period.DayRunning || n.Class.Name != "7B" || n.Lesson != "Doubling on film" || len(n.Skills) != 3 || len(n.Learners) != 5 {
		t.Fatalf("%s %q %d skills %d learners", n.State, n.Lesson, len(n.Skills), len(n.Learners))
	}
	if n.Skills[0].Lesson || !n.Skills[1].Lesson {
		t.Errorf("today's lesson: %+v", n.Skills)
	}
	if c := n.Learners[0].Cells; c[1].Status != mastery.Growing || c[1].Shade < 1 || c[2].Shade != 0 || c[2].Status != mastery.NotStarted {
		t.Errorf("cells %+v", c)
	}
	if p := n.Piles[0]; p.Kind != classroom.Sit || p.Title != "Skill B" || len(p.Members) != 3 || p.Items != 2 || p.Members[0].Exit[0] != "" {
		t.Errorf("pile %+v", p)
	}
	if len(n.Company) != 0 {
		t.Errorf("what was answered before the lesson says nothing today: %+v", n.Company)
	}
	unseen(s, period.Now, s.Lin, library.ClassIn{Class: s.Class}, fault.NotFound)
}

func TestNow_SaysWhoMightWantCompanyForTodaysLessonOnly(t *testing.T) {
	s := newLesson(t)
	for draw := 2; draw <= 4; draw++ {
		s.Answers(s.Learners[0], "b-1", "add", draw)
	}
	for draw := 1; draw <= 4; draw++ {
		s.Answers(s.Learners[1], "c-1", "add", draw) // not today's lesson
	}
	c := wantsCompany(s)
	if len(c) != 1 || c[0].Learner != s.Learners[0].Person || c[0].Reason.Code != "company.mistake" || c[0].Reason.Args["n"] != 5 || c[0].Title != "Skill B" {
		t.Fatalf("%+v", c)
	}
	// the evidence of another evening counts, since what is asked is whether they get there: b-1 was met before this lesson
	if last := c[0].More[len(c[0].More)-1]; last.Code != "company.beneath" || last.Args["skill"] != "Skill A" {
		t.Errorf("what it rests on: %+v", c[0].More)
	}
	schooltest.Do(s, period.EndDay, s.Okafor, period.StartDayIn{Op: schooltest.Op(), Class: s.Class})
	if got := wantsCompany(s); len(got) != 0 {
		t.Errorf("after the lesson: %+v", got)
	}
}

func wantsCompany(s *schooltest.School) []period.NowCompany {
	return schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class}).Company
}

// Two not-yets cannot be told from a slow start; a right answer says that they are on their way.
func TestNow_SaysNothingOfCompanyBelowTheFloorOrAfterARightAnswer(t *testing.T) {
	s := newLesson(t)
	who := s.Learners[4] // who has answered nothing yet
	for draw := 1; draw <= 2; draw++ {
		s.Answers(who, "b-2", "add", draw)
	}
	if got := wantsCompany(s); len(got) != 0 {
		t.Errorf("after two: %+v", got)
	}
	for draw := 3; draw <= 5; draw++ {
		s.Answers(who, "b-2", "other", draw)
	}
	if got := wantsCompany(s); len(got) != 1 || got[0].Reason.Code != "company.tries" || got[0].Reason.Args["n"] != 5 {
		t.Errorf("after five: %+v", got)
	}
	s.Answers(who, "b-2", "right", 6)
	if got := wantsCompany(s); len(got) != 0 {
		t.Errorf("after a right one: %+v", got)
	}
}

func TestNow_SaysNothingOfCompanyForWhatWasTakenBack(t *testing.T) {
	s := newLesson(t)
	who := s.Learners[4]
	for draw := 1; draw <= 4; draw++ {
		s.Answers(who, "b-2", "add", draw)
	}
	if len(wantsCompany(s)) != 1 {
		t.Fatal("four tries with one mistake say nothing")
	}
	var ids []string
	s.Look(who, func(l *flow.Look) error {
		facts, err := ledger.AttemptFacts(l, string(who.Person))
		for _, f := range facts {
			ids = append(ids, f.ID)
		}
		return err
	})
	for _, id := range ids[len(ids)-3:] {
		s.Happens(evidence.Fact{Learner: who.Person, Kind: evidence.KindWithdrawal, Withdrawal: &evidence.Withdrawal{Fact: id, By: s.Okafor.Person, Reason: "shared tablet"}})
	}
	if got := wantsCompany(s); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestSatTogether_OnceForAPileAndBothSeeIt(t *testing.T) {
	s := newLesson(t)
	pile := pileOf(s, s.Learners[0]).ID
	if out := schooltest.Do(s, period.SatTogether, s.Okafor, period.SatTogetherIn{Op: schooltest.Op(), Pile: pile, Learner: s.Learners[1].Person}); out.Recorded != 1 {
		t.Errorf("one learner: %+v", out)
	}
	if out := schooltest.Do(s, period.SatTogether, s.Okafor, period.SatTogetherIn{Op: schooltest.Op(), Pile: pile}); out.Recorded != 2 {
		t.Errorf("the others of the pile: %+v", out)
	}
	for _, m := range schooltest.Show(s, period.Now, s.Okafor, library.ClassIn{Class: s.Class}).Piles[0].Members {
		if !m.Sat {
			t.Errorf("%s: not seen by the teacher", m.Name)
		}
	}
	now := schooltest.Show(s, period.Around, s.Learners[0], period.AroundIn{}).Now
	home := schooltest.Show(s, evening.Home, s.Learners[0], struct{}{})
	if !now.Sat || home.Met == nil || home.Met.By != "Emeka Okafor" {
		t.Errorf("not seen by the learner: %+v %+v", now, home.Met)
	}
	if kinds, _ := heard(s, flow.LearnerTopic(string(s.Learners[2].Person)), 0); kinds[len(kinds)-1] != "meeting" {
		t.Errorf("heard %v", kinds)
	}
	if out := schooltest.Do(s, period.SatTogether, s.Okafor, period.SatTogetherIn{Op: schooltest.Op(), Pile: pile, Learner: s.Learners[0].Person, Undo: true}); out.Recorded != 1 {
		t.Errorf("undo: %+v", out)
	}
	home = schooltest.Show(s, evening.Home, s.Learners[0], struct{}{})
	if schooltest.Show(s, period.Around, s.Learners[0], period.AroundIn{}).Now.Sat || home.Met != nil {
		t.Errorf("taken back, and still there: %+v", home.Met)
	}
	schooltest.Refused(s, period.SatTogether, s.Okafor, period.SatTogetherIn{Op: schooltest.Op(), Pile: pile, Learner: s.Learners[3].Person}, fault.NotFound)
	schooltest.Refused(s, period.SatTogether, s.Lin, period.SatTogetherIn{Op: schooltest.Op(), Pile: pile}, fault.NotFound)
	schooltest.Refused(s, period.SatTogether, s.Learners[0], period.SatTogetherIn{Op: schooltest.Op(), Pile: pile}, fault.Forbidden)
}

func TestLive_AClassHearsItsLessonOnceAndInOrder(t *testing.T) {
	s := schooltest.New(t, 2)
	who := s.Learners[0]
	_, rev := heard(s, flow.ClassTopic(string(s.Class)), 0)
	schooltest.Do(s, period.StartDay, s.Okafor, period.StartDayIn{Op: schooltest.Op(), Class: s.Class})
	raise := period.RaiseHandIn{Op: schooltest.Op(), Line: "Help"}
	hand := schooltest.Do(s, period.RaiseHand, who, raise).Hand
	schooltest.Do(s, period.RaiseHand, who, raise) // the same op again: nothing happens twice
	schooltest.Do(s, period.ClaimHelp, s.Okafor, period.HelpIn{Op: schooltest.Op(), Hand: hand})
	schooltest.Do(s, period.ResolveHelp, s.Okafor, period.HelpIn{Op: schooltest.Op(), Hand: hand})
	schooltest.Do(s, period.EndDay, s.Okafor, period.StartDayIn{Op: schooltest.Op(), Class: s.Class})
	kinds, _ := heard(s, flow.ClassTopic(string(s.Class)), rev)
	if want := []string{"day", "hand", "hand", "hand", "day"}; !slices.Equal(kinds, want) {
		t.Errorf("heard %v, want %v", kinds, want)
	}
	if kinds, _ := heard(s, flow.LearnerTopic(string(s.Learners[1].Person)), 0); !slices.Equal(kinds, []string{"day", "day"}) {
		t.Errorf("a classmate heard %v", kinds)
	}
}

package evening_test

import (
	"context"
	"reflect"
	"testing"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/flow/standing"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/plan"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// checkAnswer is the answer to what a check asks.
func checkAnswer(s *schooltest.Evening, p evening.CheckPage, how string) evening.AnswerCheckIn {
	in := evening.AnswerCheckIn{Mine: mine(s), ClassUnit: s.ClassUnit, Sitting: p.Sitting, Item: p.Asked.Item, Version: p.Asked.Version, DrawN: p.Asked.DrawN, TookMs: 8000}
	if how == "unlearned" {
		in.Unlearned = true
	} else {
		in.Response = s.Answer(s.Amina, p.Asked.Item, p.Asked.DrawN, how)
	}
	return in
}

func mine(s *schooltest.Evening) flow.Mine {
	return flow.Mine{Op: schooltest.Op(), Learner: s.Amina.Person}
}

// check goes through a sitting of the check; how tells the answer by the skill that is asked.
func check(s *schooltest.Evening, how func(n int) string) evening.CheckPage {
	s.T.Helper()
	p := schooltest.Do(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	for n := 0; p.State == evening.CheckAsking; n++ {
		if n > 12 {
			s.T.Fatal("more than twelve questions in a sitting")
		}
		p = schooltest.Do(s, evening.AnswerCheck, s.Amina, checkAnswer(s, p, how(n))).CheckPage
	}
	return p
}

func openProposal(s *schooltest.Evening) (row db.Proposal, ok bool) {
	s.T.Helper()
	err := s.F.Store().Read(s.T.Context(), func(ctx context.Context, q *db.Queries) (err error) {
		row, ok, err = store.Optional(q.OpenProposal(ctx, db.OpenProposalParams{SchoolID: string(s.ID), LearnerID: string(s.Amina.Person), ClassUnitID: s.ClassUnit}))
		return err
	})
	if err != nil {
		s.T.Fatal(err)
	}
	return row, ok
}

func TestCheck_AsksTypedItemsFirstAndShowsNoVerdict(t *testing.T) {
	s := schooltest.NewEvening(t)
	if p := schooltest.Show(s, evening.Check, s.Amina, evening.ClassUnitIn{ClassUnit: s.ClassUnit}); p.State != evening.CheckReady || p.Asked != nil {
		t.Fatalf("before the start: %+v", p)
	}
	p := schooltest.Do(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	if p.Asked == nil || p.Asked.Kind != item.Number {
		t.Fatalf("the first question is typed, got %+v", p.Asked)
	}
	out := schooltest.Do(s, evening.AnswerCheck, s.Amina, checkAnswer(s, p, "a-b"))
	if out.Answered != 1 || out.State != evening.CheckAsking {
		t.Errorf("after one answer: %+v", out.CheckPage)
	}
}

func TestCheck_UnreadAnswerIsNotRecorded(t *testing.T) {
	s := schooltest.NewEvening(t)
	p := schooltest.Do(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	in := checkAnswer(s, p, "a+b")
	in.Response = item.Response{Boxes: []string{"abc"}}
	out := schooltest.Do(s, evening.AnswerCheck, s.Amina, in)
	if !out.Unread || out.Where != 1 || out.Answered != 0 {
		t.Errorf("unread: %+v", out)
	}
}

// The writer is one for everybody, so nothing is compared in its transaction: mathematics may take a second.
func TestCheck_JudgesAnAnswerBeforeItsTransaction(t *testing.T) {
	s := schooltest.NewEvening(t)
	p := schooltest.Do(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	for how, want := range map[string]item.Outcome{"a+b": item.Right, "a-b": item.NotYet, "unlearned": item.NotYet} {
		in := checkAnswer(s, p, how)
		if err := s.F.Snapshot(t.Context(), s.Amina, func(l *flow.Look) error { in = evening.AnswerCheck.Prepare(l, in); return nil }); err != nil {
			t.Fatal(err)
		}
		in, err := evening.AnswerCheck.Ahead(in)
		if got := evening.Judged(in); err != nil || got != want {
			t.Errorf("%s is %q, want %q; %v", how, got, want, err)
		}
	}
}

func TestCheck_TwoTabsAnswerOnce(t *testing.T) {
	s := schooltest.NewEvening(t)
	p := schooltest.Do(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	other := schooltest.Do(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	if other.Sitting != p.Sitting || other.Asked.Item != p.Asked.Item {
		t.Fatal("another tab is in the same sitting, at the same question")
	}
	first := checkAnswer(s, p, "a+b")
	once := schooltest.Do(s, evening.AnswerCheck, s.Amina, first)
	again := schooltest.Do(s, evening.AnswerCheck, s.Amina, first)
	if once.Answered != 1 || again.Answered != 1 {
		t.Errorf("the same op counts once: %d, %d", once.Answered, again.Answered)
	}
	schooltest.Refused(s, evening.AnswerCheck, s.Amina, checkAnswer(s, other, "a-b"), fault.Conflict)
	if p := schooltest.Show(s, evening.Check, s.Amina, evening.ClassUnitIn{ClassUnit: s.ClassUnit}); p.Answered != 1 {
		t.Errorf("%d answers stand, want 1", p.Answered)
	}
}

func TestCheck_StopsAndGoesOnWhereItWas(t *testing.T) {
	s := schooltest.NewEvening(t)
	p := schooltest.Do(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	schooltest.Do(s, evening.AnswerCheck, s.Amina, checkAnswer(s, p, "a+b"))
	if p := schooltest.Do(s, evening.StopCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit}); p.State != evening.CheckPaused || p.Answered != 1 {
		t.Fatalf("stopped: %+v", p)
	}
	schooltest.Refused(s, evening.AnswerCheck, s.Amina, checkAnswer(s, p, "a+b"), fault.Conflict)
	p = schooltest.Do(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	if p.State != evening.CheckAsking || p.Answered != 1 {
		t.Errorf("it goes on where it was: %+v", p)
	}
	if _, ok := openProposal(s); ok {
		t.Error("a check that was stopped proposes nothing yet")
	}
}

func TestCheck_EndsInAProposalThatNobodyHasDecided(t *testing.T) {
	s := schooltest.NewEvening(t)
	p := check(s, func(int) string { return "unlearned" })
	if p.State != evening.CheckOver {
		t.Fatalf("ended: %+v", p)
	}
	row, ok := openProposal(s)
	if !ok || row.Cause != string(plan.CheckEnded) || row.SentMs != 0 {
		t.Fatalf("proposal: %v %+v", ok, row)
	}
	body, err := standing.DecodeProposal(row)
	if err != nil || len(body.Lines) == 0 || len(body.Credited) != 0 {
		t.Errorf("proposed: %+v, %v", body, err)
	}
	h := schooltest.Show(s, evening.Home, s.Amina, struct{}{})
	if h.How.State != standing.PlanUnsent || h.How.Decided || len(h.How.Today) == 0 {
		t.Errorf("waiting stops nobody: %+v", h.How)
	}
}

func TestKnown_ShowsWhatTheCheckFoundAndNobodyHasCredited(t *testing.T) {
	s := schooltest.NewEvening(t)
	check(s, func(int) string { return "a+b" })
	k := schooltest.Show(s, evening.Known, s.Amina, evening.ClassUnitIn{ClassUnit: s.ClassUnit})
	if !k.Checked || len(k.Known) != 4 || k.Minutes == 0 || k.Start != nil {
		t.Fatalf("all was right: %+v", k)
	}
	for _, x := range k.Known {
		if !x.Proposed || x.Status == mastery.Secure || x.Reason.Code == "" || len(x.Because) == 0 {
			t.Errorf("%s: proposed %v, %s, %s, %d facts", x.Title, x.Proposed, x.Status, x.Reason.Code, len(x.Because))
		}
	}
}

func TestCheck_ClassWithoutProposalsMakesNone(t *testing.T) {
	s := schooltest.NewEvening(t)
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.SetClassProposals(ctx, db.SetClassProposalsParams{SchoolID: string(s.ID), ID: string(s.Class), Proposals: false})
		return err
	})
	check(s, func(int) string { return "unlearned" })
	if _, ok := openProposal(s); ok {
		t.Error("a proposal was made")
	}
	h := schooltest.Show(s, evening.Home, s.Amina, struct{}{})
	if h.How.State != standing.PlanOff || len(h.How.Today) == 0 {
		t.Errorf("learners work on the shared lesson and ready skills: %+v", h.How)
	}
	schooltest.Refused(s, evening.AskForPlan, s.Amina, evening.AskForPlanIn{Mine: mine(s), ClassUnit: s.ClassUnit}, fault.Conflict)
}

func TestCheck_IsOwnAndOfTheClass(t *testing.T) {
	s := schooltest.NewEvening(t)
	schooltest.Refused(s, evening.StartCheck, s.Leo, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit}, fault.Forbidden)
	schooltest.Refused(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: schooltest.Op().Op}, fault.NotFound)
}

// What a process keeps of a check is a short cut: after every answer, "I haven't learned this yet" among them, and over two
// sittings, a process that has kept nothing asks the same question and says the same of what is known.
func TestCheck_AProcessThatKeptNothingSaysTheSame(t *testing.T) {
	s := schooltest.NewEvening(t)
	how := []string{"a+b", "a-b", "unlearned", "a+b", "a-b", "a+b"}
	for range 2 {
		p := schooltest.Do(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit})
		for n := 0; p.State == evening.CheckAsking; n++ {
			other := *s
			other.F = flow.New(s.F.Store())
			q := schooltest.Show(&other, evening.Check, s.Amina, evening.ClassUnitIn{ClassUnit: s.ClassUnit})
			if !reflect.DeepEqual(p.Asked, q.Asked) || p.Answered != q.Answered || p.MayGoOn != q.MayGoOn {
				t.Fatalf("question %d: %+v, elsewhere %+v", n+1, p, q)
			}
			p = schooltest.Do(s, evening.AnswerCheck, s.Amina, checkAnswer(s, p, how[n%len(how)])).CheckPage
		}
		other := *s
		other.F = flow.New(s.F.Store())
		here := schooltest.Show(s, evening.Known, s.Amina, evening.ClassUnitIn{ClassUnit: s.ClassUnit})
		there := schooltest.Show(&other, evening.Known, s.Amina, evening.ClassUnitIn{ClassUnit: s.ClassUnit})
		if !reflect.DeepEqual(here, there) {
			t.Fatalf("known: %+v\nelsewhere: %+v", here, there)
		}
		if !here.MayGoOn {
			return
		}
	}
}

func skillOf(s *schooltest.Evening, id item.ID) (of skill.ID) {
	s.T.Helper()
	if err := s.F.Snapshot(s.T.Context(), s.Amina, func(l *flow.Look) error {
		it, err := library.ItemVersion(l, id, 1)
		of = it.Skills[0]
		return err
	}); err != nil {
		s.T.Fatal(err)
	}
	return of
}

// Four skills, answered at odds: the check asks no skill a third time and none again that was said to be new, and when
// nothing is left that would tell more it offers no further sitting, and none can be begun.
func TestCheck_EndsWhenNothingIsLeftToAsk(t *testing.T) {
	s := schooltest.NewEvening(t)
	times, fresh := map[skill.ID]int{}, map[skill.ID]bool{}
	p := schooltest.Do(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	for n := 0; p.State == evening.CheckAsking; n++ {
		sk := skillOf(s, p.Asked.Item)
		if times[sk]++; times[sk] > 2 || fresh[sk] {
			t.Fatalf("%s is asked again", sk)
		}
		how := []string{"a-b", "unlearned", "a+b"}[n%3]
		fresh[sk] = how == "unlearned"
		p = schooltest.Do(s, evening.AnswerCheck, s.Amina, checkAnswer(s, p, how)).CheckPage
	}
	k := schooltest.Show(s, evening.Known, s.Amina, evening.ClassUnitIn{ClassUnit: s.ClassUnit})
	if p.State != evening.CheckOver || p.MayGoOn || k.MayGoOn || k.Unlearned == 0 {
		t.Fatalf("%+v; may go on %t, %d new", p, k.MayGoOn, k.Unlearned)
	}
	schooltest.Refused(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit}, fault.Conflict)
}

// Nobody reads that the unit is new to them when the check could not tell: what it leaves open is named, apart from what is
// theirs, and before a check has ended nothing is.
func TestKnown_NamesWhatTheCheckCannotSayYet(t *testing.T) {
	s := schooltest.NewEvening(t)
	if k := schooltest.Show(s, evening.Known, s.Amina, evening.ClassUnitIn{ClassUnit: s.ClassUnit}); len(k.Open) != 0 || k.Checked {
		t.Fatalf("before the check: %+v", k)
	}
	p := schooltest.Do(s, evening.StartCheck, s.Amina, evening.CheckIn{Mine: mine(s), ClassUnit: s.ClassUnit})
	met := map[item.ID]bool{}
	for p.State == evening.CheckAsking { // right at first, not when asked again: nothing can be said
		how := "a+b"
		if sk := p.Asked.Item; met[sk] || len(met)%2 > 0 {
			how = "a-b"
		}
		met[p.Asked.Item] = true
		p = schooltest.Do(s, evening.AnswerCheck, s.Amina, checkAnswer(s, p, how)).CheckPage
	}
	k := schooltest.Show(s, evening.Known, s.Amina, evening.ClassUnitIn{ClassUnit: s.ClassUnit})
	if !k.Checked || len(k.Open) == 0 {
		t.Fatalf("contradictions leave something open: %+v", k)
	}
	for _, o := range k.Open {
		for _, mine := range k.Known {
			if o.ID == mine.ID {
				t.Errorf("%s is theirs and open", o.Title)
			}
		}
		if o.Title == "" {
			t.Error("open without a name")
		}
	}
	if len(k.Known) < 4 && k.Start == nil {
		t.Error("something is not theirs, and there is no place to start")
	}
}

package flow

import (
	"context"
	"testing"

	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/plan"
	"kith/internal/store"
	"kith/internal/store/db"
)

// checkAnswer is the answer to what a check asks.
func (s *eveningSchool) checkAnswer(p CheckPage, how string) AnswerCheckIn {
	in := AnswerCheckIn{Mine: s.mine(), ClassUnit: s.classUnit, Sitting: p.Sitting, Item: p.Asked.Item, Version: p.Asked.Version, DrawN: p.Asked.DrawN, TookMs: 8000}
	if how == "unlearned" {
		in.Unlearned = true
	} else {
		in.Response = s.answer(s.amina, p.Asked.Item, p.Asked.DrawN, how)
	}
	return in
}

func (s *eveningSchool) mine() Mine { return Mine{op(), s.amina.Person} }

// check goes through a sitting of the check; how tells the answer by the skill that is asked.
func (s *eveningSchool) check(how func(n int) string) CheckPage {
	s.t.Helper()
	p := acts(s, StartCheck, s.amina, CheckIn{s.mine(), s.classUnit})
	for n := 0; p.State == CheckAsking; n++ {
		if n > 12 {
			s.t.Fatal("more than twelve questions in a sitting")
		}
		p = acts(s, AnswerCheck, s.amina, s.checkAnswer(p, how(n))).CheckPage
	}
	return p
}

func (s *eveningSchool) openProposal() (row db.Proposal, ok bool) {
	s.t.Helper()
	err := s.f.store.Read(s.t.Context(), func(ctx context.Context, q *db.Queries) (err error) {
		row, ok, err = store.Optional(q.OpenProposal(ctx, db.OpenProposalParams{SchoolID: string(s.id), LearnerID: string(s.amina.Person), ClassUnitID: s.classUnit}))
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return row, ok
}

func TestCheck_AsksTypedItemsFirstAndShowsNoVerdict(t *testing.T) {
	s := newEveningSchool(t)
	if p := shows(s, Check, s.amina, ClassUnitIn{s.classUnit}); p.State != CheckReady || p.Asked != nil {
		t.Fatalf("before the start: %+v", p)
	}
	p := acts(s, StartCheck, s.amina, CheckIn{s.mine(), s.classUnit})
	if p.Asked == nil || p.Asked.Kind != item.Number {
		t.Fatalf("the first question is typed, got %+v", p.Asked)
	}
	out := acts(s, AnswerCheck, s.amina, s.checkAnswer(p, "a-b"))
	if out.Answered != 1 || out.State != CheckAsking {
		t.Errorf("after one answer: %+v", out.CheckPage)
	}
}

func TestCheck_UnreadAnswerIsNotRecorded(t *testing.T) {
	s := newEveningSchool(t)
	p := acts(s, StartCheck, s.amina, CheckIn{s.mine(), s.classUnit})
	in := s.checkAnswer(p, "a+b")
	in.Response = item.Response{Boxes: []string{"abc"}}
	out := acts(s, AnswerCheck, s.amina, in)
	if !out.Unread || out.Where != 1 || out.Answered != 0 {
		t.Errorf("unread: %+v", out)
	}
}

func TestCheck_TwoTabsAnswerOnce(t *testing.T) {
	s := newEveningSchool(t)
	p := acts(s, StartCheck, s.amina, CheckIn{s.mine(), s.classUnit})
	other := acts(s, StartCheck, s.amina, CheckIn{s.mine(), s.classUnit})
	if other.Sitting != p.Sitting || other.Asked.Item != p.Asked.Item {
		t.Fatal("another tab is in the same sitting, at the same question")
	}
	first := s.checkAnswer(p, "a+b")
	once := acts(s, AnswerCheck, s.amina, first)
	again := acts(s, AnswerCheck, s.amina, first)
	if once.Answered != 1 || again.Answered != 1 {
		t.Errorf("the same op counts once: %d, %d", once.Answered, again.Answered)
	}
	refusesAs(s, AnswerCheck, s.amina, s.checkAnswer(other, "a-b"), fault.Conflict)
	if p := shows(s, Check, s.amina, ClassUnitIn{s.classUnit}); p.Answered != 1 {
		t.Errorf("%d answers stand, want 1", p.Answered)
	}
}

func TestCheck_StopsAndGoesOnWhereItWas(t *testing.T) {
	s := newEveningSchool(t)
	p := acts(s, StartCheck, s.amina, CheckIn{s.mine(), s.classUnit})
	acts(s, AnswerCheck, s.amina, s.checkAnswer(p, "a+b"))
	if p := acts(s, StopCheck, s.amina, CheckIn{s.mine(), s.classUnit}); p.State != CheckPaused || p.Answered != 1 {
		t.Fatalf("stopped: %+v", p)
	}
	refusesAs(s, AnswerCheck, s.amina, s.checkAnswer(p, "a+b"), fault.Conflict)
	p = acts(s, StartCheck, s.amina, CheckIn{s.mine(), s.classUnit})
	if p.State != CheckAsking || p.Answered != 1 {
		t.Errorf("it goes on where it was: %+v", p)
	}
	if _, ok := s.openProposal(); ok {
		t.Error("a check that was stopped proposes nothing yet")
	}
}

func TestCheck_EndsInAProposalThatNobodyHasDecided(t *testing.T) {
	s := newEveningSchool(t)
	p := s.check(func(int) string { return "unlearned" })
	if p.State != CheckOver {
		t.Fatalf("ended: %+v", p)
	}
	row, ok := s.openProposal()
	if !ok || row.Cause != string(plan.CheckEnded) || row.SentMs != 0 {
		t.Fatalf("proposal: %v %+v", ok, row)
	}
	body, err := decodeProposal(row)
	if err != nil || len(body.Lines) == 0 || len(body.Credited) != 0 {
		t.Errorf("proposed: %+v, %v", body, err)
	}
	h := shows(s, Home, s.amina, struct{}{})
	if h.How.State != PlanUnsent || h.How.Decided || len(h.How.Today) == 0 {
		t.Errorf("waiting stops nobody: %+v", h.How)
	}
}

func TestKnown_ShowsWhatTheCheckFoundAndNobodyHasCredited(t *testing.T) {
	s := newEveningSchool(t)
	s.check(func(int) string { return "a+b" })
	k := shows(s, Known, s.amina, ClassUnitIn{s.classUnit})
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
	s := newEveningSchool(t)
	s.write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.SetClassProposals(ctx, db.SetClassProposalsParams{SchoolID: string(s.id), ID: string(s.class), Proposals: false})
		return err
	})
	s.check(func(int) string { return "unlearned" })
	if _, ok := s.openProposal(); ok {
		t.Error("a proposal was made")
	}
	h := shows(s, Home, s.amina, struct{}{})
	if h.How.State != PlanOff || len(h.How.Today) == 0 {
		t.Errorf("learners work on the shared lesson and ready skills: %+v", h.How)
	}
	refusesAs(s, AskForPlan, s.amina, AskForPlanIn{Mine: s.mine(), ClassUnit: s.classUnit}, fault.Conflict)
}

func TestCheck_IsOwnAndOfTheClass(t *testing.T) {
	s := newEveningSchool(t)
	refusesAs(s, StartCheck, s.leo, CheckIn{s.mine(), s.classUnit}, fault.Forbidden)
	refusesAs(s, StartCheck, s.amina, CheckIn{s.mine(), op().Op}, fault.NotFound)
}

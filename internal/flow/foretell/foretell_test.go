package foretell_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/flow/foretell"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/itemhealth"
	"kith/internal/measure"
	"kith/internal/practice"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// rates are how often the learners of these tests are right at the items of skill b.
var rates = map[string]float64{"b-1": .3, "b-2": .97, "b-3": .78, "b-4": .5}

// newSchool is a school of forty learners, of whom all but the last have answered each item of skill b seven times: 1,092
// answers, all before today.
func newSchool(t *testing.T) *schooltest.School {
	t.Helper()
	s := schooltest.New(t, 40)
	s.Now = s.Now.Add(-24 * time.Hour)
	r := rand.New(rand.NewPCG(1, 2))
	for _, who := range s.Learners[:39] {
		answers(s, who, r, 7)
	}
	s.Now = s.Now.Add(24 * time.Hour)
	return s
}

// answers appends first tries of a learner to the items of skill b, in turn. Every other learner is abler than the rest.
func answers(s *schooltest.School, who access.Actor, r *rand.Rand, times int) {
	s.T.Helper()
	able := 2.0
	if slices.Index(s.Learners, who)%2 == 0 {
		able = .4
	}
	err := s.F.Transaction(s.T.Context(), who, "set-up", func(a *flow.Act) error {
		for range times {
			for n := range 4 {
				code := fmt.Sprintf("b-%d", n+1)
				drawn, err := a.Q().LastAttemptOnItem(a.Ctx(), db.LastAttemptOnItemParams{SchoolID: string(s.ID), LearnerID: string(who.Person), ItemID: string(s.Item(code))})
				if err != nil {
					return err
				}
				draw := 1
				if len(drawn) > 0 {
					draw = int(drawn[0].DrawN) + 1
				}
				outcome := item.NotYet
				if r.Float64() < math.Pow(rates[code], able) {
					outcome = item.Right
				}
				if _, _, err := ledger.Append(a, attempt(s, who.Person, code, draw, outcome)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		s.T.Fatal(err)
	}
}

func attempt(s *schooltest.School, who roster.PersonID, code string, draw int, o item.Outcome) evidence.Fact {
	return evidence.Fact{Learner: who, Kind: evidence.KindAttempt, Attempt: &evidence.Attempt{Item: s.Item(code), ItemVersion: 1, Skill: s.Skill("b"), GraphVersion: 1,
		DrawN: draw, Outcome: o, Kind: item.Number, Try: 1, Purpose: evidence.ForPractice, TookMs: 9_000}}
}

// chances asks for a learner, as practice does.
func chances(s *schooltest.School, f *flow.Flow, who access.Actor) (out map[item.ID]float64) {
	s.T.Helper()
	err := f.Snapshot(s.T.Context(), who, func(l *flow.Look) error {
		facts, err := ledger.AttemptFacts(l, string(who.Person))
		if err != nil {
			return err
		}
		items, err := library.Items(l, s.Skill("b"))
		if err != nil {
			return err
		}
		out, err = foretell.Chances(l, facts, items)
		return err
	})
	if err != nil {
		s.T.Fatal(err)
	}
	return out
}

func TestChances_OfTheItemsThatTheSchoolAnswered(t *testing.T) {
	s := newSchool(t)
	newcomer := s.Learners[39]
	if got := chances(s, s.F, newcomer); got != nil {
		t.Errorf("before it was made: %v", got)
	}
	s.F.Settled()
	got := chances(s, s.F, newcomer)
	for code, rate := range rates {
		if p := got[s.Item(code)]; p < rate-.12 || p > rate+.12 {
			t.Errorf("%s is right %.2f of the time and foretold as %.2f", code, rate, p)
		}
	}
}

// A page that is loaded again shows the same, whatever others do meanwhile; and so does a program that was started anew.
func TestChances_AreTheSameAllDayAndAfterAStart(t *testing.T) {
	s := newSchool(t)
	who := s.Learners[39]
	chances(s, s.F, who)
	s.F.Settled()
	was := chances(s, s.F, who)
	answers(s, s.Learners[0], rand.New(rand.NewPCG(3, 4)), 5)
	s.Now = s.Now.Add(3 * time.Hour)
	if got := chances(s, s.F, who); !maps.Equal(got, was) {
		t.Errorf("three hours later %v, was %v", got, was)
	}
	anew := flow.New(s.F.Store())
	chances(s, anew, who)
	anew.Settled()
	if got := chances(s, anew, who); len(was) == 0 || !maps.Equal(got, was) {
		t.Errorf("after a start %v, was %v", got, was)
	}
	s.Now = s.Now.Add(24 * time.Hour)
	chances(s, s.F, who)
	s.F.Settled()
	if got := chances(s, s.F, who); maps.Equal(got, was) {
		t.Error("the next day has learned nothing")
	}
}

func TestChances_OwnAnswersCountAtOnce(t *testing.T) {
	s := newSchool(t)
	who := s.Learners[39]
	chances(s, s.F, who)
	s.F.Settled()
	was := chances(s, s.F, who)[s.Item("b-3")]
	for draw := 1; draw <= 4; draw++ {
		s.Happens(attempt(s, who.Person, "b-2", draw, item.NotYet))
		s.Happens(attempt(s, who.Person, "b-4", draw, item.NotYet))
	}
	if got := chances(s, s.F, who)[s.Item("b-3")]; got >= was-.02 {
		t.Errorf("after eight not-yets %.3f, was %.3f", got, was)
	}
}

func TestFold_LeavesOutWhatNoLongerStoodBeforeToday(t *testing.T) {
	s := newSchool(t)
	s.Now = s.Now.Add(-24 * time.Hour)
	var first, second string
	s.Look(s.Learners[0], func(l *flow.Look) error {
		facts, err := ledger.AttemptFacts(l, string(s.Learners[0].Person))
		first, second = facts[0].ID, facts[1].ID
		return err
	})
	s.Happens(evidence.Fact{Learner: s.Learners[0].Person, Kind: evidence.KindRescoring, Rescoring: &evidence.Rescoring{Attempt: second, ItemVersion: 2, Outcome: item.NotYet, By: s.Okafor.Person, Reason: "reason.item_changed"}})
	s.Happens(evidence.Fact{Learner: s.Learners[0].Person, Kind: evidence.KindWithdrawal, Withdrawal: &evidence.Withdrawal{Fact: first, By: s.Okafor.Person, Reason: "shared tablet"}})
	s.Now = s.Now.Add(24 * time.Hour)
	count := func() (n int) {
		s.Look(s.Okafor, func(l *flow.Look) (err error) {
			n, err = foretell.Answers(l)
			return err
		})
		return n
	}
	if n := count(); n != -1 {
		t.Errorf("%d answers before it was made", n)
	}
	s.F.Settled()
	if n := count(); n != 39*28-2 {
		t.Errorf("%d answers of %d without the one taken out and the one judged again", n, 39*28)
	}
}

// The item with the fitting chance comes first; without the head, mastery takes them all for alike and the author's order
// decides.
func TestPractice_ChoosesByTheChanceOfSuccess(t *testing.T) {
	s := newSchool(t)
	who := s.Learners[39]
	asks := func() item.ID {
		p := schooltest.Show(s, evening.Practice, who, evening.PracticeIn{Skill: s.Skill("b")})
		if p.Kind != practice.Ask {
			t.Fatalf("asks %s", p.Kind)
		}
		return p.Asked.Item
	}
	if got := asks(); got != s.Item("b-1") {
		t.Errorf("before the head is there: %s", got)
	}
	s.F.Settled()
	if got := asks(); got != s.Item("b-3") {
		t.Errorf("of the chances %v it took %s", chances(s, s.F, who), got)
	}
}

// On b-1 learners who know the skill are not right: its key may be wrong. Mastery expects them to be, the head does not.
func TestOfItems_SaysWhereTheHeadsDisagree(t *testing.T) {
	s := newSchool(t)
	of := func(code string) (d measure.Disagreement, ok bool) {
		s.Look(s.Okafor, func(l *flow.Look) (err error) {
			all, err := foretell.OfItems(l, []item.ID{s.Item("b-1"), s.Item("b-3")})
			d, ok = all[s.Item(code)]
			return err
		})
		return d, ok
	}
	if _, ok := of("b-1"); ok {
		t.Error("says something before it was made")
	}
	s.F.Settled()
	odd, ok := of("b-1")
	if !ok || odd.Rows < 150 || odd.Share < .3 || odd.First < odd.Second+.1 || odd.Second > odd.Correct+.15 {
		t.Errorf("the odd item: %+v", odd)
	}
	plain, ok := of("b-3")
	if !ok || plain.Share >= odd.Share {
		t.Errorf("another item: %+v", plain)
	}
	if _, ok := of("c-1"); ok {
		t.Error("an item without answers has a figure")
	}
	page := schooltest.Show(s, library.ItemsView, s.Okafor, library.ItemsIn{Class: s.Class, Unit: s.Given})
	for _, sk := range page.Skills {
		for _, it := range sk.Items {
			found := slices.ContainsFunc(it.Findings, func(f library.ItemFinding) bool { return f.Kind == itemhealth.Below })
			if found != (it.Item == s.Item("b-1") || it.Item == s.Item("b-4")) || found != (it.Expected > it.Came) {
				t.Errorf("%s: %d %% expected, %d %% came, %v", schooltest.Plain(it.Text), it.Expected, it.Came, it.Findings)
			}
		}
	}
}

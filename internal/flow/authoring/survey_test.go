package authoring_test

import (
	"testing"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/authoring"
	"kith/internal/flow/ledger"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/mastery"
)

// askedOften is a school in which some of the learners have answered an item so often each, all by the mistake that becomes right.
func askedOften(t *testing.T, learners, of, answers int) (*schooltest.School, item.ID) {
	s := schooltest.New(t, learners)
	d := bags(s.Skill("a"))
	d.Key, d.Mistakes = "a+b", []authoring.DraftMistake{{Tag: "times", Yields: []string{"a*b"}, Nudge: "You took [[a]] times [[b]]. What was asked?"}}
	d.Keep = []string{"a != b"}
	id := schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: op(), Class: s.Class, Draft: d}).Item
	for _, who := range s.Learners[:of] {
		answer(s, who, id, 1, "mistake")
		answersMore(s, who, 2, answers)
	}
	return s, id
}

// answersMore gives a learner's first answer again, as to further variants.
func answersMore(s *schooltest.School, who access.Actor, from, to int) {
	s.T.Helper()
	first := attempts(s, who)[0]
	err := s.F.Transaction(s.T.Context(), who, string(who.Person), func(a *flow.Act) error {
		for n := from; n <= to; n++ {
			more := first
			more.DrawN = n
			if _, _, err := ledger.Append(a, evidence.Fact{Learner: who.Person, Kind: evidence.KindAttempt, Attempt: &more}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.T.Fatal(err)
	}
}

// meanwhile is the edit with something done between its survey and its transaction, and the input that its transaction had.
func meanwhile(do func()) (v flow.Verb[authoring.EditItemIn, authoring.ChangedOut], had *authoring.EditItemIn) {
	v, had = authoring.EditItem, &authoring.EditItemIn{}
	survey, body := v.Survey, v.Do
	v.Survey = func(in flow.Snapshots, what authoring.EditItemIn) (authoring.EditItemIn, error) {
		made, err := survey(in, what)
		do()
		return made, err
	}
	v.Do = func(a *flow.Act, in authoring.EditItemIn) (authoring.ChangedOut, error) {
		*had = in
		return body(a, in)
	}
	return v, had
}

// 5,000 answers are judged and folded before the transaction; it loads, judges and folds nobody whose record stands where it stood.
func TestEditItem_RescoringJudgesNothingInTheTransaction(t *testing.T) {
	s, id := askedOften(t, 25, 25, 200)
	v, had := meanwhile(func() {})
	out := schooltest.Do(s, v, s.Okafor, edit(s, id, authoring.Rescore))
	if out.Affected.Answers != 5000 || out.Affected.Learners != 25 {
		t.Fatalf("%d answers of %d learners", out.Affected.Answers, out.Affected.Learners)
	}
	if learners, answers := authoring.Late(*had); learners != 0 || answers != 0 || authoring.Foreseen(*had) != 25 {
		t.Errorf("the transaction judged %d answers of %d learners; %d were judged before", answers, learners, authoring.Foreseen(*had))
	}
	for _, a := range attempts(s, s.Learners[24]) {
		if a.Outcome != item.Right || a.Rescored != 2 {
			t.Fatalf("%s", schooltest.MustJSON(a))
		}
	}
	recomputed(s)
}

// Who answers between the two is judged again in the transaction, with the new answer; nobody else is.
func TestEditItem_WhoAnsweredMeanwhileIsJudgedInTheTransaction(t *testing.T) {
	for name, c := range map[string]struct {
		how     func(s *schooltest.School, id item.ID)
		answers int
	}{
		"to the item":        {func(s *schooltest.School, id item.ID) { answersMore(s, s.Learners[3], 4, 4) }, 4},
		"to another":         {func(s *schooltest.School, id item.ID) { s.Answers(s.Learners[3], "b-1", "right", 1) }, 3},
		"for the first time": {func(s *schooltest.School, id item.ID) { answer(s, s.Learners[4], id, 1, "mistake") }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s, id := askedOften(t, 5, 4, 3)
			v, had := meanwhile(func() { c.how(s, id) })
			out := schooltest.Do(s, v, s.Okafor, edit(s, id, authoring.Rescore))
			if learners, answers := authoring.Late(*had); learners != 1 || answers != c.answers {
				t.Errorf("the transaction judged %d answers of %d learners", answers, learners)
			}
			all := 0
			for _, who := range s.Learners {
				for _, a := range attempts(s, who) {
					if a.Item != id {
						continue
					}
					if all++; a.Outcome != item.Right || a.Rescored != 2 {
						t.Errorf("%s", schooltest.MustJSON(a))
					}
				}
			}
			if out.Affected.Answers != all {
				t.Errorf("%d answers of %d: %s", out.Affected.Answers, all, schooltest.MustJSON(out.Affected))
			}
			recomputed(s)
		})
	}
}

// A model that came into force meanwhile folds everybody anew.
func TestEditItem_UnderAnotherModelEverybodyIsFoldedAgain(t *testing.T) {
	s, id := askedOften(t, 3, 3, 2)
	p := mastery.Default().Params
	p.Secure = 0.9
	other, err := mastery.New(schooltest.NewOp(), "mine", p)
	if err != nil {
		t.Fatal(err)
	}
	v, had := meanwhile(func() {
		if err := ledger.SwitchModel(t.Context(), s.F, s.ID, other, func(int, int) {}); err != nil {
			t.Fatal(err)
		}
	})
	out := schooltest.Do(s, v, s.Okafor, edit(s, id, authoring.Rescore))
	if learners, answers := authoring.Late(*had); learners != 3 || answers != 6 || out.Affected.Answers != 6 {
		t.Errorf("%d learners, %d answers: %s", learners, answers, schooltest.MustJSON(out.Affected))
	}
	recomputed(s)
}

// Whoever may not change the item has nothing judged for them.
func TestEditItem_NothingIsJudgedForWhoMayNot(t *testing.T) {
	s, id := askedOften(t, 1, 1, 1)
	for _, who := range []access.Actor{s.Lin, s.Learners[0]} {
		ran := false
		v := authoring.EditItem
		survey := v.Survey
		v.Survey = func(in flow.Snapshots, what authoring.EditItemIn) (authoring.EditItemIn, error) {
			ran = true
			return survey(in, what)
		}
		if _, err := flow.Run(t.Context(), s.F, v, who, edit(s, id, authoring.Rescore)); err == nil || ran {
			t.Errorf("%s: surveyed %t, %v", who.Role, ran, err)
		}
	}
}

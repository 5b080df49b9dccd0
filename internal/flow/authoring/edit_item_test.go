package authoring_test

import (
	"slices"
	"testing"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/authoring"
	"kith/internal/flow/evening"
	"kith/internal/flow/ledger"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/mastery"
)

// answered is a school in which the key of an item of Mr Okafor's is false: it asks how many apples and takes the sum for
// right. The first learner found the product, and the second added.
func answered(t *testing.T) (s *schooltest.School, id item.ID) {
	s = schooltest.New(t, 3)
	d := bags(s.Skill("a"))
	d.Key, d.Mistakes = "a+b", []authoring.DraftMistake{{Tag: "times", Yields: []string{"a*b"}, Nudge: "You took [[a]] times [[b]]. What was asked?"}}
	d.Keep = []string{"a != b"}
	id = schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: op(), Class: s.Class, Draft: d}).Item
	answer(s, s.Learners[0], id, 1, "mistake")
	answer(s, s.Learners[1], id, 1, "right")
	return s, id
}

func edit(s *schooltest.School, id item.ID, how authoring.Evidence) authoring.EditItemIn {
	return authoring.EditItemIn{Op: op(), Class: s.Class, Item: id, Version: 1, Draft: bags(s.Skill("a")), Evidence: how}
}

// attempts are a learner's attempts as they stand.
func attempts(s *schooltest.School, who access.Actor) (out []evidence.Attempt) {
	s.Look(s.Okafor, func(l *flow.Look) error {
		facts, err := ledger.Facts(l, who.Person)
		for _, f := range ledger.Kept(facts) {
			if f.Attempt != nil {
				out = append(out, *f.Attempt)
			}
		}
		return err
	})
	return out
}

// recomputed fails the test where a stored estimate is not the fold of its facts.
func recomputed(s *schooltest.School) {
	s.T.Helper()
	sum, err := ledger.Recompute(s.T.Context(), s.F, true)
	if err != nil || len(sum.Different) > 0 || sum.Learners == 0 {
		s.T.Errorf("recompute: %v, %+v", err, sum)
	}
}

func TestEditItem_RescoreJudgesOldAnswersByTheNewKeyInTheirPlace(t *testing.T) {
	s, id := answered(t)
	out := schooltest.Do(s, authoring.EditItem, s.Okafor, edit(s, id, authoring.Rescore))
	if out.Version != 2 || out.Affected.Learners != 2 || out.Affected.Answers != 2 || out.Affected.Unjudged != 0 {
		t.Fatalf("%s", schooltest.MustJSON(out))
	}
	for i, want := range []evidence.Attempt{{Outcome: item.Right}, {Outcome: item.NotYet, Mistake: "add"}} {
		got := attempts(s, s.Learners[i])
		if len(got) != 1 || got[0].Outcome != want.Outcome || got[0].Mistake != want.Mistake || got[0].ItemVersion != 1 || got[0].Rescored != 2 {
			t.Errorf("learner %d: %s", i+1, schooltest.MustJSON(got))
		}
	}
	recomputed(s)
}

func TestEditItem_TheSameOpHappensOnce(t *testing.T) {
	s, id := answered(t)
	in := edit(s, id, authoring.Rescore)
	first := schooltest.Do(s, authoring.EditItem, s.Okafor, in)
	if again := schooltest.Do(s, authoring.EditItem, s.Okafor, in); schooltest.MustJSON(again) != schooltest.MustJSON(first) {
		t.Errorf("the second time: %s", schooltest.MustJSON(again))
	}
	if code := schooltest.Refused(s, authoring.EditItem, s.Okafor, edit(s, id, authoring.Keep), fault.Conflict); code != "fault.author.moved" {
		t.Errorf("an edit of version 1 after version 2: %s", code)
	}
}

func TestEditItem_KeepLeavesEvidenceAndWithdrawTakesItOut(t *testing.T) {
	s, id := answered(t)
	before := attempts(s, s.Learners[0])
	schooltest.Do(s, authoring.EditItem, s.Okafor, edit(s, id, authoring.Keep))
	if after := attempts(s, s.Learners[0]); schooltest.MustJSON(after) != schooltest.MustJSON(before) {
		t.Errorf("keep: %s", schooltest.MustJSON(after))
	}
	in := edit(s, id, authoring.Withdraw)
	in.Version = 2
	schooltest.Do(s, authoring.EditItem, s.Okafor, in)
	if left := slices.Concat(attempts(s, s.Learners[0]), attempts(s, s.Learners[1])); len(left) > 0 {
		t.Errorf("withdraw: %s", schooltest.MustJSON(left))
	}
	recomputed(s)
}

// The preview of a choice says what the choice then does: the same learners, answers and statuses.
func TestPreviewChange_SaysWhatTheChangeWillDoAndStoresNothing(t *testing.T) {
	s, id := answered(t)
	ask := authoring.PreviewChangeIn{Class: s.Class, Item: id, Draft: bags(s.Skill("a"))}
	p := schooltest.Show(s, authoring.PreviewChange, s.Okafor, ask)
	if p.Answered != 2 || p.Version != 1 || p.Withdraw.Answers != 2 || len(p.Withdraw.Moves) != 1 {
		t.Fatalf("%s", schooltest.MustJSON(p))
	}
	if m := p.Withdraw.Moves[0]; m.From != mastery.Growing || m.To != mastery.NotStarted || m.N != 2 || len(m.Learners) != 2 || m.Skill != "Skill A" {
		t.Errorf("moves: %s", schooltest.MustJSON(m))
	}
	if again := schooltest.Show(s, authoring.PreviewChange, s.Okafor, ask); schooltest.MustJSON(again) != schooltest.MustJSON(p) {
		t.Errorf("asked again: %s", schooltest.MustJSON(again))
	}
	out := schooltest.Do(s, authoring.EditItem, s.Okafor, edit(s, id, authoring.Rescore))
	if schooltest.MustJSON(out.Affected) != schooltest.MustJSON(p.Rescore) {
		t.Errorf("done %s, previewed %s", schooltest.MustJSON(out.Affected), schooltest.MustJSON(p.Rescore))
	}
}

func TestEditItem_WhatTheNewKeyCannotJudgeStaysAndIsCounted(t *testing.T) {
	s, id := answered(t)
	in := edit(s, id, authoring.Rescore)
	in.Draft.Draw[0] = item.Param{Name: "a", From: 20, To: 29}
	out := schooltest.Do(s, authoring.EditItem, s.Okafor, in)
	if out.Affected.Unjudged != 2 || out.Affected.Answers != 0 {
		t.Errorf("%s", schooltest.MustJSON(out.Affected))
	}
	if got := attempts(s, s.Learners[1]); got[0].Outcome != item.Right || got[0].Rescored != 0 {
		t.Errorf("%s", schooltest.MustJSON(got))
	}
}

// Options are found again by their words: in the new version their order is another.
func TestEditItem_OptionsAreJudgedByTheirWords(t *testing.T) {
	s := schooltest.New(t, 1)
	d := authoring.Draft{Skill: s.Skill("a"), Kind: item.Choice, Text: "Which is more?", Ordered: true, Options: []authoring.DraftOption{{Text: "three", Right: true}, {Text: "seven"}, {Text: "five"}}}
	id := schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: op(), Class: s.Class, Draft: d}).Item
	answer(s, s.Learners[0], id, 1, "right") // three, by the false key
	d.Options = []authoring.DraftOption{{Text: "seven", Right: true}, {Text: "five"}, {Text: "three", Mistake: "less", Nudge: "Count on from three."}}
	in := edit(s, id, authoring.Rescore)
	in.Draft = d
	schooltest.Do(s, authoring.EditItem, s.Okafor, in)
	if got := attempts(s, s.Learners[0]); got[0].Outcome != item.NotYet || got[0].Mistake != "less" {
		t.Errorf("%s", schooltest.MustJSON(got))
	}
}

// An order is judged again by what its lines say: its key is the order in which they stand. What is missing of it is told in
// practice, stored, and follows the new key.
func TestEditItem_AnOrderIsJudgedByItsLines(t *testing.T) {
	s := schooltest.New(t, 1)
	d := authoring.Draft{Skill: s.Skill("a"), Kind: item.Ordering, Text: "Smallest first.", Options: options("4", "3", "2", "1"),
		Mistakes: []authoring.DraftMistake{{Tag: "swapped", Yields: []string{"2", "1", "3", "4"}, Nudge: "Which is more, 3 or 4?"}}}
	id := schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: op(), Class: s.Class, Draft: d}).Item
	out := answer(s, s.Learners[0], id, 1, "mistake") // 3 4 2 1
	if out.Outcome != item.NotYet || out.Parts == nil || *out.Parts != (evening.RightParts{Right: 2, Of: 3}) {
		t.Fatalf("%s", schooltest.MustJSON(out))
	}
	if got := attempts(s, s.Learners[0])[0]; got.Parts != 3 || got.PartsRight != 2 || got.Share() != 2./3 {
		t.Errorf("stored: %s", schooltest.MustJSON(got))
	}
	d.Options, d.Mistakes = options("1", "2", "3", "4"), nil
	in := edit(s, id, authoring.Rescore)
	in.Draft = d
	schooltest.Do(s, authoring.EditItem, s.Okafor, in)
	if got := attempts(s, s.Learners[0])[0]; got.Outcome != item.NotYet || got.Mistake != "" || got.Parts != 3 || got.PartsRight != 1 || got.Rescored != 2 {
		t.Errorf("judged again: %s", schooltest.MustJSON(got))
	}
	recomputed(s)
}

func TestEditItem_SomebodyElsesIsCopiedNotChanged(t *testing.T) {
	s, id := answered(t)
	course := edit(s, s.Item("a-1"), authoring.Keep)
	schooltest.Refused(s, authoring.EditItem, s.Okafor, course, fault.Forbidden)
	schooltest.Refused(s, authoring.EditItem, s.Lin, edit(s, id, authoring.Keep), fault.NotFound)
	schooltest.Refused(s, authoring.EditItem, s.Learners[0], edit(s, id, authoring.Keep), fault.Forbidden)
	if out := schooltest.Do(s, authoring.EditItem, s.Admin, edit(s, id, authoring.Keep)); out.Version != 2 {
		t.Errorf("the administrator: %s", schooltest.MustJSON(out))
	}
}

func TestWithdrawItem_ItIsAskedNoMoreUntilItIsRestored(t *testing.T) {
	s, id := answered(t)
	in := authoring.WithdrawItemIn{Op: op(), Class: s.Class, Item: id, Evidence: authoring.Withdraw}
	out := schooltest.Do(s, authoring.WithdrawItem, s.Okafor, in)
	if out.Affected.Answers != 2 || itemsOf(s, "a") != 4 || len(attempts(s, s.Learners[1])) != 0 {
		t.Errorf("%s", schooltest.MustJSON(out))
	}
	recomputed(s)
	in.Op = op()
	schooltest.Refused(s, authoring.WithdrawItem, s.Okafor, in, fault.Conflict)
	back := authoring.RestoreItemIn{Op: op(), Class: s.Class, Item: id}
	schooltest.Do(s, authoring.RestoreItem, s.Okafor, back)
	if n := itemsOf(s, "a"); n != 5 {
		t.Errorf("restored: %d items", n)
	}
}

func TestReplaceItem_TheCopyTakesTheCoursesPlace(t *testing.T) {
	s := schooltest.New(t, 1)
	s.Answers(s.Learners[0], "a-1", "right", 1)
	in := authoring.ReplaceItemIn{Op: op(), Class: s.Class, Item: s.Item("a-1"), Draft: bags(s.Skill("a")), Evidence: authoring.Withdraw}
	out := schooltest.Do(s, authoring.ReplaceItem, s.Okafor, in)
	if out.Item == s.Item("a-1") || out.Version != 1 || itemsOf(s, "a") != 4 || len(attempts(s, s.Learners[0])) != 0 {
		t.Errorf("%s", schooltest.MustJSON(out))
	}
	recomputed(s)
}

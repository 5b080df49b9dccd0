package period_test

import (
	"reflect"
	"testing"

	"kith/internal/classroom"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/plan"
	"kith/internal/roster"
)

// Four learners: two share the mistake on b, one has not seen the film, one carries on.
func fourLearners(t *testing.T) *schooltest.School {
	s := schooltest.New(t, 4)
	s.Invite("l2", "2026-11-24", "09:00")
	for _, i := range []int{0, 1, 3} {
		s.Watches(s.Learners[i], "l2", 0, 92)
	}
	s.Answers(s.Learners[0], "b-1", "add", 1)
	s.Answers(s.Learners[1], "b-2", "add", 1)
	s.Answers(s.Learners[3], "b-1", "right", 1)
	return s
}

func namesOf(s *schooltest.School, p period.DayPile) (out []string) {
	for _, m := range p.Members {
		out = append(out, m.Name)
	}
	return out
}

func TestPlanDay_PilesAreThoseOfTheRuleAndEveryoneStandsOnce(t *testing.T) {
	s := fourLearners(t)
	out := schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class})
	d := day(s)
	if d.ID != out.Day || d.On != "2026-11-24" || d.Lesson != s.Lesson("l2") || d.Moved || len(d.Unplaced) != 0 {
		t.Fatalf("the day is %+v", d)
	}
	var want []classroom.Pile
	s.Look(s.Okafor, func(l *flow.Look) error {
		in, err := period.PilesInput(l, s.Class, "2026-11-24")
		if err != nil {
			return err
		}
		want, err = classroom.Piles(in)
		return err
	})
	if len(d.Piles) != len(want) {
		t.Fatalf("%d piles stored, the rule makes %d", len(d.Piles), len(want))
	}
	for i, p := range d.Piles {
		if schooltest.MustJSON(p.As) != schooltest.MustJSON(want[i]) {
			t.Errorf("pile %d: stored %s, the rule makes %s", i, schooltest.MustJSON(p.As), schooltest.MustJSON(want[i]))
		}
	}
	got := map[classroom.Kind][]string{}
	places := map[string]bool{}
	for _, p := range d.Piles {
		got[p.Kind] = namesOf(s, p)
		places[p.Place] = true
	}
	if w := (map[classroom.Kind][]string{"sit": {"L01 N.", "L02 N."}, "watch": {"L03 N."}, "carry": {"L04 N."}}); !reflect.DeepEqual(got, w) {
		t.Errorf("names %v, want %v", got, w)
	}
	if !places["1"] || !places["2"] || !places["3"] {
		t.Errorf("places %v, want a table for each pile", places)
	}
	sit := d.Piles[0]
	if sit.Skill != s.Skill("b") || sit.Mistake != "add" || len(sit.As.Discuss) != 2 || len(sit.As.Exit) != 2 || sit.As.Example == "" {
		t.Errorf("the table with the teacher is %+v", sit)
	}
}

// A learner made the mistake at b-1 and then at b-3. The second was taken out, ruled right after all, or judged again by a later
// key: only the other is left to talk about.
func TestPlanDay_WhatNoLongerStandsIsNobodysMistake(t *testing.T) {
	for name, f := range map[string]func(attempt string) evidence.Fact{
		"taken out": func(a string) evidence.Fact {
			return evidence.Fact{Kind: evidence.KindWithdrawal, Withdrawal: &evidence.Withdrawal{Fact: a, By: "t", Reason: "shared tablet"}}
		},
		"ruled right": func(a string) evidence.Fact {
			return evidence.Fact{Kind: evidence.KindRuling, Ruling: &evidence.Ruling{Attempt: a, Accepted: true, By: "t"}}
		},
		"judged again": func(a string) evidence.Fact {
			return evidence.Fact{Kind: evidence.KindRescoring, Rescoring: &evidence.Rescoring{Attempt: a, ItemVersion: 2, Outcome: item.Right, By: "t", Reason: "reason.item_changed"}}
		},
		"ruled not yet": func(a string) evidence.Fact {
			return evidence.Fact{Kind: evidence.KindRuling, Ruling: &evidence.Ruling{Attempt: a, By: "t", Word: "see the unit"}}
		},
	} {
		s := fourLearners(t)
		who := s.Learners[0].Person
		s.Answers(s.Learners[0], "b-3", "add", 1)
		var attempt string
		s.Look(s.Learners[0], func(l *flow.Look) error {
			facts, err := ledger.AttemptFacts(l, string(who))
			attempt = facts[len(facts)-1].ID
			return err
		})
		fact := f(attempt)
		fact.Learner = who
		s.Happens(fact)
		schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class})
		stands := name == "ruled not yet"
		shown := false
		for _, p := range day(s).Piles {
			for _, d := range p.As.Discuss {
				shown = shown || d.Item == s.Item("b-3")
			}
		}
		if shown != stands {
			t.Errorf("%s: shown to the class %v, want %v", name, shown, stands)
		}
	}
}

// A learner's last mistake was ruled right, or judged again, and that was taken back: it is a mistake as before.
func TestPlanDay_WhatWasTakenBackOvertakesNothing(t *testing.T) {
	for name, f := range map[string]func(attempt string) evidence.Fact{
		"a ruling": func(a string) evidence.Fact {
			return evidence.Fact{Kind: evidence.KindRuling, Ruling: &evidence.Ruling{Attempt: a, Accepted: true, By: "t"}}
		},
		"a rescoring": func(a string) evidence.Fact {
			return evidence.Fact{Kind: evidence.KindRescoring, Rescoring: &evidence.Rescoring{Attempt: a, ItemVersion: 2, Outcome: item.Right, By: "t", Reason: "reason.item_changed"}}
		},
	} {
		s := fourLearners(t)
		who := s.Learners[0].Person
		fact := f(s.Answers(s.Learners[0], "b-3", "add", 1).Fact)
		fact.Learner = who
		s.Happens(evidence.Fact{Learner: who, Kind: evidence.KindWithdrawal, Withdrawal: &evidence.Withdrawal{Fact: s.Happens(fact), By: "t", Reason: "by mistake"}})
		schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class})
		shown := false
		for _, p := range day(s).Piles {
			for _, d := range p.As.Discuss {
				shown = shown || d.Item == s.Item("b-3")
			}
		}
		if !shown {
			t.Errorf("%s that was taken back still hides the mistake", name)
		}
	}
}

func TestPlanDay_IsMadeAnewUntilANameWasMoved(t *testing.T) {
	s := fourLearners(t)
	schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class})
	s.Watches(s.Learners[2], "l2", 0, 95)
	schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class})
	for _, p := range day(s).Piles {
		if p.Kind == classroom.Watch {
			t.Errorf("everyone has seen the film, and %v still have a seat at the station", namesOf(s, p))
		}
	}
	d := day(s)
	schooltest.Do(s, period.MoveInPile, s.Okafor, period.MoveInPileIn{Op: flow.Op{Op: schooltest.NewOp()}, Day: d.ID, Learner: s.Learners[0].Person, Pile: d.Piles[1].ID})
	if out := schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class}); !out.Kept {
		t.Error("a moved name was overwritten without asking")
	}
	if out := schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Fresh: true}); out.Kept || day(s).Moved {
		t.Error("fresh piles were asked for and not made")
	}
}

func TestPlanDay_RefusesOthersAndAStartedDay(t *testing.T) {
	s := fourLearners(t)
	in := period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class}
	schooltest.Refused(s, period.PlanDay, s.Lin, in, fault.NotFound)
	schooltest.Refused(s, period.PlanDay, s.Learners[0], in, fault.Forbidden)
	schooltest.Refused(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: roster.ClassID(schooltest.NewOp())}, fault.NotFound)
	day := schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class}).Day
	start(s, day)
	if code := schooltest.Refused(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Fresh: true}, fault.Conflict); code != "fault.day.started" {
		t.Error(code)
	}
	if out := schooltest.Do(s, period.PlanDay, s.Okafor, period.PlanDayIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class}); !out.Kept {
		t.Error("a started day was made anew")
	}
}

func TestSeenByClass_IsTheLearnersOwnStatus(t *testing.T) {
	s := schooltest.New(t, 4)
	s.Invite("l2", "2026-11-24", "09:00")
	s.Watches(s.Learners[0], "l2", 0, 95)
	s.Watches(s.Learners[1], "l2", 0, 50)
	s.Watches(s.Learners[1], "l2", 20, 60) // overlaps: not 90 s seen
	s.Watches(s.Learners[2], "l2", 50, 100)
	s.Watches(s.Learners[2], "l2", 0, 45)
	taken := s.Happens(evidence.Fact{Learner: s.Learners[3].Person, Kind: evidence.KindViewing,
		Viewing: &evidence.Viewing{Lesson: s.Lesson("l2"), LessonVersion: 1, FromMs: 0, ToMs: 95_000, Rate: 1}})
	s.Happens(evidence.Fact{Learner: s.Learners[3].Person, Kind: evidence.KindWithdrawal, Withdrawal: &evidence.Withdrawal{Fact: taken, By: s.Okafor.Person, Reason: "shared tablet"}})
	want := []classroom.Seen{classroom.SeenAll, classroom.SeenPart, classroom.SeenAll, classroom.SeenNone}
	s.Look(s.Okafor, func(l *flow.Look) error {
		v, err := library.Lesson(l, s.Lesson("l2"))
		if err != nil {
			return err
		}
		seen, err := period.HowFar(l, s.Class, v)
		for i, who := range s.Learners {
			facts, err := ledger.Facts(l, who.Person)
			if err != nil {
				return err
			}
			own, _ := plan.LessonStatus(*v, ledger.Kept(facts), 0)
			as := map[plan.Status]classroom.Seen{plan.Done: classroom.SeenAll, plan.Doing: classroom.SeenPart, plan.Todo: classroom.SeenNone}[own]
			if got := seen(who.Person); got != want[i] || got != as {
				t.Errorf("learner %d: %q to the teacher, %q on their own page, want %q", i+1, got, as, want[i])
			}
		}
		if none, err := period.HowFar(l, s.Class, nil); err != nil || none(s.Learners[0].Person) != classroom.NoLesson {
			t.Error("there is no lesson to have seen")
		}
		return err
	})
}

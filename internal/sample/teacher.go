package sample

import (
	"fmt"
	"strings"
	"time"

	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/flow"
	"kith/internal/flow/decision"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/plan"
)

// teacher is Mr Okafor, as far as the four weeks need him.
type teacher struct {
	m     *maker
	actor access.Actor
	acts  int
	diary diary
}

func (m *maker) teacher() *teacher {
	return &teacher{m: m, actor: m.s.Actor(m.s.Find("Mr", "Okafor"))}
}

func (t *teacher) op() flow.Op {
	t.acts++
	return flow.Op{Op: t.m.op("teacher", t.acts)}
}

// weeks writes what the teacher did up to now.
func (t *teacher) weeks() {
	t.note(t.m.schoolDay(t.m.first, 8, 0), func() error {
		out, err := flow.Run(t.m.ctx, t.m.f, library.GiveUnit, t.actor, library.GiveUnitIn{Op: t.op(), Class: t.m.s.Class, Unit: t.m.s.Unit, Dial: "required"})
		t.m.s.ClassUnit = out.ClassUnit
		return err
	})
	for _, p := range t.m.phases {
		before := t.m.cal.next
		if p.due > 0 {
			before = t.m.schoolDay(p.due, 9, 0)
		}
		t.note(t.m.schoolDay(p.invited, 15, 0), func() error {
			_, err := flow.Run(t.m.ctx, t.m.f, library.InviteLesson, t.actor, library.InviteLessonIn{Op: t.op(), ClassUnit: t.m.s.ClassUnit,
				Lesson: t.m.lessons[p.lesson].ID, Before: library.Before{On: before.Format(time.DateOnly), At: before.Format("15:04")}})
			return err
		})
	}
	if t.m.size == Small {
		t.decides(1)
		return
	}
	t.class(16)
	t.class(8)
	for _, evening := range []int{24, 12, 9, 6} {
		t.decides(evening)
	}
	t.credits(11, onPaper, "equivalent-ratios", "Your drawings of the color mix show it, and you said why adding one drop changes it.")
	t.credits(7, onPaper, "percent-of", "You folded the strip onto three things and got 30 % of each.")
}

// decides reads the inbox in the afternoon before an evening and says yes to what was sent. One plan gets a step by hand.
func (t *teacher) decides(evening int) {
	t.note(t.m.cal.evening(evening, 14, 30), func() error {
		inbox, err := flow.Show(t.m.ctx, t.m.f, decision.Inbox, t.actor, decision.InboxIn{Class: t.m.s.Class})
		if err != nil {
			return err
		}
		plans := inbox.Single
		for _, fold := range inbox.Same {
			plans = append(plans, fold.Plans...)
		}
		var yes []string
		for _, p := range plans {
			switch {
			case p.SentMs == 0:
			case t.m.named(p.Learner) == percents:
				if err := t.adds(p); err != nil {
					return err
				}
			default:
				yes = append(yes, p.ID)
			}
		}
		if len(yes) == 0 {
			return nil
		}
		_, err = flow.Run(t.m.ctx, t.m.f, decision.DecideProposals, t.actor, decision.DecideProposalsIn{Op: t.op(), Class: t.m.s.Class, Proposals: yes, Verdict: "accept"})
		return err
	})
}

// adds says yes to a plan with a meeting put first.
func (t *teacher) adds(p decision.InboxPlan) error {
	_, err := flow.Run(t.m.ctx, t.m.f, decision.DecideEdit, t.actor, decision.DecideEditIn{Op: t.op(), Proposal: p.ID, Uncredited: []string{},
		Edits:  []decision.PlanEdit{{Act: "add", To: 0, Must: true, Step: &decision.StepIn{Kind: plan.Meeting, Skill: t.m.skill["equivalent-ratios"]}}},
		Reason: "Percents are yours already. Let us look at mixes together first: it is the same idea."})
	return err
}

// credits says that a learner knows a skill, on the afternoon before an evening.
func (t *teacher) credits(evening int, name, code, reason string) {
	t.note(t.m.cal.evening(evening, 14, 45), func() error {
		given, family, _ := strings.Cut(name, " ")
		_, err := flow.Run(t.m.ctx, t.m.f, decision.CreditSkill, t.actor, decision.CreditSkillIn{Op: t.op(), Learner: t.m.s.Find(given, family).ID,
			Skill: t.m.skill[code], Reason: reason})
		return err
	})
}

func (t *teacher) note(at time.Time, do func() error) {
	t.diary.note(at, func() error {
		if err := do(); err != nil {
			return fmt.Errorf("Mr Okafor, %s: %w", at.Format(time.DateTime), err)
		}
		return nil
	})
}

// class is an hour of class: the day is started, the teacher sits with the piles that asked for it, the day ends.
func (t *teacher) class(evening int) {
	t.note(t.m.schoolDay(evening, 9, 0), func() error {
		if _, err := flow.Run(t.m.ctx, t.m.f, period.StartDay, t.actor, period.StartDayIn{Op: t.op(), Class: t.m.s.Class}); err != nil {
			return err
		}
		today, err := flow.Show(t.m.ctx, t.m.f, period.Today, t.actor, library.ClassIn{Class: t.m.s.Class})
		if err != nil {
			return err
		}
		for _, p := range today.Piles {
			if p.Kind != classroom.Sit {
				continue
			}
			if _, err := flow.Run(t.m.ctx, t.m.f, period.SatTogether, t.actor, period.SatTogetherIn{Op: t.op(), Pile: p.ID}); err != nil {
				return err
			}
		}
		return nil
	})
	t.note(t.m.schoolDay(evening, 9, 50), func() error {
		_, err := flow.Run(t.m.ctx, t.m.f, period.EndDay, t.actor, period.StartDayIn{Op: t.op(), Class: t.m.s.Class})
		return err
	})
}

// schoolDay is the day of the nth evening back from now, or the weekday before it.
func (m *maker) schoolDay(evening, hour, minute int) time.Time {
	at := m.cal.evening(evening, hour, minute)
	for weekend(at) {
		at = at.AddDate(0, 0, -1)
	}
	return at
}

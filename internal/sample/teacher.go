package sample

import (
	"fmt"
	"time"

	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/flow"
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
		out, err := flow.Run(t.m.ctx, t.m.f, flow.GiveUnit, t.actor, flow.GiveUnitIn{Op: t.op(), Class: t.m.s.Class, Unit: t.m.s.Unit, Dial: "required"})
		t.m.s.ClassUnit = out.ClassUnit
		return err
	})
	for _, p := range t.m.phases {
		before := t.m.cal.next
		if p.due > 0 {
			before = t.m.schoolDay(p.due, 9, 0)
		}
		t.note(t.m.schoolDay(p.invited, 15, 0), func() error {
			_, err := flow.Run(t.m.ctx, t.m.f, flow.InviteLesson, t.actor, flow.InviteLessonIn{Op: t.op(), ClassUnit: t.m.s.ClassUnit,
				Lesson: t.m.lessons[p.lesson].ID, Before: flow.Before{On: before.Format(time.DateOnly), At: before.Format("15:04")}})
			return err
		})
	}
	if t.m.size == Full {
		t.class(16)
		t.class(8)
	}
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
		if _, err := flow.Run(t.m.ctx, t.m.f, flow.StartDay, t.actor, flow.StartDayIn{Op: t.op(), Class: t.m.s.Class}); err != nil {
			return err
		}
		today, err := flow.Show(t.m.ctx, t.m.f, flow.Today, t.actor, flow.ClassIn{Class: t.m.s.Class})
		if err != nil {
			return err
		}
		for _, p := range today.Piles {
			if p.Kind != classroom.Sit {
				continue
			}
			if _, err := flow.Run(t.m.ctx, t.m.f, flow.SatTogether, t.actor, flow.SatTogetherIn{Op: t.op(), Pile: p.ID}); err != nil {
				return err
			}
		}
		return nil
	})
	t.note(t.m.schoolDay(evening, 9, 50), func() error {
		_, err := flow.Run(t.m.ctx, t.m.f, flow.EndDay, t.actor, flow.StartDayIn{Op: t.op(), Class: t.m.s.Class})
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

package sample

import (
	"time"

	"kith/internal/access"
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

// weeks writes what the teacher did in the four weeks.
func (t *teacher) weeks() {
	t.diary.note(t.m.schoolDay(first, 8, 0), func() error {
		out, err := flow.Run(t.m.ctx, t.m.f, flow.GiveUnit, t.actor, flow.GiveUnitIn{Op: t.op(), Class: t.m.s.Class, Unit: t.m.s.Unit, Dial: "required"})
		t.m.s.ClassUnit = out.ClassUnit
		return err
	})
	for _, p := range phases {
		before := t.m.cal.next
		if p.due > 0 {
			before = t.m.schoolDay(p.due, 9, 0)
		}
		t.diary.note(t.m.schoolDay(p.invited, 15, 0), func() error {
			_, err := flow.Run(t.m.ctx, t.m.f, flow.InviteLesson, t.actor, flow.InviteLessonIn{Op: t.op(), ClassUnit: t.m.s.ClassUnit,
				Lesson: t.m.lessons[p.lesson].ID, Before: flow.Before{On: before.Format(time.DateOnly), At: before.Format("15:04")}})
			return err
		})
	}
}

// schoolDay is the day of the nth evening back from now, or the weekday before it.
func (m *maker) schoolDay(evening, hour, minute int) time.Time {
	at := m.cal.evening(evening, hour, minute)
	for weekend(at) {
		at = at.AddDate(0, 0, -1)
	}
	return at
}

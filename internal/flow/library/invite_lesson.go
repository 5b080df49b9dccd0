package library

import (
	"time"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// Before is a moment of class in the school's zone, e.g. 2026-11-24 09:00. It may be past: an invitation is no lock.
type Before struct {
	On string `json:"on" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" doc:"YYYY-MM-DD"`
	At string `json:"at" pattern:"^[0-9]{2}:[0-9]{2}$" doc:"HH:MM"`
}

// check refuses what is no day or no time of the clock, and years that can only be a slip of the hand.
func (b Before) check() error {
	on, err := time.Parse(flow.DayForm, b.On)
	if err != nil || on.Year() < 2000 || on.Year() > 2199 {
		return fault.Invalidf("before", "%q is not a day", b.On)
	}
	if _, err := time.Parse(flow.TimeForm, b.At); err != nil || len(b.At) != len(flow.TimeForm) {
		return fault.Invalidf("before", "%q is not a time", b.At)
	}
	return nil
}

// InviteLessonIn invites a class to a lesson before a moment of class.
type InviteLessonIn struct {
	flow.Op
	ClassUnit string           `json:"class_unit" minLength:"36" maxLength:"36"`
	Lesson    content.LessonID `json:"lesson" minLength:"36" maxLength:"36"`
	Before    Before           `json:"before"`
}

// ClassLessonOut names an invitation.
type ClassLessonOut struct {
	ClassLesson string `json:"class_lesson"`
}

// InviteLesson invites a class to a lesson. A class that is invited to it already is invited to the new moment instead.
// Errors: NotFound (no such class unit of this teacher, no such lesson), Conflict (the unit was taken back, the lesson
// withdrawn), Invalid.
var InviteLesson = flow.Verb[InviteLessonIn, ClassLessonOut]{
	Name: "invite_lesson",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in InviteLessonIn) (access.Subject, error) {
		return AboutClassUnit(l, in.ClassUnit)
	},
	Shard: func(in InviteLessonIn, who access.Actor) string { return in.ClassUnit },
	Do: func(a *flow.Act, in InviteLessonIn) (ClassLessonOut, error) {
		unit, err := a.Q().ClassUnit(a.Ctx(), db.ClassUnitParams{SchoolID: a.School(), ID: in.ClassUnit})
		if err != nil {
			return ClassLessonOut{}, err
		}
		if unit.EndedMs > 0 {
			return ClassLessonOut{}, fault.New(fault.Conflict, "fault.unit.ended")
		}
		row, err := a.Q().Content(a.Ctx(), db.ContentParams{SchoolID: a.School(), ID: string(in.Lesson)})
		if err != nil {
			return ClassLessonOut{}, err
		}
		if row.Kind != "lesson" {
			return ClassLessonOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if row.Status != string(content.Published) {
			return ClassLessonOut{}, fault.New(fault.Conflict, "fault.lesson.invite_withdrawn")
		}
		return invite(a, unit, in.Lesson, in.Before)
	},
}

func invite(a *flow.Act, unit db.ClassUnit, lesson content.LessonID, before Before) (ClassLessonOut, error) {
	if err := before.check(); err != nil {
		return ClassLessonOut{}, err
	}
	open, err := a.Q().LessonsOfClass(a.Ctx(), db.LessonsOfClassParams{SchoolID: a.School(), ClassID: unit.ClassID})
	if err != nil {
		return ClassLessonOut{}, err
	}
	for _, r := range open {
		if r.LessonID != string(lesson) {
			continue
		}
		if _, err := a.Q().EndClassLesson(a.Ctx(), db.EndClassLessonParams{SchoolID: a.School(), ID: r.ID, EndedMs: a.Now()}); err != nil {
			return ClassLessonOut{}, err
		}
	}
	out := ClassLessonOut{a.NewID()}
	if err := a.Q().InviteToLesson(a.Ctx(), db.InviteToLessonParams{SchoolID: a.School(), ID: out.ClassLesson, ClassID: unit.ClassID, ClassUnitID: unit.ID,
		LessonID: string(lesson), BeforeOn: before.On, BeforeAt: before.At, ByID: flow.ActorKey(a.Who()), AtMs: a.Now()}); err != nil {
		return out, err
	}
	return out, a.TellClass(roster.ClassID(unit.ClassID), "lesson", out)
}

// WithdrawLessonIn names the invitation.
type WithdrawLessonIn struct {
	flow.Op
	ClassLesson string `json:"class_lesson" minLength:"36" maxLength:"36"`
}

// WithdrawLesson takes an invitation back. The lesson, and what learners did in it, stay; it can be invited to again.
// Errors: NotFound, Conflict (it was taken back already).
var WithdrawLesson = flow.Verb[WithdrawLessonIn, flow.DoneOut]{
	Name: "withdraw_lesson",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in WithdrawLessonIn) (access.Subject, error) {
		row, err := l.Q().ClassLesson(l.Ctx(), db.ClassLessonParams{SchoolID: l.School(), ID: in.ClassLesson})
		return access.OfClass(roster.ClassID(row.ClassID)), err
	},
	Shard: func(in WithdrawLessonIn, who access.Actor) string { return in.ClassLesson },
	Do: func(a *flow.Act, in WithdrawLessonIn) (flow.DoneOut, error) {
		row, err := a.Q().ClassLesson(a.Ctx(), db.ClassLessonParams{SchoolID: a.School(), ID: in.ClassLesson})
		if err != nil {
			return flow.DoneOut{}, err
		}
		n, err := a.Q().EndClassLesson(a.Ctx(), db.EndClassLessonParams{SchoolID: a.School(), ID: in.ClassLesson, EndedMs: a.Now()})
		if err != nil {
			return flow.DoneOut{}, err
		}
		if n == 0 {
			return flow.DoneOut{}, fault.New(fault.Conflict, "fault.lesson.taken_back")
		}
		return flow.DoneOut{Done: true}, a.TellClass(roster.ClassID(row.ClassID), "lesson", ClassLessonOut{in.ClassLesson})
	},
}

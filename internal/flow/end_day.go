package flow

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/store/db"
)

// EndDay ends the lesson: pages stop saying where to go, and where learners were is forgotten. Raised hands stay up, so
// that nobody's question is lost. A lesson that is over stays over. Errors: NotFound, Conflict (it has not begun).
var EndDay = Verb[StartDayIn, PlanDayOut]{
	Name: "end_day",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in StartDayIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Shard: func(in StartDayIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *Act, in StartDayIn) (PlanDayOut, error) {
		day, err := a.day(in.Class)
		if err != nil {
			return PlanDayOut{}, err
		}
		if day.StartedMs == 0 {
			return PlanDayOut{}, fault.New(fault.Conflict, "fault.day.not_started")
		}
		if day.EndedMs > 0 {
			return PlanDayOut{Day: day.ID, Kept: true}, nil
		}
		if _, err := a.q.EndClassDay(a.ctx, db.EndClassDayParams{SchoolID: a.school(), ID: day.ID, EndedMs: a.now}); err != nil {
			return PlanDayOut{}, err
		}
		if err := a.q.ForgetPresenceOfClass(a.ctx, db.ForgetPresenceOfClassParams{SchoolID: a.school(), ClassID: string(in.Class)}); err != nil {
			return PlanDayOut{}, err
		}
		return PlanDayOut{Day: day.ID}, a.tellDay(day)
	},
}

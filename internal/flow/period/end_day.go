package period

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/store/db"
)

// EndDay ends the lesson: pages stop saying where to go, and where learners were is forgotten. Raised hands stay up, so
// that nobody's question is lost. A lesson that is over stays over. Errors: NotFound, Conflict (it has not begun).
var EndDay = flow.Verb[StartDayIn, PlanDayOut]{
	Name: "end_day",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in StartDayIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Shard: func(in StartDayIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *flow.Act, in StartDayIn) (PlanDayOut, error) {
		day, err := day(a.Look, in.Class)
		if err != nil {
			return PlanDayOut{}, err
		}
		if day.StartedMs == 0 {
			return PlanDayOut{}, fault.New(fault.Conflict, "fault.day.not_started")
		}
		if day.EndedMs > 0 {
			return PlanDayOut{Day: day.ID, Kept: true}, nil
		}
		if _, err := a.Q().EndClassDay(a.Ctx(), db.EndClassDayParams{SchoolID: a.School(), ID: day.ID, EndedMs: a.Now()}); err != nil {
			return PlanDayOut{}, err
		}
		if err := a.Q().ForgetPresenceOfClass(a.Ctx(), db.ForgetPresenceOfClassParams{SchoolID: a.School(), ClassID: string(in.Class)}); err != nil {
			return PlanDayOut{}, err
		}
		return PlanDayOut{Day: day.ID}, tellDay(a, day)
	},
}

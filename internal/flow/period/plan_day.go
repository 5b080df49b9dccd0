package period

import (
	"encoding/json"

	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// PlanDayIn asks for today's piles of a class. Fresh: also when somebody was already moved by hand.
type PlanDayIn struct {
	flow.Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Fresh bool           `json:"fresh,omitempty"`
}

// PlanDayOut is the day. Kept: it stands as it was, because it has started or somebody was moved by hand.
type PlanDayOut struct {
	Day  string `json:"day"`
	Kept bool   `json:"kept"`
}

// PlanDay makes today's piles from the evidence as it stands: when the day is first looked at, again while nobody has moved
// a name by hand, and whenever a teacher asks for fresh ones. Places that the teacher gave stay with the piles of the same
// kind and skill. Once the day has started its piles are people at tables, and are never made anew.
// Errors: NotFound (no such class of this teacher), Conflict (fresh piles of a day that has started).
var PlanDay = flow.Verb[PlanDayIn, PlanDayOut]{
	Name: "plan_day",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in PlanDayIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Shard: func(in PlanDayIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *flow.Act, in PlanDayIn) (PlanDayOut, error) {
		was, err := day(a.Look, in.Class)
		if err != nil {
			return PlanDayOut{}, err
		}
		if was.StartedMs > 0 && in.Fresh {
			return PlanDayOut{}, fault.New(fault.Conflict, "fault.day.started")
		}
		if was.StartedMs > 0 || (was.Moved && !in.Fresh) {
			return PlanDayOut{Day: was.ID, Kept: true}, nil
		}
		facts, err := loadFacts(a.Look, in.Class, was.On)
		if err != nil {
			return PlanDayOut{}, err
		}
		piles, err := classroom.Piles(facts.in)
		if err != nil {
			return PlanDayOut{}, err
		}
		day, err := writeDay(a, was, facts, piles)
		if err != nil {
			return PlanDayOut{}, err
		}
		a.Announce(flow.ClassTopic(string(in.Class)), "day", dayChanged{day})
		return PlanDayOut{Day: day}, nil
	},
}

// writeDay puts piles in the place of those that were.
func writeDay(a *flow.Act, was Day, facts dayFacts, piles []classroom.Pile) (id string, err error) {
	lesson := ""
	if facts.shared != nil {
		lesson = string(facts.shared.Lesson.ID)
	}
	if id = was.ID; id == "" {
		id = a.NewID()
		err = a.Q().AddClassDay(a.Ctx(), db.AddClassDayParams{SchoolID: a.School(), ID: id, ClassID: string(was.Class), OnDate: was.On, LessonID: lesson, MadeMs: a.Now()})
	} else {
		err = forgetPiles(a, id, lesson)
	}
	if err != nil {
		return id, err
	}
	places := placesFor(was, piles)
	for n, p := range piles {
		body, err := json.Marshal(p)
		if err != nil {
			return id, err
		}
		pile := a.NewID()
		if err := a.Q().AddPile(a.Ctx(), db.AddPileParams{SchoolID: a.School(), ID: pile, ClassDayID: id, N: int64(n + 1), Kind: string(p.Kind), SkillID: string(p.Skill),
			Mistake: p.Mistake, Place: places[n], Body: string(body)}); err != nil {
			return id, err
		}
		for _, m := range p.Members {
			if err := a.Q().PlaceInPile(a.Ctx(), db.PlaceInPileParams{SchoolID: a.School(), ClassDayID: id, LearnerID: string(m), PileID: pile}); err != nil {
				return id, err
			}
		}
	}
	return id, nil
}

func forgetPiles(a *flow.Act, day, lesson string) error {
	if err := a.Q().ForgetPileMembers(a.Ctx(), db.ForgetPileMembersParams{SchoolID: a.School(), ClassDayID: day}); err != nil {
		return err
	}
	if err := a.Q().ForgetPiles(a.Ctx(), db.ForgetPilesParams{SchoolID: a.School(), ClassDayID: day}); err != nil {
		return err
	}
	_, err := a.Q().SetClassDayLesson(a.Ctx(), db.SetClassDayLessonParams{SchoolID: a.School(), ID: day, LessonID: lesson, MadeMs: a.Now()})
	return err
}

package flow

import (
	"encoding/json"

	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// PlanDayIn asks for today's piles of a class. Fresh: also when somebody was already moved by hand.
type PlanDayIn struct {
	Op
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
var PlanDay = Verb[PlanDayIn, PlanDayOut]{
	Name: "plan_day",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in PlanDayIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Shard: func(in PlanDayIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *Act, in PlanDayIn) (PlanDayOut, error) {
		was, err := a.day(in.Class)
		if err != nil {
			return PlanDayOut{}, err
		}
		if was.StartedMs > 0 && in.Fresh {
			return PlanDayOut{}, fault.New(fault.Conflict, "fault.day.started")
		}
		if was.StartedMs > 0 || (was.Moved && !in.Fresh) {
			return PlanDayOut{Day: was.ID, Kept: true}, nil
		}
		facts, err := a.dayFacts(in.Class, was.On)
		if err != nil {
			return PlanDayOut{}, err
		}
		piles, err := classroom.Piles(facts.in)
		if err != nil {
			return PlanDayOut{}, err
		}
		day, err := a.writeDay(was, facts, piles)
		if err != nil {
			return PlanDayOut{}, err
		}
		a.Announce(ClassTopic(string(in.Class)), "day", dayChanged{day})
		return PlanDayOut{Day: day}, nil
	},
}

// writeDay puts piles in the place of those that were.
func (a *Act) writeDay(was Day, facts dayFacts, piles []classroom.Pile) (id string, err error) {
	lesson := ""
	if facts.shared != nil {
		lesson = string(facts.shared.Lesson.ID)
	}
	if id = was.ID; id == "" {
		id = a.NewID()
		err = a.q.AddClassDay(a.ctx, db.AddClassDayParams{SchoolID: a.school(), ID: id, ClassID: string(was.Class), OnDate: was.On, LessonID: lesson, MadeMs: a.now})
	} else {
		err = a.forgetPiles(id, lesson)
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
		if err := a.q.AddPile(a.ctx, db.AddPileParams{SchoolID: a.school(), ID: pile, ClassDayID: id, N: int64(n + 1), Kind: string(p.Kind), SkillID: string(p.Skill),
			Mistake: p.Mistake, Place: places[n], Body: string(body)}); err != nil {
			return id, err
		}
		for _, m := range p.Members {
			if err := a.q.PlaceInPile(a.ctx, db.PlaceInPileParams{SchoolID: a.school(), ClassDayID: id, LearnerID: string(m), PileID: pile}); err != nil {
				return id, err
			}
		}
	}
	return id, nil
}

func (a *Act) forgetPiles(day, lesson string) error {
	if err := a.q.ForgetPileMembers(a.ctx, db.ForgetPileMembersParams{SchoolID: a.school(), ClassDayID: day}); err != nil {
		return err
	}
	if err := a.q.ForgetPiles(a.ctx, db.ForgetPilesParams{SchoolID: a.school(), ClassDayID: day}); err != nil {
		return err
	}
	_, err := a.q.SetClassDayLesson(a.ctx, db.SetClassDayLessonParams{SchoolID: a.school(), ID: day, LessonID: lesson, MadeMs: a.now})
	return err
}

package period

import (
	"encoding/json"

	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// StartDayIn begins today's lesson of a class.
type StartDayIn struct {
	flow.Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
}

// StartDay begins the lesson: every learner's pages say where to go and with whom. Piles are made when nobody made them
// before, and whoever stands in none is placed. A lesson that was ended is taken up again; one that runs goes on.
// Errors: NotFound.
var StartDay = flow.Verb[StartDayIn, PlanDayOut]{
	Name: "start_day",
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
		if day.Running(a.Now()) {
			return PlanDayOut{Day: day.ID, Kept: true}, nil
		}
		if day.ID == "" {
			if day, err = makeDay(a, day); err != nil {
				return PlanDayOut{}, err
			}
		}
		if err := placeLeft(a, &day); err != nil {
			return PlanDayOut{}, err
		}
		if err := beginDay(a, day); err != nil {
			return PlanDayOut{}, err
		}
		return PlanDayOut{Day: day.ID}, tellDay(a, day)
	},
}

func beginDay(a *flow.Act, day Day) error {
	if day.StartedMs == 0 {
		_, err := a.Q().StartClassDay(a.Ctx(), db.StartClassDayParams{SchoolID: a.School(), ID: day.ID, StartedMs: a.Now()})
		return err
	}
	if day.EndedMs == 0 { // it ran out by itself
		if _, err := a.Q().EndClassDay(a.Ctx(), db.EndClassDayParams{SchoolID: a.School(), ID: day.ID, EndedMs: a.Now()}); err != nil {
			return err
		}
	}
	_, err := a.Q().ResumeClassDay(a.Ctx(), db.ResumeClassDayParams{SchoolID: a.School(), ID: day.ID, StartedMs: a.Now()})
	return err
}

// makeDay makes the piles of a day that nobody planned.
func makeDay(a *flow.Act, day Day) (Day, error) {
	facts, err := loadFacts(a.Look, day.Class, day.On)
	if err != nil {
		return day, err
	}
	piles, err := classroom.Piles(facts.in)
	if err != nil {
		return day, err
	}
	if _, err := writeDay(a, day, facts, piles); err != nil {
		return day, err
	}
	return dayOn(a.Look, day.Class, day.On)
}

// placeLeft gives those who joined the class after the piles were made a seat: in the smallest pile that carries on, else
// in one of their own.
func placeLeft(a *flow.Act, day *Day) error {
	if len(day.Unplaced) == 0 {
		return nil
	}
	to := -1
	for i, p := range day.Piles {
		if p.Kind == classroom.Carry && (to < 0 || len(p.Members) < len(day.Piles[to].Members)) {
			to = i
		}
	}
	if to < 0 {
		p := classroom.Pile{Key: "carry:::joined", Kind: classroom.Carry}
		for _, who := range day.Unplaced {
			p.Members = append(p.Members, who.ID)
		}
		body, err := json.Marshal(p)
		if err != nil {
			return err
		}
		row := db.AddPileParams{SchoolID: a.School(), ID: a.NewID(), ClassDayID: day.ID, N: int64(len(day.Piles) + 1), Kind: string(p.Kind),
			Place: placesFor(*day, append(asPiles(*day), p))[len(day.Piles)], Body: string(body)}
		if err := a.Q().AddPile(a.Ctx(), row); err != nil {
			return err
		}
		day.Piles = append(day.Piles, DayPile{ID: row.ID, Kind: p.Kind, Place: row.Place, Where: whereOf(row.Place), As: p})
		to = len(day.Piles) - 1
	}
	for _, who := range day.Unplaced {
		if err := a.Q().PlaceInPile(a.Ctx(), db.PlaceInPileParams{SchoolID: a.School(), ClassDayID: day.ID, LearnerID: string(who.ID), PileID: day.Piles[to].ID}); err != nil {
			return err
		}
		day.Piles[to].Members = append(day.Piles[to].Members, PileMember{Named: who})
	}
	day.Unplaced = nil
	return nil
}

func asPiles(day Day) []classroom.Pile {
	out := make([]classroom.Pile, len(day.Piles))
	for i, p := range day.Piles {
		out[i] = p.As
	}
	return out
}

// tellDay announces to the class's teachers and to each learner of the day that it changed.
func tellDay(a *flow.Act, day Day) error {
	a.Announce(flow.ClassTopic(string(day.Class)), "day", dayChanged{day.ID})
	for _, p := range day.Piles {
		for _, m := range p.Members {
			a.Announce(flow.LearnerTopic(string(m.ID)), "day", dayChanged{day.ID})
		}
	}
	return nil
}

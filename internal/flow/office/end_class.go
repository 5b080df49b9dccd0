package office

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// EndClassIn names a class that is over.
type EndClassIn struct {
	flow.Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
}

// EndClass closes a class from today: its code opens nothing, its people are no longer in it, its evidence stays.
var EndClass = flow.Verb[EndClassIn, flow.Done]{
	Name:  "end_class",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *flow.Look, in EndClassIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *flow.Act, in EndClassIn) (flow.Done, error) {
		if _, err := classRow(a.Look, in.Class); err != nil {
			return flow.Done{}, err
		}
		day, err := a.Today()
		if err != nil {
			return flow.Done{}, err
		}
		people, err := a.Q().PeopleOfClass(a.Ctx(), db.PeopleOfClassParams{SchoolID: a.School(), ClassID: string(in.Class)})
		if err != nil {
			return flow.Done{}, err
		}
		for _, p := range people {
			if err := changed(a.Q().EndEnrollment(a.Ctx(), db.EndEnrollmentParams{SchoolID: a.School(), ClassID: string(in.Class), PersonID: p.ID, EndedOn: day})); err != nil {
				return flow.Done{}, err
			}
			if err := note(a, "end_class", roster.PersonID(p.ID)); err != nil {
				return flow.Done{}, err
			}
		}
		return flow.Done{}, changed(a.Q().EndClass(a.Ctx(), db.EndClassParams{SchoolID: a.School(), ID: string(in.Class), EndedOn: day}))
	},
}

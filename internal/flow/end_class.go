package flow

import (
	"kith/internal/access"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// EndClassIn names a class that is over.
type EndClassIn struct {
	Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
}

// EndClass closes a class from today: its code opens nothing, its people are no longer in it, its evidence stays.
var EndClass = Verb[EndClassIn, Done]{
	Name:  "end_class",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *Look, in EndClassIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *Act, in EndClassIn) (Done, error) {
		if _, err := a.classRow(in.Class); err != nil {
			return Done{}, err
		}
		day, err := a.today()
		if err != nil {
			return Done{}, err
		}
		people, err := a.q.PeopleOfClass(a.ctx, db.PeopleOfClassParams{SchoolID: a.school(), ClassID: string(in.Class)})
		if err != nil {
			return Done{}, err
		}
		for _, p := range people {
			if err := changed(a.q.EndEnrollment(a.ctx, db.EndEnrollmentParams{SchoolID: a.school(), ClassID: string(in.Class), PersonID: p.ID, EndedOn: day})); err != nil {
				return Done{}, err
			}
		}
		return Done{}, changed(a.q.EndClass(a.ctx, db.EndClassParams{SchoolID: a.school(), ID: string(in.Class), EndedOn: day}))
	},
}

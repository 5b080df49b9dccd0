package office

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// EnrollIn puts somebody who is at the school already into a class.
type EnrollIn struct {
	flow.Op
	Class  roster.ClassID  `json:"class" minLength:"36" maxLength:"36"`
	Person roster.PersonID `json:"person" minLength:"36" maxLength:"36"`
	Role   roster.Role     `json:"role" enum:"learner,teacher"`
}

// Enroll puts a person into a class. Only an administrator may: being their teacher opens a learner's record.
// Errors: Invalid when the person's role does not fit.
var Enroll = flow.Verb[EnrollIn, flow.Done]{
	Name:  "enroll",
	Rule:  access.Allow(access.Admin),
	About: func(l *flow.Look, in EnrollIn) (access.Subject, error) { return access.OfPerson(in.Person), nil },
	Do: func(a *flow.Act, in EnrollIn) (flow.Done, error) {
		if in.Role != roster.Learner && in.Role != roster.Teacher {
			return flow.Done{}, fault.Invalidf("role", "%q is no role in a class", in.Role)
		}
		if _, err := classRow(a.Look, in.Class); err != nil {
			return flow.Done{}, err
		}
		if err := EnrollToday(a, in.Class, in.Person, in.Role); err != nil {
			return flow.Done{}, err
		}
		a.Announce(flow.ClassTopic(string(in.Class)), "people", struct{}{})
		return flow.Done{}, nil
	},
}

// UnenrollIn takes somebody out of a class.
type UnenrollIn struct {
	flow.Op
	Class  roster.ClassID  `json:"class" minLength:"36" maxLength:"36"`
	Person roster.PersonID `json:"person" minLength:"36" maxLength:"36"`
}

// Unenroll ends a person's place in a class from today. Their evidence stays theirs.
var Unenroll = flow.Verb[UnenrollIn, flow.Done]{
	Name:  "unenroll",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *flow.Look, in UnenrollIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *flow.Act, in UnenrollIn) (flow.Done, error) {
		day, err := a.Today()
		if err != nil {
			return flow.Done{}, err
		}
		role, err := found(a.Q().EnrolledAs(a.Ctx(), db.EnrolledAsParams{SchoolID: a.School(), ClassID: string(in.Class), PersonID: string(in.Person)}))
		if err != nil {
			return flow.Done{}, err
		}
		if role == string(roster.Teacher) && !a.Has(access.Admin) && in.Person != a.Who().Person && !a.Who().System {
			return flow.Done{}, fault.New(fault.Forbidden, "fault.forbidden")
		}
		if err := changed(a.Q().EndEnrollment(a.Ctx(), db.EndEnrollmentParams{SchoolID: a.School(), ClassID: string(in.Class), PersonID: string(in.Person), EndedOn: day})); err != nil {
			return flow.Done{}, err
		}
		a.Announce(flow.ClassTopic(string(in.Class)), "people", struct{}{})
		return flow.Done{}, note(a, "unenroll", in.Person)
	},
}

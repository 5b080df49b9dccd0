package flow

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// EnrollIn puts somebody who is at the school already into a class.
type EnrollIn struct {
	Op
	Class  roster.ClassID  `json:"class" minLength:"36" maxLength:"36"`
	Person roster.PersonID `json:"person" minLength:"36" maxLength:"36"`
	Role   roster.Role     `json:"role" enum:"learner,teacher"`
}

// Enroll puts a person into a class. Only an administrator may: being their teacher opens a learner's record.
// Errors: Invalid when the person's role does not fit.
var Enroll = Verb[EnrollIn, Done]{
	Name:  "enroll",
	Rule:  access.Allow(access.Admin),
	About: func(l *Look, in EnrollIn) (access.Subject, error) { return access.OfPerson(in.Person), nil },
	Do: func(a *Act, in EnrollIn) (Done, error) {
		if in.Role != roster.Learner && in.Role != roster.Teacher {
			return Done{}, fault.Invalidf("role", "%q is no role in a class", in.Role)
		}
		if _, err := a.classRow(in.Class); err != nil {
			return Done{}, err
		}
		if err := a.enroll(in.Class, in.Person, in.Role); err != nil {
			return Done{}, err
		}
		a.Announce(ClassTopic(string(in.Class)), "people", struct{}{})
		return Done{}, nil
	},
}

// UnenrollIn takes somebody out of a class.
type UnenrollIn struct {
	Op
	Class  roster.ClassID  `json:"class" minLength:"36" maxLength:"36"`
	Person roster.PersonID `json:"person" minLength:"36" maxLength:"36"`
}

// Unenroll ends a person's place in a class from today. Their evidence stays theirs.
var Unenroll = Verb[UnenrollIn, Done]{
	Name:  "unenroll",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *Look, in UnenrollIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *Act, in UnenrollIn) (Done, error) {
		day, err := a.today()
		if err != nil {
			return Done{}, err
		}
		role, err := found(a.q.EnrolledAs(a.ctx, db.EnrolledAsParams{SchoolID: a.school(), ClassID: string(in.Class), PersonID: string(in.Person)}))
		if err != nil {
			return Done{}, err
		}
		if role == string(roster.Teacher) && !a.Has(access.Admin) && in.Person != a.who.Person && !a.who.System {
			return Done{}, fault.New(fault.Forbidden, "fault.forbidden")
		}
		if err := changed(a.q.EndEnrollment(a.ctx, db.EndEnrollmentParams{SchoolID: a.school(), ClassID: string(in.Class), PersonID: string(in.Person), EndedOn: day})); err != nil {
			return Done{}, err
		}
		a.Announce(ClassTopic(string(in.Class)), "people", struct{}{})
		return Done{}, nil
	},
}

package flow

import (
	"errors"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

func authorize[I any](l *Look, rule access.Rule, about func(*Look, I) (access.Subject, error), in I) (access.Subject, error) {
	subject := access.OfSchool()
	if l.who.Anonymous() { // what a thing is about is looked up for somebody only
		if err := access.Decide(rule, l.who, subject, access.ByRole(l.who)); err != nil {
			return subject, err
		}
	}
	if about != nil {
		var err error
		if subject, err = about(l, in); err != nil {
			if errors.As(err, new(*fault.Error)) {
				return subject, err
			}
			return subject, store.Classify(err)
		}
	}
	has, err := l.relations(subject)
	if err != nil {
		return subject, err
	}
	l.has = has
	return subject, access.Decide(rule, l.who, subject, has)
}

// relations looks up what the actor is to a subject of their own school.
func (l *Look) relations(s access.Subject) (access.Relation, error) {
	has := access.ByRole(l.who)
	if l.who.Anonymous() || l.who.System || s.Kind == access.School {
		return has, nil
	}
	me := string(l.who.Person)
	if has&(access.Admin|access.Staff) != 0 {
		// What staff may do in their school reaches only as far as the school.
		ours, err := l.ours(s)
		if err != nil || !ours {
			return access.Anyone | access.SignedIn, err
		}
	}
	if s.Kind == access.Class {
		role, ok, err := store.Optional(l.q.EnrolledAs(l.ctx, db.EnrolledAsParams{SchoolID: l.School(), ClassID: s.ID, PersonID: me}))
		switch {
		case err != nil:
			return 0, err
		case ok && role == string(roster.Teacher):
			has |= access.TeacherOf
		case ok:
			has |= access.MemberOf
		}
		return has, nil
	}
	if s.ID == me {
		return has | access.Self, nil
	}
	for _, ask := range []struct {
		is    access.Relation
		query func() (int64, error)
	}{
		{access.TeacherOf, func() (int64, error) {
			return l.q.TeachesPerson(l.ctx, db.TeachesPersonParams{SchoolID: l.School(), ActorID: me, SubjectID: s.ID})
		}},
		{access.GuardianOf, func() (int64, error) {
			return l.q.GuardsPerson(l.ctx, db.GuardsPersonParams{SchoolID: l.School(), ActorID: me, SubjectID: s.ID})
		}},
		{access.Classmate, func() (int64, error) {
			return l.q.SharesClass(l.ctx, db.SharesClassParams{SchoolID: l.School(), ActorID: me, SubjectID: s.ID})
		}},
	} {
		n, err := ask.query()
		if err != nil {
			return 0, err
		}
		if n > 0 {
			has |= ask.is
		}
	}
	return has, nil
}

// ours reports whether a person or class is of the actor's own school.
func (l *Look) ours(s access.Subject) (bool, error) {
	var err error
	var ok bool
	if s.Kind == access.Class {
		_, ok, err = store.Optional(l.q.Class(l.ctx, db.ClassParams{SchoolID: l.School(), ID: s.ID}))
	} else {
		_, ok, err = store.Optional(l.q.Person(l.ctx, db.PersonParams{SchoolID: l.School(), ID: s.ID}))
	}
	return ok, err
}

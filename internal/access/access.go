// Package access decides who may do what: an Actor, what they are to the thing concerned, and the Rule of the operation.
//
// A Rule is one line beside each verb and each view: the relations that may pass. Whoever stands in no relation at all to
// the thing gets NotFound, because its existence is not theirs to know; whoever knows it but may not do this gets Forbidden.
//
// Place in the flow: layer 1. It is pure; package flow looks the relations up inside the transaction.
package access

import (
	"strings"

	"kith/internal/fault"
	"kith/internal/roster"
)

// Actor is the person who acts, as their session says. The zero Actor is anonymous.
type Actor struct {
	School roster.SchoolID
	Person roster.PersonID
	Role   roster.Role
	System bool // the program itself: imports, jobs, the demo's maker; never set from a request
}

// Anonymous reports whether nobody is signed in.
func (a Actor) Anonymous() bool { return a.Person == "" && !a.System }

// Relation is what an actor is to a subject; a set is a sum.
type Relation uint16

const (
	Anyone     Relation = 1 << iota // everybody, signed in or not
	SignedIn                        // any person of the school
	Self                            // the subject person
	TeacherOf                       // teaches the class, or a class of the person
	MemberOf                        // is a learner of the class
	Classmate                       // shares a class with the person
	GuardianOf                      // is the person's guardian
	Staff                           // a teacher or administrator of the school
	Admin                           // an administrator of the school
	Learner                         // a learner of the school
	Guardian                        // a guardian of the school
)

var names = []string{"anyone", "signed-in", "self", "teacher-of", "member-of", "classmate", "guardian-of", "staff", "admin", "learner", "guardian"}

// String names the relations of a set, joined by "+".
func (r Relation) String() string {
	var out []string
	for i, n := range names {
		if r&(1<<i) != 0 {
			out = append(out, n)
		}
	}
	return strings.Join(out, "+")
}

// Kind says what sort of thing an operation is about.
type Kind string

const (
	Person Kind = "person"
	Class  Kind = "class"
	School Kind = "school" // the actor's own school; every operation that is about no one in particular
)

// Subject is the thing that an operation is about.
type Subject struct {
	Kind Kind
	ID   string
}

// Of a person, a class, the school: the three subjects there are.
func OfPerson(id roster.PersonID) Subject { return Subject{Person, string(id)} }

// OfClass is a class as subject.
func OfClass(id roster.ClassID) Subject { return Subject{Class, string(id)} }

// OfSchool is the actor's own school as subject.
func OfSchool() Subject { return Subject{Kind: School} }

// Rule is the relations that may pass. The zero Rule is undeclared: nothing registers with it.
type Rule struct{ allow Relation }

// Allow makes a rule: any of the relations is enough.
func Allow(any ...Relation) Rule {
	var r Rule
	for _, a := range any {
		r.allow |= a
	}
	return r
}

// Declared reports whether the rule was written at all.
func (r Rule) Declared() bool { return r.allow != 0 }

// String is the rule as it is documented.
func (r Rule) String() string { return r.allow.String() }

// ByRole is what the actor is to the school, whatever the subject.
func ByRole(a Actor) Relation {
	set := Anyone
	if a.Anonymous() {
		return set
	}
	set |= SignedIn
	switch a.Role {
	case roster.Admin:
		set |= Admin | Staff
	case roster.Teacher:
		set |= Staff
	case roster.Learner:
		set |= Learner
	case roster.Guardian:
		set |= Guardian
	}
	return set
}

// knows are the relations that make a subject's existence no secret.
const knows = Self | TeacherOf | MemberOf | Classmate | GuardianOf

// Decide says yes (nil) or no to an actor with these relations to the subject.
// Errors: Unauthenticated for nobody; NotFound for someone who stands in no relation to a person or class; else Forbidden.
func Decide(r Rule, a Actor, about Subject, has Relation) error {
	if a.System || r.allow&has != 0 {
		return nil
	}
	if a.Anonymous() {
		return fault.New(fault.Unauthenticated, "fault.unauthenticated")
	}
	if about.Kind != School && has&knows == 0 && has&Admin == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return fault.New(fault.Forbidden, "fault.forbidden")
}

package flow

import (
	"kith/internal/access"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// FirstPlaceOut is where a person's day begins: a teacher's first class, a guardian's only child.
type FirstPlaceOut struct {
	Class roster.ClassID
	Child roster.PersonID // "" when there are none or several
}

// FirstPlace is what decides a person's first page.
var FirstPlace = View[struct{}, FirstPlaceOut]{
	Name: "first_place",
	Rule: access.Allow(access.SignedIn),
	Load: func(l *Look, _ struct{}) (out FirstPlaceOut, err error) {
		me := string(l.who.Person)
		if l.who.Role == roster.Guardian {
			children, err := l.q.ChildrenOf(l.ctx, db.ChildrenOfParams{SchoolID: l.school(), GuardianID: me})
			if len(children) == 1 {
				out.Child = roster.PersonID(children[0].ID)
			}
			return out, err
		}
		classes, err := l.q.ClassesOfPerson(l.ctx, db.ClassesOfPersonParams{SchoolID: l.school(), PersonID: me})
		for _, c := range classes {
			if c.EnrolledAs == string(roster.Teacher) {
				out.Class = roster.ClassID(c.ID)
				break
			}
		}
		return out, err
	},
}

// OwnWaysOut is how a person signs in, as they may know it themselves.
type OwnWaysOut struct {
	Login       string `json:"login,omitempty"`
	HasPassword bool   `json:"has_password"`
}

// OwnWays is a person's own ways in.
var OwnWays = View[struct{}, OwnWaysOut]{
	Name: "own_ways",
	Rule: access.Allow(access.SignedIn),
	Load: func(l *Look, _ struct{}) (out OwnWaysOut, err error) {
		p, err := l.personRow(l.who.Person)
		if err != nil {
			return out, err
		}
		out.Login = p.Login.String
		_, out.HasPassword, err = store.Optional(l.q.Password(l.ctx, db.PasswordParams{SchoolID: l.school(), PersonID: p.ID}))
		return out, err
	},
}

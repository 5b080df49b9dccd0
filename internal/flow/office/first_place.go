package office

import (
	"kith/internal/access"
	"kith/internal/flow"
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
var FirstPlace = flow.View[struct{}, FirstPlaceOut]{
	Name: "first_place",
	Rule: access.Allow(access.SignedIn),
	Load: func(l *flow.Look, _ struct{}) (out FirstPlaceOut, err error) {
		me := string(l.Who().Person)
		if l.Who().Role == roster.Guardian {
			children, err := l.Q().ChildrenOf(l.Ctx(), db.ChildrenOfParams{SchoolID: l.School(), GuardianID: me})
			if len(children) == 1 {
				out.Child = roster.PersonID(children[0].ID)
			}
			return out, err
		}
		classes, err := l.Q().ClassesOfPerson(l.Ctx(), db.ClassesOfPersonParams{SchoolID: l.School(), PersonID: me})
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
var OwnWays = flow.View[struct{}, OwnWaysOut]{
	Name: "own_ways",
	Rule: access.Allow(access.SignedIn),
	Load: func(l *flow.Look, _ struct{}) (out OwnWaysOut, err error) {
		p, err := personRow(l, l.Who().Person)
		if err != nil {
			return out, err
		}
		out.Login = p.Login.String
		_, out.HasPassword, err = store.Optional(l.Q().Password(l.Ctx(), db.PasswordParams{SchoolID: l.School(), PersonID: p.ID}))
		return out, err
	},
}

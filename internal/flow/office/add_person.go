package office

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
)

// linkLifeMs is how long a link lives with which somebody sets their password: a week with a weekend in it.
const linkLifeMs = 10 * 24 * 3_600_000

// AddPersonIn is a new adult of the school. Login may be empty: then they choose one with their password.
type AddPersonIn struct {
	flow.Op
	Role   roster.Role `json:"role" enum:"teacher,guardian,admin"`
	Given  string      `json:"given" minLength:"1" maxLength:"60"`
	Family string      `json:"family" maxLength:"60"`
	Login  string      `json:"login,omitempty" maxLength:"80"`
	Locale string      `json:"locale,omitempty" maxLength:"12" doc:"BCP 47; empty: the school's"`

	// Link is the hash of the one-time link's token, which package web makes; never sent by a client.
	Link string `json:"-"`
}

// LinkOut is a person and the hash of the link that lets them set their password. The link itself is shown once, by web.
type LinkOut struct {
	Person roster.Person `json:"person"`
	Link   string        `json:"link"`
}

// AddPerson makes a teacher, guardian or administrator and a one-time link with which they set their password.
// Errors: Invalid for a name or login that is none; Conflict when the login is taken.
var AddPerson = flow.Verb[AddPersonIn, LinkOut]{
	Name: "add_person",
	Rule: access.Allow(access.Admin),
	Do: func(a *flow.Act, in AddPersonIn) (LinkOut, error) {
		if in.Role != roster.Teacher && in.Role != roster.Guardian && in.Role != roster.Admin {
			return LinkOut{}, fault.Invalidf("role", "%q cannot be added here", in.Role)
		}
		n, err := roster.MakeName(in.Given, in.Family)
		if err != nil {
			return LinkOut{}, err
		}
		login := ""
		if in.Login != "" {
			if login, err = door.TakeLogin(in.Login); err != nil {
				return LinkOut{}, err
			}
		}
		p, err := MakePerson(a, in.Role, n, login, in.Locale)
		if err != nil {
			return LinkOut{}, err
		}
		out := LinkOut{Person: p, Link: in.Link}
		if in.Link == "" {
			return out, nil
		}
		return out, door.AddLink(a.Ctx(), a.Q(), a.Now(), a.School(), string(p.ID), a.NewID(), in.Link, false, linkLifeMs)
	},
}

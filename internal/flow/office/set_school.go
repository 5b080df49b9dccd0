package office

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// SetSchoolIn names the school and the time zone that its days and class times follow (IANA).
type SetSchoolIn struct {
	flow.Op
	Name string `json:"name" minLength:"1" maxLength:"60"`
	Zone string `json:"zone" minLength:"1" maxLength:"60"`
}

// SetSchool changes the school's name and time zone. Instants are kept in UTC, so what has happened stays when it was; days and
// class times are read in the new zone from now on. It is noted who did it. Errors: Invalid for an empty name, an unknown zone.
var SetSchool = flow.Verb[SetSchoolIn, flow.Done]{
	Name: "set_school",
	Rule: access.Allow(access.Admin),
	Do: func(a *flow.Act, in SetSchoolIn) (flow.Done, error) {
		name, err := roster.MakeTitle(in.Name)
		if err != nil {
			return flow.Done{}, err
		}
		if err := door.CheckZone(in.Zone); err != nil {
			return flow.Done{}, err
		}
		was, err := a.Q().School(a.Ctx(), a.School())
		if err != nil {
			return flow.Done{}, err
		}
		if err := changed(a.Q().SetSchool(a.Ctx(), db.SetSchoolParams{ID: a.School(), Name: name, Zone: in.Zone, Locale: was.Locale})); err != nil {
			return flow.Done{}, err
		}
		return flow.Done{}, a.NoteChange("set_school", roster.PersonID(a.School()))
	},
}

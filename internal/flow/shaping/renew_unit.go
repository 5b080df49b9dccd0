package shaping

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// RenewUnitIn names a unit as a class has it, and the version that was looked at and is wanted.
type RenewUnitIn struct {
	flow.Op
	Class   roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Unit    string         `json:"unit" minLength:"36" maxLength:"36" doc:"the class unit"`
	Version int            `json:"version" minimum:"1"`
}

// RenewUnit lets a class go on with the current version of a unit. Evidence, plans and decisions stay as they are. Errors:
// NotFound, Conflict (the unit has moved on since it was looked at; the class has this version).
var RenewUnit = flow.Verb[RenewUnitIn, library.ClassUnitOut]{
	Name:  "renew_unit",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in RenewUnitIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in RenewUnitIn, who access.Actor) string { return "course" },
	Do: func(a *flow.Act, in RenewUnitIn) (library.ClassUnitOut, error) {
		out := library.ClassUnitOut{ClassUnit: in.Unit}
		w, err := unitOf(a.Look, in.Class, in.Unit)
		if err != nil {
			return out, err
		}
		row, err := a.Q().Content(a.Ctx(), db.ContentParams{SchoolID: a.School(), ID: w.row.UnitID})
		if err != nil {
			return out, err
		}
		switch {
		case row.CurrentVersion == w.row.UnitVersion:
			return out, fault.New(fault.Conflict, "fault.outline.current", "unit", row.Title)
		case row.CurrentVersion != int64(in.Version) || row.Status != string(content.Published):
			return out, fault.New(fault.Conflict, "fault.outline.renewed", "unit", row.Title)
		}
		if _, err := a.Q().SetClassUnitVersion(a.Ctx(), db.SetClassUnitVersionParams{SchoolID: a.School(), ID: w.row.ID, UnitVersion: row.CurrentVersion}); err != nil {
			return out, err
		}
		return out, a.TellClass(in.Class, "units", out)
	},
}

package export

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// OutIn names a class of the teacher's, a unit that it has, and the format in which it is wanted.
type OutIn struct {
	Class roster.ClassID `path:"class" json:"class" minLength:"36" maxLength:"36"`
	Unit  string         `path:"unit" json:"unit" minLength:"36" maxLength:"36"`
	Kind  string         `path:"kind" json:"kind" maxLength:"20"`
}

// Out is a unit on its way out. The bytes of pictures are for whoever writes it.
type Out struct {
	School string
	Title  string
	Kind   string
	Bundle intake.Bundle
}

// HandOut gives a teacher of a class what a unit of it holds, as the bundle that would bring it again. Errors: NotFound.
var HandOut = outView("hand_out")

// LookOut is HandOut for a page that wants to know beforehand what a format has no place for.
var LookOut = outView("look_out")

func outView(name string) flow.View[OutIn, Out] {
	return flow.View[OutIn, Out]{
		Name:  name,
		Rule:  access.Allow(access.TeacherOf, access.Admin),
		About: func(_ *flow.Look, in OutIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
		Load: func(l *flow.Look, in OutIn) (Out, error) {
			out := Out{School: l.School(), Kind: in.Kind}
			units, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(in.Class)})
			if err != nil {
				return out, err
			}
			for _, u := range units {
				if u.UnitID != in.Unit && u.ID != in.Unit {
					continue
				}
				w := walk{ctx: l.Ctx(), q: l.Q(), school: l.School(), codes: map[string]string{}}
				row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: u.UnitID})
				if err != nil {
					return out, err
				}
				out.Title = row.Title
				out.Bundle, err = w.bundle(in.Kind, Ask{Course: row.CourseID, Unit: row.ID})
				return out, err
			}
			return out, fault.New(fault.NotFound, "fault.not_found")
		},
	}
}

package shaping

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/outline"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// UnitIn names a class of the teacher's and a unit as the class has it.
type UnitIn struct {
	Class roster.ClassID `path:"class"`
	Unit  string         `path:"unit"`
}

// OutlinePage is a unit as its teacher changes it. Where the class has an earlier version than there is, Newer says what is
// different, and the outline is the class's own, to be looked at only.
type OutlinePage struct {
	Class         library.ClassHead  `json:"class"`
	Unit          string             `json:"unit"` // the class unit
	Title         string             `json:"title"`
	Version       int                `json:"version"`        // of the unit; a change names it
	CourseVersion int                `json:"course_version"` // a change names it too
	Objectives    []OutlineObjective `json:"objectives"`     // in order
	Aside         []OutlineObjective `json:"aside"`          // objectives that were left out
	Loose         []OutlineSkill     `json:"loose"`          // skills of the course that are in no objective
	Newer         *library.NewerUnit `json:"newer,omitempty"`
}

// OutlineObjective is one part of a unit.
type OutlineObjective struct {
	ID     skill.ObjectiveID `json:"id"`
	Title  string            `json:"title"`
	ICan   string            `json:"i_can"`
	Lesson string            `json:"lesson"` // its title, "" = none
	Skills []OutlineSkill    `json:"skills"`
}

// OutlineSkill is a skill with how many items ask it, and which skills it needs first.
type OutlineSkill struct {
	ID    skill.ID   `json:"id"`
	Title string     `json:"title"`
	Items int        `json:"items"`
	Needs []skill.ID `json:"needs"`
}

// Outline shows a teacher a unit to be changed. Errors: NotFound.
var Outline = flow.View[UnitIn, OutlinePage]{
	Name:  "outline",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in UnitIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in UnitIn) (OutlinePage, error) {
		p := OutlinePage{Unit: in.Unit, Objectives: []OutlineObjective{}, Aside: []OutlineObjective{}, Loose: []OutlineSkill{}}
		row, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(in.Class)})
		if err != nil {
			return p, err
		}
		p.Class = library.ClassHead{ID: in.Class, Name: row.Name}
		w, err := unitOf(l, in.Class, in.Unit)
		if err != nil {
			return p, err
		}
		unit, older, err := newest(l, w)
		if err != nil {
			return p, err
		}
		if older {
			unit = *w.unit
			if p.Newer, err = library.Newer(l, w.row); err != nil {
				return p, err
			}
		}
		p.Title, p.Version, p.CourseVersion = unit.Title, unit.Version, w.course.Version
		return p, p.fill(l, unit, w.course)
	},
}

// fill adds the objectives and what stands aside.
func (p *OutlinePage) fill(l *flow.Look, unit content.Unit, course *library.Course) error {
	counts, err := library.ItemCounts(l, course.ID)
	if err != nil {
		return err
	}
	lesson := map[skill.ObjectiveID]string{}
	for _, part := range append(unit.Parts[:len(unit.Parts):len(unit.Parts)], unit.Aside...) {
		if part.Lesson == "" {
			continue
		}
		row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(part.Lesson)})
		if err != nil {
			return err
		}
		if row.Status == string(content.Published) {
			lesson[part.Objective] = row.Title
		}
	}
	skills := func(of []outline.Skill) []OutlineSkill {
		out := []OutlineSkill{}
		for _, s := range of {
			out = append(out, OutlineSkill{s.ID, s.Title, counts[s.ID], append([]skill.ID{}, course.Graph.Prerequisites(s.ID)...)})
		}
		return out
	}
	objectives := func(of []outline.Objective) []OutlineObjective {
		out := []OutlineObjective{}
		for _, o := range of {
			out = append(out, OutlineObjective{o.ID, o.Title, o.ICan, lesson[o.ID], skills(o.Skills)})
		}
		return out
	}
	aside, loose := outline.Aside(course.Course, unit)
	p.Objectives, p.Aside, p.Loose = objectives(outline.Of(course.Course, unit).Objectives), objectives(aside), skills(loose)
	return nil
}

package shaping

import (
	"reflect"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/outline"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// ChangeOutlineIn is a unit as its teacher wants it: all of it, in order. The versions are those that were looked at.
type ChangeOutlineIn struct {
	flow.Op
	Class         roster.ClassID    `json:"class" minLength:"36" maxLength:"36"`
	Unit          string            `json:"unit" minLength:"36" maxLength:"36" doc:"the class unit"`
	Version       int               `json:"version" minimum:"1"`
	CourseVersion int               `json:"course_version" minimum:"1"`
	Title         string            `json:"title" maxLength:"2000"`
	Objectives    []WantedObjective `json:"objectives" maxItems:"400"`
}

// WantedObjective is one objective as it is wanted; its id is "" for a new one.
type WantedObjective struct {
	ID     skill.ObjectiveID `json:"id" maxLength:"36"`
	Title  string            `json:"title" maxLength:"2000"`
	ICan   string            `json:"i_can" maxLength:"2000"`
	Skills []WantedSkill     `json:"skills" maxItems:"400"`
}

// WantedSkill is one skill as it is wanted; its id is "" for a new one.
type WantedSkill struct {
	ID    skill.ID `json:"id" maxLength:"36"`
	Title string   `json:"title" maxLength:"2000"`
}

// OutlineOut is the unit's version afterwards, and what is different in it. No changes: it was so already.
type OutlineOut struct {
	ClassUnit string           `json:"class_unit"`
	Version   int              `json:"version"`
	Changes   []outline.Change `json:"changes"`
}

// ChangeOutline makes a further version of a unit, and of its course where its skills or objectives are others, and lets the class go
// on with it. Other classes keep theirs until they take the newer one (RenewUnit); evidence, plans and decisions stay as
// they are. Errors: NotFound, Invalid naming the line, Conflict (the unit or its course was changed meanwhile; the class has
// an earlier version).
var ChangeOutline = flow.Verb[ChangeOutlineIn, OutlineOut]{
	Name:  "change_outline",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in ChangeOutlineIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in ChangeOutlineIn, who access.Actor) string { return "course" },
	Do: func(a *flow.Act, in ChangeOutlineIn) (OutlineOut, error) {
		w, err := unitOf(a.Look, in.Class, in.Unit)
		if err != nil {
			return OutlineOut{}, err
		}
		now, err := movable(a.Look, w)
		if err != nil {
			return OutlineOut{}, err
		}
		if now.Version != in.Version || w.course.Version != in.CourseVersion {
			return OutlineOut{}, fault.New(fault.Conflict, "fault.outline.moved")
		}
		course, unit, changed, err := outline.Apply(w.course.Course, now, in.wanted(), a.NewID)
		out := OutlineOut{in.Unit, now.Version, []outline.Change{}}
		if err != nil || !changed {
			return out, err
		}
		if _, err := skill.NewGraph(course); err != nil {
			return out, err
		}
		if err := raiseBoth(a, w.course.Course, course, &unit); err != nil {
			return out, err
		}
		out.Version, out.Changes = unit.Version, outline.Changes(w.course.Course, now, course, unit)
		if _, err := a.Q().SetClassUnitVersion(a.Ctx(), db.SetClassUnitVersionParams{SchoolID: a.School(), ID: w.row.ID, UnitVersion: int64(unit.Version)}); err != nil {
			return out, err
		}
		return out, a.TellClass(in.Class, "units", library.ClassUnitOut{ClassUnit: w.row.ID})
	},
}

func (in ChangeOutlineIn) wanted() outline.Outline {
	o := outline.Outline{Title: in.Title}
	for _, w := range in.Objectives {
		one := outline.Objective{ID: w.ID, Title: w.Title, ICan: w.ICan}
		for _, s := range w.Skills {
			one.Skills = append(one.Skills, outline.Skill{ID: s.ID, Title: s.Title})
		}
		o.Objectives = append(o.Objectives, one)
	}
	return o
}

// raiseBoth makes the next version of a unit, and of its course if that is another than it was.
func raiseBoth(a *flow.Act, was, course skill.Course, unit *content.Unit) error {
	if !reflect.DeepEqual(was, course) {
		course.Version++
		if err := raise(a, string(course.ID), course.Title, course.Version, course); err != nil {
			return err
		}
		if err := saveSkills(a, was, course); err != nil {
			return err
		}
	}
	unit.Version, unit.CourseVersion = unit.Version+1, course.Version
	return raise(a, string(unit.ID), unit.Title, unit.Version, *unit)
}

// saveSkills writes the rows of skills that are new or have another name.
func saveSkills(a *flow.Act, was, course skill.Course) error {
	before := map[skill.ID]string{}
	for _, s := range was.Skills {
		before[s.ID] = s.Title
	}
	for _, s := range course.Skills {
		if title, there := before[s.ID]; there && title == s.Title {
			continue
		}
		if err := a.Q().AddSkill(a.Ctx(), db.AddSkillParams{SchoolID: a.School(), ID: string(s.ID), CourseID: string(course.ID), Code: s.Code, Title: s.Title}); err != nil {
			return err
		}
	}
	return nil
}

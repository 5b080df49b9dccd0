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

// CreateUnitIn is a unit to begin with: a title, and one objective with one skill.
type CreateUnitIn struct {
	flow.Op
	Class     roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Title     string         `json:"title" maxLength:"2000"`
	Objective string         `json:"objective" maxLength:"2000"`
	ICan      string         `json:"i_can" maxLength:"2000"`
	Skill     string         `json:"skill" maxLength:"2000"`
}

// CreateUnit makes a unit of a teacher's own, in a course of its own, and gives it to the class at once. Errors: NotFound (not a
// class of this teacher), Invalid naming the line.
var CreateUnit = flow.Verb[CreateUnitIn, library.ClassUnitOut]{
	Name:  "create_unit",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in CreateUnitIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in CreateUnitIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *flow.Act, in CreateUnitIn) (library.ClassUnitOut, error) {
		out := library.ClassUnitOut{}
		school, err := a.Q().School(a.Ctx(), a.School())
		if err != nil {
			return out, err
		}
		course := skill.Course{ID: skill.CourseID(a.NewID()), Version: 1, Lang: school.Locale, Edges: []skill.Edge{}}
		unit := content.Unit{ID: content.UnitID(a.NewID()), Version: 1, Course: course.ID, CourseVersion: 1}
		unit.Code = "own/" + string(unit.ID)
		course, unit, _, err = outline.Apply(course, unit, outline.Outline{Title: in.Title,
			Objectives: []outline.Objective{{Title: in.Objective, ICan: in.ICan, Skills: []outline.Skill{{Title: in.Skill}}}}}, a.NewID)
		if err != nil {
			return out, err
		}
		if err := first(a, "course", string(course.ID), course, course, unit.Title); err != nil {
			return out, err
		}
		if err := saveSkills(a, skill.Course{}, course); err != nil {
			return out, err
		}
		if err := first(a, "unit", string(unit.ID), course, unit, unit.Title); err != nil {
			return out, err
		}
		out.ClassUnit = a.NewID()
		if err := a.Q().GiveUnit(a.Ctx(), db.GiveUnitParams{SchoolID: a.School(), ID: out.ClassUnit, ClassID: string(in.Class), UnitID: string(unit.ID),
			UnitVersion: 1, Dial: "required", GivenBy: flow.ActorKey(a.Who()), GivenMs: a.Now()}); err != nil {
			return out, err
		}
		return out, a.TellClass(in.Class, "units", out)
	},
}

// first writes the row and the first version of a teacher's own content.
func first(a *flow.Act, kind, id string, course skill.Course, body any, title string) error {
	if err := a.Q().AddContent(a.Ctx(), db.AddContentParams{SchoolID: a.School(), ID: id, Kind: kind, CourseID: string(course.ID), Code: "own/" + id, Title: title,
		CurrentVersion: 1, Status: string(content.Published), OwnerID: flow.ActorKey(a.Who()), CreatedMs: a.Now()}); err != nil {
		return err
	}
	return saveBody(a, id, 1, body)
}

package shaping

import (
	"slices"

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

// ChangePrerequisiteIn says that one skill of a unit needs another, or no longer does. Version is the course's that was looked
// at.
type ChangePrerequisiteIn struct {
	flow.Op
	Class   roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Unit    string         `json:"unit" minLength:"36" maxLength:"36" doc:"the class unit"`
	Version int            `json:"version" minimum:"1"`
	From    skill.ID       `json:"from" minLength:"36" maxLength:"36" doc:"what is needed"`
	To      skill.ID       `json:"to" minLength:"36" maxLength:"36" doc:"what needs it"`
	Needs   bool           `json:"needs"`
}

// PrerequisiteOut is the course's version after the change.
type PrerequisiteOut struct {
	Version int `json:"version"`
}

// ChangePrerequisite makes a further version of a unit's course in which one skill needs another, or no longer does, and lets the
// class go on with it. Other classes keep the version that they were given until they are given the unit anew; a
// learner's evidence and plan stay as they are. Errors: NotFound, Invalid (skills of another course, a cycle: named, where it
// would arise), Conflict (the course was changed meanwhile; the pair stands already, or no longer; the unit itself has
// changed since the class got it, and would change under it).
var ChangePrerequisite = flow.Verb[ChangePrerequisiteIn, PrerequisiteOut]{
	Name: "change_prerequisite",
	Rule: access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in ChangePrerequisiteIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Shard: func(in ChangePrerequisiteIn, who access.Actor) string { return "course" },
	Do: func(a *flow.Act, in ChangePrerequisiteIn) (PrerequisiteOut, error) {
		w, err := unitOf(a.Look, in.Class, in.Unit)
		if err != nil {
			return PrerequisiteOut{}, err
		}
		if w.course.Version != in.Version {
			return PrerequisiteOut{}, fault.New(fault.Conflict, "fault.prerequisite.moved")
		}
		unit, err := movable(a.Look, w)
		if err != nil {
			return PrerequisiteOut{}, err
		}
		course, err := changedCourse(w.course, in, a.Now())
		if err != nil {
			return PrerequisiteOut{}, err
		}
		unit.Version, unit.CourseVersion = unit.Version+1, course.Version
		if err := raise(a, string(course.ID), course.Title, course.Version, course); err != nil {
			return PrerequisiteOut{}, err
		}
		if err := raise(a, string(unit.ID), unit.Title, unit.Version, unit); err != nil {
			return PrerequisiteOut{}, err
		}
		if _, err := a.Q().SetClassUnitVersion(a.Ctx(), db.SetClassUnitVersionParams{SchoolID: a.School(), ID: w.row.ID, UnitVersion: int64(unit.Version)}); err != nil {
			return PrerequisiteOut{}, err
		}
		return PrerequisiteOut{course.Version}, a.TellClass(in.Class, "units", library.ClassUnitOut{ClassUnit: w.row.ID})
	},
}

// changedCourse is the next version of a course with one edge more or less. That one was taken out is remembered: an import does
// not put it back.
func changedCourse(was *library.Course, in ChangePrerequisiteIn, nowMs int64) (skill.Course, error) {
	c := was.Course
	c.Version++
	c.TakenOut = slices.DeleteFunc(slices.Clone(c.TakenOut), func(t skill.TakenOut) bool { return t.From == in.From && t.To == in.To })
	at := slices.IndexFunc(c.Edges, func(e skill.Edge) bool { return e.From == in.From && e.To == in.To })
	switch {
	case in.Needs == (at >= 0):
		return c, fault.New(fault.Conflict, "fault.prerequisite.so", "from", was.Skill[in.From].Title, "to", was.Skill[in.To].Title)
	case in.Needs:
		c.Edges = append(slices.Clone(c.Edges), skill.Edge{From: in.From, To: in.To, Source: skill.SourceTeacher})
	default:
		c.Edges = slices.Delete(slices.Clone(c.Edges), at, at+1)
		c.TakenOut = append(c.TakenOut, skill.TakenOut{From: in.From, To: in.To, AtMs: nowMs})
	}
	if loop := skill.Cycle(c.Edges); loop != nil {
		said := ""
		for _, id := range append(loop, loop[0]) {
			if said != "" {
				said += " → "
			}
			said += was.Skill[id].Title
		}
		return c, fault.New(fault.Invalid, "fault.prerequisite.cycle", "cycle", said)
	}
	_, err := skill.NewGraph(c)
	return c, err
}

// movable is the current version of a class's unit, if it differs from the class's own in nothing but what needs what. Errors:
// Conflict.
func movable(l *flow.Look, w worked) (content.Unit, error) {
	now, older, err := newest(l, w)
	if err == nil && older {
		err = fault.New(fault.Conflict, "fault.outline.older", "unit", now.Title)
	}
	return now, err
}

// newest is the current version of a class's unit. older reports that the class has an earlier one that differs from it in more than
// what needs what.
func newest(l *flow.Look, w worked) (now content.Unit, older bool, err error) {
	later, err := library.Newer(l, w.row)
	if err != nil || later == nil {
		return *w.unit, false, err
	}
	current, err := library.UnitVersion(l, content.UnitID(w.row.UnitID), int64(later.Version))
	if err != nil {
		return now, false, err
	}
	return *current, slices.ContainsFunc(later.Changes, func(c outline.Change) bool {
		return c.Kind != outline.NeedIn && c.Kind != outline.NeedOut
	}), nil
}

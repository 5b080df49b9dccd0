package library

import (
	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/outline"
	"kith/internal/store/db"
)

// NewerUnit is a later version of a unit than a class has, with what is different in it.
type NewerUnit struct {
	Version int              `json:"version"`
	Changes []outline.Change `json:"changes"`
}

// Newer is the current version of a unit that a class was given; nil when the class has it.
func Newer(l *flow.Look, given db.ClassUnit) (*NewerUnit, error) {
	row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: given.UnitID})
	if err != nil || row.CurrentVersion == given.UnitVersion || row.Status != string(content.Published) {
		return nil, err
	}
	was, wasCourse, err := both(l, row.ID, given.UnitVersion)
	if err != nil {
		return nil, err
	}
	now, nowCourse, err := both(l, row.ID, row.CurrentVersion)
	if err != nil {
		return nil, err
	}
	return &NewerUnit{now.Version, outline.Changes(wasCourse.Course, *was, nowCourse.Course, *now)}, nil
}

// both is a version of a unit with the version of its course that it is of.
func both(l *flow.Look, id string, n int64) (*content.Unit, *Course, error) {
	u, err := UnitVersion(l, content.UnitID(id), n)
	if err != nil {
		return nil, nil, err
	}
	c, err := CourseVersion(l, u.Course, u.CourseVersion)
	return u, c, err
}

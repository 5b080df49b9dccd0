package library

import (
	"encoding/json"
	"slices"
	"strings"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// Lesson is the current version of a lesson, withdrawn or not.
func Lesson(l *flow.Look, id content.LessonID) (*content.Lesson, error) {
	row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(id)})
	if err != nil {
		return nil, err
	}
	if row.Kind != "lesson" {
		return nil, fault.New(fault.NotFound, "fault.not_found")
	}
	return LessonVersion(l, id, row.CurrentVersion)
}

// LessonVersion is one version of a lesson. Errors: NotFound.
func LessonVersion(l *flow.Look, id content.LessonID, n int64) (*content.Lesson, error) {
	return version(l, string(id), n, func(body string) (*content.Lesson, error) {
		v := &content.Lesson{}
		return v, json.Unmarshal([]byte(body), v)
	})
}

// Placed says of each changed copy among a class's lessons, whose original is not among them, that it stands in its place.
func Placed(lessons []content.Lesson) {
	for i := range lessons {
		les := &lessons[i]
		if len(les.Of) == 0 || slices.ContainsFunc(lessons, func(o content.Lesson) bool { return o.Line() == les.Of[0] }) {
			continue
		}
		les.As = les.Of[0]
	}
}

// ShownIn lists the lessons that a class meets: those of its units and those that it is invited to, taken down or not.
func ShownIn(l *flow.Look, class roster.ClassID) ([]content.LessonID, error) {
	rows, err := l.Q().LessonsOfClass(l.Ctx(), db.LessonsOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return nil, err
	}
	var out []content.LessonID
	for _, r := range rows {
		out = append(out, content.LessonID(r.LessonID))
	}
	units, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return nil, err
	}
	for _, r := range units {
		u, err := UnitVersion(l, content.UnitID(r.UnitID), r.UnitVersion)
		if err != nil {
			return nil, err
		}
		for _, p := range u.Parts {
			if p.Lesson != "" && !slices.Contains(out, p.Lesson) {
				out = append(out, p.Lesson)
			}
		}
	}
	return out, nil
}

// Standing is the lesson that is met where one is asked for: itself, or the changed copy that stands in its place among those
// that are shown.
func Standing(l *flow.Look, id content.LessonID, shown []content.LessonID) (content.LessonID, error) {
	if slices.Contains(shown, id) {
		return id, nil
	}
	for _, other := range shown {
		row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(other)})
		if err != nil {
			return id, err
		}
		if row.OwnerID == "" || row.Status != string(content.Published) {
			continue
		}
		les, err := LessonVersion(l, other, row.CurrentVersion)
		if err != nil {
			return id, err
		}
		if slices.Contains(les.Of, id) {
			return other, nil
		}
	}
	return id, nil
}

// LessonKind is what a lesson mainly is: film, link or text.
func LessonKind(v *content.Lesson) string {
	switch {
	case v.Video != nil:
		return "film"
	case v.Link != "":
		return "link"
	}
	return "text"
}

// FileURL is the address of a lesson's file: an asset of an embedded course, or a file of the school. "" stays "".
func FileURL(name string) string {
	switch {
	case name == "":
		return ""
	case strings.HasPrefix(name, "course/"):
		return "/" + name
	}
	return "/file/" + name
}

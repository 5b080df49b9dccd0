package library

import (
	"encoding/json"
	"strings"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
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

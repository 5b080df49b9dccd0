package flow

import (
	"encoding/json"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/store/db"
)

// lesson is the current version of a lesson, withdrawn or not.
func (l *Look) lesson(id content.LessonID) (*content.Lesson, error) {
	row, err := l.q.Content(l.ctx, db.ContentParams{SchoolID: l.school(), ID: string(id)})
	if err != nil {
		return nil, err
	}
	if row.Kind != "lesson" {
		return nil, fault.New(fault.NotFound, "fault.not_found")
	}
	return l.lessonVersion(id, row.CurrentVersion)
}

func (l *Look) lessonVersion(id content.LessonID, n int64) (*content.Lesson, error) {
	return version(l, string(id), n, func(body string) (*content.Lesson, error) {
		v := &content.Lesson{}
		return v, json.Unmarshal([]byte(body), v)
	})
}

func lessonKind(v *content.Lesson) string {
	switch {
	case v.Video != nil:
		return "film"
	case v.Link != "":
		return "link"
	}
	return "text"
}

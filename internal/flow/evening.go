package flow

import (
	"kith/internal/roster"
)

// acted tells followers that a learner did something; pages load what they need.
type acted struct {
	Learner roster.PersonID `json:"learner"`
}

// LessonLink names a lesson.
type LessonLink struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

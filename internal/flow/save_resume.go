package flow

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/store/db"
)

// SaveResumeIn is where a learner stopped in a lesson.
type SaveResumeIn struct {
	Mine
	Lesson     content.LessonID `json:"lesson" minLength:"36" maxLength:"36"`
	PositionMs int64            `json:"position_ms" minimum:"0" maximum:"86400000"`
}

// SaveResume keeps the second at which the video goes on, on any device. It is a place, not evidence. Errors: NotFound.
var SaveResume = Verb[SaveResumeIn, Kept]{
	Name:  "save_resume",
	Rule:  access.Allow(access.Self),
	About: func(_ *Look, in SaveResumeIn) (access.Subject, error) { return in.mine() },
	Do: func(a *Act, in SaveResumeIn) (Kept, error) {
		if _, err := a.lesson(in.Lesson); err != nil {
			return Kept{}, err
		}
		return Kept{a.now}, a.q.SetResume(a.ctx, db.SetResumeParams{SchoolID: a.school(), LearnerID: string(in.Learner), LessonID: string(in.Lesson),
			PositionMs: in.PositionMs, SavedMs: a.now})
	},
}

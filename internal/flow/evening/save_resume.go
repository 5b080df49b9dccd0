package evening

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/store/db"
)

// SaveResumeIn is where a learner stopped in a lesson.
type SaveResumeIn struct {
	flow.Mine
	Lesson     content.LessonID `json:"lesson" minLength:"36" maxLength:"36"`
	PositionMs int64            `json:"position_ms" minimum:"0" maximum:"86400000"`
}

// SaveResume keeps the second at which the video goes on, on any device. It is a place, not evidence. Errors: NotFound.
var SaveResume = flow.Verb[SaveResumeIn, flow.Kept]{
	Name:  "save_resume",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in SaveResumeIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in SaveResumeIn) (flow.Kept, error) {
		if _, err := library.Lesson(a.Look, in.Lesson); err != nil {
			return flow.Kept{}, err
		}
		return flow.Kept{AtMs: a.Now()}, a.Q().SetResume(a.Ctx(), db.SetResumeParams{SchoolID: a.School(), LearnerID: string(in.Learner), LessonID: string(in.Lesson),
			PositionMs: in.PositionMs, SavedMs: a.Now()})
	},
}

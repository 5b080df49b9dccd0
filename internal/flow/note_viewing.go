package flow

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/roster"
)

// NoteViewingIn is a span of a lesson's video that was watched: at most 30 s of wall time. Times are the video's own.
type NoteViewingIn struct {
	Mine
	Lesson     content.LessonID `json:"lesson" minLength:"36" maxLength:"36"`
	Version    int              `json:"version" minimum:"1"`
	FromMs     int64            `json:"from_ms" minimum:"0"`
	ToMs       int64            `json:"to_ms" minimum:"1"`
	Rate       float64          `json:"rate" minimum:"0.25" maximum:"4"`
	HappenedMs int64            `json:"happened_ms" minimum:"0"`
}

// A span's wall time may be this much, and its end this far beyond the video's length, in ms: clocks are coarse.
const (
	spanMs  = 30_000 + 1_500
	beyonds = 2_000
)

// NoteViewing records what was watched. Errors: NotFound (no such lesson or version), Invalid (a span that cannot be).
var NoteViewing = Verb[NoteViewingIn, Kept]{
	Name:  "note_viewing",
	Rule:  access.Allow(access.Self),
	About: func(_ *Look, in NoteViewingIn) (access.Subject, error) { return in.mine() },
	Do: func(a *Act, in NoteViewingIn) (Kept, error) {
		if _, err := a.lesson(in.Lesson); err != nil {
			return Kept{}, err
		}
		les, err := a.lessonVersion(in.Lesson, int64(in.Version))
		if err != nil {
			return Kept{}, err
		}
		length := in.ToMs - in.FromMs
		switch {
		case length <= 0 || float64(length) > spanMs*in.Rate:
			return Kept{}, fault.Invalidf("to_ms", "a span of %d ms at rate %v", length, in.Rate)
		case les.Video == nil || les.Video.Ms > 0 && in.ToMs > les.Video.Ms+beyonds:
			return Kept{}, fault.Invalidf("to_ms", "%d ms is beyond the lesson's video", in.ToMs)
		}
		_, _, err = a.append(evidence.Fact{Learner: in.Learner, Kind: evidence.KindViewing, HappenedMs: in.HappenedMs,
			Viewing: &evidence.Viewing{Lesson: in.Lesson, LessonVersion: in.Version, FromMs: in.FromMs, ToMs: in.ToMs, Rate: in.Rate}})
		if err != nil {
			return Kept{}, err
		}
		if err := a.planMoved(in.Learner); err != nil {
			return Kept{}, err
		}
		return Kept{a.now}, a.tellLearner(in.Learner, "viewing", viewed{in.Learner, in.Lesson})
	},
}

// viewed tells followers which lesson a learner is watching.
type viewed struct {
	Learner roster.PersonID  `json:"learner"`
	Lesson  content.LessonID `json:"lesson"`
}

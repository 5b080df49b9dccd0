package evening

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/roster"
)

// NoteViewingIn is a span of a lesson's video that was watched: at most 30 s of wall time. Times are the video's own.
type NoteViewingIn struct {
	flow.Mine
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
var NoteViewing = flow.Verb[NoteViewingIn, flow.Kept]{
	Name:  "note_viewing",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in NoteViewingIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in NoteViewingIn) (flow.Kept, error) {
		if _, err := library.Lesson(a.Look, in.Lesson); err != nil {
			return flow.Kept{}, err
		}
		les, err := library.LessonVersion(a.Look, in.Lesson, int64(in.Version))
		if err != nil {
			return flow.Kept{}, err
		}
		length := in.ToMs - in.FromMs
		switch {
		case length <= 0 || float64(length) > spanMs*in.Rate:
			return flow.Kept{}, fault.Invalidf("to_ms", "a span of %d ms at rate %v", length, in.Rate)
		case les.Video == nil || les.Video.Ms > 0 && in.ToMs > les.Video.Ms+beyonds:
			return flow.Kept{}, fault.Invalidf("to_ms", "%d ms is beyond the lesson's video", in.ToMs)
		}
		_, _, err = ledger.Append(a, evidence.Fact{Learner: in.Learner, Kind: evidence.KindViewing, HappenedMs: in.HappenedMs,
			Viewing: &evidence.Viewing{Lesson: in.Lesson, LessonVersion: in.Version, FromMs: in.FromMs, ToMs: in.ToMs, Rate: in.Rate}})
		if err != nil {
			return flow.Kept{}, err
		}
		if err := standing.PlanMoved(a, in.Learner); err != nil {
			return flow.Kept{}, err
		}
		return flow.Kept{AtMs: a.Now()}, a.TellLearner(in.Learner, "viewing", viewed{in.Learner, in.Lesson})
	},
}

// viewed tells followers which lesson a learner is watching.
type viewed struct {
	Learner roster.PersonID  `json:"learner"`
	Lesson  content.LessonID `json:"lesson"`
}

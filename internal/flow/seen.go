package flow

import (
	"cmp"
	"slices"

	"kith/internal/classroom"
	"kith/internal/content"
	"kith/internal/item"
)

// enoughSeen is the part of a video (or of a reading's time) after which it counts as watched: titles and the last words
// are no lesson missed.
const enoughSeen = 0.8

// span is a watched stretch of a lesson, in ms of the lesson's own time.
type span struct{ from, to int64 }

// lessonSeen says how far somebody is with a lesson, the same for the learner's page and the teacher's. A video whose
// length is known is watched when the spans, without overlap, cover enough of it, whatever was done with its checks.
// A text, a link or a video of unknown length is watched when all checks were answered, or, where it has none, when it
// was opened. Anything less is partly; nothing at all is not yet.
func lessonSeen(v *content.Lesson, spans []span, answered []item.ID) classroom.Seen {
	if v == nil {
		return classroom.NoLesson
	}
	begun := len(spans) > 0 || len(answered) > 0
	switch {
	case v.Video != nil && v.Video.Ms > 0:
		if float64(covered(spans)) >= enoughSeen*float64(v.Video.Ms) {
			return classroom.SeenAll
		}
	case len(v.Checks) > 0:
		if !slices.ContainsFunc(v.Checks, func(c content.Check) bool { return !slices.Contains(answered, c.Item) }) {
			return classroom.SeenAll
		}
	case begun:
		return classroom.SeenAll
	}
	if begun {
		return classroom.SeenPart
	}
	return classroom.SeenNone
}

// covered is the length of the union of spans.
func covered(spans []span) (ms int64) {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var end int64
	for _, s := range spans {
		if s.to <= end {
			continue
		}
		ms += s.to - max(s.from, end)
		end = s.to
	}
	return ms
}

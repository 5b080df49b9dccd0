package mastery

import (
	"math"
	"slices"

	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/mastery/fsrs"
)

const dayMs = 24 * 60 * 60 * 1000

// days is the number of days between two instants, to the nearest whole one, as FSRS counts: in the evening and the next
// afternoon are a day apart, morning and afternoon are not. Never below 0.
func days(fromMs, toMs int64) float64 {
	return math.Max(0, math.Floor(float64(toMs-fromMs)/dayMs+0.5))
}

// kept is the chance that what was known when an answer last asked it is still at hand: retention now by retention then.
func (m *Model) kept(e *Estimate, ms int64) float64 {
	s := &e.State
	if !s.Memory.Met() || ms <= s.SeenMs {
		return 1
	}
	now := m.curve.Retention(s.Memory, days(s.ReviewMs, ms))
	if s.SeenMs <= s.ReviewMs {
		return now
	}
	return now / m.curve.Retention(s.Memory, days(s.ReviewMs, s.SeenMs))
}

// review is what an attempt is for the memory: how many days after the last review, how easily it came; ok is false when
// it is none. The memory begins with the first right answer: before that there is nothing to lose. A not-yet after a day
// is a lapse; among the answers of a day it is not, because nothing was forgotten meanwhile (belief hears of it). An
// item's further skills are reviewed when it is right, and not when it is not: it does not say what lacked.
func (m *Model) review(e *Estimate, f *evidence.Fact, right, main bool) (r fsrs.Review, ok bool) {
	a, s := f.Attempt, &e.State
	if s.Memory.Met() {
		r.Days = days(s.ReviewMs, at(f))
	}
	if !right && (!main || !s.Memory.Met() || r.Days < fsrs.SameDay) {
		return r, false
	}
	pace := m.Params.Second.Paces[a.Item]
	r.Ease = fsrs.EaseOf(right, !a.Unaided(), a.TookMs, fsrs.Pace{FastMs: pace.Fast, SlowMs: pace.Slow}, r.Days)
	return r, true
}

// remember reviews the memory of a skill, an item's further skills in part.
func (m *Model) remember(e *Estimate, f *evidence.Fact, right, main bool) error {
	s, ms := &e.State, at(f)
	r, ok := m.review(e, f, right, main)
	if !ok {
		return nil
	}
	next, err := m.curve.Review(s.Memory, r.Days, r.Ease)
	if err != nil {
		return err
	}
	if !main && s.Memory.Met() {
		next.Stability = s.Memory.Stability + m.Params.Fraction*(next.Stability-s.Memory.Stability)
		next.Difficulty = s.Memory.Difficulty
	}
	s.Memory, s.ReviewMs = next, max(s.ReviewMs, ms)
	due, err := m.curve.Due(next, m.Params.Second.Fades)
	if err != nil {
		return err
	}
	fades := s.ReviewMs + int64(due*dayMs) // of an answer that arrives late, too: what was reviewed since is not undone
	switch {
	case right && main:
		s.FadesMs = fades
	case s.FadesMs == 0: // it never faded, and what does not speak of it alone does not begin that
	case right:
		s.FadesMs = max(s.FadesMs, fades)
	default:
		s.FadesMs = min(s.FadesMs, fades)
	}
	return nil
}

// StatusAt is the status as a page of that instant shows it (asOfMs: the later of the last fact and 00:00 school time). A
// secure skill that was not used for long is worth another look; its date and its stored status stay.
func StatusAt(e Estimate, asOfMs int64) Status { return Faded(e.Status, e.State.FadesMs, asOfMs) }

// Shown is the estimate with its status as a page of that instant shows it. What is shown is never stored.
func Shown(e Estimate, asOfMs int64) Estimate {
	now := StatusAt(e, asOfMs)
	if e.Status, e.Faded = now, now != e.Status; e.Faded {
		e.asOf = asOfMs
	}
	return e
}

// Faded is StatusAt for who has no more of the estimate than its stored status and State.FadesMs.
func Faded(stored Status, fadesMs, asOfMs int64) Status {
	if stored == Secure && fadesMs > 0 && asOfMs >= fadesMs {
		return AnotherLook
	}
	return stored
}

// KnownAt is the belief at that instant, with what time has taken. It is never shown to a learner or guardian.
func KnownAt(m Model, e Estimate, asOfMs int64) float64 {
	if m.Params.Second == nil {
		return e.PKnown
	}
	p := m.Of(e.Skill)
	return p.Fade(e.PKnown, m.kept(&e, asOfMs))
}

// DueMs is when the chance that the skill is still at hand falls to target, in ms; 0 when nothing was remembered yet or
// the model knows no time. Practice weaves a review in from .85 on, .9 for what a goal rests on (engine research; FSRS's
// own default is .9). Errors: Invalid when target is not inside (0, 1).
func DueMs(m Model, e Estimate, target float64) (int64, error) {
	if m.Params.Second == nil || !e.State.Memory.Met() {
		return 0, nil
	}
	due, err := m.curve.Due(e.State.Memory, target)
	return e.State.ReviewMs + int64(due*dayMs), err
}

// Repeat is a part of a review that came at an instant without the skill being asked: Weight in (0, 1].
type Repeat struct {
	Ms     int64
	Weight float64
}

// Repeated is the estimate as if such parts of reviews had come, in order of time: the memory grows by that part of what a
// review would have made it grow, and its last review moves that part of the way. It says when a skill is due; neither the
// belief nor the word that people see moves by it, and it is never stored. Repeats before the last review, and a skill of
// which nothing is remembered yet, change nothing. Errors (Invalid): a weight that is not in (0, 1].
func Repeated(m Model, e Estimate, repeats []Repeat) (Estimate, error) {
	if m.Params.Second == nil || !e.State.Memory.Met() {
		return e, nil
	}
	for _, r := range repeats {
		if !(r.Weight > 0 && r.Weight <= 1) {
			return e, fault.Invalidf("weight", "%v is not above 0 and at most 1", r.Weight)
		}
		s := &e.State
		if r.Ms <= s.ReviewMs {
			continue
		}
		next, err := m.curve.Review(s.Memory, days(s.ReviewMs, r.Ms), fsrs.Good)
		if err != nil {
			return e, err
		}
		s.Memory.Stability += r.Weight * (next.Stability - s.Memory.Stability)
		s.ReviewMs += int64(r.Weight * float64(r.Ms-s.ReviewMs))
	}
	return e, nil
}

// NewPace is the pace of an item from the times, in ms, in which it was answered right and without help: Fast a quarter,
// Slow nine in ten took no longer; Rapid a tenth of the mean, at most 10 s (the normative threshold of Wise and Ma, 2012,
// "NT10"). A quantile would not do for Rapid: a tenth of all answers lie below the lowest tenth, the most fluent first.
// Fewer than 10 times tell nothing. times is not altered.
func NewPace(times []int64) Pace {
	const enough, most = 10, 10_000
	if len(times) < enough {
		return Pace{}
	}
	t := slices.Clone(times)
	slices.Sort(t)
	var sum int64
	for _, v := range t {
		sum += v
	}
	p := Pace{Fast: t[len(t)/4], Slow: t[len(t)*9/10]}
	p.Rapid = min(sum/int64(len(t))/10, most, p.Fast)
	return p
}

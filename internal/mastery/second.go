package mastery

import (
	"math"

	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery/bkt"
	"kith/internal/mastery/fsrs"
	"kith/internal/skill"
)

// Second are the numbers that the second model has besides.
type Second struct {
	Skills  map[skill.ID]bkt.Params `json:"skills,omitempty"` // of skills that have their own
	Memory  fsrs.Weights            `json:"memory"`
	Fades   float64                 `json:"fades"`           // retention below which a secure skill is worth another look
	RapidMs int64                   `json:"rapid_ms"`        // an answer that took less is a rapid guess, whatever the item; 0 = none
	Paces   map[item.ID]Pace        `json:"paces,omitempty"` // of items that were answered often enough to tell
}

// Pace says how fast is fast for one item, in ms. Rapid <= Fast <= Slow; 0 is not known.
type Pace struct {
	Rapid int64 `json:"rapid,omitempty"` // faster than this nobody has read it (see NewPace)
	Fast  int64 `json:"fast,omitempty"`
	Slow  int64 `json:"slow,omitempty"`
}

func (s *Second) validate() error {
	for id, p := range s.Skills {
		if id == "" {
			return fault.Invalidf("skills", "a skill without an id")
		}
		if err := p.Validate(); err != nil {
			return err
		}
	}
	if err := s.Memory.Validate(); err != nil {
		return err
	}
	if math.IsNaN(s.Fades) || s.Fades <= 0 || s.Fades >= 1 {
		return fault.Invalidf("fades", "%v is not between 0 and 1", s.Fades)
	}
	if s.RapidMs < 0 {
		return fault.Invalidf("rapid_ms", "%d is below 0", s.RapidMs)
	}
	for id, p := range s.Paces {
		if p.Rapid < 0 || p.Fast < p.Rapid || p.Slow < p.Fast {
			return fault.Invalidf("paces", "item %s: %d, %d and %d ms are not in order", id, p.Rapid, p.Fast, p.Slow)
		}
	}
	return nil
}

// rapid reports whether an attempt came faster than it can have been read: it is no evidence either way (Wise and Kong,
// 2005). A time of 0 is not known; who says that they have not learned it has not guessed.
func (s *Second) rapid(a *evidence.Attempt) bool {
	return a.TookMs > 0 && !a.Unlearned && a.TookMs < max(s.RapidMs, s.Paces[a.Item].Rapid)
}

// second is how the second model moves the estimates of all skills that an attempt asks, the item's own first.
func (m *Model) second(es []Estimate, f *evidence.Fact, right bool) error {
	a, ms := f.Attempt, at(f)
	if m.Params.Second.rapid(a) {
		return nil
	}
	ans := answerOf(a, right)
	if err := ans.Validate(); err != nil {
		return err
	}
	var few [8]float64 // an item that asks more is rare
	before := few[:]
	if len(es) > len(few) {
		before = make([]float64, len(es))
	}
	before = before[:len(es)]
	for i := range es {
		e := &es[i]
		if !(e.PKnown >= 0 && e.PKnown <= 1) {
			return fault.Invalidf("p_known", "skill %s: %v is not between 0 and 1", e.Skill, e.PKnown)
		}
		before[i] = m.before(e, ms)
	}
	for i := range es {
		e, rest := &es[i], 1.0
		for j, known := range before {
			if j != i {
				rest *= known
			}
		}
		p := m.Of(e.Skill)
		after := p.After(before[i], rest, ans)
		if low, high := m.shown(e, &p, ms); right {
			after = max(after, high)
		} else {
			after = min(after, low)
		}
		gain, gap := math.Round(100*(logOdds(after)-logOdds(KnownAt(*m, *e, ms))))/100, days(e.State.SeenMs, ms)
		e.PKnown, e.State.Due = after, ans.Due()
		if err := m.remember(e, f, right, i == 0); err != nil {
			return err
		}
		e.State.SeenMs = max(e.State.SeenMs, ms)
		e.State.Facts = push(e.State.Facts, f.ID, keepFacts)
		if i == 0 {
			*e = count(*e, f, right)
			t := &e.State.Tries[len(e.State.Tries)-1]
			if t.Gain = gain; e.Attempts > 1 {
				t.Days = int(gap)
			}
			if a.Unlearned { // they say so themselves
				e.State.NotYets = max(e.State.NotYets, m.Params.Run)
			}
		}
		*e = judge(m, *e, ms, !right)
	}
	return nil
}

// before is the chance of knowing just before an answer.
func (m *Model) before(e *Estimate, ms int64) float64 {
	p := m.Of(e.Skill)
	return p.Before(bkt.Belief{Known: e.PKnown, Due: e.State.Due}, m.kept(e, ms))
}

// shown is between what and what a page of the last day may have shown: an answer must not seem to do the opposite of
// what it says because time is counted to the answer and pages count it to midnight.
func (m *Model) shown(e *Estimate, p *bkt.Params, ms int64) (low, high float64) {
	now := p.Fade(e.PKnown, m.kept(e, ms))
	then := p.Fade(e.PKnown, m.kept(e, max(e.State.SeenMs, ms-dayMs)))
	return min(now, then), max(now, then)
}

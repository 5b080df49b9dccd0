package mastery

import (
	"slices"

	"kith/internal/evidence"
	"kith/internal/mastery/bkt"
	"kith/internal/mastery/fsrs"
	"kith/internal/skill"
)

// Answered is an attempt as a model read it, just before it moved anything: what fits and benches need of a fold.
type Answered struct {
	Fact   *evidence.Fact
	Right  bool
	Skills []skill.ID   // the item's own first
	Known  []float64    // chance that each is known
	Kept   []float64    // chance that each is still at hand since an answer last asked it
	Chance float64      // of a right answer without help
	Answer bkt.Answer   // what was seen, of full weight
	Review *fsrs.Review // what it was for the memory of the item's own skill, as fsrs.Fit reads it; nil when it was none
}

// Trace folds the facts of one learner as Fold does and tells of every attempt that moves an estimate, in order. The
// value's slices are the callee's to keep. Errors: Invalid.
func Trace(m Model, facts []evidence.Fact, each func(Answered)) error {
	_, err := fold(m, facts, func(now map[skill.ID]Estimate, f evidence.Fact, _ []Estimate) {
		if f.Attempt == nil {
			return
		}
		right, read, _ := judged(&f)
		second := m.Params.Second
		if !read || second != nil && second.rapid(f.Attempt) {
			return
		}
		a := Answered{Fact: &f, Right: right, Skills: Skills(f), Answer: answerOf(f.Attempt, right)}
		ps := make([]*bkt.Params, len(a.Skills))
		for i, id := range a.Skills {
			e, ok := now[id]
			if !ok {
				e = Start(m, id)
			}
			p := m.Of(id)
			ps[i] = &p
			known, kept := e.PKnown, 1.0
			if second != nil {
				known, kept = m.before(&e, at(&f)), m.kept(&e, at(&f))
			}
			a.Known, a.Kept = append(a.Known, known), append(a.Kept, kept)
		}
		if second == nil { // the first model asks only of the item's own skill
			a.Chance = ps[0].PCorrect(a.Known[0], a.Answer.Options)
		} else {
			a.Chance = bkt.Chance(ps, a.Known, a.Answer.Options)
			a.Review = m.traced(now, &a, ps)
		}
		each(a)
	})
	return err
}

// traced is the review of the item's own skill, with the chances of a right answer if it was lost since, and if it was not.
func (m *Model) traced(now map[skill.ID]Estimate, a *Answered, ps []*bkt.Params) *fsrs.Review {
	e, ok := now[a.Skills[0]]
	if !ok {
		e = Start(*m, a.Skills[0])
	}
	r, ok := m.review(&e, a.Fact, a.Right, true)
	if !ok {
		return nil
	}
	known := slices.Clone(a.Known)
	chance := func(k float64) float64 {
		known[0] = k
		return bkt.Chance(ps, known, a.Answer.Options)
	}
	r.Low = chance(ps[0].Init)
	r.High = max(r.Low, chance(ps[0].Before(bkt.Belief{Known: e.PKnown, Due: e.State.Due}, 1)))
	return &r
}

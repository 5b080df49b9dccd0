package decision

import (
	"cmp"
	"slices"

	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/standing"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// TimelineEntry is one sentence of what changed: a skill's word, a plan sent or decided.
type TimelineEntry struct {
	AtMs    int64         `json:"at_ms"`
	Say     phrase.Phrase `json:"say"`
	Because phrase.Phrase `json:"because"`         // what moved it; an empty code for none
	Words   string        `json:"words,omitempty"` // a person's own
}

// maxTimeline bounds how much of the past a page tells.
const maxTimeline = 60

// timeline tells what changed in this unit, newest first.
func timeline(u *standing.LearnerUnit, l *flow.Look) ([]TimelineEntry, error) {
	out, err := statusTimeline(u, l)
	if err != nil {
		return nil, err
	}
	for _, p := range u.Proposals {
		if p.SentMs == 0 {
			continue
		}
		wish, err := standing.DecodeWish(p)
		if err != nil {
			return nil, err
		}
		out = append(out, TimelineEntry{AtMs: p.SentMs, Say: phrase.Of("learner.time.sent"), Words: wish.Word})
	}
	for _, d := range u.Decisions {
		by, err := l.NameOf(d.ByID)
		if err != nil {
			return nil, err
		}
		if d.Reason == standing.TakenBack {
			out = append(out, TimelineEntry{AtMs: d.AtMs, Say: phrase.Of("learner.time.back", "by", by)})
			continue
		}
		out = append(out, TimelineEntry{AtMs: d.AtMs, Say: phrase.Of("learner.time.decided", "by", by, "verdict", d.Verdict), Words: d.Reason})
	}
	slices.SortStableFunc(out, func(a, b TimelineEntry) int { return cmp.Compare(b.AtMs, a.AtMs) })
	return out[:min(len(out), maxTimeline)], nil
}

// statusTimeline folds the facts once more and tells each change of a word.
func statusTimeline(u *standing.LearnerUnit, l *flow.Look) ([]TimelineEntry, error) {
	m, err := ledger.Model(l)
	if err != nil {
		return nil, err
	}
	now := map[skill.ID]mastery.Estimate{}
	var out []TimelineEntry
	for _, f := range u.Facts {
		moved, err := mastery.Step(m, now, f)
		if err != nil {
			return nil, err
		}
		for _, after := range moved {
			id, before := after.Skill, now[after.Skill].Status
			if before == "" {
				before = mastery.NotStarted
			}
			now[id] = after
			if s, known := u.Course.Skill[id]; known && after.Status != before {
				out = append(out, TimelineEntry{AtMs: f.ReceivedMs, Say: phrase.Of("learner.time.status", "skill", s.Title, "to", string(after.Status)), Because: mastery.Why(after)})
			}
		}
	}
	for _, id := range u.Skills { // what time alone has done
		if e := u.Estimates[id]; e.Faded {
			out = append(out, TimelineEntry{AtMs: e.State.FadesMs, Say: phrase.Of("learner.time.status", "skill", u.Course.Skill[id].Title, "to", string(e.Status)), Because: mastery.Why(e)})
		}
	}
	return out, nil
}

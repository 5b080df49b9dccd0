package sample

import (
	"time"

	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/item"
)

// writings are answers that wait for the teacher when the story ends: by whom, to which item, what they wrote. Two wrote the same.
var writings = []struct{ who, code, text string }{
	{onPaper, "equivalent-ratios/explain-taste", "I drew it. Noor is one box of juice and water. Ben is the same box again and again.\nEvery box tastes the same, so all of them together do too."},
	{unsure, "ratio-language/name-it", "comparison"},
	{doubtful, "ratio-language/name-it", "Comparison."},
	{credited, "equivalent-ratios/explain-taste", "Because he just took more of everything."},
}

// writes sends what this person wrote, the evening before last.
func (h *hand) writes() {
	for _, w := range writings {
		if w.who != h.who.name() {
			continue
		}
		h.sit(h.m.cal.evening(2, h.who.hour, 0).Add(80*time.Minute), func() error {
			for _, it := range h.m.item {
				if it.Code != w.code {
					continue
				}
				h.drawn[it.ID]++
				_, err := flow.Run(h.m.ctx, h.m.f, evening.RecordAttempt, h.actor, evening.RecordAttemptIn{Op: h.op(), Learner: h.person.ID, Item: it.ID, Version: 1,
					DrawN: h.drawn[it.ID], Try: 1, Response: item.Response{Boxes: []string{w.text}}, Purpose: evidence.ForPractice, TookMs: 95_000, HappenedMs: h.at.UnixMilli()})
				return err
			}
			return nil
		})
	}
}

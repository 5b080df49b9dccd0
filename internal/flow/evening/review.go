package evening

import (
	"cmp"
	"slices"

	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/goal"
	"kith/internal/mastery"
	"kith/internal/practice"
	"kith/internal/skill"
)

// weaveAt is the chance of still knowing from which a skill is woven into the practice of others (engine research: .85).
const weaveAt = 0.85

// maxReviews is how many skills a page of practice has at hand to weave in: more than one sitting has room for.
const maxReviews = 3

// reviews are skills of the same course that may be woven into the practice of one: secure ones that are due or wait to be
// shown as kept, the longest due first, and the one whose woven item waits for another try. A skill that others rest on was
// repeated in part whenever one of these went right, and is due the later; to show that it is kept it must be asked itself.
func reviews(l *flow.Look, c *library.Course, practised skill.ID, facts, stand []evidence.Fact, all map[skill.ID]mastery.Estimate, m mastery.Model) ([]practice.Review, error) {
	type due struct {
		id skill.ID
		ms int64
	}
	var found []due
	open, repeats := practice.OpenWoven(facts, practised), practice.Repeats(c.Graph, stand)
	for _, s := range c.Skills {
		e, met := all[s.ID]
		if s.ID == practised || !met {
			continue
		}
		used, err := mastery.Repeated(m, e, repeats[s.ID])
		if err != nil {
			return nil, err
		}
		at, err := mastery.DueMs(m, used, weaveAt)
		if err != nil {
			return nil, err
		}
		switch {
		case s.ID == open:
			at = -1
		case e.Status != mastery.Secure && !e.Faded:
			continue
		case goal.CheckDue(e, l.Now()):
			if at == 0 || at > l.Now() {
				at = e.SecureSinceMs + goal.KeptAfterMs
			}
		case at == 0 || at > l.Now():
			continue
		}
		found = append(found, due{s.ID, at})
	}
	slices.SortStableFunc(found, func(a, b due) int { return cmp.Compare(a.ms, b.ms) })
	var out []practice.Review
	for _, f := range found[:min(len(found), maxReviews)] {
		items, err := library.Items(l, f.id)
		if err != nil {
			return nil, err
		}
		out = append(out, practice.Review{Skill: f.id, Items: items, Estimate: all[f.id]})
	}
	return out, nil
}

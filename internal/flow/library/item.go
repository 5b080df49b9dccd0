package library

import (
	"encoding/json"
	"slices"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/practice"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// ItemVersion is one version of an item. Errors: NotFound.
func ItemVersion(l *flow.Look, id item.ID, n int64) (*item.Item, error) {
	return version(l, string(id), n, func(body string) (*item.Item, error) {
		v := &item.Item{}
		if err := json.Unmarshal([]byte(body), v); err != nil {
			return nil, err
		}
		return v, nil
	})
}

// Items are the published items that mainly ask a skill, in code order.
func Items(l *flow.Look, id skill.ID) ([]item.Item, error) {
	rows, err := l.Q().ItemsOfSkill(l.Ctx(), db.ItemsOfSkillParams{SchoolID: l.School(), SkillID: string(id)})
	if err != nil {
		return nil, err
	}
	out := make([]item.Item, 0, len(rows))
	for _, r := range rows {
		it, err := ItemVersion(l, item.ID(r.ID), r.CurrentVersion)
		if err != nil {
			return nil, err
		}
		out = append(out, *it)
	}
	return out, nil
}

// ItemsAtOnce are those of Items whose every answer is judged at once (item.Kind.AtOnce): what a check and an exit check ask.
func ItemsAtOnce(l *flow.Look, id skill.ID) ([]item.Item, error) {
	items, err := Items(l, id)
	return slices.DeleteFunc(items, func(it item.Item) bool { return !it.Kind.AtOnce() }), err
}

// AskedVariant is a variant as a page shows it, with its ladder of hints. It holds no key, no mistake and no solution.
type AskedVariant struct {
	item.Asked
	DrawN  int        `json:"draw_n"`
	Try    int        `json:"try"`
	Ladder [][]doc.El `json:"ladder"`

	Scaffolds []AskedScaffold `json:"scaffolds,omitempty"`
}

// AskedScaffold is the smaller question of a rung, whose text is the rung's. Then is the step's answer, for when it is done or
// asked for: it is help, and may be on the page like the rungs.
type AskedScaffold struct {
	Rung  int        `json:"rung"`
	Asked item.Asked `json:"asked"`
	Then  []doc.El   `json:"then"`
}

// Ask draws an item for a learner as the page shows it.
func Ask(l *flow.Look, learner roster.PersonID, among []item.Item, id item.ID, drawN, try int) (*AskedVariant, error) {
	for _, it := range among {
		if it.ID != id {
			continue
		}
		v, err := item.Draw(it, item.SeedFor(string(learner), string(id), drawN))
		if err != nil {
			return nil, err
		}
		asked, err := v.Asked()
		if err != nil {
			return nil, err
		}
		out := &AskedVariant{Asked: asked, DrawN: drawN, Try: try}
		for n := range asked.Hints {
			rung, err := v.Hint(n + 1)
			if err != nil {
				return nil, err
			}
			out.Ladder = append(out.Ladder, rung)
			small, then, ok, err := v.Scaffold(n + 1)
			if err != nil {
				return nil, err
			}
			if ok {
				asks, err := small.Asked()
				if err != nil {
					return nil, err
				}
				out.Scaffolds = append(out.Scaffolds, AskedScaffold{n + 1, asks, then})
			}
		}
		return out, nil
	}
	return nil, errNoItem
}

// Solution is the worked way of a variant that a learner was asked; nil when its item is not among those given.
func Solution(l *flow.Look, learner roster.PersonID, among []item.Item, of practice.Variant) ([]doc.El, error) {
	for _, it := range among {
		if it.ID == of.Item {
			v, err := item.Draw(it, item.SeedFor(string(learner), string(of.Item), of.DrawN))
			if err != nil {
				return nil, err
			}
			return v.Solution()
		}
	}
	return nil, nil
}

// TypedFirst orders items so that those whose answer is typed come before those that are chosen.
func TypedFirst(items []item.Item) []item.ID {
	var typed, chosen []item.ID
	for _, it := range items {
		if it.Kind.Chosen() {
			chosen = append(chosen, it.ID)
		} else {
			typed = append(typed, it.ID)
		}
	}
	return append(typed, chosen...)
}

var errNoItem = fault.New(fault.NotFound, "fault.not_found")

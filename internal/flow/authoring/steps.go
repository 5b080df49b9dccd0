package authoring

import (
	"slices"
	"strings"

	"kith/internal/doc"
	"kith/internal/item"
)

// steps reads the smaller questions that hints ask. An answer that is a number shows once the step is done; mathematics shows as
// it is typed.
func (r *reader) steps(d Draft, it *item.Item) {
	for _, s := range d.Steps {
		rung := rungOf(d.Hints, s.Rung)
		if rung == 0 {
			continue // its hint is gone
		}
		made := item.Scaffold{Rung: rung, Kind: s.Kind, Unit: strings.TrimSpace(s.Unit), Ordered: s.Ordered && s.Kind == item.Choice, Forms: s.Forms}
		then := s.Shows
		switch s.Kind {
		case item.Choice:
			made.Unit = ""
			for _, o := range s.Options {
				made.Choices = append(made.Choices, item.Option{Text: r.text(o.Text, "steps", s.Rung-1), Right: o.Right && o.If == "", If: tidy(o.If), Mistake: o.Mistake, Nudge: r.text(o.Nudge, "steps", s.Rung-1)})
				if then == "" && o.Right {
					then = o.Text
				}
			}
		case item.Number, item.Fraction:
			if made.Key = tidy(s.Key); then == "" && made.Key != "" {
				then = strings.TrimSpace("[[" + made.Key + "]] " + made.Unit)
			}
		default:
			if made.Key = strings.TrimSpace(s.Key); then == "" {
				then = shownMaths(made.Key)
			}
		}
		if made.Then = r.text(then, "steps", s.Rung-1); then == "" {
			r.fault("steps", s.Rung-1, "fault.author.step")
		}
		it.Scaffolds = append(it.Scaffolds, made)
	}
}

// shownMaths is typed mathematics in a text: TeX between dollar signs, and else as it is typed.
func shownMaths(key string) string {
	if strings.Contains(key, `\`) {
		return "$" + key + "$"
	}
	return strings.NewReplacer("*", `\*`, "_", `\_`, "$", `\$`).Replace(key)
}

// rungOf is the rung of a hint of a draft by its place, from 1: empty hints are left out. 0 where there is none.
func rungOf(hints []string, at int) int {
	if at < 1 || at > len(hints) || strings.TrimSpace(hints[at-1]) == "" {
		return 0
	}
	n := 0
	for _, h := range hints[:at] {
		if strings.TrimSpace(h) != "" {
			n++
		}
	}
	return n
}

// stepsOf are an item's smaller questions as its author would type them.
func stepsOf(it *item.Item) []DraftStep {
	var out []DraftStep
	for _, s := range it.Scaffolds {
		made := DraftStep{Rung: s.Rung, Kind: s.Kind, Key: s.Key, Unit: s.Unit, Ordered: s.Ordered, Forms: s.Forms, Shows: doc.Format(s.Then)}
		for _, o := range s.Choices {
			made.Options = append(made.Options, DraftOption{Text: doc.Format(o.Text), Right: o.Right, If: o.If, Mistake: o.Mistake, Nudge: doc.Format(o.Nudge)})
		}
		out = append(out, made)
	}
	slices.SortFunc(out, func(a, b DraftStep) int { return a.Rung - b.Rung })
	return out
}

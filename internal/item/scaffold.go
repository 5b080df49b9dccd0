package item

import (
	"slices"

	"kith/internal/doc"
	"kith/internal/fault"
)

// Scaffold is a smaller question that a rung of the ladder asks: whoever cannot do the whole does it step by step. It is help, so
// an answer to it is no evidence; the rung itself counts as a hint. What is drawn for the item holds for its scaffolds.
type Scaffold struct {
	Rung    int      `json:"rung"` // which hint asks, from 1; its text is the question
	Kind    Kind     `json:"kind"` // choice, number, fraction, expression or equation
	Key     string   `json:"key,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	Choices []Option `json:"choices,omitempty"`
	Ordered bool     `json:"ordered,omitempty"`
	Forms   []string `json:"forms,omitempty"`
	Then    doc.Doc  `json:"then"` // what is shown once it is done, or asked for: the step's answer
}

// steps are the kinds that a scaffold can have: what is judged at once, by one box or one choice.
var steps = []Kind{Choice, Number, Fraction, Expression, Equation}

// asItem is a scaffold as an item of its own, with the item's names.
func (s Scaffold) asItem(of *Item) Item {
	return Item{ID: of.ID, Version: of.Version, Code: of.Code, Kind: s.Kind, Skills: of.Skills, Draw: of.Draw, Let: of.Let, Keep: of.Keep,
		Text: of.Hints[s.Rung-1], Key: s.Key, Unit: s.Unit, Choices: s.Choices, Ordered: s.Ordered, Forms: s.Forms, Variables: of.Variables,
		Attribution: of.Attribution, Author: of.Author, Withdrawn: of.Withdrawn}
}

// scaffolds proves that each stands at a rung that there is, alone, and would be sound as an item of its own.
func (c *checker) scaffolds() {
	it := c.it
	seen := map[int]bool{}
	for i, s := range it.Scaffolds {
		where := place("scaffolds", i)
		if s.Rung < 1 || s.Rung > len(it.Hints) || seen[s.Rung] || !slices.Contains(steps, s.Kind) {
			c.bad(where)
			continue
		}
		seen[s.Rung] = true
		c.need(!s.Then.Empty(), where)
		c.text(s.Then, "scaffolds", i)
		own := s.asItem(&it)
		own.Author = "scaffold" // it needs no hints and no worked way
		if s.Kind != Expression && s.Kind != Equation {
			own.Variables = nil
		}
		if err := Check(own); err != nil {
			c.fault(where, err)
		}
	}
}

// Scaffold is the smaller question of a rung, drawn with the variant's own numbers, and what is shown once it is done. ok is
// false for a rung that asks nothing. Errors are Internal.
func (v Variant) Scaffold(rung int) (small Variant, then []doc.El, ok bool, err error) {
	if v.it == nil {
		return Variant{}, nil, false, undrawn()
	}
	at := slices.IndexFunc(v.it.Scaffolds, func(s Scaffold) bool { return s.Rung == rung })
	if at < 0 || rung > len(v.it.Hints) {
		return Variant{}, nil, false, nil
	}
	s := v.it.Scaffolds[at]
	if small, err = Recall(s.asItem(v.it), v.Seed, v.Values); err != nil {
		return Variant{}, nil, false, err
	}
	then, err = v.draw(s.Then, "scaffolds", at)
	return small, then, err == nil, err
}

// PlainHints are the rungs for what has no room for scaffolds: each smaller question with its answer below.
func (it Item) PlainHints() []doc.Doc {
	out := slices.Clone(it.Hints)
	for _, s := range it.Scaffolds {
		if s.Rung >= 1 && s.Rung <= len(out) {
			out[s.Rung-1] = doc.Doc{Nodes: slices.Concat(out[s.Rung-1].Nodes, s.Then.Nodes)}
		}
	}
	return out
}

// errNoScaffold is the fault of an answer to a rung that asks nothing.
func errNoScaffold(rung int) *fault.Error {
	return fault.New(fault.Invalid, "fault.item.scaffold", "rung", rung)
}

// ScoreScaffold judges an answer to the smaller question of a rung. Errors: Invalid (it asks nothing, or a response that it
// cannot have got), as Score's.
func ScoreScaffold(v Variant, rung int, r Response) (Judged, error) {
	small, _, ok, err := v.Scaffold(rung)
	if err != nil {
		return Judged{}, err
	}
	if !ok {
		return Judged{}, errNoScaffold(rung)
	}
	return Score(small, r)
}

package library

import (
	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/flow"
	"kith/internal/item"
)

// TryScaffoldIn is an answer to the smaller question of a rung.
type TryScaffoldIn struct {
	Item     item.ID       `json:"item" minLength:"36" maxLength:"36"`
	Version  int           `json:"version" minimum:"1"`
	DrawN    int           `json:"draw_n" minimum:"1" maximum:"100000"`
	Rung     int           `json:"rung" minimum:"1" maximum:"30"`
	Response item.Response `json:"response"`
}

// TryScaffoldOut is what it was worth. It is no evidence and is kept nowhere: the rung counts as a hint whatever comes of it.
type TryScaffoldOut struct {
	Outcome item.Outcome `json:"outcome" enum:"right,not_yet,unread"`
	Nudge   []doc.El     `json:"nudge"`
}

// TryScaffold judges an answer to the smaller question of a rung of the ladder. Errors: NotFound (no such item), Invalid (the
// rung asks nothing, a response that it cannot have got), Conflict (the item was withdrawn).
var TryScaffold = flow.View[TryScaffoldIn, TryScaffoldOut]{
	Name: "try_scaffold",
	Rule: access.Allow(access.Learner, access.Staff),
	Load: func(l *flow.Look, in TryScaffoldIn) (TryScaffoldOut, error) {
		v, err := seen(l, in.Item, in.Version, in.DrawN)
		if err != nil {
			return TryScaffoldOut{}, err
		}
		said, err := item.ScoreScaffold(v, in.Rung, in.Response)
		if err != nil {
			return TryScaffoldOut{}, err
		}
		nudge, err := v.Nudge(said)
		return TryScaffoldOut{Outcome: said.Outcome, Nudge: nudge}, err
	},
}

package library

import (
	"errors"

	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/flow"
	"kith/internal/item"
)

// ReadAnswerIn is mathematics as somebody has typed it so far, at an item that they see.
type ReadAnswerIn struct {
	Item    item.ID `json:"item" minLength:"36" maxLength:"36"`
	Version int     `json:"version" minimum:"1"`
	DrawN   int     `json:"draw_n" minimum:"1" maximum:"100000"`
	Text    string  `json:"text" maxLength:"1500"`
	Comma   bool    `json:"comma" doc:"whether a comma parts decimals where the reader lives"`
	Rung    int     `json:"rung,omitempty" minimum:"0" maximum:"30" doc:"of the ladder, when its smaller question is answered"`
}

// ReadAnswer says how mathematics is read before anybody is judged: as drawn, or where it stops being readable. It compares
// with nothing and keeps nothing, so it tells nothing of right or not (item.ReadBack). Errors: NotFound (no such item),
// Invalid (an item that is not answered with mathematics).
var ReadAnswer = flow.View[ReadAnswerIn, item.Reading]{
	Name: "read_answer",
	Rule: access.Allow(access.Learner, access.Staff),
	Load: func(l *flow.Look, in ReadAnswerIn) (item.Reading, error) {
		v, err := seen(l, in.Item, in.Version, in.DrawN)
		if err != nil {
			return item.Reading{}, err
		}
		if in.Rung > 0 {
			small, _, ok, err := v.Scaffold(in.Rung)
			if err != nil || !ok {
				return item.Reading{}, errors.Join(err, errNoItem)
			}
			v = small
		}
		return item.ReadBack(v, item.Response{Boxes: []string{in.Text}}, in.Comma)
	},
}

// seen is the variant of an item that whoever looks has before them: a learner their own, a teacher a preview's.
func seen(l *flow.Look, id item.ID, version, drawN int) (item.Variant, error) {
	it, err := ItemVersion(l, id, int64(version))
	if err != nil {
		return item.Variant{}, err
	}
	seat := string(l.Who().Person)
	if l.Has(access.Staff) {
		seat = previewSeat
	}
	return item.Draw(*it, item.SeedFor(seat, string(id), drawN))
}

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

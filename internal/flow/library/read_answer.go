package library

import (
	"errors"

	"kith/internal/access"
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

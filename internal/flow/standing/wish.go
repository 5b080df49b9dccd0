package standing

import (
	"encoding/json"

	"kith/internal/fault"
	"kith/internal/plan"
	"kith/internal/store/db"
)

// Wish is what a learner says of a proposed plan when they send it: it is kept with the proposal and changes nothing by
// itself. Contested are keys of lines or credits that they see otherwise.
type Wish struct {
	Edits     []plan.Edit `json:"edits"`
	Contested []string    `json:"contested"`
	Word      string      `json:"word"`
}

// DecodeWish is what a learner said when they sent a proposal; a zero Wish when they said nothing or did not send it yet.
func DecodeWish(row db.Proposal) (w Wish, err error) {
	if err = json.Unmarshal([]byte(row.Wish), &w); err != nil {
		err = fault.Wrap(fault.Internal, err, "fault.internal")
	}
	return w, err
}

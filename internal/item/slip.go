package item

import (
	"kith/internal/item/algebra/near"
	"kith/internal/phrase"
)

// Slip words what lies between an answer and the key, for a learner: what was found, then a question; never a judgement, and
// never the key. RightValue is whether only the way of writing is not yet as asked. The phrase is empty when nothing was
// recognised. An author's own line for a mistake (Nudge) says more, and goes first.
func (j Judged) Slip() (say phrase.Phrase, rightValue bool) {
	switch {
	case j.Outcome != NotYet:
		return phrase.Phrase{}, false
	case j.FormMiss != "":
		return phrase.Of("slip.form." + j.FormMiss), true
	case j.Near != "":
		return phrase.Of("slip." + j.Near), j.Near == string(near.Unsimplified)
	}
	return phrase.Phrase{}, false
}

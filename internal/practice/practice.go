// Package practice is the inner loop: which item a learner meets next on one skill, when a variant is tried again, when
// its worked solution is shown, what help is offered, and when it is enough.
//
// In: the learner's attempts, the skill's items, the skill's estimate, the instant. Out: one Move. It is a function of
// these, so a page that is loaded again shows the same move.
//
// Rules: a not-yet brings its nudge and the same variant again, three tries in all; then the worked solution and a new
// variant. Two missed variants in a row bring three offers: the lesson again, a person, the skill beneath. After 25
// minutes in one sitting it is kindly enough. Secure ends it.
//
// Place in the flow: layer 2, after mastery. Words of the feedback itself are the item's; hints are asked for, not given.
package practice

import (
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// Numbers of the inner loop; all chosen by us except Tries, which product.md found usual.
const (
	Tries     = 3              // tries on one variant before its worked solution is shown
	Lately    = 2              // items that a new variant keeps away from: the last two met
	MissedRun = 2              // missed variants in a row after which help is offered
	NearlyAt  = 0.8            // PKnown from which typed items come first: secure should not rest on choices
	TargetAt  = 0.78           // chance of success aimed at (.7 to .85)
	EnoughMs  = 25 * 60 * 1000 // practice in one sitting after which it is enough
	ApartMs   = 30 * 60 * 1000 // a longer gap begins a new sitting
	LongestMs = 5 * 60 * 1000  // one attempt counts for at most so long: nobody thinks for ten minutes at a closed lid
	UnknownMs = 45 * 1000      // an attempt whose time is not known, and that is the first of its sitting
)

// Kind says what a Move asks the page to do.
type Kind string

const (
	Ask   Kind = "ask"   // a new variant: Item, DrawN; Try is 1
	Retry Kind = "retry" // the same variant again: Item, DrawN, and Try 2 or 3
	Done  Kind = "done"  // the skill is secure
	Stop  Kind = "stop"  // 25 minutes: enough for now
	Empty Kind = "empty" // the skill has no item to practise with
)

// Offer is help that a page shows as a choice beside the move.
type Offer string

const (
	OfferLesson       Offer = "lesson"       // the lesson again
	OfferPerson       Offer = "person"       // ask for help
	OfferPrerequisite Offer = "prerequisite" // Move.Beneath, what this rests on
)

// Variant names one draw of an item.
type Variant struct {
	Item  item.ID `json:"item"`
	DrawN int     `json:"draw_n"`
}

// Input is what Next looks at.
type Input struct {
	Skill    skill.ID
	Facts    []evidence.Fact  // the learner's attempts in Seq order, without withdrawn ones: all on this skill, and at least those of the last two hours on any
	Items    []item.Item      // published items whose first skill is Skill; withdrawn ones are passed over
	Estimate mastery.Estimate // of Skill
	Model    mastery.Model
	Beneath  []skill.ID                    // direct prerequisites of Skill
	Others   map[skill.ID]mastery.Estimate // estimates of Beneath; absent = not started
	NowMs    int64
	GoOn     bool // the learner chose to go on after "enough", or to keep going with a secure skill
}

// Move is what comes next.
type Move struct {
	Kind     Kind          `json:"kind"`
	Item     item.ID       `json:"item,omitempty"`
	DrawN    int           `json:"draw_n,omitempty"`
	Try      int           `json:"try,omitempty"`
	Solution *Variant      `json:"solution,omitempty"` // show this variant's worked solution first
	Offers   []Offer       `json:"offers,omitempty"`
	Beneath  skill.ID      `json:"beneath,omitempty"` // for OfferPrerequisite
	Reason   phrase.Phrase `json:"reason"`
}

// Next is the next move. Errors (Invalid): an attempt that cannot be (try below 1, draw below 1), an estimate of
// another skill.
func Next(in Input) (Move, error) {
	if in.Estimate.Skill != in.Skill {
		return Move{}, fault.Invalidf("estimate", "is of skill %s, asked about %s", in.Estimate.Skill, in.Skill)
	}
	h, err := look(in)
	if err != nil {
		return Move{}, err
	}
	usable := usable(in.Items)
	if v, try, open := h.open(usable); open {
		return Move{Kind: Retry, Item: v.Item, DrawN: v.DrawN, Try: try, Reason: phrase.Of("practice.retry", "left", Tries-try+1)}, nil
	}
	m := Move{Solution: h.missed()}
	if h.missedRun >= MissedRun {
		m.Offers, m.Beneath = offers(in)
	}
	switch {
	case len(usable) == 0:
		m.Kind, m.Reason = Empty, phrase.Of("practice.empty")
	case in.Estimate.Status == mastery.Secure && !in.GoOn:
		m.Kind, m.Reason = Done, phrase.Of("practice.done")
	case PractisedMs(in.Facts, in.NowMs) >= EnoughMs && !in.GoOn:
		m.Kind, m.Reason = Stop, phrase.Of("practice.enough", "minutes", EnoughMs/60_000)
	default:
		pick := choose(in, h, usable)
		m.Kind, m.Item, m.DrawN, m.Try = Ask, pick.ID, h.draws[pick.ID]+1, 1
		m.Reason = reason(in, h, pick)
	}
	return m, nil
}

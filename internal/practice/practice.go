// Package practice is the inner loop: which item a learner meets next on one skill, when a variant is tried again, when
// its worked solution is shown, what help is offered, and when it is enough.
//
// In: the learner's attempts, the skill's items, the skill's estimate, the instant. Out: one Move. It is a function of
// these, so a page that is loaded again shows the same move.
//
// Rules: a not-yet brings its nudge and the same variant again, three tries in all; then the worked solution and a new
// variant. Two missed variants in a row bring three offers: the lesson again, a person, the skill beneath. Every fourth
// variant is one from before, where something is due (weave.go). After 25 minutes in one sitting it is kindly enough. Secure
// ends it; what is due again although it is secure takes one right answer. In a sitting in which an answer waits for a person,
// no further one is asked that may have to (item.Kind.AtOnce).
//
// Place in the flow: layer 2, after mastery. Words of the feedback itself are the item's; hints are asked for, not given.
package practice

import (
	"math"
	"slices"

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
	TargetLow = 0.7            // chance of success aimed at: from here
	TargetTop = 0.85           // to here
	Coarse    = 0.1            // chances outside that differ by less choose nothing: how long ago an item was met does
	Weave     = 4              // every so many variants one is from before, when something is due
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
	Stop  Kind = "stop"  // 25 minutes, or all that is left may wait for a person: enough for now
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
	Facts    []evidence.Fact  // the learner's attempts in Seq order, without withdrawn ones: all on this skill and those of Review, and at least those of the last two hours on any
	Items    []item.Item      // published items whose first skill is Skill; withdrawn ones are passed over
	Estimate mastery.Estimate // of Skill
	Model    mastery.Model
	Beneath  []skill.ID                    // direct prerequisites of Skill
	Others   map[skill.ID]mastery.Estimate // estimates of Beneath; absent = not started
	NowMs    int64
	GoOn     bool // the learner chose to go on after "enough", or to keep going with a secure skill

	Chance map[item.ID]float64 // of a right answer, by whoever predicts it; absent: from the estimate
	Due    bool                // Skill is secure, and asked again all the same: it faded, or waits to be shown as kept
	Review []Review            // skills of the same unit that are due, the most urgent first
}

// Review is a skill that may be woven in. A skill whose woven item waits for another try stays among them (OpenWoven).
type Review struct {
	Skill    skill.ID
	Items    []item.Item // published items whose first skill is Skill
	Estimate mastery.Estimate
}

// Move is what comes next.
type Move struct {
	Kind     Kind          `json:"kind"`
	Woven    skill.ID      `json:"woven,omitempty"` // the item is of this skill, from before; "" = of the skill itself
	Item     item.ID       `json:"item,omitempty"`
	DrawN    int           `json:"draw_n,omitempty"`
	Try      int           `json:"try,omitempty"`
	Solution *Variant      `json:"solution,omitempty"` // show this variant's worked solution first
	Offers   []Offer       `json:"offers,omitempty"`
	Beneath  skill.ID      `json:"beneath,omitempty"` // for OfferPrerequisite
	Reason   phrase.Phrase `json:"reason"`
}

// Next is the next move. Errors (Invalid): an attempt that cannot be (try below 1, draw below 1), an estimate of another
// skill, a review of the skill itself, a chance that is not between 0 and 1.
func Next(in Input) (Move, error) {
	if err := in.validate(); err != nil {
		return Move{}, err
	}
	h, err := look(in)
	if err != nil {
		return Move{}, err
	}
	w := lookWoven(in)
	usable := usable(in.Items)
	if v, try, of, open := w.open(in); open {
		return Move{Kind: Retry, Woven: of, Item: v.Item, DrawN: v.DrawN, Try: try, Reason: retry(try)}, nil
	}
	if v, try, open := h.open(usable); open {
		return Move{Kind: Retry, Item: v.Item, DrawN: v.DrawN, Try: try, Reason: retry(try)}, nil
	}
	m := Move{Solution: missed(h.last)}
	if w.last != nil {
		m.Solution = missed(w.last)
	}
	if h.missedRun >= MissedRun {
		m.Offers, m.Beneath = offers(in)
	}
	switch {
	case len(usable) == 0:
		m.Kind, m.Reason = Empty, phrase.Of("practice.empty")
	case in.Estimate.Status == mastery.Secure && !in.GoOn && !in.Due:
		m.Kind, m.Reason = Done, phrase.Of("practice.done")
	case PractisedMs(in.Facts, in.NowMs) >= EnoughMs && !in.GoOn:
		m.Kind, m.Reason = Stop, phrase.Of("practice.enough", "minutes", EnoughMs/60_000)
	default:
		if waited(in.Facts, in.NowMs) {
			in = in.atOnce()
			usable = judgedAtOnce(usable)
		}
		if len(usable) == 0 {
			m.Kind, m.Reason = Stop, phrase.Of("practice.waits")
			break
		}
		if err := m.ask(in, h, w, usable); err != nil {
			return Move{}, err
		}
	}
	return m, nil
}

// ask makes the move a fresh variant: one from before when it is its turn, else one of the skill.
func (m *Move) ask(in Input, h history, w woven, usable []item.Item) error {
	m.Kind, m.Try = Ask, 1
	if r, ok := w.turn(in, h); ok {
		sub := Input{Skill: r.Skill, Facts: in.Facts, Items: r.Items, Estimate: r.Estimate, Model: in.Model, Chance: in.Chance, NowMs: in.NowMs,
			Review: []Review{{Skill: in.Skill, Items: in.Items}}} // the story just met is one of these
		its, err := look(sub)
		if err != nil {
			return err
		}
		its.met = h.met
		pick := choose(sub, its, usableOf(r))
		m.Woven, m.Item, m.DrawN, m.Reason = r.Skill, pick.ID, its.draws[pick.ID]+1, phrase.Of("practice.woven")
		return nil
	}
	pick := choose(in, h, usable)
	m.Item, m.DrawN, m.Reason = pick.ID, h.draws[pick.ID]+1, reason(in, h, pick)
	return nil
}

// atOnce is the input without items whose answers may wait for a person.
func (in Input) atOnce() Input {
	in.Review = slices.Clone(in.Review)
	for i := range in.Review {
		in.Review[i].Items = judgedAtOnce(in.Review[i].Items)
	}
	return in
}

func retry(try int) phrase.Phrase { return phrase.Of("practice.retry", "left", Tries-try+1) }

func (in Input) validate() error {
	if in.Estimate.Skill != in.Skill {
		return fault.Invalidf("estimate", "is of skill %s, asked about %s", in.Estimate.Skill, in.Skill)
	}
	for _, r := range in.Review {
		if r.Skill == in.Skill || r.Estimate.Skill != r.Skill {
			return fault.Invalidf("review", "skill %s with an estimate of %s, in the practice of %s", r.Skill, r.Estimate.Skill, in.Skill)
		}
	}
	for _, it := range in.Items {
		if p, ok := in.Chance[it.ID]; ok && (math.IsNaN(p) || p < 0 || p > 1) {
			return fault.Invalidf("chance", "%v of item %s is not between 0 and 1", p, it.ID)
		}
	}
	return nil
}

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

// history is what the attempts tell about one skill.
type history struct {
	last      *evidence.Attempt // the last one that could be read, on this skill
	draws     map[item.ID]int   // highest draw so far
	order     []item.ID         // the variants met, in order, one entry each
	met       item.ID           // the last item met here, of another skill perhaps that was woven in
	when      map[item.ID]int   // place of the last attempt; absent = never
	alone     map[item.ID]bool  // right without help at some time
	missedRun int               // variants missed in a row up to now
}

// look reads the attempts. A check's items count as drawn and as met, but its answers offer no help: they are over.
func look(in Input) (history, error) {
	h := history{draws: map[item.ID]int{}, when: map[item.ID]int{}, alone: map[item.ID]bool{}}
	var at, met Variant
	missed := false
	for n, f := range in.Facts {
		a := f.Attempt
		if a != nil && wovenInto(in.Skill, a) {
			h.met = a.Item
		}
		if a == nil || a.Skill != in.Skill {
			continue
		}
		if a.Try < 1 || a.DrawN < 1 {
			return h, fault.Invalidf("try", "fact %s: try %d of draw %d", f.ID, a.Try, a.DrawN)
		}
		h.draws[a.Item] = max(h.draws[a.Item], a.DrawN)
		h.when[a.Item], h.met = n+1, a.Item
		if v := (Variant{a.Item, a.DrawN}); v != met {
			met, h.order = v, append(h.order, a.Item)
		}
		if !a.Outcome.Counts() {
			continue
		}
		right := a.Outcome == item.Right
		if right && a.Unaided() {
			h.alone[a.Item] = true
		}
		h.last = a
		if a.Purpose != evidence.ForPractice {
			continue
		}
		if v := (Variant{a.Item, a.DrawN}); v != at {
			at, missed = v, false
		}
		switch {
		case right:
			h.missedRun = 0
		case !missed && (a.Try >= Tries || a.Unlearned):
			missed = true
			h.missedRun++
		}
	}
	return h, nil
}

// open is the variant that waits for another try, when the last attempt left one.
func (h history) open(items []item.Item) (Variant, int, bool) {
	a := h.last
	if a == nil || a.Purpose != evidence.ForPractice || over(a) {
		return Variant{}, 0, false
	}
	if !slices.ContainsFunc(items, func(it item.Item) bool { return it.ID == a.Item && it.Version == a.ItemVersion }) {
		return Variant{}, 0, false // taken back, or written anew, since: a fresh variant is fairer
	}
	return Variant{a.Item, a.DrawN}, a.Try + 1, true
}

// over reports whether no further try follows an attempt. What a person looked at is over: their word came an evening later.
func over(a *evidence.Attempt) bool {
	return a.Outcome == item.Right || a.Outcome == item.Waiting || a.Looked || a.Unlearned || a.Try >= Tries
}

// missed is the variant whose worked solution is due after an attempt.
func missed(a *evidence.Attempt) *Variant {
	if a == nil || a.Purpose != evidence.ForPractice || a.Outcome != item.NotYet || !over(a) {
		return nil
	}
	return &Variant{a.Item, a.DrawN}
}

func usable(items []item.Item) []item.Item {
	return slices.DeleteFunc(slices.Clone(items), func(it item.Item) bool { return it.Withdrawn })
}

// judgedAtOnce are the items whose answers wait for nobody.
func judgedAtOnce(items []item.Item) []item.Item {
	return slices.DeleteFunc(slices.Clone(items), func(it item.Item) bool { return !it.Kind.AtOnce() })
}

// waited reports whether an answer of the sitting that is on went to a person, on whatever skill: one an evening is what
// thirty learners may ask of a teacher. Facts in Seq order.
func waited(facts []evidence.Fact, nowMs int64) bool {
	var last int64
	out := false
	for _, f := range facts {
		a := f.Attempt
		if a == nil || a.Purpose != evidence.ForPractice {
			continue
		}
		out = out && happened(f)-last <= ApartMs || a.Outcome == item.Waiting || a.Looked
		last = max(last, happened(f))
	}
	return out && nowMs-last <= ApartMs
}

// choose takes, in this order: an item that is not among the last Lately, the one before the last rather than the last; a
// context other than the last one's, else at least another kind; when nearly secure, an item that was not yet right
// without help, and typed before chosen; the chance of success nearest the target, by steps of Coarse; the one not met for
// longest, so that one that was never met comes before all that were; the nearest by less; the author's order. Variety comes before the rest: the same story with other numbers teaches its answer's shape.
func choose(in Input, h history, items []item.Item) item.Item {
	nearly := in.Estimate.PKnown >= NearlyAt
	best := -1
	for i := range items {
		if best < 0 || before(in, h, nearly, items[i], items[best]) {
			best = i
		}
	}
	return items[best]
}

func before(in Input, h history, nearly bool, a, b item.Item) bool {
	if x, y := h.lately(a), h.lately(b); x != y {
		return x < y
	}
	if x, y := h.alike(in, a), h.alike(in, b); x != y {
		return x < y
	}
	if nearly {
		if x, y := h.alone[a.ID], h.alone[b.ID]; x != y {
			return y
		}
		if x, y := typed(a), typed(b); x != y {
			return x
		}
	}
	offA, offB := off(in, a), off(in, b)
	if x, y := math.Round(offA/Coarse), math.Round(offB/Coarse); x != y {
		return x < y
	}
	if x, y := h.when[a.ID], h.when[b.ID]; x != y {
		return x < y
	}
	return offA < offB-1e-9
}

// lately is 0 for an item that is not among the last Lately variants, and the larger the more lately it was met: Lately
// for the last one.
func (h history) lately(it item.Item) int {
	for n := 0; n < Lately && n < len(h.order); n++ {
		if h.order[len(h.order)-1-n] == it.ID {
			return Lately - n
		}
	}
	return 0
}

// alike is 0 for an item with another context than the one just met here, 1 with the same context and another kind, 2 with
// both.
func (h history) alike(in Input, it item.Item) int {
	if it.Context == "" {
		return 0
	}
	last, ok := in.item(h.met)
	switch {
	case !ok || last.Context != it.Context:
		return 0
	case typed(last) != typed(it):
		return 1
	}
	return 2
}

// item finds an item of the skill, or of one that may be woven in.
func (in Input) item(id item.ID) (item.Item, bool) {
	for _, items := range append([][]item.Item{in.Items}, in.woven()...) {
		if at := slices.IndexFunc(items, func(x item.Item) bool { return x.ID == id }); at >= 0 {
			return items[at], true
		}
	}
	return item.Item{}, false
}

func typed(it item.Item) bool { return !it.Kind.Chosen() }

// off is how far the expected chance of success lies outside the target; within it, one is as good as another.
func off(in Input, it item.Item) float64 {
	p, ok := in.Chance[it.ID]
	if !ok {
		params := in.Model.Of(in.Skill)
		p = params.PCorrect(mastery.KnownAt(in.Model, in.Estimate, in.NowMs), mastery.Ways(it.Kind, len(it.Choices)))
	}
	return max(TargetLow-p, p-TargetTop, 0)
}

func reason(in Input, h history, pick item.Item) phrase.Phrase {
	switch {
	case h.last == nil:
		return phrase.Of("practice.first")
	case h.lately(pick) == Lately:
		return phrase.Of("practice.again")
	case in.Due && in.Estimate.Status == mastery.Secure:
		return phrase.Of("practice.keep")
	case in.Estimate.Status == mastery.AnotherLook:
		return phrase.Of("practice.look")
	case in.Estimate.PKnown >= NearlyAt && in.Estimate.Status != mastery.Secure && !h.alone[pick.ID]:
		return phrase.Of("practice.nearly")
	case h.last.Outcome != item.Right:
		return phrase.Of("practice.fresh")
	}
	return phrase.Of("practice.next")
}

// offers are the lesson, a person, and the prerequisite that is believed least, when one is not secure.
func offers(in Input) ([]Offer, skill.ID) {
	out := []Offer{OfferLesson, OfferPerson}
	var beneath skill.ID
	low := math.Inf(1)
	for _, id := range in.Beneath {
		e, met := in.Others[id]
		p := e.PKnown
		if !met {
			p = in.Model.Of(id).Init
		}
		if e.Status != mastery.Secure && p < low {
			beneath, low = id, p
		}
	}
	if beneath != "" {
		out = append(out, OfferPrerequisite)
	}
	return out, beneath
}

// PractisedMs is how long the learner has practised in the sitting that nowMs belongs to, in ms: for each practice
// attempt the time that the device says it took, else the gap since the attempt before, never more than LongestMs. A
// sitting ends with a gap above ApartMs. Facts in Seq order; other purposes and kinds are passed over.
func PractisedMs(facts []evidence.Fact, nowMs int64) int64 {
	var sum, last int64
	for _, f := range facts {
		a := f.Attempt
		if a == nil || a.Purpose != evidence.ForPractice {
			continue
		}
		at := happened(f)
		gap := at - last
		if last == 0 || gap > ApartMs {
			sum, gap = 0, UnknownMs
		}
		took := a.TookMs
		if took <= 0 {
			took = max(gap, 0)
		}
		sum += min(took, LongestMs)
		last = max(last, at)
	}
	if nowMs-last > ApartMs {
		return 0
	}
	return sum
}

// happened is the device's claim where it is possible, else when the fact was received.
func happened(f evidence.Fact) int64 {
	if f.HappenedMs > 0 && f.HappenedMs <= f.ReceivedMs {
		return f.HappenedMs
	}
	return f.ReceivedMs
}

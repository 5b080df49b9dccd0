package practice

import (
	"kith/internal/evidence"
	"kith/internal/item"
	"kith/internal/skill"
)

// An item of another skill is woven in as an attempt for practice whose context names the skill that is practised. That is
// how the evidence itself tells what was woven, where, and when the next one has its turn.

// woven is what the attempts tell of the practice of one skill: what was woven into it in the sitting that is on.
type woven struct {
	last  *evidence.Attempt // the last attempt, if it was at something woven in; else nil
	since int               // variants of the skill itself since the last one from before
	met   map[skill.ID]bool // skills that were woven in
}

// wovenInto reports whether an attempt was at an item from before, in the practice of the skill.
func wovenInto(id skill.ID, a *evidence.Attempt) bool {
	return a.Purpose == evidence.ForPractice && a.Context == string(id) && a.Skill != id
}

func lookWoven(in Input) woven {
	w := woven{met: map[skill.ID]bool{}}
	var at Variant
	var lastMs int64
	for _, f := range in.Facts {
		a := f.Attempt
		if a == nil || a.Purpose != evidence.ForPractice || a.Skill != in.Skill && !wovenInto(in.Skill, a) {
			continue
		}
		if ms := happened(f); ms-lastMs > ApartMs { // another sitting
			w, at = woven{met: map[skill.ID]bool{}}, Variant{}
		}
		lastMs = max(lastMs, happened(f))
		if a.Skill != in.Skill {
			w.last, w.since, w.met[a.Skill], at = a, 0, true, Variant{}
			continue
		}
		w.last = nil
		if v := (Variant{a.Item, a.DrawN}); v != at {
			at = v
			w.since++
		}
	}
	if in.NowMs-lastMs > ApartMs {
		return woven{met: map[skill.ID]bool{}}
	}
	return w
}

// open is the woven variant that waits for another try, and its skill.
func (w woven) open(in Input) (Variant, int, skill.ID, bool) {
	a := w.last
	if a == nil {
		return Variant{}, 0, "", false
	}
	for _, r := range in.Review {
		if r.Skill == a.Skill {
			v, try, open := history{last: a}.open(usableOf(r))
			return v, try, r.Skill, open
		}
	}
	return Variant{}, 0, "", false
}

// turn is the skill that has its turn to be woven in: every Weave variants, each once a sitting, and not while the last
// variant of the skill itself was missed, because then one thing at a time is enough.
func (w woven) turn(in Input, h history) (Review, bool) {
	if w.since < Weave-1 || h.missedRun > 0 {
		return Review{}, false
	}
	for _, r := range in.Review {
		if !w.met[r.Skill] && len(usableOf(r)) > 0 {
			return r, true
		}
	}
	return Review{}, false
}

func usableOf(r Review) []item.Item { return usable(r.Items) }

// woven are the items that may be woven in.
func (in Input) woven() [][]item.Item {
	out := make([][]item.Item, len(in.Review))
	for i, r := range in.Review {
		out[i] = r.Items
	}
	return out
}

// OpenWoven is the skill whose item, woven into the practice of another, waits for a further try; "" when none does.
// Callers keep it in Input.Review, although it may not be due any more.
func OpenWoven(facts []evidence.Fact, practised skill.ID) skill.ID {
	var last *evidence.Attempt
	for _, f := range facts {
		if a := f.Attempt; a != nil && a.Purpose == evidence.ForPractice && (a.Skill == practised || wovenInto(practised, a)) {
			last = a
		}
	}
	if last == nil || last.Skill == practised || over(last) {
		return ""
	}
	return last.Skill
}

package plan

import (
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// reasonNow is a decided line's reason as it holds today: what a line once said of a skill's standing ("you have not
// learned this yet") is said of its standing now, so that the sentence never contradicts the word beside it. What a person
// wrote or asked for, and what a line says of the plan rather than of the skill, stays as it was decided. e is the estimate
// of the line's skill; a line without a skill keeps its reason.
func reasonNow(l Line, e mastery.Estimate) phrase.Phrase {
	if l.Kind != Practice && l.Kind != Revisit {
		return l.Reason
	}
	switch l.Reason.Code {
	case "reason.unlearned", "reason.growing", "reason.look", "reason.before", "reason.on_the_way", "reason.ready":
	default:
		return l.Reason
	}
	switch {
	case e.Status == mastery.Secure:
		return phrase.Of("reason.dropped_known")
	case e.Status == mastery.AnotherLook:
		return phrase.Of("reason.look")
	case unlearnedLast(e):
		return phrase.Of("reason.unlearned")
	case e.Attempts > 0:
		return phrase.Of("reason.growing")
	case l.Reason.Code == "reason.before" || l.Reason.Code == "reason.on_the_way":
		return l.Reason
	}
	return phrase.Of("reason.ready")
}

// inTurn is why a skill is open while no plan is decided: nothing beneath it is missing, or it comes after what is.
func (b *builder) inTurn(id skill.ID) phrase.Phrase {
	for _, p := range b.in.Graph.Prerequisites(id) {
		if _, inside := b.objectives[p]; inside && !b.known[p] {
			return phrase.Of("reason.after", "skill", b.skills[p].Title)
		}
	}
	return phrase.Of("reason.ready")
}

// unlearnedLast reports whether the last that the learner said of a skill is that they have not learned it yet.
func unlearnedLast(e mastery.Estimate) bool {
	n := len(e.State.Tries)
	return n > 0 && e.State.Tries[n-1].Unlearned
}

// Package standing is how one learner stands in one unit: the fold that the learner, their teachers and their guardians read
// alike, so that no two pages disagree.
//
// In: facts, estimates, the unit as the class was given it, sittings of the check, proposals and people's decisions. Out: a
// LearnerUnit that answers where am I, where am I going and how do I get there, the plan as it was decided, the evidence in
// words. Propose and PlanMoved put the next proposal beside it when plan.Due says so; nothing here decides.
//
// Place in the flow: layer 4. Above ledger and library, beneath the rooms evening and decision.
package standing

import (
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// SkillStanding is how one skill stands, as learner, teacher and guardian read it: one fold, one place.
type SkillStanding struct {
	ID       skill.ID       `json:"id"`
	Title    string         `json:"title"`
	Status   mastery.Status `json:"status" enum:"not_started,growing,secure,another_look"`
	Why      phrase.Phrase  `json:"why"`
	Dots     []mastery.Went `json:"dots"`
	SecureMs int64          `json:"secure_ms,omitempty"` // since when it has been secure; keeps its date
	Evidence []string       `json:"evidence"`            // ids of the facts behind the sentence
	Because  []EvidenceLine `json:"because,omitempty"`   // the same in words, where a page shows them
}

// Of is how a skill stands by its estimate; a zero estimate is one that was not started.
func Of(s skill.Skill, e mastery.Estimate) SkillStanding {
	if e.Skill == "" {
		e = mastery.Estimate{Skill: s.ID, Status: mastery.NotStarted}
	}
	return SkillStanding{ID: s.ID, Title: s.Title, Status: e.Status, Why: mastery.Why(e), Dots: e.Dots(), SecureMs: e.SecureSinceMs, Evidence: e.Evidence()}
}

// SkillChoice is a skill that may be chosen.
type SkillChoice struct {
	ID    skill.ID `json:"id"`
	Title string   `json:"title"`
}

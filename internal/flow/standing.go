package flow

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

func standing(s skill.Skill, e mastery.Estimate) SkillStanding {
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

package standing

import (
	"kith/internal/evidence"
	"kith/internal/item"
	"kith/internal/phrase"
)

// EvidenceLine is one fact in words: what a number, a status or a reason rests on.
type EvidenceLine struct {
	ID   string        `json:"id"`
	Say  phrase.Phrase `json:"say"`
	AtMs int64         `json:"at_ms"`
}

// Because words the facts that ids name, in the order of the ids; an id that is not this learner's is left out.
func (u *LearnerUnit) Because(ids []string) []EvidenceLine {
	at := make(map[string]int, len(u.Facts))
	for i, f := range u.Facts {
		at[f.ID] = i
	}
	out := []EvidenceLine{}
	for _, id := range ids {
		if i, ok := at[id]; ok {
			out = append(out, EvidenceLine{ID: id, Say: u.SaidOf(u.Facts[i]), AtMs: u.Facts[i].ReceivedMs})
		}
	}
	return out
}

// Explained is a standing with its evidence in words.
func (u *LearnerUnit) Explained(s SkillStanding) SkillStanding {
	s.Because = u.Because(s.Evidence)
	return s
}

// SaidOf words one fact.
func (u *LearnerUnit) SaidOf(f evidence.Fact) phrase.Phrase {
	switch {
	case f.Attempt != nil:
		return attemptSaid(*f.Attempt, u.Course.Skill[f.Attempt.Skill].Title)
	case f.Credit != nil && f.Credit.Act == "reopen":
		return phrase.Of("evidence.reopened")
	case f.Credit != nil:
		return phrase.Of("evidence.credited")
	case f.Viewing != nil:
		return phrase.Of("evidence.viewed")
	case f.Meeting != nil:
		return phrase.Of("evidence.met")
	case f.Appeal != nil:
		return phrase.Of("evidence.appeal")
	case f.Ruling != nil:
		accepted := "no"
		if f.Ruling.Accepted {
			accepted = "yes"
		}
		return phrase.Of("evidence.ruling", "accepted", accepted)
	case f.Rescoring != nil:
		return phrase.Of("evidence.rescored", "went", string(f.Rescoring.Outcome))
	}
	return phrase.Of("evidence.other")
}

// attemptSaid words an attempt by why it was asked and how it went.
func attemptSaid(a evidence.Attempt, title string) phrase.Phrase {
	went := "not_yet"
	switch {
	case a.Unlearned:
		went = "unlearned"
	case a.Outcome == item.Waiting:
		went = "waiting"
	case a.Outcome == item.Right && a.Unaided():
		went = "right"
	case a.Outcome == item.Right:
		went = "helped"
	}
	return phrase.Of("evidence.attempt", "skill", title, "purpose", string(a.Purpose), "went", went)
}

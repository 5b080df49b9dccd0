package evening

import (
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// AskAtDinner is the one question that a guardian is given.
var AskAtDinner = askAtDinner

// DueBeside is how many skills may be woven into the practice of another, for whoever looks.
func DueBeside(l *flow.Look, practised skill.ID) (int, error) {
	place, err := l.Q().SkillPlace(l.Ctx(), db.SkillPlaceParams{SchoolID: l.School(), ID: string(practised)})
	if err != nil {
		return 0, err
	}
	c, err := library.CourseVersion(l, skill.CourseID(place.CourseID), int(place.GraphVersion))
	if err != nil {
		return 0, err
	}
	facts, err := ledger.AttemptFacts(l, string(l.Who().Person))
	if err != nil {
		return 0, err
	}
	all, err := ledger.Estimates(l, l.Who().Person)
	if err != nil {
		return 0, err
	}
	m, err := ledger.Model(l)
	if err != nil {
		return 0, err
	}
	stand, err := standFast(l, facts)
	if err != nil {
		return 0, err
	}
	due, err := reviews(l, c, practised, facts, stand, all, m)
	return len(due), err
}

// Judged is what an answer in the check was worth before its transaction began; "" when nobody judged it yet.
func Judged(in AnswerCheckIn) item.Outcome {
	if in.scored == nil {
		return ""
	}
	return in.scored.judged.Outcome
}

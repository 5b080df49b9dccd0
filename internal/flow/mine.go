package flow

import (
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
)

// Mine begins the input of what learners do for themselves: the act's id, and whose act it is, so that work kept on a
// shared device is never taken for somebody else's.
type Mine struct {
	Op
	Learner roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
}

// mine is the subject of such an act.
func (m Mine) mine() (access.Subject, error) { return access.OfPerson(m.Learner), nil }

// Kept says that something was taken. Verbs that have nothing else to tell answer with it.
type Kept struct {
	AtMs int64 `json:"at_ms"`
}

// mineIn loads the learner of an act in a unit that their class was given. Errors: NotFound.
func (l *Look) mineIn(classUnit string, learner roster.PersonID) (*learnerUnit, error) {
	g, err := l.given(classUnit)
	if err != nil {
		return nil, err
	}
	return l.learnerUnit(g, learner)
}

// written trims what somebody wrote. Errors: Invalid when nothing is left, or when it is longer than most letters.
func written(field, text string, most int) (string, error) {
	text = strings.TrimSpace(text)
	switch n := len([]rune(text)); {
	case n == 0:
		return "", fault.New(fault.Invalid, "fault.nothing_written")
	case n > most:
		return "", fault.Invalidf(field, "%d letters, at most %d", n, most)
	}
	return text, nil
}

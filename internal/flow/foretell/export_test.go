package foretell

import "kith/internal/flow"

// Answers is how many answers the school's state was made of; -1 while it is being made.
func Answers(l *flow.Look) (int, error) {
	s, ok, err := of(l)
	if err != nil || !ok {
		return -1, err
	}
	return s.answers, nil
}

package ledger

import (
	"kith/internal/flow"
	"kith/internal/store/db"
)

// ToLookAt is how many answers of a class wait for a teacher's look: those that no program judged, and those that their
// learners believe to be right.
func ToLookAt(l *flow.Look, class string) (int, error) {
	said, err := l.Q().CountOpenAppeals(l.Ctx(), db.CountOpenAppealsParams{SchoolID: l.School(), ClassID: class})
	if err != nil {
		return 0, err
	}
	waiting, err := l.Q().CountWaiting(l.Ctx(), db.CountWaitingParams{SchoolID: l.School(), ClassID: class})
	return int(said + waiting), err
}

package flow

import (
	"slices"

	"kith/internal/roster"
	"kith/internal/store/db"
)

// runsMost is how long a class that nobody ended counts as running. Presence is kept only while it runs, so a forgotten
// "end" must not reach into the evening.
const runsMost = 3 * 3_600_000

// Running reports whether a class day has begun and is not over at an instant.
func (d Day) Running(now int64) bool { return isRunning(d.StartedMs, d.EndedMs, now) }

func isRunning(started, ended, now int64) bool {
	return started > 0 && ended == 0 && now-started < runsMost
}

// runningDay is the day of a class that a learner is in now; ok=false when none runs.
func (l *Look) runningDay(learner roster.PersonID) (db.ClassDay, bool, error) {
	rows, err := l.q.RunningDaysOfLearner(l.ctx, db.RunningDaysOfLearnerParams{SchoolID: l.school(), LearnerID: string(learner), SinceMs: l.now - runsMost})
	if err != nil {
		return db.ClassDay{}, false, err
	}
	at := slices.IndexFunc(rows, func(d db.ClassDay) bool { return isRunning(d.StartedMs, d.EndedMs, l.now) })
	if at < 0 {
		return db.ClassDay{}, false, nil
	}
	return rows[at], true, nil
}

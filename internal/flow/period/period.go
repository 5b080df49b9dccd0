// Package period is a class period, before and while it runs: the page of today with the class's questions and mistakes, piles
// and their places, the projector, who is where, raised hands, exit checks opened, papers to print.
//
// Piles are suggested by package classroom from what the class's facts and estimates say, and are the teacher's as soon as one
// name is moved. Presence and places are for the running period only; what learners do in it becomes evidence elsewhere.
//
// Place in the flow: layer 4, above ledger and library.
package period

import (
	"slices"

	"kith/internal/flow"
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
func runningDay(l *flow.Look, learner roster.PersonID) (db.ClassDay, bool, error) {
	rows, err := l.Q().RunningDaysOfLearner(l.Ctx(), db.RunningDaysOfLearnerParams{SchoolID: l.School(), LearnerID: string(learner), SinceMs: l.Now() - runsMost})
	if err != nil {
		return db.ClassDay{}, false, err
	}
	at := slices.IndexFunc(rows, func(d db.ClassDay) bool { return isRunning(d.StartedMs, d.EndedMs, l.Now()) })
	if at < 0 {
		return db.ClassDay{}, false, nil
	}
	return rows[at], true, nil
}

package sample

import "time"

// calendar is the school's time as seen from now: the next class, and days counted back from it.
type calendar struct {
	now  time.Time
	next time.Time // the next class, later than now
}

func newCalendar(now time.Time, zone *time.Location) calendar {
	now = now.In(zone)
	next := time.Date(now.Year(), now.Month(), now.Day(), 9, 0, 0, 0, zone)
	for !next.After(now) || weekend(next) {
		next = next.AddDate(0, 0, 1)
	}
	return calendar{now, next}
}

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }

// evening is the nth evening back from now, at an hour and minute: 1 is the last that is over.
func (c calendar) evening(n, hour, minute int) time.Time {
	d := c.now
	if d.Hour() < 22 {
		d = d.AddDate(0, 0, -1)
	}
	d = d.AddDate(0, 0, 1-n)
	return time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, d.Location())
}

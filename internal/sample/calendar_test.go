package sample

import (
	"testing"
	"time"
)

func TestCalendar_CountsFromNow(t *testing.T) {
	for _, c := range []struct{ now, next, last string }{
		{"2026-11-23 07:30", "2026-11-23 09:00", "2026-11-22"}, // a Monday before class
		{"2026-11-23 09:00", "2026-11-24 09:00", "2026-11-22"},
		{"2026-11-23 22:10", "2026-11-24 09:00", "2026-11-23"},
		{"2026-11-27 15:00", "2026-11-30 09:00", "2026-11-26"}, // a Friday afternoon
		{"2026-11-28 12:00", "2026-11-30 09:00", "2026-11-27"},
	} {
		now, err := time.Parse("2006-01-02 15:04", c.now)
		if err != nil {
			t.Fatal(err)
		}
		cal := newCalendar(now, time.UTC)
		if got := cal.next.Format("2006-01-02 15:04"); got != c.next {
			t.Errorf("%s: next class %s, want %s", c.now, got, c.next)
		}
		if got := cal.evening(1, 18, 0).Format(time.DateOnly); got != c.last {
			t.Errorf("%s: last evening %s, want %s", c.now, got, c.last)
		}
	}
}

// What is noted for later than now has not happened.
func TestLive_LeavesTheFutureOut(t *testing.T) {
	at := time.Date(2026, 11, 23, 18, 5, 0, 0, time.UTC)
	var clock Clock
	var said []string
	a, b := &diary{}, &diary{}
	say := func(what string) func() error {
		return func() error {
			said = append(said, what+" "+clock.Now().Format("15:04"))
			return nil
		}
	}
	a.note(at.Add(time.Hour), say("second"))
	a.note(at, say("first"))
	b.note(at.Add(2*time.Hour), say("third"))
	b.note(at.Add(3*time.Hour), say("never"))
	if err := live(&clock, []*diary{a, b}, at.Add(2*time.Hour+10*time.Minute)); err != nil {
		t.Fatal(err)
	}
	if got, want := len(said), 3; got != want || said[0] != "first 18:05" || said[1] != "second 19:05" || said[2] != "third 20:05" {
		t.Errorf("said %v", said)
	}
}

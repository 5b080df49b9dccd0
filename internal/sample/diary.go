package sample

import (
	"errors"
	"slices"
	"sync"
	"time"
)

// moment is something that one person does at an instant of the past.
type moment struct {
	at time.Time
	do func() error
}

// diary is what one person does.
type diary struct{ moments []moment }

// note adds a moment.
func (d *diary) note(at time.Time, do func() error) {
	d.moments = append(d.moments, moment{at, do})
}

// tick is how long a step is: ten minutes in the hours of school, two hours in the evening. People live side by side: what
// they do within a step happens at once, each person's acts in order, and is received when the latest of them is at it, as
// from a device on a bus. Long steps let the store write many people's acts together.
func tick(at time.Time) time.Duration {
	if at.Hour() < 15 {
		return 10 * time.Minute
	}
	return 2 * time.Hour
}

// live plays the diaries up to an instant; later moments are left out. It stops at the first step with an error.
func live(clock *Clock, diaries []*diary, until time.Time) error {
	for _, d := range diaries {
		slices.SortStableFunc(d.moments, func(a, b moment) int { return a.at.Compare(b.at) })
		d.moments = slices.DeleteFunc(d.moments, func(m moment) bool { return m.at.After(until) })
	}
	for {
		var first time.Time
		for _, d := range diaries {
			if len(d.moments) > 0 && (first.IsZero() || d.moments[0].at.Before(first)) {
				first = d.moments[0].at
			}
		}
		if first.IsZero() {
			return nil
		}
		clock.Set(first)
		if err := step(clock, diaries, first.Truncate(tick(first)).Add(tick(first))); err != nil {
			return err
		}
	}
}

// step plays every diary's moments before an instant.
func step(clock *Clock, diaries []*diary, end time.Time) error {
	var wg sync.WaitGroup
	errs := make([]error, len(diaries))
	for i, d := range diaries {
		if len(d.moments) == 0 || !d.moments[0].at.Before(end) {
			continue
		}
		wg.Go(func() {
			for errs[i] == nil && len(d.moments) > 0 && d.moments[0].at.Before(end) {
				clock.Forward(d.moments[0].at)
				errs[i] = d.moments[0].do()
				d.moments = d.moments[1:]
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

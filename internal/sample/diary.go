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

// tick is how far the clock steps. People live side by side: what they do within a step happens at once, each person's
// acts in order, and is received at its end, as from a device on a bus.
const tick = 30 * time.Minute

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
		end := first.Truncate(tick).Add(tick)
		clock.Set(end)
		if end.After(until) {
			clock.Set(until)
		}
		if err := step(diaries, end); err != nil {
			return err
		}
	}
}

// step plays every diary's moments before an instant.
func step(diaries []*diary, end time.Time) error {
	var wg sync.WaitGroup
	errs := make([]error, len(diaries))
	for i, d := range diaries {
		if len(d.moments) == 0 || !d.moments[0].at.Before(end) {
			continue
		}
		wg.Go(func() {
			for errs[i] == nil && len(d.moments) > 0 && d.moments[0].at.Before(end) {
				errs[i] = d.moments[0].do()
				d.moments = d.moments[1:]
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

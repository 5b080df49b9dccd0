package sample

import (
	"sync/atomic"
	"time"
)

// Clock is the clock of a store in which a past is made (store.Config.Clock = clock.Now): it stands where it is set, and
// otherwise runs like every clock. The zero Clock runs. It is safe for use from several goroutines.
type Clock struct{ at atomic.Pointer[time.Time] }

// Now is the instant that the clock shows.
func (c *Clock) Now() time.Time {
	if at := c.at.Load(); at != nil {
		return *at
	}
	return time.Now()
}

// Set stops the clock at an instant.
func (c *Clock) Set(at time.Time) { c.at.Store(&at) }

// Forward moves a clock that stands to an instant, unless it is past that already.
func (c *Clock) Forward(at time.Time) {
	for {
		was := c.at.Load()
		if was == nil || !at.After(*was) || c.at.CompareAndSwap(was, &at) {
			return
		}
	}
}

// Run lets the clock run again.
func (c *Clock) Run() { c.at.Store(nil) }

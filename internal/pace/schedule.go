package pace

import (
	"math"

	"kith/internal/fault"
)

// Job is a piece of work that is done in one go before the next one begins.
type Job struct {
	Minutes float64 // of work, 0 or more
	Due     float64 // minutes of work that are possible until its day; +Inf = it has none
	After   []int   // places of the jobs that come before it
}

// Schedule orders jobs so that the most by which one ends after its day is as small as can be, and says how much that is:
// negative when all have room, -Inf when none has a day. It is Lawler's rule for one machine with precedence (1973,
// "Optimal sequencing of a single machine subject to precedence constraints", Management Science 19(5)): from the end, of
// the jobs that nothing waits for any more, the one whose cost is least goes last. Of equals the later in the slice goes
// last. It takes O(n²).
// Errors (Invalid): minutes that are NaN, infinite or negative, a day that is NaN, a place outside, a circle.
func Schedule(jobs []Job) (order []int, over float64, err error) {
	waits := make([]int, len(jobs)) // unplaced jobs that wait for this one
	end := 0.0
	for i, j := range jobs {
		if math.IsNaN(j.Minutes) || math.IsInf(j.Minutes, 0) || j.Minutes < 0 {
			return nil, 0, fault.Invalidf("minutes", "job %d takes %v minutes", i, j.Minutes)
		}
		if math.IsNaN(j.Due) {
			return nil, 0, fault.Invalidf("due", "job %d is due after %v minutes", i, j.Due)
		}
		for _, p := range j.After {
			if p < 0 || p >= len(jobs) {
				return nil, 0, fault.Invalidf("after", "job %d comes after job %d of %d", i, p, len(jobs))
			}
			waits[p]++
		}
		end += j.Minutes
	}
	order = make([]int, len(jobs))
	over = math.Inf(-1)
	var free []int // unplaced jobs that nothing waits for
	for i, n := range waits {
		if n == 0 {
			free = append(free, i)
		}
	}
	for at := len(jobs) - 1; at >= 0; at-- {
		if len(free) == 0 {
			return nil, 0, fault.Invalidf("after", "%d jobs wait for each other in a circle", at+1)
		}
		pick := 0
		for k, i := range free { // all would end at the same time: the one with the latest day costs least
			if d, best := jobs[i].Due, jobs[free[pick]].Due; d > best || d == best && i > free[pick] {
				pick = k
			}
		}
		last := free[pick]
		free[pick] = free[len(free)-1]
		free = free[:len(free)-1]
		order[at] = last
		over = max(over, end-jobs[last].Due)
		end -= jobs[last].Minutes
		for _, p := range jobs[last].After {
			if waits[p]--; waits[p] == 0 {
				free = append(free, p)
			}
		}
	}
	return order, over, nil
}

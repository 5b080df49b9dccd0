package web

import (
	"testing"
	"time"
)

func TestPace_BoundsEachPersonAlone(t *testing.T) {
	p, now := newPace(2, 3), time.Unix(0, 0)
	asks := func(who string, n int) (allowed int) {
		for range n {
			if p.allows(who, now) {
				allowed++
			}
		}
		return allowed
	}
	if a, b := asks("amina", 10), asks("ben", 2); a != 3 || b != 2 {
		t.Errorf("at once: %d of 3, %d of 2", a, b)
	}
	now = now.Add(time.Second)
	if a := asks("amina", 10); a != 2 {
		t.Errorf("a second later: %d of 2", a)
	}
	now = now.Add(time.Hour)
	if a := asks("amina", 10); a != 3 {
		t.Errorf("an hour later: %d of 3", a)
	}
}

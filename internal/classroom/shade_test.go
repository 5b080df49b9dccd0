package classroom

import (
	"testing"

	"kith/internal/mastery"
)

func TestShade_RisesWithBeliefAndStatusWins(t *testing.T) {
	for _, c := range []struct {
		status mastery.Status
		known  float64
		want   int
	}{{mastery.NotStarted, 0.9, 0}, {mastery.Growing, 0.1, 1}, {mastery.Growing, 0.5, 2}, {mastery.Growing, 0.9, 3}, {mastery.Secure, 0.96, 4}, {mastery.AnotherLook, 0.5, 2}} {
		if got := Shade(c.status, c.known); got != c.want {
			t.Errorf("%s %.2f: got %d, want %d", c.status, c.known, got, c.want)
		}
	}
}

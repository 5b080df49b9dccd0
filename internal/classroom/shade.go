package classroom

import "kith/internal/mastery"

// Shades of a teacher's grid, light to dark: 0 not started, 4 secure, between them by belief.
const (
	shadeSecond = 0.4
	shadeThird  = 0.75
)

// Shade is how dark a skill stands in the teacher's grid, 0 to 4. known is the estimate's PKnown; of it nothing but the
// shade leaves the server.
func Shade(status mastery.Status, known float64) int {
	switch {
	case status == mastery.NotStarted:
		return 0
	case status == mastery.Secure:
		return 4
	case known < shadeSecond:
		return 1
	case known < shadeThird:
		return 2
	}
	return 3
}

package pace

import (
	"math"
	"math/rand/v2"

	"kith/internal/fault"
)

// Spread is how far skills' times scatter around what is expected, as the standard deviation of their logarithm. Ours:
// one in three takes less than 0.6 or more than 1.6 of it.
const Spread = 0.5

// Chance is the share of so many draws in which every job with a day ends by it when they are done in this order, each
// taking its minutes times a factor drawn from a log-normal distribution of median 1 and the spread. The same seed gives
// the same share. It is for a teacher who plans, and never a verdict on a learner.
// Errors (Invalid): draws below 1, a spread that is NaN or negative, an order that names a job outside.
func Chance(jobs []Job, order []int, spread float64, draws int, seed uint64) (float64, error) {
	if draws < 1 {
		return 0, fault.Invalidf("draws", "%d draws", draws)
	}
	if math.IsNaN(spread) || math.IsInf(spread, 0) || spread < 0 {
		return 0, fault.Invalidf("spread", "%v is not 0 or more", spread)
	}
	for _, i := range order {
		if i < 0 || i >= len(jobs) {
			return 0, fault.Invalidf("order", "job %d of %d", i, len(jobs))
		}
	}
	r := rand.New(rand.NewPCG(seed, 0))
	good := 0
	for range draws {
		sum, inTime := 0.0, true
		for _, i := range order {
			sum += jobs[i].Minutes * math.Exp(spread*r.NormFloat64())
			inTime = inTime && sum <= jobs[i].Due
		}
		if inTime {
			good++
		}
	}
	return float64(good) / float64(draws), nil
}

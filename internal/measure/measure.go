// Package measure says how good predictions are.
//
// In: probabilities beside what came of them, each with its learner and its skills. Out: discrimination (AUC), error
// (RMSE, log loss), calibration (ECE, pooled and by skill) and intervals. One row is one answer; whoever calls has seen to
// it that each probability was given before its answer was known.
//
// Place in the flow: layer 2. The benches call it; nothing that a person sees is worked out here.
package measure

import (
	"encoding/json"
	"math"
	"slices"

	"kith/internal/fault"
)

// Bins is how many equal parts of [0, 1] the calibration error looks at, as Guo et al. (2017), "On calibration of modern
// neural networks", ICML, do.
const Bins = 15

// Figure is a number that may not exist: NaN is null in JSON.
type Figure float64

// MarshalJSON writes null for NaN and six decimals otherwise.
func (f Figure) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(f)) || math.IsInf(float64(f), 0) {
		return []byte("null"), nil
	}
	return json.Marshal(math.Round(float64(f)*1e6) / 1e6)
}

// Check refuses what cannot be measured: lengths that differ, a probability that is NaN or outside [0, 1].
func Check(p []float64, correct []bool) error {
	if len(p) != len(correct) {
		return fault.Invalidf("predictions", "%d stand beside %d answers", len(p), len(correct))
	}
	for i, v := range p {
		if math.IsNaN(v) || v < 0 || v > 1 {
			return fault.Invalidf("prediction", "number %d is %v, which is not between 0 and 1", i+1, v)
		}
	}
	return nil
}

// order is the rows sorted by rising probability; equal ones keep their order.
func order(p []float64) []int32 {
	at := make([]int32, len(p))
	for i := range at {
		at[i] = int32(i)
	}
	slices.SortStableFunc(at, func(a, b int32) int {
		switch {
		case p[a] < p[b]:
			return -1
		case p[a] > p[b]:
			return 1
		}
		return 0
	})
	return at
}

// AUC is the chance that of a right and another answer, drawn at random, the right one had the higher probability; a tie
// counts one half (Mann and Whitney 1947). NaN when all answers are of one kind.
func AUC(p []float64, correct []bool) float64 {
	r := rank(p, correct, make([]int32, len(p)))
	return r.auc([]float64{1})
}

// RMSE is the root of the mean squared error. NaN for no rows.
func RMSE(p []float64, correct []bool) float64 {
	var sum float64
	for i, v := range p {
		d := v - outcome(correct[i])
		sum += d * d
	}
	return math.Sqrt(sum / float64(len(p)))
}

// LogLoss is the mean of -ln of the probability given to what happened, in nats. A probability of 0 or 1 counts as 1e-15
// from it, so that one boast costs 34.5 and not everything. NaN for no rows.
func LogLoss(p []float64, correct []bool) float64 {
	const least = 1e-15
	var sum float64
	for i, v := range p {
		if !correct[i] {
			v = 1 - v
		}
		sum -= math.Log(max(v, least))
	}
	return sum / float64(len(p))
}

// ECE is the expected calibration error: over Bins equal parts of [0, 1], the mean distance between the probability
// given and the share of right answers, weighted by rows (Naeini et al. 2015, AAAI). NaN for no rows.
func ECE(p []float64, correct []bool) float64 {
	var c calibration
	for i, v := range p {
		c.add(v, outcome(correct[i]))
	}
	return c.error()
}

// calibration sums, for each bin, the probability given less what happened.
type calibration struct {
	off [Bins]float64
	n   float64
}

func (c *calibration) add(p, outcome float64) {
	c.off[min(int(p*Bins), Bins-1)] += p - outcome
	c.n++
}

func (c *calibration) error() float64 {
	var sum float64
	for _, d := range c.off {
		sum += math.Abs(d)
	}
	return sum / c.n
}

func outcome(correct bool) float64 {
	if correct {
		return 1
	}
	return 0
}

// Percentile is the smallest value such that a share q of the values is at or below it (nearest rank). NaN for none.
func Percentile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(values))
	return s[min(max(int(math.Ceil(q*float64(len(s))-1e-9))-1, 0), len(s)-1)]
}

// PrecisionAtBaseRate is the share of cases that came true among as many highest probabilities as there are true cases: what an alert
// gets right that is raised no more often than there is reason to. Ties fall in the order of the rows. NaN when no case is true.
func PrecisionAtBaseRate(p []float64, came []bool) float64 {
	n := 0
	for _, yes := range came {
		if yes {
			n++
		}
	}
	hits := 0.0
	at := order(p)
	for _, i := range at[len(at)-n:] {
		hits += outcome(came[i])
	}
	return hits / float64(n)
}

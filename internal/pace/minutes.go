package pace

import (
	"math"
	"slices"

	"kith/internal/fault"
)

// Numbers chosen by us.
const (
	// Unknown is what a skill takes when its author says nothing and nobody has learned it yet.
	Unknown = 30
	// authorCounts is how many learners' times the author's minutes weigh as much as.
	authorCounts = 5
	// usualCounts is how many skills at the usual speed a learner is believed to have done before their first.
	usualCounts = 4
	// slowest and fastest bound what a few skills may say of a learner's speed.
	slowest, fastest = 2.0, 0.5
	// leastLeft is the share of a skill's minutes that the last stretch takes however near it is: two rights on different
	// items are still to be shown.
	leastLeft = 0.25
)

// Typical is the minutes that a skill usually takes from nothing: the median of what it took others, drawn towards the
// author's minutes as long as few have learned it: (5 author + n median) / (5 + n). authored 0 = not said.
// Errors (Invalid): authored below 0, a time that is NaN, infinite or not above 0.
func Typical(authored int, took []float64) (float64, error) {
	if authored < 0 {
		return 0, fault.Invalidf("minutes", "%d minutes by the author", authored)
	}
	prior := float64(authored)
	if authored == 0 {
		prior = Unknown
	}
	for _, m := range took {
		if err := above(m); err != nil {
			return 0, err
		}
	}
	if len(took) == 0 {
		return prior, nil
	}
	n := float64(len(took))
	return (authorCounts*prior + n*median(took)) / (authorCounts + n), nil
}

func median(xs []float64) float64 {
	s := slices.Sorted(slices.Values(xs))
	n := len(s)
	return (s[(n-1)/2] + s[n/2]) / 2
}

// Speed is by how much this learner's times differ from the usual: took[i] is what a skill took them, usual[i] what it
// usually takes. Their mean ratio (geometric, since 2 and ½ are as far from usual) is drawn towards 1 while they are few,
// and stays within [½, 2]: below 1 is faster. Errors (Invalid): slices of unlike length, a time that is NaN, infinite or
// not above 0.
func Speed(took, usual []float64) (float64, error) {
	if len(took) != len(usual) {
		return 0, fault.Invalidf("took", "%d times, %d usual ones", len(took), len(usual))
	}
	sum := 0.0
	for i := range took {
		if err := above(took[i]); err != nil {
			return 0, err
		}
		if err := above(usual[i]); err != nil {
			return 0, err
		}
		sum += math.Log(took[i] / usual[i])
	}
	return min(slowest, max(fastest, math.Exp(sum/float64(len(took)+usualCounts)))), nil
}

// Left is the minutes that a skill still takes: the part of the way from start (the belief before any answer) to certainty
// that is not behind yet, but at least a quarter. Errors (Invalid): minutes or speed not above 0, a belief outside [0, 1],
// a start outside [0, 1).
func Left(typical, speed, known, start float64) (float64, error) {
	if err := above(typical); err != nil {
		return 0, err
	}
	if err := above(speed); err != nil {
		return 0, err
	}
	if math.IsNaN(known) || known < 0 || known > 1 {
		return 0, fault.Invalidf("p_known", "%v is not between 0 and 1", known)
	}
	if math.IsNaN(start) || start < 0 || start >= 1 {
		return 0, fault.Invalidf("start", "%v is not at least 0 and below 1", start)
	}
	share := min(1, max(leastLeft, (1-known)/(1-start)))
	return typical * speed * share, nil
}

func above(minutes float64) error {
	if math.IsNaN(minutes) || math.IsInf(minutes, 0) || minutes <= 0 {
		return fault.Invalidf("minutes", "%v is not above 0", minutes)
	}
	return nil
}

package measure

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Resamples is how many times learners are drawn anew for an interval (Efron and Tibshirani 1993, chapter 13: 1,000 for
// percentile intervals).
const Resamples = 1000

// Interval is the middle 95 % of what the resamples gave.
type Interval struct {
	Low  Figure `json:"low"`
	High Figure `json:"high"`
}

// Bootstrap draws learners with replacement, each with all its answers, and gives the 95 % interval of each model's AUC and
// of its difference to the first model's: paired, because every model is scored on the same draw. learnerOf gives the learner of a row, below
// learners; models are probabilities for the same rows. The same seed gives the same draws.
func Bootstrap(models [][]float64, correct []bool, learners int, learnerOf func(row int) int32, resamples int, seed uint64) (auc, lead []Interval) {
	who := make([]int32, len(correct))
	answered := make([]bool, learners)
	for i := range who {
		who[i] = learnerOf(i)
		answered[who[i]] = true
	}
	var present []int32
	for l, yes := range answered {
		if yes {
			present = append(present, int32(l))
		}
	}
	sorted := make([]ranked, len(models))
	for m, p := range models {
		sorted[m] = rank(p, correct, who)
	}
	r := rand.New(rand.NewPCG(seed, 0xb007))
	weight := make([]float64, learners)
	values, leads := make([][]float64, len(models)), make([][]float64, len(models))
	for range resamples {
		clear(weight)
		for range present {
			weight[present[r.IntN(len(present))]]++
		}
		var first float64
		for m := range models {
			a := sorted[m].auc(weight)
			if m == 0 {
				first = a
			}
			if !math.IsNaN(a) { // a draw without one of the two kinds of answers says nothing
				values[m] = append(values[m], a)
				leads[m] = append(leads[m], a-first)
			}
		}
	}
	for m := range models {
		auc = append(auc, middle(values[m]))
		lead = append(lead, middle(leads[m]))
	}
	return auc, lead
}

// ranked is a model's rows by rising probability, laid out so that a resample reads them in one go.
type ranked struct {
	who     []int32
	correct []bool
	tied    []bool // with the row before
}

func rank(p []float64, correct []bool, who []int32) ranked {
	r := ranked{make([]int32, len(p)), make([]bool, len(p)), make([]bool, len(p))}
	at := order(p)
	for k, i := range at {
		r.who[k], r.correct[k] = who[i], correct[i]
		r.tied[k] = k > 0 && p[i] == p[at[k-1]]
	}
	return r
}

// auc is AUC when every row counts as often as its learner was drawn.
func (r *ranked) auc(weight []float64) float64 {
	var right, other, pairs float64
	var tiedRight, tiedOther float64
	for k, l := range r.who {
		if !r.tied[k] {
			pairs += tiedRight * (other + tiedOther/2)
			right, other = right+tiedRight, other+tiedOther
			tiedRight, tiedOther = 0, 0
		}
		if r.correct[k] {
			tiedRight += weight[l]
		} else {
			tiedOther += weight[l]
		}
	}
	pairs += tiedRight * (other + tiedOther/2)
	right, other = right+tiedRight, other+tiedOther
	if right == 0 || other == 0 {
		return math.NaN()
	}
	return pairs / (right * other)
}

// Ratio draws learners with replacement and gives the 95 % interval of the sum of over divided by the sum of under: both by
// learner. The mean of a figure is its ratio to ones. Draws whose under sums to nothing say nothing. The same seed gives the
// same draws.
func Ratio(over, under []float64, resamples int, seed uint64) Interval {
	r := rand.New(rand.NewPCG(seed, 0x4a71))
	var values []float64
	for range resamples {
		a, b := 0.0, 0.0
		for range over {
			k := r.IntN(len(over))
			a, b = a+over[k], b+under[k]
		}
		if b > 0 {
			values = append(values, a/b)
		}
	}
	return middle(values)
}

func middle(values []float64) Interval {
	slices.Sort(values)
	return Interval{Low: Figure(Percentile(values, .025)), High: Figure(Percentile(values, .975))}
}

// Folds gives each of the learners a fold from 0 to folds-1, by a seeded shuffle, so that folds differ by one learner at
// most. The same seed gives the same folds.
func Folds(learners, folds int, seed uint64) []int {
	at := make([]int, learners)
	for i := range at {
		at[i] = i
	}
	r := rand.New(rand.NewPCG(seed, 0xf01d))
	r.Shuffle(learners, func(i, j int) { at[i], at[j] = at[j], at[i] })
	fold := make([]int, learners)
	for place, l := range at {
		fold[l] = place % folds
	}
	return fold
}

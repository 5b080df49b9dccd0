package measure

import (
	"cmp"
	"math"
	"slices"
)

// Apart is how far two heads may lie from each other before it is said. Set by the specification.
const Apart = 0.25

// DisagreeFloor is how many answers an item needs before anything is said of it. Chosen by us.
const DisagreeFloor = 30

// Disagreement is one item about which two heads disagree: for its author to look at. A key that is wrong, a
// skill that is not the one that the item asks, or an item that gives itself away look like this.
type Disagreement struct {
	Item    int32
	Rows    int
	Share   float64 // of its answers before which the heads were more than Apart apart
	First   float64 // mean probability of the first head
	Second  float64 // and of the second
	Correct float64 // share of right answers
}

// DisagreeOn is Disagree for the answers to one item, however few; the caller minds DisagreeFloor. Item is 0.
func DisagreeOn(first, second []float64, correct []bool) (d Disagreement) {
	for i := range first {
		d.add(first[i], second[i], correct[i])
	}
	return d.mean()
}

// add sums one answer up and reports whether the heads were too far apart before it.
func (d *Disagreement) add(first, second float64, correct bool) (apart bool) {
	d.Rows++
	d.First += first
	d.Second += second
	d.Correct += outcome(correct)
	if apart = math.Abs(first-second) > Apart; apart {
		d.Share++
	}
	return apart
}

// mean turns sums into means.
func (d Disagreement) mean() Disagreement {
	if n := float64(d.Rows); n > 0 {
		d.Share, d.First, d.Second, d.Correct = d.Share/n, d.First/n, d.Second/n, d.Correct/n
	}
	return d
}

// Disagree gives the share of answers before which two heads were more than Apart apart, and the items with at least
// DisagreeFloor answers where that happened, by falling share, then by index.
func Disagree(first, second []float64, correct []bool, items int, itemOf func(row int) int32) (share float64, all []Disagreement) {
	by := make([]Disagreement, items)
	apart := 0.0
	for i := range first {
		if by[itemOf(i)].add(first[i], second[i], correct[i]) {
			apart++
		}
	}
	for i := range by {
		d := &by[i]
		if d.Rows < DisagreeFloor || d.Share == 0 {
			continue
		}
		out := d.mean()
		out.Item = int32(i)
		all = append(all, out)
	}
	slices.SortStableFunc(all, func(a, b Disagreement) int { return cmp.Compare(b.Share, a.Share) })
	return apart / float64(len(first)), all
}

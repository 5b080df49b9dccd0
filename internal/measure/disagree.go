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

// Disagree gives the share of answers before which two heads were more than Apart apart, and the items with at least
// DisagreeFloor answers where that happened, by falling share, then by index.
func Disagree(first, second []float64, correct []bool, items int, itemOf func(row int) int32) (share float64, all []Disagreement) {
	by := make([]Disagreement, items)
	apart := 0.0
	for i := range first {
		d := &by[itemOf(i)]
		d.Rows++
		d.First += first[i]
		d.Second += second[i]
		d.Correct += outcome(correct[i])
		if math.Abs(first[i]-second[i]) > Apart {
			d.Share++
			apart++
		}
	}
	for i := range by {
		d := &by[i]
		if d.Rows < DisagreeFloor || d.Share == 0 {
			continue
		}
		n := float64(d.Rows)
		d.Item, d.Share, d.First, d.Second, d.Correct = int32(i), d.Share/n, d.First/n, d.Second/n, d.Correct/n
		all = append(all, *d)
	}
	slices.SortStableFunc(all, func(a, b Disagreement) int { return cmp.Compare(b.Share, a.Share) })
	return apart / float64(len(first)), all
}

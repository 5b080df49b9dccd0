// Package itemhealth says how an item does, from what many learners answered: how many get it right when they first meet it,
// whether those who know more get it right more often, how long it takes, which mistakes it draws, and whether its key is to
// be doubted. It is for whoever writes items; it never says anything about a learner.
//
// In go first meetings (New counts them from attempts in time order), out comes a Health an item with Findings, the gravest
// first. An item whose Learners are fewer than Least says nothing. Pure: no clock, no store.
//
// Place in the flow: layer 2, judgement; the library's page of items asks it.
package itemhealth

import (
	"cmp"
	"math"
	"slices"

	"kith/internal/measure"
)

// Least is how many learners must have met an item before anything is said of it: with fewer, a Wilson interval (1927) of a
// half is wider than .4. Chosen by us.
const Least = 20

// Answer is a first try at an item. People, items and skills are numbered from 0, versions from 1.
type Answer struct {
	Person, Item, Skill, Version int
	Right                        bool   // right, and without a hint
	Accepted                     bool   // not yet at first; a teacher ruled that it was right after all
	Helped                       bool   // a hint was open before the first answer
	Looked                       bool   // it waited for a person, and they said what it is
	Waits                        bool   // it waits for a person still: nobody knows what it is
	Unlearned                    bool   // the learner said that they have not met it yet
	Mistake                      string // the tag that was recognized, "" when none
	TookMs                       int64  // as the device claims; 0 = unknown
}

// Health is how one item does. Shares are in [0, 1].
type Health struct {
	Item, Skill int
	Version     int       // the newest that anybody met
	Learners    int       // who met the newest version; each counts once, at the first meeting
	Right       int       // of them, right without help
	Share       Interval  // of Right among Learners: how easy it is
	Tells       *Interval // correlation of being right here with doing well elsewhere, in [-1, 1]; nil when too few can be compared
	Helped      int       // who opened a hint first
	Accepted    int       // of Right, those that a teacher ruled right after all
	Looked      int       // of Learners, those whose answer a person looked at
	Waiting     int       // learners beside them whose answer waits for a person
	Unlearned   int       // who said that they have not met it yet
	MedianMs    int64     // of those whose time is known; 0 = nobody's
	Mistakes    []Mistake // recognized ones, the most frequent first
	Unnamed     int       // not yet, and no mistake was recognized, by nobody
	Findings    []Finding // the gravest first; none when it does well, or when too few have met it
	Before      *Earlier  // the version before, when enough met it
}

// Mistake is how often a recognized mistake was met.
type Mistake struct {
	Tag string
	N   int
}

// Earlier is how the version before the newest did.
type Earlier struct {
	Version, Learners, Right int
	Change                   Interval // of the newest share less the earlier one
}

// Interval is a figure with its 95 % interval.
type Interval = measure.Estimated

// Kind names a finding; the page words it, with what to do.
type Kind string

// The findings, gravest first.
const (
	Backwards Kind = "backwards" // who does well elsewhere fails here more often: doubt the key
	WasRight  Kind = "accepted"  // a teacher ruled more than once that an answer was right after all: the key takes too little
	HardlyAny Kind = "hardly"    // hardly anybody gets it right, whoever they are: doubt the key, or it comes too early
	Below     Kind = "below"     // right less often than mastery of its skill lets expect, as the answers foretell: doubt key or skill
	Above     Kind = "above"     // right more often than that: it gives itself away, or asks less than its skill
	Drifted   Kind = "drifted"   // the newest version is answered otherwise than the one before
	TooHard   Kind = "hard"      // fewer than half are right
	SameTrap  Kind = "trap"      // one recognized mistake is a good part of what is not right
	Unnamed   Kind = "unnamed"   // most that is not right is no recognized mistake
	TellsLess Kind = "tells"     // who knows and who does not answer alike
	TooEasy   Kind = "easy"      // practically everybody is right
	Slow      Kind = "slow"      // it takes far longer than the others of its skill; of what is written nobody asks that
)

// gravity is the order of findings.
var gravity = []Kind{Backwards, WasRight, HardlyAny, Below, Above, Drifted, TooHard, SameTrap, Unnamed, TellsLess, TooEasy, Slow}

// Finding is one thing to look at.
type Finding struct {
	Kind Kind
	Tag  string // SameTrap: which
}

// The bounds of findings. From a correlation of .3 on Ebel and Frisbie (1991), ch. 13, call an item reasonably good. The others
// are chosen by us.
const (
	hardlyAny     = .2 // the whole interval of the share lies beneath
	tooHard       = .5
	tooEasy       = .95 // and the interval above surelyEasy
	surelyEasy    = .9
	tellsLess     = .3 // the whole interval lies beneath
	trapShare     = .3 // of what is not right
	trapLeast     = 5  // learners
	nameShare     = .7
	nameLeast     = 10
	apartShare    = .3 // of its answers before which the two heads were too far apart
	waitingShare  = .1 // of all answers: while more wait, those that are known say too little, since right ones may need nobody
	acceptedLeast = 2  // learners, and no chance about it: people ruled
	slowTimes     = 3  // the median of its skill's other items
	slowMs        = 60_000
	restLeast     = 5 // other items that a learner must have met to be compared
	compared      = Least
)

// Of says how each item does that anybody met, in the order of their numbers. answers are in time order; what a learner
// answers at a version that they met before is not counted.
func Of(answers []Answer) []Health {
	first := meetings(answers)
	elsewhere := strengths(first)
	byItem := map[int][]Answer{}
	for _, a := range first {
		byItem[a.Item] = append(byItem[a.Item], a)
	}
	var out []Health
	for _, of := range byItem {
		out = append(out, health(of, elsewhere))
	}
	slices.SortFunc(out, func(a, b Health) int { return cmp.Compare(a.Item, b.Item) })
	for i := range out {
		switch {
		case out[i].Learners >= Least && !out[i].undecided():
			out[i].Findings = findings(out[i], pace(out, i))
		case out[i].Accepted >= acceptedLeast:
			out[i].Findings = []Finding{{Kind: WasRight}}
		}
	}
	return out
}

// undecided reports whether so many answers wait for a person that the others are no fair sample.
func (h Health) undecided() bool {
	return float64(h.Waiting) > waitingShare*float64(h.Waiting+h.Learners)
}

// meetings keeps the first answer of each learner to each version.
func meetings(answers []Answer) []Answer {
	type met struct{ person, item, version int }
	seen := map[met]bool{}
	var out []Answer
	for _, a := range answers {
		k := met{a.Person, a.Item, a.Version}
		if !seen[k] {
			seen[k] = true
			out = append(out, a)
		}
	}
	return out
}

// rest is what a learner did at all items: how far above what others did there, and at how many.
type rest struct {
	above float64
	items int
}

// strength gives how well a person does at items other than one: the mean of right less the item's share, over the items
// that they met. ok is false when they met too few.
type strength func(person, item int) (value float64, ok bool)

func strengths(first []Answer) strength {
	type count struct{ right, n float64 }
	shares := map[int]count{}
	for _, a := range first {
		if a.Waits {
			continue
		}
		c := shares[a.Item]
		c.n++
		if a.Right {
			c.right++
		}
		shares[a.Item] = c
	}
	type key struct{ person, item int }
	all, at := map[int]rest{}, map[key]rest{}
	for _, a := range first {
		if a.Waits {
			continue
		}
		c := shares[a.Item]
		over := -c.right / c.n
		if a.Right {
			over++
		}
		k := key{a.Person, a.Item}
		all[a.Person] = rest{all[a.Person].above + over, all[a.Person].items + 1}
		at[k] = rest{at[k].above + over, at[k].items + 1}
	}
	return func(person, item int) (float64, bool) {
		a, own := all[person], at[key{person, item}]
		n := a.items - own.items
		if n < restLeast {
			return 0, false
		}
		return (a.above - own.above) / float64(n), true
	}
}

func health(of []Answer, elsewhere strength) Health {
	newest := slices.MaxFunc(of, func(a, b Answer) int { return cmp.Compare(a.Version, b.Version) }).Version
	h := Health{Item: of[0].Item, Skill: of[0].Skill, Version: newest}
	mistakes := map[string]int{}
	var times []int64
	var right, others []float64
	before := Earlier{}
	for _, a := range of {
		if a.Version != newest {
			switch {
			case a.Waits:
			case a.Version > before.Version:
				before = Earlier{Version: a.Version, Learners: 1, Right: one(a.Right)}
			case a.Version == before.Version:
				before.Learners, before.Right = before.Learners+1, before.Right+one(a.Right)
			}
			continue
		}
		if a.Waits {
			h.Waiting++
			continue
		}
		h.Learners++
		h.Looked += one(a.Looked)
		a.Right = a.Right || a.Accepted
		h.Right += one(a.Right)
		h.Accepted += one(a.Accepted)
		h.Helped += one(a.Helped)
		h.Unlearned += one(a.Unlearned)
		if a.TookMs > 0 {
			times = append(times, a.TookMs)
		}
		switch {
		case a.Right || a.Helped || a.Unlearned || a.Looked: // a person has read what it is
		case a.Mistake == "":
			h.Unnamed++
		default:
			mistakes[a.Mistake]++
		}
		if s, ok := elsewhere(a.Person, a.Item); ok && !a.Unlearned {
			right, others = append(right, float64(one(a.Right))), append(others, s)
		}
	}
	h.Share = measure.Share(h.Right, h.Learners, measure.TwoSided95)
	h.Tells = correlation(right, others)
	if len(times) > 0 {
		slices.Sort(times)
		h.MedianMs = times[(len(times)-1)/2]
	}
	for tag, n := range mistakes {
		h.Mistakes = append(h.Mistakes, Mistake{tag, n})
	}
	slices.SortFunc(h.Mistakes, func(a, b Mistake) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Tag, b.Tag)) })
	if before.Learners >= Least {
		before.Change = measure.Less(h.Share, measure.Share(before.Right, before.Learners, measure.TwoSided95))
		h.Before = &before
	}
	return h
}

// pace is the median time of the other items of an item's skill that enough have met, 0 when there is none. What is written takes
// longer, and is no measure.
func pace(all []Health, i int) int64 {
	var times []int64
	for k, h := range all {
		if k != i && h.Looked+h.Waiting == 0 && h.Skill == all[i].Skill && h.Learners >= Least && h.MedianMs > 0 {
			times = append(times, h.MedianMs)
		}
	}
	if len(times) == 0 {
		return 0
	}
	slices.Sort(times)
	return times[(len(times)-1)/2]
}

func findings(h Health, othersMs int64) []Finding {
	found := map[Kind]Finding{}
	find := func(k Kind, is bool) {
		if is {
			found[k] = Finding{Kind: k}
		}
	}
	tells := h.Tells
	find(Backwards, tells != nil && tells.High < 0)
	find(WasRight, h.Accepted >= acceptedLeast)
	find(HardlyAny, h.Share.High < hardlyAny)
	find(Drifted, h.Before != nil && (h.Before.Change.Low > 0 || h.Before.Change.High < 0))
	find(TooHard, h.Share.High < tooHard && h.Share.High >= hardlyAny)
	find(TooEasy, h.Share.At > tooEasy && h.Share.Low > surelyEasy)
	find(TellsLess, tells != nil && tells.High < tellsLess && tells.High >= 0 && h.Share.At < tooEasy)
	find(Slow, othersMs > 0 && h.Looked == 0 && h.MedianMs > slowMs && h.MedianMs > slowTimes*othersMs)
	missed := h.Unnamed
	for _, m := range h.Mistakes {
		missed += m.N
	}
	if len(h.Mistakes) > 0 {
		if m := h.Mistakes[0]; m.N >= trapLeast && float64(m.N) >= trapShare*float64(missed) {
			found[SameTrap] = Finding{SameTrap, m.Tag}
		}
	}
	find(Unnamed, h.Unnamed >= nameLeast && float64(h.Unnamed) >= nameShare*float64(missed))
	var out []Finding
	for _, k := range gravity {
		if f, ok := found[k]; ok {
			out = append(out, f)
		}
	}
	return out
}

// HeadsApart adds what the two heads of judgement say of an item: share is that of its answers before which they lay far
// apart, expected and right are the means of what mastery expected and of what came. The caller sees to it that enough
// answers stand behind them.
func (h *Health) HeadsApart(share, expected, right float64) (apart bool) {
	if share < apartShare {
		return false
	}
	kind := Below
	if right > expected {
		kind = Above
	}
	h.Findings = append(h.Findings, Finding{Kind: kind})
	slices.SortStableFunc(h.Findings, func(a, b Finding) int { return slices.Index(gravity, a.Kind) - slices.Index(gravity, b.Kind) })
	return true
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// correlation is Pearson's, with the interval of Fisher's z (1921); nil for fewer than compared pairs, or when one side
// does not vary.
func correlation(x, y []float64) *Interval {
	n := float64(len(x))
	if len(x) < compared {
		return nil
	}
	var mx, my float64
	for i := range x {
		mx, my = mx+x[i]/n, my+y[i]/n
	}
	var xx, yy, xy float64
	for i := range x {
		dx, dy := x[i]-mx, y[i]-my
		xx, yy, xy = xx+dx*dx, yy+dy*dy, xy+dx*dy
	}
	if xx < 1e-12 || yy < 1e-12 {
		return nil
	}
	r := xy / math.Sqrt(xx*yy)
	z, half := math.Atanh(min(.999999, max(-.999999, r))), measure.TwoSided95/math.Sqrt(n-3)
	return &Interval{At: r, Low: math.Tanh(z - half), High: math.Tanh(z + half)}
}

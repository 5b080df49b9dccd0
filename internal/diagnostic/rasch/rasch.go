// Package rasch is the plain adaptive test that knows no prerequisites: every skill is an item with a difficulty, a learner
// is one ability (Rasch, 1960). It is the yardstick of the check: what is gained over it is what the graph is worth.
//
// In: difficulties, noise, answers. Out: ability with its standard error, the next item, the chance that each is known.
//
// Place in the flow: layer 2. Benches and tests call it.
package rasch

import (
	"math"
	"slices"

	"kith/internal/fault"
)

// The abilities that are told apart: from -5 to 5 in steps of a tenth. Ours.
const (
	nodes  = 101
	widest = 5.0
)

// Bank is the items. Slope is shared by all; noise is slip and guess, as in the check.
type Bank struct {
	hard        []float64
	slope       float64
	slip, guess float64
	known       [][nodes]float64 // σ(slope (θ - hard)), by item
}

// NewBank makes a bank. Errors (Invalid): no items, a difficulty or slope that is not finite, a slope that is not positive,
// slip or guess outside [0, 1), noise that leaves nothing to tell.
func NewBank(hard []float64, slope, slip, guess float64) (*Bank, error) {
	if len(hard) == 0 {
		return nil, fault.Invalidf("hard", "a bank needs at least one item")
	}
	if !(slope > 0) || math.IsInf(slope, 0) {
		return nil, fault.Invalidf("slope", "%v is not a positive number", slope)
	}
	if !(slip >= 0 && guess >= 0 && slip+guess < 1) {
		return nil, fault.Invalidf("slip", "slip %v and guess %v are not chances that leave something to tell", slip, guess)
	}
	b := &Bank{hard: hard, slope: slope, slip: slip, guess: guess, known: make([][nodes]float64, len(hard))}
	for i, h := range hard {
		if math.IsNaN(h) || math.IsInf(h, 0) {
			return nil, fault.Invalidf("hard", "item %d: %v is not a difficulty", i+1, h)
		}
		for q := range nodes {
			b.known[i][q] = 1 / (1 + math.Exp(slope*(h-node(q))))
		}
	}
	return b, nil
}

// Items are the difficulties and the slope.
func (b *Bank) Items() (hard []float64, slope float64) { return slices.Clone(b.hard), b.slope }

// Calibrate sets difficulties so that the shares of standard normal learners who know each item are the given rates.
func Calibrate(rates []float64, slope float64) []float64 {
	prior := normal()
	hard := make([]float64, len(rates))
	for i, rate := range rates {
		low, high := -2*widest, 2*widest
		for range 30 {
			m := (low + high) / 2
			sum := 0.0
			for q, w := range prior {
				sum += w / (1 + math.Exp(slope*(m-node(q))))
			}
			if sum > rate {
				low = m
			} else {
				high = m
			}
		}
		hard[i] = (low + high) / 2
	}
	return hard
}

// Slope is the slope at which the shares of items that standard normal learners know vary as told, given the rates. Between
// .05 and 8.
func Slope(rates []float64, variance float64) float64 {
	low, high := 0.05, 8.0
	prior := normal()
	for range 30 {
		m := (low + high) / 2
		hard := Calibrate(rates, m)
		mean, square := 0.0, 0.0
		for q, w := range prior {
			share, chance := 0.0, 0.0
			for _, h := range hard {
				p := 1 / (1 + math.Exp(m*(h-node(q))))
				share += p / float64(len(hard))
				chance += p * (1 - p) / float64(len(hard)*len(hard))
			}
			mean += w * share
			square += w * (share*share + chance)
		}
		if square-mean*mean < variance {
			low = m
		} else {
			high = m
		}
	}
	return (low + high) / 2
}

// Person is what is believed of one learner.
type Person struct {
	b     *Bank
	w     [nodes]float64
	asked map[int]bool
}

// Begin is a learner before any answer: standard normal.
func (b *Bank) Begin() *Person { return &Person{b: b, w: normal(), asked: map[int]bool{}} }

// Answer takes in one answer.
func (p *Person) Answer(i int, right bool) {
	sum := 0.0
	for q := range p.w {
		c := p.b.right(i, q)
		if !right {
			c = 1 - c
		}
		p.w[q] *= c
		sum += p.w[q]
	}
	for q := range p.w {
		p.w[q] /= sum
	}
	p.asked[i] = true
}

// Ability is the expected ability and its standard error (Bock and Mislevy, 1982).
func (p *Person) Ability() (mean, se float64) {
	square := 0.0
	for q, w := range p.w {
		mean += w * node(q)
		square += w * node(q) * node(q)
	}
	return mean, math.Sqrt(math.Max(0, square-mean*mean))
}

// Next is the item with most Fisher information at the expected ability that was not asked; -1 when all were.
func (p *Person) Next() int {
	theta, _ := p.Ability()
	at, top := -1, -1.0
	for i, h := range p.b.hard {
		if p.asked[i] {
			continue
		}
		k := 1 / (1 + math.Exp(p.b.slope*(h-theta)))
		gain := 1 - p.b.slip - p.b.guess
		c := p.b.guess + gain*k
		slope := gain * p.b.slope * k * (1 - k)
		if info := slope * slope / math.Max(1e-12, c*(1-c)); info > top {
			at, top = i, info
		}
	}
	return at
}

// Known is the chance that item i is known, and Right that it would be answered right.
func (p *Person) Known(i int) float64 {
	sum := 0.0
	for q, w := range p.w {
		sum += w * p.b.known[i][q]
	}
	return sum
}

// Right is the chance of a right answer to item i.
func (p *Person) Right(i int) float64 {
	return p.b.guess + (1-p.b.slip-p.b.guess)*p.Known(i)
}

func (b *Bank) right(i, q int) float64 { return b.guess + (1-b.slip-b.guess)*b.known[i][q] }

func node(q int) float64 { return widest * (2*float64(q)/(nodes-1) - 1) }

func normal() (w [nodes]float64) {
	sum := 0.0
	for q := range w {
		w[q] = math.Exp(-node(q) * node(q) / 2)
		sum += w[q]
	}
	for q := range w {
		w[q] /= sum
	}
	return w
}

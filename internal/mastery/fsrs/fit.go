package fsrs

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"

	"kith/internal/fault"
)

// Log is what one learner's reviews of one thing were, oldest first.
type Log struct {
	Learner string
	Reviews []Review
}

// Review is one of them. Low and High say with what chance an answer is right when the thing is lost and when it is still
// at hand, where right or not does not tell that for certain (slips, guesses, doubt whether it was known at all); both 0
// stand for 0 and 1.
type Review struct {
	Days      float64 // since the review before; 0 for the first
	Ease      Ease
	Low, High float64
}

// seen is the chance of a right answer by retention, and its slope.
func (r *Review) seen(retention float64) (p, slope float64) {
	if r.Low == 0 && r.High == 0 {
		return retention, 1
	}
	return r.Low + (r.High-r.Low)*retention, r.High - r.Low
}

// Options of Fit. The zero value of a field takes its default; each default is our choice unless it names a source.
type Options struct {
	From Weights // where to begin and what to be drawn to; default Published
	Now  Weights // in force, for Try to compare with; default From
	Pull float64 // weight of the squared distance from From, in units of the published spread; default 1 (fsrs-rs, gamma)
	Seed uint64  // orders the logs anew in each pass
}

const (
	rate     = 0.05  // Adam's first step, in units of the spread; it falls to 0 by a cosine
	batch    = 2_048 // reviews to a step
	minSteps = 300   // so that small schools are fitted as far as large ones
	minPass  = 6     // times through all reviews
	parts    = 5     // one learner in so many is held out by Try
	nearly0  = 1e-6  // chances are kept this far from 0 and 1 in the loss
)

// spread is how far apart FSRS's own users lie (fsrs-rs and ts-fsrs, PARAMS_STDDEV). The first four are of stabilities,
// and positive: they are moved by their logarithm, where a spread of 1 is ours.
var spread = Weights{1, 1, 1, 1, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14, 0.27}

// Scored reports whether a review tells how well something was remembered: not the first, and not of the same day, as
// FSRS itself counts.
func (r Review) Scored(first bool) bool { return !first && r.Days >= SameDay }

func (l Log) validate() error {
	for i, r := range l.Reviews {
		if math.IsNaN(r.Days) || math.IsInf(r.Days, 0) || r.Days < 0 {
			return fault.Invalidf("days", "learner %s, review %d: a gap of %v days", l.Learner, i+1, r.Days)
		}
		if !(r.Low >= 0 && r.Low <= r.High && r.High <= 1) {
			return fault.Invalidf("low", "learner %s, review %d: chances of %v and %v", l.Learner, i+1, r.Low, r.High)
		}
		if r.Ease < Again || r.Ease > Easy {
			return fault.Invalidf("ease", "learner %s, review %d: %d is not between %d and %d", l.Learner, i+1, r.Ease, Again, Easy)
		}
	}
	return nil
}

// LogLoss is the mean of -ln(chance of what happened) over the scored reviews, and their number. 0, 0 when there are
// none. Errors: Invalid.
func LogLoss(w Weights, logs []Log) (float64, int, error) {
	c, err := New(w)
	if err != nil {
		return 0, 0, err
	}
	var sum float64
	n := 0
	for _, l := range logs {
		if err := l.validate(); err != nil {
			return 0, 0, err
		}
		var m Memory
		for i, r := range l.Reviews {
			if r.Scored(i == 0) {
				p, _ := r.seen(c.Retention(m, r.Days))
				sum += loss(p, r.Ease > Again)
				n++
			}
			if m, err = c.Review(m, r.Days, r.Ease); err != nil {
				return 0, 0, err
			}
		}
	}
	if n == 0 {
		return 0, 0, nil
	}
	return sum / float64(n), n, nil
}

func loss(p float64, came bool) float64 {
	p = within(p, nearly0, 1-nearly0)
	if came {
		return -math.Log(p)
	}
	return -math.Log(1 - p)
}

// gradient adds one log's loss and its derivative by each weight, and counts the scored reviews.
func gradient(c *Curve, l Log, grad *Weights) (sum float64, n int) {
	var t trace
	var dr Weights
	for i, r := range l.Reviews {
		p := 1.0
		if i > 0 && r.Days > 0 {
			p = t.retention(c, r.Days, &dr)
		} else {
			dr = Weights{}
		}
		if r.Scored(i == 0) {
			came := r.Ease > Again
			p, slope := r.seen(p)
			sum += loss(p, came)
			n++
			if p > nearly0 && p < 1-nearly0 {
				by := -slope / p
				if !came {
					by = slope / (1 - p)
				}
				for k := range grad {
					grad[k] += by * dr[k]
				}
			}
		}
		t.review(c, r.Days, p, &dr, r.Ease)
	}
	return sum, n
}

// Fit finds weights under which the scored reviews are likelier, by Adam (Kingma and Ba, 2015) on exact derivatives,
// drawn to o.From so that few reviews move it little: with none it is o.From. The result is valid, and the same for the
// same logs, options and machine. Errors: Invalid.
func Fit(logs []Log, o Options) (Weights, error) {
	if o.From == (Weights{}) {
		o.From = Published()
	}
	if o.Pull == 0 {
		o.Pull = 1
	}
	if math.IsNaN(o.Pull) || o.Pull < 0 {
		return Weights{}, fault.Invalidf("pull", "%v is below 0", o.Pull)
	}
	if err := o.From.Validate(); err != nil {
		return Weights{}, err
	}
	scored := 0
	var use []Log
	for _, l := range logs {
		if err := l.validate(); err != nil {
			return Weights{}, err
		}
		n, last := 0, 0
		for i, r := range l.Reviews {
			if r.Scored(i == 0) {
				n, last = n+1, i
			}
		}
		if n > 0 {
			l.Reviews = l.Reviews[:last+1] // what came after tells nothing
			use = append(use, l)
		}
		scored += n
	}
	if scored == 0 {
		return o.From, nil
	}
	return descend(use, scored, o), nil
}

func descend(logs []Log, scored int, o Options) Weights {
	rnd := rand.New(rand.NewPCG(o.Seed, 0xf5125))
	perPass := (scored + batch - 1) / batch
	passes := max(minPass, (minSteps+perPass-1)/perPass)
	total := passes * perPass
	f := fitting{from: o.From, w: o.From}
	step := 0
	for range passes {
		rnd.Shuffle(len(logs), func(i, j int) { logs[i], logs[j] = logs[j], logs[i] })
		var grad Weights
		seen := 0
		c := f.curve()
		for i, l := range logs {
			_, n := gradient(&c, l, &grad)
			seen += n
			if seen < batch && i < len(logs)-1 {
				continue
			}
			step++
			f.move(grad, o.Pull*float64(seen)/float64(scored), rate/2*(1+math.Cos(math.Pi*float64(min(step, total))/float64(total+1))))
			grad, seen, c = Weights{}, 0, f.curve()
		}
	}
	return f.w
}

// fitting is Adam's memory, in units of the spread.
type fitting struct {
	from, w Weights
	mean    Weights
	square  Weights
	steps   int
}

func (f *fitting) curve() Curve { return curveOf(f.w) }

func (f *fitting) move(grad Weights, pull, rate float64) {
	const b1, b2, eps = 0.9, 0.999, 1e-8 // Kingma and Ba's
	f.steps++
	for i := range f.w {
		by, z := spread[i], (f.w[i]-f.from[i])/spread[i]
		if i < 4 {
			by, z = spread[i]*f.w[i], math.Log(f.w[i]/f.from[i])/spread[i]
		}
		g := grad[i]*by + 2*pull*z
		f.mean[i] = b1*f.mean[i] + (1-b1)*g
		f.square[i] = b2*f.square[i] + (1-b2)*g*g
		up := f.mean[i] / (1 - math.Pow(b1, float64(f.steps)))
		down := math.Sqrt(f.square[i]/(1-math.Pow(b2, float64(f.steps)))) + eps
		z -= rate * up / down
		next := f.from[i] + z*spread[i]
		if i < 4 {
			next = f.from[i] * math.Exp(z*spread[i])
		}
		f.w[i] = within(next, bounds[i][0], bounds[i][1]) // the search stays where weights are valid
	}
}

// Trial says what fitting is worth: found on some learners, measured on the others.
type Trial struct {
	Weights  Weights // fitted to the learners that were not held out
	Learners int     // held out
	Reviews  int     // scored reviews of those
	Before   float64 // their log loss under Options.Now
	After    float64 // and under Weights
}

// Try fits without every fifth learner, in an order that their names and the seed decide, and measures on these. Where one
// of the parts has no scored review nothing can be said: Reviews is 0 and Weights is Options.From. Errors: Invalid.
func Try(logs []Log, o Options) (Trial, error) {
	if o.From == (Weights{}) {
		o.From = Published()
	}
	if o.Now == (Weights{}) {
		o.Now = o.From
	}
	out := heldOut(logs, o.Seed)
	var fit, held []Log
	for _, l := range logs {
		if out[l.Learner] {
			held = append(held, l)
		} else {
			fit = append(fit, l)
		}
	}
	w, err := Fit(fit, o)
	if err != nil {
		return Trial{}, err
	}
	before, n, err := LogLoss(o.Now, held)
	if err != nil {
		return Trial{}, err
	}
	after, _, err := LogLoss(w, held)
	if err != nil {
		return Trial{}, err
	}
	if n == 0 || w == o.From {
		return Trial{Weights: o.From}, nil
	}
	return Trial{Weights: w, Learners: len(out), Reviews: n, Before: before, After: after}, nil
}

func heldOut(logs []Log, seed uint64) map[string]bool {
	all := map[string]bool{}
	for _, l := range logs {
		all[l.Learner] = true
	}
	order := slices.Sorted(maps.Keys(all))
	rand.New(rand.NewPCG(seed, 5)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	out := map[string]bool{}
	for _, who := range order[:len(order)/parts] {
		out[who] = true
	}
	return out
}

package bkt

import (
	"math"

	"kith/internal/fault"
)

// Options of Fit. A zero field takes its default.
type Options struct {
	Course     Params // where the course's own values are drawn to; default Usual
	Iterations int    // at most; default 40
	Plain      bool   // maximum likelihood skill by skill, without priors and bounds: to compare with others, not to use
}

// Usual are the values of the course as long as no answer says better. Ours: three unaided rights on typed items (and not
// two) reach .95, which is the rule of thumb of ASSISTments; slip and guess are in the middle of what Corbett and
// Anderson (1995) allow, .3 and .1 as their bounds.
func Usual() Params { return Params{Init: 0.25, Learn: 0.12, Slip: 0.1, Guess: 0.2} }

// Bounds of fitted parameters, each our choice but for the upper ones of slip and guess: .3 and .35 (engine research;
// Corbett and Anderson, 1995, took .1 and .3), so that a right answer, even a helped one, always speaks for knowing
// (against the degenerate fits of Baker, Corbett and Aleven, 2008).
var (
	lowest  = [four]float64{atInit: 0.01, atLearn: 0.002, atSlip: 0.01, atGuess: 0.01}
	highest = [four]float64{atInit: 0.99, atLearn: 0.5, atSlip: 0.3, atGuess: 0.35}
)

const (
	// courseWeight is how many occasions Options.Course is worth against the course's own. Ours.
	courseWeight = 20
	// A skill's prior is worth between weakest and strongest occasions. Ours: below, single skills run to the bounds; above,
	// they could as well share one value.
	weakest, strongest = 4, 400
	// settle and freeze are the iterations from which the priors' weights are estimated, and after which they stand.
	settle, freeze = 4, 20
	// still is the change of every parameter below which nothing moves any more.
	still = 1e-4
)

// Fitted is what Fit found.
type Fitted struct {
	Course     Params        // of a skill that nobody has answered yet
	Strength   [four]float64 // how many occasions the course is worth for a skill: init, learn, slip, guess
	Skills     []Params      // by number
	Answers    []int         // behind each
	LogLik     float64       // of the answers, natural logarithm, under Skills; weighted as the answers are
	Iterations int
}

// Fit estimates each skill's parameters by expectation and maximisation (Dempster, Laird and Rubin, 1977). Each has a
// Beta prior around the course's value; the course's value is the pooled one, and how strongly it draws is estimated from
// how far skills lie apart beyond chance (DerSimonian and Laird, 1986): empirical Bayes. A skill with few answers stays
// near the course; one without has its values. Results are valid and the same for the same log.
// Errors: Invalid when o.Course is.
func Fit(l *Log, o Options) (Fitted, error) {
	if o.Course == (Params{}) {
		o.Course = Usual()
	}
	if o.Iterations == 0 {
		o.Iterations = 40
	}
	if err := o.Course.Validate(); err != nil {
		return Fitted{}, err
	}
	if o.Iterations < 0 {
		return Fitted{}, fault.Invalidf("iterations", "%d", o.Iterations)
	}
	f := Fitted{Course: o.Course, Skills: make([]Params, l.skills), Answers: make([]int, l.skills)}
	for i := range f.Skills {
		f.Skills[i] = o.Course
	}
	for i := range four {
		f.Strength[i] = courseWeight
	}
	p := l.panel()
	e, s, tallies := newLens(len(l.classes)), &scratch{}, make([]tally, l.skills)
	if p.rest != nil { // what is believed of other skills, to begin with
		p.passes(f.Skills, e, s, tallies)
		p.share()
	}
	for f.Iterations < o.Iterations {
		f.Iterations++
		p.passes(f.Skills, e, s, tallies)
		p.share()
		moved := f.maximise(tallies, o)
		if moved < still {
			break
		}
	}
	f.LogLik = p.passes(f.Skills, e, s, tallies)
	for i := range tallies {
		f.Answers[i] = tallies[i].answers
	}
	return f, nil
}

func (p *panel) passes(skills []Params, e *lens, s *scratch, out []tally) (loglik float64) {
	for k := range skills {
		out[k] = p.pass(k, &skills[k], e, s)
		loglik += out[k].loglik
	}
	return loglik
}

// maximise is the M-step; it returns the largest change.
func (f *Fitted) maximise(tallies []tally, o Options) (moved float64) {
	if o.Plain {
		return f.plain(tallies)
	}
	var course [four]float64
	for i := range four {
		hits, of := courseWeight*o.Course.at(i), float64(courseWeight)
		for k := range tallies {
			hits += tallies[k].hits[i]
			of += tallies[k].of[i]
		}
		course[i] = bounded(i, hits/of)
		if f.Iterations >= settle && f.Iterations <= freeze {
			f.Strength[i] = f.strength(tallies, i, course[i])
		}
		moved = max(moved, math.Abs(course[i]-f.Course.at(i)))
	}
	f.Course = params(course)
	for k := range f.Skills {
		t := &tallies[k]
		if t.answers == 0 {
			f.Skills[k] = f.Course
			continue
		}
		var v [four]float64
		for i := range four {
			v[i] = bounded(i, (t.hits[i]+f.Strength[i]*course[i])/(t.of[i]+f.Strength[i]))
			moved = max(moved, math.Abs(v[i]-f.Skills[k].at(i)))
		}
		f.Skills[k] = params(v)
	}
	return moved
}

// plain moves each skill to its own most likely values.
func (f *Fitted) plain(tallies []tally) (moved float64) {
	const edge = 1e-6
	for k := range f.Skills {
		t := &tallies[k]
		var v [four]float64
		for i := range four {
			v[i] = f.Skills[k].at(i)
			if t.of[i] > 0 {
				v[i] = min(max(t.hits[i]/t.of[i], edge), 1-edge)
			}
			moved = max(moved, math.Abs(v[i]-f.Skills[k].at(i)))
		}
		f.Skills[k] = params(v)
	}
	return moved
}

// strength is how many occasions the course is worth for a skill, by the method of DerSimonian and Laird: each skill's
// own estimate is one step of Newton's from where it stands, its variance the inverse of what its answers say; what they
// differ beyond that is the skills' own variance, and the Beta distribution with this variance has that strength.
func (f *Fitted) strength(tallies []tally, i int, course float64) float64 {
	var w, w2, wx, n float64
	for k := range tallies {
		if v := tallies[k].info[i]; v > 0 {
			w, w2, wx, n = w+v, w2+v*v, wx+v*f.own(&tallies[k], k, i), n+1
		}
	}
	if n < 2 {
		return f.Strength[i]
	}
	mean, q := wx/w, 0.0
	for k := range tallies {
		if v := tallies[k].info[i]; v > 0 {
			d := f.own(&tallies[k], k, i) - mean
			q += v * d * d
		}
	}
	between := (q - (n - 1)) / (w - w2/w)
	if !(between > 0) {
		return strongest
	}
	return min(max(course*(1-course)/between-1, weakest), strongest)
}

func (f *Fitted) own(t *tally, k, i int) float64 {
	return min(max(f.Skills[k].at(i)+t.slope[i]/t.info[i], 0), 1)
}

func bounded(i int, v float64) float64 { return min(max(v, lowest[i]), highest[i]) }

// LogLik is the log likelihood of the answers under given parameters, one for each skill, weighted as the answers are.
// Errors: Invalid when their number is not the log's, or one of them is invalid.
func LogLik(l *Log, skills []Params) (float64, error) {
	if len(skills) != l.skills {
		return 0, fault.Invalidf("skills", "%d parameters for %d skills", len(skills), l.skills)
	}
	for i := range skills {
		if err := skills[i].Validate(); err != nil {
			return 0, err
		}
	}
	p := l.panel()
	e, s, out := newLens(len(l.classes)), &scratch{}, make([]tally, l.skills)
	sum := p.passes(skills, e, s, out)
	if p.rest != nil {
		const rounds = 5 // what is believed of the other skills has settled by then
		for range rounds {
			p.share()
			sum = p.passes(skills, e, s, out)
		}
	}
	return sum, nil
}

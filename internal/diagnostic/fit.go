package diagnostic

import (
	"math"
	"math/bits"

	"kith/internal/fault"
	"kith/internal/skill"
)

// Mark is what one earlier learner showed of one skill.
type Mark int8

const (
	NotAsked Mark = iota
	NotYet
	Right
)

// Earlier is what earlier learners answered, one question a skill, all in the way that Params.Slip and Guess describe.
type Earlier struct {
	Skills []skill.ID
	Marks  [][]Mark // by learner, in the order of Skills
}

// Bounds of what a fit may say. Ours: outside, what a school has cannot tell.
const (
	leastEps  = 0.001
	mostEps   = 0.2
	leastEdge = 50  // pairs of answers about a skill and its prerequisite below which Eps stays as it was
	freely    = 2.0 // how far the log odds of skills may stray before a trend is known: nearly as they like
	leastFull = 20  // learners who answered half of the skills, below which Steep stays as it was
)

// Fit learns from earlier learners what New needs beforehand: how likely each skill is known once its prerequisites are, how
// steeply that grows with ability, and how much knowledge runs against the graph. Skills of the unit that nobody was asked
// about get no prior. Each answer is first made an unbiased guess of knowing, (right - guess) / (1 - slip - guess).
//   - Eps: knowing a skill without a direct prerequisite happens only by something turned round, so that the mean over
//     edges of known × (1 - prerequisite known) tells how often.
//   - Prior: skill by skill down the graph the difficulty is set so that the model's rate is near the one found, and the
//     difficulty near what skills of that rate have (shrinkage: each is weighed by its precision, as in Efron and Morris,
//     1975). Without that, the chance in two rates would be taken for a prerequisite that says everything or nothing.
//   - Steep: what makes learners' totals vary as they do (the method of moments).
//
// Errors (Invalid): as New's; no learners; a row of another length than Skills; a skill twice or not in the unit.
func Fit(g *skill.Graph, unit []skill.ID, c Earlier, p Params) (map[skill.ID]float64, Params, error) {
	s, _, err := lay(g, unit, nil, p)
	if err != nil {
		return nil, p, err
	}
	if len(c.Marks) == 0 {
		return nil, p, fault.Invalidf("earlier", "nobody answered")
	}
	at := make([]int, len(c.Skills))
	seen := map[skill.ID]bool{}
	for k, id := range c.Skills {
		i, ok := s.at[id]
		if !ok || seen[id] {
			return nil, p, fault.Invalidf("earlier", "skill %s stands twice or is not in the unit", id)
		}
		at[k], seen[id] = i, true
	}
	f := &fitting{s: s, c: c, column: make([]int, len(s.ids))}
	for i := range f.column {
		f.column[i] = -1
	}
	for k, i := range at {
		f.column[i] = k
	}
	for l, row := range c.Marks {
		if len(row) != len(c.Skills) {
			return nil, p, fault.Invalidf("earlier", "learner %d has %d marks for %d skills", l+1, len(row), len(c.Skills))
		}
	}
	f.rates()
	f.trend, f.loose = [2]float64{math.Log(p.Prior / (1 - p.Prior)), 0}, freely
	if eps, ok := f.misfit(); ok {
		p.Eps = eps
	}
	if v, ok := f.spread(); ok {
		for range 2 { // the trend depends on the steepness, and it on the trend
			p.Steep = bisect(0, 8, func(a float64) bool {
				_, model := f.hardness(a, p.Eps)
				return model < v
			})
			f.learn(p.Steep, p.Eps)
		}
	}
	logits, _ := f.hardness(p.Steep, p.Eps)
	prior := map[skill.ID]float64{}
	for i, id := range s.ids {
		if !math.IsNaN(f.rate[i]) {
			prior[id] = 1 / (1 + math.Exp(-logits[i]))
		}
	}
	return prior, p, nil
}

type fitting struct {
	s      *Space
	c      Earlier
	column []int      // of a skill among the answers; -1
	rate   []float64  // share that knows each skill; NaN where nobody was asked
	se     []float64  // standard error of that
	trend  [2]float64 // log odds at average ability that are expected of a skill: constant, and per log odds of its rate
	loose  float64    // standard deviation of skills about the trend
}

// known is an unbiased guess, from one answer, of whether the skill is known: its mean over answers is 1 or 0.
func (f *fitting) known(m Mark) float64 {
	right := 0.0
	if m == Right {
		right = 1
	}
	return (right - f.s.p.Guess) / (1 - f.s.p.Slip - f.s.p.Guess)
}

func (f *fitting) rates() {
	f.rate, f.se = make([]float64, len(f.s.ids)), make([]float64, len(f.s.ids))
	gain := 1 - f.s.p.Slip - f.s.p.Guess
	noise := f.s.p.Slip * (1 - f.s.p.Slip) / gain / gain
	for i, k := range f.column {
		sum, n := 0.0, 0.0
		for _, row := range f.c.Marks {
			if k >= 0 && row[k] != NotAsked {
				sum, n = sum+f.known(row[k]), n+1
			}
		}
		f.rate[i] = sum / n
		f.se[i] = math.Sqrt((f.rate[i]*(1-f.rate[i]) + noise) / n)
		if n > 0 {
			edge := 0.5 / (n + 1)
			f.rate[i] = math.Max(edge, math.Min(1-edge, f.rate[i]))
		}
	}
}

// misfit solves for Eps; false when there are too few answers about neighbours.
func (f *fitting) misfit() (float64, bool) {
	type pair struct{ n, lead float64 }
	var pairs []pair
	sum, total := 0.0, 0.0
	for i, pre := range f.s.pre {
		for _, j := range pre {
			a, b := f.column[i], f.column[j]
			if a < 0 || b < 0 {
				continue
			}
			n := 0.0
			for _, row := range f.c.Marks {
				if row[a] != NotAsked && row[b] != NotAsked {
					sum += f.known(row[a]) * (1 - f.known(row[b]))
					n++
				}
			}
			if n > 0 {
				pairs, total = append(pairs, pair{n, f.rate[j] - f.rate[i]}), total+n
			}
		}
	}
	if total < leastEdge {
		return 0, false
	}
	return bisect(leastEps, mostEps, func(eps float64) bool {
		want := 0.0
		for _, p := range pairs {
			only := math.Max(0, math.Min(1, p.lead/(1-2*eps))) // P(prerequisite in the ordered state, skill not)
			want += p.n * (eps*(1-eps)*(1-only) + eps*eps*only)
		}
		return want < sum
	}), true
}

// spread is the variance, over learners who answered at least half, of the share of skills known; noise taken away.
func (f *fitting) spread() (float64, bool) {
	var shares []float64
	gain := 1 - f.s.p.Slip - f.s.p.Guess
	noise := 0.0
	for _, row := range f.c.Marks {
		sum, n := 0.0, 0.0
		for _, m := range row {
			if m != NotAsked {
				sum, n = sum+f.known(m), n+1
			}
		}
		if 2*n < float64(len(f.s.ids)) {
			continue
		}
		k := math.Max(0, math.Min(1, sum/n))
		noise += (k*f.s.p.Slip*(1-f.s.p.Slip) + (1-k)*f.s.p.Guess*(1-f.s.p.Guess)) / (gain * gain * n)
		shares = append(shares, sum/n)
	}
	if len(shares) < leastFull {
		return 0, false
	}
	mean, v := 0.0, 0.0
	for _, s := range shares {
		mean += s / float64(len(shares))
	}
	for _, s := range shares {
		v += (s - mean) * (s - mean) / float64(len(shares)-1)
	}
	return v - noise/float64(len(shares)), true
}

// hardness sets, skill by skill in topological order, the log odds at average ability that give the rates found when
// they grow with ability as steeply as told, on a sample of learners drawn along; and the variance of that sample's totals.
func (f *fitting) hardness(steep, eps float64) (logits []float64, variance float64) {
	s := f.s
	c := &cloud{lanes: newLanes(len(s.ids), words), tag: make([]uint8, Particles), chance: chance(s.p.Seed)}
	flat := newPrior(nil, 0, 0)
	c.spread(flat)
	parts := c.stretches(nil)
	logits = make([]float64, len(s.ids))
	open, totals := make([]uint64, words), make([]float64, Particles)
	for i := range s.ids {
		c.open(open, s.pre[i])
		var able [abilities]float64
		all := 0.0
		for _, g := range parts {
			n := float64(bits.OnesCount64(open[g.w] & g.mask))
			able[g.q] += n
			all += n
		}
		logits[i] = math.Log(s.p.Prior / (1 - s.p.Prior))
		if rate := (f.rate[i] - eps) / (1 - 2*eps); !math.IsNaN(rate) && all > 0 {
			mean := f.trend[0] + f.trend[1]*math.Log(f.rate[i]/(1-f.rate[i]))
			logits[i] = least(-12, 12, func(c float64) float64 {
				sum := 0.0
				for q, n := range able {
					sum += n / (1 + math.Exp(-c-steep*node(q)))
				}
				d, e := (sum/Particles-rate)/f.se[i], (c-mean)/f.loose
				return d*d + e*e
			})
		}
		mine := c.of(i)
		for _, g := range parts {
			mine[g.w] |= c.chance.coin(shareOf(1/(1+math.Exp(-logits[i]-steep*node(g.q)))), open[g.w]&g.mask)
		}
		for w, mine := range mine {
			for k := range 64 {
				totals[w*64+k] += float64(mine >> k & 1)
			}
		}
	}
	return logits, moments(totals, len(s.ids)) * (1 - 2*eps) * (1 - 2*eps)
}

// moments is the variance of the totals as shares of n.
func moments(totals []float64, n int) float64 {
	mean, v := 0.0, 0.0
	for _, t := range totals {
		mean += t / float64(len(totals))
	}
	for _, t := range totals {
		v += (t - mean) * (t - mean) / float64(len(totals))
	}
	return v / float64(n*n)
}

// bisect finds where low turns from true to false between a and b.
func bisect(a, b float64, low func(float64) bool) float64 {
	for range 30 {
		if m := (a + b) / 2; low(m) {
			a = m
		} else {
			b = m
		}
	}
	return (a + b) / 2
}

// learn sets the trend by least squares through what the rates alone say, and how far skills may stray from it: half as
// far as they seem to, since much of what few learners show is chance (ours; a quarter or all of it changed item accuracy
// by a thousandth).
func (f *fitting) learn(steep, eps float64) {
	f.loose = freely
	logits, _ := f.hardness(steep, eps)
	var n, sx, sy, sxx, sxy float64
	each := func(do func(x, y float64)) {
		for i, y := range logits {
			if !math.IsNaN(f.rate[i]) {
				do(math.Log(f.rate[i]/(1-f.rate[i])), y)
			}
		}
	}
	each(func(x, y float64) { n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y })
	f.trend = [2]float64{sy / n, 0}
	if spread := n*sxx - sx*sx; spread > 1e-9 {
		k := (n*sxy - sx*sy) / spread
		f.trend = [2]float64{(sy - k*sx) / n, k}
	}
	v := 0.0
	each(func(x, y float64) { v += math.Pow(y-f.trend[0]-f.trend[1]*x, 2) / n })
	f.loose = math.Max(0.1, math.Sqrt(v)/2)
}

// least is the place of the least value of f between a and b, by golden section (Kiefer, 1953).
func least(a, b float64, f func(float64) float64) float64 {
	const g = 0.6180339887498949
	c, d := b-g*(b-a), a+g*(b-a)
	fc, fd := f(c), f(d)
	for range 24 {
		if fc < fd {
			b, d, fd = d, c, fc
			c = b - g*(b-a)
			fc = f(c)
		} else {
			a, c, fc = c, d, fd
			d = a + g*(b-a)
			fd = f(d)
		}
	}
	return (a + b) / 2
}

package diagnostic

import (
	"cmp"
	"math"
	"slices"
)

// How long the fit goes on. Ours: on made-up crowds of 1,000 learners and 400 skills, whose Steep is 3, it comes to 2.7 to 3.0.
const (
	settling  = 20    // rounds that are forgotten
	counting  = 30    // rounds whose counts are averaged
	mostLogit = 12.0  // a chance nearer to 0 or 1 than that is nothing that answers tell
	mostDrawn = 2_000 // learners at most, equally far apart in the list
)

// draws are earlier learners with a state of knowledge each, drawn by Gibbs sampling given their answers and the numbers so
// far; the numbers are then those under which the drawn states are likeliest, and so on by turns (stochastic EM: Celeux and
// Diebolt, 1985; counts averaged after the first rounds: Delyon, Lavielle and Moulines, 1999).
type draws struct {
	s     *Space
	marks [][]Mark // by learner and skill
	know  [][]bool
	able  []int
	odds  [3]float64 // what a mark says for the skill's being in the ordered state
	chance

	logits []float64
	steep  float64
	fixed  bool      // steep is not to be learned
	about  []float64 // by skill, what is expected of its logit: that of skills of its rate
	at     []float64 // log odds of its rate; NaN where nobody was asked
	loose  float64   // variance about that

	mean, square       float64   // of their abilities
	open, held         []float64 // by skill and ability: learners who could know it, and who do
	p                  []float64 // by ability and skill
	logKnown, logLacks []float64 // by skill and ability
}

// draw gives the log odds of every skill at average ability, and how steeply they grow with ability.
func (f *fitting) draw(p Params) ([]float64, float64) {
	n := len(f.s.ids)
	u := &draws{s: f.s, chance: chance(p.Seed), steep: p.Steep, logits: make([]float64, n), about: make([]float64, n), at: make([]float64, n), loose: 4,
		open: make([]float64, n*abilities), held: make([]float64, n*abilities), p: make([]float64, n*abilities),
		logKnown: make([]float64, n*abilities), logLacks: make([]float64, n*abilities)}
	// Right or not, mixed over what is turned round.
	right, wrong := [2]float64{p.Guess, 1 - p.Slip}, [2]float64{1 - p.Guess, p.Slip}
	mix := func(of [2]float64) float64 { return ((1-p.Eps)*of[1] + p.Eps*of[0]) / ((1-p.Eps)*of[0] + p.Eps*of[1]) }
	u.odds = [3]float64{NotAsked: 1, NotYet: mix(wrong), Right: mix(right)}
	for i, r := range f.rate {
		u.at[i] = math.Log(r / (1 - r))
		u.logits[i] = math.Log(p.Prior / (1 - p.Prior))
		u.about[i] = u.logits[i]
	}
	usual := u.logits[0]
	u.fixed = u.enrol(f) < leastFull
	u.count(1)
	u.learn(usual)
	for round := range settling + counting {
		u.table()
		u.round(round&1 == 0)
		u.count(1 / float64(max(0, round-settling)+1))
		u.learn(usual)
	}
	return u.logits, u.steep
}

// enrol takes in the learners, and counts those who answered half of the skills.
func (u *draws) enrol(f *fitting) (full int) {
	step := max(1, (len(f.c.Marks)+mostDrawn-1)/mostDrawn)
	var shares []float64
	for k := 0; k < len(f.c.Marks); k += step {
		row, n, right := make([]Mark, len(u.s.ids)), 0.0, 0.0
		for i, at := range f.column {
			if at >= 0 {
				row[i] = f.c.Marks[k][at]
			}
			if row[i] != NotAsked {
				n++
			}
			if row[i] == Right {
				right++
			}
		}
		if 2*n >= float64(len(row)) {
			full++
		}
		u.marks, shares = append(u.marks, row), append(shares, right/max(1, n))
	}
	u.able, u.know = make([]int, len(u.marks)), make([][]bool, len(u.marks))
	order := make([]int, len(u.marks))
	for l := range order {
		order[l] = l
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(shares[a], shares[b]) })
	for rank, l := range order {
		z := quantile((float64(rank) + 0.5) / float64(len(order)))
		u.able[l] = max(0, min(abilities-1, int(math.Round((z/widest+1)/2*(abilities-1)))))
		u.know[l] = u.begin(u.marks[l], z, f.rate)
	}
	return full
}

func quantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// begin is a state to begin with: of the skills for which all that they rest on seems known, those that seem so by how many
// know them and where the learner stands among all, by the answer, and by those about what rests directly on them. A rough
// start, from which single skills find their place within a few rounds; from nothing they would not.
func (u *draws) begin(row []Mark, z float64, rate []float64) []bool {
	know := make([]bool, len(row))
	for i, pre := range u.s.pre {
		log := math.Log(u.odds[row[i]])
		if !math.IsNaN(rate[i]) {
			log += 3 * (z - quantile(1-rate[i]))
		}
		for _, c := range u.s.post[i] {
			log += math.Log(u.odds[row[c]]) / 2
		}
		know[i] = log > 0
		for _, j := range pre {
			know[i] = know[i] && know[j]
		}
	}
	return know
}

// table works out the chances at every ability.
func (u *draws) table() {
	n := len(u.logits)
	for i, c := range u.logits {
		for q := range abilities {
			p := math.Max(1e-9, math.Min(1-1e-9, 1/(1+math.Exp(-c-u.steep*node(q)))))
			u.p[q*n+i], u.logKnown[i*abilities+q], u.logLacks[i*abilities+q] = p, math.Log(p), math.Log(1-p)
		}
	}
}

// round draws every learner's state and ability once.
func (u *draws) round(down bool) {
	n := len(u.logits)
	for l, know := range u.know {
		p, marks := u.p[u.able[l]*n:(u.able[l]+1)*n], u.marks[l]
		for k := range n {
			if i := k; down {
				u.toss(i, know, marks, p)
			} else {
				u.toss(n-1-i, know, marks, p)
			}
		}
		var log [abilities]float64
		for q := range log {
			log[q] = -node(q) * node(q) / 2
		}
		u.each(know, func(i int) {
			from := u.logLacks
			if know[i] {
				from = u.logKnown
			}
			for q, v := range from[i*abilities : (i+1)*abilities] {
				log[q] += v
			}
		})
		u.able[l] = u.pick(&log)
	}
}

// count mixes the counts of this round into those so far.
func (u *draws) count(weight float64) {
	for k := range u.open {
		u.open[k] *= 1 - weight
		u.held[k] *= 1 - weight
	}
	u.mean, u.square = u.mean*(1-weight), u.square*(1-weight)
	for l, know := range u.know {
		q := u.able[l]
		u.mean += weight * node(q) / float64(len(u.know))
		u.square += weight * node(q) * node(q) / float64(len(u.know))
		u.each(know, func(i int) {
			u.open[i*abilities+q] += weight
			if know[i] {
				u.held[i*abilities+q] += weight
			}
		})
	}
}

// toss draws whether a learner knows skill i, all else given: only where that leaves an order ideal.
func (u *draws) toss(i int, know []bool, marks []Mark, p []float64) {
	for _, j := range u.s.pre[i] {
		if !know[j] {
			return
		}
	}
	odds := u.odds[marks[i]] * p[i] / (1 - p[i])
	for _, c := range u.s.post[i] {
		if know[c] {
			return
		}
		opens := true // knowing i makes c possible, and it is lacking
		for _, j := range u.s.pre[c] {
			opens = opens && (j == i || know[j])
		}
		if opens {
			odds *= 1 - p[c]
		}
	}
	know[i] = u.float()*(1+odds) < odds
}

// each visits the skills that the learner could know.
func (u *draws) each(know []bool, do func(i int)) {
	for i, pre := range u.s.pre {
		open := true
		for _, j := range pre {
			open = open && know[j]
		}
		if open {
			do(i)
		}
	}
}

// pick draws an ability.
func (u *draws) pick(log *[abilities]float64) int {
	top, sum := math.Inf(-1), 0.0
	for _, v := range log {
		top = math.Max(top, v)
	}
	var to [abilities]float64
	for q, v := range log {
		sum += math.Exp(v - top)
		to[q] = sum
	}
	for at, q := u.float()*sum, 0; q < abilities; q++ {
		if at < to[q] {
			return q
		}
	}
	return abilities - 1
}

// learn sets the numbers to those under which the counts are likeliest, by Newton's method: for every skill, and for what
// they have in common given that each skill follows.
func (u *draws) learn(usual float64) {
	follow, sure := make([]float64, len(u.logits)), make([]float64, len(u.logits))
	for range 4 {
		gain, curve := 0.0, 0.0
		for i, c := range u.logits {
			if math.IsNaN(u.at[i]) {
				continue
			}
			d, w := (u.about[i]-c)/u.loose, 1/u.loose
			td, tw, ttw := 0.0, 0.0, 0.0
			for q := range abilities {
				open := u.open[i*abilities+q]
				if open == 0 {
					continue
				}
				p := 1 / (1 + math.Exp(-c-u.steep*node(q)))
				miss, vary := u.held[i*abilities+q]-open*p, open*p*(1-p)
				d, w = d+miss, w+vary
				td, tw, ttw = td+node(q)*miss, tw+node(q)*vary, ttw+node(q)*node(q)*vary
			}
			u.logits[i] = math.Max(-mostLogit, math.Min(mostLogit, c+math.Max(-1, math.Min(1, d/w))))
			follow[i], sure[i] = tw/w, w
			gain, curve = gain+td-tw/w*d, curve+ttw-tw/w*tw
		}
		if u.fixed || curve <= 0 {
			continue
		}
		was := u.steep
		u.steep = math.Max(0, math.Min(mostSteep, was+math.Max(-0.5, math.Min(0.5, gain/curve))))
		for i := range u.logits {
			u.logits[i] -= follow[i] * (u.steep - was)
		}
	}
	if !u.fixed {
		u.widen()
	}
	u.expect(usual, sure)
}

// widen makes abilities standard normal again, where the drawn ones are not (parameter expansion: Liu, Rubin and Wu, 1998).
// Without it Steep would take hundreds of rounds to come to where it belongs.
func (u *draws) widen() {
	for i := range u.logits {
		u.logits[i] += u.steep * u.mean
	}
	u.steep = math.Min(mostSteep, u.steep*math.Sqrt(math.Max(0.25, u.square-u.mean*u.mean)))
}

// expect sets what is expected of every skill: a line through the skills' logits by their rates, and how far they stray from
// it (both by the EM of a hierarchical model). Until three skills were asked about it is what is usual.
func (u *draws) expect(usual float64, sure []float64) {
	var n, sx, sy, sxx, sxy float64
	for i, x := range u.at {
		if y := u.logits[i]; !math.IsNaN(x) {
			n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
		}
	}
	slope := 0.0
	if spread := n*sxx - sx*sx; n >= 3 {
		if usual = sy / n; spread > 1e-9 {
			slope = (n*sxy - sx*sy) / spread
			usual = (sy - slope*sx) / n
		}
	}
	stray := 0.0
	for i, x := range u.at {
		if !math.IsNaN(x) {
			u.about[i] = usual + slope*x
			stray += (math.Pow(u.logits[i]-u.about[i], 2) + 1/sure[i]) / n
		}
	}
	u.loose = math.Max(0.01, math.Min(4, stray))
}

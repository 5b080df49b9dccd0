package diagnostic

import (
	"cmp"
	"math"
	"slices"

	"kith/internal/skill"
)

// shortlist is how many of the most telling questions are looked at closely. Ours.
const shortlist = 32

// readyWeight is how much the variance of being ready counts beside that of knowing. Ours: on simulated learners of 400
// skills, 25 questions, it buys five points of readiness precision for nothing; three times as much begins to cost.
const readyWeight = 2

// Next is the skill to ask about, and true; or false when the sitting is over (Stop says why).
func (st State) Next() (skill.ID, bool) {
	if st.over() != GoOn {
		return "", false
	}
	return st.Ask()
}

// Stop says why there is no next question, or GoOn.
func (st State) Stop() Stop {
	if why := st.over(); why != GoOn {
		return why
	}
	for i := range st.heard {
		if st.open(i) {
			return GoOn
		}
	}
	return NoneLeft
}

func (st State) over() Stop {
	switch {
	case st.sitting >= PerSitting:
		return Enough
	case st.Certainty() >= Sure && st.ReadySureness() >= SureReady:
		return Certain
	}
	return GoOn
}

// open reports whether skill i may still be asked about, and would tell something.
func (st State) open(i int) bool {
	h := st.heard[i]
	return h.asked < 2 && !h.unmet && st.tells(i) > 1e-6
}

// Ask is the question that would tell most now, however many were asked and however sure the check is; false when nothing
// would tell more.
//
// The first question of all is one that is likely to be answered (with a chance of EasyAt or more, where there is one), so
// that the check begins kindly. Then the questions whose answers carry most information are looked at (with equal noise the skill nearest one
// half: the half-split rule of Doignon and Falmagne, 1985), and of those the one is taken whose answer is expected to
// lower the uncertainty about all skills most; from question DoubtFrom on, the uncertainty about what is ready counts too.
// Question DoubtFrom of a sitting asks against the check's own belief: the most telling one about a skill that was never
// asked and that the check is sure of (EasyAt or more). The model may be wrong in a way that it cannot notice by itself.
// A skill is asked at most twice. Ties go to the earlier skill.
func (st State) Ask() (skill.ID, bool) {
	i := -1
	switch {
	case len(st.answers) == 0:
		i = st.easy()
	case st.sitting == DoubtFrom-1:
		i = st.doubtful()
	}
	if i < 0 {
		i = st.telling()
	}
	if i < 0 {
		return "", false
	}
	return st.s.ids[i], true
}

// easy is the most telling of the questions that will probably go well, or the one that most probably will.
func (st State) easy() int {
	l := st.look()
	if i := st.best(func(i int) float64 {
		if st.right(i) < EasyAt {
			return math.Inf(-1)
		}
		return l.worth(st, i)
	}); i >= 0 {
		return i
	}
	return st.best(st.right)
}

// doubtful is the most telling question about a skill that was never asked and that the check is sure of; of two, rather
// one that will probably go well. -1 when there is none.
func (st State) doubtful() int {
	l := st.look()
	return st.best(func(i int) float64 {
		switch m := st.b.known[i]; {
		case st.heard[i].asked > 0 || math.Max(m, 1-m) < EasyAt:
			return math.Inf(-1)
		case m < 0.5:
			return l.worth(st, i) / 2
		}
		return l.worth(st, i)
	})
}

// best is the first skill with the highest worth above minus infinity; -1 when there is none.
func (st State) best(worth func(i int) float64) int {
	at, top := -1, math.Inf(-1)
	for i := range st.b.known {
		if w := worth(i); w > top {
			at, top = i, w
		}
	}
	return at
}

// right is the chance of a right answer.
func (st State) right(i int) float64 {
	slip, guess := st.s.noise(st.s.ways[i])
	return st.b.known[i]*(1-slip) + (1-st.b.known[i])*guess
}

// tells is the mutual information between an answer and truly knowing the skill, in nats.
func (st State) tells(i int) float64 {
	slip, guess := st.s.noise(st.s.ways[i])
	return entropy(st.right(i)) - st.b.known[i]*entropy(slip) - (1-st.b.known[i])*entropy(guess)
}

func entropy(p float64) float64 {
	if p <= 0 || p >= 1 {
		return 0
	}
	return -p*math.Log(p) - (1-p)*math.Log(1-p)
}

// telling is the skill whose answer is expected to lower uncertainty most; -1 when no answer would.
func (st State) telling() int {
	var list []int
	tells := make([]float64, len(st.b.known))
	for i := range st.b.known {
		if st.open(i) {
			tells[i] = st.tells(i)
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(i, j int) int { return cmp.Compare(tells[j], tells[i]) })
	list = list[:min(len(list), shortlist)]
	l := st.look()
	at, top := -1, 0.0
	for _, i := range list {
		if w := l.worth(st, i); w > top {
			at, top = i, w
		}
	}
	return at
}

// look is what choosing needs of the sets: the skills and fringes that are still uncertain. What is surer than that cannot
// vary enough to matter.
type look struct {
	skills []int
	fringe []uint64  // of the skills whose readiness is uncertain, one run of words each
	share  []float64 // of the sets in each run
}

const uncertain = 0.02 // variance

func (st State) look() *look {
	l := &look{}
	open := make([]uint64, st.b.sets.words)
	for i, m := range st.b.in {
		if m*(1-m) > uncertain {
			l.skills = append(l.skills, i)
		}
		if r := st.b.ready[i]; st.sitting >= DoubtFrom-1 && r*(1-r) > uncertain {
			st.b.sets.open(open, st.s.pre[i])
			for w, b := range st.b.sets.of(i) {
				open[w] &^= b
			}
			l.fringe = append(l.fringe, open...)
			l.share = append(l.share, st.b.sets.part(count(open)))
		}
	}
	return l
}

// worth is by how much the answer about skill i is expected to lower the sum, over skills, of the variance of knowing
// them, and of being ready for them. For an answer that is right or not it is the squared covariance with it over its own
// variance (law of total variance).
func (l *look) worth(st State, i int) float64 {
	b := &st.b
	slip, guess := st.s.noise(st.s.ways[i])
	p := st.right(i)
	gain, pass := 1-slip-guess, b.keep[i]-b.turned[i]
	mine := b.sets.of(i)
	m := b.sets.share(i)
	sum := math.Pow(b.known[i]*(1-b.known[i]), 2)
	for _, j := range l.skills {
		if j != i {
			c := b.sets.part(countBoth(mine, b.sets.of(j))) - m*b.in[j]
			c *= pass * (b.keep[j] - b.turned[j])
			sum += c * c
		}
	}
	for k, share := range l.share {
		c := pass * (b.sets.part(countBoth(mine, l.fringe[k*len(mine):(k+1)*len(mine)])) - m*share)
		sum += readyWeight * c * c
	}
	return gain * gain * sum / (p * (1 - p))
}

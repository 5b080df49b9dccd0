package diagnostic

import (
	"math"

	"kith/internal/skill"
)

// shortlist is how many of the most telling questions are looked at, and finalists how many of those in all sets: the others
// are passed over by what a quarter of the sets says. Ours.
const (
	shortlist = 32
	finalists = 6
	quarter   = 4
)

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
	return st.may(i) && st.tells(i) > leastTold
}

const leastTold = 1e-6 // nats

func (st State) may(i int) bool { return st.heard[i].asked < 2 && !st.heard[i].unmet }

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
		i = st.telling(func(int) float64 { return 1 })
	}
	if i < 0 {
		return "", false
	}
	return st.s.ids[i], true
}

// easy is the most telling of the questions that will probably go well, or the one that most probably will.
func (st State) easy() int {
	if i := st.telling(func(i int) float64 { return when(st.right(i) >= EasyAt) }); i >= 0 {
		return i
	}
	return st.best(st.right)
}

// doubtful is the most telling question about a skill that was never asked and that the check is sure of; of two, rather
// one that will probably go well. -1 when there is none.
func (st State) doubtful() int {
	return st.telling(func(i int) float64 {
		m := st.b.known[i]
		return when(st.heard[i].asked == 0) * (when(m >= EasyAt) + when(m <= 1-EasyAt)/2)
	})
}

func when(is bool) float64 {
	if is {
		return 1
	}
	return 0
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
	noise := st.s.unsure[i]
	return entropy(st.right(i)) - st.b.known[i]*noise[0] - (1-st.b.known[i])*noise[1]
}

func entropy(p float64) float64 {
	if p <= 0 || p >= 1 {
		return 0
	}
	return -p*math.Log(p) - (1-p)*math.Log(1-p)
}

// telling is the skill whose answer is expected to lower uncertainty most, each weighed as told (0: not to be asked); -1 when
// no answer would.
func (st State) telling(weigh func(i int) float64) int {
	t := st.s.scratch()
	defer st.s.done(t)
	l := &t.look
	l.at(st, t.open)
	l.list = l.list[:0]
	for i := range st.b.known {
		if w := weigh(i); w > 0 && st.may(i) {
			if tells := st.tells(i); tells > leastTold {
				l.list = append(l.list, candidate{i, w, w * tells})
			}
		}
	}
	l.keep(shortlist)
	if len(l.list) > finalists {
		l.thin(quarter)
		for k, c := range l.list {
			l.list[k].worth = c.weight * l.worth(st, c.i)
		}
		l.keep(finalists)
	}
	l.thin(1)
	at, top := -1, 0.0
	for _, c := range l.list {
		if w := c.weight * l.worth(st, c.i); w > top || w == top && c.i < at {
			at, top = c.i, w
		}
	}
	return at
}

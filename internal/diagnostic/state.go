package diagnostic

import (
	"math"
	"slices"

	"kith/internal/fault"
	"kith/internal/skill"
)

// State is what the check believes after some answers. It is immutable; only the answers are worth storing.
type State struct {
	s       *Space
	m       []float64 // marginals
	answers []Answer
	sitting int   // answers in the sitting asked for
	asked   []int // answers, by skill
	right   []int
	unmet   []bool // said "I haven't learned this yet", last
}

// Replay is the state after the answers, in the order in which they were received, seen from a sitting: questions are
// counted for answers whose Sitting equals it. With exact ideals the order does not matter to the belief.
// Errors (Invalid): an answer about a skill that is not in the unit, negative Options, Right together with Unlearned.
func (s *Space) Replay(answers []Answer, sitting string) (State, error) {
	n := len(s.ids)
	st := State{s: s, answers: slices.Clone(answers), asked: make([]int, n), right: make([]int, n), unmet: make([]bool, n)}
	llr := make([]float64, n)
	var c *cloud
	if s.ideals == nil {
		c = s.sample()
	}
	for _, a := range answers {
		i, ok := s.at[a.Skill]
		if !ok {
			return State{}, fault.Invalidf("answers", "fact %s asks about skill %s, which is not in the unit", a.Fact, a.Skill)
		}
		if a.Options < 0 || a.Right && a.Unlearned {
			return State{}, fault.Invalidf("answers", "fact %s: %d options, right %t, unlearned %t", a.Fact, a.Options, a.Right, a.Unlearned)
		}
		l := math.Log(s.ratio(a))
		llr[i] += l
		st.asked[i]++
		st.unmet[i] = a.Unlearned
		if a.Right {
			st.right[i]++
		}
		if a.Sitting == sitting {
			st.sitting++
		}
		if c != nil {
			c.see(i, l, llr)
		}
	}
	if c != nil {
		st.m = c.marginals()
	} else {
		st.m = s.ideals.marginals(llr)
	}
	return st, nil
}

// Marginals are, by skill, the probability that it is known.
func (st State) Marginals() map[skill.ID]float64 {
	out := make(map[skill.ID]float64, len(st.m))
	for i, id := range st.s.ids {
		out[id] = st.m[i]
	}
	return out
}

// Certainty is the mean of max(m, 1-m) over the unit's skills, in [.5, 1].
func (st State) Certainty() float64 {
	sum := 0.0
	for _, m := range st.m {
		sum += math.Max(m, 1-m)
	}
	return sum / float64(len(st.m))
}

// Asked is how many questions this sitting has had, and all sittings together.
func (st State) Asked() (sitting, all int) { return st.sitting, len(st.answers) }

// Next is the skill to ask about, and true; or false when the sitting is over (Stop says why).
//
// The first question of all is one that is likely to be answered (chance nearest EasyAt), so that the check begins
// kindly. Then the one that is expected to tell most: with equal noise this is the skill nearest one half, the
// half-split rule (Doignon and Falmagne). Question DoubtFrom of a sitting asks, once, about a skill that was never
// asked and that the check is surest of: the model may be wrong in a way that it cannot notice by itself.
// A skill is asked a second time only while its marginal stays between .2 and .8. Ties go to the earlier skill.
func (st State) Next() (skill.ID, bool) {
	id, stop := st.choose()
	return id, stop == GoOn
}

// Stop says why there is no next question, or GoOn.
func (st State) Stop() Stop {
	_, stop := st.choose()
	return stop
}

func (st State) choose() (skill.ID, Stop) {
	switch {
	case st.sitting >= PerSitting:
		return "", Enough
	case st.Certainty() >= Sure:
		return "", Certain
	}
	if len(st.answers) == 0 {
		return st.best(func(i int) float64 { return -math.Abs(st.pRight(i) - EasyAt) })
	}
	if st.sitting == DoubtFrom-1 {
		id, stop := st.best(func(i int) float64 {
			if c := math.Max(st.m[i], 1-st.m[i]); st.asked[i] == 0 && c >= EasyAt {
				if st.m[i] < 0.5 {
					return c / 2 // rather one that will probably go well
				}
				return c
			}
			return math.Inf(-1)
		})
		if stop == GoOn {
			return id, stop
		}
	}
	return st.best(func(i int) float64 {
		if st.asked[i] > 1 || st.asked[i] == 1 && (st.unmet[i] || st.m[i] <= 0.2 || st.m[i] >= 0.8) {
			return math.Inf(-1)
		}
		return st.tells(i)
	})
}

// best is the first skill with the highest worth above minus infinity.
func (st State) best(worth func(i int) float64) (skill.ID, Stop) {
	at, top := -1, math.Inf(-1)
	for i := range st.m {
		if w := worth(i); w > top {
			at, top = i, w
		}
	}
	if at < 0 {
		return "", NoneLeft
	}
	return st.s.ids[at], GoOn
}

func (st State) pRight(i int) float64 {
	return st.m[i]*(1-st.s.p.Slip) + (1-st.m[i])*st.s.guess(0)
}

// tells is the mutual information between a typed answer and knowing the skill, in nats.
func (st State) tells(i int) float64 {
	return entropy(st.pRight(i)) - st.m[i]*entropy(st.s.p.Slip) - (1-st.m[i])*entropy(st.s.guess(0))
}

func entropy(p float64) float64 {
	if p <= 0 || p >= 1 {
		return 0
	}
	return -p*math.Log(p) - (1-p)*math.Log(1-p)
}

// Known are the skills that the learner showed: marginal at least KnownAt, and a right answer to the skill itself or to
// one that rests on it. In topological order. It is evidence for a credit, which a person decides.
func (st State) Known() []skill.ID {
	return st.pick(func(i int) bool { return st.m[i] >= KnownAt && len(st.shows(i)) > 0 && !st.unmet[i] })
}

// Ready is the outer fringe of the most likely state: not known, and all prerequisites are. In topological order.
// Marginals never rise along an edge, so the skills at one half or more are themselves an ideal.
func (st State) Ready() []skill.ID {
	return st.pick(func(i int) bool {
		if st.m[i] >= 0.5 {
			return false
		}
		for _, j := range st.s.pre[i] {
			if st.m[j] < 0.5 {
				return false
			}
		}
		return true
	})
}

// StartHere is the one place to start: the first ready skill, and false when everything seems known.
func (st State) StartHere() (skill.ID, bool) {
	if r := st.Ready(); len(r) > 0 {
		return r[0], true
	}
	return "", false
}

// Unlearned are the skills of which the learner said last that they have not met them, in topological order.
func (st State) Unlearned() []skill.ID {
	return st.pick(func(i int) bool { return st.unmet[i] })
}

// Evidence lists the facts that speak of a skill: its own answers, and right answers to skills that rest on it, in the
// order in which they came. nil for a skill that is not in the unit.
func (st State) Evidence(id skill.ID) []string {
	i, ok := st.s.at[id]
	if !ok {
		return nil
	}
	var out []string
	for _, a := range st.answers {
		if j := st.s.at[a.Skill]; j == i || a.Right && st.s.below[j][i] {
			out = append(out, a.Fact)
		}
	}
	return out
}

// Direct reports whether the skill itself was answered right in the check.
func (st State) Direct(id skill.ID) bool {
	i, ok := st.s.at[id]
	return ok && st.right[i] > 0
}

// Shows are the skills whose right answers show that this one is known: itself or skills that rest on it.
func (st State) Shows(id skill.ID) []skill.ID {
	i, ok := st.s.at[id]
	if !ok {
		return nil
	}
	return st.shows(i)
}

func (st State) shows(i int) []skill.ID {
	return st.pick(func(j int) bool { return st.right[j] > 0 && (j == i || st.s.below[j][i]) })
}

func (st State) pick(is func(i int) bool) []skill.ID {
	var out []skill.ID
	for i, id := range st.s.ids {
		if is(i) {
			out = append(out, id)
		}
	}
	return out
}

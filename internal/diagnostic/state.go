package diagnostic

import (
	"math"
	"slices"
	"unsafe"

	"kith/internal/fault"
	"kith/internal/skill"
)

// State is what the check believes after some answers. It is immutable; only the answers are worth storing.
type State struct {
	s       *Space
	c       *cloud // nil when the ideals are enumerated
	b       belief
	heard   []heard // by skill
	answers []Answer
	sitting int // answers in the sitting asked for
}

// begin is the state before any answer.
func (s *Space) begin() State {
	st := State{s: s, heard: make([]heard, len(s.ids))}
	if s.ideals == nil {
		st.c = s.sample(words)
	}
	t := s.scratch()
	defer s.done(t)
	st.believe(t)
	return st
}

// Replay is the state after the answers, in the order in which they were received, seen from a sitting: questions are
// counted for answers whose Sitting equals it. With exact ideals the order does not matter to the belief.
// Errors (Invalid): an answer about a skill that is not in the unit, negative Options, Right together with Unlearned.
func (s *Space) Replay(answers []Answer, sitting string) (State, error) {
	return s.first.Hear(sitting, answers...)
}

// Resume is Replay, going on from a state that was kept, where it can: when it is of this space and the answers that made it
// are the first of these, one for one. Else every answer is heard again. What is kept is never anything but a short cut.
// Same errors as Replay.
func (s *Space) Resume(kept State, answers []Answer, sitting string) (State, error) {
	n := len(kept.answers)
	if kept.s != s || n > len(answers) || !slices.Equal(kept.answers, answers[:n]) {
		return s.Replay(answers, sitting)
	}
	kept.sitting = 0
	for _, a := range kept.answers {
		if a.Sitting == sitting {
			kept.sitting++
		}
	}
	if n == len(answers) {
		return kept, nil
	}
	return kept.Hear(sitting, answers[n:]...)
}

// Hear is the state after more answers, as Replay of all of them would give; the state itself stays as it was. The
// sitting must be the one that the state is seen from. Same errors as Replay.
func (st State) Hear(sitting string, answers ...Answer) (State, error) {
	s := st.s
	out := State{s: s, heard: slices.Clone(st.heard), answers: append(slices.Clone(st.answers), answers...), sitting: st.sitting}
	if st.c != nil {
		out.c = st.c.clone()
	}
	t := s.scratch()
	defer s.done(t)
	for _, a := range answers {
		i, ok := s.at[a.Skill]
		if !ok {
			return State{}, fault.Invalidf("answers", "fact %s asks about skill %s, which is not in the unit", a.Fact, a.Skill)
		}
		if a.Options < 0 || a.Right && a.Unlearned {
			return State{}, fault.Invalidf("answers", "fact %s: %d options, right %t, unlearned %t", a.Fact, a.Options, a.Right, a.Unlearned)
		}
		was := s.tell(i, out.heard[i])
		out.heard[i] = s.hear(out.heard[i], a)
		if a.Sitting == sitting {
			out.sitting++
		}
		if out.c != nil {
			out.told(t)
			out.c.see(s, t, was, t.now)
		}
	}
	out.believe(t)
	return out, nil
}

func (st *State) believe(t *scratch) {
	if st.c != nil {
		st.b = st.c.believe(st.s, t, st.heard)
	} else {
		st.b = st.s.ideals.believe(st.s, t, st.heard)
	}
}

// told puts into t.now what is known of each asked skill, in order.
func (st *State) told(t *scratch) {
	t.now = t.now[:0]
	for i, h := range st.heard {
		if h.asked > 0 {
			t.now = append(t.now, st.s.tell(i, h))
		}
	}
}

func (s *Space) tell(i int, h heard) told {
	t := told{i: i}
	for e, eps := range s.misfit {
		t.in[e], t.out[e] = h.under(eps)
	}
	return t
}

// Marginals are, by skill, the probability that it is known.
func (st State) Marginals() map[skill.ID]float64 {
	out := make(map[skill.ID]float64, len(st.b.known))
	for i, id := range st.s.ids {
		out[id] = st.b.known[i]
	}
	return out
}

// Certainty is the mean of max(m, 1-m) over the unit's skills, in [.5, 1]: the share of skills that the check expects to
// have told apart rightly.
func (st State) Certainty() float64 {
	sum := 0.0
	for _, m := range st.b.known {
		sum += math.Max(m, 1-m)
	}
	return sum / float64(len(st.b.known))
}

// Misfit is the share of this learner's skills that are expected to run against the graph.
func (st State) Misfit() float64 { return st.b.misfit }

// ReadySureness is how far what the check says about ready skills may be trusted, in [0, 1]. When it calls some ready it is
// the share of them that is expected to be. When it calls none, that is right only of somebody for whom nothing is ready, and
// it is what is left of certainty when every skill's chance of being ready is taken away: at least the chance of that
// (Boole's inequality), and 0 when one ready skill or more is expected.
func (st State) ReadySureness() float64 {
	called, n, all := 0.0, 0.0, 0.0
	for _, r := range st.b.ready {
		all += r
		if r >= ReadyAt {
			called, n = called+r, n+1
		}
	}
	if n == 0 {
		return math.Max(0, 1-all)
	}
	return called / n
}

// Bytes is about how much memory the state holds besides its Space: the particles, and what is believed.
func (st State) Bytes() int {
	n := 8*6*len(st.b.in) + int(unsafe.Sizeof(heard{}))*len(st.heard) + int(unsafe.Sizeof(Answer{}))*len(st.answers) + 8*len(st.b.sets.bits)
	if st.c != nil {
		n += len(st.c.tag)
	}
	return n
}

// Asked is how many questions this sitting has had, and all sittings together.
func (st State) Asked() (sitting, all int) { return st.sitting, len(st.answers) }

// Known are the skills that the learner showed: marginal at least KnownAt, and a right answer to the skill itself or to
// one that rests on it. In topological order. It is evidence for a credit, which a person decides.
func (st State) Known() []skill.ID {
	return st.pick(func(i int) bool { return st.b.known[i] >= KnownAt && len(st.shows(i)) > 0 && !st.heard[i].unmet })
}

// Open are the skills of which the check cannot say yet whether they are known: more likely known than 1-KnownAt, and neither
// shown to be nor said to be new. In topological order.
func (st State) Open() []skill.ID {
	return st.pick(func(i int) bool {
		m := st.b.known[i]
		return m > 1-KnownAt && !st.heard[i].unmet && (m < KnownAt || len(st.shows(i)) == 0)
	})
}

// Ready are the skills that are ready to be learned, with a probability of at least ReadyAt: not known, and all direct
// prerequisites are. In topological order.
func (st State) Ready() []skill.ID {
	return st.pick(func(i int) bool { return st.b.ready[i] >= ReadyAt })
}

// Readiness are, by skill, the probability that it is ready to be learned.
func (st State) Readiness() map[skill.ID]float64 {
	out := make(map[skill.ID]float64, len(st.b.ready))
	for i, id := range st.s.ids {
		out[id] = st.b.ready[i]
	}
	return out
}

// StartHere is the one place to start: the first ready skill, else the likeliest, and false when everything seems known.
func (st State) StartHere() (skill.ID, bool) {
	if r := st.Ready(); len(r) > 0 {
		return r[0], true
	}
	i := st.best(func(i int) float64 {
		if st.b.known[i] >= 0.5 {
			return math.Inf(-1)
		}
		return st.b.ready[i]
	})
	if i < 0 {
		return "", false
	}
	return st.s.ids[i], true
}

// Unlearned are the skills of which the learner said last that they have not met them, in topological order.
func (st State) Unlearned() []skill.ID {
	return st.pick(func(i int) bool { return st.heard[i].unmet })
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
		if j := st.s.at[a.Skill]; j == i || a.Right && st.s.rests(j, i) {
			out = append(out, a.Fact)
		}
	}
	return out
}

// Direct reports whether the skill itself was answered right in the check.
func (st State) Direct(id skill.ID) bool {
	i, ok := st.s.at[id]
	return ok && st.heard[i].right > 0
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
	return st.pick(func(j int) bool { return st.heard[j].right > 0 && (j == i || st.s.rests(j, i)) })
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

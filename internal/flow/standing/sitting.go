package standing

import (
	"fmt"
	"slices"
	"sync"

	"kith/internal/diagnostic"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/plan"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// checkSpace is the unit's check without answers: of the skills that have an item to ask.
type checkSpace struct {
	*diagnostic.Space
	Asks map[skill.ID]bool
}

// spaceKey is by what a unit's check is remembered: its version, and how the items of each of its skills stand.
type spaceKey struct {
	unit    string
	version int64
	items   string
}

// Space is the unit's check; made once for a version and the items there are. Its Space is nil when there is nothing to ask.
func (g *GivenUnit) Space(l *flow.Look) (*checkSpace, error) {
	key := spaceKey{unit: g.Row.UnitID, version: g.Row.UnitVersion}
	var ids []skill.ID
	for _, id := range g.Skills {
		is, err := l.Q().ItemsStateOfSkill(l.Ctx(), db.ItemsStateOfSkillParams{SchoolID: l.School(), SkillID: string(id)})
		if err != nil {
			return nil, err
		}
		if is.N > 0 && g.Course.Graph.Has(id) {
			ids = append(ids, id)
			key.items += fmt.Sprintf("%s %d %d %s ", id, is.N, is.Versions, is.Newest)
		}
	}
	return flow.Remember(l, key, func() (*checkSpace, error) {
		s := &checkSpace{Asks: map[skill.ID]bool{}}
		ways := map[skill.ID][]diagnostic.Way{}
		var asks []skill.ID
		for _, id := range ids {
			items, err := library.ItemsAtOnce(l, id)
			if err != nil {
				return nil, err
			}
			if len(items) == 0 {
				continue
			}
			asks = append(asks, id)
			s.Asks[id] = true
			for _, it := range items {
				ways[id] = append(ways[id], diagnostic.Way{Kind: it.Kind, Options: len(it.Choices)})
			}
		}
		if len(asks) == 0 {
			return s, nil
		}
		space, err := diagnostic.New(g.Course.Graph, asks, nil, diagnostic.DefaultParams())
		if err == nil {
			s.Space, err = space.Asking(ways)
		}
		return s, err
	})
}

// states are where the checks that are going on were last, so that a question goes on from there instead of hearing every
// answer again. Only answers are stored: without states, and in another process, Replay says the same.
type states struct {
	mu    sync.Mutex
	kept  map[stateKey]diagnostic.State
	order []stateKey // oldest first
}

type (
	statesKey struct{}
	stateKey  struct{ unit, learner string }
)

// mostStates is two large classes at once, of at most 256 KiB each.
const mostStates = 64

func (s *states) of(k stateKey) diagnostic.State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept[k]
}

func (s *states) keep(k stateKey, st diagnostic.State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, there := s.kept[k]; !there {
		s.order = append(s.order, k)
	}
	s.kept[k] = st
	if len(s.order) > mostStates {
		delete(s.kept, s.order[0])
		s.order = s.order[1:]
	}
}

// Replay is what the check believes after the learner's answers, seen from where the learner is. A sitting that was
// stopped goes on in the next one: together they are one sitting of at most twelve. ok is false for a unit without items.
func (u *LearnerUnit) Replay(l *flow.Look) (st diagnostic.State, ok bool, err error) {
	space, err := u.Space(l)
	if err != nil || space.Space == nil {
		return st, false, err
	}
	group, now := map[string]string{}, ""
	for _, s := range u.Sittings {
		if now == "" {
			now = s.ID
		}
		group[s.ID] = now
		if s.EndedWhy == SittingDone {
			now = ""
		}
	}
	var answers []diagnostic.Answer
	for _, f := range u.Facts {
		a := f.Attempt
		if a == nil || a.Purpose != evidence.ForCheck || group[a.Context] == "" || !space.Asks[a.Skill] {
			continue
		}
		answers = append(answers, diagnostic.Answer{Fact: f.ID, Skill: a.Skill, Kind: a.Kind, Options: a.Options, Right: a.Outcome == item.Right,
			Unlearned: a.Unlearned, Sitting: group[a.Context]})
	}
	last, err := flow.Remember(l, statesKey{}, func() (*states, error) { return &states{kept: map[stateKey]diagnostic.State{}}, nil })
	if err != nil {
		return st, false, err
	}
	key := stateKey{u.Row.ID, string(u.Learner)}
	if st, err = space.Resume(last.of(key), answers, now); err != nil {
		return st, false, err
	}
	last.keep(key, st)
	return st, true, nil
}

// Why a sitting ended.
const (
	SittingDone    = "done"
	SittingStopped = "stopped"
)

// Checked reports whether a sitting of the check has come to its end.
func (u *LearnerUnit) Checked() bool {
	return slices.ContainsFunc(u.Sittings, func(s db.Sitting) bool { return s.EndedWhy == SittingDone })
}

// checkFound is what the check found, for the plan.
func (u *LearnerUnit) checkFound(l *flow.Look) (plan.Check, error) {
	if len(u.Sittings) == 0 {
		return plan.Check{}, nil
	}
	st, ok, err := u.Replay(l)
	if err != nil || !ok {
		return plan.Check{}, err
	}
	c := plan.Check{Known: st.Known(), Direct: map[skill.ID]bool{}, Through: map[skill.ID]skill.ID{}, Unlearned: st.Unlearned(), Evidence: map[skill.ID][]string{}}
	for _, id := range u.Skills {
		c.Evidence[id] = st.Evidence(id)
		c.Direct[id] = st.Direct(id)
		for _, by := range st.Shows(id) {
			if by != id {
				c.Through[id] = by
				break
			}
		}
	}
	return c, nil
}

package standing

import (
	"slices"

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

// spaceKey is by what a unit's check is remembered.
type spaceKey struct {
	unit    string
	version int64
}

// Space is the unit's check; made once for a version. Its Space is nil when there is nothing to ask.
func (g *GivenUnit) Space(l *flow.Look) (*checkSpace, error) {
	return flow.Remember(l, spaceKey{g.Row.UnitID, g.Row.UnitVersion}, func() (*checkSpace, error) {
		s := &checkSpace{Asks: map[skill.ID]bool{}}
		var ids []skill.ID
		for _, id := range g.Skills {
			items, err := library.Items(l, id)
			if err != nil {
				return nil, err
			}
			if len(items) > 0 {
				s.Asks[id] = true
				ids = append(ids, id)
			}
		}
		if len(ids) == 0 {
			return s, nil
		}
		var err error
		s.Space, err = diagnostic.New(g.Course.Graph, ids, nil, diagnostic.DefaultParams())
		return s, err
	})
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
	st, err = space.Replay(answers, now)
	return st, err == nil, err
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

package flow

import (
	"slices"

	"kith/internal/diagnostic"
	"kith/internal/evidence"
	"kith/internal/item"
	"kith/internal/plan"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// checkSpace is the unit's check without answers: of the skills that have an item to ask.
type checkSpace struct {
	*diagnostic.Space
	asks map[skill.ID]bool
}

// spaceKey is by what a unit's check is remembered.
type spaceKey struct {
	unit    string
	version int64
}

// space is the unit's check; made once for a version. Its Space is nil when there is nothing to ask.
func (g *givenUnit) space(l *Look) (*checkSpace, error) {
	return Remember(l, spaceKey{g.row.UnitID, g.row.UnitVersion}, func() (*checkSpace, error) {
		s := &checkSpace{asks: map[skill.ID]bool{}}
		var ids []skill.ID
		for _, id := range g.skills {
			items, err := l.items(id)
			if err != nil {
				return nil, err
			}
			if len(items) > 0 {
				s.asks[id] = true
				ids = append(ids, id)
			}
		}
		if len(ids) == 0 {
			return s, nil
		}
		var err error
		s.Space, err = diagnostic.New(g.course.Graph, ids, nil, diagnostic.DefaultParams())
		return s, err
	})
}

// replay is what the check believes after the learner's answers, seen from where the learner is. A sitting that was
// stopped goes on in the next one: together they are one sitting of at most twelve. ok is false for a unit without items.
func (u *learnerUnit) replay(l *Look) (st diagnostic.State, ok bool, err error) {
	space, err := u.space(l)
	if err != nil || space.Space == nil {
		return st, false, err
	}
	group, now := map[string]string{}, ""
	for _, s := range u.sittings {
		if now == "" {
			now = s.ID
		}
		group[s.ID] = now
		if s.EndedWhy == sittingDone {
			now = ""
		}
	}
	var answers []diagnostic.Answer
	for _, f := range u.facts {
		a := f.Attempt
		if a == nil || a.Purpose != evidence.ForCheck || group[a.Context] == "" || !space.asks[a.Skill] {
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
	sittingDone    = "done"
	sittingStopped = "stopped"
)

// checked reports whether a sitting of the check has come to its end.
func (u *learnerUnit) checked() bool {
	return slices.ContainsFunc(u.sittings, func(s db.Sitting) bool { return s.EndedWhy == sittingDone })
}

// checkFound is what the check found, for the plan.
func (u *learnerUnit) checkFound(l *Look) (plan.Check, error) {
	if len(u.sittings) == 0 {
		return plan.Check{}, nil
	}
	st, ok, err := u.replay(l)
	if err != nil || !ok {
		return plan.Check{}, err
	}
	c := plan.Check{Known: st.Known(), Direct: map[skill.ID]bool{}, Through: map[skill.ID]skill.ID{}, Unlearned: st.Unlearned(), Evidence: map[skill.ID][]string{}}
	for _, id := range u.skills {
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

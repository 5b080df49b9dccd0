package standing

import (
	"slices"

	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/skill"
	"kith/internal/skill/layout"
)

// SkillMap is a unit's skills with what rests on what, drawn twice: for a narrow window and for a wide one or paper. Places
// (Needs, Opens, the objectives' Skills, the drawings' From and To) count in Skills, from 0.
type SkillMap struct {
	Skills     []MapSkill     `json:"skills"` // in teaching order, each once
	Objectives []MapObjective `json:"objectives"`
	Narrow     layout.Drawing `json:"narrow"`
	Wide       layout.Drawing `json:"wide"`
}

// MapSkill is one skill of the map. Of a learner it carries how it stands, of a class how many have it secure.
type MapSkill struct {
	ID       skill.ID       `json:"id"`
	Title    string         `json:"title"`
	Status   mastery.Status `json:"status,omitempty" enum:"not_started,growing,secure,another_look"`
	Why      phrase.Phrase  `json:"why"`
	SecureMs int64          `json:"secure_ms,omitempty"` // since when it has been secure
	Ready    bool           `json:"ready"`               // not started, and all that it rests on in the unit is secure
	Needs    []int          `json:"needs"`               // its direct prerequisites in the unit, drawn or implied by others
	Opens    []int          `json:"opens"`               // what has it as a direct prerequisite
	Before   []string       `json:"before"`              // titles of direct prerequisites outside the unit
	Secure   int            `json:"secure,omitempty"`    // of a class: how many have it secure
}

// MapObjective gathers skills of the map.
type MapObjective struct {
	ID     skill.ObjectiveID `json:"id"`
	Title  string            `json:"title"`
	Skills []int             `json:"skills"`
}

// drawnKey is a unit's version: neither its skills nor their edges change.
type drawnKey struct {
	unit    content.UnitID
	version int64
}

type drawn struct{ narrow, wide layout.Drawing }

// Map is the unit's map without anybody's standing on it.
func (g *GivenUnit) Map(l *flow.Look) (SkillMap, error) {
	d, err := flow.Remember(l, drawnKey{g.Unit.ID, g.Row.UnitVersion}, func() (drawn, error) {
		n := len(g.Skills)
		return drawn{layout.Of(g.Course.Graph, g.Skills, layout.Narrow(n)), layout.Of(g.Course.Graph, g.Skills, layout.Wide(n))}, nil
	})
	if err != nil {
		return SkillMap{}, err
	}
	m := SkillMap{Narrow: d.narrow, Wide: d.wide}
	at := make(map[skill.ID]int, len(g.Skills))
	for i, id := range g.Skills {
		at[id] = i
	}
	for _, id := range g.Skills {
		s := MapSkill{ID: id, Title: g.Course.Skill[id].Title, Opens: places(at, g.Course.Graph.Dependents(id))}
		s.Needs = places(at, g.Course.Graph.Prerequisites(id))
		for _, p := range g.Course.Graph.Prerequisites(id) {
			if _, inside := at[p]; !inside {
				s.Before = append(s.Before, g.Course.Skill[p].Title)
			}
		}
		m.Skills = append(m.Skills, s)
	}
	for _, o := range g.Goals {
		m.Objectives = append(m.Objectives, MapObjective{ID: o.ID, Title: o.Title, Skills: places(at, o.Skills)})
	}
	return m, nil
}

// places are those of the ids that are on the map, in teaching order.
func places(at map[skill.ID]int, ids []skill.ID) []int {
	var out []int
	for _, id := range ids {
		if i, ok := at[id]; ok {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// Map is the unit's map with how the learner stands.
func (u *LearnerUnit) Map(l *flow.Look) (SkillMap, error) {
	m, err := u.GivenUnit.Map(l)
	if err != nil {
		return m, err
	}
	for i := range m.Skills {
		s := &m.Skills[i]
		now := u.Standing(s.ID)
		s.Status, s.Why, s.SecureMs = now.Status, now.Why, now.SecureMs
	}
	for i := range m.Skills {
		s := &m.Skills[i]
		s.Ready = s.Status == mastery.NotStarted && !slices.ContainsFunc(s.Needs, func(p int) bool { return m.Skills[p].Status != mastery.Secure })
	}
	return m, nil
}

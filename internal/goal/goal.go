// Package goal is where somebody is going: skills that count more than others, perhaps by a day, and whether they are
// reached.
//
// In: a Goal as a person set it (skills, standards, the unit's task), the course, the skills in its reach, estimates. Out:
// a Target, which is the same as weights on skills; what it rests on (Closure); how far it is (Stand). A goal is met when
// each of its skills is mastered and kept: right without help once more, a week after it became secure.
//
// A goal's day is when its skills should be mastered. That they are kept can only show later. No day is ever a verdict:
// what is not there by then is simply open, and the pace offers ways (package pace). No goal is lowered here.
//
// Place in the flow: layer 2, after mastery, before pace and plan.
package goal

import (
	"math"
	"slices"
	"strings"
	"time"

	"kith/internal/fault"
	"kith/internal/mastery"
	"kith/internal/skill"
)

// Limits, chosen by us.
const (
	MaxAims   = 40
	MaxWeight = 100
	// KeptAfterMs is how long after it became secure a skill is asked again before it counts as kept: a week is long enough
	// for forgetting to show, and short enough for a unit.
	KeptAfterMs = 7 * 24 * 60 * 60 * 1000
)

// Goal is what a person set. Own: a learner's wish for themselves; else a teacher set it.
type Goal struct {
	ID    string `json:"id"`
	Aims  []Aim  `json:"aims"`
	DueOn string `json:"due_on,omitempty"` // YYYY-MM-DD in the school's zone; "" = no day
	Own   bool   `json:"own,omitempty"`
}

// Aim is one thing that a goal asks for: exactly one of Skill, Standard and Task. Its weight is shared evenly by the skills
// that it stands for, so that a standard counts the same however many skills serve it.
type Aim struct {
	Skill    skill.ID `json:"skill,omitempty"`
	Standard string   `json:"standard,omitempty"` // the skills that serve it, or an entry beneath it: 6.RP.A takes in 6.RP.A.2
	Task     bool     `json:"task,omitempty"`     // what the unit's task needs: all skills within reach
	Weight   float64  `json:"weight"`             // above 0, at most MaxWeight
}

// Day is a calendar day, counted from 1970-01-01 (a Thursday).
type Day int

// Target is a goal as weights on skills.
type Target struct {
	ID     string
	Skills []Weighted // in the order of the skills within reach, each once
	Due    Day        // 0 = no day
	Own    bool
}

// Weighted is a skill with what it counts for, above 0.
type Weighted struct {
	Skill  skill.ID
	Weight float64
}

// ParseDay reads YYYY-MM-DD. Errors: Invalid when it is not a day of the calendar after 1970-01-01.
func ParseDay(field, on string) (Day, error) {
	t, err := time.Parse(time.DateOnly, on)
	if err != nil || t.Unix() <= 0 {
		return 0, fault.Invalidf(field, "%q is not a day like 2026-05-12", on)
	}
	return Day(t.Unix() / 86400), nil
}

// String is the day as YYYY-MM-DD.
func (d Day) String() string { return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly) }

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday((int(d)%7 + 11) % 7) }

// Resolve works a goal out as weights on the skills within reach (a unit's, in teaching order).
// Errors (Invalid): no aim or more than MaxAims; an aim that names none or more than one thing; a weight that is NaN, not
// above 0 or above MaxWeight; a skill out of reach; a standard that no skill within reach serves; a day that is none.
func Resolve(g Goal, c skill.Course, reach []skill.ID) (Target, error) {
	t := Target{ID: g.ID, Own: g.Own}
	if len(g.Aims) == 0 || len(g.Aims) > MaxAims {
		return t, fault.Invalidf("aims", "%d aims; a goal has 1 to %d", len(g.Aims), MaxAims)
	}
	if g.DueOn != "" {
		var err error
		if t.Due, err = ParseDay("due_on", g.DueOn); err != nil {
			return t, err
		}
	}
	serves := map[skill.ID][]string{}
	for _, s := range c.Skills {
		serves[s.ID] = s.Standards
	}
	weight := map[skill.ID]float64{}
	for _, a := range g.Aims {
		ids, err := a.skills(serves, reach)
		if err != nil {
			return t, err
		}
		if math.IsNaN(a.Weight) || a.Weight <= 0 || a.Weight > MaxWeight {
			return t, fault.Invalidf("weight", "%v is not above 0 and at most %d", a.Weight, MaxWeight)
		}
		for _, id := range ids {
			weight[id] += a.Weight / float64(len(ids))
		}
	}
	for _, id := range reach {
		if w := weight[id]; w > 0 {
			t.Skills = append(t.Skills, Weighted{id, w})
			delete(weight, id) // a skill that the reach names twice counts once
		}
	}
	return t, nil
}

// skills are those within reach that an aim stands for, each once.
func (a Aim) skills(serves map[skill.ID][]string, reach []skill.ID) ([]skill.ID, error) {
	var ids []skill.ID
	add := func(id skill.ID) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	switch {
	case a.Skill != "" && a.Standard == "" && !a.Task:
		if !slices.Contains(reach, a.Skill) {
			return nil, fault.Invalidf("skill", "%s is not a skill of this unit", a.Skill)
		}
		return []skill.ID{a.Skill}, nil
	case a.Standard != "" && a.Skill == "" && !a.Task:
		for _, id := range reach {
			if slices.ContainsFunc(serves[id], func(code string) bool { return beneath(code, a.Standard) }) {
				add(id)
			}
		}
		if len(ids) == 0 {
			return nil, fault.Invalidf("standard", "no skill of this unit serves %s", a.Standard)
		}
	case a.Task && a.Skill == "" && a.Standard == "":
		for _, id := range reach {
			add(id)
		}
		if len(ids) == 0 {
			return nil, fault.Invalidf("task", "the unit has no skills")
		}
	default:
		return nil, fault.Invalidf("aims", "an aim names one of skill, standard and task")
	}
	return ids, nil
}

// beneath reports whether a standard's code is another's, or beneath it.
func beneath(code, of string) bool {
	return code == of || strings.HasPrefix(code, of+".")
}

// Kept reports whether a secure skill was right once more, without help, a week or more after it first became so.
func Kept(e mastery.Estimate) bool {
	return e.Status == mastery.Secure && e.LastUnaided && e.SecureSinceMs > 0 && e.LastMs >= e.SecureSinceMs+KeptAfterMs
}

// CheckDue reports whether a secure skill waits for the answer that shows it was kept.
func CheckDue(e mastery.Estimate, asOfMs int64) bool {
	return e.Status == mastery.Secure && e.SecureSinceMs > 0 && asOfMs >= e.SecureSinceMs+KeptAfterMs && !Kept(e)
}

// Standing is how far a goal is. Statuses are those that the estimates carry: callers pass them as of today.
type Standing struct {
	Skills   int // that it asks for
	Mastered int // of them secure
	Kept     int // of them secure and kept
}

// Met reports whether each of its skills is mastered and kept.
func (s Standing) Met() bool { return s.Kept == s.Skills }

// Stand is how far a target is.
func Stand(t Target, estimates map[skill.ID]mastery.Estimate) Standing {
	s := Standing{Skills: len(t.Skills)}
	for _, w := range t.Skills {
		e := estimates[w.Skill]
		if e.Status == mastery.Secure {
			s.Mastered++
		}
		if Kept(e) {
			s.Kept++
		}
	}
	return s
}

// Closure is what targets ask for and what that rests on, without what is known, each after what it needs. Skills out of
// reach are left out: nobody is asked for what their unit never asks.
func Closure(g *skill.Graph, reach []skill.ID, targets []Target, known func(skill.ID) bool) []skill.ID {
	inReach := make(map[skill.ID]bool, len(reach))
	for _, id := range reach {
		inReach[id] = true
	}
	needed := map[skill.ID]bool{}
	for _, t := range targets {
		for _, w := range t.Skills {
			needed[w.Skill] = true
		}
	}
	order := g.Order()
	for _, id := range slices.Backward(order) { // dependents come first: one pass is enough
		if !needed[id] {
			continue
		}
		for _, p := range g.Prerequisites(id) {
			needed[p] = true
		}
	}
	var out []skill.ID
	for _, id := range order {
		if needed[id] && inReach[id] && !known(id) {
			out = append(out, id)
		}
	}
	return out
}

package outline

import (
	"reflect"
	"slices"

	"kith/internal/content"
	"kith/internal/skill"
)

// Kind is what is different about a line.
type Kind string

// The kinds of change, in the order in which they are told.
const (
	UnitRenamed      Kind = "unit_renamed"
	ObjectiveIn      Kind = "objective_in" // new, or put back
	ObjectiveOut     Kind = "objective_out"
	ObjectiveRenamed Kind = "objective_renamed"
	ObjectiveMoved   Kind = "objective_moved"
	ICan             Kind = "i_can"
	SkillIn          Kind = "skill_in" // new, or put back
	SkillOut         Kind = "skill_out"
	SkillRenamed     Kind = "skill_renamed"
	SkillMoved       Kind = "skill_moved"
	NeedIn           Kind = "need_in"
	NeedOut          Kind = "need_out"
	PartChanged      Kind = "part" // an objective's lesson, task or activity
	TaskChanged      Kind = "task" // the unit's
)

// Change is one difference. Title names the line, by its name before a renaming. Other is the new name, the objective that
// a skill is in now, the new sentence, or the skill that is needed.
type Change struct {
	Kind  Kind   `json:"kind" enum:"unit_renamed,objective_in,objective_out,objective_renamed,objective_moved,i_can,skill_in,skill_out,skill_renamed,skill_moved,need_in,need_out,part,task"`
	Title string `json:"title"`
	Other string `json:"other"`
}

// Changes are what is different between two states of a unit with its course, down to what its skills need of each other.
func Changes(wasC skill.Course, wasU content.Unit, nowC skill.Course, nowU content.Unit) []Change {
	was, now := Of(wasC, wasU), Of(nowC, nowU)
	out := []Change{}
	if was.Title != now.Title {
		out = append(out, Change{UnitRenamed, was.Title, now.Title})
	}
	if !reflect.DeepEqual(wasU.Task, nowU.Task) {
		out = append(out, Change{TaskChanged, now.Title, ""})
	}
	out = append(out, objectiveChanges(was, now)...)
	out = append(out, partChanges(now, wasU, nowU)...)
	out = append(out, skillChanges(was, now)...)
	return append(out, needChanges(wasC, nowC, was, now)...)
}

func objectiveChanges(was, now Outline) (out []Change) {
	ids := func(o Outline) (ids []skill.ObjectiveID) {
		for _, part := range o.Objectives {
			ids = append(ids, part.ID)
		}
		return ids
	}
	before := map[skill.ObjectiveID]Objective{}
	for _, o := range was.Objectives {
		before[o.ID] = o
	}
	moved := Moved(ids(was), ids(now))
	for _, o := range now.Objectives {
		b, there := before[o.ID]
		delete(before, o.ID)
		if !there {
			out = append(out, Change{ObjectiveIn, o.Title, ""})
			continue
		}
		if b.Title != o.Title {
			out = append(out, Change{ObjectiveRenamed, b.Title, o.Title})
		}
		if b.ICan != o.ICan {
			out = append(out, Change{ICan, o.Title, o.ICan})
		}
		if slices.Contains(moved, o.ID) {
			out = append(out, Change{ObjectiveMoved, o.Title, ""})
		}
	}
	for _, o := range was.Objectives {
		if _, gone := before[o.ID]; gone {
			out = append(out, Change{ObjectiveOut, o.Title, ""})
		}
	}
	return out
}

// partChanges are objectives that stand in both and have another lesson, task or activity.
func partChanges(now Outline, wasU, nowU content.Unit) (out []Change) {
	for _, o := range now.Objectives {
		of := func(p content.Part) bool { return p.Objective == o.ID }
		a, b := slices.IndexFunc(wasU.Parts, of), slices.IndexFunc(nowU.Parts, of)
		if a >= 0 && b >= 0 && !reflect.DeepEqual(wasU.Parts[a], nowU.Parts[b]) {
			out = append(out, Change{PartChanged, o.Title, ""})
		}
	}
	return out
}

// spot is a skill's first place in an outline.
type spot struct {
	title, in string
	objective skill.ObjectiveID
}

func spots(o Outline) map[skill.ID]spot {
	out := map[skill.ID]spot{}
	for _, part := range o.Objectives {
		for _, s := range part.Skills {
			if _, twice := out[s.ID]; !twice {
				out[s.ID] = spot{s.Title, part.Title, part.ID}
			}
		}
	}
	return out
}

func skillChanges(was, now Outline) (out []Change) {
	before, after := spots(was), spots(now)
	within := map[skill.ObjectiveID][2][]skill.ID{} // of each objective, the skills that it has before and after
	for _, id := range was.skillIDs() {
		if b, a := before[id], after[id]; a.objective == b.objective {
			two := within[b.objective]
			two[0] = append(two[0], id)
			within[b.objective] = two
		}
	}
	for _, id := range now.skillIDs() {
		if b, a := before[id], after[id]; a.objective == b.objective {
			two := within[b.objective]
			two[1] = append(two[1], id)
			within[b.objective] = two
		}
	}
	for _, id := range now.skillIDs() {
		a := after[id]
		b, there := before[id]
		switch {
		case !there:
			out = append(out, Change{SkillIn, a.title, a.in})
			continue
		case a.objective != b.objective || slices.Contains(Moved(within[a.objective][0], within[a.objective][1]), id):
			out = append(out, Change{SkillMoved, a.title, a.in})
		}
		if a.title != b.title {
			out = append(out, Change{SkillRenamed, b.title, a.title})
		}
	}
	for _, id := range was.skillIDs() {
		if _, stays := after[id]; !stays {
			out = append(out, Change{SkillOut, before[id].title, ""})
		}
	}
	return out
}

// needChanges are direct prerequisites that came or went between skills of which one is in the unit.
func needChanges(wasC, nowC skill.Course, was, now Outline) (out []Change) {
	inside := map[skill.ID]bool{}
	for _, id := range slices.Concat(was.skillIDs(), now.skillIDs()) {
		inside[id] = true
	}
	title := titles(wasC)
	for _, s := range nowC.Skills {
		title[s.ID] = s.Title
	}
	told := func(kind Kind, from, in []skill.Edge) {
		for _, e := range in {
			has := slices.ContainsFunc(from, func(x skill.Edge) bool { return x.From == e.From && x.To == e.To })
			if !has && (inside[e.From] || inside[e.To]) {
				out = append(out, Change{kind, title[e.To], title[e.From]})
			}
		}
	}
	told(NeedIn, wasC.Edges, nowC.Edges)
	told(NeedOut, nowC.Edges, wasC.Edges)
	return out
}

// Moved are the fewest of those in both lists that somebody must have moved to make one order of the other: all but a longest
// run that is in order in both (Schensted, 1961; here by the plain quadratic way, for forty lines).
func Moved[K comparable](was, now []K) []K {
	var at []int // places before, in the order of now
	var ids []K
	for _, k := range now {
		if i := slices.Index(was, k); i >= 0 {
			at, ids = append(at, i), append(ids, k)
		}
	}
	length, from := make([]int, len(at)), make([]int, len(at))
	best := -1
	for i := range at {
		length[i], from[i] = 1, -1
		for j := range i {
			if at[j] < at[i] && length[j]+1 > length[i] {
				length[i], from[i] = length[j]+1, j
			}
		}
		if best < 0 || length[i] > length[best] {
			best = i
		}
	}
	stays := map[int]bool{}
	for i := best; i >= 0; i = from[i] {
		stays[i] = true
	}
	var out []K
	for i, k := range ids {
		if !stays[i] {
			out = append(out, k)
		}
	}
	return out
}

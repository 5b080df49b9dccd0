package practice

import (
	"slices"

	"kith/internal/evidence"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/skill"
)

// Implied is the part of a review that a right answer is for each skill directly beneath its own: who uses a skill repeats
// it. Ours, from the middle of .3 to .5; it is what keeps reviews few in a course of hundreds of skills.
const Implied = 0.4

// Repeat is a skill that an answer repeated, and by which part of a review, in (0, 1].
type Repeat struct {
	Skill  skill.ID
	Weight float64
}

// Implies are the skills that an attempt repeated without asking them: the direct prerequisites of its skill, but not those
// that its item asks by itself, which are credited for that. A helped right repeats half as much; any other answer repeats
// nothing, since it does not tell what was lacking. It puts off when a skill is due (Repeats); no word that people see moves
// by it.
func Implies(g *skill.Graph, a evidence.Attempt) []Repeat {
	if a.Outcome != item.Right {
		return nil
	}
	w := Implied
	if !a.Unaided() {
		w /= 2
	}
	var out []Repeat
	for _, id := range g.Prerequisites(a.Skill) {
		if !slices.Contains(a.Others, id) {
			out = append(out, Repeat{id, w})
		}
	}
	return out
}

// Repeats are what a learner's attempts repeated of skills that they did not ask, by skill, in the order of the facts. Facts
// without the withdrawn ones.
func Repeats(g *skill.Graph, facts []evidence.Fact) map[skill.ID][]mastery.Repeat {
	out := map[skill.ID][]mastery.Repeat{}
	for _, f := range facts {
		if f.Attempt == nil {
			continue
		}
		for _, r := range Implies(g, *f.Attempt) {
			out[r.Skill] = append(out[r.Skill], mastery.Repeat{Ms: happened(f), Weight: r.Weight})
		}
	}
	return out
}

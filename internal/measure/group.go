package measure

import (
	"math"
	"math/rand/v2"
)

// Redraws is how often outcomes are drawn anew from the model's own probabilities to see which calibration error chance
// alone leaves, and SkillFloor how many answers a skill needs to be looked at. Both are set by the protocol that we report.
const (
	Redraws    = 200
	SkillFloor = 300
)

// SkillError is the calibration of one skill.
type SkillError struct {
	Skill  int     // index of the skill
	Rows   int     // answers that speak of it
	ECE    float64 // as observed
	Excess float64 // ECE less its mean over Redraws draws of the outcomes from the probabilities; about 0 when calibrated
}

// SkillErrors is the calibration of every skill with at least SkillFloor answers, by rising index. skillsOf gives the
// skills of a row, and the same seed gives the same draws.
func SkillErrors(p []float64, correct []bool, skills int, skillsOf func(row int) []int32, seed uint64) []SkillError {
	rows := make([][]int32, skills)
	for i := range p {
		for _, k := range skillsOf(i) {
			rows[k] = append(rows[k], int32(i))
		}
	}
	var out []SkillError
	for k, mine := range rows {
		if len(mine) < SkillFloor {
			continue
		}
		var seen calibration
		for _, i := range mine {
			seen.add(p[i], outcome(correct[i]))
		}
		r := rand.New(rand.NewPCG(seed, uint64(k)+1))
		var chance float64
		for range Redraws {
			var c calibration
			for _, i := range mine {
				drawn := 0.0
				if r.Float64() < p[i] {
					drawn = 1
				}
				c.add(p[i], drawn)
			}
			chance += c.error()
		}
		out = append(out, SkillError{Skill: k, Rows: len(mine), ECE: seen.error(), Excess: seen.error() - chance/Redraws})
	}
	return out
}

// WithinItemAUC is the mean AUC inside one item over the items that have both kinds of answers, weighted by answers: what is
// left of AUC when knowing which items are hard does not help. NaN when there is no such item.
func WithinItemAUC(p []float64, correct []bool, items int, itemOf func(row int) int32) float64 {
	type part struct {
		p       []float64
		correct []bool
	}
	parts := make([]part, items)
	for i := range p {
		q := &parts[itemOf(i)]
		q.p, q.correct = append(q.p, p[i]), append(q.correct, correct[i])
	}
	var sum, n float64
	for _, q := range parts {
		if a := AUC(q.p, q.correct); !math.IsNaN(a) {
			sum += a * float64(len(q.p))
			n += float64(len(q.p))
		}
	}
	return sum / n
}

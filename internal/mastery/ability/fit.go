package ability

import (
	"math"

	"kith/internal/fault"
)

// Row is one answer as Fit reads it. Learner, skills and item are numbers from 0.
type Row struct {
	Learner, Item int
	Skills        []int
	Right         bool
	Weight        float64 // share of it that is evidence, in [0, 1]
	Days          float64 // on any clock that runs through all rows; only differences count
}

// Log loss grids: what Fit tries. Ours; a factor of two apart the loss is flat.
var (
	variances = []float64{0.125, 0.25, 0.5, 1, 2}
	drifts    = []float64{0, 0.002, 0.008, 0.03}
)

// Fit finds the variances and the drift under which the answers, each predicted from those before, are likeliest (the
// marginal likelihood, over a grid), one parameter after the other until none improves. Rows come in order of time.
// Errors: Invalid when a row cannot be.
func Fit(rows []Row) (Params, error) {
	best := Usual()
	low, err := LogLoss(best, rows)
	if err != nil || len(rows) == 0 {
		return best, err
	}
	for moved := true; moved; {
		moved = false
		for _, field := range []struct {
			at   func(*Params) *float64
			grid []float64
		}{
			{func(p *Params) *float64 { return &p.Learner }, variances},
			{func(p *Params) *float64 { return &p.Skill }, variances},
			{func(p *Params) *float64 { return &p.Item }, variances},
			{func(p *Params) *float64 { return &p.Drift }, drifts},
		} {
			for _, v := range field.grid {
				p := best
				if *field.at(&p) == v {
					continue
				}
				*field.at(&p) = v
				if loss, _ := LogLoss(p, rows); loss < low {
					best, low, moved = p, loss, true
				}
			}
		}
	}
	return best, nil
}

type pair struct{ learner, skill int }

type seen struct {
	Normal
	days float64
}

// LogLoss is the mean of -ln(chance of what happened), each answer predicted from those before. Errors: Invalid.
func LogLoss(p Params, rows []Row) (float64, error) {
	if err := p.Validate(); err != nil {
		return 0, err
	}
	learners, items, skills := map[int]seen{}, map[int]Normal{}, map[pair]seen{}
	var sum, weight float64
	var asked []Normal
	for n, r := range rows {
		if math.IsNaN(r.Weight) || r.Weight < 0 || r.Weight > 1 {
			return 0, fault.Invalidf("weight", "answer %d: %v is not between 0 and 1", n+1, r.Weight)
		}
		if math.IsNaN(r.Days) || math.IsInf(r.Days, 0) {
			return 0, fault.Invalidf("days", "answer %d: %v", n+1, r.Days)
		}
		who := later(p, learners[r.Learner], r.Days, p.Learner)
		item, ok := items[r.Item]
		if !ok {
			item = Normal{Var: p.Item}
		}
		asked = asked[:0]
		for _, k := range r.Skills {
			asked = append(asked, later(p, skills[pair{r.Learner, k}], r.Days, p.Skill))
		}
		chance := Update(&who, asked, &item, r.Right, r.Weight)
		if !r.Right {
			chance = 1 - chance
		}
		sum -= r.Weight * math.Log(math.Max(chance, 1e-12))
		weight += r.Weight
		learners[r.Learner], items[r.Item] = seen{who, r.Days}, item
		for i, k := range r.Skills {
			skills[pair{r.Learner, k}] = seen{asked[i], r.Days}
		}
	}
	if weight == 0 {
		return 0, nil
	}
	return sum / weight, nil
}

func later(p Params, s seen, days, start float64) Normal {
	if s.Var == 0 {
		return Normal{Var: start}
	}
	return p.After(s.Normal, days-s.days, start)
}

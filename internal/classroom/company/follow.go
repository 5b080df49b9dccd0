package company

import (
	"kith/internal/fault"
	"kith/internal/mastery/ability"
	"kith/internal/mastery/bkt"
)

// Answer is one answer as Follow takes it. Learner, item and skills are numbers from 0.
type Answer struct {
	Learner, Item int
	Skills        []int
	Right         bool   // at the first try, without a hint
	Got           bool   // right all the same, with a hint or on a later try
	Helped, Slow  bool   // see Seen
	Mistake       string // recognised; "" none
	Options       int    // shown; 0 for typed answers
}

// Follow keeps what Chance needs while answers come by, in order of time: counters of every learner and skill, what
// mastery would believe, and abilities with the difficulty of items. Make it with NewFollow.
type Follow struct {
	params   []bkt.Params
	ability  ability.Params
	pairs    map[[2]int]*pair
	learners map[int]*ability.Normal
	items    map[int]*ability.Normal
	asks     []asks
}

type pair struct {
	seen    Seen
	ability ability.Normal
	mistake string
}

// asks is how difficult a skill's items are on average over the last answers.
type asks struct {
	mean float64
	n    int
}

// NewFollow begins with no answers. params are mastery's, one for each skill. Errors: Invalid.
func NewFollow(params []bkt.Params, a ability.Params) (*Follow, error) {
	if len(params) == 0 {
		return nil, fault.Invalidf("skills", "no skills")
	}
	for i := range params {
		if err := params[i].Validate(); err != nil {
			return nil, err
		}
	}
	if err := a.Validate(); err != nil {
		return nil, err
	}
	return &Follow{params: params, ability: a, pairs: map[[2]int]*pair{}, learners: map[int]*ability.Normal{}, items: map[int]*ability.Normal{}, asks: make([]asks, len(params))}, nil
}

// Seen is what stands of a learner and a skill, and whether they have had InARow in a row: then Seen is theirs up to the
// answer before. Errors: Invalid when the skill is unknown.
func (f *Follow) Seen(learner, skill int) (s Seen, got bool, err error) {
	if skill < 0 || skill >= len(f.params) {
		return s, false, fault.Invalidf("skill", "%d is not between 0 and %d", skill, len(f.params)-1)
	}
	p := f.pair(learner, skill)
	s = p.seen
	who := f.learner(learner)
	s.Ability = ability.Normal{Mean: who.Mean + p.ability.Mean - f.asks[skill].mean, Var: who.Var + p.ability.Var}
	return s, p.seen.RightRun >= InARow, nil
}

// Add takes the next answer. Once somebody has had InARow in a row in a skill, their counters of it stand still, until an
// answer that is not right: there they begin anew, for who had got there may still want company later.
// Errors: Invalid when a skill is unknown or there is none.
func (f *Follow) Add(a Answer) error {
	if len(a.Skills) == 0 {
		return fault.Invalidf("skills", "an answer to item %d asks none", a.Item)
	}
	for _, k := range a.Skills {
		if k < 0 || k >= len(f.params) {
			return fault.Invalidf("skill", "%d is not between 0 and %d", k, len(f.params)-1)
		}
	}
	const window = 200 // answers over which a skill's difficulty is averaged; ours
	item, ok := f.items[a.Item]
	if !ok {
		item = &ability.Normal{Mean: f.asks[a.Skills[0]].mean, Var: f.ability.Item}
		f.items[a.Item] = item
	}
	pairs, before, skills := make([]*pair, len(a.Skills)), make([]float64, len(a.Skills)), make([]ability.Normal, len(a.Skills))
	for i, k := range a.Skills {
		pairs[i] = f.pair(a.Learner, k)
		before[i] = f.params[k].Before(pairs[i].seen.Belief, 1)
		skills[i] = pairs[i].ability
	}
	ability.Update(f.learner(a.Learner), skills, item, a.Right, 1)
	seen := bkt.Answer{Correct: a.Right, Options: a.Options, Helped: a.Helped, Taught: true, Weight: 1}
	for i, k := range a.Skills {
		p, rest := pairs[i], 1.0
		for j := range before {
			if j != i {
				rest *= before[j]
			}
		}
		p.ability = skills[i]
		p.seen.Belief = bkt.Belief{Known: f.params[k].After(before[i], rest, seen), Due: seen.Due()}
		p.count(a)
		d := &f.asks[k]
		d.n = min(d.n+1, window)
		d.mean += (item.Mean - d.mean) / float64(d.n)
	}
	return nil
}

func (p *pair) count(a Answer) {
	s := &p.seen
	if s.RightRun >= InARow {
		if a.Right {
			return
		}
		p.seen, p.mistake = Seen{Belief: s.Belief, Params: s.Params}, ""
	}
	s.Answers++
	if a.Helped {
		s.Helped++
	}
	if a.Slow {
		s.Slow++
	}
	if a.Right || a.Got { // with help, it is neither a run of rights nor one of not-yets
		s.NotYetRun, s.SameMistake, p.mistake = 0, 0, ""
		s.RightRun++
		if !a.Right {
			s.RightRun = 0
		}
		return
	}
	s.RightRun = 0
	s.NotYetRun++
	switch {
	case a.Mistake == "":
		s.SameMistake = 0
	case a.Mistake == p.mistake:
		s.SameMistake++
	default:
		s.SameMistake = 1
	}
	p.mistake = a.Mistake
}

func (f *Follow) pair(learner, skill int) *pair {
	at := [2]int{learner, skill}
	p, ok := f.pairs[at]
	if !ok {
		q := f.params[skill]
		p = &pair{seen: Seen{Params: q, Belief: q.Start()}, ability: ability.Normal{Var: f.ability.Skill}}
		f.pairs[at] = p
	}
	return p
}

func (f *Follow) learner(n int) *ability.Normal {
	who, ok := f.learners[n]
	if !ok {
		who = &ability.Normal{Var: f.ability.Learner}
		f.learners[n] = who
	}
	return who
}

// Outcome says what became of a learner's first answers to a skill, given whether each was right: stuck when the first
// Within brought no InARow in a row, at the answer which did it otherwise; neither (0, false, false) when there are too few.
func Outcome(right []bool) (got int, stuck, known bool) {
	run := 0
	for i, r := range right[:min(len(right), Within)] {
		run++
		if !r {
			run = 0
		}
		if run == InARow {
			return i + 1, false, true
		}
	}
	return 0, len(right) >= Within, len(right) >= Within
}

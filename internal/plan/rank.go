package plan

import (
	"cmp"
	"math"
	"slices"

	"kith/internal/fault"
	"kith/internal/mastery"
	"kith/internal/skill"
)

// Numbers of the ranking, all chosen by us; the usual ones are those of mastery's first model.
const (
	near         = 0.8  // of a goal's weight reaches the skill one edge beneath it
	later        = 0.5  // of the weight of an objective that is still open has the next open one: the author's order is strong
	background   = 0.01 // what the unit's objectives count beside goals that a person set
	halfDays     = 28   // a goal so many days farther away weighs half
	dayless      = 56   // a goal without a day weighs like one so many days away
	usualLearn   = 0.12 // chance that one opportunity teaches
	usualKnown   = 0.25 // belief before any answer
	plannedKnown = 0.95 // belief in what the check showed or the plan brings first
	usualMinutes = 30
	againMinutes = 5 // a look at what only time has touched is short
)

// Choice is a ready skill with what it is worth to do now:
//
//	Value = Mass × Ready × Gain / Minutes + Urgency
//
// Mass is what the goals' open skills weigh, this one and those that rest on it: a fifth less for each edge between, half
// for every four weeks until the day, and shared among all that a skill still waits for, so that no goal counts twice.
// Ready is the chance that what it rests on is known; Gain what one opportunity adds to the chance that it is known itself,
// P(T)(1 − P(L)) of knowledge tracing. Urgency is the same for what fades: Mass × what one look brings back / Minutes.
type Choice struct {
	Skill   skill.ID `json:"skill"`
	Toward  skill.ID `json:"toward,omitempty"` // the nearest open skill that a person's goal names, itself perhaps; "" = none
	Mass    float64  `json:"mass"`
	Ready   float64  `json:"ready"`
	Gain    float64  `json:"gain"`
	Minutes float64  `json:"minutes"`
	Urgency float64  `json:"urgency,omitempty"`
	Value   float64  `json:"value"`
}

// weigh ranks every skill of the unit that is open or faded. It takes O(n + e) for n skills and e edges.
func (b *builder) weigh() {
	order := b.in.Graph.Order()
	n := len(order)
	at := make(map[skill.ID]int, n)
	inside, todo, waits, before := make([]bool, n), make([]bool, n), make([]bool, n), make([][]int, n)
	for i, id := range order {
		at[id] = i
		_, inside[i] = b.objectives[id]
		todo[i] = inside[i] && b.todo(id)
		waits[i] = todo[i] // or rests on one that is; what lies outside the unit asks for nothing itself
		for _, p := range b.in.Graph.Prerequisites(id) {
			before[i] = append(before[i], at[p])
			waits[i] = waits[i] || waits[at[p]]
		}
	}
	own, named := b.weights(at)
	mass := make([]float64, n)
	far, toward := make([]int, n), make([]int, n) // edges to the nearest open skill that a goal names, plus one; that skill
	b.worth = make(map[skill.ID]Choice, len(b.order))
	for i, id := range slices.Backward(order) {
		if todo[i] {
			mass[i] += own[i]
			if named[i] {
				far[i], toward[i] = 1, i
			}
			c := b.choice(id, mass[i])
			if far[i] > 0 {
				c.Toward = order[toward[i]]
			}
			b.worth[id] = c
		}
		open := 0
		for _, p := range before[i] {
			if waits[p] {
				open++
			}
		}
		for _, p := range before[i] {
			if waits[p] {
				mass[p] += near * mass[i] / float64(open)
			}
			// The nearest goal; of two as near the one that weighs more.
			if f := far[i] + 1; f > 1 && (far[p] == 0 || f < far[p] || f == far[p] && own[toward[i]] > own[toward[p]]) {
				far[p], toward[p] = f, toward[i]
			}
		}
	}
}

// todo reports whether a skill asks for something: it is not known, or only time has touched it.
func (b *builder) todo(id skill.ID) bool { return !b.known[id] || b.in.Outlook.Faded[id] }

// weights are what each skill counts by itself, and which of them a person's goals name, both by place. Without goals, and a
// little beside them, the unit's objectives count, the first open one most.
func (b *builder) weights(at map[skill.ID]int) (own []float64, named []bool) {
	own, named = make([]float64, len(at)), make([]bool, len(at))
	w := 1.0
	if len(b.in.Goals) > 0 {
		w = background
	}
	for _, part := range b.in.Unit.Parts {
		open := false
		for _, id := range b.skillsOf[part.Objective] {
			if b.objectives[id].ID == part.Objective {
				own[at[id]] = w
				open = open || b.todo(id)
			}
		}
		if open {
			w *= later
		}
	}
	for _, t := range b.in.Goals {
		soon := math.Exp2(-float64(dayless) / halfDays)
		if t.Due > 0 && b.in.Outlook.Today > 0 {
			soon = math.Exp2(-max(0, float64(t.Due-b.in.Outlook.Today)) / halfDays)
		}
		for _, s := range t.Skills {
			own[at[s.Skill]] += s.Weight * soon
			named[at[s.Skill]] = true
		}
	}
	return own, named
}

func (b *builder) choice(id skill.ID, mass float64) Choice {
	c := Choice{Skill: id, Mass: mass, Ready: b.readiness(id), Minutes: b.minutes(id)}
	if b.in.Outlook.Faded[id] {
		c.Minutes = againMinutes
		c.Urgency = mass * b.believed(id) * (1 - b.recall(id)) / c.Minutes
	} else {
		learn, ok := b.in.Outlook.Learn[id]
		if !ok {
			learn = usualLearn
		}
		c.Gain = learn * (1 - b.believed(id))
	}
	c.Value = c.Mass*c.Ready*c.Gain/c.Minutes + c.Urgency
	return c
}

// readiness is the chance that all a skill rests on is known when its turn comes: what was never asked does not count
// against it, what the plan brings first counts as learned.
func (b *builder) readiness(id skill.ID) float64 {
	if p, ok := b.in.Outlook.Ready[id]; ok {
		return p
	}
	p := 1.0
	for _, pre := range b.in.Graph.Prerequisites(id) {
		e := b.in.Estimates[pre]
		_, inside := b.objectives[pre]
		switch {
		case e.Status == mastery.Secure:
			p *= e.PKnown * b.recall(pre)
		case inside:
			p *= plannedKnown
		case e.Attempts > 0:
			p *= e.PKnown
		}
	}
	return p
}

func (b *builder) believed(id skill.ID) float64 {
	if e, ok := b.in.Estimates[id]; ok {
		return e.PKnown
	}
	return usualKnown
}

func (b *builder) recall(id skill.ID) float64 {
	if r, ok := b.in.Outlook.Recall[id]; ok {
		return r
	}
	return 1
}

func (b *builder) minutes(id skill.ID) float64 {
	if m, ok := b.in.Outlook.Minutes[id]; ok {
		return m
	}
	if m := b.skills[id].Minutes; m > 0 {
		return float64(m)
	}
	return usualMinutes
}

// choices are the skills that are ready now or faded, best first; of equals the first in teaching order.
func (b *builder) choices() []Choice {
	var out []Choice
	for _, id := range b.order {
		c, ok := b.worth[id]
		if ok && (b.in.Outlook.Faded[id] || !b.have[id] && b.ready(id)) && !b.vetoed(NewLine(Practice, "", id, "").Key) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(x, y Choice) int { return cmp.Compare(y.Value, x.Value) })
	return out[:min(len(out), MaxChoices)]
}

// nextReady is the ready skill that comes next: the first that the days ask for where they leave little room, else the
// one worth most.
func (b *builder) nextReady() (skill.ID, bool) {
	for _, id := range b.in.Outlook.Order {
		if _, inside := b.objectives[id]; inside && !b.have[id] && b.ready(id) {
			return id, true
		}
	}
	best, found := skill.ID(""), false
	for _, id := range b.order {
		if !b.have[id] && b.ready(id) && (!found || b.worth[id].Value > b.worth[best].Value) {
			best, found = id, true
		}
	}
	return best, found
}

// check refuses numbers of the outlook and goals that are out of range, and goals that name a skill outside the unit.
func (b *builder) check() error {
	o := b.in.Outlook
	for _, id := range b.order {
		for _, part := range []struct {
			name string
			of   map[skill.ID]float64
		}{{"learn", o.Learn}, {"recall", o.Recall}, {"ready", o.Ready}} {
			if v, ok := part.of[id]; ok && (math.IsNaN(v) || v < 0 || v > 1) {
				return fault.Invalidf(part.name, "%v of skill %s is not between 0 and 1", v, id)
			}
		}
		if v, ok := o.Minutes[id]; ok && (math.IsNaN(v) || math.IsInf(v, 0) || v <= 0) {
			return fault.Invalidf("minutes", "%v of skill %s is not above 0", v, id)
		}
	}
	for _, t := range b.in.Goals {
		for _, s := range t.Skills {
			if _, ok := b.objectives[s.Skill]; !ok {
				return fault.Invalidf("goals", "skill %s is not of this unit", s.Skill)
			}
			if math.IsNaN(s.Weight) || math.IsInf(s.Weight, 0) || s.Weight <= 0 {
				return fault.Invalidf("goals", "the weight %v of skill %s is not above 0", s.Weight, s.Skill)
			}
		}
	}
	return nil
}

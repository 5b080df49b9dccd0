// Package simulate is learners that are not our model, to test it on.
//
// In: a World (how many learners, skills and items, how they differ, how they come upon items) and a seed. Out: a log of
// answers, or single learners who answer when asked, whose true knowledge can be looked at. The learners here know skills
// by degrees and lack some outright, gain slowly and by insight, forget between days, have moods and days on which they do
// not try; prerequisites carry over. Neither Bayesian knowledge tracing nor an additive model generates such answers, so an
// estimate that does well on them has not been given its own assumptions back.
//
// The worlds of worlds.go have the counts of published sets of logs; everything else about them is chosen by us.
//
// Place in the flow: layer 2. Benches and tests call it.
package simulate

import (
	"math"
	"math/rand/v2"
	"slices"
)

// World is how learners, skills and items are. Spreads are standard deviations, in logits where nothing else is said.
type World struct {
	Name     string
	Learners int
	Skills   int
	Items    int

	Rows, RowsSpread float64 // answers of a learner: median, and the standard deviation of its logarithm
	RowsMin, RowsMax int

	Ability, PerSkill     float64 // spread of learners, and of a learner between skills
	SkillHard, ItemHard   float64 // spread of skills' difficulty, and of items within a skill
	Ease                  float64 // added to everybody's logit
	Kin                   float64 // spread of a learner between groups of items that are alike or hang together
	KinSize               int     // items of such a group, next to each other in the author's order
	Primes                float64 // spread of what the item just before, right or not, does to an item
	Class                 float64 // spread of classes in ability, and of an item's difficulty between problem sets of classes
	Slope                 float64 // spread of the logarithm of an item's discrimination
	Guess, Choice         float64 // chance of a lucky right answer to a typed item; share of items with four choices
	Slip                  float64
	Lacking               float64 // chance that a middling learner lacks a skill outright at first
	Insight               float64 // chance that an opportunity ends that
	Gain, GainOver        float64 // logits to be gained in a skill by practice; opportunities until 63 % of them are
	Transfer              float64 // share of a skill's standing that comes from its prerequisites
	Forget                float64 // logits lost, at most, per e-fold of days
	Mood, Careless        float64 // spread of a slowly moving mood; share of sessions in which nobody tries
	Block                 int     // answers to one skill before the next one comes
	UntilThree            bool    // a block ends after three right answers in a row
	Fixed                 float64 // share of problem sets whose items come in one order
	SetSize               int     // items of a problem set
	Review                float64 // chance that a block is one seen before
	Retry                 float64 // chance of another try at the same item after an answer that was not right
	Hints                 float64 // mean number of further tries after which an item gives itself away
	Scaffold              float64 // share of items that are followed by smaller steps after an answer that was not right
	TwoSkills             float64 // share of items that ask two skills
	SkillIsItem, NoSkills bool    // the log tells skills as items; the log tells no skills
}

// lacks is what somebody who lacks a skill outright is short of, in logits. Chosen by us: nearly only guessing is left.
const lacks = 3.0

// Item is an item of a school.
type Item struct {
	Skill, Second int // Second is -1 for an item of one skill
	Hard, Slope   float64
	Guess         float64
	Kin           int   // the group of items that it is alike with, or hangs together with
	GivesAway     int   // further tries after which anybody is right
	Steps         []int // smaller items that follow an answer that was not right
}

// School is the skills and items of a world, drawn once.
type School struct {
	World World
	Items []Item
	Pools [][]int // items of each skill, in the author's order
	Needs [][]int // prerequisites of each skill, all of lower index
	hard  []float64
	kin   int
}

// Open draws the skills and items of a world. The same seed draws the same school.
func (w World) Open(seed uint64) *School {
	r := rand.New(rand.NewPCG(seed, 0x5c4001))
	s := &School{World: w, Pools: make([][]int, w.Skills), Needs: make([][]int, w.Skills), hard: make([]float64, w.Skills)}
	share := make([]float64, w.Skills) // a few skills have many items: Zipf with exponent .7, chosen by us
	var sum float64
	for k := range share {
		share[k] = math.Pow(float64(k+1), -.7)
		sum += share[k]
		s.hard[k] = w.SkillHard * r.NormFloat64()
	}
	r.Shuffle(len(share), func(i, j int) { share[i], share[j] = share[j], share[i] })
	for k := range w.Skills {
		for back := 1; back <= min(3, k); back++ {
			if r.Float64() < .5/float64(back) {
				s.Needs[k] = append(s.Needs[k], k-back)
			}
		}
		for n := range max(1, int(share[k]/sum*float64(w.Items))) {
			if n%max(1, w.KinSize) == 0 {
				s.kin++
			}
			s.Pools[k] = append(s.Pools[k], s.add(r, k))
		}
	}
	return s
}

func (s *School) add(r *rand.Rand, skill int) int {
	w := s.World
	it := Item{Skill: skill, Second: -1, Kin: s.kin, Hard: s.hard[skill] + w.ItemHard*r.NormFloat64(), Slope: math.Exp(w.Slope * r.NormFloat64()), Guess: w.Guess}
	if r.Float64() < w.Choice {
		it.Guess = .25
	}
	if skill > 0 && r.Float64() < w.TwoSkills {
		it.Second = r.IntN(skill)
	}
	it.GivesAway = 1 + int(r.ExpFloat64()*w.Hints)
	at := len(s.Items)
	s.Items = append(s.Items, it)
	if r.Float64() < w.Scaffold {
		for n := 1 + r.IntN(3); n > 0; n-- {
			step := it
			step.Steps, step.Hard = nil, it.Hard-.7+.5*r.NormFloat64()
			s.Items[at].Steps = append(s.Items[at].Steps, len(s.Items))
			s.Items = append(s.Items, step)
		}
	}
	return at
}

// Learner is somebody who answers. Days go by when Rest is called.
type Learner struct {
	school  *School
	r       *rand.Rand
	ability float64
	alike   uint64
	before  uint64    // the item just before and what came of it
	own     []float64 // standing in each skill beside ability
	lack    []bool
	gained  []float64 // opportunities had, less what was forgotten
	mood    float64
	trying  bool
	speed   float64 // how fast practice helps: factor around 1
}

// Learner draws a learner of the school, from a class whose mean ability is above logits over the school's. The same seed draws the same learner.
func (s *School) Learner(seed uint64, above float64) *Learner {
	w := s.World
	l := &Learner{school: s, r: rand.New(rand.NewPCG(seed, 0x1ea4)), trying: true}
	l.ability = above + w.Ability*l.r.NormFloat64()
	l.alike = l.r.Uint64()
	l.speed = math.Exp(.5 * l.r.NormFloat64())
	l.own, l.lack, l.gained = make([]float64, w.Skills), make([]bool, w.Skills), make([]float64, w.Skills)
	for k := range l.own {
		var before float64
		shaky := 0.0
		for _, p := range s.Needs[k] {
			before += l.own[p] / float64(len(s.Needs[k]))
			if l.lack[p] {
				shaky = 1.5
			}
		}
		l.own[k] = w.Transfer*before + math.Sqrt(1-w.Transfer*w.Transfer)*w.PerSkill*l.r.NormFloat64()
		l.lack[k] = l.r.Float64() < sigmoid(logit(w.Lacking)-l.ability+shaky)
	}
	return l
}

// Knows is the true chance that the learner, trying and in no mood, is right on a typed item of middling difficulty of the
// skill: what a good estimate of mastery ought to follow.
func (l *Learner) Knows(skill int) float64 {
	w := l.school.World
	return w.Guess + (1-w.Guess-w.Slip)*sigmoid(l.standing(skill)+w.Ease-l.school.hard[skill])
}

func (l *Learner) standing(skill int) float64 {
	w := l.school.World
	v := l.ability + l.own[skill] + w.Gain*(1-math.Exp(-l.gained[skill]*l.speed/w.GainOver))
	if l.lack[skill] {
		v -= lacks
	}
	return v
}

// Try answers an item for the try-th time in a row, from 1, and learns from it.
func (l *Learner) Try(item, try int) bool {
	w, it := l.school.World, l.school.Items[item]
	if w.Mood > 0 {
		l.mood = .9*l.mood + math.Sqrt(1-.81)*w.Mood*l.r.NormFloat64()
	}
	v := l.standing(it.Skill)
	if it.Second >= 0 {
		v = (v + min(v, l.standing(it.Second))) / 2 // the weaker one weighs more
	}
	if w.Kin > 0 {
		v += w.Kin * rand.New(rand.NewPCG(l.alike, uint64(it.Kin))).NormFloat64()
	}
	if w.Primes > 0 && l.before > 0 {
		v += w.Primes * rand.New(rand.NewPCG(l.before, uint64(item))).NormFloat64()
	}
	p := it.Guess + (1-it.Guess-w.Slip)*sigmoid(it.Slope*(v+w.Ease-it.Hard)+l.mood)
	if !l.trying {
		p = it.Guess + .05
	}
	if try > 1 {
		p = 1 - (1-p)*.75 // what was tried is ruled out
	}
	if try > it.GivesAway {
		p = .98
	}
	right := l.r.Float64() < p
	l.before = uint64(item)*2 + 2
	if right {
		l.before++
	}
	l.learn(it.Skill)
	if it.Second >= 0 {
		l.learn(it.Second)
	}
	return right
}

func (l *Learner) learn(skill int) {
	if !l.trying {
		return
	}
	l.gained[skill]++
	if l.lack[skill] && l.r.Float64() < l.school.World.Insight*l.speed {
		l.lack[skill] = false
	}
}

// Rest lets days go by: some of what was gained is lost, and the mood is another.
func (l *Learner) Rest(days float64) {
	w := l.school.World
	keep := math.Exp(-w.Forget * math.Log1p(days))
	for k := range l.gained {
		l.gained[k] *= keep
	}
	l.mood = w.Mood * l.r.NormFloat64()
	l.trying = l.r.Float64() >= w.Careless
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func logit(p float64) float64 { return math.Log(p / (1 - p)) }

// line is the items of a problem set: a run of a skill's pool, in the author's order or shuffled by r.
func (s *School) line(r *rand.Rand, skill, set int) []int {
	pool := s.Pools[skill]
	size := max(1, s.World.SetSize)
	from := set * size % len(pool)
	items := slices.Clone(pool[from:min(len(pool), from+size)])
	// Whether a set comes in one order is a property of the set.
	fixed := rand.New(rand.NewPCG(uint64(skill), uint64(from))).Float64() < s.World.Fixed
	if !fixed {
		r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	}
	return items
}

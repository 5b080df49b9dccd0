package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"

	"kith/internal/mastery"
	"kith/internal/mastery/bkt"
	"kith/internal/measure"
	"kith/internal/phrase"
	"kith/internal/simulate"
)

// policyBench lets the same simulated learners practise under different rules for when a skill is done, and looks at what they truly
// know. The learners are not the engine's model (package simulate).
type policyBench struct {
	Learners int    `help:"How many." default:"500"`
	Answers  int    `help:"How many answers each of them has." default:"300"`
	Seed     uint64 `help:"Of the school and its learners." default:"1"`
	JSON     bool   `name:"json" help:"Print JSON."`
}

const (
	trulyKnown = .7 // chance of a right answer to a typed item of middling difficulty from which a skill is truly known; chosen by us
	enough     = 25 // answers to one skill after which every rule goes on to the next; chosen by us
	fixedCount = 10 // answers a skill under the fixed order; chosen by us: what the other rules take, about
	fittedOn   = 60 // learners of an earlier year, on whom mastery is fitted: two classes
	later      = 30 // days after which it is looked at once more
)

// rule says when somebody is done with a skill.
type rule struct {
	name  string
	begin func(skill int)
	done  func(item int, right bool) bool // after each answer
}

// span is a mean over learners with the half of its 95 % interval.
type span struct {
	Mean measure.Figure `json:"mean"`
	Half measure.Figure `json:"half_95"`
}

type policyFigures struct {
	Policy   string `json:"policy"`
	Declared span   `json:"skills_declared"`      // a learner
	ToDone   span   `json:"answers_to_done"`      // a declared skill
	False    span   `json:"false_mastery"`        // share of declared skills that are not truly known
	Over     span   `json:"over_practice"`        // answers a visited skill after it was truly known
	Missed   span   `json:"known_not_declared"`   // share of truly known skills among those given up
	Known    span   `json:"skills_known"`         // truly, a learner, when the answers are used up
	Later    span   `json:"skills_known_30_days"` // and after a rest
}

type policyReport struct {
	World    string          `json:"world"`
	Learners int             `json:"learners"`
	Answers  int             `json:"answers"`
	Skills   int             `json:"skills"`
	Seed     uint64          `json:"seed"`
	Policies []policyFigures `json:"policies"`
}

// Run simulates and prints.
func (c *policyBench) Run() error { return c.run(os.Stdout) }

func (c *policyBench) run(out io.Writer) error {
	r, err := c.figures()
	if err != nil {
		return err
	}
	if c.JSON {
		e := json.NewEncoder(out)
		e.SetIndent("", " ")
		return e.Encode(r)
	}
	words, err := catalogue()
	if err != nil {
		return err
	}
	fmt.Fprintln(out, words.Say(phrase.Default, phrase.Of("bench.policy.head", "learners", r.Learners, "answers", r.Answers, "skills", r.Skills, "seed", int(r.Seed))))
	fmt.Fprintf(out, "\n| policy | skills declared | answers to done | false mastery | over-practice | known, not declared | skills known | 30 days later |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, p := range r.Policies {
		fmt.Fprintf(out, "| %s |", p.Policy)
		for _, s := range []span{p.Declared, p.ToDone, p.False, p.Over, p.Missed, p.Known, p.Later} {
			if math.IsNaN(float64(s.Mean)) {
				fmt.Fprint(out, "  |") // the rule gives up on nothing
				continue
			}
			fmt.Fprintf(out, " %.2f ± %.2f |", s.Mean, s.Half)
		}
		fmt.Fprintln(out)
	}
	return nil
}

func (c *policyBench) figures() (*policyReport, error) {
	worlds := simulate.Worlds()
	w := worlds[len(worlds)-1]
	w.Learners = fittedOn
	school := w.Open(c.Seed)
	year, err := school.Answers(c.Seed)
	if err != nil {
		return nil, err
	}
	tracing, err := fitTracing(year)
	if err != nil {
		return nil, err
	}
	params := make([]bkt.Params, w.Skills)
	for k := range params {
		params[k] = bkt.Usual()
	}
	for k, name := range year.Skills {
		var n int
		if _, err := fmt.Sscanf(name, "s%d", &n); err == nil {
			params[n] = tracing.params[k]
		}
	}
	usual := make([]bkt.Params, w.Skills)
	for k := range usual {
		usual[k] = bkt.Usual()
	}
	r := &policyReport{World: w.Name, Learners: c.Learners, Answers: c.Answers, Skills: w.Skills, Seed: c.Seed}
	for _, p := range []*rule{byMastery("mastery, fitted", params), byMastery("mastery, first day", usual), inARow(3), fixed(fixedCount)} {
		r.Policies = append(r.Policies, c.simulate(school, p))
	}
	return r, nil
}

// byMastery is the engine's own rule: the criterion of package mastery on beliefs with these parameters.
func byMastery(name string, params []bkt.Params) *rule {
	criterion := mastery.First().Params
	var p *bkt.Params
	var b bkt.Belief
	right := map[int]bool{}
	return &rule{
		name:  name,
		begin: func(skill int) { p, b = &params[skill], params[skill].Start(); clear(right) },
		done: func(item int, correct bool) bool {
			a := bkt.Answer{Correct: correct, Taught: true, Weight: 1}
			b = bkt.Belief{Known: p.After(p.Before(b, 1), 1, a), Due: a.Due()}
			if correct {
				right[item] = true
			}
			return correct && len(right) >= criterion.Items && b.Known >= criterion.Secure
		},
	}
}

// inARow is done after n right answers in a row.
func inARow(n int) *rule {
	row := 0
	return &rule{
		name:  fmt.Sprintf("%d in a row", n),
		begin: func(int) { row = 0 },
		done: func(_ int, correct bool) bool {
			if row++; !correct {
				row = 0
			}
			return row >= n
		},
	}
}

// fixed is done after n answers, whatever they were.
func fixed(n int) *rule {
	count := 0
	return &rule{
		name:  fmt.Sprintf("fixed order, %d each", n),
		begin: func(int) { count = 0 },
		done:  func(int, bool) bool { count++; return count >= n },
	}
}

// means gathers one number a learner.
type means struct{ n, sum, square float64 }

func (m *means) add(v float64) {
	if !math.IsNaN(v) { // nothing to say of this learner, such as a share of nothing
		m.n++
		m.sum += v
		m.square += v * v
	}
}

func (m *means) span() span {
	mean := m.sum / m.n
	return span{measure.Figure(mean), measure.Figure(1.96 * math.Sqrt(max(m.square/m.n-mean*mean, 0)/(m.n-1)))}
}

// simulate lets every learner practise under a rule. The learners are the same for every rule; what differs is what they
// are given.
func (c *policyBench) simulate(school *simulate.School, p *rule) policyFigures {
	var declared, toDone, wrong, over, missed, known, after means
	for n := range c.Learners {
		l := school.Learner(c.Seed<<20+uint64(n), 0)
		o := practise(school, l, p, c.Answers, rand.New(rand.NewPCG(c.Seed, uint64(n))))
		declared.add(o.declared)
		toDone.add(o.answers / o.declared)
		wrong.add(o.wrong / o.declared)
		over.add(o.over / o.visited)
		missed.add(o.missed / o.givenUp)
		known.add(trulyKnows(school, l))
		l.Rest(later)
		after.add(trulyKnows(school, l))
	}
	return policyFigures{p.name, declared.span(), toDone.span(), wrong.span(), over.span(), missed.span(), known.span(), after.span()}
}

func trulyKnows(school *simulate.School, l *simulate.Learner) (n float64) {
	for k := range school.World.Skills {
		if l.Knows(k) >= trulyKnown {
			n++
		}
	}
	return n
}

// outcome is what became of one learner, in counts.
type outcome struct{ visited, declared, answers, wrong, over, givenUp, missed float64 }

// practise goes through the skills in the author's order, each until the rule is content or enough was given, items at random and
// none twice before all were asked.
func practise(school *simulate.School, l *simulate.Learner, p *rule, left int, r *rand.Rand) (o outcome) {
	session := 0
	for skill := 0; skill < school.World.Skills && left > 0; skill++ {
		p.begin(skill)
		o.visited++
		pool := school.Pools[skill]
		order := r.Perm(len(pool))
		done, given := false, 0.0
		for given < enough && left > 0 && !done {
			if session == 0 {
				l.Rest(2 * r.ExpFloat64())
				session = 20
			}
			session--
			left--
			if l.Knows(skill) >= trulyKnown {
				o.over++
			}
			item := pool[order[int(given)%len(pool)]]
			given++
			done = p.done(item, l.Try(item, 1))
		}
		known := l.Knows(skill) >= trulyKnown
		switch {
		case done:
			o.declared++
			o.answers += given
			if !known {
				o.wrong++
			}
		case left > 0:
			o.givenUp++
			if known {
				o.missed++
			}
		}
	}
	return o
}

package company

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"testing"

	"kith/internal/mastery/ability"
	"kith/internal/mastery/bkt"
)

// A school of learners of two makes, neither of them a model that Chance works with. Half learn bit by bit: the chance of
// a right answer rises along a logistic curve with every answer (Cen, Koedinger and Junker, 2006), from abilities, skills
// and items of different difficulty, at a pace of the learner's own. Half learn all at once, the sooner the abler they are.
// One pair of learner and skill in seven hardly moves, holding on to one mistake. Help is asked for and time is taken the
// more, the harder it is. Learners leave a skill after three or four rights in a row or, one time in two, after some answers.
type school struct{ learners, skills, items int }

func (c school) answers(seed uint64) (out []Answer) {
	r := rand.New(rand.NewPCG(seed, 77))
	skill, item := make([]float64, c.skills), make([]float64, c.items)
	for k := range skill {
		skill[k] = 0.9 * r.NormFloat64()
	}
	for i := range item {
		item[i] = skill[i%c.skills] + 0.6*r.NormFloat64()
	}
	for who := range c.learners {
		able, fast := 0.9*r.NormFloat64(), math.Exp(0.5*r.NormFloat64())
		order := r.Perm(c.skills)
		for _, k := range order[:c.skills*2/3] {
			p := someone{at: able + 0.6*r.NormFloat64() + 0.4, pace: 0.18 * fast * math.Exp(0.5*r.NormFloat64()), sudden: who%2 == 0, holds: r.IntN(7) == 0}
			if p.holds {
				p.at, p.pace = p.at-0.7, 0.02
			}
			p.knows = r.Float64() < logistic(1.5*(p.at-skill[k])-0.8)
			enough, leaves := 3+r.IntN(2), 14
			if r.IntN(2) == 0 {
				leaves = 3 + r.IntN(9)
			}
			for n, run := 0, 0; n < leaves && run < enough; n++ {
				a := p.answer(r, n, item, k+c.skills*r.IntN(c.items/c.skills))
				a.Learner, a.Skills = who, []int{k}
				if run++; !a.Right {
					run = 0
				}
				out = append(out, a)
			}
		}
	}
	return out
}

// someone is somebody at one skill.
type someone struct {
	at, pace             float64
	sudden, knows, holds bool
}

func (p *someone) answer(r *rand.Rand, n int, item []float64, i int) Answer {
	x := p.at + p.pace*float64(n) - item[i]
	right := 0.08 + 0.87*logistic(1.3*x)
	if p.sudden {
		right = logistic(-1.2 - 0.5*item[i])
		if p.knows {
			right = logistic(2.2 - 0.5*item[i])
		}
		p.knows = p.knows || r.Float64() < p.pace
		x = logOdds(right)
	}
	a := Answer{Item: i, Right: r.Float64() < right, Slow: r.Float64() < 0.05+0.25*logistic(-x)}
	if r.Float64() < 0.45*logistic(-1.5*x-0.5) {
		a.Helped, a.Right = true, false
	}
	if !a.Right && r.Float64() < 0.6 {
		a.Mistake = fmt.Sprint(r.IntN(3))
		if p.holds && r.IntN(4) > 0 {
			a.Mistake = "held"
		}
	}
	return a
}

// follow runs through the answers, with parameters fitted to the first answers when there are any, and gives the undecided
// cases after 3 to 9 of them.
func follow(t testing.TB, answers []Answer, params []bkt.Params, a ability.Params, at func(n int) bool) (cases []Case) {
	t.Helper()
	f, err := NewFollow(params, a)
	if err != nil {
		t.Fatal(err)
	}
	type moment struct {
		seen Seen
		pair [2]int
	}
	var open []moment
	rights := map[[2]int][]bool{}
	for _, x := range answers {
		if err := f.Add(x); err != nil {
			t.Fatal(err)
		}
		for _, k := range x.Skills {
			p := [2]int{x.Learner, k}
			rights[p] = append(rights[p], x.Right)
			if s, got, _ := f.Seen(x.Learner, k); !got && len(rights[p]) < Within && at(s.Answers) && s.Answers == len(rights[p]) {
				open = append(open, moment{s, p})
			}
		}
	}
	for _, m := range open {
		if got, stuck, known := Outcome(rights[m.pair]); known && (stuck || got > m.seen.Answers) {
			cases = append(cases, Case{m.seen, Within - m.seen.Answers, stuck})
		}
	}
	return cases
}

// fitted are parameters of mastery from the answers themselves.
func fitted(t testing.TB, answers []Answer, skills int) []bkt.Params {
	t.Helper()
	l, err := bkt.NewLog(skills)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		if err := l.Add(a.Learner, a.Skills, nil, bkt.Answer{Correct: a.Right, Taught: true, Weight: 1}); err != nil {
			t.Fatal(err)
		}
	}
	f, err := bkt.Fit(l, bkt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f.Skills
}

func chances(t testing.TB, w Weights, cases []Case) (p []float64) {
	t.Helper()
	for _, c := range cases {
		v, err := w.Chance(c.Seen, c.Next)
		if err != nil {
			t.Fatal(err)
		}
		p = append(p, v)
	}
	return p
}

// auc is the chance that a stuck case is ranked above another one (Mann and Whitney), ties half.
func auc(cases []Case, p []float64) float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(a, b int) bool { return p[order[a]] < p[order[b]] })
	var ranks, stuck float64
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && p[order[j]] == p[order[i]] {
			j++
		}
		for _, n := range order[i:j] {
			if cases[n].Stuck {
				ranks += float64(i+j+1) / 2
				stuck++
			}
		}
		i = j
	}
	rest := float64(len(order)) - stuck
	return (ranks - stuck*(stuck+1)/2) / (stuck * rest)
}

// training are the cases of the simulated school, in two parts: a school on its first day, with Usual parameters, and one
// that has fitted its own.
func training(t testing.TB) []Case {
	answers := school{600, 40, 240}.answers(1)
	all := func(n int) bool { return n >= 2 }
	usual := make([]bkt.Params, 40)
	for i := range usual {
		usual[i] = bkt.Usual()
	}
	cases := follow(t, answers, usual, ability.Usual(), all)
	return append(cases, follow(t, answers, fitted(t, answers, 40), ability.Usual(), all)...)
}

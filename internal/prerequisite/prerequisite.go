// Package prerequisite says which prerequisites a school's answers speak for, and which ones they speak against. It proposes, with the
// counts; people change the graph.
//
// What it cannot see: learners who can much can do easy and hard things, so a hard skill may look as if it needed an easy one
// that it has nothing to do with. That is why a person decides.
//
// In go first answers and the edges that stand, out come Proposals, the surest first. A learner counts as able to do a skill
// or not by their first answers to its items; whoever answered too little or half and half does not count. Pure: no clock,
// no store, no chance.
//
// The tests are those of knowledge spaces learned from answers (Desmarais, Maluf and Liu, 1995, "User-expertise modeling with
// empirically derived probabilistic implication networks", UMUAI 5, §3): that a skill is hardly ever had without the other,
// and that the two are not independent. Among so many pairs some look right by chance, so what is proposed is held to a
// false discovery rate (Benjamini and Hochberg, 1995, JRSS B 57).
//
// Place in the flow: layer 2, judgement.
package prerequisite

import (
	"cmp"
	"math/bits"
	"slices"

	"kith/internal/measure"
)

// Answer is a learner's first answer to an item, without help. People and skills are numbered from 0. Order in time matters:
// of each learner's answers to a skill the first few count, before practice has changed what they can do.
type Answer struct {
	Person, Skill int
	Right         bool
}

// Edge says that From is a prerequisite of To.
type Edge struct{ From, To int }

// Counts are learners of whom both skills are known: who can do both, the prerequisite alone, the other alone, neither.
type Counts struct{ Both, OnlyFrom, OnlyTo, Neither int }

// Kind is what is proposed.
type Kind string

// What can be proposed of an edge.
const (
	Add   Kind = "add"   // the answers speak for it, and nothing that stands implies it
	Doubt Kind = "doubt" // it stands, and many can do the skill without its prerequisite
)

// Proposal is an edge with what speaks for it. Chance is the p-value of the weakest of its tests, in [0, 1].
type Proposal struct {
	Kind Kind
	Edge
	Counts
	Chance float64
}

// The bounds, all chosen by us.
const (
	firstAnswers = 4   // of a learner to a skill
	leastAnswers = 2   // fewer say nothing of a learner
	leastKnown   = 40  // learners of whom both skills are known
	leastSide    = 8   // of them on each side of each skill: who can, who cannot
	rare         = .25 // a skill is "hardly ever" had without the other when fewer than this can do it who cannot do the other; leaves room for guesses
	common       = .35 // and an edge is doubted when more than this can
	alike        = .15 // and whoever has the prerequisite does better by less than this, at most
	discovery    = .05 // the share of proposals that may be chance
)

// Of proposes edges to add and to doubt. skills is how many there are; edges are those that stand, and may hold a cycle.
// Add never proposes what stands, what follows from it, or what would close a cycle.
func Of(answers []Answer, skills int, edges []Edge) []Proposal {
	able := abilities(answers, skills)
	direct := map[Edge]bool{}
	reach := reachable(skills, edges)
	for _, e := range edges {
		direct[e] = true
	}
	var add, doubt []Proposal
	for from := range skills {
		for to := range skills {
			if from == to {
				continue
			}
			c, enough := count(able[from], able[to])
			if !enough {
				continue
			}
			p := Proposal{Edge: Edge{from, to}, Counts: c}
			switch {
			case direct[p.Edge]:
				p.Kind, p.Chance = Doubt, againstIt(c)
				doubt = append(doubt, p)
			case !reach[from][to] && !reach[to][from]:
				p.Kind, p.Chance = Add, forIt(c)
				add = append(add, p)
			}
		}
	}
	out := append(reduced(held(add), skills, edges), held(doubt)...)
	slices.SortFunc(out, surest)
	return out
}

func surest(a, b Proposal) int {
	return cmp.Or(cmp.Compare(a.Chance, b.Chance), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
}

// people is a set of learners, a bit each.
type people []uint64

func (p people) with(person int) { p[person/64] |= 1 << (person % 64) }

// among counts who is in both.
func (p people) among(other people) (n int) {
	for i, w := range p {
		n += bits.OnesCount64(w & other[i])
	}
	return n
}

// able is who can do a skill by their first answers, and who cannot; whoever answered too little or half and half is in neither.
type able struct{ can, cannot people }

// abilities are by skill.
func abilities(answers []Answer, skills int) []able {
	persons := 0
	for _, a := range answers {
		persons = max(persons, a.Person+1)
	}
	type tally struct{ n, right int8 }
	all := make([]tally, persons*skills)
	for _, a := range answers {
		if t := &all[a.Person*skills+a.Skill]; t.n < firstAnswers {
			t.n++
			if a.Right {
				t.right++
			}
		}
	}
	out := make([]able, skills)
	for k := range out {
		out[k] = able{make(people, (persons+63)/64), make(people, (persons+63)/64)}
		for person := range persons {
			switch t := all[person*skills+k]; {
			case t.n < leastAnswers || 2*t.right == t.n:
			case 2*t.right > t.n:
				out[k].can.with(person)
			default:
				out[k].cannot.with(person)
			}
		}
	}
	return out
}

func count(from, to able) (c Counts, enough bool) {
	c = Counts{from.can.among(to.can), from.can.among(to.cannot), from.cannot.among(to.can), from.cannot.among(to.cannot)}
	sides := min(c.Both+c.OnlyFrom, c.Both+c.OnlyTo, c.OnlyTo+c.Neither, c.OnlyFrom+c.Neither)
	return c, sides >= leastSide && c.Both+c.OnlyFrom+c.OnlyTo+c.Neither >= leastKnown
}

// forIt is the p-value of the weakest of three: To is rare without From; From without To is more frequent than the other way
// round (else the two are one); and the two are not independent.
func forIt(c Counts) float64 {
	if without := c.OnlyTo + c.Neither; float64(c.OnlyTo) >= rare*float64(without) || c.OnlyTo >= c.OnlyFrom {
		return 1 // it would be about a half, at least; most pairs end here
	}
	return max(
		atMost(c.OnlyTo, c.OnlyTo+c.Neither, rare),
		atMost(c.OnlyTo, c.OnlyTo+c.OnlyFrom, .5), // McNemar, 1947, exact
		fisher(c),
	)
}

// againstIt is the p-value of To being common without From; 1 where whoever has From may well do better by a good deal.
func againstIt(c Counts) float64 {
	with, without := measure.Share(c.Both, c.Both+c.OnlyFrom, measure.OneSided95), measure.Share(c.OnlyTo, c.OnlyTo+c.Neither, measure.OneSided95)
	if measure.Less(with, without).High >= alike {
		return 1
	}
	return atLeast(c.OnlyTo, c.OnlyTo+c.Neither, common)
}

// held keeps what a false discovery rate allows.
func held(all []Proposal) []Proposal {
	slices.SortFunc(all, surest)
	keep := 0
	for i, p := range all {
		if p.Chance <= discovery*float64(i+1)/float64(len(all)) {
			keep = i + 1
		}
	}
	return all[:keep]
}

// reduced leaves out what the others, with the edges that stand, imply, and what would close a cycle with surer ones.
func reduced(add []Proposal, skills int, edges []Edge) []Proposal {
	stand := following(skills, edges)
	var taken []Proposal
	for _, p := range add { // the surest first
		if !leads(stand, p.To, p.From) {
			stand[p.From] = append(stand[p.From], p.To)
			taken = append(taken, p)
		}
	}
	var out []Proposal
	for _, p := range taken {
		at := slices.Index(stand[p.From], p.To)
		stand[p.From] = slices.Delete(stand[p.From], at, at+1)
		if !leads(stand, p.From, p.To) {
			out = append(out, p)
		}
		stand[p.From] = append(stand[p.From], p.To)
	}
	return out
}

func following(skills int, edges []Edge) [][]int {
	next := make([][]int, skills)
	for _, e := range edges {
		next[e.From] = append(next[e.From], e.To)
	}
	return next
}

// leads reports whether edges lead from one skill to another.
func leads(next [][]int, from, to int) bool { return onward(next, from)[to] }

// onward is where edges lead from a skill.
func onward(next [][]int, from int) []bool {
	seen := make([]bool, len(next))
	todo := slices.Clone(next[from])
	for len(todo) > 0 {
		k := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !seen[k] {
			seen[k] = true
			todo = append(todo, next[k]...)
		}
	}
	return seen
}

// reachable says of each pair whether edges lead from the first to the second.
func reachable(skills int, edges []Edge) [][]bool {
	next, out := following(skills, edges), make([][]bool, skills)
	for from := range out {
		out[from] = onward(next, from)
	}
	return out
}

package bkt

import (
	"math"

	"kith/internal/fault"
)

// Log gathers answers for Fit, compactly: 20 bytes for each skill that an answer asks. Make it with NewLog.
type Log struct {
	skills  int
	rows    int
	cells   []cell // one for each skill of each answer, in the order of adding
	classes []class
	classOf map[class]uint16
	several bool // an answer asks more than one skill
}

type cell struct {
	learner, skill, row uint32
	kept                float32
	class               uint16
}

// class is a kind of answer: all that Fit needs of it.
type class struct {
	right, unlearned bool
	floor            float64 // of guessing
	weight           float64 // exponent of its likelihood
	due              float64 // share of an occasion to learn
}

// NewLog is an empty log of answers about so many skills, numbered from 0. Errors: Invalid when there is none.
func NewLog(skills int) (*Log, error) {
	if skills < 1 {
		return nil, fault.Invalidf("skills", "%d skills", skills)
	}
	return &Log{skills: skills, classOf: map[class]uint16{}}, nil
}

// maxLearner is the highest number of a learner: work grows with it.
const maxLearner = 1 << 24

// Add appends an answer of a learner, numbered from 0, to an item that asks the skills, the item's own first. kept,
// beside them, says with what chance each is still at hand since this learner's last answer that asked it, nil that
// nothing fades. A learner's answers come in order; learners may take turns.
// Errors: Invalid when a skill is unknown or stands twice, kept is outside [0, 1], or the answer cannot be.
func (l *Log) Add(learner int, skills []int, kept []float64, a Answer) error {
	if err := a.Validate(); err != nil {
		return err
	}
	if len(skills) == 0 || kept != nil && len(kept) != len(skills) {
		return fault.Invalidf("skills", "%d skills, %d chances that they are kept", len(skills), len(kept))
	}
	if learner < 0 || learner > maxLearner {
		return fault.Invalidf("learner", "%d is not between 0 and %d", learner, maxLearner)
	}
	for i, s := range skills {
		if s < 0 || s >= l.skills {
			return fault.Invalidf("skill", "%d is not between 0 and %d", s, l.skills-1)
		}
		for _, t := range skills[:i] {
			if s == t {
				return fault.Invalidf("skill", "%d stands twice", s)
			}
		}
		if kept != nil && !(kept[i] >= 0 && kept[i] <= 1) {
			return fault.Invalidf("kept", "%v is not between 0 and 1", kept[i])
		}
	}
	c := class{right: a.Correct, unlearned: a.Unlearned, floor: a.floor(), weight: a.exponent(), due: a.Due()}
	n, ok := l.classOf[c]
	if !ok {
		if len(l.classes) > math.MaxUint16 {
			return fault.Invalidf("weight", "more than %d kinds of answers", math.MaxUint16)
		}
		n = uint16(len(l.classes))
		l.classes = append(l.classes, c)
		l.classOf[c] = n
	}
	for i, s := range skills {
		k := float32(1)
		if kept != nil {
			k = float32(kept[i])
		}
		l.cells = append(l.cells, cell{uint32(learner), uint32(s), uint32(l.rows), k, n})
	}
	l.several = l.several || len(skills) > 1
	l.rows++
	return nil
}

// Answers is the number of answers in the log.
func (l *Log) Answers() int { return l.rows }

// panel is a log in the order of skills, then learners, then time, so that one skill's answers lie together.
type panel struct {
	classes []class
	cells   []cell
	starts  []int     // of each learner's sequence in one skill; the last is len(cells)
	first   []int     // per skill the first of its sequences; the last is the number of sequences
	rest    []float64 // chance that an answer's other skills are known; nil when no answer asks several
	before  []float64 // chance of knowing before each answer, from the last pass; nil likewise
	rows    [][]int   // cells of each answer that asks several
}

func (l *Log) panel() *panel {
	p := &panel{classes: l.classes}
	p.cells = sorted(sorted(l.cells, func(c *cell) uint32 { return c.learner }), func(c *cell) uint32 { return c.skill })
	p.first = make([]int, l.skills+1)
	for i := range p.cells {
		c := &p.cells[i]
		if i == 0 || c.skill != p.cells[i-1].skill || c.learner != p.cells[i-1].learner {
			p.starts = append(p.starts, i)
			p.first[c.skill+1]++
		}
	}
	p.starts = append(p.starts, len(p.cells))
	for s := range l.skills {
		p.first[s+1] += p.first[s]
	}
	if !l.several {
		return p
	}
	p.rest, p.before = make([]float64, len(p.cells)), make([]float64, len(p.cells))
	rows := make([][]int, l.rows)
	for i := range p.cells {
		p.rest[i] = 1
		rows[p.cells[i].row] = append(rows[p.cells[i].row], i)
	}
	for _, r := range rows {
		if len(r) > 1 {
			p.rows = append(p.rows, r)
		}
	}
	return p
}

// sorted orders cells by a key, stably, in linear time.
func sorted(cells []cell, key func(*cell) uint32) []cell {
	var most uint32
	for i := range cells {
		most = max(most, key(&cells[i]))
	}
	at := make([]int, int(most)+2)
	for i := range cells {
		at[key(&cells[i])+1]++
	}
	for i := 1; i < len(at); i++ {
		at[i] += at[i-1]
	}
	out := make([]cell, len(cells))
	for i := range cells {
		k := key(&cells[i])
		out[at[k]] = cells[i]
		at[k]++
	}
	return out
}

// share takes what the last pass believed of an answer's other skills into the next.
func (p *panel) share() {
	for _, r := range p.rows {
		for _, i := range r {
			rest := 1.0
			for _, j := range r {
				if j != i {
					rest *= p.before[j]
				}
			}
			p.rest[i] = rest
		}
	}
}

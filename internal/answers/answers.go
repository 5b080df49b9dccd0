// Package answers is what many learners answered, in order: the input of fits and benches.
//
// In: one answer after another by name. Out: the same with names as numbers, grouped by learner. It knows nothing of
// estimates, and nothing of the school that the answers came from; a file of somebody else's data looks the same.
//
// Place in the flow: layer 1.
package answers

import (
	"slices"
	"strings"

	"kith/internal/fault"
)

// Row is one answer: to one item with all its skills.
type Row struct {
	Learner int32 // index into Log.Learners
	Item    int32 // index into Log.Items
	Set     int32 // index into Log.Sets: the skills that the answer speaks of
	Correct bool
	At      int64 // ms since 1970 UTC, 0 when it is not known
}

// Log holds the answers of many learners. It is read only; logs made by Part share names with their origin.
type Log struct {
	Learners, Items, Skills []string

	Rows   []Row     // grouped by learner, in the learner's order
	Start  []int     // the rows of learner l are Rows[Start[l]:Start[l+1]]
	Sets   [][]int32 // the combinations of skills that occur, each sorted by index and not empty
	Pseudo int       // rows without a skill: their item stands for one, named "item:" and the item's name
}

// Of is the answers of one learner, in order.
func (l *Log) Of(learner int) []Row { return l.Rows[l.Start[learner]:l.Start[learner+1]] }

// Active is how many learners have an answer.
func (l *Log) Active() int {
	n := 0
	for i := range l.Learners {
		if l.Start[i] < l.Start[i+1] {
			n++
		}
	}
	return n
}

// Timed reports whether every answer says when it was given.
func (l *Log) Timed() bool {
	return len(l.Rows) > 0 && !slices.ContainsFunc(l.Rows, func(r Row) bool { return r.At == 0 })
}

// Part is the log of those learners whom keep says yes to; the others stay in Learners with no rows.
func (l *Log) Part(keep func(learner int) bool) *Log {
	p := *l
	p.Rows, p.Start = nil, make([]int, len(l.Start))
	for i := range l.Learners {
		if keep(i) {
			p.Rows = append(p.Rows, l.Of(i)...)
		}
		p.Start[i+1] = len(p.Rows)
	}
	return &p
}

// Builder gathers answers. Learners may come interleaved; those of one learner are kept in the order in which they come.
type Builder struct {
	learners, items, skills, sets index
	set                           [][]int32
	rows                          []Row
	pseudo                        int
	scratch                       []int32
	key                           []byte
}

// NewBuilder is an empty builder.
func NewBuilder() *Builder { return &Builder{} }

// Add takes one answer. skills may be empty: then the item stands for its own skill. At is ms since 1970, 0 if unknown.
// Errors: Invalid when learner, item or a skill has no name, or at is negative.
func (b *Builder) Add(learner, item string, skills []string, correct bool, at int64) error {
	if learner == "" {
		return fault.Invalidf("user", "it is empty")
	}
	if item == "" {
		return fault.Invalidf("item", "it is empty")
	}
	if at < 0 {
		return fault.Invalidf("ts", "%d is before 1970", at)
	}
	b.scratch = b.scratch[:0]
	for _, s := range skills {
		if s == "" {
			return fault.Invalidf("skill", "a skill in %q has no name", strings.Join(skills, ";"))
		}
		if k := b.skills.of(s); !slices.Contains(b.scratch, k) {
			b.scratch = append(b.scratch, k)
		}
	}
	if len(skills) == 0 {
		b.pseudo++
		b.scratch = append(b.scratch, b.skills.of("item:"+item))
	}
	b.rows = append(b.rows, Row{Learner: b.learners.of(learner), Item: b.items.of(item), Set: b.setOf(), Correct: correct, At: at})
	return nil
}

// setOf is the number of the combination in scratch.
func (b *Builder) setOf() int32 {
	slices.Sort(b.scratch)
	b.key = b.key[:0]
	for _, k := range b.scratch {
		b.key = append(b.key, byte(k), byte(k>>8), byte(k>>16), byte(k>>24))
	}
	n := b.sets.of(string(b.key))
	if int(n) == len(b.set) {
		b.set = append(b.set, slices.Clone(b.scratch))
	}
	return n
}

// Log groups what was added by learner; learners, items and skills stand in the order in which they first came.
// Errors: Invalid when nothing was added.
func (b *Builder) Log() (*Log, error) {
	if len(b.rows) == 0 {
		return nil, fault.Invalidf("answers", "there is none")
	}
	l := &Log{Learners: b.learners.names, Items: b.items.names, Skills: b.skills.names, Sets: b.set, Pseudo: b.pseudo}
	l.Start = make([]int, len(l.Learners)+1)
	for _, r := range b.rows {
		l.Start[r.Learner+1]++
	}
	for i := range l.Learners {
		l.Start[i+1] += l.Start[i]
	}
	l.Rows = make([]Row, len(b.rows))
	next := slices.Clone(l.Start)
	for _, r := range b.rows {
		l.Rows[next[r.Learner]] = r
		next[r.Learner]++
	}
	return l, nil
}

// index numbers names in the order in which they first come.
type index struct {
	byName map[string]int32
	names  []string
}

func (x *index) of(name string) int32 {
	if n, ok := x.byName[name]; ok {
		return n
	}
	if x.byName == nil {
		x.byName = map[string]int32{}
	}
	name = strings.Clone(name) // it may be a piece of a whole file
	n := int32(len(x.names))
	x.byName[name], x.names = n, append(x.names, name)
	return n
}

// Join is two logs as one with the names of both numbered together, and from which learner on the second log's begin. A
// name of a learner that stands in both is taken for two people, and twice says how many there are.
func Join(first, second *Log) (both *Log, from, twice int) {
	b := NewBuilder()
	known := map[string]bool{}
	for _, n := range first.Learners {
		known[n] = true
	}
	add := func(l *Log, mark string) {
		for i, name := range l.Learners {
			for _, r := range l.Of(i) {
				skills := make([]string, 0, 4)
				for _, k := range l.Sets[r.Set] {
					skills = append(skills, l.Skills[k])
				}
				_ = b.Add(name+mark, l.Items[r.Item], skills, r.Correct, r.At) // it was valid in its own log
			}
		}
	}
	add(first, "")
	from = len(b.learners.names)
	for _, n := range second.Learners {
		if known[n] {
			twice++
		}
	}
	add(second, "\x00second") // no name in a file holds a NUL
	both, _ = b.Log()
	both.Pseudo = first.Pseudo + second.Pseudo
	for i := from; i < len(both.Learners); i++ {
		both.Learners[i] = strings.TrimSuffix(both.Learners[i], "\x00second")
	}
	return both, from, twice
}

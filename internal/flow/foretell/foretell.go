// Package foretell keeps what a school's answers taught the prediction head, so that practice can choose items by the chance
// of success, and says where that head and what people see disagree.
//
// It knows how the head's state is made: a fold over all first answers of the school up to the last midnight, worked out in
// the background when somebody first practises that day, and kept in memory alone. Nothing of it is stored as belief about a
// learner, and a program that was started anew makes the same of the same evidence. How a learner stands today is told by
// their own answers, which the caller has.
//
// Only the readable head is used: it knows no order of items, so nothing that a person may read can come from it.
//
// Place in the flow: layer 4, beneath the rooms of the day. It registers no verb, and writes nothing.
package foretell

import (
	"encoding/json"
	"sync"

	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/predict"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// Numbers of the fold; all ours.
const (
	// Floor is how many answers a school needs before the head chooses: in the first thousand its chances are .05 to .06
	// off on average, after that .02 (docs/bench/engine.md, from zero).
	Floor = 1_000

	mostWeights  = 100_000 // of items and crosses, 4 MiB; what is met later is told by what is coarser
	mostLearners = 2_000   // whose history is at hand while the fold runs, some 6 KiB each; who answered longest ago begins anew
	mostTold     = 20_000  // last answers whose chance is kept, to compare with mastery
	page         = 2_000   // answers read at once
)

// school is the head's state for one school, as of one midnight. It does not change once it is made.
type school struct {
	mu      sync.Mutex // the model works out one chance at a time
	model   *predict.Model
	answers int
	items   map[item.ID]int32
	skills  map[skill.ID]int32
	told    []told // the last mostTold answers, a ring from next on
	next    int
}

// told is a chance that was given before an answer, and what came of it.
type told struct {
	fact    string
	learner roster.PersonID
	item    int32
	chance  float32
	right   bool
}

type key struct{}

// of is the school's state, if it is there.
func of(l *flow.Look) (s *school, ok bool, err error) {
	midnight, err := l.Midnight()
	if err != nil {
		return nil, false, err
	}
	s, ok = flow.Behind(l, key{}, midnight, func(read flow.Read) (*school, error) { return fold(read, midnight) })
	return s, ok, nil
}

// fold works the state out from the answers before an instant, in the order of their acts.
func fold(read flow.Read, beforeMs int64) (*school, error) {
	s := &school{model: predict.FromZeroWithin(predict.Readable, mostWeights), items: map[item.ID]int32{}, skills: map[skill.ID]int32{}}
	h := histories{by: map[roster.PersonID]*history{}}
	for after := ""; ; {
		var rows []db.FirstTriesBeforeRow
		err := read(func(l *flow.Look) (err error) {
			rows, err = l.Q().FirstTriesBefore(l.Ctx(), db.FirstTriesBeforeParams{SchoolID: l.School(), AfterID: after, BeforeMs: beforeMs, Most: page})
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if err := s.learn(&h, r); err != nil {
				return nil, err
			}
		}
		if len(rows) < page {
			return s, nil
		}
		after = rows[len(rows)-1].ID
	}
}

func (s *school) learn(h *histories, r db.FirstTriesBeforeRow) error {
	var others []skill.ID
	if r.Others != "[]" {
		if err := json.Unmarshal([]byte(r.Others), &others); err != nil {
			return err
		}
	}
	a := predict.Ask{Item: number(s.items, item.ID(r.ItemID)), Skills: s.numbers(skill.ID(r.SkillID), others), At: at(r.HappenedMs, r.ReceivedMs)}
	right := item.Outcome(r.Outcome) == item.Right && r.Hints == 0
	who := roster.PersonID(r.LearnerID)
	chance, err := s.model.Learn(h.of(who), a, right)
	if err != nil {
		return err
	}
	s.answers++
	t := told{r.ID, who, a.Item, float32(chance), right}
	if len(s.told) < mostTold {
		s.told = append(s.told, t)
		return nil
	}
	s.told[s.next] = t
	s.next = (s.next + 1) % mostTold
	return nil
}

// numbers are those of an answer's skills, new ones for those not met before.
func (s *school) numbers(first skill.ID, others []skill.ID) []int32 {
	out := []int32{number(s.skills, first)}
	for _, id := range others {
		if id != first {
			out = append(out, number(s.skills, id))
		}
	}
	return out
}

func number[K comparable](m map[K]int32, k K) int32 {
	n, ok := m[k]
	if !ok {
		n = int32(len(m))
		m[k] = n
	}
	return n
}

// at is when it was answered: the device's claim where it is possible, else when it was received.
func at(happenedMs, receivedMs int64) int64 {
	if happenedMs > 0 && happenedMs <= receivedMs {
		return happenedMs
	}
	return receivedMs
}

// histories are the learners' own while the fold runs.
type histories struct {
	by map[roster.PersonID]*history
	n  int // answers so far
}

type history struct {
	predict.Learner
	last int // the answer at which it was used last
}

// of is a learner's history. Where there are too many, the half that answered longest ago is forgotten, so that what is
// forgotten depends on the answers alone.
func (h *histories) of(who roster.PersonID) *predict.Learner {
	h.n++
	l, ok := h.by[who]
	if !ok {
		if len(h.by) >= mostLearners {
			h.forget()
		}
		l = &history{}
		h.by[who] = l
	}
	l.last = h.n
	return &l.Learner
}

func (h *histories) forget() {
	lasts := make([]int, 0, len(h.by))
	for _, l := range h.by {
		lasts = append(lasts, l.last)
	}
	middle := median(lasts)
	for who, l := range h.by {
		if l.last < middle {
			delete(h.by, who)
		}
	}
}

// Chances are those of a right first answer without help to each of some items, now, for the learner whose own kept facts
// these are, in Seq order. nil while the school's state is being made, or has fewer than Floor answers: then the caller goes
// by what mastery believes. It is the same for as long as the learner answers nothing, to the end of the day.
func Chances(l *flow.Look, facts []evidence.Fact, items []item.Item) (map[item.ID]float64, error) {
	s, ok, err := of(l)
	if err != nil || !ok || s.answers < Floor {
		return nil, err
	}
	now, err := l.Midnight()
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	k := &known{school: s, items: map[item.ID]int32{}, skills: map[skill.ID]int32{}}
	var me predict.Learner
	for _, f := range facts {
		a := f.Attempt
		if a == nil || a.Try != 1 || !a.Outcome.Counts() {
			continue
		}
		when := at(f.HappenedMs, f.ReceivedMs)
		now = max(now, when)
		if err := s.model.Observe(&me, k.ask(a.Item, append([]skill.ID{a.Skill}, a.Others...), when), a.Outcome == item.Right && a.Unaided()); err != nil {
			return nil, err
		}
	}
	out := make(map[item.ID]float64, len(items))
	for _, it := range items {
		if out[it.ID], err = s.model.Predict(&me, k.ask(it.ID, it.Skills, now)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// known numbers items and skills for one learner: as the school does, and onward for what the school has not met.
type known struct {
	school *school
	items  map[item.ID]int32
	skills map[skill.ID]int32
}

func (k *known) ask(id item.ID, skills []skill.ID, atMs int64) predict.Ask {
	a := predict.Ask{Item: onward(k.school.items, k.items, id), At: atMs}
	for i, s := range skills {
		if i == 0 || s != skills[0] {
			a.Skills = append(a.Skills, onward(k.school.skills, k.skills, s))
		}
	}
	return a
}

func onward[K comparable](school, more map[K]int32, k K) int32 {
	if n, ok := school[k]; ok {
		return n
	}
	if n, ok := more[k]; ok {
		return n
	}
	more[k] = int32(len(school) + len(more))
	return more[k]
}

package predict

// The variances of ability before the first answer, and what each answer adds to them because learners change: a Kalman
// filter on the log-odds beyond the item's own (Glickman 1999, "Parameter estimation in large dynamic paired comparison
// experiments"; Pelánek 2016 for learners). Chosen by us on simulated schools of five kinds; the weights of
// the model correct what they get wrong.
const (
	abilityStart = 1.0
	abilityDrift = 0.004
	skillStart   = 0.7
	skillDrift   = 0.02
)

// decays are how much of a moving average stays with each further answer: what happened just now, lately, and over weeks.
// The three are those of the specification.
var decays = [3]float32{.6, .85, .97}

// Learner is what the model keeps of one learner's answers. The zero value is somebody who has answered nothing. It is
// worked out from the answers alone and can always be worked out again.
type Learner struct {
	n, right float32
	over     float32    // sum of right less what the item's own rate led to expect
	recent   [3]float32 // moving averages of right (less everybody's rate)
	beyond   [3]float32 // and of right less what the item's own rate led to expect
	again    [2]float32 // the same at .85, apart: fresh items, and further tries at one
	last     [6]float32 // the last answers, newest first: 1, -1, or 0 for none
	row      float32    // length of the run of equal answers, negative when they were not right
	ability  float32
	variance float32 // of ability, less abilityStart, so that zero is a beginning
	at       int64

	item, set  uint64 // what was asked last: item+1, and the key of its skills
	item2      uint64 // and before that
	correct    bool
	correct2   bool
	tries      int // answers in a row to the item asked last
	skillIndex sparse
	skills     []skillHistory
	itemIndex  sparse
	items      []itemHistory
}

type skillHistory struct {
	n, right float32
	over     float32
	recent   [3]float32
	beyond   [3]float32
	last     [5]float32
	row      float32
	ability  float32
	variance float32 // less skillStart
	seen     float32 // the learner's n when it was asked last
	at       int64
}

type itemHistory struct {
	n, right float32
	last     float32
	seen     float32
	at       int64
}

// Forget makes the learner one who has answered nothing, keeping the room.
func (l *Learner) Forget() {
	skills, items, si, ii := l.skills[:0], l.items[:0], l.skillIndex, l.itemIndex
	si.clear()
	ii.clear()
	*l = Learner{skills: skills, items: items, skillIndex: si, itemIndex: ii}
}

var noSkill skillHistory

func (l *Learner) skill(k int32) *skillHistory {
	if at := l.skillIndex.find(k); at >= 0 {
		return &l.skills[at]
	}
	return &noSkill // read only
}

func (l *Learner) itemOf(i int32) itemHistory {
	if at := l.itemIndex.find(i); at >= 0 {
		return l.items[at]
	}
	return itemHistory{}
}

// observe moves the history by one answer.
func (l *Learner) observe(r *rates, a Ask, correct bool) {
	hard := r.of(a)
	c, sign := float32(0), float32(-1)
	if correct {
		c, sign = 1, 1
	}
	expected := sigmoid(hard)
	beyond, recent := c-expected, c-r.overall()
	again := 0
	if l.item == uint64(a.Item)+1 {
		again = 1
	}
	l.again[again] += (1 - decays[1]) * (beyond - l.again[again])
	l.able(a, hard, c)
	l.n++
	l.right += c
	l.over += beyond
	for d, keep := range decays {
		l.recent[d] += (1 - keep) * (recent - l.recent[d])
		l.beyond[d] += (1 - keep) * (beyond - l.beyond[d])
	}
	copy(l.last[1:], l.last[:5])
	l.last[0] = sign
	l.row = longer(l.row, sign)
	for _, k := range a.Skills {
		h := &l.skills[l.skillIndex.find(k)] // able made it
		h.n++
		h.right += c
		h.over += beyond
		for d, keep := range decays {
			h.recent[d] += (1 - keep) * (recent - h.recent[d])
			h.beyond[d] += (1 - keep) * (beyond - h.beyond[d])
		}
		copy(h.last[1:], h.last[:4])
		h.last[0] = sign
		h.row = longer(h.row, sign)
		h.seen, h.at = l.n, a.At
	}
	l.remember(a, correct, c, sign, again == 1)
}

// remember keeps what was asked last and what came of it.
func (l *Learner) remember(a Ask, correct bool, c, sign float32, again bool) {
	at := l.itemIndex.add(a.Item)
	if at == len(l.items) {
		l.items = append(l.items, itemHistory{})
	}
	h := &l.items[at]
	h.n++
	h.right += c
	h.last, h.seen, h.at = sign, l.n, a.At
	if again {
		l.tries++
	} else {
		l.tries = 1
	}
	l.item2, l.correct2 = l.item, l.correct
	l.item, l.set, l.correct, l.at = uint64(a.Item)+1, setKey(a.Skills), correct, a.At
}

// able moves ability, and ability in each skill, by one step of the filter: logit = ability + mean over skills + hard.
func (l *Learner) able(a Ask, hard, c float32) {
	share := 1 / float32(len(a.Skills))
	x, v := l.ability+hard, l.variance+abilityStart
	total := v
	for _, k := range a.Skills {
		at := l.skillIndex.add(k)
		if at == len(l.skills) {
			l.skills = append(l.skills, skillHistory{})
		}
		h := &l.skills[at]
		x += h.ability * share
		total += (h.variance + skillStart) * share * share
	}
	p := sigmoid(x)
	info := p * (1 - p)
	gain := (c - p) / (1 + info*total)
	shrink := info / (1 + info*total)
	l.ability += v * gain
	l.variance = min(v*(1-v*shrink)+abilityDrift, abilityStart) - abilityStart
	for _, k := range a.Skills {
		h := &l.skills[l.skillIndex.find(k)]
		v := h.variance + skillStart
		h.ability += v * share * gain
		h.variance = min(v*(1-v*share*share*shrink)+skillDrift, skillStart) - skillStart
	}
}

// longer is a run of equal answers with one more.
func longer(row, sign float32) float32 {
	if row*sign > 0 {
		return row + sign
	}
	return sign
}

// sparse finds the place of an index among those that one learner has met: open addressing, at most half full. It grows
// by doubling, so that a learner who meets nothing new allocates nothing.
type sparse struct {
	slots []slot
	n     int
}

type slot struct{ index, place int32 } // index+1; 0 is free

func (s *sparse) start(index int32) int {
	return int(uint32(index+1) * 0x9e3779b1 >> 8 & uint32(len(s.slots)-1))
}

// find is the place of an index, -1 when it was never added.
func (s *sparse) find(index int32) int {
	if s.n == 0 {
		return -1
	}
	for at := s.start(index); ; at = (at + 1) & (len(s.slots) - 1) {
		switch s.slots[at].index {
		case index + 1:
			return int(s.slots[at].place)
		case 0:
			return -1
		}
	}
}

// add is find, with a new place for an index that was never added: the number of those before.
func (s *sparse) add(index int32) int {
	if place := s.find(index); place >= 0 {
		return place
	}
	if 2*(s.n+1) > len(s.slots) {
		old := s.slots
		s.slots = make([]slot, max(8, 2*len(old)))
		for _, o := range old {
			if o.index != 0 {
				s.put(o)
			}
		}
	}
	s.put(slot{index + 1, int32(s.n)})
	s.n++
	return s.n - 1
}

func (s *sparse) put(o slot) {
	at := s.start(o.index - 1)
	for s.slots[at].index != 0 {
		at = (at + 1) & (len(s.slots) - 1)
	}
	s.slots[at] = o
}

func (s *sparse) clear() {
	clear(s.slots)
	s.n = 0
}

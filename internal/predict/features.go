package predict

import "math"

// Dense is how many features every answer has. They are scaled so that most lie within [-2, 2].
const Dense = 48

// xAbility is the place of ability + ability in the skills, by which a model from zero begins to foretell.
const xAbility = 3

// contexts are the circumstances in which the dense weights differ: what an answer tells about the next one is another thing on a
// second try at one item than on a fresh item of a skill not met before.
const (
	freshSkill = iota // an item and skills that the learner has not met
	freshItem         // an item not met, of skills that were
	revisit           // an item met, and others since
	retry             // the item asked just before, which went right
	retryAfter        // the item asked just before, which did not
	contexts
)

// skillTerms are the weights that each skill has: alone, ln(1+successes), ln(1+failures), the last answers on it.
const skillTerms = 4

// row is one answer as the model sees it, before its outcome.
type row struct {
	x       [Dense]float32
	context int
	slope   float32 // ability: what the item's slope multiplies
	keys    [families]uint64
	skills  []int32
	terms   [][skillTerms]float32
}

// fill works the row out from what is known before the answer.
func (w *row) fill(r *rates, l *Learner, a Ask) {
	w.skills, w.terms = a.Skills, w.terms[:0]
	item := l.itemOf(a.Item)
	s := w.fillSkills(l, a)
	again := l.item == uint64(a.Item)+1
	switch {
	case again && l.correct:
		w.context = retry
	case again:
		w.context = retryAfter
	case item.n > 0:
		w.context = revisit
	case s.n > 0:
		w.context = freshItem
	default:
		w.context = freshSkill
	}
	w.slope = l.ability + s.ability
	w.fillDense(l, a, item, &s)
	w.fillKeys(l, a, item, &s)
}

// fillSkills is the mean history over the skills of the ask, and the terms of each.
func (w *row) fillSkills(l *Learner, a Ask) skillHistory {
	var s skillHistory
	share := 1 / float32(len(a.Skills))
	for i, k := range a.Skills {
		h := l.skill(k)
		w.terms = append(w.terms, [skillTerms]float32{share, share * log1p(h.right), share * log1p(h.n-h.right), share * 2 * h.beyond[1]})
		if i == 0 {
			s = *h
			if len(a.Skills) == 1 {
				return s
			}
			s.n, s.right, s.over, s.row, s.ability, s.variance, s.seen, s.at = 0, 0, 0, 0, 0, 0, 0, 0
			s.recent, s.beyond = [3]float32{}, [3]float32{}
		}
		s.n += h.n * share
		s.right += h.right * share
		s.over += h.over * share
		s.row += h.row * share
		s.ability += h.ability * share
		s.variance += h.variance * share
		s.seen = max(s.seen, h.seen)
		s.at = max(s.at, h.at)
		for d := range decays {
			s.recent[d] += h.recent[d] * share
			s.beyond[d] += h.beyond[d] * share
		}
	}
	return s
}

// fillDense says in 48 numbers how the learner stands. What the item and the skills themselves are like is not among them:
// they have weights. Nor is how often others answered: where that hardly varies, its weight would be arbitrary, and far off for a new item.
func (w *row) fillDense(l *Learner, a Ask, item itemHistory, s *skillHistory) {
	x := &w.x
	// How the learner stands: over all answers beyond what items led to expect, then by the ability filter.
	x[0], x[1] = 4*l.over/(l.n+5), 4*s.over/(s.n+3)
	x[xAbility], x[4], x[5], x[6], x[7] = l.ability+s.ability, l.ability, s.ability, l.variance, s.variance
	// How much was answered, how much of it right, and moving averages: of everything (8 to 16), of the skills (24 to 32).
	x[8], x[9], x[10] = log1p(l.n)/4, log1p(l.right)/4, log1p(l.n-l.right)/4
	x[24], x[25], x[26] = log1p(s.n)/2, log1p(s.right)/2, log1p(s.n-s.right)/2
	for d := range decays {
		x[11+d], x[14+d] = 2*l.recent[d], 2*l.beyond[d]
		x[27+d], x[30+d] = 2*s.recent[d], 2*s.beyond[d]
	}
	// The last answers and runs of equal ones.
	copy(x[17:23], l.last[:])
	x[23] = signedLog(l.row)
	copy(x[33:36], s.last[:3])
	x[36] = signedLog(s.row)
	// How long ago the skills were asked, in answers and in time; whether they ever were.
	x[37], x[38], x[39] = 0, 0, 0
	if s.n > 0 {
		x[37], x[38], x[39] = log1p(l.n-s.seen)/3, hours(s.at, a.At)/4, 1
	}
	// The item before.
	x[2], x[40], x[41], x[42], x[43] = 0, log1p(item.n)/2, item.last, 0, 0
	if item.n > 0 {
		x[2], x[42], x[43] = hours(item.at, a.At)/4, 2*(item.right/item.n-.5), log1p(l.n-item.seen)/3
	}
	x[44], x[45] = 0, 2*l.again[0]
	if l.item == uint64(a.Item)+1 {
		x[44], x[45] = log1p(float32(l.tries)), 2*l.again[1]
	}
	x[46] = hours(l.at, a.At) / 4
	x[47] = x[xAbility] * (1 + s.variance/skillStart) // ability, as far as the skill is known
}

// hours is ln(1 + hours between two instants), 0 when one of them is not known or time runs backwards.
func hours(from, to int64) float32 {
	if from <= 0 || to <= from {
		return 0
	}
	return float32(math.Log1p(float64(to-from) / 3_600_000))
}

func signedLog(v float32) float32 {
	if v < 0 {
		return -log1p(-v)
	}
	return log1p(v)
}

// logs are ln(1+n) for counts, which is where nearly all calls fall.
var logs = func() (t [1024]float32) {
	for i := range t {
		t[i] = float32(math.Log1p(float64(i)))
	}
	return t
}()

func log1p(v float32) float32 {
	if n := int(v); n < len(logs) && float32(n) == v && n >= 0 {
		return logs[n]
	}
	return float32(math.Log1p(float64(v)))
}

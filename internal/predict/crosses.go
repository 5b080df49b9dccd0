package predict

// The families of weights that are found by key. itemSlope is the item's weight times ability, as an item's discrimination is in
// item response theory; all others count once where they hold.
const (
	anyRun      = iota // tries in a row at one item, the last three answers
	anyLast            // the last five answers on the skills
	anyCount           // how many answers there were on the skills, and how many were right
	itemBias           // item
	itemSlope          // item, times ability
	itemTries          // item, how often it was tried, what came of the last try
	itemRun            // item, tries in a row, what came of the last two answers
	itemRecent         // item, the last two answers on its skills
	skillLast          // skills, the last three answers on them
	skillLong          // skills, the last five answers on them
	skillCount         // skills, how many answers there were on them, and how many were right
	skillAgain         // skills, the last two answers, whether it is the same item
	orderSkill         // the skills before, what came of the last answer, these skills
	orderItem          // the item before, what came of it, this item
	orderSecond        // the item before that, what came of it, this item
	families
)

// readable tells which families a teacher can read: those that do not know the order of items.
var readable = [families]bool{anyRun: true, anyLast: true, anyCount: true, skillLong: true, skillCount: true, itemBias: true, itemSlope: true, itemTries: true, itemRun: true, itemRecent: true, skillLast: true, skillAgain: true}

// fillKeys names the circumstances. Two rows share a key of a family when they are in the same circumstance.
func (w *row) fillKeys(l *Learner, a Ask, item itemHistory, s *skillHistory) {
	i := uint64(a.Item) + 1
	set := setKey(a.Skills)
	again := uint64(0)
	tries := uint64(0)
	if l.item == i {
		again, tries = 1, uint64(min(l.tries, 15))
	}
	k := &w.keys
	last3 := three(s.last[0])*9 + three(s.last[1])*3 + three(s.last[2])
	last5 := last3*9 + three(s.last[3])*3 + three(s.last[4])
	count := uint64(min(s.n, 15))*16 + uint64(min(s.right, 15))
	k[anyRun] = mix(anyRun, tries, three(l.last[0])*9+three(l.last[1])*3+three(l.last[2]))
	k[anyLast] = mix(anyLast, 0, last5)
	k[anyCount] = mix(anyCount, 0, count)
	k[skillLong] = mix(skillLong, set, last5)
	k[skillCount] = mix(skillCount, set, count)
	k[itemBias] = mix(itemBias, i, 0)
	k[itemSlope] = mix(itemSlope, i, 0)
	k[itemTries] = mix(itemTries, i, uint64(min(item.n, 7))*3+three(item.last))
	k[itemRun] = mix(itemRun, i, tries*9+three(l.last[0])*3+three(l.last[1]))
	k[itemRecent] = mix(itemRecent, i, three(s.last[0])*3+three(s.last[1]))
	k[skillLast] = mix(skillLast, set, last3)
	k[skillAgain] = mix(skillAgain, set, again*9+three(l.last[0])*3+three(l.last[1]))
	k[orderItem] = mix(orderItem, i, l.item*2+bit(l.correct))
	k[orderSkill] = mix(orderSkill, set, l.set*2+bit(l.correct))
	k[orderSecond] = mix(orderSecond, i, l.item2*2+bit(l.correct2))
}

func three(last float32) uint64 { return uint64(last + 1) }

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// setKey names a combination of skills.
func setKey(skills []int32) uint64 {
	key := uint64(len(skills))
	for _, k := range skills {
		key = scramble(key ^ (uint64(k)+1)*0x9e3779b97f4a7c15)
	}
	return key
}

// mix is one number for three. Two different triples share one by a chance of about 2^-64.
func mix(family, a, b uint64) uint64 {
	key := scramble(a*0x9e3779b97f4a7c15 + b*0xc2b2ae3d27d4eb4f + family*0x165667b19e3779f9)
	if key == 0 {
		return 1 // 0 is a free place in the table
	}
	return key
}

// scramble is the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
func scramble(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

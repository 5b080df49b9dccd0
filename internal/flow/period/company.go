package period

import (
	"cmp"
	"slices"

	"kith/internal/classroom/company"
	"kith/internal/evidence"
	"kith/internal/flow/ledger"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/mastery/ability"
	"kith/internal/mastery/bkt"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// NowCompany says that somebody might want company, and why. It exists here alone, for today's lesson: it is worked out
// when a teacher looks, and stored nowhere.
type NowCompany struct {
	Learner roster.PersonID `json:"learner"`
	Name    string          `json:"name"`
	Title   string          `json:"title"` // of the skill
	Reason  phrase.Phrase   `json:"reason"`
	More    []phrase.Phrase `json:"more"` // further evidence, and last the skill beneath that is not secure
}

// company fills in who might want company: who answered in this lesson, on a skill of the day, and whose last answer was
// not right. What they answered to that skill on days before counts; what nobody touched today says nothing.
func (n *nowLoad) company() error {
	if n.p.State != DayRunning || len(n.facts.in.Skills) == 0 {
		return nil
	}
	rows, err := n.Q().TriesOfClassSince(n.Ctx(), db.TriesOfClassSinceParams{SchoolID: n.School(), ClassID: string(n.day.Class), SinceMs: n.day.StartedMs})
	if err != nil || len(rows) == 0 {
		return err
	}
	m, err := ledger.Model(n.Look)
	if err != nil {
		return err
	}
	t, err := newTries(m, n.facts.in.Skills)
	if err != nil {
		return err
	}
	gone, err := overtaken(n.Look, n.day.Class)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if gone[r.ID] {
			continue
		}
		if err := t.add(r, n.day.StartedMs); err != nil {
			return err
		}
	}
	at := t.stopped()
	if len(at) == 0 {
		return nil
	}
	var about []skill.ID
	for _, p := range at {
		about = append(append(about, p.skill), n.facts.course.Graph.Prerequisites(p.skill)...)
	}
	believed, err := ledger.ClassEstimates(n.Look, n.day.Class, about)
	if err != nil {
		return err
	}
	type said struct {
		NowCompany
		chance float64
	}
	var all []said
	for _, p := range at {
		name, here := n.name[p.who]
		if !here {
			continue
		}
		s, err := t.judge(n, p, believed[p.who])
		if err != nil {
			return err
		}
		if s.Wants {
			c := NowCompany{Learner: p.who, Name: name, Title: n.title[p.skill]}
			c.Reason, c.More = n.saidOf(s)
			all = append(all, said{c, s.Chance})
		}
	}
	slices.SortStableFunc(all, func(a, b said) int { return cmp.Compare(b.chance, a.chance) })
	for _, c := range all {
		n.p.Company = append(n.p.Company, c.NowCompany)
	}
	return nil
}

// saidOf words a signal: the first reason, and the others. The skill beneath is named by its title.
func (n *nowLoad) saidOf(s company.Signal) (first phrase.Phrase, more []phrase.Phrase) {
	more = []phrase.Phrase{}
	for i, r := range s.Reasons {
		switch {
		case r.Say.Code == "company.beneath":
			more = append(more, phrase.Of(r.Say.Code, "skill", n.title[s.Weakest]))
		case i == 0:
			first = r.Say
		default:
			more = append(more, r.Say)
		}
	}
	return first, more
}

// tries follows the answers of a class to the skills of the day.
type tries struct {
	model  mastery.Model
	follow *company.Follow
	skills map[skill.ID]int
	people map[roster.PersonID]int
	items  map[item.ID]int
	last   []stop // in the order of people
}

// stop is where somebody stands: the skill of their last answer in this lesson. here is false while there is none.
type stop struct {
	who   roster.PersonID
	skill skill.ID
	atMs  int64
	right bool
	here  bool
}

func newTries(m mastery.Model, skills []skill.ID) (*tries, error) {
	t := &tries{model: m, skills: map[skill.ID]int{}, people: map[roster.PersonID]int{}, items: map[item.ID]int{}}
	params := make([]bkt.Params, len(skills))
	for i, id := range skills {
		t.skills[id], params[i] = i, m.Of(id)
	}
	var err error
	t.follow, err = company.NewFollow(params, ability.Usual())
	return t, err
}

// add takes a learner's next answer. One to a skill that is not of the day says only where they are.
func (t *tries) add(r db.TriesOfClassSinceRow, since int64) error {
	who := roster.PersonID(r.LearnerID)
	n := number(t.people, who)
	if n == len(t.last) {
		t.last = append(t.last, stop{who: who})
	}
	right := item.Outcome(r.Outcome) == item.Right
	if r.ReceivedMs >= since {
		t.last[n] = stop{who, skill.ID(r.SkillID), r.ReceivedMs, right, true}
	}
	k, ofDay := t.skills[skill.ID(r.SkillID)]
	if !ofDay {
		return nil
	}
	a := evidence.Attempt{Try: int(r.Try), Hints: int(r.Hints)}
	x := company.Answer{Learner: n, Item: number(t.items, item.ID(r.ItemID)), Skills: []int{k}, Right: right && a.Unaided(), Got: right, Helped: !a.Unaided(),
		Mistake: r.Mistake, Options: mastery.Ways(item.Kind(r.ItemKind), int(r.Options))}
	if s := t.model.Params.Second; s != nil {
		slow := s.Paces[item.ID(r.ItemID)].Slow
		x.Slow = slow > 0 && r.TookMs > slow
	}
	return t.follow.Add(x)
}

// stopped are the learners whose last answer of this lesson was on a skill of the day and not right.
func (t *tries) stopped() (out []stop) {
	for _, p := range t.last {
		if _, ofDay := t.skills[p.skill]; p.here && ofDay && !p.right {
			out = append(out, p)
		}
	}
	return out
}

// judge says whether somebody might want company, by what is believed of them now.
func (t *tries) judge(n *nowLoad, p stop, believed map[skill.ID]mastery.Estimate) (company.Signal, error) {
	seen, got, err := t.follow.Seen(t.people[p.who], t.skills[p.skill])
	if err != nil || got {
		return company.Signal{}, err
	}
	if e, ok := believed[p.skill]; ok {
		seen.Belief = bkt.Belief{Known: mastery.KnownAt(t.model, e, n.Now()), Due: e.State.Due}
	}
	var beneath []company.Beneath
	for _, id := range n.facts.course.Graph.Prerequisites(p.skill) {
		e, ok := believed[id]
		if !ok {
			e = mastery.Start(t.model, id)
		}
		beneath = append(beneath, company.Beneath{Skill: id, Known: mastery.KnownAt(t.model, e, n.Now()), Secure: e.Status == mastery.Secure})
	}
	return company.Shipped().Judge(seen, beneath)
}

// number is a small number for a name, the next one for a name not met before.
func number[K comparable](m map[K]int, k K) int {
	if n, ok := m[k]; ok {
		return n
	}
	m[k] = len(m)
	return len(m) - 1
}

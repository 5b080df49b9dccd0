// Package classroom suggests who works together in the next lesson, and in which order hands are answered.
//
// In: the class's estimates, who watched the lesson, the not-yets of the last days, the items. Out: piles of learners.
// They are suggestions: the teacher moves names, and what the projector shows is made elsewhere, from places alone.
//
// The rule is plain, so that a teacher can check it in their head. Who has not watched the lesson gets a seat at the
// watching station, unless they have all that it teaches. Who shares a mistake on a skill that is not Secure sits with
// the teacher: two to six learners, one skill, where seen one wrong answer; at most two such piles, the largest first.
// Who is Secure in everything the lesson teaches goes deeper. All others carry on. Everyone stands in exactly one pile.
//
// Place in the flow: layer 2, after mastery. Group solving over days, avoided pairs and rooms are for a later version.
package classroom

import (
	"cmp"
	"slices"
	"strconv"

	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/skill"
)

// Sizes. MaxSit is what one teacher can sit with in a lesson.
const (
	MinPile = 2
	MaxPile = 6
	MaxSit  = 2
	ExitN   = 2 // items of an exit check
	TalkN   = 2 // wrong answers to discuss
)

// Kind says what a pile does.
type Kind string

const (
	Sit    Kind = "sit"    // sit with the teacher
	Watch  Kind = "watch"  // a seat at the watching station
	Carry  Kind = "carry"  // carry on with the own plan
	Deeper Kind = "deeper" // the task
)

// Seen is how far a learner is with the lesson.
type Seen string

const (
	SeenAll  Seen = "watched"
	SeenPart Seen = "partly"
	SeenNone Seen = "not_yet"
	NoLesson Seen = "" // there is no lesson to have seen
)

// Member is one learner of the class.
type Member struct {
	Person    roster.PersonID
	Seen      Seen
	Estimates map[skill.ID]mastery.Estimate
	Recent    []item.ID // met in the last days, newest last
}

// Answer is one not-yet of a member, as the attempt has it.
type Answer struct {
	Person  roster.PersonID
	Skill   skill.ID
	Mistake string
	Shown   Shown
	AtMs    int64
}

// Shown is an answer without its author.
type Shown struct {
	Item        item.ID           `json:"item"`
	ItemVersion int               `json:"item_version"`
	DrawN       int               `json:"draw_n"`
	Seed        uint64            `json:"seed,string"`
	Drawn       map[string]string `json:"drawn,omitempty"`
	Response    item.Response     `json:"response"`
}

// Input is what Piles looks at.
type Input struct {
	Graph   *skill.Graph
	Skills  []skill.ID             // in play today, in prerequisite order: the lesson's and what they rest on
	Lesson  []skill.ID             // those that the lesson teaches; empty = all of Skills
	Titles  map[skill.ID]string    // of Skills, for reasons
	Members []Member               // in class order
	Answers []Answer               // not-yets of the last days, oldest first
	Items   map[skill.ID][]item.ID // items to practise each skill with, typed first
}

// Pile is a suggestion of who works together on what.
type Pile struct {
	Key     string            `json:"key"` // kind, skill, mistake and number: stable for the same input
	Kind    Kind              `json:"kind"`
	Skill   skill.ID          `json:"skill,omitempty"`   // sit
	Mistake string            `json:"mistake,omitempty"` // sit, when they share one
	Members []roster.PersonID `json:"members"`           // in class order
	Reason  phrase.Phrase     `json:"reason"`
	Discuss []Shown           `json:"discuss,omitempty"` // sit: at most two wrong answers, no names
	Example item.ID           `json:"example,omitempty"` // sit: to work out together; "" = the skill has too few items
	Exit    []item.ID         `json:"exit,omitempty"`    // sit: at most two items, rather none that a member has just met
}

// Piles places every member exactly once. Order: sit (largest first), watch, carry, deeper. Only sit piles are bound to
// two or more; the others hold at most six, shared out evenly, and a single learner where there is no second.
// The same input gives the same piles. Errors (Invalid): a member twice, a skill that the graph does not have.
func Piles(in Input) ([]Pile, error) {
	seen := map[roster.PersonID]bool{}
	for _, m := range in.Members {
		if seen[m.Person] {
			return nil, fault.Invalidf("members", "%s stands twice", m.Person)
		}
		seen[m.Person] = true
	}
	at := map[skill.ID]int{}
	for i, id := range in.Graph.Order() {
		at[id] = i
	}
	for _, id := range append(slices.Clone(in.Skills), in.Lesson...) {
		if _, ok := at[id]; !ok {
			return nil, fault.Invalidf("skills", "%s is not in the graph", id)
		}
	}
	in.Skills = slices.Clone(in.Skills)
	slices.SortStableFunc(in.Skills, func(a, b skill.ID) int { return cmp.Compare(at[a], at[b]) })
	if len(in.Lesson) == 0 {
		in.Lesson = in.Skills
	}

	var watch, deeper, rest []Member
	for _, m := range in.Members {
		switch {
		case has(m, in.Lesson):
			deeper = append(deeper, m)
		case m.Seen == SeenNone:
			watch = append(watch, m)
		default:
			rest = append(rest, m)
		}
	}
	// Somebody ready to go deeper may still share a mistake on something earlier: the lesson's skills speak for them.
	sit, carry := tables(in, rest)
	out := sit
	out = append(out, share(Watch, watch, "pile.watch")...)
	out = append(out, share(Carry, carry, "pile.carry")...)
	return append(out, share(Deeper, deeper, "pile.deeper")...), nil
}

func has(m Member, skills []skill.ID) bool {
	return len(skills) > 0 && !slices.ContainsFunc(skills, func(id skill.ID) bool { return m.Estimates[id].Status != mastery.Secure })
}

// need is what a member would sit down for on a skill: true when it is begun, not Secure, and the last try was not yet,
// or a recognised mistake still stands. The tag is "" when none was recognised.
func need(m Member, id skill.ID) (tag string, ok bool) {
	e := m.Estimates[id]
	if e.Attempts == 0 || e.Status == mastery.Secure {
		return "", false
	}
	tag = e.LastMistake()
	tries := e.State.Tries
	return tag, tag != "" || tries[len(tries)-1].Went == mastery.WentNotYet
}

// tables makes the sit piles: skill by skill in prerequisite order, so that who shares two mistakes sits for the earlier;
// within a skill tag by tag, then those without a tag. It returns who is left, in class order.
func tables(in Input, members []Member) (sit []Pile, left []Member) {
	placed := map[roster.PersonID]bool{}
	for _, id := range in.Skills {
		byTag := map[string][]Member{}
		for _, m := range members {
			if tag, ok := need(m, id); ok && !placed[m.Person] {
				byTag[tag] = append(byTag[tag], m)
			}
		}
		var tags []string
		for tag := range byTag {
			tags = append(tags, tag)
		}
		slices.SortFunc(tags, func(a, b string) int { // "" last: a shared mistake says more than a shared skill
			if (a == "") != (b == "") {
				return cmp.Compare(b, a)
			}
			return cmp.Compare(a, b)
		})
		for _, tag := range tags {
			if len(byTag[tag]) < MinPile {
				continue
			}
			for _, group := range even(byTag[tag]) {
				sit = append(sit, in.table(id, tag, group))
			}
			for _, m := range byTag[tag] {
				placed[m.Person] = true
			}
		}
	}
	slices.SortStableFunc(sit, func(a, b Pile) int { return cmp.Compare(len(b.Members), len(a.Members)) })
	sit = number(sit[:min(len(sit), MaxSit)])
	at := map[roster.PersonID]bool{}
	for _, p := range sit {
		for _, id := range p.Members {
			at[id] = true
		}
	}
	for _, m := range members {
		if !at[m.Person] {
			left = append(left, m)
		}
	}
	return sit, left
}

func (in Input) table(id skill.ID, tag string, group []Member) Pile {
	p := Pile{Kind: Sit, Skill: id, Mistake: tag, Members: people(group)}
	p.Reason = phrase.Of("pile.sit_skill", "n", len(group), "skill", in.Titles[id])
	if tag != "" {
		p.Reason = phrase.Of("pile.sit_mistake", "n", len(group), "skill", in.Titles[id])
	}
	p.Discuss = discuss(in.Answers, p)
	p.Exit, p.Example = exit(in.Items[id], group, p.Discuss)
	return p
}

// discuss takes wrong answers of the pile's members on its skill (and mistake): the newest, then the newest that differs
// in item, else in what was entered, so that two ways of meeting one idea are on the table.
func discuss(answers []Answer, p Pile) []Shown {
	var out []Shown
	for _, other := range []bool{true, false} {
		for _, a := range slices.Backward(answers) {
			if len(out) == TalkN {
				return out
			}
			if a.Skill != p.Skill || a.Mistake != p.Mistake || !slices.Contains(p.Members, a.Person) {
				continue
			}
			like := func(s Shown) bool { return s.Item == a.Shown.Item && (other || same(s, a.Shown)) }
			if !slices.ContainsFunc(out, like) {
				out = append(out, a.Shown)
			}
		}
	}
	return out
}

func same(a, b Shown) bool {
	return a.DrawN == b.DrawN && a.Seed == b.Seed && slices.Equal(a.Response.Chosen, b.Response.Chosen) && slices.Equal(a.Response.Placed, b.Response.Placed) && slices.Equal(a.Response.Boxes, b.Response.Boxes)
}

// exit takes the items of the exit check and one to work out together: rather those that fewest members have just met,
// then the given order; an item under discussion only when nothing else is left.
func exit(items []item.ID, group []Member, talk []Shown) (check []item.ID, example item.ID) {
	met := map[item.ID]int{}
	for _, m := range group {
		for _, id := range m.Recent {
			met[id]++
		}
	}
	for _, s := range talk {
		met[s.Item] += len(group) + 1
	}
	order := slices.Clone(items)
	slices.SortStableFunc(order, func(a, b item.ID) int { return cmp.Compare(met[a], met[b]) })
	check = order[:min(len(order), ExitN)]
	if len(order) > ExitN {
		example = order[ExitN]
	}
	return check, example
}

// even shares a group out into as few parts as hold it, none above MaxPile, sizes at most one apart, in order.
func even(group []Member) [][]Member {
	parts := (len(group) + MaxPile - 1) / MaxPile
	var out [][]Member
	for k := range parts {
		out = append(out, group[k*len(group)/parts:(k+1)*len(group)/parts])
	}
	return out
}

func share(kind Kind, members []Member, code string) []Pile {
	var out []Pile
	for _, group := range even(members) {
		out = append(out, Pile{Kind: kind, Members: people(group), Reason: phrase.Of(code, "n", len(group))})
	}
	return number(out)
}

// number gives each pile its key.
func number(piles []Pile) []Pile {
	n := map[string]int{}
	for i := range piles {
		p := &piles[i]
		key := string(p.Kind) + ":" + string(p.Skill) + ":" + p.Mistake
		n[key]++
		p.Key = key + ":" + strconv.Itoa(n[key])
	}
	return piles
}

func people(group []Member) []roster.PersonID {
	out := make([]roster.PersonID, len(group))
	for i, m := range group {
		out[i] = m.Person
	}
	return out
}

// Help is one raised hand.
type Help struct {
	ID       string
	Person   roster.PersonID
	RaisedMs int64
}

// Queue is the order in which hands are answered: oldest first, equal instants by id. The argument is not altered.
func Queue(hands []Help) []Help {
	out := slices.Clone(hands)
	slices.SortFunc(out, func(a, b Help) int {
		return cmp.Or(cmp.Compare(a.RaisedMs, b.RaisedMs), cmp.Compare(a.ID, b.ID))
	})
	return out
}

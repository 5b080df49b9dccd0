package classroom

import (
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/skill"
)

// When somebody might want company; both chosen by us, so that one hard item alone never says it.
const (
	AloneTries   = 4 // not-yets in a row on one skill
	AloneMistake = 3 // not-yets in a row on one skill that met the same mistake
)

// Tried is one answer of this lesson. What a learner had not met yet is not among them.
type Tried struct {
	Person  roster.PersonID
	Skill   skill.ID
	Outcome item.Outcome
	Mistake string
}

// Company says that somebody might want company, and why. It is for the teachers of the class, for one lesson.
type Company struct {
	Person roster.PersonID
	Skill  skill.ID
	Reason phrase.Phrase
}

// WantCompany looks at the answers of one lesson, oldest first: who ends on AloneMistake not-yets with one recognised
// mistake, or on AloneTries not-yets, on the skill of their last answer. An answer that is right, or on another skill,
// begins anew. The order is that of the first answers.
func WantCompany(tries []Tried) []Company {
	type run struct {
		last        Tried
		tries, same int
	}
	runs := map[roster.PersonID]*run{}
	var order []roster.PersonID
	for _, t := range tries {
		r := runs[t.Person]
		if r == nil {
			r = &run{}
			runs[t.Person] = r
			order = append(order, t.Person)
		}
		switch {
		case t.Outcome == item.Unread:
			continue
		case t.Outcome == item.Right:
			r.tries, r.same = 0, 0
		case t.Skill != r.last.Skill:
			r.tries, r.same = 1, 1
		default:
			r.tries++
			if t.Mistake != r.last.Mistake {
				r.same = 0
			}
			r.same++
		}
		r.last = t
	}
	var out []Company
	for _, who := range order {
		r := runs[who]
		c := Company{Person: who, Skill: r.last.Skill}
		switch {
		case r.same >= AloneMistake && r.last.Mistake != "":
			c.Reason = phrase.Of("now.company.mistake", "n", r.same)
		case r.tries >= AloneTries:
			c.Reason = phrase.Of("now.company.tries", "n", r.tries)
		default:
			continue
		}
		out = append(out, c)
	}
	return out
}

// Shades of a teacher's grid, light to dark: 0 not started, 4 secure, between them by belief.
const (
	shadeSecond = 0.4
	shadeThird  = 0.75
)

// Shade is how dark a skill stands in the teacher's grid, 0 to 4. known is the estimate's PKnown; of it nothing but the
// shade leaves the server.
func Shade(status mastery.Status, known float64) int {
	switch {
	case status == mastery.NotStarted:
		return 0
	case status == mastery.Secure:
		return 4
	case known < shadeSecond:
		return 1
	case known < shadeThird:
		return 2
	}
	return 3
}

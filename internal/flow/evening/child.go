package evening

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/standing"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// ChildrenPage is a guardian's learners.
type ChildrenPage struct {
	Children []flow.Named
}

// Children lists a guardian's learners.
var Children = flow.View[struct{}, ChildrenPage]{
	Name: "children",
	Rule: access.Allow(access.Guardian),
	Load: func(l *flow.Look, _ struct{}) (out ChildrenPage, err error) {
		rows, err := l.Q().ChildrenOf(l.Ctx(), db.ChildrenOfParams{SchoolID: l.School(), GuardianID: string(l.Who().Person)})
		for _, r := range rows {
			out.Children = append(out.Children, flow.WholeNamed(r))
		}
		return out, err
	},
}

// ChildIn names a learner.
type ChildIn struct {
	Learner roster.PersonID `path:"learner"`
}

// ChildPage is what a guardian reads: the three answers that the learner reads, and one thing to ask about.
type ChildPage struct {
	standing.HomeAnswers
	Ask phrase.Phrase
}

// Child shows a guardian their own learner: the same fold as the learner's home, and nothing else.
var Child = flow.View[ChildIn, ChildPage]{
	Name:  "child",
	Rule:  access.Allow(access.GuardianOf),
	About: func(l *flow.Look, in ChildIn) (access.Subject, error) { return access.OfPerson(in.Learner), nil },
	Load: func(l *flow.Look, in ChildIn) (ChildPage, error) {
		home, err := standing.Home(l, in.Learner)
		return ChildPage{home, askAtDinner(home)}, err
	},
}

// ChildMapPage is the map that the learner reads, with their name on it. Unit and Map are nil while nothing was given.
type ChildMapPage struct {
	Name string
	MapPage
}

// ChildMap shows a guardian the map of their own learner: the same fold as the learner's.
var ChildMap = flow.View[ChildIn, ChildMapPage]{
	Name:  "child_map",
	Rule:  access.Allow(access.GuardianOf),
	About: func(l *flow.Look, in ChildIn) (access.Subject, error) { return access.OfPerson(in.Learner), nil },
	Load: func(l *flow.Look, in ChildIn) (ChildMapPage, error) {
		row, err := l.Q().Person(l.Ctx(), db.PersonParams{SchoolID: l.School(), ID: string(in.Learner)})
		if err != nil {
			return ChildMapPage{}, err
		}
		p, err := mapOf(l, in.Learner)
		return ChildMapPage{row.Given, p}, err
	},
}

// askAtDinner is one question for the table: what has just become theirs, else what they are growing, else what comes next.
func askAtDinner(h standing.HomeAnswers) phrase.Phrase {
	if c := h.Where.Changed; c != nil && c.To == mastery.Secure {
		return phrase.Of("child.ask.secure", "name", h.Name, "skill", c.Title)
	}
	for _, want := range []mastery.Status{mastery.Growing, mastery.AnotherLook} {
		for _, o := range h.Where.Objectives {
			for _, s := range o.Skills {
				if s.Status == want {
					return phrase.Of("child.ask.growing", "name", h.Name, "skill", s.Title)
				}
			}
		}
	}
	if h.Going.Task != "" {
		return phrase.Of("child.ask.task", "name", h.Name, "task", h.Going.Task)
	}
	return phrase.Of("child.ask.day", "name", h.Name)
}

package evening

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/standing"
	"kith/internal/roster"
)

// MapPage is the unit's skills as a map, with the learner's own standing on it. Unit and Map are nil while nothing was given.
type MapPage struct {
	Learner roster.PersonID     `json:"learner"`
	Unit    *standing.UnitGiven `json:"unit,omitempty"`
	Map     *standing.SkillMap  `json:"map,omitempty"`
}

// Map draws a learner's skills in the unit that their class was given last: the same ones that Skills lists.
var Map = flow.View[struct{}, MapPage]{
	Name: "map",
	Rule: access.Allow(access.Learner),
	Load: func(l *flow.Look, _ struct{}) (MapPage, error) { return mapOf(l, l.Who().Person) },
}

func mapOf(l *flow.Look, learner roster.PersonID) (MapPage, error) {
	p := MapPage{Learner: learner}
	g, ok, err := standing.Newest(l, learner)
	if err != nil || !ok {
		return p, err
	}
	u, err := standing.Load(l, g, learner)
	if err != nil {
		return p, err
	}
	m, err := u.Map(l)
	p.Unit, p.Map = u.Named(), &m
	return p, err
}

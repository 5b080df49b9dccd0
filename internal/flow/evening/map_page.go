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
	Load: func(l *flow.Look, _ struct{}) (MapPage, error) {
		p := MapPage{Learner: l.Who().Person}
		g, ok, err := standing.Newest(l, p.Learner)
		if err != nil || !ok {
			return p, err
		}
		u, err := standing.Load(l, g, p.Learner)
		if err != nil {
			return p, err
		}
		m, err := u.Map(l)
		p.Unit, p.Map = u.Named(), &m
		return p, err
	},
}

package office

import (
	"slices"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// WhoLookedIn names a person.
type WhoLookedIn struct {
	Person roster.PersonID `path:"person"`
}

// Seen is one look at a person's record or one change to it, by somebody else.
type Seen struct {
	Name string      `json:"name"` // who; "" when they are not at the school any more
	Role roster.Role `json:"role"`
	What string      `json:"what"` // the page's or the verb's name
	Did  bool        `json:"did"`  // a change; else a look
	AtMs int64       `json:"at_ms"`
}

// WhoLookedPage is who looked at a person's record and who changed it, latest first.
type WhoLookedPage struct {
	Person roster.Person `json:"person"`
	Seen   []Seen        `json:"seen"`
}

// WhoLooked shows who looked. It is for the person, their guardians and administrators.
var WhoLooked = flow.View[WhoLookedIn, WhoLookedPage]{
	Name:  "who_looked",
	Rule:  access.Allow(access.Self, access.GuardianOf, access.Admin),
	About: func(l *flow.Look, in WhoLookedIn) (access.Subject, error) { return access.OfPerson(in.Person), nil },
	Load: func(l *flow.Look, in WhoLookedIn) (WhoLookedPage, error) {
		p, err := personRow(l, in.Person)
		if err != nil {
			return WhoLookedPage{}, err
		}
		seen, err := seenBy(l, in.Person)
		return WhoLookedPage{flow.Person(p), seen}, err
	},
}

// mostSeen is how many looks and changes a page lists: a term of them.
const mostSeen = 200

// seenBy lists looks and changes by others, latest first.
func seenBy(l *flow.Look, id roster.PersonID) ([]Seen, error) {
	looks, err := l.Q().LooksAt(l.Ctx(), db.LooksAtParams{SchoolID: l.School(), SubjectID: string(id)})
	if err != nil {
		return nil, err
	}
	changes, err := l.Q().ChangesTo(l.Ctx(), db.ChangesToParams{SchoolID: l.School(), SubjectID: string(id)})
	if err != nil {
		return nil, err
	}
	type by struct {
		Seen
		actor string
	}
	var all []by
	for _, r := range looks {
		all = append(all, by{Seen{What: r.Page, AtMs: r.Hour * 3_600_000}, r.ActorID})
	}
	for _, r := range changes {
		all = append(all, by{Seen{What: r.Verb, Did: true, AtMs: r.AtMs}, r.ActorID})
	}
	slices.SortStableFunc(all, func(a, b by) int { return int(b.AtMs/1000 - a.AtMs/1000) })
	names := map[string]roster.Person{}
	var out []Seen
	for _, s := range all[:min(len(all), mostSeen)] {
		p, ok := names[s.actor]
		if !ok {
			row, found, err := store.Optional(l.Q().Person(l.Ctx(), db.PersonParams{SchoolID: l.School(), ID: s.actor}))
			if err != nil {
				return nil, err
			}
			if found {
				p = flow.Person(row)
			}
			names[s.actor] = p
		}
		s.Name, s.Role = p.Full(), p.Role
		out = append(out, s.Seen)
	}
	return out, nil
}

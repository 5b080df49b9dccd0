package evening

import (
	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/roster"
	"kith/internal/skill"
)

// ActivityIn names an objective's activity in a unit that a class was given.
type ActivityIn struct {
	ClassUnit string            `path:"class_unit"`
	Objective skill.ObjectiveID `path:"objective"`
}

// ActivityPage is off-screen work, to read or print, with what the learner said of it.
type ActivityPage struct {
	Learner   roster.PersonID     `json:"learner"`
	Unit      *standing.UnitGiven `json:"unit"`
	Objective skill.ObjectiveID   `json:"objective"`
	Goal      string              `json:"goal"` // the objective's title
	ICan      string              `json:"i_can"`
	Title     string              `json:"title"`
	Materials []string            `json:"materials"`
	Minutes   int                 `json:"minutes"`
	With      string              `json:"with" enum:",alone,pair,group"`
	Steps     []doc.El            `json:"steps"`
	Bring     string              `json:"bring"`
	Talk      []doc.El            `json:"talk"` // a question for a pair or a small group
	Done      []ActivityDone      `json:"done"`
}

// ActivityDone is one time that it was done.
type ActivityDone struct {
	Note string `json:"note"`
	AtMs int64  `json:"at_ms"`
}

// Activity shows one objective's off-screen work.
var Activity = flow.View[ActivityIn, ActivityPage]{
	Name: "activity",
	Rule: access.Allow(access.MemberOf),
	About: func(l *flow.Look, in ActivityIn) (access.Subject, error) {
		return library.AboutClassUnit(l, in.ClassUnit)
	},
	Load: func(l *flow.Look, in ActivityIn) (ActivityPage, error) {
		u, err := standing.InUnit(l, in.ClassUnit, l.Who().Person)
		if err != nil {
			return ActivityPage{}, err
		}
		o, ok := u.Goal(in.Objective)
		part := u.Parts[in.Objective]
		if !ok || part.Activity.Title == "" && part.Talk.Empty() {
			return ActivityPage{}, fault.New(fault.NotFound, "fault.not_found")
		}
		act := part.Activity
		p := ActivityPage{Learner: u.Learner, Unit: u.Named(), Objective: o.ID, Goal: o.Title, ICan: o.ICan, Title: act.Title, Materials: act.Materials,
			Minutes: act.Minutes, With: act.With, Bring: act.Bring}
		if p.Steps, err = act.Steps.Draw(nil); err != nil {
			return p, err
		}
		if p.Talk, err = part.Talk.Draw(nil); err != nil {
			return p, err
		}
		for _, f := range u.Facts {
			if a := f.Activity; a != nil && a.Objective == o.ID {
				p.Done = append(p.Done, ActivityDone{a.Note, f.ReceivedMs})
			}
		}
		return p, nil
	},
}

package period

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// hereMs is how long after the last heartbeat a learner still counts as there. Pages beat every 45 s.
const hereMs = 120_000

// SetPresenceIn says where a learner is: the page and what it is about.
type SetPresenceIn struct {
	flow.Op
	Page  string   `json:"page" maxLength:"24" pattern:"^[a-z_]*$"`
	Skill skill.ID `json:"skill,omitempty" maxLength:"36"`
}

// SetPresenceOut says whether to go on telling: false outside a lesson, and then nothing was kept.
type SetPresenceOut struct {
	Running bool `json:"running"`
}

// moved is what the class's teachers are told when a learner goes somewhere else.
type presenceMoved struct {
	Learner roster.PersonID `json:"learner"`
	Page    string          `json:"page"`
	Skill   skill.ID        `json:"skill,omitempty"`
}

// SetPresence keeps where a learner is, for their teachers and only while a lesson runs. It is overwritten and forgotten
// at the lesson's end; it is no evidence. Errors: NotFound (no such skill).
var SetPresence = flow.Verb[SetPresenceIn, SetPresenceOut]{
	Name: "set_presence",
	Rule: access.Allow(access.Learner),
	Do: func(a *flow.Act, in SetPresenceIn) (SetPresenceOut, error) {
		me := string(a.Who().Person)
		day, running, err := runningDay(a.Look, a.Who().Person)
		if err != nil || !running {
			return SetPresenceOut{}, err
		}
		if in.Skill != "" {
			if _, err := a.Q().SkillPlace(a.Ctx(), db.SkillPlaceParams{SchoolID: a.School(), ID: string(in.Skill)}); err != nil {
				return SetPresenceOut{}, err
			}
		}
		was, had, err := store.Optional(a.Q().PresenceOf(a.Ctx(), db.PresenceOfParams{SchoolID: a.School(), LearnerID: me}))
		if err != nil {
			return SetPresenceOut{}, err
		}
		if err := a.Q().SetPresence(a.Ctx(), db.SetPresenceParams{SchoolID: a.School(), LearnerID: me, Page: in.Page, SkillID: string(in.Skill), SeenMs: a.Now()}); err != nil {
			return SetPresenceOut{}, err
		}
		if !had || was.Page != in.Page || was.SkillID != string(in.Skill) || a.Now()-was.SeenMs >= hereMs {
			a.Announce(flow.ClassTopic(day.ClassID), "presence", presenceMoved{a.Who().Person, in.Page, in.Skill})
		}
		return SetPresenceOut{Running: true}, nil
	},
}

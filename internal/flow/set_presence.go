package flow

import (
	"kith/internal/access"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// hereMs is how long after the last heartbeat a learner still counts as there. Pages beat every 45 s.
const hereMs = 120_000

// SetPresenceIn says where a learner is: the page and what it is about.
type SetPresenceIn struct {
	Op
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
var SetPresence = Verb[SetPresenceIn, SetPresenceOut]{
	Name: "set_presence",
	Rule: access.Allow(access.Learner),
	Do: func(a *Act, in SetPresenceIn) (SetPresenceOut, error) {
		me := string(a.who.Person)
		day, running, err := a.runningDay(a.who.Person)
		if err != nil || !running {
			return SetPresenceOut{}, err
		}
		if in.Skill != "" {
			if _, err := a.q.SkillPlace(a.ctx, db.SkillPlaceParams{SchoolID: a.school(), ID: string(in.Skill)}); err != nil {
				return SetPresenceOut{}, err
			}
		}
		was, had, err := store.Optional(a.q.PresenceOf(a.ctx, db.PresenceOfParams{SchoolID: a.school(), LearnerID: me}))
		if err != nil {
			return SetPresenceOut{}, err
		}
		if err := a.q.SetPresence(a.ctx, db.SetPresenceParams{SchoolID: a.school(), LearnerID: me, Page: in.Page, SkillID: string(in.Skill), SeenMs: a.now}); err != nil {
			return SetPresenceOut{}, err
		}
		if !had || was.Page != in.Page || was.SkillID != string(in.Skill) || a.now-was.SeenMs >= hereMs {
			a.Announce(ClassTopic(day.ClassID), "presence", presenceMoved{a.who.Person, in.Page, in.Skill})
		}
		return SetPresenceOut{Running: true}, nil
	},
}

package decision

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
)

// ReopenSkillIn asks a learner to look at a skill again, and says why.
type ReopenSkillIn struct {
	flow.Op
	Learner roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
	Skill   skill.ID        `json:"skill" minLength:"36" maxLength:"36"`
	Reason  string          `json:"reason" minLength:"1" maxLength:"280" doc:"read by the learner and their guardian"`
}

// ReopenSkill re-opens a secure skill: it is worth another look, keeps its date, and a new plan is proposed.
// Errors: NotFound, Invalid (no reason), Conflict (it is open already).
var ReopenSkill = flow.Verb[ReopenSkillIn, SkillNow]{
	Name:  "reopen_skill",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in ReopenSkillIn) (access.Subject, error) { return access.OfPerson(in.Learner), nil },
	Shard: func(in ReopenSkillIn, who access.Actor) string { return string(in.Learner) },
	Do: func(a *flow.Act, in ReopenSkillIn) (SkillNow, error) {
		return sayOfSkill(a, in.Learner, in.Skill, "reopen", in.Reason, func(e mastery.Estimate) error {
			if e.Status != mastery.Secure {
				return fault.New(fault.Conflict, "fault.credit.open")
			}
			return nil
		})
	},
}

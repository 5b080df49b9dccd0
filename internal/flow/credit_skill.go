package flow

import (
	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// CreditSkillIn says that a learner knows a skill, and how the teacher knows.
type CreditSkillIn struct {
	Op
	Learner roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
	Skill   skill.ID        `json:"skill" minLength:"36" maxLength:"36"`
	Reason  string          `json:"reason" minLength:"1" maxLength:"280" doc:"read by the learner and their guardian"`
}

// SkillNow is how a skill stands after an act.
type SkillNow struct {
	Skill  skill.ID       `json:"skill"`
	Status mastery.Status `json:"status" enum:"not_started,growing,secure,another_look"`
}

// CreditSkill credits a skill. Errors: NotFound, Invalid (no reason), Conflict (it is secure already).
var CreditSkill = Verb[CreditSkillIn, SkillNow]{
	Name:  "credit_skill",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *Look, in CreditSkillIn) (access.Subject, error) { return access.OfPerson(in.Learner), nil },
	Shard: func(in CreditSkillIn, who access.Actor) string { return string(in.Learner) },
	Do: func(a *Act, in CreditSkillIn) (SkillNow, error) {
		return a.sayOfSkill(in.Learner, in.Skill, "credit", in.Reason, func(e mastery.Estimate) error {
			if e.Status == mastery.Secure {
				return fault.New(fault.Conflict, "fault.credit.secure")
			}
			return nil
		})
	},
}

// sayOfSkill appends a person's word about a skill, unless refuse says that it would change nothing.
func (a *Act) sayOfSkill(learner roster.PersonID, id skill.ID, act, reason string, refuse func(mastery.Estimate) error) (SkillNow, error) {
	reason, err := written("reason", reason, maxReason)
	if err != nil {
		return SkillNow{}, err
	}
	if err := a.skillInSchool(id); err != nil {
		return SkillNow{}, err
	}
	if err := a.q.LockLearner(a.ctx, db.LockLearnerParams{SchoolID: a.school(), LearnerID: string(learner)}); err != nil {
		return SkillNow{}, err
	}
	e, _, err := a.estimate(learner, id)
	if err != nil {
		return SkillNow{}, err
	}
	if err := refuse(e); err != nil {
		return SkillNow{}, err
	}
	_, all, err := a.append(evidence.Fact{Learner: learner, Kind: evidence.KindCredit,
		Credit: &evidence.Credit{Skill: id, Act: act, By: a.who.Person, Reason: reason}})
	if err != nil {
		return SkillNow{}, err
	}
	out := SkillNow{id, all[0].After.Status}
	if err := a.tellLearner(learner, "credit", out); err != nil {
		return out, err
	}
	return out, a.planMoved(learner)
}

package decision

import (
	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/standing"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// CreditSkillIn says that a learner knows a skill, and how the teacher knows.
type CreditSkillIn struct {
	flow.Op
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
var CreditSkill = flow.Verb[CreditSkillIn, SkillNow]{
	Name:  "credit_skill",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in CreditSkillIn) (access.Subject, error) { return access.OfPerson(in.Learner), nil },
	Shard: func(in CreditSkillIn, who access.Actor) string { return string(in.Learner) },
	Do: func(a *flow.Act, in CreditSkillIn) (SkillNow, error) {
		return sayOfSkill(a, in.Learner, in.Skill, "credit", in.Reason, func(e mastery.Estimate) error {
			if e.Status == mastery.Secure {
				return fault.New(fault.Conflict, "fault.credit.secure")
			}
			return nil
		})
	},
}

// sayOfSkill appends a person's word about a skill, unless refuse says that it would change nothing.
func sayOfSkill(a *flow.Act, learner roster.PersonID, id skill.ID, act, reason string, refuse func(mastery.Estimate) error) (SkillNow, error) {
	reason, err := flow.Written("reason", reason, maxReason)
	if err != nil {
		return SkillNow{}, err
	}
	if err := skillInSchool(a.Look, id); err != nil {
		return SkillNow{}, err
	}
	if _, err := a.Q().LockLearner(a.Ctx(), db.LockLearnerParams{SchoolID: a.School(), LearnerID: string(learner)}); err != nil {
		return SkillNow{}, err
	}
	e, _, err := ledger.Estimate(a.Look, learner, id)
	if err != nil {
		return SkillNow{}, err
	}
	if err := refuse(e); err != nil {
		return SkillNow{}, err
	}
	_, all, err := ledger.Append(a, evidence.Fact{Learner: learner, Kind: evidence.KindCredit,
		Credit: &evidence.Credit{Skill: id, Act: act, By: a.Who().Person, Reason: reason}})
	if err != nil {
		return SkillNow{}, err
	}
	out := SkillNow{id, all[0].After.Status}
	if err := a.TellLearner(learner, "credit", out); err != nil {
		return out, err
	}
	return out, standing.PlanMoved(a, learner)
}

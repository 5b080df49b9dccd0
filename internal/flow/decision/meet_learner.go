package decision

import (
	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/standing"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// MeetLearnerIn records that this teacher sat together with a learner of their class, outside a pile. Skill is what it was
// about; absent: nothing in particular.
type MeetLearnerIn struct {
	flow.Op
	Class   roster.ClassID  `json:"class" minLength:"36" maxLength:"36"`
	Learner roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
	Skill   skill.ID        `json:"skill,omitempty" maxLength:"36"`
}

// MeetLearner appends the meeting; both sides see it. A slip is taken back with withdraw_fact.
// Errors: NotFound (no such skill, or the learner is not in the class).
var MeetLearner = flow.Verb[MeetLearnerIn, FactOut]{
	Name:  "meet_learner",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in MeetLearnerIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in MeetLearnerIn, who access.Actor) string { return string(in.Learner) },
	Do: func(a *flow.Act, in MeetLearnerIn) (FactOut, error) {
		role, ok, err := store.Optional(a.Q().EnrolledAs(a.Ctx(), db.EnrolledAsParams{SchoolID: a.School(), ClassID: string(in.Class), PersonID: string(in.Learner)}))
		if err != nil {
			return FactOut{}, err
		}
		if !ok || role != string(roster.Learner) {
			return FactOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if in.Skill != "" {
			if err := skillInSchool(a.Look, in.Skill); err != nil {
				return FactOut{}, err
			}
		}
		f, _, err := ledger.Append(a, evidence.Fact{Learner: in.Learner, Kind: evidence.KindMeeting,
			Meeting: &evidence.Meeting{Class: in.Class, By: a.Who().Person, Skill: in.Skill}})
		if err != nil {
			return FactOut{}, err
		}
		if err := a.NoteChange("meet_learner", in.Learner); err != nil {
			return FactOut{}, err
		}
		if err := a.TellLearner(in.Learner, "meeting", FactOut{f.ID}); err != nil {
			return FactOut{}, err
		}
		return FactOut{f.ID}, standing.PlanMoved(a, in.Learner)
	},
}

// FactOut names the fact that an act appended.
type FactOut struct {
	Fact string `json:"fact"`
}

package flow

import (
	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// MeetLearnerIn records that this teacher sat together with a learner of their class, outside a pile. Skill is what it was
// about; absent: nothing in particular.
type MeetLearnerIn struct {
	Op
	Class   roster.ClassID  `json:"class" minLength:"36" maxLength:"36"`
	Learner roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
	Skill   skill.ID        `json:"skill,omitempty" maxLength:"36"`
}

// MeetLearner appends the meeting; both sides see it. A slip is taken back with withdraw_fact.
// Errors: NotFound (no such skill, or the learner is not in the class).
var MeetLearner = Verb[MeetLearnerIn, FactOut]{
	Name:  "meet_learner",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *Look, in MeetLearnerIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in MeetLearnerIn, who access.Actor) string { return string(in.Learner) },
	Do: func(a *Act, in MeetLearnerIn) (FactOut, error) {
		role, ok, err := store.Optional(a.q.EnrolledAs(a.ctx, db.EnrolledAsParams{SchoolID: a.school(), ClassID: string(in.Class), PersonID: string(in.Learner)}))
		if err != nil {
			return FactOut{}, err
		}
		if !ok || role != string(roster.Learner) {
			return FactOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if in.Skill != "" {
			if err := a.skillInSchool(in.Skill); err != nil {
				return FactOut{}, err
			}
		}
		f, _, err := a.append(evidence.Fact{Learner: in.Learner, Kind: evidence.KindMeeting,
			Meeting: &evidence.Meeting{Class: in.Class, By: a.who.Person, Skill: in.Skill}})
		if err != nil {
			return FactOut{}, err
		}
		if err := a.noteChange("meet_learner", in.Learner); err != nil {
			return FactOut{}, err
		}
		if err := a.tellLearner(in.Learner, "meeting", FactOut{f.ID}); err != nil {
			return FactOut{}, err
		}
		return FactOut{f.ID}, a.planMoved(in.Learner)
	},
}

// FactOut names the fact that an act appended.
type FactOut struct {
	Fact string `json:"fact"`
}

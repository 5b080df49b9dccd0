package flow

import (
	"strings"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/skill"
)

// DoActivityIn says that off-screen work is done, and what the learner noticed. The teachers of the class read the note.
type DoActivityIn struct {
	Mine
	ClassUnit string            `json:"class_unit" minLength:"36" maxLength:"36"`
	Objective skill.ObjectiveID `json:"objective" minLength:"36" maxLength:"36"`
	Note      string            `json:"note" maxLength:"500"`
}

// DoActivity records off-screen work. Errors: NotFound (no such objective, or it has no activity).
var DoActivity = Verb[DoActivityIn, Kept]{
	Name:  "do_activity",
	Rule:  access.Allow(access.Self),
	About: func(_ *Look, in DoActivityIn) (access.Subject, error) { return in.mine() },
	Do: func(a *Act, in DoActivityIn) (Kept, error) {
		u, err := a.mineIn(in.ClassUnit, in.Learner)
		if err != nil {
			return Kept{}, err
		}
		if u.parts[in.Objective].Activity.Title == "" {
			return Kept{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if _, _, err := a.append(evidence.Fact{Learner: in.Learner, Kind: evidence.KindActivity,
			Activity: &evidence.Activity{Unit: u.unit.ID, Objective: in.Objective, Note: strings.TrimSpace(in.Note)}}); err != nil {
			return Kept{}, err
		}
		if err := a.planMoved(in.Learner); err != nil {
			return Kept{}, err
		}
		return Kept{a.now}, a.tellLearner(in.Learner, "activity", acted{in.Learner})
	},
}

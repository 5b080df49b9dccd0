package evening

import (
	"strings"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/standing"
	"kith/internal/skill"
)

// DoActivityIn says that off-screen work is done, and what the learner noticed. The teachers of the class read the note.
type DoActivityIn struct {
	flow.Mine
	ClassUnit string            `json:"class_unit" minLength:"36" maxLength:"36"`
	Objective skill.ObjectiveID `json:"objective" minLength:"36" maxLength:"36"`
	Note      string            `json:"note" maxLength:"500"`
}

// DoActivity records off-screen work. Errors: NotFound (no such objective, or it has no activity).
var DoActivity = flow.Verb[DoActivityIn, flow.Kept]{
	Name:  "do_activity",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in DoActivityIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in DoActivityIn) (flow.Kept, error) {
		u, err := standing.InUnit(a.Look, in.ClassUnit, in.Learner)
		if err != nil {
			return flow.Kept{}, err
		}
		if u.Parts[in.Objective].Activity.Title == "" {
			return flow.Kept{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if _, _, err := ledger.Append(a, evidence.Fact{Learner: in.Learner, Kind: evidence.KindActivity,
			Activity: &evidence.Activity{Unit: u.Unit.ID, Objective: in.Objective, Note: strings.TrimSpace(in.Note)}}); err != nil {
			return flow.Kept{}, err
		}
		if err := standing.PlanMoved(a, in.Learner); err != nil {
			return flow.Kept{}, err
		}
		return flow.Kept{AtMs: a.Now()}, a.TellLearner(in.Learner, "activity", acted{in.Learner})
	},
}

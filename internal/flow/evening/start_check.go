package evening

import (
	"kith/internal/access"
	"kith/internal/diagnostic"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/standing"
	"kith/internal/store/db"
)

// CheckIn names the check of a unit.
type CheckIn struct {
	flow.Mine
	ClassUnit string `json:"class_unit" minLength:"36" maxLength:"36"`
}

// StartCheck begins a sitting of the check, or goes on with the one that was stopped, or gives the one that is open in
// another tab. Errors: NotFound, Conflict (there is nothing that would tell more).
var StartCheck = flow.Verb[CheckIn, CheckPage]{
	Name:  "start_check",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in CheckIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in CheckIn) (CheckPage, error) {
		u, err := standing.InUnit(a.Look, in.ClassUnit, in.Learner)
		if err != nil {
			return CheckPage{}, err
		}
		if _, open := sitting(u); open {
			return checkPage(u, a.Look)
		}
		row := db.Sitting{SchoolID: a.School(), ID: a.NewID(), LearnerID: string(in.Learner), ClassUnitID: in.ClassUnit, StartedMs: a.Now()}
		u.Sittings = append(u.Sittings, row)
		st, ok, err := u.Replay(a.Look)
		if err != nil {
			return CheckPage{}, err
		}
		if !ok || st.Stop() != diagnostic.GoOn {
			return CheckPage{}, fault.New(fault.Conflict, "fault.check.over")
		}
		if err := a.Q().AddSitting(a.Ctx(), db.AddSittingParams{SchoolID: row.SchoolID, ID: row.ID, LearnerID: row.LearnerID, ClassUnitID: row.ClassUnitID, StartedMs: a.Now()}); err != nil {
			return CheckPage{}, err
		}
		page, err := checkPage(u, a.Look)
		if err != nil {
			return page, err
		}
		return page, a.TellLearner(in.Learner, "check", acted{in.Learner})
	},
}

package flow

import (
	"kith/internal/access"
	"kith/internal/diagnostic"
	"kith/internal/fault"
	"kith/internal/store/db"
)

// CheckIn names the check of a unit.
type CheckIn struct {
	Mine
	ClassUnit string `json:"class_unit" minLength:"36" maxLength:"36"`
}

// StartCheck begins a sitting of the check, or goes on with the one that was stopped, or gives the one that is open in
// another tab. Errors: NotFound, Conflict (there is nothing that would tell more).
var StartCheck = Verb[CheckIn, CheckPage]{
	Name:  "start_check",
	Rule:  access.Allow(access.Self),
	About: func(_ *Look, in CheckIn) (access.Subject, error) { return in.mine() },
	Do: func(a *Act, in CheckIn) (CheckPage, error) {
		u, err := a.mineIn(in.ClassUnit, in.Learner)
		if err != nil {
			return CheckPage{}, err
		}
		if _, open := u.sitting(); open {
			return u.checkPage(a.Look)
		}
		row := db.Sitting{SchoolID: a.school(), ID: a.NewID(), LearnerID: string(in.Learner), ClassUnitID: in.ClassUnit, StartedMs: a.now}
		u.sittings = append(u.sittings, row)
		st, ok, err := u.replay(a.Look)
		if err != nil {
			return CheckPage{}, err
		}
		if !ok || st.Stop() != diagnostic.GoOn {
			return CheckPage{}, fault.New(fault.Conflict, "fault.check.over")
		}
		if err := a.q.AddSitting(a.ctx, db.AddSittingParams{SchoolID: row.SchoolID, ID: row.ID, LearnerID: row.LearnerID, ClassUnitID: row.ClassUnitID, StartedMs: a.now}); err != nil {
			return CheckPage{}, err
		}
		page, err := u.checkPage(a.Look)
		if err != nil {
			return page, err
		}
		return page, a.tellLearner(in.Learner, "check", acted{in.Learner})
	},
}

package evening

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/standing"
	"kith/internal/store/db"
)

// StopCheck stops a sitting part way; every answer is kept, and the next start goes on where it was. One that has ended
// already is left as it is. Errors: NotFound.
var StopCheck = flow.Verb[CheckIn, CheckPage]{
	Name:  "stop_check",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in CheckIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in CheckIn) (CheckPage, error) {
		u, err := standing.InUnit(a.Look, in.ClassUnit, in.Learner)
		if err != nil {
			return CheckPage{}, err
		}
		if err := endSitting(a, u, standing.SittingStopped); err != nil {
			return CheckPage{}, err
		}
		page, err := checkPage(u, a.Look)
		if err != nil {
			return page, err
		}
		return page, a.TellLearner(in.Learner, "check", acted{in.Learner})
	},
}

// endSitting ends the open sitting, in the store and in u.
func endSitting(a *flow.Act, u *standing.LearnerUnit, why string) error {
	for i := range u.Sittings {
		if u.Sittings[i].EndedMs > 0 {
			continue
		}
		if _, err := a.Q().EndSitting(a.Ctx(), db.EndSittingParams{SchoolID: a.School(), ID: u.Sittings[i].ID, EndedMs: a.Now(), EndedWhy: why}); err != nil {
			return err
		}
		u.Sittings[i].EndedMs, u.Sittings[i].EndedWhy = a.Now(), why
	}
	return nil
}

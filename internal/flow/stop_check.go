package flow

import (
	"kith/internal/access"
	"kith/internal/store/db"
)

// StopCheck stops a sitting part way; every answer is kept, and the next start goes on where it was. One that has ended
// already is left as it is. Errors: NotFound.
var StopCheck = Verb[CheckIn, CheckPage]{
	Name:  "stop_check",
	Rule:  access.Allow(access.Self),
	About: func(_ *Look, in CheckIn) (access.Subject, error) { return in.mine() },
	Do: func(a *Act, in CheckIn) (CheckPage, error) {
		u, err := a.mineIn(in.ClassUnit, in.Learner)
		if err != nil {
			return CheckPage{}, err
		}
		if err := a.endSitting(u, sittingStopped); err != nil {
			return CheckPage{}, err
		}
		page, err := u.checkPage(a.Look)
		if err != nil {
			return page, err
		}
		return page, a.tellLearner(in.Learner, "check", acted{in.Learner})
	},
}

// endSitting ends the open sitting, in the store and in u.
func (a *Act) endSitting(u *learnerUnit, why string) error {
	for i := range u.sittings {
		if u.sittings[i].EndedMs > 0 {
			continue
		}
		if _, err := a.q.EndSitting(a.ctx, db.EndSittingParams{SchoolID: a.school(), ID: u.sittings[i].ID, EndedMs: a.now, EndedWhy: why}); err != nil {
			return err
		}
		u.sittings[i].EndedMs, u.sittings[i].EndedWhy = a.now, why
	}
	return nil
}

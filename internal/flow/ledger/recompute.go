package ledger

import (
	"context"
	"encoding/json"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// Recomputed sums up a recompute.
type Recomputed struct {
	Learners, Estimates int
	Different           []Difference
}

// Difference is a stored estimate that is not the fold of its facts.
type Difference struct {
	Learner, Skill string
	Stored, Folded string // JSON; "" = there is none
}

// Recompute folds every learner's facts again under the current model and compares with what is stored. With check nothing
// is changed; without it, what differs is written anew.
func Recompute(ctx context.Context, f *flow.Flow, check bool) (Recomputed, error) {
	var sum Recomputed
	var schools []db.School
	if err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) (err error) {
		schools, err = q.Schools(ctx)
		return err
	}); err != nil {
		return sum, err
	}
	for _, school := range schools {
		var learners []db.Person
		if err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) (err error) {
			learners, err = q.PeopleByRole(ctx, db.PeopleByRoleParams{SchoolID: school.ID, Role: string(roster.Learner)})
			return err
		}); err != nil {
			return sum, err
		}
		for _, p := range learners {
			if err := recompute(ctx, f, school.ID, p.ID, check, &sum); err != nil {
				return sum, err
			}
		}
	}
	return sum, nil
}

func recompute(ctx context.Context, f *flow.Flow, school, learner string, check bool, sum *Recomputed) error {
	who := access.Actor{School: roster.SchoolID(school), System: true}
	var different []Difference
	err := f.Snapshot(ctx, who, func(l *flow.Look) error {
		stored, err := l.Q().EstimatesOf(l.Ctx(), db.EstimatesOfParams{SchoolID: school, LearnerID: learner})
		if err != nil {
			return err
		}
		facts, err := Facts(l, roster.PersonID(learner))
		if err != nil || (len(facts) == 0 && len(stored) == 0) {
			return err
		}
		m, err := Model(l)
		if err != nil {
			return err
		}
		folded, err := mastery.Fold(m, facts)
		if err != nil {
			return err
		}
		sum.Learners++
		sum.Estimates += len(folded)
		was := map[string]string{}
		for _, r := range stored {
			was[r.SkillID] = r.Body
		}
		for id, e := range folded {
			body, err := json.Marshal(e)
			if err != nil {
				return err
			}
			if !sameJSON(was[string(id)], string(body)) {
				different = append(different, Difference{learner, string(id), was[string(id)], string(body)})
			}
			delete(was, string(id))
		}
		for id, body := range was {
			different = append(different, Difference{learner, id, body, ""})
		}
		return nil
	})
	if err != nil {
		return err
	}
	sum.Different = append(sum.Different, different...)
	if check || len(different) == 0 {
		return nil
	}
	return f.Transaction(ctx, who, learner, func(a *flow.Act) error { return refold(a, roster.PersonID(learner)) })
}

// sameJSON compares two JSON texts by value: engines may store the same value with other spaces.
func sameJSON(a, b string) bool {
	if a == b {
		return true
	}
	var x, y mastery.Estimate
	if json.Unmarshal([]byte(a), &x) != nil || json.Unmarshal([]byte(b), &y) != nil {
		return false
	}
	xa, _ := json.Marshal(x)
	yb, _ := json.Marshal(y)
	return string(xa) == string(yb)
}

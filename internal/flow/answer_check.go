package flow

import (
	"kith/internal/access"
	"kith/internal/diagnostic"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/plan"
)

// AnswerCheckIn is an answer in the check, or the learner's word that they have not learned it yet.
type AnswerCheckIn struct {
	Mine
	ClassUnit  string        `json:"class_unit" minLength:"36" maxLength:"36"`
	Sitting    string        `json:"sitting" minLength:"36" maxLength:"36"`
	Item       item.ID       `json:"item" minLength:"36" maxLength:"36"`
	Version    int           `json:"version" minimum:"1"`
	DrawN      int           `json:"draw_n" minimum:"1" maximum:"100000"`
	Unlearned  bool          `json:"unlearned,omitempty"`
	Response   item.Response `json:"response"`
	TookMs     int64         `json:"took_ms" minimum:"0" maximum:"86400000"`
	HappenedMs int64         `json:"happened_ms" minimum:"0"`
}

// CheckOut is the check after an answer. It never says what the answer was worth. Unread: nothing was recorded, and Where
// is the box that could not be read.
type CheckOut struct {
	CheckPage
	Unread bool `json:"unread"`
	Where  int  `json:"where,omitempty"`
}

// AnswerCheck records an answer of the check. The last one of a sitting ends it, and a plan is proposed.
// Errors: NotFound, Conflict (the sitting ended, the item was withdrawn, or this was answered in another tab), Invalid.
var AnswerCheck = Verb[AnswerCheckIn, CheckOut]{
	Name:  "answer_check",
	Rule:  access.Allow(access.Self),
	About: func(_ *Look, in AnswerCheckIn) (access.Subject, error) { return in.mine() },
	Do: func(a *Act, in AnswerCheckIn) (CheckOut, error) {
		u, err := a.mineIn(in.ClassUnit, in.Learner)
		if err != nil {
			return CheckOut{}, err
		}
		if open, ok := u.sitting(); !ok || open.ID != in.Sitting {
			return CheckOut{}, fault.New(fault.Conflict, "fault.check.ended")
		}
		f, j, err := a.checkFact(u, in)
		if err != nil {
			return CheckOut{}, err
		}
		if j.Outcome == item.Unread {
			page, err := u.checkPage(a.Look)
			return CheckOut{CheckPage: page, Unread: true, Where: j.Where}, err
		}
		f, _, err = a.append(f)
		if err != nil {
			return CheckOut{}, err
		}
		u.facts = append(u.facts, f)
		if err := a.afterAnswer(u); err != nil {
			return CheckOut{}, err
		}
		page, err := u.checkPage(a.Look)
		if err != nil {
			return CheckOut{}, err
		}
		return CheckOut{CheckPage: page}, a.tellLearner(in.Learner, "check", acted{in.Learner})
	},
}

// checkFact makes the fact of an answer.
func (a *Act) checkFact(u *learnerUnit, in AnswerCheckIn) (evidence.Fact, item.Judged, error) {
	f, v, err := a.variant(in.Learner, in.Item, in.Version, in.DrawN)
	if err != nil {
		return f, item.Judged{}, err
	}
	if space, err := u.space(a.Look); err != nil || !space.asks[f.Attempt.Skill] {
		return f, item.Judged{}, fault.New(fault.Conflict, "fault.check.ended")
	}
	if err := a.inTurn(RecordAttemptIn{Learner: in.Learner, Item: in.Item, DrawN: in.DrawN, Try: 1}); err != nil {
		return f, item.Judged{}, err
	}
	t := f.Attempt
	t.Purpose, t.Context, t.TookMs = evidence.ForCheck, in.Sitting, in.TookMs
	f.HappenedMs = in.HappenedMs
	if in.Unlearned {
		t.Unlearned, t.Outcome = true, item.NotYet
		return f, item.Judged{Outcome: item.NotYet}, nil
	}
	j, err := item.Score(v, in.Response)
	t.Response, t.Outcome, t.Mistake = in.Response, j.Outcome, j.Mistake
	return f, j, err
}

// afterAnswer ends the sitting when the check wants no further answer, and proposes a plan then.
func (a *Act) afterAnswer(u *learnerUnit) error {
	st, _, err := u.replay(a.Look)
	if err != nil || st.Stop() == diagnostic.GoOn {
		return err
	}
	if err := a.endSitting(u, sittingDone); err != nil {
		return err
	}
	if u.estimates, err = a.estimates(u.learner); err != nil {
		return err
	}
	return a.propose(u, plan.CheckEnded, nil)
}

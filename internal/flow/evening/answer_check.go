package evening

import (
	"kith/internal/access"
	"kith/internal/diagnostic"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/standing"
	"kith/internal/item"
	"kith/internal/plan"
)

// AnswerCheckIn is an answer in the check, or the learner's word that they have not learned it yet.
type AnswerCheckIn struct {
	flow.Mine
	ClassUnit  string        `json:"class_unit" minLength:"36" maxLength:"36"`
	Sitting    string        `json:"sitting" minLength:"36" maxLength:"36"`
	Item       item.ID       `json:"item" minLength:"36" maxLength:"36"`
	Version    int           `json:"version" minimum:"1"`
	DrawN      int           `json:"draw_n" minimum:"1" maximum:"100000"`
	Unlearned  bool          `json:"unlearned,omitempty"`
	Response   item.Response `json:"response"`
	TookMs     int64         `json:"took_ms" minimum:"0" maximum:"86400000"`
	HappenedMs int64         `json:"happened_ms" minimum:"0"`

	scored *scored // begun by Prepare, made by Ahead
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
var AnswerCheck = flow.Verb[AnswerCheckIn, CheckOut]{
	Name:  "answer_check",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in AnswerCheckIn) (access.Subject, error) { return in.Subject() },
	Prepare: func(l *flow.Look, in AnswerCheckIn) AnswerCheckIn {
		in.scored = toScore(l, in.Item, in.Version)
		return in
	},
	Ahead: func(in AnswerCheckIn) (AnswerCheckIn, error) {
		if in.Unlearned {
			in.scored.draw(in.Learner, in.DrawN)
			in.scored.judged.Outcome = item.NotYet
			return in, nil
		}
		in.scored.score(in.Learner, in.DrawN, in.Response)
		return in, nil
	},
	Do: func(a *flow.Act, in AnswerCheckIn) (CheckOut, error) {
		u, err := standing.InUnit(a.Look, in.ClassUnit, in.Learner)
		if err != nil {
			return CheckOut{}, err
		}
		if open, ok := sitting(u); !ok || open.ID != in.Sitting {
			return CheckOut{}, fault.New(fault.Conflict, "fault.check.ended")
		}
		f, j, err := checkFact(a, u, in)
		if err != nil {
			return CheckOut{}, err
		}
		if j.Outcome == item.Unread {
			page, err := checkPage(u, a.Look)
			return CheckOut{CheckPage: page, Unread: true, Where: j.Where}, err
		}
		f, _, err = ledger.Append(a, f)
		if err != nil {
			return CheckOut{}, err
		}
		u.Facts = append(u.Facts, f)
		if err := afterAnswer(a, u); err != nil {
			return CheckOut{}, err
		}
		page, err := checkPage(u, a.Look)
		if err != nil {
			return CheckOut{}, err
		}
		return CheckOut{CheckPage: page}, a.TellLearner(in.Learner, "check", acted{in.Learner})
	},
}

// checkFact makes the fact of an answer.
func checkFact(a *flow.Act, u *standing.LearnerUnit, in AnswerCheckIn) (evidence.Fact, item.Judged, error) {
	graph, err := answerable(a, in.Item)
	if err != nil {
		return evidence.Fact{}, item.Judged{}, err
	}
	if in.scored.err != nil {
		return evidence.Fact{}, item.Judged{}, in.scored.err
	}
	f := attempted(in.Learner, in.scored.item, in.Version, graph, in.DrawN, in.scored.variant)
	if space, err := u.Space(a.Look); err != nil || !space.Asks[f.Attempt.Skill] || !in.scored.item.Kind.AtOnce() {
		return f, item.Judged{}, fault.New(fault.Conflict, "fault.check.ended")
	}
	if err := inTurn(a, RecordAttemptIn{Learner: in.Learner, Item: in.Item, DrawN: in.DrawN, Try: 1}); err != nil {
		return f, item.Judged{}, err
	}
	t := f.Attempt
	t.Purpose, t.Context, t.TookMs = evidence.ForCheck, in.Sitting, in.TookMs
	f.HappenedMs = in.HappenedMs
	j := in.scored.judged
	if t.Unlearned, t.Outcome, t.Mistake = in.Unlearned, j.Outcome, j.Mistake; !in.Unlearned {
		t.Response = in.Response
	}
	t.Parts, t.PartsRight = j.Parts, j.PartsRight
	return f, j, nil
}

// afterAnswer ends the sitting when the check wants no further answer, and proposes a plan then.
func afterAnswer(a *flow.Act, u *standing.LearnerUnit) error {
	st, _, err := u.Replay(a.Look)
	if err != nil || st.Stop() == diagnostic.GoOn {
		return err
	}
	if err := endSitting(a, u, standing.SittingDone); err != nil {
		return err
	}
	if u.Estimates, err = ledger.Estimates(a.Look, u.Learner); err != nil {
		return err
	}
	return standing.Propose(a, u, plan.CheckEnded, nil)
}

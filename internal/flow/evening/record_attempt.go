package evening

import (
	"maps"

	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/practice"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// RecordAttemptIn is an answer to a variant. Version, DrawN and Try name what the learner saw; Hints is how many rungs were
// open; times are the device's claim.
type RecordAttemptIn struct {
	flow.Op
	Learner    roster.PersonID  `json:"learner" minLength:"36" maxLength:"36"`
	Item       item.ID          `json:"item" minLength:"36" maxLength:"36"`
	Version    int              `json:"version" minimum:"1"`
	DrawN      int              `json:"draw_n" minimum:"1" maximum:"100000"`
	Try        int              `json:"try" minimum:"1" maximum:"3"`
	Hints      int              `json:"hints" minimum:"0" maximum:"30"`
	Response   item.Response    `json:"response"`
	Purpose    evidence.Purpose `json:"purpose" enum:"practice,lesson,exit"`
	Context    string           `json:"context,omitempty" maxLength:"36" doc:"the lesson's or the pile's id; for practice, the skill whose practice the item was woven into"`
	TookMs     int64            `json:"took_ms" minimum:"0" maximum:"86400000"`
	HappenedMs int64            `json:"happened_ms" minimum:"0"`
}

// AttemptOut is what became of an answer. Unread: nothing was recorded, and Where is the box that could not be read.
type AttemptOut struct {
	Outcome  item.Outcome   `json:"outcome" enum:"right,not_yet,unread"`
	Where    int            `json:"where,omitempty"`
	Nudge    []doc.El       `json:"nudge,omitempty"`    // not yet: the recognised mistake's line
	TriesEnd bool           `json:"tries_end"`          // no further try on this variant
	Solution []doc.El       `json:"solution,omitempty"` // right, or no further try
	Before   mastery.Status `json:"before" enum:"not_started,growing,secure,another_look"`
	After    mastery.Status `json:"after" enum:"not_started,growing,secure,another_look"`
	Why      phrase.Phrase  `json:"why"`
	Dots     []mastery.Went `json:"dots"`
}

// RecordAttempt scores an answer, appends it as evidence and moves the learner's estimates.
// Errors: NotFound (not this learner, no such item), Conflict (the item was withdrawn; this try was already answered in
// another tab; a try before this one is missing), Invalid.
var RecordAttempt = flow.Verb[RecordAttemptIn, AttemptOut]{
	Name: "record_attempt",
	Rule: access.Allow(access.Self),
	About: func(l *flow.Look, in RecordAttemptIn) (access.Subject, error) {
		return access.OfPerson(in.Learner), nil
	},
	Do: func(a *flow.Act, in RecordAttemptIn) (AttemptOut, error) {
		f, v, err := score(a, in)
		if err != nil {
			return AttemptOut{}, err
		}
		j, err := item.Score(v, in.Response)
		if err != nil {
			return AttemptOut{}, err
		}
		if j.Outcome == item.Unread {
			return AttemptOut{Outcome: j.Outcome, Where: j.Where}, nil
		}
		f.Attempt.Outcome, f.Attempt.Mistake = j.Outcome, j.Mistake
		f, all, err := ledger.Append(a, f)
		if err != nil {
			return AttemptOut{}, err
		}
		m := all[0]
		out := AttemptOut{Outcome: j.Outcome, TriesEnd: j.Outcome == item.Right || in.Try >= practice.Tries,
			Before: m.Before.Status, After: m.After.Status, Why: mastery.Why(m.After), Dots: m.After.Dots()}
		if in.Purpose == evidence.ForExit {
			out.TriesEnd = true
		}
		settled := out.After == mastery.Secure || out.After == mastery.AnotherLook
		if out.Before != out.After && settled || in.Purpose == evidence.ForLesson {
			if err := standing.PlanMoved(a, in.Learner); err != nil {
				return out, err
			}
		}
		return out, announceAttempt(a, in.Learner, f, out)
	},
	Finish: func(l *flow.Look, in RecordAttemptIn, out *AttemptOut) error {
		if out.Outcome == item.Unread || (out.Outcome == item.Right && !out.TriesEnd) {
			return nil
		}
		it, err := library.ItemVersion(l, in.Item, int64(in.Version))
		if err != nil {
			return err
		}
		v, err := item.Draw(*it, item.SeedFor(string(in.Learner), string(in.Item), in.DrawN))
		if err != nil {
			return err
		}
		if out.Outcome == item.NotYet {
			j, err := item.Score(v, in.Response)
			if err != nil {
				return err
			}
			if out.Nudge, err = v.Nudge(j); err != nil {
				return err
			}
		}
		if out.TriesEnd {
			out.Solution, err = v.Solution()
		}
		return err
	},
}

// score makes the fact of an answer and the variant that was answered.
func score(a *flow.Act, in RecordAttemptIn) (evidence.Fact, item.Variant, error) {
	f, v, err := variant(a, in.Learner, in.Item, in.Version, in.DrawN)
	if err != nil {
		return f, v, err
	}
	if in.Purpose == evidence.ForExit {
		if err := inExit(a, in); err != nil {
			return f, v, err
		}
	}
	if err := inTurn(a, in); err != nil {
		return f, v, err
	}
	t := f.Attempt
	t.Try, t.Hints, t.Purpose, t.Context = in.Try, in.Hints, in.Purpose, in.Context
	t.Response, t.TookMs = in.Response, in.TookMs
	f.HappenedMs = in.HappenedMs
	return f, v, nil
}

// variant draws the variant that a learner was asked, with the fact of an attempt at it begun. The item must not be
// withdrawn; an older version than the current one is answered as it was asked.
func variant(a *flow.Act, learner roster.PersonID, id item.ID, version, drawN int) (evidence.Fact, item.Variant, error) {
	row, err := a.Q().ItemForAnswer(a.Ctx(), db.ItemForAnswerParams{SchoolID: a.School(), ID: string(id)})
	if err != nil {
		return evidence.Fact{}, item.Variant{}, err
	}
	if row.Status != "published" {
		return evidence.Fact{}, item.Variant{}, fault.New(fault.Conflict, "fault.item.withdrawn")
	}
	it, err := library.ItemVersion(a.Look, id, int64(version))
	if err != nil {
		return evidence.Fact{}, item.Variant{}, err
	}
	v, err := item.Draw(*it, item.SeedFor(string(learner), string(id), drawN))
	if err != nil {
		return evidence.Fact{}, v, err
	}
	return evidence.Fact{Learner: learner, Kind: evidence.KindAttempt, Attempt: &evidence.Attempt{
		Item: id, ItemVersion: version, Skill: it.Skills[0], Others: it.Skills[1:], GraphVersion: int(row.GraphVersion),
		DrawN: drawN, Seed: v.Seed, Drawn: maps.Clone(v.Values), Kind: it.Kind, Options: len(it.Choices), Try: 1,
	}}, v, nil
}

// inTurn refuses a try that was already answered, or whose turn it is not: two tabs answer the same variant once.
func inTurn(a *flow.Act, in RecordAttemptIn) error {
	rows, err := a.Q().LastAttemptOnItem(a.Ctx(), db.LastAttemptOnItemParams{SchoolID: a.School(), LearnerID: string(in.Learner), ItemID: string(in.Item)})
	if err != nil {
		return err
	}
	lastDraw, lastTry, over := 0, practice.Tries, true
	if len(rows) > 0 {
		lastDraw, lastTry = int(rows[0].DrawN), int(rows[0].Try)
		over = rows[0].Outcome == string(item.Right) || lastTry >= practice.Tries
	}
	switch {
	case in.DrawN == lastDraw && in.Try == lastTry+1 && !over:
		return nil
	case in.DrawN == lastDraw+1 && in.Try == 1:
		return nil
	case in.DrawN < lastDraw || (in.DrawN == lastDraw && in.Try <= lastTry):
		return fault.New(fault.Conflict, "fault.attempt.answered")
	}
	return fault.New(fault.Conflict, "fault.attempt.turn")
}

// attempted is what followers of a learner and of their classes are told.
type attempted struct {
	Learner roster.PersonID  `json:"learner"`
	Skill   skill.ID         `json:"skill"`
	Purpose evidence.Purpose `json:"purpose"`
	Status  mastery.Status   `json:"status"`
}

// announceAttempt tells the classes; the learner's own topic hears of it only when a status moved, since the page that
// answered has its answer.
func announceAttempt(a *flow.Act, learner roster.PersonID, f evidence.Fact, out AttemptOut) error {
	data := attempted{learner, f.Attempt.Skill, f.Attempt.Purpose, out.After}
	if out.Before != out.After {
		return a.TellLearner(learner, "attempt", data)
	}
	classes, err := a.Q().ClassIDsOfLearner(a.Ctx(), db.ClassIDsOfLearnerParams{SchoolID: a.School(), PersonID: string(learner)})
	for _, c := range classes {
		a.Announce(flow.ClassTopic(c), "attempt", data)
	}
	return err
}

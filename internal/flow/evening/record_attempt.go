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
	"kith/internal/item/algebra/read"
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
	Unlearned  bool             `json:"unlearned,omitempty" doc:"the learner says that they cannot do it yet; in an exit check only, where nothing else lets them go on"`
	Purpose    evidence.Purpose `json:"purpose" enum:"practice,lesson,exit"`
	Context    string           `json:"context,omitempty" maxLength:"36" doc:"the lesson's or the pile's id; for practice, the skill whose practice the item was woven into"`
	TookMs     int64            `json:"took_ms" minimum:"0" maximum:"86400000"`
	HappenedMs int64            `json:"happened_ms" minimum:"0"`

	scored *scored // begun by Prepare, made by Ahead
}

// scored is an answer held against the variant that the learner saw: nothing that changes, so it is made before the
// transaction, and, since mathematics may take long to compare, outside of any snapshot. err is what Do refuses with.
type scored struct {
	item     *item.Item
	variant  item.Variant
	judged   item.Judged
	nudge    []doc.El
	solution []doc.El
	err      error
}

// AttemptOut is what became of an answer. Unread: nothing was recorded, and Where is the box that could not be read. Waiting: it
// is recorded and moves nothing until Teacher has looked; what is right is not shown before.
type AttemptOut struct {
	Outcome  item.Outcome   `json:"outcome" enum:"right,not_yet,unread,waiting"`
	Fact     string         `json:"fact,omitempty"` // the attempt's id, for a word about it
	Where    int            `json:"where,omitempty"`
	At       int            `json:"at,omitempty"`   // unread: the character of mathematics, from 1
	What     string         `json:"what,omitempty"` // unread: what stands there
	Problem  read.Problem   `json:"problem,omitempty"`
	Nudge    []doc.El       `json:"nudge,omitempty"`    // not yet: the recognised mistake's line
	Slip     *phrase.Phrase `json:"slip,omitempty"`     // not yet, without such a line: what lies between the answer and the key
	Value    bool           `json:"value,omitempty"`    // not yet: the value is right, only the way of writing is not as asked
	Parts    *RightParts    `json:"parts,omitempty"`    // not yet, of several parts; never where nothing is told of an answer
	TriesEnd bool           `json:"tries_end"`          // no further try on this variant
	Teacher  string         `json:"teacher,omitempty"`  // waiting: who looks at it; "" = nobody teaches the class yet
	Solution []doc.El       `json:"solution,omitempty"` // right, or no further try
	Before   mastery.Status `json:"before" enum:"not_started,growing,secure,another_look"`
	After    mastery.Status `json:"after" enum:"not_started,growing,secure,another_look"`
	Why      phrase.Phrase  `json:"why"`
	Dots     []mastery.Went `json:"dots"`
}

// RightParts is how many parts of an answer are right. In an order, what is missing is how many things still have to be moved.
type RightParts struct {
	Right int `json:"right"`
	Of    int `json:"of"`
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
	Prepare: func(l *flow.Look, in RecordAttemptIn) RecordAttemptIn {
		in.scored = toScore(l, in.Item, in.Version)
		return in
	},
	Ahead: func(in RecordAttemptIn) (RecordAttemptIn, error) {
		if in.Unlearned {
			in.scored.draw(in.Learner, in.DrawN)
			in.scored.judged.Outcome = item.NotYet
		} else {
			in.scored.score(in.Learner, in.DrawN, in.Response)
		}
		in.scored.say(in.triesEnd(in.scored.judged))
		return in, nil
	},
	Do: func(a *flow.Act, in RecordAttemptIn) (AttemptOut, error) {
		f, err := attemptOf(a, in)
		if err != nil {
			return AttemptOut{}, err
		}
		j := in.scored.judged
		if j.Outcome == item.Unread {
			return AttemptOut{Outcome: j.Outcome, Where: j.Where, At: j.At, What: j.What, Problem: j.Why}, nil
		}
		f.Attempt.Outcome, f.Attempt.Mistake = j.Outcome, j.Mistake
		f.Attempt.Parts, f.Attempt.PartsRight = j.Parts, j.PartsRight
		f, all, err := ledger.Append(a, f)
		if err != nil {
			return AttemptOut{}, err
		}
		m := all[0]
		out := AttemptOut{Outcome: j.Outcome, Fact: f.ID, TriesEnd: in.triesEnd(j),
			Before: m.Before.Status, After: m.After.Status, Why: mastery.Why(m.After), Dots: m.After.Dots()}
		if j.Outcome == item.Waiting {
			said, err := readerOf(a.Look, string(in.Learner))
			if err != nil {
				return out, err
			}
			out.Teacher = said.Teacher
		}
		settled := out.After == mastery.Secure || out.After == mastery.AnotherLook
		if out.Before != out.After && settled || in.Purpose == evidence.ForLesson {
			if err := standing.PlanMoved(a, in.Learner); err != nil {
				return out, err
			}
		}
		return out, announceAttempt(a, in.Learner, f, out)
	},
	Finish: func(in RecordAttemptIn, out *AttemptOut) error {
		if out.Outcome == item.NotYet {
			out.Nudge = in.scored.nudge
			slip, value := in.scored.judged.Slip()
			out.Value = value
			if j := in.scored.judged; j.Parts > 0 && in.Purpose != evidence.ForExit {
				out.Parts = &RightParts{j.PartsRight, j.Parts}
			}
			if len(out.Nudge) == 0 && slip.Code != "" {
				out.Slip = &slip
			}
		}
		if out.TriesEnd && out.Outcome != item.Waiting {
			out.Solution = in.scored.solution
		}
		return in.scored.err
	},
}

// triesEnd reports whether no further try follows an answer.
func (in RecordAttemptIn) triesEnd(j item.Judged) bool {
	return j.Outcome == item.Right || j.Outcome == item.Waiting || in.Try >= practice.Tries || in.Purpose == evidence.ForExit
}

// toScore begins with the version of the item that was answered.
func toScore(l *flow.Look, id item.ID, version int) *scored {
	s := &scored{}
	s.item, s.err = library.ItemVersion(l, id, int64(version))
	return s
}

// draw draws the variant that the learner saw.
func (s *scored) draw(learner roster.PersonID, drawN int) {
	if s.err == nil {
		s.variant, s.err = item.Draw(*s.item, item.SeedFor(string(learner), string(s.item.ID), drawN))
	}
}

// score holds the answer against it.
func (s *scored) score(learner roster.PersonID, drawN int, r item.Response) {
	if s.draw(learner, drawN); s.err == nil {
		s.judged, s.err = item.Score(s.variant, r)
	}
}

// say adds the texts that the learner then sees: the nudge, and, where no further try follows, the worked solution.
func (s *scored) say(triesEnd bool) {
	if s.err == nil && s.judged.Outcome == item.NotYet {
		s.nudge, s.err = s.variant.Nudge(s.judged)
	}
	if s.err == nil && s.judged.Outcome.Counts() && triesEnd {
		s.solution, s.err = s.variant.Solution()
	}
}

// attemptOf makes the fact of an answer, not yet judged, when it may be given now.
func attemptOf(a *flow.Act, in RecordAttemptIn) (evidence.Fact, error) {
	graph, err := answerable(a, in.Item)
	if err != nil {
		return evidence.Fact{}, err
	}
	if in.scored.err != nil {
		return evidence.Fact{}, in.scored.err
	}
	if in.Purpose == evidence.ForExit {
		if err := inExit(a, in); err != nil {
			return evidence.Fact{}, err
		}
	} else if in.Unlearned {
		return evidence.Fact{}, fault.Invalidf("unlearned", "only an exit check is answered so")
	}
	if err := inTurn(a, in); err != nil {
		return evidence.Fact{}, err
	}
	if err := ownFiles(a, in.Learner, in.Response.Files, photoTypes); err != nil {
		return evidence.Fact{}, err
	}
	if err := ownFiles(a, in.Learner, in.Response.Documents, documentTypes); err != nil {
		return evidence.Fact{}, err
	}
	f := attempted(in.Learner, in.scored.item, in.Version, graph, in.DrawN, in.scored.variant)
	t := f.Attempt
	t.Try, t.Hints, t.Purpose, t.Context = in.Try, in.Hints, in.Purpose, in.Context
	if t.Unlearned, t.TookMs = in.Unlearned, in.TookMs; !in.Unlearned {
		t.Response = in.Response
	}
	f.HappenedMs = in.HappenedMs
	return f, nil
}

// answerable gives the version of the graph that an item stands in. The item must not be withdrawn; an older version than
// the current one is answered as it was asked.
func answerable(a *flow.Act, id item.ID) (graph int64, err error) {
	row, err := a.Q().ItemForAnswer(a.Ctx(), db.ItemForAnswerParams{SchoolID: a.School(), ID: string(id)})
	if err == nil && row.Status != "published" {
		err = fault.New(fault.Conflict, "fault.item.withdrawn")
	}
	return row.GraphVersion, err
}

// attempted begins the fact of an attempt at a variant.
func attempted(learner roster.PersonID, it *item.Item, version int, graph int64, drawN int, v item.Variant) evidence.Fact {
	return evidence.Fact{Learner: learner, Kind: evidence.KindAttempt, Attempt: &evidence.Attempt{
		Item: it.ID, ItemVersion: version, Skill: it.Skills[0], Others: it.Skills[1:], GraphVersion: int(graph),
		DrawN: drawN, Seed: v.Seed, Drawn: maps.Clone(v.Values), Kind: it.Kind, Options: len(it.Choices), Try: 1,
	}}
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
		over = rows[0].Outcome == string(item.Right) || rows[0].Waiting || lastTry >= practice.Tries
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

// attemptNews is what followers of a learner and of their classes are told.
type attemptNews struct {
	Learner roster.PersonID  `json:"learner"`
	Skill   skill.ID         `json:"skill"`
	Purpose evidence.Purpose `json:"purpose"`
	Status  mastery.Status   `json:"status"`
}

// announceAttempt tells the classes; the learner's own topic hears of it only when a status moved, since the page that
// answered has its answer.
func announceAttempt(a *flow.Act, learner roster.PersonID, f evidence.Fact, out AttemptOut) error {
	if out.Outcome == item.Waiting {
		return tellTeachers(a, learner)
	}
	data := attemptNews{learner, f.Attempt.Skill, f.Attempt.Purpose, out.After}
	if out.Before != out.After {
		return a.TellLearner(learner, "attempt", data)
	}
	classes, err := a.Q().ClassIDsOfLearner(a.Ctx(), db.ClassIDsOfLearnerParams{SchoolID: a.School(), PersonID: string(learner)})
	for _, c := range classes {
		a.Announce(flow.ClassTopic(c), "attempt", data)
	}
	return err
}

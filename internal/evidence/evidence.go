// Package evidence is the only truth about a learner: immutable facts, in the order in which they were received.
//
// A Fact is one of the kinds below. Everything shown about a learner (estimate, status, plan, step) is a fold of facts in
// Seq order. Nothing is changed: a mistake is corrected by a Withdrawal, which is itself a fact.
//
// Place in the flow: layer 1, facts. item.Score -> evidence.Attempt -> mastery.Fold -> plan.Build -> page.
package evidence

import (
	"kith/internal/content"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
)

// Kind names a kind of fact; each has a struct here and a table in the store.
type Kind string

const (
	KindAttempt    Kind = "attempt"
	KindViewing    Kind = "viewing"
	KindSelfRating Kind = "self_rating"
	KindCredit     Kind = "credit"
	KindRoleChoice Kind = "role_choice"
	KindQuestion   Kind = "question"
	KindMeeting    Kind = "meeting"
	KindActivity   Kind = "activity"
	KindWithdrawal Kind = "withdrawal"
	KindAppeal     Kind = "appeal"
	KindRuling     Kind = "ruling"
	KindRescoring  Kind = "rescoring"
)

// Fact is one row of the evidence: exactly one of the pointers is set, as Kind says.
type Fact struct {
	ID         string
	Learner    roster.PersonID
	Seq        int64 // 1, 2, 3 … for each learner, given under the learner's lock
	Kind       Kind
	HappenedMs int64 // the device's claim, ms since 1970 UTC
	ReceivedMs int64 // the server's clock
	Attempt    *Attempt
	Viewing    *Viewing
	SelfRating *SelfRating
	Credit     *Credit
	RoleChoice *RoleChoice
	Question   *Question
	Meeting    *Meeting
	Activity   *Activity
	Withdrawal *Withdrawal
	Appeal     *Appeal
	Ruling     *Ruling
	Rescoring  *Rescoring
}

// Purpose says why an item was asked.
type Purpose string

const (
	ForCheck    Purpose = "check"    // the diagnostic at a unit's start: no right or wrong is shown
	ForPractice Purpose = "practice" // hints and retries welcome
	ForLesson   Purpose = "lesson"   // a check inside a lesson
	ForExit     Purpose = "exit"     // the short check at the end of a pile's time together
)

// Attempt is a response with what it was worth. Try counts 1, 2, 3 … on one variant.
type Attempt struct {
	Item         item.ID
	ItemVersion  int
	Skill        skill.ID   // the item's first skill
	Others       []skill.ID // further skills it asks
	GraphVersion int
	DrawN        int    // which draw of this item for this learner: 1, 2, 3 …
	Seed         uint64 // made from learner, item and DrawN
	Drawn        map[string]string
	Response     item.Response
	Outcome      item.Outcome
	Mistake      string
	Parts        int // of an answer of several parts; 0 when it has none, or was given before they were counted
	PartsRight   int
	Kind         item.Kind
	Options      int // how many options were shown; 0 for typed answers
	Try          int
	Hints        int  // rungs of the ladder seen before this try
	Unlearned    bool // "I haven't learned this yet": Outcome is NotYet and Response empty
	Purpose      Purpose
	Context      string // sitting, lesson or pile id, as Purpose says
	TookMs       int64  // the device's claim; 0 = not known

	// What AsRuled makes of it; never stored.
	Ruled    bool // a teacher said that it is right after all
	Looked   bool // it waited for a person, and a teacher said whether it is right
	Rescored int  // the later version of its item by whose key it was judged again; 0 = by none
	Moot     bool // a try before it on the same variant was right after all
}

// Share is how much of the answer is right, in [0, 1]: by its parts where it has some, else all or nothing.
func (a Attempt) Share() float64 {
	switch {
	case a.Outcome == item.Right:
		return 1
	case a.Parts == 0:
		return 0
	}
	return float64(a.PartsRight) / float64(a.Parts)
}

// Unaided reports whether the attempt was a first try without any hint.
func (a Attempt) Unaided() bool { return a.Try == 1 && a.Hints == 0 }

// Viewing is one watched span of a lesson's video, at most 30 s of wall time.
type Viewing struct {
	Lesson        content.LessonID
	LessonVersion int
	FromMs, ToMs  int64
	Rate          float64
}

// SelfRating is what a learner says of an "I can" line: "yes", "bit" or "not_yet". It stands beside the evidence and
// moves no estimate.
type SelfRating struct {
	Objective skill.ObjectiveID
	Says      string
}

// Credit is a person's decision that a skill counts as known ("credit") or is open again ("reopen").
type Credit struct {
	Skill  skill.ID
	Act    string // credit | reopen
	By     roster.PersonID
	Reason string
}

// RoleChoice is the role that a learner picked in a task: Objective is empty for the unit's task.
type RoleChoice struct {
	Unit      content.UnitID
	Objective skill.ObjectiveID
	Role      string
}

// Question is what a learner wants to ask in class.
type Question struct {
	Class  roster.ClassID
	Lesson content.LessonID // may be empty
	Text   string
}

// Meeting records that a teacher and a learner sat together; both see it.
type Meeting struct {
	Class roster.ClassID
	By    roster.PersonID
	Pile  string // may be empty
	Skill skill.ID
}

// Activity records off-screen work that a learner says is done, and what they noticed.
type Activity struct {
	Unit      content.UnitID
	Objective skill.ObjectiveID
	Note      string
}

// Withdrawal takes one earlier fact of the same learner out of every fold, with who and why.
type Withdrawal struct {
	Fact   string
	By     roster.PersonID
	Reason string
}

// Appeal is a learner's word that an answer of theirs is right although it was read as not yet. It moves no estimate: it
// goes to the teacher with the answer.
type Appeal struct {
	Attempt string // the attempt's fact
}

// Ruling is what a teacher said to an answer: right, or not yet, with a word or without. The last one counts. An answer that
// waited becomes evidence by it.
type Ruling struct {
	Attempt  string
	Accepted bool
	By       roster.PersonID
	Word     string
	Levels   []int // of the item's rubric, one for each criterion; nil = none was given
}

// Rescoring gives one earlier attempt of the same learner the outcome that its response has by the key of a later version of
// the item. The attempt keeps its place in the order, and the version that it answered. The last one counts, and a Ruling
// stands above it: who looked at the answer itself knows more than a key.
type Rescoring struct {
	Attempt     string
	ItemVersion int // whose key judged it
	Outcome     item.Outcome
	Mistake     string
	Parts       int
	PartsRight  int
	By          roster.PersonID
	Reason      string
}

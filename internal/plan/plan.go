// Package plan is the outer loop: what a learner does next, in order, each line with a reason that they can read.
//
// In: the course's graph, the unit, estimates, what the check showed, what people decided so far. Out: a Proposal, which
// is only ever proposed: a person says yes, edits it or rejects it. The decided lines become steps whose status is folded
// from evidence (Steps), of which Today shows at most five.
//
// The order is by readiness: a skill comes when all that it rests on is known or stands earlier in the plan (the outer
// fringe of knowledge space theory: Doignon and Falmagne, 1985). Among ready ones that one comes first which the goals need
// most for the minutes that it takes (rank.go), or, where a goal's day leaves little room, the one that the days ask for.
// While nobody has set a goal the unit's own objectives are it, the earlier ones first. One line in three is with a person
// or off screen.
//
// Place in the flow: layer 2, after mastery and goal; what the check found, the pace and the memory come in as data.
package plan

import (
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/goal"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// Limits, chosen by us for what a page and a day hold.
const (
	MaxLines   = 12
	MaxToday   = 5
	MaxChoices = 5 // ready skills that are ranked for whoever decides: more is no choice
	MaxAgain   = 3 // lines that bring back what only time has touched
	Share      = 3 // of so many lines one is with a person or off screen
)

// Kind is what a line asks for.
type Kind string

const (
	Lesson   Kind = "lesson"
	Practice Kind = "practice"
	Activity Kind = "activity" // off screen, printed or done by hand
	Task     Kind = "task"     // read the objective's task and pick a role
	Talk     Kind = "talk"     // with a partner or a small group
	Meeting  Kind = "meeting"  // with the teacher
	Revisit  Kind = "revisit"  // practise again what was secure
	Deeper   Kind = "deeper"   // ahead: make a harder one, and swap it with somebody
	Make     Kind = "make"     // ahead: make what the task asks for
)

// Where a line takes place.
type Where string

const (
	OnScreen  Where = "screen"
	OffScreen Where = "off_screen"
	Person    Where = "person"
)

// Place is where a kind of line takes place.
func (k Kind) Place() Where {
	switch k {
	case Activity, Make:
		return OffScreen
	case Talk, Meeting, Deeper:
		return Person
	}
	return OnScreen
}

// Dial says how much a learner chooses; each position holds the ones before it.
type Dial string

const (
	Required Dial = "required" // lessons and practice are given
	Pick     Dial = "pick"     // practice is given, the way to it is picked
	Propose  Dial = "propose"  // the learner proposes; only what the teacher put in is given
)

// Change says how a line of a proposal stands to the plan decided before.
type Change string

const (
	Kept     Change = "kept"
	Added    Change = "added"
	Moved    Change = "moved"
	Dropped  Change = "dropped"  // stands in Proposal.Dropped
	Credited Change = "credited" // stands in Proposal.Credited
)

// Line is one line of a plan. Skill, Objective and Lesson are set as the kind needs; Lesson on lesson lines only.
type Line struct {
	Key       string            `json:"key"` // kind and subject, e.g. "practice:SKILL": the same in every plan
	Kind      Kind              `json:"kind"`
	Where     Where             `json:"where"`
	Skill     skill.ID          `json:"skill,omitempty"`
	Objective skill.ObjectiveID `json:"objective,omitempty"`
	Lesson    content.LessonID  `json:"lesson,omitempty"`
	Must      bool              `json:"must,omitempty"` // else may
	Pinned    bool              `json:"pinned,omitempty"`
	Again     bool              `json:"again,omitempty"`   // the skill is secure, and asked once more all the same
	Minutes   int               `json:"minutes,omitempty"` // 0 = not known
	Reason    phrase.Phrase     `json:"reason"`
	Evidence  []string          `json:"evidence,omitempty"`
	Change    Change            `json:"change,omitempty"`
}

// NewLine makes a line with its key and place. Subject fields that the kind does not use stay as given.
func NewLine(kind Kind, objective skill.ObjectiveID, sk skill.ID, lesson content.LessonID) Line {
	l := Line{Kind: kind, Where: kind.Place(), Skill: sk, Objective: objective, Lesson: lesson}
	switch kind {
	case Lesson:
		l.Key = string(kind) + ":" + string(lesson)
	case Practice, Revisit, Meeting:
		l.Key = string(kind) + ":" + string(sk)
	default:
		l.Key = string(kind) + ":" + string(objective)
	}
	return l
}

// Check is what the diagnostic found, as data. The zero Check: there was none.
type Check struct {
	Known     []skill.ID            // shown in the check; proposed to be credited
	Direct    map[skill.ID]bool     // of Known: answered itself
	Through   map[skill.ID]skill.ID // of Known: shown by this one, which rests on it
	Unlearned []skill.ID            // the learner said that they have not met it
	Evidence  map[skill.ID][]string // fact ids
}

// Input is all that Build looks at.
type Input struct {
	Course    skill.Course
	Graph     *skill.Graph // of Course
	Unit      content.Unit
	Lessons   []content.Lesson // those of the unit's parts, and Shared
	Estimates map[skill.ID]mastery.Estimate
	Check     Check
	Base      []Line           // the decided plan; nil = none yet
	Done      map[string]bool  // keys of lines of Base, or of any lesson, task or activity, that evidence says are done
	Dial      Dial             // "" is refused
	Pins      []Line           // put in by a teacher: always there, first, must
	Vetoes    []string         // keys that a teacher took out
	Wishes    []string         // keys that the learner asked for: they come when ready, before others
	Shared    content.LessonID // the lesson that the class shares; "" = none
	Goals     []goal.Target    // that a person set, over the unit's skills; nil = the unit's objectives in their order
	Outlook   Outlook
	Ahead     bool       // whoever knows the whole unit is offered deeper, make and on
	Beyond    []skill.ID // for on: skills of the course outside the unit that can be practised, in teaching order
}

// Outlook is what is known of a learner's way beyond estimates. Each part may be nil or zero.
type Outlook struct {
	Learn   map[skill.ID]float64 // chance that one opportunity teaches a skill; absent: a usual one
	Minutes map[skill.ID]float64 // that a skill still takes this learner; absent: the author's
	Recall  map[skill.ID]float64 // chance that what was secure is still at hand today; absent: 1
	Faded   map[skill.ID]bool    // secure by its evidence, and worth another look today: nothing but time doubts it
	Ready   map[skill.ID]float64 // chance that all that a skill rests on is known; absent: by the estimates
	Order   []skill.ID           // what the goals' days ask for, when they leave little room; nil when there is room
	Today   goal.Day             // 0 = no goal's day counts
	AsOfMs  int64                // the instant that statuses are as of; 0 = nothing waits to be shown as kept
}

// Proposal is what Build proposes. It is stored as it is.
type Proposal struct {
	Lines       []Line `json:"lines"`              // at most MaxLines, in order
	Credited    []Line `json:"credited,omitempty"` // skills that would count as known, with why; a person decides
	Dropped     []Line `json:"dropped,omitempty"`  // lines of the base that are not needed any more
	MinutesBack int    `json:"minutes_back"`       // what the credited skills and their lessons would have taken

	Choices []Choice `json:"choices,omitempty"` // what is ready, ranked, with the parts of the ranking: for teachers alone
}

// Empty reports whether the proposal asks for nothing and credits nothing: everything is known.
func (p Proposal) Empty() bool { return len(p.Lines) == 0 && len(p.Credited) == 0 }

// Status is how far a step is; a fold of evidence.
type Status string

const (
	Todo  Status = "todo"
	Doing Status = "doing"
	Done  Status = "done"
)

// Step is a line of the decided plan with its status. DoneMs is 0 until it is done.
type Step struct {
	Line
	Status Status `json:"status"`
	DoneMs int64  `json:"done_ms,omitempty"`
}

// StepsInput is what Steps looks at.
type StepsInput struct {
	Lines     []Line
	Facts     []evidence.Fact // the learner's, in Seq order; withdrawn ones are left out here
	Estimates map[skill.ID]mastery.Estimate
	Lessons   []content.Lesson // versions in use of the lessons that lines name
	SinceMs   int64            // when the lines were decided
	Since     map[string]int64 // by key, of lines that came into the plan at another time than SinceMs; may be nil
}

// Cause is why a new proposal is due.
type Cause string

const (
	CheckEnded    Cause = "check_ended"
	RanOut        Cause = "ran_out"
	CreditDoubted Cause = "credit_doubted"
	Asked         Cause = "asked"
)

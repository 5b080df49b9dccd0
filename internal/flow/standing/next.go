package standing

import (
	"slices"

	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/phrase"
	"kith/internal/plan"
	"kith/internal/skill"
)

// PlanState says how a learner's plan stands.
type PlanState string

const (
	PlanNone    PlanState = "none"    // nothing was proposed yet
	PlanUnsent  PlanState = "unsent"  // a proposal waits for the learner to look at it and send it
	PlanWaiting PlanState = "waiting" // sent; it waits for the teacher
	PlanDecided PlanState = "decided" // a person said yes, and nothing newer waits
	PlanOff     PlanState = "off"     // the class runs without proposals
)

// HowDoIGetThere is today's list and its first step.
type HowDoIGetThere struct {
	State      PlanState   `json:"state" enum:"none,unsent,waiting,decided,off"`
	Decided    bool        `json:"decided"` // today's lines are from a decided plan; else they are what is open meanwhile
	Today      []StepLine  `json:"today"`   // at most five
	Next       *StepLine   `json:"next,omitempty"`
	Invitation *Invitation `json:"invitation,omitempty"`
}

// Invitation is a lesson that the class is invited to before a moment of class. It is never a lock.
type Invitation struct {
	Lesson content.LessonID `json:"lesson"`
	Title  string           `json:"title"`
	On     string           `json:"on"` // YYYY-MM-DD, school time
	At     string           `json:"at"` // HH:MM, school time
	Status plan.Status      `json:"status" enum:"todo,doing,done"`
}

// HowDoIGetThere folds the third answer: today's list, its first step, and the lesson that the class is invited to.
func (u *LearnerUnit) HowDoIGetThere(l *flow.Look) (HowDoIGetThere, error) {
	today, err := l.Today()
	if err != nil {
		return HowDoIGetThere{}, err
	}
	h := HowDoIGetThere{State: u.PlanState()}
	steps, decided, err := u.Today(l, today)
	if err != nil {
		return h, err
	}
	h.Decided = decided
	for _, s := range steps {
		h.Today = append(h.Today, u.StepLine(s))
	}
	h.Next = u.FirstThing(h.State)
	if h.Next == nil {
		if s, ok := plan.NextStep(steps); ok {
			line := u.StepLine(s)
			h.Next = &line
		}
	}
	if i, ok := u.invitation(today); ok && i.BeforeOn >= today {
		les, _ := u.Lesson(content.LessonID(i.LessonID))
		status, _ := plan.LessonStatus(les, u.Facts, 0)
		h.Invitation = &Invitation{Lesson: les.ID, Title: les.Title, On: i.BeforeOn, At: i.BeforeAt, Status: status}
	}
	return h, nil
}

// PlanState says how the plan stands.
func (u *LearnerUnit) PlanState() PlanState {
	open, waits := u.Open()
	switch {
	case !u.Class.Proposals && len(u.Decided.Lines) == 0:
		return PlanOff
	case waits && open.SentMs > 0:
		return PlanWaiting
	case waits:
		return PlanUnsent
	case len(u.Decided.Lines) > 0:
		return PlanDecided
	case !u.Class.Proposals:
		return PlanOff
	}
	return PlanNone
}

// Today is what is to do now: the decided plan's day, or, while there is none and once it has run out, what is open to
// everyone who waits: the shared lesson, ready skills, something off screen and something with a person.
func (u *LearnerUnit) Today(l *flow.Look, day string) (steps []plan.Step, decided bool, err error) {
	if t := plan.Today(u.Steps()); len(t) > 0 {
		return t, true, nil
	}
	in, err := u.PlanInput(l, day, nil)
	if err != nil {
		return nil, false, err
	}
	if in.Shared == "" && !u.Checked() {
		in.Shared = u.firstLesson(in.Done)
	}
	lines, err := plan.Fallback(in)
	if err != nil {
		return nil, false, err
	}
	return plan.Today(u.StepsOf(u.withOthers(lines), u.Row.GivenMs)), false, nil
}

// firstLesson is the unit's first lesson that is not done: what a class shares before anything else is known.
func (u *LearnerUnit) firstLesson(done map[string]bool) content.LessonID {
	for _, p := range u.Unit.Parts {
		if _, open := u.Lesson(p.Lesson); open && !done[plan.NewLine(plan.Lesson, p.Objective, "", p.Lesson).Key] {
			return p.Lesson
		}
	}
	return ""
}

// withOthers adds something off screen and something with a person where the lines have none that is still to do: of the
// first line's objective, or of the next one that has it.
func (u *LearnerUnit) withOthers(lines []plan.Line) []plan.Line {
	if len(lines) == 0 {
		return lines
	}
	open := func(l plan.Line) bool { return u.StepsOf([]plan.Line{l}, u.Row.GivenMs)[0].Status != plan.Done }
	has := func(w plan.Where) bool {
		return slices.ContainsFunc(lines, func(l plan.Line) bool { return l.Where == w && open(l) })
	}
	var others []plan.Line
	from := max(0, slices.IndexFunc(u.Goals, func(o skill.Objective) bool { return o.ID == lines[0].Objective }))
	for _, o := range slices.Concat(u.Goals[from:], u.Goals[:from]) {
		activity, talk := plan.NewLine(plan.Activity, o.ID, "", ""), plan.NewLine(plan.Talk, o.ID, "", "")
		activity.Minutes, activity.Reason = u.Parts[o.ID].Activity.Minutes, phrase.Of("reason.activity")
		talk.Reason = phrase.Of("reason.talk")
		if u.Parts[o.ID].Activity.Title != "" {
			others = append(others, activity)
		}
		if !u.Parts[o.ID].Talk.Empty() {
			others = append(others, talk)
		}
	}
	for _, l := range lines {
		if l.Skill != "" {
			meeting := plan.NewLine(plan.Meeting, l.Objective, l.Skill, "")
			meeting.Reason = phrase.Of("reason.meeting", "skill", u.Course.Skill[l.Skill].Title)
			others = append(others, meeting)
		}
	}
	lines = slices.Clone(lines)
	for _, l := range others {
		if !has(l.Where) && open(l) {
			lines = append(lines, l)
		}
	}
	return lines
}

// FirstThing is the act that begins a unit and is still open: the task comes before instruction, then the learner's own
// word, then the check, then the plan is looked at and sent. nil when all that is done.
func (u *LearnerUnit) FirstThing(state PlanState) *StepLine {
	begun := func(kind StepKind, reason string) *StepLine {
		return &StepLine{Key: string(kind), Kind: kind, Where: plan.OnScreen, Title: u.Unit.Task.Title, Reason: phrase.Of(reason), Status: plan.Todo}
	}
	// What a teacher put in by hand alone is no agreed plan: the way to one stays open, where the class has proposals.
	if u.Decided.Agreed && state != PlanUnsent || len(u.Decided.Lines) > 0 && !u.Class.Proposals {
		return nil
	}
	switch {
	case len(u.Unit.Task.Roles) > 0 && u.Role("") == nil:
		return begun(StepUnitTask, "reason.unit_task")
	case !slices.ContainsFunc(u.Goals, func(o skill.Objective) bool { return u.says()[o.ID] != "" }):
		return begun(StepSelf, "reason.self")
	case !u.Checked() && state != PlanUnsent && state != PlanWaiting:
		line := begun(StepCheck, "reason.check")
		if len(u.Sittings) > 0 {
			line.Status, line.Reason = plan.Doing, phrase.Of("reason.check_on")
		}
		return line
	case state == PlanUnsent:
		return begun(StepSend, "reason.send")
	}
	return nil
}

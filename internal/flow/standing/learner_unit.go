package standing

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/going"
	"kith/internal/flow/ledger"
	"kith/internal/mastery"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// classOfUnit is the subject of pages and verbs about a unit that a class was given.
func classOfUnit(l *flow.Look, id string) (access.Subject, error) {
	row, err := l.Q().ClassUnit(l.Ctx(), db.ClassUnitParams{SchoolID: l.School(), ID: id})
	return access.OfClass(roster.ClassID(row.ClassID)), err
}

// LearnerUnit is one learner in one given unit: all that their pages, their check and their plan fold from.
type LearnerUnit struct {
	*GivenUnit
	Learner   roster.PersonID
	Facts     []evidence.Fact // in Seq order, without withdrawn ones
	Estimates map[skill.ID]mastery.Estimate
	Sittings  []db.Sitting
	Dial      plan.Dial
	OwnDial   bool // the dial is the learner's own setting, not the class's
	Decided   decidedPlan
	Proposals []db.Proposal // oldest first
	Decisions []db.Decision // in the order in which they were made
	Sets      []going.Set   // goals that stand: the class's and the learner's own
}

// Load loads a learner in a unit. Errors: NotFound when the learner does not belong to the class.
func Load(l *flow.Look, g *GivenUnit, learner roster.PersonID) (*LearnerUnit, error) {
	role, ok, err := store.Optional(l.Q().EnrolledAs(l.Ctx(), db.EnrolledAsParams{SchoolID: l.School(), ClassID: g.Row.ClassID, PersonID: string(learner)}))
	if err != nil {
		return nil, err
	}
	if !ok || role != string(roster.Learner) {
		return nil, fault.New(fault.NotFound, "fault.not_found")
	}
	u := &LearnerUnit{GivenUnit: g, Learner: learner, Dial: plan.Dial(g.Row.Dial)}
	all, err := ledger.Facts(l, learner)
	if err != nil {
		return nil, err
	}
	u.Facts = ledger.Kept(all)
	if u.Estimates, err = ledger.Estimates(l, learner); err != nil {
		return nil, err
	}
	if u.Sittings, err = l.Q().SittingsOf(l.Ctx(), db.SittingsOfParams{SchoolID: l.School(), LearnerID: string(learner), ClassUnitID: g.Row.ID}); err != nil {
		return nil, err
	}
	dial, own, err := store.Optional(l.Q().LearnerDial(l.Ctx(), db.LearnerDialParams{SchoolID: l.School(), ClassUnitID: g.Row.ID, LearnerID: string(learner)}))
	if err != nil {
		return nil, err
	}
	if own {
		u.Dial, u.OwnDial = plan.Dial(dial), true
	}
	if u.Proposals, err = l.Q().ProposalsOf(l.Ctx(), db.ProposalsOfParams{SchoolID: l.School(), LearnerID: string(learner), ClassUnitID: g.Row.ID}); err != nil {
		return nil, err
	}
	if u.Decisions, err = l.Q().DecisionsOf(l.Ctx(), db.DecisionsOfParams{SchoolID: l.School(), LearnerID: string(learner), ClassUnitID: g.Row.ID}); err != nil {
		return nil, err
	}
	if u.Sets, err = u.Way().Sets(l, learner); err != nil {
		return nil, err
	}
	u.Decided, err = FoldDecisions(u.Decisions, u.Proposals)
	there := u.standing(u.Decided.Lines)
	u.Decided.Lines, u.Decided.Emptied = there, len(there) == 0 && len(u.Decided.Lines) > 0
	return u, err
}

// Open is the proposal that waits for a decision; false when there is none.
func (u *LearnerUnit) Open() (db.Proposal, bool) {
	for _, p := range u.Proposals {
		if p.State == "open" {
			return p, true
		}
	}
	return db.Proposal{}, false
}

// lastMadeMs is when the last proposal was made; 0 = never.
func (u *LearnerUnit) lastMadeMs() int64 {
	if n := len(u.Proposals); n > 0 {
		return u.Proposals[n-1].MadeMs
	}
	return 0
}

// Steps are the decided plan's lines with their status.
func (u *LearnerUnit) Steps() []plan.Step {
	return plan.Steps(plan.StepsInput{Lines: u.Decided.Lines, Facts: u.Facts, Estimates: u.Estimates, Lessons: u.Lessons, SinceMs: u.Decided.SinceMs, Since: u.Decided.Since})
}

// StepsOf are lines with the status that facts since an instant give them, in the order of the lines.
func (u *LearnerUnit) StepsOf(lines []plan.Line, sinceMs int64) []plan.Step {
	return plan.Steps(plan.StepsInput{Lines: lines, Facts: u.Facts, Estimates: u.Estimates, Lessons: u.Lessons, SinceMs: sinceMs})
}

// done are the keys of the plan's lines, and of any lesson, task and activity of the unit, that evidence says are done.
func (u *LearnerUnit) done() map[string]bool {
	out := map[string]bool{}
	for _, s := range u.Steps() {
		out[s.Key] = s.Status == plan.Done
	}
	var lines []plan.Line
	for _, o := range u.Goals {
		p := u.Parts[o.ID]
		lines = append(lines, plan.NewLine(plan.Task, o.ID, "", ""), plan.NewLine(plan.Activity, o.ID, "", ""))
		if p.Lesson != "" {
			lines = append(lines, plan.NewLine(plan.Lesson, o.ID, "", p.Lesson))
		}
	}
	for _, s := range u.StepsOf(lines, u.Row.GivenMs) {
		if s.Status == plan.Done {
			out[s.Key] = true
		}
	}
	for _, key := range u.Decided.Offered {
		out[key] = true
	}
	return out
}

// PlanInput is all that plan.Build and plan.Fallback look at. wishes are keys that the learner asks for.
func (u *LearnerUnit) PlanInput(l *flow.Look, today string, wishes []string) (plan.Input, error) {
	check, err := u.checkFound(l)
	if err != nil {
		return plan.Input{}, err
	}
	in := plan.Input{Course: u.Course.Course, Graph: u.Course.Graph, Unit: *u.Unit, Lessons: u.Lessons, Estimates: u.Estimates, Check: check,
		Base: u.Decided.Lines, Done: u.done(), Dial: u.Dial, Vetoes: u.Decided.Vetoes, Wishes: wishes}
	for _, line := range u.Decided.Lines {
		if line.Pinned && !in.Done[line.Key] {
			in.Pins = append(in.Pins, line)
		}
	}
	if i, ok := u.invitation(today); ok {
		in.Shared = u.line(content.LessonID(i.LessonID))
	}
	asked, err := u.asked(l)
	if err != nil {
		return in, err
	}
	if err := u.onward(l, today, asked, &in); err != nil {
		return in, err
	}
	onlyAsked(&in, asked)
	return in, nil
}

// Standing is how a skill of the unit stands.
func (u *LearnerUnit) Standing(id skill.ID) SkillStanding {
	return Of(u.Course.Skill[id], u.Estimates[id])
}

// unitEstimates are the learner's estimates of the unit's skills.
func (u *LearnerUnit) unitEstimates() map[skill.ID]mastery.Estimate {
	out := map[skill.ID]mastery.Estimate{}
	for _, id := range u.Skills {
		if e, ok := u.Estimates[id]; ok {
			out[id] = e
		}
	}
	return out
}

// InUnit loads the learner of an act in a unit that their class was given. Errors: NotFound.
func InUnit(l *flow.Look, classUnit string, learner roster.PersonID) (*LearnerUnit, error) {
	g, err := LoadGiven(l, classUnit)
	if err != nil {
		return nil, err
	}
	return Load(l, g, learner)
}

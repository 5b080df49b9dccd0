package flow

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/mastery"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// classOfUnit is the subject of pages and verbs about a unit that a class was given.
func (l *Look) classOfUnit(id string) (access.Subject, error) {
	row, err := l.q.ClassUnit(l.ctx, db.ClassUnitParams{SchoolID: l.school(), ID: id})
	return access.OfClass(roster.ClassID(row.ClassID)), err
}

// learnerUnit is one learner in one given unit: all that their pages, their check and their plan fold from.
type learnerUnit struct {
	*givenUnit
	learner   roster.PersonID
	facts     []evidence.Fact // in Seq order, without withdrawn ones
	estimates map[skill.ID]mastery.Estimate
	sittings  []db.Sitting
	dial      plan.Dial
	ownDial   bool // the dial is the learner's own setting, not the class's
	decided   decidedPlan
	proposals []db.Proposal // oldest first
	decisions []db.Decision // in the order in which they were made
}

// learnerUnit loads a learner in a unit. Errors: NotFound when the learner does not belong to the class.
func (l *Look) learnerUnit(g *givenUnit, learner roster.PersonID) (*learnerUnit, error) {
	role, ok, err := store.Optional(l.q.EnrolledAs(l.ctx, db.EnrolledAsParams{SchoolID: l.school(), ClassID: g.row.ClassID, PersonID: string(learner)}))
	if err != nil {
		return nil, err
	}
	if !ok || role != string(roster.Learner) {
		return nil, fault.New(fault.NotFound, "fault.not_found")
	}
	u := &learnerUnit{givenUnit: g, learner: learner, dial: plan.Dial(g.row.Dial)}
	all, err := l.facts(learner)
	if err != nil {
		return nil, err
	}
	u.facts = kept(all)
	if u.estimates, err = l.estimates(learner); err != nil {
		return nil, err
	}
	if u.sittings, err = l.q.SittingsOf(l.ctx, db.SittingsOfParams{SchoolID: l.school(), LearnerID: string(learner), ClassUnitID: g.row.ID}); err != nil {
		return nil, err
	}
	dial, own, err := store.Optional(l.q.LearnerDial(l.ctx, db.LearnerDialParams{SchoolID: l.school(), ClassUnitID: g.row.ID, LearnerID: string(learner)}))
	if err != nil {
		return nil, err
	}
	if own {
		u.dial, u.ownDial = plan.Dial(dial), true
	}
	if u.proposals, err = l.q.ProposalsOf(l.ctx, db.ProposalsOfParams{SchoolID: l.school(), LearnerID: string(learner), ClassUnitID: g.row.ID}); err != nil {
		return nil, err
	}
	if u.decisions, err = l.q.DecisionsOf(l.ctx, db.DecisionsOfParams{SchoolID: l.school(), LearnerID: string(learner), ClassUnitID: g.row.ID}); err != nil {
		return nil, err
	}
	u.decided, err = foldDecisions(u.decisions, u.proposals)
	return u, err
}

// open is the proposal that waits for a decision; false when there is none.
func (u *learnerUnit) open() (db.Proposal, bool) {
	for _, p := range u.proposals {
		if p.State == "open" {
			return p, true
		}
	}
	return db.Proposal{}, false
}

// lastMadeMs is when the last proposal was made; 0 = never.
func (u *learnerUnit) lastMadeMs() int64 {
	if n := len(u.proposals); n > 0 {
		return u.proposals[n-1].MadeMs
	}
	return 0
}

// steps are the decided plan's lines with their status.
func (u *learnerUnit) steps() []plan.Step {
	return plan.Steps(plan.StepsInput{Lines: u.decided.Lines, Facts: u.facts, Estimates: u.estimates, Lessons: u.lessons, SinceMs: u.decided.SinceMs, Since: u.decided.Since})
}

func (u *learnerUnit) stepsOf(lines []plan.Line, sinceMs int64) []plan.Step {
	return plan.Steps(plan.StepsInput{Lines: lines, Facts: u.facts, Estimates: u.estimates, Lessons: u.lessons, SinceMs: sinceMs})
}

// done are the keys of the plan's lines, and of any lesson, task and activity of the unit, that evidence says are done.
func (u *learnerUnit) done() map[string]bool {
	out := map[string]bool{}
	for _, s := range u.steps() {
		out[s.Key] = s.Status == plan.Done
	}
	var lines []plan.Line
	for _, o := range u.goals {
		p := u.parts[o.ID]
		lines = append(lines, plan.NewLine(plan.Task, o.ID, "", ""), plan.NewLine(plan.Activity, o.ID, "", ""))
		if p.Lesson != "" {
			lines = append(lines, plan.NewLine(plan.Lesson, o.ID, "", p.Lesson))
		}
	}
	for _, s := range u.stepsOf(lines, u.row.GivenMs) {
		if s.Status == plan.Done {
			out[s.Key] = true
		}
	}
	return out
}

// planInput is all that plan.Build and plan.Fallback look at. wishes are keys that the learner asks for.
func (u *learnerUnit) planInput(l *Look, today string, wishes []string) (plan.Input, error) {
	check, err := u.checkFound(l)
	if err != nil {
		return plan.Input{}, err
	}
	in := plan.Input{Course: u.course.Course, Graph: u.course.Graph, Unit: *u.unit, Lessons: u.lessons, Estimates: u.estimates, Check: check,
		Base: u.decided.Lines, Done: u.done(), Dial: u.dial, Vetoes: u.decided.Vetoes, Wishes: wishes}
	for _, line := range u.decided.Lines {
		if line.Pinned && !in.Done[line.Key] {
			in.Pins = append(in.Pins, line)
		}
	}
	if i, ok := u.invitation(today); ok {
		in.Shared = content.LessonID(i.LessonID)
	}
	return in, nil
}

// standing is how a skill of the unit stands.
func (u *learnerUnit) standing(id skill.ID) SkillStanding {
	return standing(u.course.skill[id], u.estimates[id])
}

// unitEstimates are the learner's estimates of the unit's skills.
func (u *learnerUnit) unitEstimates() map[skill.ID]mastery.Estimate {
	out := map[skill.ID]mastery.Estimate{}
	for _, id := range u.skills {
		if e, ok := u.estimates[id]; ok {
			out[id] = e
		}
	}
	return out
}

// mineIn loads the learner of an act in a unit that their class was given. Errors: NotFound.
func (l *Look) mineIn(classUnit string, learner roster.PersonID) (*learnerUnit, error) {
	g, err := l.given(classUnit)
	if err != nil {
		return nil, err
	}
	return l.learnerUnit(g, learner)
}

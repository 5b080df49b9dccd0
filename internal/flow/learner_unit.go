package flow

import (
	"encoding/json"
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/diagnostic"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// givenUnit is a unit that a class has been given: the same for every learner of the class.
type givenUnit struct {
	row     db.ClassUnit
	class   db.Class
	unit    *content.Unit
	course  *course
	lessons []content.Lesson // the published ones of its parts and of invitations, in the parts' order
	invited []db.ClassLesson // open invitations of the class, soonest first
	skills  []skill.ID       // of its objectives, in teaching order, each once
	parts   map[skill.ObjectiveID]content.Part
	goals   []skill.Objective // in the parts' order
	teacher roster.Person     // zero when the class has none
}

// given loads a unit that a class has been given. Errors: NotFound.
func (l *Look) given(id string) (*givenUnit, error) {
	row, err := l.q.ClassUnit(l.ctx, db.ClassUnitParams{SchoolID: l.school(), ID: id})
	if err != nil {
		return nil, err
	}
	class, err := l.q.Class(l.ctx, db.ClassParams{SchoolID: l.school(), ID: row.ClassID})
	if err != nil {
		return nil, err
	}
	g := &givenUnit{row: row, class: class, parts: map[skill.ObjectiveID]content.Part{}}
	if g.unit, err = l.unit(content.UnitID(row.UnitID), row.UnitVersion); err != nil {
		return nil, err
	}
	if g.course, err = l.course(g.unit.Course, g.unit.CourseVersion); err != nil {
		return nil, err
	}
	objectives := map[skill.ObjectiveID]skill.Objective{}
	for _, o := range g.course.Objectives {
		objectives[o.ID] = o
	}
	for _, p := range g.unit.Parts {
		g.parts[p.Objective] = p
		o := objectives[p.Objective]
		g.goals = append(g.goals, o)
		for _, s := range o.Skills {
			if !slices.Contains(g.skills, s) {
				g.skills = append(g.skills, s)
			}
		}
	}
	teachers, err := l.q.TeachersOfClass(l.ctx, db.TeachersOfClassParams{SchoolID: l.school(), ClassID: row.ClassID})
	if err != nil {
		return nil, err
	}
	if len(teachers) > 0 {
		g.teacher = person(teachers[0])
	}
	if g.invited, err = l.q.LessonsOfClass(l.ctx, db.LessonsOfClassParams{SchoolID: l.school(), ClassID: row.ClassID}); err != nil {
		return nil, err
	}
	return g, l.givenLessons(g)
}

// givenLessons loads the lessons that the unit's parts and the class's invitations name, leaving out what was withdrawn.
func (l *Look) givenLessons(g *givenUnit) error {
	rows, err := l.q.ContentOfCourse(l.ctx, db.ContentOfCourseParams{SchoolID: l.school(), CourseID: string(g.unit.Course), Kind: "lesson"})
	if err != nil {
		return err
	}
	current := map[content.LessonID]int64{}
	for _, r := range rows {
		if r.Status == string(content.Published) {
			current[content.LessonID(r.ID)] = r.CurrentVersion
		}
	}
	var wanted []content.LessonID
	for _, p := range g.unit.Parts {
		wanted = append(wanted, p.Lesson)
	}
	for _, i := range g.invited {
		wanted = append(wanted, content.LessonID(i.LessonID))
	}
	seen := map[content.LessonID]bool{}
	for _, id := range wanted {
		if current[id] == 0 || seen[id] {
			continue
		}
		seen[id] = true
		les, err := l.lessonVersion(id, current[id])
		if err != nil {
			return err
		}
		g.lessons = append(g.lessons, *les)
	}
	return nil
}

// lesson finds one of the unit's lessons.
func (g *givenUnit) lesson(id content.LessonID) (content.Lesson, bool) {
	at := slices.IndexFunc(g.lessons, func(x content.Lesson) bool { return x.ID == id })
	if at < 0 {
		return content.Lesson{}, false
	}
	return g.lessons[at], true
}

// goal finds one of the unit's objectives.
func (g *givenUnit) goal(id skill.ObjectiveID) (skill.Objective, bool) {
	at := slices.IndexFunc(g.goals, func(o skill.Objective) bool { return o.ID == id })
	if at < 0 {
		return skill.Objective{}, false
	}
	return g.goals[at], true
}

// invitation is the lesson that the class shares: the next one that it is invited to, else the last; false when there is
// none. today is the school's day.
func (g *givenUnit) invitation(today string) (db.ClassLesson, bool) {
	var last db.ClassLesson
	found := false
	for _, i := range g.invited {
		if _, open := g.lesson(content.LessonID(i.LessonID)); !open {
			continue
		}
		last, found = i, true
		if i.BeforeOn >= today {
			break
		}
	}
	return last, found
}

// newestUnit is the unit that a learner's class was given last, over all of their classes; false when there is none.
func (l *Look) newestUnit(learner roster.PersonID) (*givenUnit, bool, error) {
	rows, err := l.unitsOfLearner(learner)
	if err != nil || len(rows) == 0 {
		return nil, false, err
	}
	g, err := l.given(rows[0].ID)
	return g, err == nil, err
}

// unitsOfLearner are the newest units of a learner's classes, newest first.
func (l *Look) unitsOfLearner(learner roster.PersonID) ([]db.ClassUnit, error) {
	classes, err := l.q.ClassIDsOfLearner(l.ctx, db.ClassIDsOfLearnerParams{SchoolID: l.school(), PersonID: string(learner)})
	if err != nil {
		return nil, err
	}
	var out []db.ClassUnit
	for _, c := range classes {
		rows, err := l.q.UnitsOfClass(l.ctx, db.UnitsOfClassParams{SchoolID: l.school(), ClassID: c})
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			out = append(out, rows[0])
		}
	}
	slices.SortStableFunc(out, func(a, b db.ClassUnit) int { return int(b.GivenMs - a.GivenMs) })
	return out, nil
}

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

func decodeProposal(row db.Proposal) (p plan.Proposal, err error) {
	if err = json.Unmarshal([]byte(row.Body), &p); err != nil {
		err = fault.Wrap(fault.Internal, err, "fault.internal")
	}
	return p, err
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

// checkSpace is the unit's check without answers: of the skills that have an item to ask.
type checkSpace struct {
	*diagnostic.Space
	asks map[skill.ID]bool
}

// space is the unit's check; made once for a version. Its Space is nil when there is nothing to ask.
func (g *givenUnit) space(l *Look) (*checkSpace, error) {
	key := versionKey{l.school(), "check:" + g.row.UnitID, g.row.UnitVersion}
	b := l.f.library
	b.mu.RLock()
	kept, ok := b.versions[key].(*checkSpace)
	b.mu.RUnlock()
	if ok {
		return kept, nil
	}
	s := &checkSpace{asks: map[skill.ID]bool{}}
	var ids []skill.ID
	for _, id := range g.skills {
		items, err := l.items(id)
		if err != nil {
			return nil, err
		}
		if len(items) > 0 {
			s.asks[id] = true
			ids = append(ids, id)
		}
	}
	if len(ids) > 0 {
		var err error
		if s.Space, err = diagnostic.New(g.course.Graph, ids, nil, diagnostic.DefaultParams()); err != nil {
			return nil, err
		}
	}
	b.mu.Lock()
	b.versions[key] = s
	b.mu.Unlock()
	return s, nil
}

// replay is what the check believes after the learner's answers, seen from where the learner is. A sitting that was
// stopped goes on in the next one: together they are one sitting of at most twelve. ok is false for a unit without items.
func (u *learnerUnit) replay(l *Look) (st diagnostic.State, ok bool, err error) {
	space, err := u.space(l)
	if err != nil || space.Space == nil {
		return st, false, err
	}
	group, now := map[string]string{}, ""
	for _, s := range u.sittings {
		if now == "" {
			now = s.ID
		}
		group[s.ID] = now
		if s.EndedWhy == sittingDone {
			now = ""
		}
	}
	var answers []diagnostic.Answer
	for _, f := range u.facts {
		a := f.Attempt
		if a == nil || a.Purpose != evidence.ForCheck || group[a.Context] == "" || !space.asks[a.Skill] {
			continue
		}
		answers = append(answers, diagnostic.Answer{Fact: f.ID, Skill: a.Skill, Kind: a.Kind, Options: a.Options, Right: a.Outcome == item.Right,
			Unlearned: a.Unlearned, Sitting: group[a.Context]})
	}
	st, err = space.Replay(answers, now)
	return st, err == nil, err
}

// Why a sitting ended.
const (
	sittingDone    = "done"
	sittingStopped = "stopped"
)

// checked reports whether a sitting of the check has come to its end.
func (u *learnerUnit) checked() bool {
	return slices.ContainsFunc(u.sittings, func(s db.Sitting) bool { return s.EndedWhy == sittingDone })
}

// checkFound is what the check found, for the plan.
func (u *learnerUnit) checkFound(l *Look) (plan.Check, error) {
	if len(u.sittings) == 0 {
		return plan.Check{}, nil
	}
	st, ok, err := u.replay(l)
	if err != nil || !ok {
		return plan.Check{}, err
	}
	c := plan.Check{Known: st.Known(), Direct: map[skill.ID]bool{}, Through: map[skill.ID]skill.ID{}, Unlearned: st.Unlearned(), Evidence: map[skill.ID][]string{}}
	for _, id := range u.skills {
		c.Evidence[id] = st.Evidence(id)
		c.Direct[id] = st.Direct(id)
		for _, by := range st.Shows(id) {
			if by != id {
				c.Through[id] = by
				break
			}
		}
	}
	return c, nil
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

package flow

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// HomeAnswers are the three answers about one learner in the unit that their class was given last: where am I, where am I
// going, how do I get there. Learner, teacher and guardian read this same fold. Unit is nil while nothing was given.
type HomeAnswers struct {
	Learner roster.PersonID `json:"learner"`
	Name    string          `json:"name"`
	Unit    *UnitGiven      `json:"unit,omitempty"`
	Where   WhereAmI        `json:"where"`
	Going   WhereAmIGoing   `json:"going"`
	How     HowDoIGetThere  `json:"how"`
}

// UnitGiven names a unit as a class was given it.
type UnitGiven struct {
	ID      string         `json:"id"` // the class_unit's
	Title   string         `json:"title"`
	Class   roster.ClassID `json:"class"`
	Name    string         `json:"name"` // the class's
	Teacher string         `json:"teacher"`
}

// WhereAmI counts the unit's skills by their four words and says what changed last.
type WhereAmI struct {
	Objectives  []ObjectiveStanding `json:"objectives"`
	Secure      int                 `json:"secure"`
	Growing     int                 `json:"growing"`
	AnotherLook int                 `json:"another_look"`
	NotStarted  int                 `json:"not_started"`
	Changed     *StatusChange       `json:"changed,omitempty"`
}

// ObjectiveStanding is an objective with its skills, and what the learner says of it themselves.
type ObjectiveStanding struct {
	ID     skill.ObjectiveID `json:"id"`
	Title  string            `json:"title"`
	ICan   string            `json:"i_can"`
	Says   string            `json:"says" enum:",yes,bit,not_yet"` // the learner's own word; "" = none yet
	Skills []SkillStanding   `json:"skills"`
}

// StatusChange is the last time that a skill's word changed.
type StatusChange struct {
	Skill skill.ID       `json:"skill"`
	Title string         `json:"title"`
	From  mastery.Status `json:"from" enum:"not_started,growing,secure,another_look"`
	To    mastery.Status `json:"to" enum:"not_started,growing,secure,another_look"`
	AtMs  int64          `json:"at_ms"`
}

// WhereAmIGoing is what it is all for: the unit's task with the role that was picked, and the next objective.
type WhereAmIGoing struct {
	Task string        `json:"task"`
	Role *content.Role `json:"role,omitempty"`
	Next *NextGoal     `json:"next,omitempty"`
}

// NextGoal is the objective that comes next.
type NextGoal struct {
	ID    skill.ObjectiveID `json:"id"`
	Title string            `json:"title"`
	ICan  string            `json:"i_can"`
	Task  string            `json:"task"`
}

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

// StepKind is a plan.Kind, or one of the acts that begin a unit.
type StepKind string

// The acts that begin a unit, before there is a plan.
const (
	StepUnitTask StepKind = "unit_task" // read the unit's task and pick a role
	StepSelf     StepKind = "self"      // say what you can do
	StepCheck    StepKind = "check"     // find out what you know
	StepSend     StepKind = "send"      // look at the plan and send it
)

// StepLine is one line of a list of things to do, with its names.
type StepLine struct {
	Key       string            `json:"key"`
	Kind      StepKind          `json:"kind" enum:"lesson,practice,activity,task,talk,meeting,revisit,unit_task,self,check,send"`
	Where     plan.Where        `json:"where" enum:"screen,off_screen,person"`
	Title     string            `json:"title"` // of the skill, lesson, activity, task or objective that it is about
	Skill     skill.ID          `json:"skill,omitempty"`
	Objective skill.ObjectiveID `json:"objective,omitempty"`
	Lesson    content.LessonID  `json:"lesson,omitempty"`
	Must      bool              `json:"must"`
	Pinned    bool              `json:"pinned"`
	Minutes   int               `json:"minutes"` // 0 = not known
	Reason    phrase.Phrase     `json:"reason"`
	Status    plan.Status       `json:"status" enum:"todo,doing,done"`
	Change    plan.Change       `json:"change,omitempty" enum:"kept,added,moved,dropped,credited"`
	Because   []EvidenceLine    `json:"because,omitempty"`
}

// Invitation is a lesson that the class is invited to before a moment of class. It is never a lock.
type Invitation struct {
	Lesson content.LessonID `json:"lesson"`
	Title  string           `json:"title"`
	On     string           `json:"on"` // YYYY-MM-DD, school time
	At     string           `json:"at"` // HH:MM, school time
	Status plan.Status      `json:"status" enum:"todo,doing,done"`
}

// home gives the three answers about a learner: one fold, read alike by the learner, their teachers and their guardians.
func (l *Look) home(learner roster.PersonID) (HomeAnswers, error) {
	g, ok, err := l.newestUnit(learner)
	if err != nil {
		return HomeAnswers{}, err
	}
	if !ok {
		row, err := l.q.Person(l.ctx, db.PersonParams{SchoolID: l.school(), ID: string(learner)})
		return HomeAnswers{Learner: learner, Name: row.Given, How: HowDoIGetThere{State: PlanNone}}, err
	}
	u, err := l.learnerUnit(g, learner)
	if err != nil {
		return HomeAnswers{}, err
	}
	return l.answers(u)
}

// answers folds the three answers of one learner in one unit.
func (l *Look) answers(u *learnerUnit) (HomeAnswers, error) {
	row, err := l.q.Person(l.ctx, db.PersonParams{SchoolID: l.school(), ID: string(u.learner)})
	if err != nil {
		return HomeAnswers{}, err
	}
	out := HomeAnswers{Learner: u.learner, Name: row.Given, Unit: u.named()}
	if out.Where, err = u.whereAmI(l); err != nil {
		return out, err
	}
	if out.How, err = u.howDoIGetThere(l); err != nil {
		return out, err
	}
	out.Going = u.whereAmIGoing(out.How)
	return out, nil
}

func (g *givenUnit) named() *UnitGiven {
	return &UnitGiven{ID: g.row.ID, Title: g.unit.Title, Class: roster.ClassID(g.row.ClassID), Name: g.class.Name, Teacher: g.teacher.Full()}
}

func (u *learnerUnit) whereAmI(l *Look) (WhereAmI, error) {
	var w WhereAmI
	says := u.says()
	seen := map[skill.ID]bool{}
	for _, o := range u.goals {
		os := ObjectiveStanding{ID: o.ID, Title: o.Title, ICan: o.ICan, Says: says[o.ID]}
		for _, id := range o.Skills {
			s := u.standing(id)
			os.Skills = append(os.Skills, s)
			if seen[id] {
				continue
			}
			seen[id] = true
			switch s.Status {
			case mastery.Secure:
				w.Secure++
			case mastery.Growing:
				w.Growing++
			case mastery.AnotherLook:
				w.AnotherLook++
			default:
				w.NotStarted++
			}
		}
		w.Objectives = append(w.Objectives, os)
	}
	var err error
	w.Changed, err = u.changed(l)
	return w, err
}

// says is the learner's last word on each objective.
func (u *learnerUnit) says() map[skill.ObjectiveID]string {
	out := map[skill.ObjectiveID]string{}
	for _, f := range u.facts {
		if f.SelfRating != nil {
			out[f.SelfRating.Objective] = f.SelfRating.Says
		}
	}
	return out
}

// changed folds the facts once more to find when a word of this unit changed last.
func (u *learnerUnit) changed(l *Look) (*StatusChange, error) {
	m, err := l.model()
	if err != nil {
		return nil, err
	}
	inUnit := map[skill.ID]bool{}
	for _, id := range u.skills {
		inUnit[id] = true
	}
	now := map[skill.ID]mastery.Estimate{}
	var last *StatusChange
	for _, f := range u.facts {
		for _, id := range mastery.Skills(f) {
			before, ok := now[id]
			if !ok {
				before = mastery.Start(m, id)
			}
			after, err := mastery.Step(m, before, f)
			if err != nil {
				return nil, err
			}
			now[id] = after
			if after.Status != before.Status && inUnit[id] {
				last = &StatusChange{Skill: id, Title: u.course.skill[id].Title, From: before.Status, To: after.Status, AtMs: f.ReceivedMs}
			}
		}
	}
	return last, nil
}

// role is the role that the learner picked in a task last; "" names the unit's task.
func (u *learnerUnit) role(of skill.ObjectiveID) *content.Role {
	task := u.unit.Task
	if of != "" {
		task = u.parts[of].Task
	}
	for _, f := range slices.Backward(u.facts) {
		if c := f.RoleChoice; c != nil && c.Unit == u.unit.ID && c.Objective == of {
			for _, r := range task.Roles {
				if r.Code == c.Role {
					return &r
				}
			}
			return nil
		}
	}
	return nil
}

func (u *learnerUnit) whereAmIGoing(how HowDoIGetThere) WhereAmIGoing {
	g := WhereAmIGoing{Task: u.unit.Task.Title, Role: u.role("")}
	next := u.nextGoal(how)
	if o, ok := u.goal(next); ok {
		g.Next = &NextGoal{ID: o.ID, Title: o.Title, ICan: o.ICan, Task: u.parts[o.ID].Task.Title}
	}
	return g
}

// nextGoal is the objective that comes next: of the next step, else of today's, else of the unit, the first whose skills are
// not all secure; "" when all are.
func (u *learnerUnit) nextGoal(how HowDoIGetThere) skill.ObjectiveID {
	var ids []skill.ObjectiveID
	if how.Next != nil {
		ids = append(ids, how.Next.Objective)
	}
	for _, s := range how.Today {
		ids = append(ids, s.Objective)
	}
	for _, o := range u.goals {
		ids = append(ids, o.ID)
	}
	for _, id := range ids {
		o, ok := u.goal(id)
		if ok && slices.ContainsFunc(o.Skills, func(id skill.ID) bool { return u.estimates[id].Status != mastery.Secure }) {
			return id
		}
	}
	return ""
}

func (u *learnerUnit) howDoIGetThere(l *Look) (HowDoIGetThere, error) {
	today, err := l.today()
	if err != nil {
		return HowDoIGetThere{}, err
	}
	h := HowDoIGetThere{State: u.planState()}
	steps, decided, err := u.today(l, today)
	if err != nil {
		return h, err
	}
	h.Decided = decided
	for _, s := range steps {
		h.Today = append(h.Today, u.stepLine(s))
	}
	h.Next = u.firstThing(h.State)
	if h.Next == nil {
		if s, ok := plan.NextStep(steps); ok {
			line := u.stepLine(s)
			h.Next = &line
		}
	}
	if i, ok := u.invitation(today); ok && i.BeforeOn >= today {
		les, _ := u.lesson(content.LessonID(i.LessonID))
		status, _ := plan.LessonStatus(les, u.facts, 0)
		h.Invitation = &Invitation{Lesson: les.ID, Title: les.Title, On: i.BeforeOn, At: i.BeforeAt, Status: status}
	}
	return h, nil
}

func (u *learnerUnit) planState() PlanState {
	open, waits := u.open()
	switch {
	case !u.class.Proposals && len(u.decided.Lines) == 0:
		return PlanOff
	case waits && open.SentMs > 0:
		return PlanWaiting
	case waits:
		return PlanUnsent
	case len(u.decided.Lines) > 0:
		return PlanDecided
	case !u.class.Proposals:
		return PlanOff
	}
	return PlanNone
}

// today is what is to do now: the decided plan's day, or, while there is none and once it has run out, what is open to
// everyone who waits: the shared lesson, ready skills, something off screen and something with a person.
func (u *learnerUnit) today(l *Look, day string) (steps []plan.Step, decided bool, err error) {
	if t := plan.Today(u.steps()); len(t) > 0 {
		return t, true, nil
	}
	in, err := u.planInput(l, day, nil)
	if err != nil {
		return nil, false, err
	}
	if in.Shared == "" && !u.checked() {
		in.Shared = u.firstLesson(in.Done)
	}
	lines, err := plan.Fallback(in)
	if err != nil {
		return nil, false, err
	}
	return plan.Today(u.stepsOf(u.withOthers(lines), u.row.GivenMs)), false, nil
}

// firstLesson is the unit's first lesson that is not done: what a class shares before anything else is known.
func (u *learnerUnit) firstLesson(done map[string]bool) content.LessonID {
	for _, p := range u.unit.Parts {
		if _, open := u.lesson(p.Lesson); open && !done[plan.NewLine(plan.Lesson, p.Objective, "", p.Lesson).Key] {
			return p.Lesson
		}
	}
	return ""
}

// withOthers adds something off screen and something with a person where the lines have none that is still to do: of the
// first line's objective, or of the next one that has it.
func (u *learnerUnit) withOthers(lines []plan.Line) []plan.Line {
	if len(lines) == 0 {
		return lines
	}
	open := func(l plan.Line) bool { return u.stepsOf([]plan.Line{l}, u.row.GivenMs)[0].Status != plan.Done }
	has := func(w plan.Where) bool {
		return slices.ContainsFunc(lines, func(l plan.Line) bool { return l.Where == w && open(l) })
	}
	var others []plan.Line
	from := max(0, slices.IndexFunc(u.goals, func(o skill.Objective) bool { return o.ID == lines[0].Objective }))
	for _, o := range slices.Concat(u.goals[from:], u.goals[:from]) {
		activity, talk := plan.NewLine(plan.Activity, o.ID, "", ""), plan.NewLine(plan.Talk, o.ID, "", "")
		activity.Minutes, activity.Reason = u.parts[o.ID].Activity.Minutes, phrase.Of("reason.activity")
		talk.Reason = phrase.Of("reason.talk")
		if u.parts[o.ID].Activity.Title != "" {
			others = append(others, activity)
		}
		if !u.parts[o.ID].Talk.Empty() {
			others = append(others, talk)
		}
	}
	for _, l := range lines {
		if l.Skill != "" {
			meeting := plan.NewLine(plan.Meeting, l.Objective, l.Skill, "")
			meeting.Reason = phrase.Of("reason.meeting", "skill", u.course.skill[l.Skill].Title)
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

// firstThing is the act that begins a unit and is still open: the task comes before instruction, then the learner's own
// word, then the check, then the plan is looked at and sent. nil when all that is done.
func (u *learnerUnit) firstThing(state PlanState) *StepLine {
	begun := func(kind StepKind, reason string) *StepLine {
		return &StepLine{Key: string(kind), Kind: kind, Where: plan.OnScreen, Title: u.unit.Task.Title, Reason: phrase.Of(reason), Status: plan.Todo}
	}
	// What a teacher put in by hand alone is no agreed plan: the way to one stays open, where the class has proposals.
	if u.decided.Agreed && state != PlanUnsent || len(u.decided.Lines) > 0 && !u.class.Proposals {
		return nil
	}
	switch {
	case len(u.unit.Task.Roles) > 0 && u.role("") == nil:
		return begun(StepUnitTask, "reason.unit_task")
	case !slices.ContainsFunc(u.goals, func(o skill.Objective) bool { return u.says()[o.ID] != "" }):
		return begun(StepSelf, "reason.self")
	case !u.checked() && state != PlanUnsent && state != PlanWaiting:
		line := begun(StepCheck, "reason.check")
		if len(u.sittings) > 0 {
			line.Status, line.Reason = plan.Doing, phrase.Of("reason.check_on")
		}
		return line
	case state == PlanUnsent:
		return begun(StepSend, "reason.send")
	}
	return nil
}

// stepLine gives a step its names.
func (u *learnerUnit) stepLine(s plan.Step) StepLine {
	out := u.namedLine(s.Line)
	out.Status = s.Status
	return out
}

// namedLine gives a line its names. Status is todo.
func (u *learnerUnit) namedLine(s plan.Line) StepLine {
	out := StepLine{Key: s.Key, Kind: StepKind(s.Kind), Where: s.Where, Skill: s.Skill, Objective: s.Objective, Lesson: s.Lesson, Must: s.Must,
		Pinned: s.Pinned, Minutes: s.Minutes, Reason: s.Reason, Status: plan.Todo, Change: s.Change}
	o, _ := u.goal(s.Objective)
	switch s.Kind {
	case plan.Practice, plan.Revisit, plan.Meeting:
		out.Title = u.course.skill[s.Skill].Title
	case plan.Lesson:
		les, _ := u.lesson(s.Lesson)
		out.Title = les.Title
	case plan.Activity:
		out.Title = u.parts[s.Objective].Activity.Title
	case plan.Task:
		out.Title = u.parts[s.Objective].Task.Title
	default:
		out.Title = o.Title
	}
	return out
}

// HomePage is a learner's first page.
type HomePage struct {
	HomeAnswers
	First        bool          `json:"first"` // nothing was done in this unit yet
	Away         bool          `json:"away"`  // back after four days or more
	UsedQuestion *UsedQuestion `json:"used_question,omitempty"`
	Met          *Met          `json:"met,omitempty"`
	Said         *LastDecision `json:"said,omitempty"` // a teacher's words with the last decision about the plan
}

// UsedQuestion tells a learner that a teacher used the question they brought.
type UsedQuestion struct {
	Text string `json:"text"`
	By   string `json:"by"`
	AtMs int64  `json:"at_ms"`
}

// Met tells a learner that a teacher noted a time together.
type Met struct {
	By    string `json:"by"`
	Skill string `json:"skill"` // title, "" = none
	AtMs  int64  `json:"at_ms"`
}

const (
	awayMs   = 4 * 24 * 3_600_000 // after so long a page says welcome back
	noticeMs = 3 * 24 * 3_600_000 // a notice stays so long
)

// Home is the first page of a learner.
var Home = View[struct{}, HomePage]{
	Name: "home",
	Rule: access.Allow(access.Learner),
	Load: func(l *Look, _ struct{}) (HomePage, error) {
		me := l.who.Person
		p := HomePage{}
		g, ok, err := l.newestUnit(me)
		if err != nil {
			return p, err
		}
		if !ok {
			p.HomeAnswers, err = l.home(me)
			return p, err
		}
		u, err := l.learnerUnit(g, me)
		if err != nil {
			return p, err
		}
		if p.HomeAnswers, err = l.answers(u); err != nil {
			return p, err
		}
		if n := len(u.facts); n == 0 {
			p.First = true
		} else {
			p.Away = l.now-u.facts[n-1].ReceivedMs >= awayMs
		}
		if p.UsedQuestion, err = l.usedQuestion(me); err != nil {
			return p, err
		}
		if p.Met, err = l.met(u); err != nil {
			return p, err
		}
		if p.Said, err = l.lastDecision(u); p.Said != nil && (p.Said.Reason == "" || l.now-p.Said.AtMs > noticeMs) {
			p.Said = nil
		}
		return p, err
	},
}

func (l *Look) usedQuestion(learner roster.PersonID) (*UsedQuestion, error) {
	rows, err := l.q.QuestionsOf(l.ctx, db.QuestionsOfParams{SchoolID: l.school(), LearnerID: string(learner)})
	if err != nil {
		return nil, err
	}
	var last *UsedQuestion
	for _, r := range rows {
		if r.UsedMs == 0 || l.now-r.UsedMs > noticeMs || last != nil && r.UsedMs < last.AtMs {
			continue
		}
		by, err := l.nameOf(r.UsedBy)
		if err != nil {
			return nil, err
		}
		last = &UsedQuestion{Text: r.Text, By: by, AtMs: r.UsedMs}
	}
	return last, nil
}

func (l *Look) met(u *learnerUnit) (*Met, error) {
	for _, f := range slices.Backward(kept(u.facts)) {
		if f.Kind != evidence.KindMeeting || l.now-f.ReceivedMs > noticeMs {
			continue
		}
		by, err := l.nameOf(string(f.Meeting.By))
		return &Met{By: by, Skill: u.course.skill[f.Meeting.Skill].Title, AtMs: f.ReceivedMs}, err
	}
	return nil, nil
}

// nameOf is a person's whole name, "" for nobody.
func (l *Look) nameOf(id string) (string, error) {
	row, ok, err := store.Optional(l.q.Person(l.ctx, db.PersonParams{SchoolID: l.school(), ID: id}))
	if err != nil || !ok {
		return "", err
	}
	return person(row).Full(), nil
}

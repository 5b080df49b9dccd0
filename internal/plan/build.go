package plan

import (
	"slices"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// builder is the state of one Build.
type builder struct {
	in         Input
	skills     map[skill.ID]skill.Skill
	order      []skill.ID                       // the unit's skills in teaching order
	objectives map[skill.ID]skill.Objective     // of the unit, by skill
	skillsOf   map[skill.ObjectiveID][]skill.ID // of the unit's objectives
	parts      map[skill.ObjectiveID]content.Part
	lessons    map[content.LessonID]content.Lesson
	have       map[skill.ID]bool   // known, or placed by a line so far
	known      map[skill.ID]bool   // faded ones too
	worth      map[skill.ID]Choice // of what is open or faded
	again      []Line              // what only time has touched, and waits for its place
	keys       map[string]bool
	lines      []Line
}

// Build proposes the next lines for one learner and unit. It is a function of its input: the same input gives the same
// proposal. Errors (Invalid): an unknown dial, a unit part whose objective the course does not have, a goal that names a
// skill outside the unit or weighs it at nothing, a number of the outlook out of range.
func Build(in Input) (Proposal, error) {
	b, err := newBuilder(in)
	if err != nil {
		return Proposal{}, err
	}
	var p Proposal
	p.Credited, p.MinutesBack = b.credited()
	p.Choices = b.choices()
	for _, l := range in.Pins {
		l.Must, l.Pinned = true, true
		if l.Reason.Code == "" {
			l.Reason = phrase.Of("reason.pinned")
		}
		b.put(l)
	}
	if in.Shared != "" {
		b.shared()
	}
	b.stay()
	b.looks()
	b.wishes()
	b.again = b.touched()
	b.onward()
	b.beyond()
	p.Lines = Mark(in.Base, b.lines)
	p.Dropped = dropped(in, b, p.Lines)
	return p, nil
}

func newBuilder(in Input) (*builder, error) {
	if in.Dial != Required && in.Dial != Pick && in.Dial != Propose {
		return nil, fault.Invalidf("dial", "%q is not required, pick or propose", in.Dial)
	}
	n := len(in.Course.Skills)
	b := &builder{
		in: in, skills: make(map[skill.ID]skill.Skill, n), objectives: make(map[skill.ID]skill.Objective, n),
		skillsOf: map[skill.ObjectiveID][]skill.ID{}, parts: map[skill.ObjectiveID]content.Part{}, lessons: map[content.LessonID]content.Lesson{},
		have: make(map[skill.ID]bool, n), known: make(map[skill.ID]bool, n), keys: map[string]bool{},
	}
	for _, s := range in.Course.Skills {
		b.skills[s.ID] = s
	}
	for _, l := range in.Lessons {
		b.lessons[l.Line()] = l
	}
	objectives := map[skill.ObjectiveID]skill.Objective{}
	for _, o := range in.Course.Objectives {
		objectives[o.ID] = o
	}
	for _, part := range in.Unit.Parts {
		o, ok := objectives[part.Objective]
		if !ok {
			return nil, fault.Invalidf("unit", "objective %s is not in the course", part.Objective)
		}
		b.parts[o.ID], b.skillsOf[o.ID] = part, o.Skills
		for _, id := range o.Skills {
			if _, twice := b.objectives[id]; !twice {
				b.objectives[id] = o
				b.order = append(b.order, id)
			}
		}
	}
	for id, e := range in.Estimates {
		if e.Status == mastery.Secure || in.Outlook.Faded[id] {
			b.known[id] = true
		}
	}
	for _, id := range in.Check.Known {
		if !doubted(in.Estimates[id]) {
			b.known[id] = true
		}
	}
	for id := range b.known {
		b.have[id] = true
	}
	if err := b.check(); err != nil {
		return nil, err
	}
	b.weigh()
	return b, nil
}

// doubted reports whether a person or later evidence took the skill back: then the check does not credit it again.
func doubted(e mastery.Estimate) bool {
	return e.Status == mastery.AnotherLook || e.State.Reopened
}

// credited lists what the check showed and nobody has credited yet, and the minutes given back by all that is known:
// the practice of those skills, and a lesson when it teaches nothing else.
func (b *builder) credited() ([]Line, int) {
	var lines []Line
	back := 0
	for _, id := range b.order {
		if !b.known[id] {
			continue
		}
		back += b.skills[id].Minutes
		if b.in.Estimates[id].Status == mastery.Secure || b.in.Outlook.Faded[id] {
			continue
		}
		l := NewLine(Practice, b.objectives[id].ID, id, "")
		l.Change, l.Minutes, l.Evidence = Credited, b.skills[id].Minutes, b.evidence(id)
		l.Reason = phrase.Of("reason.known_direct")
		if through := b.in.Check.Through[id]; !b.in.Check.Direct[id] && through != "" {
			l.Reason = phrase.Of("reason.known_through", "skill", b.skills[through].Title)
		}
		lines = append(lines, l)
	}
	for _, part := range b.in.Unit.Parts {
		if l, ok := b.lessons[part.Lesson]; ok && len(l.Skills) > 0 && !slices.ContainsFunc(l.Skills, b.open) {
			back += l.Minutes
		}
	}
	return lines, back
}

func (b *builder) open(id skill.ID) bool { return !b.known[id] }

// ready reports whether everything that the skill rests on is known or comes earlier in the plan. Prerequisites outside
// the unit bar no way: nobody is held up by what was never asked of them.
func (b *builder) ready(id skill.ID) bool {
	for _, p := range b.in.Graph.Prerequisites(id) {
		if _, inside := b.objectives[p]; inside && !b.have[p] {
			return false
		}
	}
	return true
}

// put adds a line once, unless it is vetoed, done or one too many. It first makes room for the line in three that is
// with a person or off screen.
func (b *builder) put(l Line) bool {
	if b.keys[l.Key] || b.vetoed(l.Key) || len(b.lines) >= MaxLines || b.in.Done[l.Key] && !l.Pinned {
		return false
	}
	b.keys[l.Key] = true
	if l.Kind.Place() == OnScreen {
		b.balance()
		if len(b.lines) >= MaxLines {
			return false
		}
	}
	b.lines = append(b.lines, l)
	if l.Skill != "" && (l.Kind == Practice || l.Kind == Revisit) {
		b.have[l.Skill] = true
	}
	return true
}

// balance puts a line with a person or off screen where the next one on screen would be the third without.
func (b *builder) balance() {
	n := len(b.lines) + 1
	away := 0
	var goal skill.ObjectiveID
	var sk skill.ID
	for _, l := range b.lines {
		if l.Where != OnScreen {
			away++
		}
		if l.Objective != "" {
			goal = l.Objective
		}
		if l.Skill != "" {
			sk = l.Skill
		}
	}
	if goal == "" || away >= n/Share {
		return
	}
	for _, l := range b.away(goal, sk) {
		if !b.keys[l.Key] && !b.vetoed(l.Key) && !b.in.Done[l.Key] {
			b.keys[l.Key] = true
			b.lines = append(b.lines, l)
			return
		}
	}
}

// away are an objective's lines that are off screen or with a person, best first. A meeting is always possible.
func (b *builder) away(goal skill.ObjectiveID, sk skill.ID) []Line {
	var out []Line
	part := b.parts[goal]
	if part.Activity.Title != "" {
		l := NewLine(Activity, goal, "", "")
		l.Minutes, l.Reason = part.Activity.Minutes, phrase.Of("reason.activity")
		out = append(out, l)
	}
	l := NewLine(Talk, goal, "", "")
	l.Reason = phrase.Of("reason.talk")
	out = append(out, l)
	if sk != "" {
		l := NewLine(Meeting, goal, sk, "")
		l.Reason = phrase.Of("reason.meeting", "skill", b.skills[sk].Title)
		out = append(out, l)
	}
	return out
}

func (b *builder) vetoed(key string) bool { return slices.Contains(b.in.Vetoes, key) }

// must applies the dial: required gives lessons and practice, pick gives practice, propose gives nothing.
func (b *builder) must(k Kind) bool {
	switch k {
	case Lesson:
		return b.in.Dial == Required
	case Practice, Revisit:
		return b.in.Dial != Propose
	}
	return false
}

func (b *builder) shared() {
	l := NewLine(Lesson, b.lessons[b.in.Shared].Objective, "", b.in.Shared)
	l.Minutes, l.Must = b.lessons[b.in.Shared].Minutes, b.must(Lesson)
	l.Reason = phrase.Of("reason.shared")
	b.put(l)
}

// stay keeps what was decided and is still open, in its order: a plan does not change under somebody's hands.
func (b *builder) stay() {
	for _, l := range b.in.Base {
		if (l.Kind == Practice || l.Kind == Revisit) && b.known[l.Skill] && !l.Pinned && !b.waitsAgain(l) {
			continue
		}
		l.Change = ""
		b.put(l)
	}
}

// looks puts what was secure and is doubted by evidence or a person before anything new.
func (b *builder) looks() {
	for _, id := range b.order {
		if e := b.in.Estimates[id]; e.Status == mastery.AnotherLook && !b.in.Outlook.Faded[id] {
			l := NewLine(Revisit, b.objectives[id].ID, id, "")
			l.Must, l.Minutes, l.Evidence = b.must(Revisit), half(b.skills[id].Minutes), e.Evidence()
			l.Reason = phrase.Of("reason.look")
			b.put(l)
		}
	}
}

// wishes puts a skill's objective first when the learner asked for it and it is ready.
func (b *builder) wishes() {
	for _, id := range b.order {
		key := NewLine(Practice, "", id, "").Key
		if slices.Contains(b.in.Wishes, key) && !b.have[id] && b.ready(id) {
			l := b.practice(id)
			l.Reason = phrase.Of("reason.wished")
			b.put(l)
		}
	}
}

// onward takes objective after objective: always that of the ready skill that comes next, with what it has ready. Between
// them stands what only time has touched, so that it is woven in and no wall before the new.
func (b *builder) onward() {
	for len(b.lines) < MaxLines {
		id, ok := b.nextReady()
		if !ok {
			break
		}
		b.weave(1)
		before := len(b.lines)
		b.objective(b.objectives[id], id)
		if len(b.lines) == before { // all of it vetoed: its skills count as placed, so that what follows is not barred
			b.have[id] = true
		}
	}
	b.weave(len(b.again))
}

// objective puts an objective's task, its lesson, the practice of each ready skill, and what is off screen or with a
// person, in this order; balance may bring the last forward. Where a person's goal needs the skill that it is for, only
// what a goal needs comes along; the rest has its turn later.
func (b *builder) objective(o skill.Objective, next skill.ID) {
	part := b.parts[o.ID]
	if part.Task.Title != "" {
		l := NewLine(Task, o.ID, "", "")
		l.Reason = phrase.Of("reason.task", "task", part.Task.Title)
		b.put(l)
	}
	if les, ok := b.lessons[part.Lesson]; ok && part.Lesson != "" {
		l := NewLine(Lesson, o.ID, "", les.Line())
		l.Minutes, l.Must = les.Minutes, b.must(Lesson)
		l.Reason = b.lessonReason(les, o)
		b.put(l)
	}
	for _, id := range o.Skills {
		if !b.have[id] && b.ready(id) && (b.worth[id].Toward != "" || b.worth[next].Toward == "") {
			b.put(b.practice(id))
		}
	}
	for _, l := range b.away(o.ID, "") {
		if l.Kind == Activity || !part.Talk.Empty() {
			b.put(l)
		}
	}
}

func (b *builder) practice(id skill.ID) Line {
	e := b.in.Estimates[id]
	l := NewLine(Practice, b.objectives[id].ID, id, "")
	l.Must, l.Minutes, l.Evidence = b.must(Practice), b.skills[id].Minutes, b.evidence(id)
	if e.Status == mastery.Growing {
		l.Minutes = half(l.Minutes)
	}
	l.Reason = b.practiceReason(id, e)
	return l
}

// practiceReason says the most personal thing that is true.
func (b *builder) practiceReason(id skill.ID, e mastery.Estimate) phrase.Phrase {
	switch {
	case slices.Contains(b.in.Check.Unlearned, id) && (e.Attempts == 0 || unlearnedLast(e)):
		return phrase.Of("reason.unlearned")
	case e.Status == mastery.Growing && e.Attempts > 0:
		return phrase.Of("reason.growing")
	case b.worth[id].Toward == id:
		return phrase.Of("reason.goal")
	case b.worth[id].Toward != "":
		return phrase.Of("reason.toward", "skill", b.skills[b.worth[id].Toward].Title)
	}
	for _, next := range b.in.Graph.Dependents(id) {
		if _, inside := b.objectives[next]; inside && !b.have[next] {
			return phrase.Of("reason.before", "skill", b.skills[next].Title)
		}
	}
	if t := b.parts[b.objectives[id].ID].Task.Title; t != "" {
		return phrase.Of("reason.on_the_way", "task", t)
	}
	return phrase.Of("reason.ready")
}

func (b *builder) lessonReason(les content.Lesson, o skill.Objective) phrase.Phrase {
	for _, id := range append(slices.Clone(les.Skills), o.Skills...) {
		if s, ok := b.skills[id]; ok && !b.have[id] {
			return phrase.Of("reason.lesson", "skill", s.Title)
		}
	}
	return phrase.Of("reason.ready")
}

// evidence is what an estimate and the check rest on, each fact once.
func (b *builder) evidence(id skill.ID) []string {
	out := b.in.Estimates[id].Evidence()
	for _, f := range b.in.Check.Evidence[id] {
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

func half(minutes int) int { return (minutes + 1) / 2 }

package period

import (
	"slices"

	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// DayState is where a class's day stands.
type DayState string

// The states of a day.
const (
	DayBefore  DayState = "before"
	DayRunning DayState = "running"
	DayOver    DayState = "over"
)

func (d Day) state(now int64) DayState {
	switch {
	case d.StartedMs == 0:
		return DayBefore
	case d.Running(now):
		return DayRunning
	}
	return DayOver
}

// NowPage is a running class for its teachers: who is where and on what, the piles with their exit checks, and the hands.
type NowPage struct {
	Class     library.ClassHead `json:"class"`
	State     DayState          `json:"state" enum:"before,running,over"`
	StartedMs int64             `json:"started_ms,omitempty"`
	EndedMs   int64             `json:"ended_ms,omitempty"`
	Lesson    string            `json:"lesson"` // the shared lesson's title; "" = none
	Unit      string            `json:"unit"`   // the unit's title; "" = none
	Planned   bool              `json:"planned"`
	HereMs    int64             `json:"here_ms"` // a learner seen within so many ms is there
	Skills    []NowSkill        `json:"skills"`  // of the unit, in teaching order: the grid's columns
	Learners  []NowLearner      `json:"learners"`
	Piles     []NowPile         `json:"piles"`
	Hands     []NowHand         `json:"hands"` // oldest first
	Company   []NowCompany      `json:"company"`
}

// NowSkill is a column of the grid. Lesson: today's lesson teaches it.
type NowSkill struct {
	ID     skill.ID `json:"id"`
	Title  string   `json:"title"`
	Lesson bool     `json:"lesson"`
}

// NowLearner is a row of the grid, with where they were seen last: SeenMs 0 = not in this lesson.
type NowLearner struct {
	flow.Named
	Pile   string    `json:"pile"` // its id; "" = none yet
	Page   string    `json:"page"`
	Skill  skill.ID  `json:"skill,omitempty"`
	Title  string    `json:"title,omitempty"` // of the skill
	SeenMs int64     `json:"seen_ms"`
	Cells  []NowCell `json:"cells"` // one for each of the page's skills
}

// NowCell is how one learner stands with one skill; Shade 0 to 4, light to dark.
type NowCell struct {
	Status mastery.Status `json:"status" enum:"not_started,growing,secure,another_look"`
	Shade  int            `json:"shade"`
}

// NowPile is a pile at its place.
type NowPile struct {
	ID      string         `json:"id"`
	Kind    classroom.Kind `json:"kind" enum:"sit,watch,carry,deeper"`
	Where   phrase.Phrase  `json:"where"`
	Title   string         `json:"title"` // of its skill; "" = none
	Reason  phrase.Phrase  `json:"reason"`
	Members []NowMember    `json:"members"`
	Items   int            `json:"items"` // of its exit check; 0 = it has none
	ExitMs  int64          `json:"exit_ms,omitempty"`
}

// NowMember is a member with what their exit answers were worth, in the check's order ("" = not answered yet), and whether
// a teacher sat with them.
type NowMember struct {
	flow.Named
	Exit []item.Outcome `json:"exit"`
	Sat  bool           `json:"sat"`
}

// NowHand is a raised hand.
type NowHand struct {
	ID       string          `json:"id"`
	Learner  roster.PersonID `json:"learner"`
	Name     string          `json:"name"`
	Line     string          `json:"line"`
	Page     string          `json:"page"`
	Title    string          `json:"title,omitempty"` // of the skill that they were at
	RaisedMs int64           `json:"raised_ms"`
	Coming   bool            `json:"coming"`
	Mine     bool            `json:"mine"`         // this teacher said "coming"
	By       string          `json:"by,omitempty"` // who said "coming"
}

// Now shows a class while it runs. Errors: NotFound.
var Now = flow.View[library.ClassIn, NowPage]{
	Name: "now",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in library.ClassIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Load: func(l *flow.Look, in library.ClassIn) (NowPage, error) {
		n := nowLoad{Look: l, title: map[skill.ID]string{}}
		class, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(in.Class)})
		if err != nil {
			return n.p, err
		}
		if n.day, err = day(l, in.Class); err != nil {
			return n.p, err
		}
		n.p = NowPage{Class: library.ClassHead{ID: in.Class, Name: class.Name}, State: n.day.state(l.Now()), StartedMs: n.day.StartedMs, EndedMs: n.day.EndedMs, Planned: n.day.ID != "", HereMs: hereMs}
		for _, load := range []func() error{n.skills, n.learners, n.piles, n.hands, n.company} {
			if err := load(); err != nil {
				return n.p, err
			}
		}
		return n.p, nil
	},
}

// nowLoad gathers the page: one query for each kind of thing, whatever the size of the class.
type nowLoad struct {
	*flow.Look
	day   Day
	facts dayFacts
	title map[skill.ID]string
	name  map[roster.PersonID]string
	p     NowPage
}

func (n *nowLoad) skills() error {
	s, ok, err := lessonOfDay(n.Look, n.day.Class, n.day.On)
	if err != nil {
		return err
	}
	if ok {
		n.facts.shared = &s
		n.p.Lesson = s.Lesson.Title
	}
	if err := unitOfDay(n.Look, n.day.Class, &n.facts); err != nil || n.facts.unit == nil {
		return err
	}
	n.p.Unit = n.facts.unit.Title
	n.facts.inPlay()
	for id, s := range n.facts.course.Skill {
		n.title[id] = s.Title
	}
	for _, id := range library.UnitSkills(n.facts.unit, n.facts.course) {
		n.p.Skills = append(n.p.Skills, NowSkill{ID: id, Title: n.title[id], Lesson: slices.Contains(n.facts.in.Lesson, id)})
	}
	return nil
}

// titleOf is a skill's title, also of one outside the unit.
func (n *nowLoad) titleOf(id skill.ID) (string, error) {
	if t, ok := n.title[id]; ok {
		return t, nil
	}
	t, err := library.SkillTitle(n.Look, id)
	n.title[id] = t
	return t, err
}

func (n *nowLoad) learners() error {
	people, err := n.Look.Learners(n.day.Class)
	if err != nil {
		return err
	}
	n.name = make(map[roster.PersonID]string, len(people))
	row := make(map[string]int, len(people))
	col := make(map[string]int, len(n.p.Skills))
	for i, s := range n.p.Skills {
		col[string(s.ID)] = i
	}
	for i, who := range people {
		n.name[who.ID] = who.Name
		row[string(who.ID)] = i
		cells := make([]NowCell, len(n.p.Skills))
		for k := range cells {
			cells[k].Status = mastery.NotStarted
		}
		n.p.Learners = append(n.p.Learners, NowLearner{Named: who, Cells: cells})
	}
	grid, err := n.Q().GridOfClass(n.Ctx(), db.GridOfClassParams{SchoolID: n.School(), ClassID: string(n.day.Class)})
	if err != nil {
		return err
	}
	today, err := n.Midnight()
	if err != nil {
		return err
	}
	for _, g := range grid {
		r, known := row[g.LearnerID]
		c, inUnit := col[g.SkillID]
		if known && inUnit {
			status := mastery.Faded(mastery.Status(g.Status), g.FadesMs, today)
			n.p.Learners[r].Cells[c] = NowCell{Status: status, Shade: classroom.Shade(status, g.PKnown)}
		}
	}
	return n.presence(row)
}

// presence is where learners are; what was before this lesson is nobody's business.
func (n *nowLoad) presence(row map[string]int) error {
	if n.p.State != DayRunning {
		return nil
	}
	seen, err := n.Q().PresenceOfClass(n.Ctx(), db.PresenceOfClassParams{SchoolID: n.School(), ClassID: string(n.day.Class)})
	if err != nil {
		return err
	}
	for _, s := range seen {
		r, ok := row[s.LearnerID]
		if !ok || s.SeenMs < n.day.StartedMs {
			continue
		}
		w := &n.p.Learners[r]
		w.Page, w.Skill, w.SeenMs = s.Page, skill.ID(s.SkillID), s.SeenMs
		if w.Title, err = n.titleOf(w.Skill); err != nil {
			return err
		}
	}
	return nil
}

// exits is what the exit answers of a day are worth as they stand by now, by pile, learner and item.
func exits(l *flow.Look, d Day) (map[[3]string]item.Outcome, error) {
	answers, err := l.Q().ExitAnswersOfDay(l.Ctx(), db.ExitAnswersOfDayParams{SchoolID: l.School(), ClassDayID: d.ID})
	if err != nil || len(answers) == 0 {
		return nil, err
	}
	gone, err := overtaken(l, d.Class)
	if err != nil {
		return nil, err
	}
	went := map[[3]string]item.Outcome{}
	for _, a := range answers {
		outcome := item.Outcome(a.Outcome)
		if gone[a.ID] { // rare: only then the learner's record is read
			facts, err := ledger.Facts(l, roster.PersonID(a.LearnerID))
			if err != nil {
				return nil, err
			}
			outcome = ""
			for _, f := range ledger.Kept(facts) {
				if f.ID == a.ID {
					outcome = f.Attempt.Outcome
				}
			}
		}
		went[[3]string{a.Context, a.LearnerID, a.ItemID}] = outcome
	}
	return went, nil
}

func (n *nowLoad) piles() error {
	if n.day.ID == "" {
		return nil
	}
	went, err := exits(n.Look, n.day)
	if err != nil {
		return err
	}
	meetings, err := n.Q().MeetingsOfDay(n.Ctx(), db.MeetingsOfDayParams{SchoolID: n.School(), ClassDayID: n.day.ID})
	if err != nil {
		return err
	}
	at := map[roster.PersonID]string{}
	for _, p := range n.day.Piles {
		pile := NowPile{ID: p.ID, Kind: p.Kind, Where: p.Where, Reason: p.Reason, Items: len(p.As.Exit), ExitMs: p.ExitMs}
		if pile.Title, err = n.titleOf(p.Skill); err != nil {
			return err
		}
		for _, m := range p.Members {
			at[m.ID] = p.ID
			who := NowMember{Named: m.Named, Exit: make([]item.Outcome, len(p.As.Exit))}
			for i, id := range p.As.Exit {
				who.Exit[i] = went[[3]string{p.ID, string(m.ID), string(id)}]
			}
			who.Sat = slices.ContainsFunc(meetings, func(r db.Meeting) bool { return r.LearnerID == string(m.ID) && r.PileID == p.ID })
			pile.Members = append(pile.Members, who)
		}
		n.p.Piles = append(n.p.Piles, pile)
	}
	for i := range n.p.Learners {
		n.p.Learners[i].Pile = at[n.p.Learners[i].ID]
	}
	return nil
}

func (n *nowLoad) hands() error {
	rows, err := n.Q().OpenHelpOfClass(n.Ctx(), db.OpenHelpOfClassParams{SchoolID: n.School(), ClassID: string(n.day.Class)})
	if err != nil {
		return err
	}
	byID := make(map[string]db.HelpRequest, len(rows))
	queue := make([]classroom.Help, len(rows))
	for i, r := range rows {
		byID[r.ID] = r
		queue[i] = classroom.Help{ID: r.ID, Person: roster.PersonID(r.LearnerID), RaisedMs: r.RaisedMs}
	}
	for _, q := range classroom.Queue(queue) {
		name, here := n.name[q.Person]
		if !here {
			continue // left the class meanwhile
		}
		r := byID[q.ID]
		h := NowHand{ID: r.ID, Learner: q.Person, Name: name, Line: r.Line, Page: r.Page, RaisedMs: r.RaisedMs, Coming: r.ClaimedMs > 0, Mine: r.ClaimedBy == string(n.Who().Person)}
		if h.Title, err = n.titleOf(skill.ID(r.SkillID)); err != nil {
			return err
		}
		if h.By, err = n.NameOf(r.ClaimedBy); err != nil {
			return err
		}
		n.p.Hands = append(n.p.Hands, h)
	}
	return nil
}

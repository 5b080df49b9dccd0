package flow

import (
	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// TodayPage is a teacher's first page: what the class brings to the lesson, and who works together.
type TodayPage struct {
	Class     ClassHead       `json:"class"`
	On        string          `json:"on"`
	Day       string          `json:"day"` // "" = the piles below are a suggestion that nobody has kept yet
	StartedMs int64           `json:"started_ms,omitempty"`
	EndedMs   int64           `json:"ended_ms,omitempty"`
	MadeMs    int64           `json:"made_ms"`
	Moved     bool            `json:"moved"`
	Active    int             `json:"active"` // learners who worked since the piles were made
	Lesson    *TodayLesson    `json:"lesson,omitempty"`
	Questions []TodayQuestion `json:"questions"`
	Piles     []TodayPile     `json:"piles"`
	Unplaced  []Named         `json:"unplaced"`
	Unit      *TodayUnit      `json:"unit,omitempty"`
	Proposals bool            `json:"proposals"`
	Waiting   int             `json:"waiting"` // plans that wait for a yes
	Learners  int             `json:"learners"`
}

// TodayUnit is the unit of the day and its task.
type TodayUnit struct {
	ClassUnit string   `json:"class_unit"`
	Title     string   `json:"title"`
	Task      string   `json:"task"` // its title; "" = the unit has none
	Goal      []doc.El `json:"goal"`
}

// TodayLesson is the shared lesson and how far each learner is with it.
type TodayLesson struct {
	ID      content.LessonID `json:"id"`
	Title   string           `json:"title"`
	Kind    string           `json:"kind" enum:"film,link,text"`
	Link    string           `json:"link,omitempty"`
	Minutes int              `json:"minutes"`
	Before  Before           `json:"before"`
	Passed  bool             `json:"passed"` // the moment of the invitation is over; nothing is late
	Watched []Named          `json:"watched"`
	Partly  []Named          `json:"partly"`
	NotYet  []Named          `json:"not_yet"`
}

// TodayQuestion is a question that a learner brought.
type TodayQuestion struct {
	ID     string `json:"id"`
	Who    Named  `json:"who"`
	Text   string `json:"text"`
	Lesson string `json:"lesson"` // its title
	Used   bool   `json:"used"`
	AtMs   int64  `json:"at_ms"`
}

// TodayPile is a pile with what its table needs.
type TodayPile struct {
	DayPile
	Title   string             `json:"title"` // of the skill; "" for piles without one
	Discuss []WrongAnswer      `json:"discuss"`
	Example *WorkedItem        `json:"example,omitempty"`
	Exit    []AskedText        `json:"exit"`
	Credits []item.Attribution `json:"credits"` // of the imported items among these, each once
}

// WrongAnswer is an answer to talk about, without its author.
type WrongAnswer struct {
	Text   []doc.El `json:"text"`
	Answer []doc.El `json:"answer"`
	Nudge  []doc.El `json:"nudge"` // what the item says of this mistake; empty = it was not recognised
}

// WorkedItem is an item to work out together.
type WorkedItem struct {
	Text     []doc.El `json:"text"`
	Options  []doc.El `json:"options"` // a list, empty for typed answers
	Solution []doc.El `json:"solution"`
}

// AskedText is one item of an exit check with numbers as they may be drawn; each learner gets their own.
type AskedText struct {
	Item    item.ID  `json:"item"`
	Text    []doc.El `json:"text"`
	Options []doc.El `json:"options"` // a list, empty for typed answers
}

// Today shows a class's day. Nothing is made by looking: while no piles are kept, it shows those that would be made.
var Today = View[ClassIn, TodayPage]{
	Name: "today",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in ClassIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Load: func(l *Look, in ClassIn) (TodayPage, error) { return l.todayPage(in.Class) },
}

func (l *Look) todayPage(class roster.ClassID) (TodayPage, error) {
	row, err := l.q.Class(l.ctx, db.ClassParams{SchoolID: l.school(), ID: string(class)})
	if err != nil {
		return TodayPage{}, err
	}
	day, err := l.day(class)
	if err != nil {
		return TodayPage{}, err
	}
	p := TodayPage{Class: ClassHead{class, row.Name}, On: day.On, Proposals: row.Proposals}
	waiting, err := l.q.WaitingProposals(l.ctx, db.WaitingProposalsParams{SchoolID: l.school(), ClassID: string(class)})
	if err != nil {
		return p, err
	}
	p.Waiting = int(waiting)
	facts, err := l.todayPiles(&p, day)
	if err != nil {
		return p, err
	}
	people, err := l.learners(class)
	if err != nil {
		return p, err
	}
	p.Learners = len(people)
	if err := l.todayUnit(&p, facts); err != nil {
		return p, err
	}
	if err := l.todayLesson(&p, facts, people); err != nil {
		return p, err
	}
	return p, l.todayQuestions(&p, facts, people)
}

// todayPiles fills in the piles as they are kept, else as they would be made, and gives the day's lesson and unit.
func (l *Look) todayPiles(p *TodayPage, day Day) (f dayFacts, err error) {
	if day.ID == "" {
		if f, err = l.dayFacts(day.Class, day.On); err != nil {
			return f, err
		}
		if day, err = l.suggested(f, day); err != nil {
			return f, err
		}
	} else {
		if err := l.sharedAndUnit(day.Class, day.On, &f); err != nil {
			return f, err
		}
		active, err := l.q.LearnersActiveSince(l.ctx, db.LearnersActiveSinceParams{SchoolID: l.school(), ClassID: string(day.Class), SinceMs: day.MadeMs})
		if err != nil {
			return f, err
		}
		p.Active = int(active)
	}
	p.Day, p.StartedMs, p.EndedMs, p.MadeMs, p.Moved, p.Unplaced = day.ID, day.StartedMs, day.EndedMs, day.MadeMs, day.Moved, day.Unplaced
	for _, d := range day.Piles {
		t, err := l.todayPile(d, f.course)
		if err != nil {
			return f, err
		}
		p.Piles = append(p.Piles, t)
	}
	return f, nil
}

// suggested is a day as it would be made, without ids.
func (l *Look) suggested(f dayFacts, day Day) (Day, error) {
	piles, err := classroom.Piles(f.in)
	if err != nil {
		return day, err
	}
	people, err := l.learners(day.Class)
	if err != nil {
		return day, err
	}
	name := make(map[roster.PersonID]Named, len(people))
	for _, who := range people {
		name[who.ID] = who
	}
	places := placesFor(day, piles)
	for i, s := range piles {
		d := DayPile{Kind: s.Kind, Skill: s.Skill, Mistake: s.Mistake, Place: places[i], Where: whereOf(places[i]), Reason: s.Reason, As: s}
		for _, who := range s.Members {
			d.Members = append(d.Members, PileMember{Named: name[who]})
		}
		day.Piles = append(day.Piles, d)
	}
	day.MadeMs = l.now
	return day, nil
}

func (l *Look) todayPile(d DayPile, c *course) (TodayPile, error) {
	t := TodayPile{DayPile: d}
	if c != nil && d.Skill != "" {
		t.Title = c.skill[d.Skill].Title
	}
	if t.Title == "" && d.Skill != "" { // of another course than the day's unit
		row, err := l.q.Skill(l.ctx, db.SkillParams{SchoolID: l.school(), ID: string(d.Skill)})
		if err != nil {
			return t, err
		}
		t.Title = row.Title
	}
	for _, s := range d.As.Discuss {
		w, asked, err := l.wrongAnswer(s)
		if err != nil {
			return t, err
		}
		t.Discuss, t.Credits = append(t.Discuss, w), credit(t.Credits, asked.Attribution)
	}
	if d.As.Example != "" {
		v, err := l.sampleOf(d.As.Example, d.As.Key)
		if err != nil {
			return t, err
		}
		asked, err := v.Asked()
		if err != nil {
			return t, err
		}
		t.Example, t.Credits = &WorkedItem{}, credit(t.Credits, asked.Attribution)
		t.Example.Text, t.Example.Options = textOf(asked)
		if t.Example.Solution, err = v.Solution(); err != nil {
			return t, err
		}
	}
	for _, id := range d.As.Exit {
		v, err := l.sampleOf(id, d.As.Key)
		if err != nil {
			return t, err
		}
		asked, err := v.Asked()
		if err != nil {
			return t, err
		}
		text, options := textOf(asked)
		t.Exit, t.Credits = append(t.Exit, AskedText{Item: id, Text: text, Options: options}), credit(t.Credits, asked.Attribution)
	}
	return t, nil
}

// sampleOf draws the current version of an item, the same whenever the same pile is looked at.
func (l *Look) sampleOf(id item.ID, pile string) (item.Variant, error) {
	row, err := l.q.Content(l.ctx, db.ContentParams{SchoolID: l.school(), ID: string(id)})
	if err != nil {
		return item.Variant{}, err
	}
	it, err := l.itemVersion(id, row.CurrentVersion)
	if err != nil {
		return item.Variant{}, err
	}
	return item.Draw(*it, item.SeedFor(pile, string(id), 1))
}

// wrongAnswer draws an answer as it was asked and given.
func (l *Look) wrongAnswer(s classroom.Shown) (w WrongAnswer, asked item.Asked, err error) {
	it, err := l.itemVersion(s.Item, int64(s.ItemVersion))
	if err != nil {
		return w, asked, err
	}
	v, err := item.Recall(*it, s.Seed, s.Drawn)
	if err != nil {
		return w, asked, err
	}
	if asked, err = v.Asked(); err != nil {
		return w, asked, err
	}
	j, err := item.Score(v, s.Response)
	if err != nil {
		return w, asked, err
	}
	w.Text, w.Answer = asked.Text, asAnswered(asked, s.Response)
	w.Nudge, err = v.Nudge(j)
	return w, asked, err
}

func (l *Look) todayUnit(p *TodayPage, f dayFacts) error {
	if f.unit == nil {
		return nil
	}
	goal, err := f.unit.Task.Goal.Draw(nil)
	p.Unit = &TodayUnit{ClassUnit: f.classUnit, Title: f.unit.Title, Task: f.unit.Task.Title, Goal: goal}
	return err
}

func (l *Look) todayLesson(p *TodayPage, f dayFacts, people []Named) error {
	if f.shared == nil {
		return nil
	}
	v, i := f.shared.Lesson, f.shared.Invited
	t := &TodayLesson{ID: v.ID, Title: v.Title, Kind: lessonKind(v), Link: v.Link, Minutes: v.Minutes, Before: Before{i.BeforeOn, i.BeforeAt}}
	at, err := l.instant(i.BeforeOn, i.BeforeAt)
	if err != nil {
		return err
	}
	t.Passed = at <= l.now
	seen, err := l.seenByClass(p.Class.ID, v)
	if err != nil {
		return err
	}
	for _, who := range people {
		switch seen.of(who.ID) {
		case classroom.SeenAll:
			t.Watched = append(t.Watched, who)
		case classroom.SeenPart:
			t.Partly = append(t.Partly, who)
		default:
			t.NotYet = append(t.NotYet, who)
		}
	}
	p.Lesson = t
	return nil
}

// todayQuestions are the questions brought since the class was invited, else of the last days, oldest first.
func (l *Look) todayQuestions(p *TodayPage, f dayFacts, people []Named) error {
	rows, err := l.q.QuestionsOfClassSince(l.ctx, db.QuestionsOfClassSinceParams{SchoolID: l.school(), ClassID: string(p.Class.ID), ReceivedMs: l.since(f)})
	if err != nil {
		return err
	}
	name := make(map[roster.PersonID]Named, len(people))
	for _, who := range people {
		name[who.ID] = who
	}
	for _, r := range rows {
		who, ok := name[roster.PersonID(r.LearnerID)]
		if !ok {
			continue // has left the class
		}
		q := TodayQuestion{ID: r.ID, Who: who, Text: r.Text, Used: r.UsedMs > 0, AtMs: r.ReceivedMs}
		if r.LessonID != "" {
			v, err := l.lesson(content.LessonID(r.LessonID))
			if err != nil {
				return err
			}
			q.Lesson = v.Title
		}
		p.Questions = append(p.Questions, q)
	}
	return nil
}

package period

import (
	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// TodayPage is a teacher's first page: what the class brings to the lesson, and who works together.
type TodayPage struct {
	Class     library.ClassHead `json:"class"`
	On        string            `json:"on"`
	Day       string            `json:"day"` // "" = the piles below are a suggestion that nobody has kept yet
	StartedMs int64             `json:"started_ms,omitempty"`
	EndedMs   int64             `json:"ended_ms,omitempty"`
	MadeMs    int64             `json:"made_ms"`
	Moved     bool              `json:"moved"`
	Active    int               `json:"active"` // learners who worked since the piles were made
	Lesson    *TodayLesson      `json:"lesson,omitempty"`
	Questions []TodayQuestion   `json:"questions"`
	Piles     []TodayPile       `json:"piles"`
	Unplaced  []flow.Named      `json:"unplaced"`
	Unit      *TodayUnit        `json:"unit,omitempty"`
	Proposals bool              `json:"proposals"`
	Waiting   int               `json:"waiting"` // plans that wait for a yes
	Learners  int               `json:"learners"`
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
	Before  library.Before   `json:"before"`
	Passed  bool             `json:"passed"` // the moment of the invitation is over; nothing is late
	Watched []flow.Named     `json:"watched"`
	Partly  []flow.Named     `json:"partly"`
	NotYet  []flow.Named     `json:"not_yet"`
}

// TodayQuestion is a question that a learner brought.
type TodayQuestion struct {
	ID     string     `json:"id"`
	Who    flow.Named `json:"who"`
	Text   string     `json:"text"`
	Lesson string     `json:"lesson"` // its title
	Used   bool       `json:"used"`
	AtMs   int64      `json:"at_ms"`
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
var Today = flow.View[library.ClassIn, TodayPage]{
	Name: "today",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in library.ClassIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Load: func(l *flow.Look, in library.ClassIn) (TodayPage, error) { return todayPage(l, in.Class) },
}

func todayPage(l *flow.Look, class roster.ClassID) (TodayPage, error) {
	row, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(class)})
	if err != nil {
		return TodayPage{}, err
	}
	day, err := day(l, class)
	if err != nil {
		return TodayPage{}, err
	}
	p := TodayPage{Class: library.ClassHead{ID: class, Name: row.Name}, On: day.On, Proposals: row.Proposals}
	waiting, err := l.Q().WaitingProposals(l.Ctx(), db.WaitingProposalsParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return p, err
	}
	p.Waiting = int(waiting)
	facts, err := todayPiles(l, &p, day)
	if err != nil {
		return p, err
	}
	people, err := l.Learners(class)
	if err != nil {
		return p, err
	}
	p.Learners = len(people)
	if err := todayUnit(l, &p, facts); err != nil {
		return p, err
	}
	if err := todayLesson(l, &p, facts, people); err != nil {
		return p, err
	}
	return p, todayQuestions(l, &p, facts, people)
}

// todayPiles fills in the piles as they are kept, else as they would be made, and gives the day's lesson and unit.
func todayPiles(l *flow.Look, p *TodayPage, day Day) (f dayFacts, err error) {
	if day.ID == "" {
		if f, err = loadFacts(l, day.Class, day.On); err != nil {
			return f, err
		}
		if day, err = suggested(l, f, day); err != nil {
			return f, err
		}
	} else {
		if err := sharedAndUnit(l, day.Class, day.On, &f); err != nil {
			return f, err
		}
		active, err := l.Q().LearnersActiveSince(l.Ctx(), db.LearnersActiveSinceParams{SchoolID: l.School(), ClassID: string(day.Class), SinceMs: day.MadeMs})
		if err != nil {
			return f, err
		}
		p.Active = int(active)
	}
	p.Day, p.StartedMs, p.EndedMs, p.MadeMs, p.Moved, p.Unplaced = day.ID, day.StartedMs, day.EndedMs, day.MadeMs, day.Moved, day.Unplaced
	for _, d := range day.Piles {
		t, err := todayPile(l, d, f.course)
		if err != nil {
			return f, err
		}
		p.Piles = append(p.Piles, t)
	}
	return f, nil
}

// suggested is a day as it would be made, without ids.
func suggested(l *flow.Look, f dayFacts, day Day) (Day, error) {
	piles, err := classroom.Piles(f.in)
	if err != nil {
		return day, err
	}
	people, err := l.Learners(day.Class)
	if err != nil {
		return day, err
	}
	name := make(map[roster.PersonID]flow.Named, len(people))
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
	day.MadeMs = l.Now()
	return day, nil
}

func todayPile(l *flow.Look, d DayPile, c *library.Course) (TodayPile, error) {
	t := TodayPile{DayPile: d}
	if c != nil && d.Skill != "" {
		t.Title = c.Skill[d.Skill].Title
	}
	if t.Title == "" && d.Skill != "" { // of another course than the day's unit
		row, err := l.Q().Skill(l.Ctx(), db.SkillParams{SchoolID: l.School(), ID: string(d.Skill)})
		if err != nil {
			return t, err
		}
		t.Title = row.Title
	}
	for _, s := range d.As.Discuss {
		w, asked, err := wrongAnswer(l, s)
		if err != nil {
			return t, err
		}
		t.Discuss, t.Credits = append(t.Discuss, w), library.AddCredit(t.Credits, asked.Attribution)
	}
	if d.As.Example != "" {
		v, err := sampleOf(l, d.As.Example, d.As.Key)
		if err != nil {
			return t, err
		}
		asked, err := v.Asked()
		if err != nil {
			return t, err
		}
		t.Example, t.Credits = &WorkedItem{}, library.AddCredit(t.Credits, asked.Attribution)
		t.Example.Text, t.Example.Options = library.TextOf(asked)
		if t.Example.Solution, err = v.Solution(); err != nil {
			return t, err
		}
	}
	for _, id := range d.As.Exit {
		v, err := sampleOf(l, id, d.As.Key)
		if err != nil {
			return t, err
		}
		asked, err := v.Asked()
		if err != nil {
			return t, err
		}
		text, options := library.TextOf(asked)
		t.Exit, t.Credits = append(t.Exit, AskedText{Item: id, Text: text, Options: options}), library.AddCredit(t.Credits, asked.Attribution)
	}
	return t, nil
}

// sampleOf draws the current version of an item, the same whenever the same pile is looked at.
func sampleOf(l *flow.Look, id item.ID, pile string) (item.Variant, error) {
	row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(id)})
	if err != nil {
		return item.Variant{}, err
	}
	it, err := library.ItemVersion(l, id, row.CurrentVersion)
	if err != nil {
		return item.Variant{}, err
	}
	return item.Draw(*it, item.SeedFor(pile, string(id), 1))
}

// wrongAnswer draws an answer as it was asked and given.
func wrongAnswer(l *flow.Look, s classroom.Shown) (w WrongAnswer, asked item.Asked, err error) {
	it, err := library.ItemVersion(l, s.Item, int64(s.ItemVersion))
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
	w.Text, w.Answer = asked.Text, library.AsGiven(v, asked, s.Response)
	w.Nudge, err = v.Nudge(j)
	return w, asked, err
}

func todayUnit(l *flow.Look, p *TodayPage, f dayFacts) error {
	if f.unit == nil {
		return nil
	}
	goal, err := f.unit.Task.Goal.Draw(nil)
	p.Unit = &TodayUnit{ClassUnit: f.classUnit, Title: f.unit.Title, Task: f.unit.Task.Title, Goal: goal}
	return err
}

func todayLesson(l *flow.Look, p *TodayPage, f dayFacts, people []flow.Named) error {
	if f.shared == nil {
		return nil
	}
	v, i := f.shared.Lesson, f.shared.Invited
	t := &TodayLesson{ID: v.ID, Title: v.Title, Kind: library.LessonKind(v), Link: v.Link, Minutes: v.Minutes, Before: library.Before{On: i.BeforeOn, At: i.BeforeAt}}
	at, err := l.Instant(i.BeforeOn, i.BeforeAt)
	if err != nil {
		return err
	}
	t.Passed = at <= l.Now()
	seen, err := seenByClass(l, p.Class.ID, v)
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
func todayQuestions(l *flow.Look, p *TodayPage, f dayFacts, people []flow.Named) error {
	rows, err := l.Q().QuestionsOfClassSince(l.Ctx(), db.QuestionsOfClassSinceParams{SchoolID: l.School(), ClassID: string(p.Class.ID), ReceivedMs: since(l, f)})
	if err != nil {
		return err
	}
	name := make(map[roster.PersonID]flow.Named, len(people))
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
			v, err := library.Lesson(l, content.LessonID(r.LessonID))
			if err != nil {
				return err
			}
			q.Lesson = v.Title
		}
		p.Questions = append(p.Questions, q)
	}
	return nil
}

package flow

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/plan"
	"kith/internal/practice"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// LessonIn names a lesson.
type LessonIn struct {
	Lesson content.LessonID `path:"lesson"`
}

// LessonPage is a lesson as a learner meets it: a video, a text, or a link that opens beside Kith, which cannot see it.
type LessonPage struct {
	Learner     roster.PersonID   `json:"learner"`
	Unit        *UnitGiven        `json:"unit,omitempty"`
	ID          content.LessonID  `json:"id"`
	Version     int               `json:"version"`
	Title       string            `json:"title"`
	Minutes     int               `json:"minutes"`
	ICan        string            `json:"i_can"`
	Skills      []SkillStanding   `json:"skills"`
	Video       *LessonVideo      `json:"video,omitempty"`
	Link        string            `json:"link"`
	Blocks      []doc.El          `json:"blocks"` // the reading; beside a video its transcript
	Checks      []LessonAsk       `json:"checks"`
	Status      plan.Status       `json:"status" enum:"todo,doing,done"`
	Questions   []MyQuestion      `json:"questions"` // brought about this lesson
	By          string            `json:"by"`        // the teacher who made it, "" = it came with the course
	Attribution *item.Attribution `json:"attribution,omitempty"`
}

// LessonVideo is the video's files, as addresses of this server, and where it goes on.
type LessonVideo struct {
	Src      string `json:"src"`
	Type     string `json:"type"`
	Captions string `json:"captions"`
	Poster   string `json:"poster"`
	Ms       int64  `json:"ms"` // length; 0 = not known
	ResumeMs int64  `json:"resume_ms"`
}

// LessonAsk is a question inside a lesson. Asked is nil once it is answered to its end.
type LessonAsk struct {
	AtMs       int64         `json:"at_ms"`
	AfterBlock int           `json:"after_block"` // 0 = at the end
	Asked      *AskedVariant `json:"asked,omitempty"`
	Outcome    item.Outcome  `json:"outcome" enum:",right,not_yet"` // of the last try, "" = none yet
	Solution   []doc.El      `json:"solution,omitempty"`
}

// MyQuestion is what the learner brought.
type MyQuestion struct {
	Text string `json:"text"`
	AtMs int64  `json:"at_ms"`
	Used bool   `json:"used"`
}

// Lesson shows a published lesson to a learner: any of a course, and a teacher's own where a class of the learner's is
// invited to it, like the files that it shows.
var Lesson = View[LessonIn, LessonPage]{
	Name: "lesson",
	Rule: access.Allow(access.Learner),
	Load: func(l *Look, in LessonIn) (LessonPage, error) {
		row, err := l.q.Content(l.ctx, db.ContentParams{SchoolID: l.school(), ID: string(in.Lesson)})
		if err != nil {
			return LessonPage{}, err
		}
		if row.Kind != "lesson" || row.Status == string(content.Draft) {
			return LessonPage{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if row.Status == string(content.Withdrawn) {
			return LessonPage{}, fault.New(fault.NotFound, "fault.lesson.withdrawn")
		}
		if row.OwnerID != "" {
			invited, err := l.invited(in.Lesson)
			if err == nil && !invited {
				err = fault.New(fault.NotFound, "fault.not_found")
			}
			if err != nil {
				return LessonPage{}, err
			}
		}
		les, err := l.lessonVersion(in.Lesson, row.CurrentVersion)
		if err != nil {
			return LessonPage{}, err
		}
		return l.lessonPage(les, row.CourseID)
	},
}

// invited reports whether a class of the actor's is invited to a lesson.
func (l *Look) invited(lesson content.LessonID) (bool, error) {
	classes, err := l.q.ClassesOfPerson(l.ctx, db.ClassesOfPersonParams{SchoolID: l.school(), PersonID: string(l.who.Person)})
	for _, c := range classes {
		rows, err := l.q.LessonsOfClass(l.ctx, db.LessonsOfClassParams{SchoolID: l.school(), ClassID: c.ID})
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(rows, func(r db.ClassLesson) bool { return r.LessonID == string(lesson) }) {
			return true, nil
		}
	}
	return false, err
}

func (l *Look) lessonPage(les *content.Lesson, courseID string) (LessonPage, error) {
	me := l.who.Person
	p := LessonPage{Learner: me, ID: les.ID, Version: les.Version, Title: les.Title, Minutes: les.Minutes, Link: les.Link, Attribution: les.Attribution}
	all, err := l.facts(me)
	if err != nil {
		return p, err
	}
	facts := kept(all)
	if err := l.lessonSurroundings(&p, les, courseID); err != nil {
		return p, err
	}
	if p.Blocks, err = les.Body.Draw(nil); err != nil {
		return p, err
	}
	if les.Video != nil {
		v := les.Video
		p.Video = &LessonVideo{Src: fileURL(v.File), Type: v.Type, Captions: fileURL(v.Captions), Poster: fileURL(v.Poster), Ms: v.Ms}
		p.Video.ResumeMs, _, err = store.Optional(l.q.Resume(l.ctx, db.ResumeParams{SchoolID: l.school(), LearnerID: string(me), LessonID: string(les.ID)}))
		if err != nil {
			return p, err
		}
	}
	for _, c := range les.Checks {
		check, err := l.lessonCheck(me, les.ID, c, facts)
		if err != nil {
			return p, err
		}
		if check != nil {
			p.Checks = append(p.Checks, *check)
		}
	}
	p.Status, _ = plan.LessonStatus(*les, facts, 0)
	p.Questions, err = l.myQuestions(me, les.ID)
	return p, err
}

// lessonSurroundings fills the unit, the objective's line, the skills and the author.
func (l *Look) lessonSurroundings(p *LessonPage, les *content.Lesson, courseID string) error {
	g, ok, err := l.newestUnit(p.Learner)
	if err != nil {
		return err
	}
	if ok {
		p.Unit = g.named()
		o, _ := g.goal(les.Objective)
		p.ICan = o.ICan
	}
	estimates, err := l.estimates(p.Learner)
	if err != nil {
		return err
	}
	row, err := l.q.Content(l.ctx, db.ContentParams{SchoolID: l.school(), ID: courseID})
	if err != nil {
		return err
	}
	c, err := l.course(skill.CourseID(courseID), int(row.CurrentVersion))
	if err != nil {
		return err
	}
	for _, id := range les.Skills {
		if s, ok := c.skill[id]; ok {
			p.Skills = append(p.Skills, standing(s, estimates[id]))
		}
	}
	p.By, err = l.nameOf(les.Author)
	return err
}

// fileURL is the address of a lesson's file: an asset of the course, or a file of the school.
func fileURL(name string) string {
	switch {
	case name == "":
		return ""
	case len(name) > 7 && name[:7] == "course/":
		return "/" + name
	}
	return "/file/" + name
}

// lessonCheck is one of a lesson's questions where the learner is with it; nil when its item was withdrawn.
func (l *Look) lessonCheck(me roster.PersonID, lesson content.LessonID, c content.Check, facts []evidence.Fact) (*LessonAsk, error) {
	row, ok, err := store.Optional(l.q.ItemForAnswer(l.ctx, db.ItemForAnswerParams{SchoolID: l.school(), ID: string(c.Item)}))
	if err != nil || !ok || row.Status != string(content.Published) {
		return nil, err
	}
	out := &LessonAsk{AtMs: c.AtMs, AfterBlock: c.AfterBlock}
	it, err := l.itemVersion(c.Item, row.CurrentVersion)
	if err != nil {
		return nil, err
	}
	var last *evidence.Attempt
	for _, f := range slices.Backward(facts) {
		if a := f.Attempt; a != nil && a.Item == c.Item && a.Purpose == evidence.ForLesson && a.Context == string(lesson) {
			last = a
			break
		}
	}
	drawN, try := 1, 1
	rows, err := l.q.LastAttemptOnItem(l.ctx, db.LastAttemptOnItemParams{SchoolID: l.school(), LearnerID: string(me), ItemID: string(c.Item)})
	if err != nil {
		return nil, err
	}
	if len(rows) > 0 {
		drawN = int(rows[0].DrawN) + 1
	}
	if last != nil {
		out.Outcome = last.Outcome
		if last.Outcome == item.Right || last.Try >= practice.Tries {
			out.Solution, err = l.solution(me, []item.Item{*it}, practice.Variant{Item: c.Item, DrawN: last.DrawN})
			return out, err
		}
		if last.DrawN == drawN-1 {
			drawN, try = last.DrawN, last.Try+1
		}
	}
	out.Asked, err = l.ask(me, []item.Item{*it}, c.Item, drawN, try)
	return out, err
}

func (l *Look) myQuestions(me roster.PersonID, lesson content.LessonID) ([]MyQuestion, error) {
	rows, err := l.q.QuestionsOf(l.ctx, db.QuestionsOfParams{SchoolID: l.school(), LearnerID: string(me)})
	var out []MyQuestion
	for _, r := range rows {
		if r.LessonID == string(lesson) {
			out = append(out, MyQuestion{r.Text, r.ReceivedMs, r.UsedMs > 0})
		}
	}
	return out, err
}

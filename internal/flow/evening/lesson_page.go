package evening

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
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
	Learner     roster.PersonID          `json:"learner"`
	Unit        *standing.UnitGiven      `json:"unit,omitempty"`
	ID          content.LessonID         `json:"id"`
	Version     int                      `json:"version"`
	Title       string                   `json:"title"`
	Minutes     int                      `json:"minutes"`
	ICan        string                   `json:"i_can"`
	Skills      []standing.SkillStanding `json:"skills"`
	Video       *LessonVideo             `json:"video,omitempty"`
	Link        string                   `json:"link"`
	Blocks      []doc.El                 `json:"blocks"` // the reading; beside a video its transcript
	Checks      []LessonAsk              `json:"checks"`
	Status      plan.Status              `json:"status" enum:"todo,doing,done"`
	Questions   []MyQuestion             `json:"questions"`  // brought about this lesson
	By          string                   `json:"by"`         // the teacher who made it, "" = it came with the course
	ChangedMs   int64                    `json:"changed_ms"` // when it was changed after this learner had begun, and nothing was done in it since; 0 else
	Attribution *item.Attribution        `json:"attribution,omitempty"`
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
	AtMs       int64                 `json:"at_ms"`
	AfterBlock int                   `json:"after_block"` // 0 = at the end
	Asked      *library.AskedVariant `json:"asked,omitempty"`
	Outcome    item.Outcome          `json:"outcome" enum:",right,not_yet,waiting"` // of the last try, "" = none yet
	Solution   []doc.El              `json:"solution,omitempty"`
}

// MyQuestion is what the learner brought.
type MyQuestion struct {
	Text string `json:"text"`
	AtMs int64  `json:"at_ms"`
	Used bool   `json:"used"`
}

// Lesson shows a published lesson to a learner: any of a course, and a teacher's own where a class of the learner's
// meets it, like the files that it shows; and a changed copy where it stands in the place of the one asked for.
var Lesson = flow.View[LessonIn, LessonPage]{
	Name: "lesson",
	Rule: access.Allow(access.Learner),
	Load: func(l *flow.Look, in LessonIn) (LessonPage, error) {
		shown, err := shownTo(l)
		if err != nil {
			return LessonPage{}, err
		}
		if in.Lesson, err = library.Standing(l, in.Lesson, shown); err != nil {
			return LessonPage{}, err
		}
		row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(in.Lesson)})
		if err != nil {
			return LessonPage{}, err
		}
		if row.Kind != "lesson" || row.Status == string(content.Draft) {
			return LessonPage{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if row.Status == string(content.Withdrawn) {
			return LessonPage{}, fault.New(fault.NotFound, "fault.lesson.withdrawn")
		}
		if row.OwnerID != "" && !slices.Contains(shown, in.Lesson) {
			return LessonPage{}, fault.New(fault.NotFound, "fault.not_found")
		}
		les, err := library.LessonVersion(l, in.Lesson, row.CurrentVersion)
		if err != nil {
			return LessonPage{}, err
		}
		return lessonPage(l, les, row.CourseID)
	},
}

// shownTo lists the lessons that the actor's classes meet.
func shownTo(l *flow.Look) (out []content.LessonID, err error) {
	classes, err := l.Q().ClassesOfPerson(l.Ctx(), db.ClassesOfPersonParams{SchoolID: l.School(), PersonID: string(l.Who().Person)})
	for _, c := range classes {
		shown, err := library.ShownIn(l, roster.ClassID(c.ID))
		if err != nil {
			return nil, err
		}
		out = append(out, shown...)
	}
	return out, err
}

func lessonPage(l *flow.Look, les *content.Lesson, courseID string) (LessonPage, error) {
	me := l.Who().Person
	p := LessonPage{Learner: me, ID: les.ID, Version: les.Version, Title: les.Title, Minutes: les.Minutes, Link: les.Link, Attribution: les.Attribution}
	all, err := ledger.Facts(l, me)
	if err != nil {
		return p, err
	}
	facts := ledger.Kept(all)
	if err := lessonSurroundings(l, &p, les, courseID); err != nil {
		return p, err
	}
	if p.Blocks, err = les.Body.Draw(nil); err != nil {
		return p, err
	}
	if les.Video != nil {
		v := les.Video
		p.Video = &LessonVideo{Src: library.FileURL(v.File), Type: v.Type, Captions: library.FileURL(v.Captions), Poster: library.FileURL(v.Poster), Ms: v.Ms}
		if p.Video.ResumeMs, err = resumeMs(l, les); err != nil {
			return p, err
		}
	}
	p.ChangedMs = changedSince(les, facts)
	for _, c := range les.Checks {
		check, err := lessonCheck(l, les, c, facts)
		if err != nil {
			return p, err
		}
		if check != nil {
			p.Checks = append(p.Checks, *check)
		}
	}
	p.Status, _ = plan.LessonStatus(*les, facts, 0)
	p.Questions, err = myQuestions(l, me, les.ID)
	return p, err
}

// resumeMs is where the learner stopped in this film, in this lesson or, of a copy that kept its film, in the one before.
func resumeMs(l *flow.Look, les *content.Lesson) (int64, error) {
	for _, id := range append([]content.LessonID{les.ID}, les.Of...) {
		if id != les.ID && les.Video.Since > 0 {
			break
		}
		row, ok, err := store.Optional(l.Q().Resume(l.Ctx(), db.ResumeParams{SchoolID: l.School(), LearnerID: string(l.Who().Person), LessonID: string(id)}))
		if err != nil || ok && row.SavedMs >= les.Video.SinceMs {
			return row.PositionMs, err
		}
	}
	return 0, nil
}

// changedSince is when a lesson was changed, for who had begun it and has done nothing in it since; else 0.
func changedSince(les *content.Lesson, facts []evidence.Fact) int64 {
	var last int64
	for _, f := range facts {
		var of content.LessonID
		switch {
		case f.Viewing != nil:
			of = f.Viewing.Lesson
		case f.Attempt != nil && f.Attempt.Purpose == evidence.ForLesson:
			of = content.LessonID(f.Attempt.Context)
		}
		if _, own := les.Own(of, 0); own && of != "" {
			last = f.ReceivedMs
		}
	}
	if last == 0 || last >= les.ChangedMs {
		return 0
	}
	return les.ChangedMs
}

// lessonSurroundings fills the unit, the objective's line, the skills and the author.
func lessonSurroundings(l *flow.Look, p *LessonPage, les *content.Lesson, courseID string) error {
	g, ok, err := standing.Newest(l, p.Learner)
	if err != nil {
		return err
	}
	if ok {
		p.Unit = g.Named()
		o, _ := g.Goal(les.Objective)
		p.ICan = o.ICan
	}
	estimates, err := ledger.Estimates(l, p.Learner)
	if err != nil {
		return err
	}
	row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: courseID})
	if err != nil {
		return err
	}
	c, err := library.CourseVersion(l, skill.CourseID(courseID), int(row.CurrentVersion))
	if err != nil {
		return err
	}
	for _, id := range les.Skills {
		if s, ok := c.Skill[id]; ok {
			p.Skills = append(p.Skills, standing.Of(s, estimates[id]))
		}
	}
	p.By, err = l.NameOf(les.Author)
	return err
}

// lessonCheck is one of a lesson's questions where the learner is with it; nil when its item was withdrawn.
func lessonCheck(l *flow.Look, les *content.Lesson, c content.Check, facts []evidence.Fact) (*LessonAsk, error) {
	me := l.Who().Person
	row, ok, err := store.Optional(l.Q().ItemForAnswer(l.Ctx(), db.ItemForAnswerParams{SchoolID: l.School(), ID: string(c.Item)}))
	if err != nil || !ok || row.Status != string(content.Published) {
		return nil, err
	}
	out := &LessonAsk{AtMs: c.AtMs, AfterBlock: c.AfterBlock}
	it, err := library.ItemVersion(l, c.Item, row.CurrentVersion)
	if err != nil {
		return nil, err
	}
	var last *evidence.Attempt
	for _, f := range slices.Backward(facts) {
		if a := f.Attempt; a != nil && a.Item == c.Item && a.Purpose == evidence.ForLesson {
			if _, own := les.Own(content.LessonID(a.Context), 0); own {
				last = a
				break
			}
		}
	}
	drawN, try := 1, 1
	rows, err := l.Q().LastAttemptOnItem(l.Ctx(), db.LastAttemptOnItemParams{SchoolID: l.School(), LearnerID: string(me), ItemID: string(c.Item)})
	if err != nil {
		return nil, err
	}
	if len(rows) > 0 {
		drawN = int(rows[0].DrawN) + 1
	}
	if last != nil {
		out.Outcome = last.Outcome
		if last.Outcome == item.Waiting {
			return out, nil
		}
		if last.Outcome == item.Right || last.Looked || last.Try >= practice.Tries {
			out.Solution, err = library.Solution(l, me, []item.Item{*it}, practice.Variant{Item: c.Item, DrawN: last.DrawN})
			return out, err
		}
		if last.DrawN == drawN-1 {
			drawN, try = last.DrawN, last.Try+1
		}
	}
	out.Asked, err = library.Ask(l, me, []item.Item{*it}, c.Item, drawN, try)
	return out, err
}

func myQuestions(l *flow.Look, me roster.PersonID, lesson content.LessonID) ([]MyQuestion, error) {
	rows, err := l.Q().QuestionsOf(l.Ctx(), db.QuestionsOfParams{SchoolID: l.School(), LearnerID: string(me)})
	var out []MyQuestion
	for _, r := range rows {
		if r.LessonID == string(lesson) {
			out = append(out, MyQuestion{r.Text, r.ReceivedMs, r.UsedMs > 0})
		}
	}
	return out, err
}

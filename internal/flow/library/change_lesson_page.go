package library

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// ChangeLessonAsk names a class of the teacher's and a lesson that it can meet.
type ChangeLessonAsk struct {
	Class  roster.ClassID   `path:"class"`
	Lesson content.LessonID `path:"lesson"`
}

// ChangeLessonPage is what a teacher needs to change a lesson, or a copy of it.
type ChangeLessonPage struct {
	Class       ClassHead          `json:"class"`
	ID          content.LessonID   `json:"id"`
	Version     int                `json:"version"`
	Own         bool               `json:"own"`   // it is changed; else it is copied
	Copy        bool               `json:"copy"`  // an own one stands in the place of another
	By          string             `json:"by"`    // who made it, "" = it came with the course
	Bound       string             `json:"bound"` // its licence, where that allows no changed copies
	Gone        bool               `json:"gone"`  // it was taken down
	Draft       LessonDraft        `json:"draft"`
	Film        *PreviewVideo      `json:"film,omitempty"` // the files of the draft's film, as addresses
	Blocks      []doc.El           `json:"blocks"`         // the text as learners read it
	Units       []SkillUnit        `json:"units"`          // of its course that the class has
	Items       []CheckItem        `json:"items"`          // its checks' and those of its first skill
	Credits     []item.Attribution `json:"credits"`
	Attribution *item.Attribution  `json:"attribution,omitempty"`
	Begun       int                `json:"begun"`   // learners who have begun it: of this class, or, of an own one, of all
	Classes     []string           `json:"classes"` // names of other classes that meet it and would meet the change too
	Invited     int                `json:"invited"` // open invitations to it, in all classes
	InUnit      string             `json:"in_unit"` // the title of a unit of this class that has it, "" = none
}

// ChangeLesson shows the page on which a lesson is changed. Errors: NotFound.
var ChangeLesson = flow.View[ChangeLessonAsk, ChangeLessonPage]{
	Name:  "change_lesson",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in ChangeLessonAsk) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in ChangeLessonAsk) (ChangeLessonPage, error) {
		var p ChangeLessonPage
		row, c, err := lessonOfClass(l, in.Class, in.Lesson)
		if err != nil {
			return p, err
		}
		les, err := LessonVersion(l, in.Lesson, row.CurrentVersion)
		if err != nil {
			return p, err
		}
		p = ChangeLessonPage{ID: les.ID, Version: int(row.CurrentVersion), Own: mine(l, row), Copy: len(les.Of) > 0, Gone: row.Status != string(content.Published), Attribution: les.Attribution}
		if p.Class, err = classHead(l, in.Class); err != nil {
			return p, err
		}
		if les.Attribution.NoDerivatives() {
			p.Bound = les.Attribution.Licence
		}
		if p.By, err = l.NameOf(les.Author); err != nil {
			return p, err
		}
		if p.Draft, err = draftOfLesson(l, les); err != nil {
			return p, err
		}
		if v := les.Video; v != nil {
			p.Film = &PreviewVideo{Src: FileURL(v.File), Captions: FileURL(v.Captions), Poster: FileURL(v.Poster)}
		}
		if p.Blocks, err = les.Body.Draw(nil); err != nil {
			return p, err
		}
		if p.Units, err = skillUnits(l, in.Class, c.ID); err != nil {
			return p, err
		}
		if err := p.items(l, les); err != nil {
			return p, err
		}
		return p, p.meets(l, in, les.Of)
	},
}

// items fills in what is asked already, and what the first skill has to choose from.
func (p *ChangeLessonPage) items(l *flow.Look, les *content.Lesson) error {
	var first skill.ID
	if len(les.Skills) > 0 {
		first = les.Skills[0]
	}
	var err error
	if p.Items, p.Credits, err = checkItems(l, first); err != nil {
		return err
	}
	for _, c := range p.Draft.Checks {
		if slices.ContainsFunc(p.Items, func(i CheckItem) bool { return i.Item == c.Item }) {
			continue
		}
		row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(c.Item)})
		if err != nil {
			return err
		}
		it, err := ItemVersion(l, c.Item, row.CurrentVersion)
		if err != nil {
			return err
		}
		one, from, err := checkItem(*it)
		if err != nil {
			return err
		}
		p.Items, p.Credits = append(p.Items, one), AddCredit(p.Credits, from)
	}
	return nil
}

// meets fills in who is on the lesson and where else it is met.
func (p *ChangeLessonPage) meets(l *flow.Look, in ChangeLessonAsk, of []content.LessonID) error {
	here, err := l.Learners(in.Class)
	if err != nil {
		return err
	}
	begun := map[string]bool{}
	for _, lesson := range append([]content.LessonID{in.Lesson}, of...) {
		ids, err := l.Q().LearnersOfLesson(l.Ctx(), db.LearnersOfLessonParams{SchoolID: l.School(), LessonID: string(lesson)})
		if err != nil {
			return err
		}
		for _, id := range ids { // of what it is a copy of, only this class went over to it
			if p.Own && lesson == in.Lesson || slices.ContainsFunc(here, func(who flow.Named) bool { return string(who.ID) == id }) {
				begun[id] = true
			}
		}
	}
	p.Begun = len(begun)
	open, err := l.Q().ClassLessonsOfLesson(l.Ctx(), db.ClassLessonsOfLessonParams{SchoolID: l.School(), LessonID: string(in.Lesson)})
	if err != nil {
		return err
	}
	p.Invited, p.Classes = len(open), []string{}
	for _, r := range open {
		if r.ClassID == string(in.Class) {
			continue
		}
		row, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: r.ClassID})
		if err != nil {
			return err
		}
		if !slices.Contains(p.Classes, row.Name) {
			p.Classes = append(p.Classes, row.Name)
		}
	}
	units, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(in.Class)})
	if err != nil {
		return err
	}
	for _, r := range units {
		u, err := UnitVersion(l, content.UnitID(r.UnitID), r.UnitVersion)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(u.Parts, func(part content.Part) bool { return part.Lesson == in.Lesson }) {
			p.InUnit = u.Title
		}
	}
	return nil
}

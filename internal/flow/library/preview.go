package library

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// A teacher looks at what learners will get before giving it: a unit with its tasks and off-screen work, a lesson, the items
// of a skill with their answers. Looking keeps nothing.

// PreviewUnitIn names a class of the teacher's and a unit: one of the school's, or the class's own of it.
type PreviewUnitIn struct {
	Class roster.ClassID `path:"class"`
	Unit  string         `path:"unit"`
}

// PreviewUnitPage is a unit from its task to its parts. Print is the class unit by which its activities print, "" while the
// class does not have it.
type PreviewUnitPage struct {
	Kind        string            `json:"kind" enum:"unit"`
	Class       ClassHead         `json:"class"`
	Title       string            `json:"title"`
	Given       bool              `json:"given"`
	Print       string            `json:"print"`
	Task        TaskDrawn         `json:"task"`
	Parts       []PreviewPart     `json:"parts"`
	Attribution *item.Attribution `json:"attribution,omitempty"`
}

// PreviewPart is one objective of a unit, whole.
type PreviewPart struct {
	UnitPart
	Task      TaskDrawn `json:"task"`
	Materials []string  `json:"materials"` // of the activity
	Minutes   int       `json:"minutes"`
	Steps     []doc.El  `json:"steps"`
	Bring     string    `json:"bring"`
	Talk      []doc.El  `json:"talk"`
}

// PreviewUnit shows a unit to a teacher of the class before or after it is given.
var PreviewUnit = flow.View[PreviewUnitIn, PreviewUnitPage]{
	Name:  "preview_unit",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in PreviewUnitIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in PreviewUnitIn) (PreviewUnitPage, error) {
		p := PreviewUnitPage{Kind: "unit"}
		var err error
		if p.Class, err = classHead(l, in.Class); err != nil {
			return p, err
		}
		u, err := unitToPreview(l, in, &p)
		if err != nil {
			return p, err
		}
		c, err := CourseVersion(l, u.Course, u.CourseVersion)
		if err != nil {
			return p, err
		}
		counts, err := ItemCounts(l, u.Course)
		if err != nil {
			return p, err
		}
		p.Title, p.Attribution = u.Title, u.Attribution
		if p.Task, err = DrawTask(u.Task); err != nil {
			return p, err
		}
		for _, part := range u.Parts {
			out := PreviewPart{Materials: part.Activity.Materials, Minutes: part.Activity.Minutes, Bring: part.Activity.Bring}
			if out.UnitPart, err = unitPart(l, part, c, counts); err != nil {
				return p, err
			}
			if out.Task, err = DrawTask(part.Task); err != nil {
				return p, err
			}
			if out.Steps, err = part.Activity.Steps.Draw(nil); err != nil {
				return p, err
			}
			if out.Talk, err = part.Talk.Draw(nil); err != nil {
				return p, err
			}
			p.Parts = append(p.Parts, out)
		}
		return p, nil
	},
}

// unitToPreview is the version that the class has, else the one that it would be given.
func unitToPreview(l *flow.Look, in PreviewUnitIn, p *PreviewUnitPage) (*content.Unit, error) {
	given, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(in.Class)})
	if err != nil {
		return nil, err
	}
	for _, g := range given {
		if g.ID == in.Unit || g.UnitID == in.Unit {
			p.Given, p.Print = true, g.ID
			return UnitVersion(l, content.UnitID(g.UnitID), g.UnitVersion)
		}
	}
	n, err := published(l, in.Unit, "unit")
	if err != nil {
		return nil, err
	}
	return UnitVersion(l, content.UnitID(in.Unit), n)
}

// published is the current version of content that anybody may be given. Errors: NotFound.
func published(l *flow.Look, id, kind string) (int64, error) {
	row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: id})
	if err == nil && (row.Kind != kind || row.Status != string(content.Published)) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return row.CurrentVersion, err
}

func classHead(l *flow.Look, id roster.ClassID) (ClassHead, error) {
	row, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(id)})
	return ClassHead{id, row.Name}, err
}

// PreviewLessonIn names a class of the teacher's and a lesson.
type PreviewLessonIn struct {
	Class  roster.ClassID   `path:"class"`
	Lesson content.LessonID `path:"lesson"`
}

// PreviewLessonPage is a lesson as a learner meets it, its checks with their answers.
type PreviewLessonPage struct {
	Kind        string            `json:"kind" enum:"lesson"`
	Class       ClassHead         `json:"class"`
	Lesson      PartLesson        `json:"lesson"`
	ICan        string            `json:"i_can"`
	By          string            `json:"by"`
	Skills      []PartSkill       `json:"skills"`
	Video       *PreviewVideo     `json:"video,omitempty"`
	Link        string            `json:"link"`
	Blocks      []doc.El          `json:"blocks"`
	Checks      []PreviewCheck    `json:"checks"`
	Attribution *item.Attribution `json:"attribution,omitempty"`
}

// PreviewVideo is a film's files as addresses.
type PreviewVideo struct {
	Src      string `json:"src"`
	Captions string `json:"captions"`
	Poster   string `json:"poster"`
}

// PreviewCheck is a question inside a lesson and where it stands.
type PreviewCheck struct {
	PreviewItem
	AtMs       int64 `json:"at_ms"`
	AfterBlock int   `json:"after_block"`
}

// PreviewLesson shows a published lesson to a teacher of the class: one of a course, their own, or one that the class
// meets; a changed copy in its original's place.
var PreviewLesson = flow.View[PreviewLessonIn, PreviewLessonPage]{
	Name:  "preview_lesson",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in PreviewLessonIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in PreviewLessonIn) (PreviewLessonPage, error) {
		p := PreviewLessonPage{Kind: "lesson"}
		var err error
		if p.Class, err = classHead(l, in.Class); err != nil {
			return p, err
		}
		les, course, err := lessonToPreview(l, in)
		if err != nil {
			return p, err
		}
		p.Lesson, p.Link, p.Attribution = partLesson(l, les), les.Link, les.Attribution
		if v := les.Video; v != nil {
			p.Video = &PreviewVideo{Src: FileURL(v.File), Captions: FileURL(v.Captions), Poster: FileURL(v.Poster)}
		}
		if p.Blocks, err = les.Body.Draw(nil); err != nil {
			return p, err
		}
		if p.By, err = l.NameOf(les.Author); err != nil {
			return p, err
		}
		if err := lessonTeaches(l, &p, les, course); err != nil {
			return p, err
		}
		for _, c := range les.Checks {
			row, ok, err := store.Optional(l.Q().ItemForAnswer(l.Ctx(), db.ItemForAnswerParams{SchoolID: l.School(), ID: string(c.Item)}))
			if err != nil {
				return p, err
			}
			if !ok || row.Status != string(content.Published) {
				continue // a learner does not get it either
			}
			it, err := ItemVersion(l, c.Item, row.CurrentVersion)
			if err != nil {
				return p, err
			}
			of, err := previewOf(l, *it, 1)
			if err != nil {
				return p, err
			}
			p.Checks = append(p.Checks, PreviewCheck{of, c.AtMs, c.AfterBlock})
		}
		return p, nil
	},
}

// lessonToPreview is the lesson and its course.
func lessonToPreview(l *flow.Look, in PreviewLessonIn) (*content.Lesson, skill.CourseID, error) {
	shown, err := ShownIn(l, in.Class)
	if err != nil {
		return nil, "", err
	}
	if in.Lesson, err = Standing(l, in.Lesson, shown); err != nil {
		return nil, "", err
	}
	row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(in.Lesson)})
	if err != nil {
		return nil, "", err
	}
	if row.OwnerID != "" && row.OwnerID != string(l.Who().Person) && !slices.Contains(shown, in.Lesson) {
		return nil, "", fault.New(fault.NotFound, "fault.not_found")
	}
	n, err := published(l, string(in.Lesson), "lesson")
	if err != nil {
		return nil, "", err
	}
	les, err := LessonVersion(l, in.Lesson, n)
	return les, skill.CourseID(row.CourseID), err
}

// lessonTeaches fills in the objective's line and the skills, from the course as it is now.
func lessonTeaches(l *flow.Look, p *PreviewLessonPage, les *content.Lesson, course skill.CourseID) error {
	row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(course)})
	if err != nil {
		return err
	}
	c, err := CourseVersion(l, course, int(row.CurrentVersion))
	if err != nil {
		return err
	}
	counts, err := ItemCounts(l, course)
	if err != nil {
		return err
	}
	if at := slices.IndexFunc(c.Objectives, func(o skill.Objective) bool { return o.ID == les.Objective }); at >= 0 {
		p.ICan = c.Objectives[at].ICan
	}
	for _, id := range les.Skills {
		if s, ok := c.Skill[id]; ok {
			p.Skills = append(p.Skills, PartSkill{ID: id, Title: s.Title, Items: counts[id]})
		}
	}
	return nil
}

// PreviewSkillIn names a class of the teacher's, a skill, and which numbers are drawn: 1 the first.
type PreviewSkillIn struct {
	Class roster.ClassID `path:"class"`
	Skill skill.ID       `path:"skill"`
	Draw  int            `query:"draw" minimum:"0" maximum:"1000"`
}

// PreviewSkillPage is every item that practice of a skill can ask.
type PreviewSkillPage struct {
	Kind  string        `json:"kind" enum:"skill"`
	Class ClassHead     `json:"class"`
	Skill PartSkill     `json:"skill"`
	Draw  int           `json:"draw"`
	Items []PreviewItem `json:"items"`
}

// PreviewSkill shows a skill's practice to a teacher of the class.
var PreviewSkill = flow.View[PreviewSkillIn, PreviewSkillPage]{
	Name:  "preview_skill",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in PreviewSkillIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in PreviewSkillIn) (PreviewSkillPage, error) {
		p := PreviewSkillPage{Kind: "skill", Draw: min(max(1, in.Draw), 1000)}
		var err error
		if p.Class, err = classHead(l, in.Class); err != nil {
			return p, err
		}
		title, err := SkillTitle(l, in.Skill)
		if err != nil {
			return p, err
		}
		items, err := Items(l, in.Skill)
		if err != nil {
			return p, err
		}
		p.Skill = PartSkill{ID: in.Skill, Title: title, Items: len(items)}
		for _, it := range items {
			of, err := previewOf(l, it, p.Draw)
			if err != nil {
				return p, err
			}
			p.Items = append(p.Items, of)
		}
		return p, nil
	},
}

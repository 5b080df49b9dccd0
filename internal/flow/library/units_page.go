package library

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// UnitsPage is what a class has been given, and what it can be given.
type UnitsPage struct {
	Class    ClassHead     `json:"class"`
	On       string        `json:"on"`
	Units    []ClassUnit   `json:"units"`   // newest first
	Lessons  []ClassLesson `json:"lessons"` // invitations, soonest first
	Own      []OwnLesson   `json:"own"`     // the teacher's lessons that the class does not meet, newest first
	Taken    []OwnLesson   `json:"taken"`   // the teacher's lessons that were taken down, of courses that the class has, newest first
	Offered  []UnitOffer   `json:"offered"` // units that the class does not have
	Learners []flow.Named  `json:"learners"`
}

// ClassUnit is a unit as a class has it.
type ClassUnit struct {
	ID          string            `json:"id"` // of the class unit
	Title       string            `json:"title"`
	Task        string            `json:"task"`
	Dial        string            `json:"dial" enum:"required,pick,propose"`
	Dials       []LearnerDial     `json:"dials"` // learners with a setting of their own
	GivenMs     int64             `json:"given_ms"`
	Items       int               `json:"items"`
	Parts       []UnitPart        `json:"parts"`
	Standards   []StandardText    `json:"standards"` // that its skills serve, as far as the school has their texts
	Attribution *item.Attribution `json:"attribution,omitempty"`
	Newer       *NewerUnit        `json:"newer,omitempty"` // when the class has an earlier version than there is
}

// LearnerDial is one learner's own setting.
type LearnerDial struct {
	Who  flow.Named `json:"who"`
	Dial string     `json:"dial" enum:"required,pick,propose"`
}

// UnitPart is one objective of a unit.
type UnitPart struct {
	Objective skill.ObjectiveID `json:"objective"`
	Code      string            `json:"code"`
	Title     string            `json:"title"`
	ICan      string            `json:"i_can"`
	Skills    []PartSkill       `json:"skills"`
	Lesson    *PartLesson       `json:"lesson,omitempty"`
	Activity  string            `json:"activity"` // the off-screen activity's title, "" = none; it prints
}

// PartSkill is a skill with how many items ask it.
type PartSkill struct {
	ID    skill.ID `json:"id"`
	Title string   `json:"title"`
	Items int      `json:"items"`
}

// PartLesson is a lesson that comes with the unit.
type PartLesson struct {
	ID      content.LessonID `json:"id"`
	Title   string           `json:"title"`
	Kind    string           `json:"kind" enum:"film,link,text"`
	Minutes int              `json:"minutes"`
	Own     bool             `json:"own"` // the teacher who looks made it
}

// ClassLesson is an invitation.
type ClassLesson struct {
	ID        string     `json:"id"` // of the invitation
	ClassUnit string     `json:"class_unit"`
	Lesson    PartLesson `json:"lesson"`
	Before    Before     `json:"before"`
	Passed    bool       `json:"passed"`
}

// OwnLesson is a lesson that the teacher made.
type OwnLesson struct {
	Lesson  PartLesson     `json:"lesson"`
	Course  skill.CourseID `json:"course"`
	MadeMs  int64          `json:"made_ms"`
	GivenIn string         `json:"given_in"` // the class unit that it can be invited in, "" = the class has none of its course
}

// UnitOffer is a unit that a class can be given.
type UnitOffer struct {
	ID          content.UnitID    `json:"id"`
	Title       string            `json:"title"`
	Course      string            `json:"course"`
	Objectives  int               `json:"objectives"`
	Skills      int               `json:"skills"`
	Items       int               `json:"items"`
	Lessons     int               `json:"lessons"`
	Attribution *item.Attribution `json:"attribution,omitempty"`
}

// Units shows a class's units.
var Units = flow.View[ClassIn, UnitsPage]{
	Name: "units",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in ClassIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Load: func(l *flow.Look, in ClassIn) (UnitsPage, error) {
		row, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(in.Class)})
		if err != nil {
			return UnitsPage{}, err
		}
		p := UnitsPage{Class: ClassHead{in.Class, row.Name}}
		if p.On, err = l.Today(); err != nil {
			return p, err
		}
		if p.Learners, err = l.Learners(in.Class); err != nil {
			return p, err
		}
		given, err := classUnits(l, &p)
		if err != nil {
			return p, err
		}
		if err := classLessons(l, &p, given); err != nil {
			return p, err
		}
		return p, unitOffers(l, &p, given)
	},
}

// classUnits fills in the units, and gives their rows.
func classUnits(l *flow.Look, p *UnitsPage) ([]db.ClassUnit, error) {
	rows, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(p.Class.ID)})
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		u, err := UnitVersion(l, content.UnitID(r.UnitID), r.UnitVersion)
		if err != nil {
			return nil, err
		}
		c, err := CourseVersion(l, u.Course, u.CourseVersion)
		if err != nil {
			return nil, err
		}
		counts, err := ItemCounts(l, u.Course)
		if err != nil {
			return nil, err
		}
		out := ClassUnit{ID: r.ID, Title: u.Title, Task: u.Task.Title, Dial: r.Dial, GivenMs: r.GivenMs, Attribution: u.Attribution}
		var codes []string
		for _, id := range UnitSkills(u, c) {
			out.Items += counts[id]
			for _, code := range c.Skill[id].Standards {
				if !slices.Contains(codes, code) {
					codes = append(codes, code)
				}
			}
		}
		if out.Standards, err = StandardsOf(l, codes); err != nil {
			return nil, err
		}
		for _, part := range u.Parts {
			v, err := unitPart(l, part, c, counts)
			if err != nil {
				return nil, err
			}
			out.Parts = append(out.Parts, v)
		}
		if out.Dials, err = learnerDials(l, r.ID, p.Learners); err != nil {
			return nil, err
		}
		if out.Newer, err = Newer(l, r); err != nil {
			return nil, err
		}
		p.Units = append(p.Units, out)
	}
	return rows, nil
}

// ItemCounts are how many published items mainly ask each skill of a course.
func ItemCounts(l *flow.Look, course skill.CourseID) (map[skill.ID]int, error) {
	rows, err := l.Q().ItemCountsOfCourse(l.Ctx(), db.ItemCountsOfCourseParams{SchoolID: l.School(), CourseID: string(course)})
	out := make(map[skill.ID]int, len(rows))
	for _, r := range rows {
		out[skill.ID(r.SkillID)] = int(r.N)
	}
	return out, err
}

func unitPart(l *flow.Look, part content.Part, c *Course, counts map[skill.ID]int) (UnitPart, error) {
	out := UnitPart{Objective: part.Objective, Activity: part.Activity.Title}
	at := slices.IndexFunc(c.Objectives, func(o skill.Objective) bool { return o.ID == part.Objective })
	if at >= 0 {
		o := c.Objectives[at]
		out.Code, out.Title, out.ICan = o.Code, o.Title, o.ICan
		for _, id := range o.Skills {
			out.Skills = append(out.Skills, PartSkill{ID: id, Title: c.Skill[id].Title, Items: counts[id]})
		}
	}
	if part.Lesson == "" {
		return out, nil
	}
	row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(part.Lesson)})
	if err != nil {
		return out, err
	}
	if row.Status != string(content.Published) {
		return out, nil
	}
	v, err := LessonVersion(l, part.Lesson, row.CurrentVersion)
	if err != nil {
		return out, err
	}
	lesson := partLesson(l, v)
	out.Lesson = &lesson
	return out, nil
}

func partLesson(l *flow.Look, v *content.Lesson) PartLesson {
	return PartLesson{ID: v.ID, Title: v.Title, Kind: LessonKind(v), Minutes: v.Minutes, Own: v.Author != "" && v.Author == flow.ActorKey(l.Who())}
}

func learnerDials(l *flow.Look, classUnit string, people []flow.Named) ([]LearnerDial, error) {
	rows, err := l.Q().LearnerDials(l.Ctx(), db.LearnerDialsParams{SchoolID: l.School(), ClassUnitID: classUnit})
	if err != nil {
		return nil, err
	}
	dial := make(map[roster.PersonID]string, len(rows))
	for _, r := range rows {
		dial[roster.PersonID(r.LearnerID)] = r.Dial
	}
	var out []LearnerDial
	for _, who := range people {
		if d, ok := dial[who.ID]; ok {
			out = append(out, LearnerDial{Who: who, Dial: d})
		}
	}
	return out, nil
}

// classLessons fills in the invitations and the teacher's own lessons beside them.
func classLessons(l *flow.Look, p *UnitsPage, given []db.ClassUnit) error {
	rows, err := l.Q().LessonsOfClass(l.Ctx(), db.LessonsOfClassParams{SchoolID: l.School(), ClassID: string(p.Class.ID)})
	if err != nil {
		return err
	}
	shown, err := ShownIn(l, p.Class.ID)
	if err != nil {
		return err
	}
	met := map[string]bool{}
	for _, id := range shown {
		met[string(id)] = true
	}
	for _, r := range rows {
		v, err := Lesson(l, content.LessonID(r.LessonID))
		if err != nil {
			return err
		}
		at, err := l.Instant(r.BeforeOn, r.BeforeAt)
		if err != nil {
			return err
		}
		p.Lessons = append(p.Lessons, ClassLesson{ID: r.ID, ClassUnit: r.ClassUnitID, Lesson: partLesson(l, v), Before: Before{r.BeforeOn, r.BeforeAt}, Passed: at <= l.Now()})
	}
	own, err := l.Q().LessonsOfOwner(l.Ctx(), db.LessonsOfOwnerParams{SchoolID: l.School(), OwnerID: string(l.Who().Person)})
	if err != nil {
		return err
	}
	for _, r := range own {
		gone := r.Status == string(content.Withdrawn)
		if met[r.ID] && !gone || !gone && r.Status != string(content.Published) {
			continue
		}
		v, err := LessonVersion(l, content.LessonID(r.ID), r.CurrentVersion)
		if err != nil {
			return err
		}
		o := OwnLesson{Lesson: partLesson(l, v), Course: skill.CourseID(r.CourseID), MadeMs: r.CreatedMs}
		if o.GivenIn, err = givenIn(l, given, o.Course); err != nil {
			return err
		}
		switch {
		case !gone:
			p.Own = append(p.Own, o)
		case o.GivenIn != "":
			p.Taken = append(p.Taken, o)
		}
	}
	return nil
}

// givenIn is the class unit, of those given, whose unit is of a course; "" when there is none.
func givenIn(l *flow.Look, given []db.ClassUnit, course skill.CourseID) (string, error) {
	for _, g := range given {
		u, err := UnitVersion(l, content.UnitID(g.UnitID), g.UnitVersion)
		if err != nil {
			return "", err
		}
		if u.Course == course {
			return g.ID, nil
		}
	}
	return "", nil
}

// unitOffers fills in the published units that the class does not have.
func unitOffers(l *flow.Look, p *UnitsPage, given []db.ClassUnit) error {
	rows, err := l.Q().ContentByKind(l.Ctx(), db.ContentByKindParams{SchoolID: l.School(), Kind: "unit"})
	if err != nil {
		return err
	}
	counts := map[skill.CourseID]map[skill.ID]int{}
	for _, r := range rows {
		has := slices.ContainsFunc(given, func(g db.ClassUnit) bool { return g.UnitID == r.ID })
		if has || r.Status != string(content.Published) {
			continue
		}
		u, err := UnitVersion(l, content.UnitID(r.ID), r.CurrentVersion)
		if err != nil {
			return err
		}
		c, err := CourseVersion(l, u.Course, u.CourseVersion)
		if err != nil {
			return err
		}
		if counts[u.Course] == nil {
			if counts[u.Course], err = ItemCounts(l, u.Course); err != nil {
				return err
			}
		}
		o := UnitOffer{ID: u.ID, Title: u.Title, Course: c.Title, Objectives: len(u.Parts), Attribution: u.Attribution}
		for _, id := range UnitSkills(u, c) {
			o.Skills++
			o.Items += counts[u.Course][id]
		}
		for _, part := range u.Parts {
			if part.Lesson != "" {
				o.Lessons++
			}
		}
		p.Offered = append(p.Offered, o)
	}
	return nil
}

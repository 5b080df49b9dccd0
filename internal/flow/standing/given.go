package standing

import (
	"slices"

	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// GivenUnit is a unit that a class has been given: the same for every learner of the class.
type GivenUnit struct {
	Row     db.ClassUnit
	Class   db.Class
	Unit    *content.Unit
	Course  *library.Course
	Lessons []content.Lesson // the published ones of its parts and of invitations, in the parts' order
	invited []db.ClassLesson // open invitations of the class, soonest first
	Skills  []skill.ID       // of its objectives, in teaching order, each once
	Parts   map[skill.ObjectiveID]content.Part
	Goals   []skill.Objective // in the parts' order
	teacher roster.Person     // zero when the class has none
}

// LoadGiven loads a unit that a class has been given. Errors: NotFound.
func LoadGiven(l *flow.Look, id string) (*GivenUnit, error) {
	row, err := l.Q().ClassUnit(l.Ctx(), db.ClassUnitParams{SchoolID: l.School(), ID: id})
	if err != nil {
		return nil, err
	}
	class, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: row.ClassID})
	if err != nil {
		return nil, err
	}
	g := &GivenUnit{Row: row, Class: class, Parts: map[skill.ObjectiveID]content.Part{}}
	if g.Unit, err = library.UnitVersion(l, content.UnitID(row.UnitID), row.UnitVersion); err != nil {
		return nil, err
	}
	if g.Course, err = library.CourseVersion(l, g.Unit.Course, g.Unit.CourseVersion); err != nil {
		return nil, err
	}
	objectives := map[skill.ObjectiveID]skill.Objective{}
	for _, o := range g.Course.Objectives {
		objectives[o.ID] = o
	}
	for _, p := range g.Unit.Parts {
		o := objectives[p.Objective]
		g.Goals = append(g.Goals, o)
		for _, s := range o.Skills {
			if !slices.Contains(g.Skills, s) {
				g.Skills = append(g.Skills, s)
			}
		}
	}
	teachers, err := l.Q().TeachersOfClass(l.Ctx(), db.TeachersOfClassParams{SchoolID: l.School(), ClassID: row.ClassID})
	if err != nil {
		return nil, err
	}
	if len(teachers) > 0 {
		g.teacher = flow.Person(teachers[0])
	}
	if g.invited, err = l.Q().LessonsOfClass(l.Ctx(), db.LessonsOfClassParams{SchoolID: l.School(), ClassID: row.ClassID}); err != nil {
		return nil, err
	}
	if err := givenLessons(l, g); err != nil {
		return nil, err
	}
	g.known()
	return g, nil
}

// known lets plans know a lesson that stands in the place of another by that other's id, so that what was decided about the one
// holds for its changed copy.
func (g *GivenUnit) known() {
	library.Placed(g.Lessons)
	u := *g.Unit
	u.Parts = slices.Clone(u.Parts)
	for i := range u.Parts {
		p := &u.Parts[i]
		p.Lesson = g.line(p.Lesson)
		g.Parts[p.Objective] = *p
	}
	g.Unit = &u
}

// line is by what id plans know a lesson.
func (g *GivenUnit) line(id content.LessonID) content.LessonID {
	if les, ok := g.Lesson(id); ok {
		return les.Line()
	}
	return id
}

// givenLessons loads the lessons that the unit's parts and the class's invitations name, leaving out what was withdrawn.
func givenLessons(l *flow.Look, g *GivenUnit) error {
	rows, err := l.Q().ContentOfCourse(l.Ctx(), db.ContentOfCourseParams{SchoolID: l.School(), CourseID: string(g.Unit.Course), Kind: "lesson"})
	if err != nil {
		return err
	}
	current := map[content.LessonID]int64{}
	for _, r := range rows {
		if r.Status == string(content.Published) {
			current[content.LessonID(r.ID)] = r.CurrentVersion
		}
	}
	var wanted []content.LessonID
	for _, p := range g.Unit.Parts {
		wanted = append(wanted, p.Lesson)
	}
	for _, i := range g.invited {
		wanted = append(wanted, content.LessonID(i.LessonID))
	}
	seen := map[content.LessonID]bool{}
	for _, id := range wanted {
		if current[id] == 0 || seen[id] {
			continue
		}
		seen[id] = true
		les, err := library.LessonVersion(l, id, current[id])
		if err != nil {
			return err
		}
		g.Lessons = append(g.Lessons, *les)
	}
	return nil
}

// Lesson finds one of the unit's lessons, by its own id or by that by which plans know it.
func (g *GivenUnit) Lesson(id content.LessonID) (content.Lesson, bool) {
	at := slices.IndexFunc(g.Lessons, func(x content.Lesson) bool { return x.ID == id || x.Line() == id })
	if at < 0 {
		return content.Lesson{}, false
	}
	return g.Lessons[at], true
}

// Goal finds one of the unit's objectives.
func (g *GivenUnit) Goal(id skill.ObjectiveID) (skill.Objective, bool) {
	at := slices.IndexFunc(g.Goals, func(o skill.Objective) bool { return o.ID == id })
	if at < 0 {
		return skill.Objective{}, false
	}
	return g.Goals[at], true
}

// invitation is the lesson that the class shares: the next one that it is invited to, else the last; false when there is
// none. today is the school's day.
func (g *GivenUnit) invitation(today string) (db.ClassLesson, bool) {
	var last db.ClassLesson
	found := false
	for _, i := range g.invited {
		if _, open := g.Lesson(content.LessonID(i.LessonID)); !open {
			continue
		}
		last, found = i, true
		if i.BeforeOn >= today {
			break
		}
	}
	return last, found
}

// Newest is the unit that a learner's class was given last, over all of their classes; false when there is none.
func Newest(l *flow.Look, learner roster.PersonID) (*GivenUnit, bool, error) {
	rows, err := unitsOfLearner(l, learner)
	if err != nil || len(rows) == 0 {
		return nil, false, err
	}
	g, err := LoadGiven(l, rows[0].ID)
	return g, err == nil, err
}

// unitsOfLearner are the newest units of a learner's classes, newest first.
func unitsOfLearner(l *flow.Look, learner roster.PersonID) ([]db.ClassUnit, error) {
	classes, err := l.Q().ClassIDsOfLearner(l.Ctx(), db.ClassIDsOfLearnerParams{SchoolID: l.School(), PersonID: string(learner)})
	if err != nil {
		return nil, err
	}
	var out []db.ClassUnit
	for _, c := range classes {
		rows, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: c})
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			out = append(out, rows[0])
		}
	}
	slices.SortStableFunc(out, func(a, b db.ClassUnit) int { return int(b.GivenMs - a.GivenMs) })
	return out, nil
}

// UnitGiven names a unit as a class was given it.
type UnitGiven struct {
	ID      string         `json:"id"` // the class_unit's
	Title   string         `json:"title"`
	Class   roster.ClassID `json:"class"`
	Name    string         `json:"name"` // the class's
	Teacher string         `json:"teacher"`
}

// Named is the unit as pages name it.
func (g *GivenUnit) Named() *UnitGiven {
	return &UnitGiven{ID: g.Row.ID, Title: g.Unit.Title, Class: roster.ClassID(g.Row.ClassID), Name: g.Class.Name, Teacher: g.teacher.Full()}
}

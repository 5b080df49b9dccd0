package flow

import (
	"slices"

	"kith/internal/content"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// givenUnit is a unit that a class has been given: the same for every learner of the class.
type givenUnit struct {
	row     db.ClassUnit
	class   db.Class
	unit    *content.Unit
	course  *course
	lessons []content.Lesson // the published ones of its parts and of invitations, in the parts' order
	invited []db.ClassLesson // open invitations of the class, soonest first
	skills  []skill.ID       // of its objectives, in teaching order, each once
	parts   map[skill.ObjectiveID]content.Part
	goals   []skill.Objective // in the parts' order
	teacher roster.Person     // zero when the class has none
}

// given loads a unit that a class has been given. Errors: NotFound.
func (l *Look) given(id string) (*givenUnit, error) {
	row, err := l.q.ClassUnit(l.ctx, db.ClassUnitParams{SchoolID: l.school(), ID: id})
	if err != nil {
		return nil, err
	}
	class, err := l.q.Class(l.ctx, db.ClassParams{SchoolID: l.school(), ID: row.ClassID})
	if err != nil {
		return nil, err
	}
	g := &givenUnit{row: row, class: class, parts: map[skill.ObjectiveID]content.Part{}}
	if g.unit, err = l.unit(content.UnitID(row.UnitID), row.UnitVersion); err != nil {
		return nil, err
	}
	if g.course, err = l.course(g.unit.Course, g.unit.CourseVersion); err != nil {
		return nil, err
	}
	objectives := map[skill.ObjectiveID]skill.Objective{}
	for _, o := range g.course.Objectives {
		objectives[o.ID] = o
	}
	for _, p := range g.unit.Parts {
		g.parts[p.Objective] = p
		o := objectives[p.Objective]
		g.goals = append(g.goals, o)
		for _, s := range o.Skills {
			if !slices.Contains(g.skills, s) {
				g.skills = append(g.skills, s)
			}
		}
	}
	teachers, err := l.q.TeachersOfClass(l.ctx, db.TeachersOfClassParams{SchoolID: l.school(), ClassID: row.ClassID})
	if err != nil {
		return nil, err
	}
	if len(teachers) > 0 {
		g.teacher = person(teachers[0])
	}
	if g.invited, err = l.q.LessonsOfClass(l.ctx, db.LessonsOfClassParams{SchoolID: l.school(), ClassID: row.ClassID}); err != nil {
		return nil, err
	}
	return g, l.givenLessons(g)
}

// givenLessons loads the lessons that the unit's parts and the class's invitations name, leaving out what was withdrawn.
func (l *Look) givenLessons(g *givenUnit) error {
	rows, err := l.q.ContentOfCourse(l.ctx, db.ContentOfCourseParams{SchoolID: l.school(), CourseID: string(g.unit.Course), Kind: "lesson"})
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
	for _, p := range g.unit.Parts {
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
		les, err := l.lessonVersion(id, current[id])
		if err != nil {
			return err
		}
		g.lessons = append(g.lessons, *les)
	}
	return nil
}

// lesson finds one of the unit's lessons.
func (g *givenUnit) lesson(id content.LessonID) (content.Lesson, bool) {
	at := slices.IndexFunc(g.lessons, func(x content.Lesson) bool { return x.ID == id })
	if at < 0 {
		return content.Lesson{}, false
	}
	return g.lessons[at], true
}

// goal finds one of the unit's objectives.
func (g *givenUnit) goal(id skill.ObjectiveID) (skill.Objective, bool) {
	at := slices.IndexFunc(g.goals, func(o skill.Objective) bool { return o.ID == id })
	if at < 0 {
		return skill.Objective{}, false
	}
	return g.goals[at], true
}

// invitation is the lesson that the class shares: the next one that it is invited to, else the last; false when there is
// none. today is the school's day.
func (g *givenUnit) invitation(today string) (db.ClassLesson, bool) {
	var last db.ClassLesson
	found := false
	for _, i := range g.invited {
		if _, open := g.lesson(content.LessonID(i.LessonID)); !open {
			continue
		}
		last, found = i, true
		if i.BeforeOn >= today {
			break
		}
	}
	return last, found
}

// newestUnit is the unit that a learner's class was given last, over all of their classes; false when there is none.
func (l *Look) newestUnit(learner roster.PersonID) (*givenUnit, bool, error) {
	rows, err := l.unitsOfLearner(learner)
	if err != nil || len(rows) == 0 {
		return nil, false, err
	}
	g, err := l.given(rows[0].ID)
	return g, err == nil, err
}

// unitsOfLearner are the newest units of a learner's classes, newest first.
func (l *Look) unitsOfLearner(learner roster.PersonID) ([]db.ClassUnit, error) {
	classes, err := l.q.ClassIDsOfLearner(l.ctx, db.ClassIDsOfLearnerParams{SchoolID: l.school(), PersonID: string(learner)})
	if err != nil {
		return nil, err
	}
	var out []db.ClassUnit
	for _, c := range classes {
		rows, err := l.q.UnitsOfClass(l.ctx, db.UnitsOfClassParams{SchoolID: l.school(), ClassID: c})
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

func (g *givenUnit) named() *UnitGiven {
	return &UnitGiven{ID: g.row.ID, Title: g.unit.Title, Class: roster.ClassID(g.row.ClassID), Name: g.class.Name, Teacher: g.teacher.Full()}
}

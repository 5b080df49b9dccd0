package period

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// PrintToday is Today on paper.
var PrintToday = flow.View[library.ClassIn, TodayPage]{
	Name: "print_today",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in library.ClassIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Load: func(l *flow.Look, in library.ClassIn) (TodayPage, error) { return todayPage(l, in.Class) },
}

// PrintActivityIn names an objective's activity in a unit as a class has it.
type PrintActivityIn struct {
	ClassUnit string            `path:"class_unit"`
	Objective skill.ObjectiveID `path:"objective"`
}

// ActivityPaper is off-screen work on one page.
type ActivityPaper struct {
	Unit      string
	Objective string
	ICan      string
	Title     string
	Materials []string
	Minutes   int
	With      string // alone, pair, group
	Steps     []doc.El
	Bring     string
}

// PrintActivity shows an activity to print: to the teachers and the learners of the class. Errors: NotFound.
var PrintActivity = flow.View[PrintActivityIn, ActivityPaper]{
	Name: "print_activity",
	Rule: access.Allow(access.TeacherOf, access.MemberOf),
	About: func(l *flow.Look, in PrintActivityIn) (access.Subject, error) {
		return library.AboutClassUnit(l, in.ClassUnit)
	},
	Load: func(l *flow.Look, in PrintActivityIn) (ActivityPaper, error) {
		row, err := l.Q().ClassUnit(l.Ctx(), db.ClassUnitParams{SchoolID: l.School(), ID: in.ClassUnit})
		if err != nil {
			return ActivityPaper{}, err
		}
		u, err := library.UnitVersion(l, content.UnitID(row.UnitID), row.UnitVersion)
		if err != nil {
			return ActivityPaper{}, err
		}
		c, err := library.CourseVersion(l, u.Course, u.CourseVersion)
		if err != nil {
			return ActivityPaper{}, err
		}
		at := slices.IndexFunc(u.Parts, func(p content.Part) bool { return p.Objective == in.Objective && p.Activity.Title != "" })
		of := slices.IndexFunc(c.Objectives, func(o skill.Objective) bool { return o.ID == in.Objective })
		if at < 0 || of < 0 {
			return ActivityPaper{}, fault.New(fault.NotFound, "fault.not_found")
		}
		a, o := u.Parts[at].Activity, c.Objectives[of]
		steps, err := a.Steps.Draw(nil)
		return ActivityPaper{Unit: u.Title, Objective: o.Title, ICan: o.ICan, Title: a.Title, Materials: a.Materials, Minutes: a.Minutes, With: a.With,
			Steps: steps, Bring: a.Bring}, err
	},
}

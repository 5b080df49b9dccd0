// Package going is where a class and its learners are going in a unit: goals that a teacher set, wishes of learners for
// themselves, and, for teachers alone, the pace at which both come about.
//
// A goal is a row that stays; taken back, it stands no more. It takes effect with the next plan that is proposed: setting
// one changes nobody's plan. Work that does not fit its day is worked out anew each time somebody looks, is kept nowhere
// and reaches no page of a learner.
//
// Place in the flow: layer 4, above ledger and library, beneath standing, whose plans lead to the goals.
package going

import (
	"encoding/json"
	"slices"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/goal"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// Limits of how many goals stand at once; more would be no direction.
const (
	maxGoals  = 8 // of a class in a unit
	MaxWishes = 3 // of a learner in a unit
)

// Way is a unit that a class was given, as goals see it.
type Way struct {
	Row     db.ClassUnit
	Unit    *content.Unit
	Course  *library.Course
	Reach   []skill.ID       // the unit's skills in teaching order, each once
	Lessons []content.Lesson // the published ones of its parts
}

// At is the way of a unit that a class was given. Errors: NotFound.
func At(l *flow.Look, classUnit string) (*Way, error) {
	row, err := l.Q().ClassUnit(l.Ctx(), db.ClassUnitParams{SchoolID: l.School(), ID: classUnit})
	if err != nil {
		return nil, err
	}
	return of(l, row)
}

func of(l *flow.Look, row db.ClassUnit) (*Way, error) {
	w := &Way{Row: row}
	var err error
	if w.Unit, err = library.UnitVersion(l, content.UnitID(row.UnitID), row.UnitVersion); err != nil {
		return nil, err
	}
	if w.Course, err = library.CourseVersion(l, w.Unit.Course, w.Unit.CourseVersion); err != nil {
		return nil, err
	}
	w.Reach = library.UnitSkills(w.Unit, w.Course)
	for _, p := range w.Unit.Parts {
		if p.Lesson == "" {
			continue
		}
		row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(p.Lesson)})
		if err != nil {
			return nil, err
		}
		if row.Status != string(content.Published) {
			continue
		}
		les, err := library.LessonVersion(l, p.Lesson, row.CurrentVersion)
		if err != nil {
			return nil, err
		}
		w.Lessons = append(w.Lessons, *les)
	}
	library.Placed(w.Lessons)
	return w, nil
}

// Set is a goal that stands.
type Set struct {
	goal.Goal
	Target  goal.Target
	Learner roster.PersonID // whose wish it is; "" = the class's
	By      string
	SetMs   int64
}

// Sets are the goals that stand for one learner: the class's and the learner's own, in the order in which they were set.
func (w *Way) Sets(l *flow.Look, learner roster.PersonID) ([]Set, error) {
	rows, err := l.Q().GoalsOfLearner(l.Ctx(), db.GoalsOfLearnerParams{SchoolID: l.School(), ClassUnitID: w.Row.ID, LearnerID: string(learner)})
	if err != nil {
		return nil, err
	}
	return w.sets(rows)
}

// all are the goals and wishes of everybody in the class.
func (w *Way) all(l *flow.Look) ([]Set, error) {
	rows, err := l.Q().GoalsOfUnit(l.Ctx(), db.GoalsOfUnitParams{SchoolID: l.School(), ClassUnitID: w.Row.ID})
	if err != nil {
		return nil, err
	}
	return w.sets(rows)
}

// sets leaves out a goal that the unit no longer knows: a newer version may have lost its skill.
func (w *Way) sets(rows []db.Goal) ([]Set, error) {
	var out []Set
	for _, r := range rows {
		s := Set{Goal: goal.Goal{ID: r.ID, DueOn: r.DueOn, Own: r.LearnerID != ""}, Learner: roster.PersonID(r.LearnerID), By: r.ByID, SetMs: r.SetMs}
		if err := json.Unmarshal([]byte(r.Aims), &s.Aims); err != nil {
			return nil, fault.Wrap(fault.Internal, err, "fault.internal")
		}
		var err error
		if s.Target, err = goal.Resolve(s.Goal, w.Course.Course, w.Reach); err == nil {
			out = append(out, s)
		}
	}
	return out, nil
}

// Targets are goals as weights on skills.
func Targets(sets []Set) []goal.Target {
	var out []goal.Target
	for _, s := range sets {
		out = append(out, s.Target)
	}
	return out
}

// AimShown is one thing that a goal asks for, by name.
type AimShown struct {
	Kind  string `json:"kind" enum:"skill,standard,task"`
	Title string `json:"title"` // of the skill or the task; the standard's code
}

// Shown names what a goal asks for.
func (w *Way) Shown(g goal.Goal) []AimShown {
	var out []AimShown
	for _, a := range g.Aims {
		switch {
		case a.Skill != "":
			out = append(out, AimShown{"skill", w.Course.Skill[a.Skill].Title})
		case a.Standard != "":
			out = append(out, AimShown{"standard", a.Standard})
		default:
			out = append(out, AimShown{"task", w.taskTitle()})
		}
	}
	return out
}

// taskTitle is what all of the unit is for: its task, else the unit itself.
func (w *Way) taskTitle() string {
	if w.Unit.Task.Title != "" {
		return w.Unit.Task.Title
	}
	return w.Unit.Title
}

// standards are the codes that the unit's skills serve, each once, in teaching order.
func (w *Way) standards() []string {
	var out []string
	for _, id := range w.Reach {
		for _, code := range w.Course.Skill[id].Standards {
			if !slices.Contains(out, code) {
				out = append(out, code)
			}
		}
	}
	return out
}

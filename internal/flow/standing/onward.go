package standing

import (
	"slices"

	"kith/internal/flow"
	"kith/internal/flow/going"
	"kith/internal/flow/ledger"
	"kith/internal/goal"
	"kith/internal/mastery"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// Way is the unit as goals see it.
func (g *GivenUnit) Way() *going.Way {
	return &going.Way{Row: g.Row, Unit: g.Unit, Course: g.Course, Reach: g.Skills, Lessons: g.Lessons}
}

// onward fills in where the plan leads: goals, what time has touched, and what there is for whoever is ahead.
func (u *LearnerUnit) onward(l *flow.Look, today string, asked map[skill.ID]bool, in *plan.Input) error {
	in.Goals, in.Ahead = going.Targets(u.Sets), true
	o := &in.Outlook
	var err error
	if o.AsOfMs, err = l.Midnight(); err != nil {
		return err
	}
	if o.Today, err = goal.ParseDay("today", today); err != nil {
		return err
	}
	m, err := ledger.Model(l)
	if err != nil {
		return err
	}
	o.Learn, o.Recall, o.Faded = map[skill.ID]float64{}, map[skill.ID]float64{}, map[skill.ID]bool{}
	open := false
	for _, id := range u.Skills {
		o.Learn[id] = m.Of(id).Learn
		e := u.Estimates[id]
		if e.Faded {
			o.Faded[id] = true
		}
		if e.Status != mastery.Secure && !e.Faded {
			open = open || asked[id]
		} else if e.PKnown > 0 {
			o.Recall[id] = min(1, mastery.KnownAt(m, e, o.AsOfMs)/e.PKnown)
		}
	}
	if !open {
		in.Beyond, err = u.beyond(l)
	}
	return err
}

// beyond are the course's skills outside the unit that have items, in teaching order.
func (u *LearnerUnit) beyond(l *flow.Look) ([]skill.ID, error) {
	rows, err := l.Q().ItemCountsOfCourse(l.Ctx(), db.ItemCountsOfCourseParams{SchoolID: l.School(), CourseID: string(u.Unit.Course)})
	if err != nil {
		return nil, err
	}
	var out []skill.ID
	for _, s := range u.Course.Skills {
		has := slices.ContainsFunc(rows, func(r db.ItemCountsOfCourseRow) bool { return r.SkillID == string(s.ID) && r.N > 0 })
		if has && !slices.Contains(u.Skills, s.ID) {
			out = append(out, s.ID)
		}
	}
	return out, nil
}

// paced adds what only a proposal needs, because it reads the class's times: the minutes that skills still take this
// learner, and, where a goal's day leaves little room, the order that the days ask for.
func (u *LearnerUnit) paced(l *flow.Look, in *plan.Input) error {
	if len(u.Sets) == 0 {
		return nil
	}
	m, err := ledger.Model(l)
	if err != nil {
		return err
	}
	times, err := going.TimesOf(l, roster.ClassID(u.Row.ClassID))
	if err != nil {
		return err
	}
	w := u.Way()
	if in.Outlook.Minutes, err = w.Left(m, times, u.Learner, u.Estimates, l.Now()); err != nil {
		return err
	}
	p, err := w.Pace(l, u.Sets, u.Estimates, in.Outlook.Minutes, nil)
	if err == nil && p.Tight {
		in.Outlook.Order = p.Order
	}
	return err
}

package going

import (
	"maps"
	"slices"

	"kith/internal/flow"
	"kith/internal/goal"
	"kith/internal/mastery"
	"kith/internal/pace"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// Times are the minutes that learners of a class practised each skill until it was secure.
type Times map[skill.ID]map[roster.PersonID]float64

// TimesOf loads the times of a class.
func TimesOf(l *flow.Look, class roster.ClassID) (Times, error) {
	rows, err := l.Q().TimesToSecure(l.Ctx(), db.TimesToSecureParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return nil, err
	}
	out := Times{}
	for _, r := range rows {
		if r.TookMs <= 0 {
			continue
		}
		id := skill.ID(r.SkillID)
		if out[id] == nil {
			out[id] = map[roster.PersonID]float64{}
		}
		out[id][roster.PersonID(r.LearnerID)] = float64(r.TookMs) / 60_000
	}
	return out, nil
}

// others are what a skill took everybody else, in a fixed order.
func (t Times) others(id skill.ID, learner roster.PersonID) []float64 {
	var out []float64
	for who, m := range t[id] {
		if who != learner {
			out = append(out, m)
		}
	}
	slices.Sort(out)
	return out
}

// known reports whether a skill asks for no work towards a goal: it is secure, or only time has touched it, and a short look
// brings it back.
func known(e mastery.Estimate) bool { return e.Status == mastery.Secure || e.Faded }

// Left are the minutes that each skill of the unit that is not known still takes one learner.
func (w *Way) Left(m mastery.Model, times Times, learner roster.PersonID, estimates map[skill.ID]mastery.Estimate, nowMs int64) (map[skill.ID]float64, error) {
	usual := map[skill.ID]float64{}
	var took, was []float64
	for _, id := range w.Reach {
		u, err := pace.Typical(w.Course.Skill[id].Minutes, times.others(id, learner))
		if err != nil {
			return nil, err
		}
		usual[id] = u
		if mine, ok := times[id][learner]; ok {
			took, was = append(took, mine), append(was, u)
		}
	}
	speed, err := pace.Speed(took, was)
	if err != nil {
		return nil, err
	}
	out := map[skill.ID]float64{}
	for _, id := range w.Reach {
		e, met := estimates[id]
		if known(e) {
			continue
		}
		start := mastery.Start(m, id).PKnown
		now := start
		if met {
			now = mastery.KnownAt(m, e, nowMs)
		}
		if out[id], err = pace.Left(usual[id], speed, now, start); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Pace is how the goals of one learner go with the days that they have. left comes from Left.
func (w *Way) Pace(l *flow.Look, sets []Set, estimates map[skill.ID]mastery.Estimate, left map[skill.ID]float64, helpers map[skill.ID]string) (pace.Pace, error) {
	today, err := l.Today()
	if err != nil {
		return pace.Pace{}, err
	}
	in := pace.Input{Graph: w.Course.Graph, Reach: w.Reach, Targets: Targets(sets), Known: map[skill.ID]bool{}, Minutes: w.withLessons(left, estimates), Extras: w.extras(),
		Week: w.week(), Helpers: helpers}
	if in.Today, err = goal.ParseDay("today", today); err != nil {
		return pace.Pace{}, err
	}
	for _, id := range w.Reach {
		in.Known[id] = known(estimates[id])
	}
	return pace.Assess(in)
}

// week spreads a usual week's minutes over Monday to Friday, the odd ones on the first days.
func (w *Way) week() pace.Week {
	var out pace.Week
	n := int(w.Row.WeekMinutes)
	for d := 1; d <= 5; d++ {
		out.Minutes[d] = n / 5
		if d <= n%5 {
			out.Minutes[d]++
		}
	}
	return out
}

// withLessons adds the minutes of a lesson that the dial makes a must to the first open skill of its objective, as long as
// that was not met: who has practised it has most likely seen the lesson.
func (w *Way) withLessons(left map[skill.ID]float64, estimates map[skill.ID]mastery.Estimate) map[skill.ID]float64 {
	if plan.Dial(w.Row.Dial) != plan.Required {
		return left
	}
	out := maps.Clone(left)
	for _, les := range w.Lessons {
		for _, id := range w.skillsOf(les.Objective) {
			if _, open := out[id]; open && estimates[id].Attempts == 0 {
				out[id] += float64(les.Minutes)
				break
			}
		}
	}
	return out
}

func (w *Way) skillsOf(objective skill.ObjectiveID) []skill.ID {
	for _, o := range w.Course.Objectives {
		if o.ID == objective {
			return o.Skills
		}
	}
	return nil
}

// extras are what may be left out on the way to a goal: activities, and lessons unless the dial makes them a must.
func (w *Way) extras() []pace.Extra {
	var out []pace.Extra
	for _, p := range w.Unit.Parts {
		if p.Activity.Minutes > 0 {
			out = append(out, pace.Extra{Key: plan.NewLine(plan.Activity, p.Objective, "", "").Key, Skills: w.skillsOf(p.Objective), Minutes: float64(p.Activity.Minutes)})
		}
	}
	if plan.Dial(w.Row.Dial) == plan.Required {
		return out
	}
	for _, les := range w.Lessons {
		if les.Minutes > 0 {
			out = append(out, pace.Extra{Key: plan.NewLine(plan.Lesson, "", "", les.Line()).Key, Skills: w.skillsOf(les.Objective), Minutes: float64(les.Minutes)})
		}
	}
	return out
}

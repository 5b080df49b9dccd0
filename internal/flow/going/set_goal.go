package going

import (
	"encoding/json"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/goal"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// GoalOut names a goal.
type GoalOut struct {
	Goal string `json:"goal"`
}

// SetGoalIn sets a goal for a class in a unit.
type SetGoalIn struct {
	flow.Op
	ClassUnit string     `json:"class_unit" minLength:"36" maxLength:"36"`
	Aims      []goal.Aim `json:"aims" minItems:"1" maxItems:"40"`
	DueOn     string     `json:"due_on,omitempty" maxLength:"10" doc:"YYYY-MM-DD in the school's zone; empty = no day"`
}

// lastDay is the last on which anything can be due: the pace counts days one by one.
const lastDay = "2199-12-31"

// SetGoal sets a goal for all learners of a class. Plans that are proposed from now on lead to it; those that run stay.
// Errors: NotFound, Invalid (what goal.Resolve refuses, a day that is over), Conflict (the class has enough goals).
var SetGoal = flow.Verb[SetGoalIn, GoalOut]{
	Name: "set_goal",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in SetGoalIn) (access.Subject, error) {
		return library.AboutClassUnit(l, in.ClassUnit)
	},
	Shard: func(in SetGoalIn, who access.Actor) string { return in.ClassUnit },
	Do: func(a *flow.Act, in SetGoalIn) (GoalOut, error) {
		w, err := At(a.Look, in.ClassUnit)
		if err != nil {
			return GoalOut{}, err
		}
		today, err := a.Today()
		if err != nil {
			return GoalOut{}, err
		}
		if in.DueOn != "" && in.DueOn < today {
			return GoalOut{}, fault.New(fault.Invalid, "fault.goal.over")
		}
		if in.DueOn > lastDay {
			return GoalOut{}, fault.New(fault.Invalid, "fault.goal.far")
		}
		out, err := w.set(a, goal.Goal{Aims: in.Aims, DueOn: in.DueOn}, "", maxGoals)
		if err != nil {
			return out, err
		}
		return out, a.TellClass(roster.ClassID(w.Row.ClassID), "goal", out)
	},
}

// set keeps a goal of the class or, by their own wish, of one learner.
func (w *Way) set(a *flow.Act, g goal.Goal, learner roster.PersonID, most int) (GoalOut, error) {
	if _, err := goal.Resolve(g, w.Course.Course, w.Reach); err != nil {
		return GoalOut{}, err
	}
	stand, err := w.all(a.Look)
	if err != nil {
		return GoalOut{}, err
	}
	n := 0
	for _, s := range stand {
		if s.Learner == learner {
			n++
		}
	}
	if n >= most {
		return GoalOut{}, fault.New(fault.Conflict, "fault.goal.many", "n", most)
	}
	aims, err := json.Marshal(g.Aims)
	if err != nil {
		return GoalOut{}, err
	}
	out := GoalOut{Goal: a.NewID()}
	return out, a.Q().AddGoal(a.Ctx(), db.AddGoalParams{SchoolID: a.School(), ID: out.Goal, ClassUnitID: w.Row.ID, LearnerID: string(learner), Aims: string(aims),
		DueOn: g.DueOn, ByID: flow.ActorKey(a.Who()), SetMs: a.Now()})
}

// EndGoalIn names a goal of a class.
type EndGoalIn struct {
	flow.Op
	ClassUnit string `json:"class_unit" minLength:"36" maxLength:"36"`
	Goal      string `json:"goal" minLength:"36" maxLength:"36"`
}

// EndGoal takes a goal of a class back. Errors: NotFound (also for a learner's own wish), Conflict (it was taken back
// already).
var EndGoal = flow.Verb[EndGoalIn, flow.DoneOut]{
	Name: "end_goal",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in EndGoalIn) (access.Subject, error) {
		return library.AboutClassUnit(l, in.ClassUnit)
	},
	Shard: func(in EndGoalIn, who access.Actor) string { return in.ClassUnit },
	Do: func(a *flow.Act, in EndGoalIn) (flow.DoneOut, error) {
		if err := end(a, in.Goal, in.ClassUnit, ""); err != nil {
			return flow.DoneOut{}, err
		}
		row, err := a.Q().ClassUnit(a.Ctx(), db.ClassUnitParams{SchoolID: a.School(), ID: in.ClassUnit})
		if err != nil {
			return flow.DoneOut{}, err
		}
		return flow.DoneOut{Done: true}, a.TellClass(roster.ClassID(row.ClassID), "goal", GoalOut{in.Goal})
	},
}

// end takes a goal back that stands in this unit for this learner, or for the class.
func end(a *flow.Act, id, classUnit string, learner roster.PersonID) error {
	row, err := a.Q().GoalByID(a.Ctx(), db.GoalByIDParams{SchoolID: a.School(), ID: id})
	if err != nil {
		return err
	}
	if row.ClassUnitID != classUnit || row.LearnerID != string(learner) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	n, err := a.Q().EndGoal(a.Ctx(), db.EndGoalParams{SchoolID: a.School(), ID: id, EndedMs: a.Now()})
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "fault.goal.ended")
	}
	return err
}

// SetWeekIn says how many minutes a usual week has for a unit, in class and at home.
type SetWeekIn struct {
	flow.Op
	ClassUnit string `json:"class_unit" minLength:"36" maxLength:"36"`
	Minutes   int    `json:"minutes" minimum:"5" maximum:"1200"`
}

// SetWeek says how many minutes a usual week has for a unit. Only the pace looks at it. Errors: NotFound, Invalid.
var SetWeek = flow.Verb[SetWeekIn, flow.DoneOut]{
	Name: "set_week",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in SetWeekIn) (access.Subject, error) {
		return library.AboutClassUnit(l, in.ClassUnit)
	},
	Shard: func(in SetWeekIn, who access.Actor) string { return in.ClassUnit },
	Do: func(a *flow.Act, in SetWeekIn) (flow.DoneOut, error) {
		if in.Minutes < 5 || in.Minutes > 1200 {
			return flow.DoneOut{}, fault.Invalidf("minutes", "%d minutes a week; 5 to 1200", in.Minutes)
		}
		n, err := a.Q().SetWeekMinutes(a.Ctx(), db.SetWeekMinutesParams{SchoolID: a.School(), ID: in.ClassUnit, WeekMinutes: int64(in.Minutes)})
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "fault.not_found")
		}
		return flow.DoneOut{Done: err == nil}, err
	},
}

package decision

import (
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// StepIn names a step that a teacher puts into a plan: a lesson by Lesson, practice and a meeting by Skill, an activity, a
// task and a talk by Objective.
type StepIn struct {
	Kind      plan.Kind         `json:"kind" enum:"lesson,practice,activity,task,talk,meeting"`
	Skill     skill.ID          `json:"skill,omitempty" maxLength:"36"`
	Objective skill.ObjectiveID `json:"objective,omitempty" maxLength:"36"`
	Lesson    content.LessonID  `json:"lesson,omitempty" maxLength:"36"`
}

// PlanEdit is one change that a teacher makes to the lines of a plan; they are made in order.
type PlanEdit struct {
	Act  string  `json:"act" enum:"move,drop,must,may,add"`
	Key  string  `json:"key,omitempty" maxLength:"80" doc:"of the line; all but add"`
	To   int     `json:"to" minimum:"0" maximum:"40" doc:"place after the change, from 0; move and add"`
	Step *StepIn `json:"step,omitempty" doc:"add"`
	Must bool    `json:"must,omitempty" doc:"add: the step must be done, else it may"`
}

// DecideEditIn says yes to a proposal with changes to the lines as the inbox shows them. Uncredited are keys of credits
// that the teacher does not give.
type DecideEditIn struct {
	flow.Op
	Proposal   string     `json:"proposal" minLength:"36" maxLength:"36"`
	Edits      []PlanEdit `json:"edits" maxItems:"80"`
	Uncredited []string   `json:"uncredited" maxItems:"40"`
	Reason     string     `json:"reason,omitempty" maxLength:"280" doc:"read by the learner; may be empty"`
}

// DecideEdit accepts a proposal with the teacher's changes. What the teacher takes out stays out until somebody puts it in
// again. Errors: NotFound, Conflict naming whose (superseded, or decided already), Invalid (a change that does not fit).
var DecideEdit = flow.Verb[DecideEditIn, DecidedOne]{
	Name: "decide_edit",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in DecideEditIn) (access.Subject, error) {
		row, err := l.Q().Proposal(l.Ctx(), db.ProposalParams{SchoolID: l.School(), ID: in.Proposal})
		if err != nil {
			return access.Subject{}, err
		}
		return library.AboutClassUnit(l, row.ClassUnitID)
	},
	Shard: func(in DecideEditIn, who access.Actor) string { return in.Proposal },
	Do: func(a *flow.Act, in DecideEditIn) (DecidedOne, error) {
		row, err := a.Q().Proposal(a.Ctx(), db.ProposalParams{SchoolID: a.School(), ID: in.Proposal})
		if err != nil {
			return DecidedOne{}, err
		}
		u, err := locked(a, row.ClassUnitID, roster.PersonID(row.LearnerID))
		if err != nil {
			return DecidedOne{}, err
		}
		if row, err = a.Q().Proposal(a.Ctx(), db.ProposalParams{SchoolID: a.School(), ID: in.Proposal}); err != nil {
			return DecidedOne{}, err
		}
		one, err := stillWaits(a, row)
		if err != nil {
			return one, err
		}
		if err := noneWaits([]DecidedOne{one}); err != nil {
			return one, err
		}
		p, err := sent(u, row)
		if err != nil {
			return one, err
		}
		edits, err := teacherEdits(u, in.Edits)
		if err != nil {
			return one, err
		}
		lines, err := plan.Apply(p.Lines, edits, true)
		if err != nil {
			return one, err
		}
		credited, err := leftOut(p.Credited, in.Uncredited)
		if err != nil {
			return one, err
		}
		d := db.AddDecisionParams{ProposalID: row.ID, Verdict: "edit", Reason: strings.TrimSpace(in.Reason), Revision: u.Decided.Revision + 1}
		if err := decide(a, u, d, plan.Mark(running(u), lines)); err != nil {
			return one, err
		}
		return one, creditAll(a, u, credited)
	},
}

func leftOut(credited []plan.Line, keys []string) ([]plan.Line, error) {
	for _, k := range keys {
		if !has(credited, k) {
			return nil, fault.New(fault.Invalid, "fault.plan.no_line", "line", k)
		}
	}
	return slices.DeleteFunc(slices.Clone(credited), func(l plan.Line) bool { return slices.Contains(keys, l.Key) }), nil
}

// teacherEdits makes plan's edits of a teacher's.
func teacherEdits(u *standing.LearnerUnit, in []PlanEdit) ([]plan.Edit, error) {
	out := make([]plan.Edit, 0, len(in))
	for _, e := range in {
		edit := plan.Edit{Act: e.Act, Key: e.Key, To: e.To}
		if e.Act == "add" {
			if e.Step == nil {
				return nil, fault.Invalidf("step", "add needs a step")
			}
			line, err := lineOf(u, *e.Step)
			if err != nil {
				return nil, err
			}
			line.Must = e.Must
			edit.Line = &line
		}
		out = append(out, edit)
	}
	return out, nil
}

// lineOf makes the line of a step that a teacher puts in. Errors: NotFound (nothing of this course or unit has that id),
// Conflict (evidence says that it is done, and doing it again would show nothing), Invalid.
func lineOf(u *standing.LearnerUnit, s StepIn) (plan.Line, error) {
	none := fault.New(fault.NotFound, "fault.not_found")
	var l plan.Line
	switch s.Kind {
	case plan.Lesson:
		les, ok := u.Lesson(s.Lesson)
		if !ok {
			return l, none
		}
		l = plan.NewLine(s.Kind, les.Objective, "", les.Line())
		l.Minutes = les.Minutes
	case plan.Practice, plan.Meeting:
		sk, ok := u.Course.Skill[s.Skill]
		if !ok {
			return l, none
		}
		l = plan.NewLine(s.Kind, goalOf(u.GivenUnit, sk.ID), sk.ID, "")
		if s.Kind == plan.Practice {
			l.Minutes = sk.Minutes
		}
		return l, nil
	case plan.Activity, plan.Task, plan.Talk:
		part, ok := u.Parts[s.Objective]
		if !ok || s.Kind == plan.Activity && part.Activity.Title == "" || s.Kind == plan.Task && part.Task.Title == "" {
			return l, none
		}
		l = plan.NewLine(s.Kind, s.Objective, "", "")
		if s.Kind == plan.Activity {
			l.Minutes = part.Activity.Minutes
		}
		if s.Kind == plan.Talk {
			return l, nil
		}
	default:
		return l, fault.Invalidf("kind", "%q cannot be put into a plan by hand", s.Kind)
	}
	if steps := u.StepsOf([]plan.Line{l}, u.Row.GivenMs); steps[0].Status == plan.Done {
		return l, fault.New(fault.Conflict, "fault.plan.done")
	}
	return l, nil
}

// goalOf is the unit's objective that a skill belongs to, "" when it belongs to none of them.
func goalOf(u *standing.GivenUnit, id skill.ID) skill.ObjectiveID {
	for _, o := range u.Goals {
		if slices.Contains(o.Skills, id) {
			return o.ID
		}
	}
	return ""
}

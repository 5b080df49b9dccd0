package decision

import (
	"slices"

	"kith/internal/flow"
	"kith/internal/flow/standing"
	"kith/internal/plan"
)

// PlanEditor is a learner's plan as a teacher edits it by hand.
type PlanEditor struct {
	Revision int64               `json:"revision"` // 0 = nothing was decided yet: the lines are what is open meanwhile
	Lines    []EditorLine        `json:"lines"`    // in plan order
	Earlier  []standing.StepLine `json:"earlier"`  // done in plans before this one
}

// EditorLine is a line with where it stands: Now is today's list, Next what follows, At its place in the plan, from 0.
type EditorLine struct {
	standing.StepLine
	Column string `json:"column" enum:"now,next,later,done"`
	At     int    `json:"at"`
}

// soon is how many lines stand under Next.
const soon = 4

func editor(u *standing.LearnerUnit, l *flow.Look) (PlanEditor, error) {
	e := PlanEditor{Revision: u.Decided.Revision}
	steps := u.Steps()
	if e.Revision == 0 {
		lines, err := editable(u, l)
		if err != nil {
			return e, err
		}
		steps = u.StepsOf(lines, u.Row.GivenMs)
	}
	now := plan.Today(steps)
	next := 0
	for i, s := range steps {
		line := EditorLine{StepLine: u.StepLine(s), At: i, Column: "later"}
		line.Because = u.Because(s.Evidence)
		switch {
		case s.Status == plan.Done:
			line.Column = "done"
		case slices.ContainsFunc(now, func(t plan.Step) bool { return t.Key == s.Key }):
			line.Column = "now"
		case next < soon:
			line.Column = "next"
			next++
		}
		e.Lines = append(e.Lines, line)
	}
	var err error
	e.Earlier, err = earlier(u, steps)
	return e, err
}

// earlier are the lines of plans before the one that runs which evidence says are done.
func earlier(u *standing.LearnerUnit, running []plan.Step) ([]standing.StepLine, error) {
	var lines []plan.Line
	for _, d := range u.Decisions {
		all, err := standing.DecodeLines(d.Lines)
		if err != nil {
			return nil, err
		}
		for _, x := range all {
			if !has(lines, x.Key) && !slices.ContainsFunc(running, func(s plan.Step) bool { return s.Key == x.Key }) {
				lines = append(lines, x)
			}
		}
	}
	var out []standing.StepLine
	for _, s := range u.StepsOf(lines, u.Row.GivenMs) {
		if s.Status == plan.Done {
			out = append(out, u.StepLine(s))
		}
	}
	return out, nil
}

package flow

import (
	"slices"

	"kith/internal/plan"
)

// PlanEditor is a learner's plan as a teacher edits it by hand.
type PlanEditor struct {
	Revision int64        `json:"revision"` // 0 = nothing was decided yet: the lines are what is open meanwhile
	Lines    []EditorLine `json:"lines"`    // in plan order
	Earlier  []StepLine   `json:"earlier"`  // done in plans before this one
}

// EditorLine is a line with where it stands: Now is today's list, Next what follows, At its place in the plan, from 0.
type EditorLine struct {
	StepLine
	Column string `json:"column" enum:"now,next,later,done"`
	At     int    `json:"at"`
}

// soon is how many lines stand under Next.
const soon = 4

func (u *learnerUnit) editor(l *Look) (PlanEditor, error) {
	e := PlanEditor{Revision: u.decided.Revision}
	steps := u.steps()
	if e.Revision == 0 {
		lines, err := u.editable(l)
		if err != nil {
			return e, err
		}
		steps = u.stepsOf(lines, u.row.GivenMs)
	}
	now := plan.Today(steps)
	next := 0
	for i, s := range steps {
		line := EditorLine{StepLine: u.stepLine(s), At: i, Column: "later"}
		line.Because = u.because(s.Evidence)
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
	e.Earlier, err = u.earlier(steps)
	return e, err
}

// earlier are the lines of plans before the one that runs which evidence says are done.
func (u *learnerUnit) earlier(running []plan.Step) ([]StepLine, error) {
	var lines []plan.Line
	for _, d := range u.decisions {
		all, err := decodeLines(d.Lines)
		if err != nil {
			return nil, err
		}
		for _, x := range all {
			if !has(lines, x.Key) && !slices.ContainsFunc(running, func(s plan.Step) bool { return s.Key == x.Key }) {
				lines = append(lines, x)
			}
		}
	}
	var out []StepLine
	for _, s := range u.stepsOf(lines, u.row.GivenMs) {
		if s.Status == plan.Done {
			out = append(out, u.stepLine(s))
		}
	}
	return out, nil
}

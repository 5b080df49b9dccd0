package decision

import (
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/phrase"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// OnPlan begins the input of what a teacher does to one learner's plan by hand. Revision is that of the plan that they saw.
type OnPlan struct {
	flow.Op
	ClassUnit string          `json:"class_unit" minLength:"36" maxLength:"36"`
	Learner   roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
	Revision  int64           `json:"revision" minimum:"0"`
}

// PlanNow is the revision of a plan after an act.
type PlanNow struct {
	Revision int64 `json:"revision"`
}

// PutStepIn puts a step into a plan by hand. Word is the teacher's reason, shown with the step.
type PutStepIn struct {
	OnPlan
	Step StepIn `json:"step"`
	To   int    `json:"to" minimum:"0" maximum:"40" doc:"place in the plan, from 0"`
	Must bool   `json:"must"`
	Word string `json:"word,omitempty" maxLength:"200" doc:"read by the learner; may be empty"`
}

// PutStep puts any step into any plan, with or without a proposal. What was open to the learner while nothing was decided
// stays in the plan. Errors: NotFound, Conflict (the plan has changed since; the step is done already), Invalid (it stands
// in the plan already, a place outside).
var PutStep = flow.Verb[PutStepIn, PlanNow]{
	Name: "put_step",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in PutStepIn) (access.Subject, error) {
		return library.AboutClassUnit(l, in.ClassUnit)
	},
	Shard: func(in PutStepIn, who access.Actor) string { return string(in.Learner) },
	Do: func(a *flow.Act, in PutStepIn) (PlanNow, error) {
		return byHand(a, in.OnPlan, func(u *standing.LearnerUnit, lines []plan.Line) ([]plan.Line, error) {
			line, err := lineOf(u, in.Step)
			if err != nil {
				return nil, err
			}
			line.Must = in.Must
			me, err := a.NameOf(string(a.Who().Person))
			if err != nil {
				return nil, err
			}
			line.Reason = phrase.Of("reason.put_in", "name", me)
			if word := strings.TrimSpace(in.Word); word != "" {
				line.Reason = phrase.Of("reason.put_in_word", "name", me, "word", word)
			}
			to := in.To
			if at := slices.IndexFunc(u.Steps(), func(s plan.Step) bool { return s.Key == line.Key && s.Status == plan.Done }); at >= 0 {
				lines = slices.Delete(lines, at, at+1) // done once; from now on it counts anew
				if at < to {
					to--
				}
			}
			return plan.Apply(lines, []plan.Edit{{Act: "add", Line: &line, To: to}}, true)
		})
	},
}

// byHand decides a plan anew by one change to its lines, under the learner's lock.
func byHand(a *flow.Act, in OnPlan, change func(u *standing.LearnerUnit, lines []plan.Line) ([]plan.Line, error)) (PlanNow, error) {
	u, err := locked(a, in.ClassUnit, in.Learner)
	if err != nil {
		return PlanNow{}, err
	}
	if u.Decided.Revision != in.Revision {
		return PlanNow{}, fault.New(fault.Conflict, "fault.plan.changed")
	}
	lines, err := editable(u, a.Look)
	if err != nil {
		return PlanNow{}, err
	}
	if lines, err = change(u, lines); err != nil {
		return PlanNow{}, err
	}
	out := PlanNow{u.Decided.Revision + 1}
	if err := decide(a, u, db.AddDecisionParams{Verdict: "hand", Revision: out.Revision}, lines); err != nil {
		return out, err
	}
	return out, standing.PlanMoved(a, in.Learner)
}

// editable are the lines that a change by hand begins from, unmarked: the decided plan, or, while nothing was ever
// decided, what is open to the learner meanwhile.
func editable(u *standing.LearnerUnit, l *flow.Look) ([]plan.Line, error) {
	lines := slices.Clone(u.Decided.Lines)
	if u.Decided.Revision == 0 {
		today, err := l.Today()
		if err != nil {
			return nil, err
		}
		steps, _, err := u.Today(l, today)
		if err != nil {
			return nil, err
		}
		for _, s := range steps {
			lines = append(lines, s.Line)
		}
	}
	for i := range lines {
		lines[i].Change = ""
	}
	return lines, nil
}

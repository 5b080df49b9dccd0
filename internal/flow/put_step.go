package flow

import (
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/phrase"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// OnPlan begins the input of what a teacher does to one learner's plan by hand. Revision is that of the plan that they saw.
type OnPlan struct {
	Op
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
var PutStep = Verb[PutStepIn, PlanNow]{
	Name:  "put_step",
	Rule:  access.Allow(access.TeacherOf),
	About: func(l *Look, in PutStepIn) (access.Subject, error) { return l.aboutClassUnit(in.ClassUnit) },
	Shard: func(in PutStepIn, who access.Actor) string { return string(in.Learner) },
	Do: func(a *Act, in PutStepIn) (PlanNow, error) {
		return a.byHand(in.OnPlan, func(u *learnerUnit, lines []plan.Line) ([]plan.Line, error) {
			line, err := u.lineOf(in.Step)
			if err != nil {
				return nil, err
			}
			line.Must = in.Must
			me, err := a.nameOf(string(a.who.Person))
			if err != nil {
				return nil, err
			}
			line.Reason = phrase.Of("reason.put_in", "name", me)
			if word := strings.TrimSpace(in.Word); word != "" {
				line.Reason = phrase.Of("reason.put_in_word", "name", me, "word", word)
			}
			to := in.To
			if at := slices.IndexFunc(u.steps(), func(s plan.Step) bool { return s.Key == line.Key && s.Status == plan.Done }); at >= 0 {
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
func (a *Act) byHand(in OnPlan, change func(u *learnerUnit, lines []plan.Line) ([]plan.Line, error)) (PlanNow, error) {
	u, err := a.locked(in.ClassUnit, in.Learner)
	if err != nil {
		return PlanNow{}, err
	}
	if u.decided.Revision != in.Revision {
		return PlanNow{}, fault.New(fault.Conflict, "fault.plan.changed")
	}
	lines, err := u.editable(a.Look)
	if err != nil {
		return PlanNow{}, err
	}
	if lines, err = change(u, lines); err != nil {
		return PlanNow{}, err
	}
	out := PlanNow{u.decided.Revision + 1}
	if err := a.decide(u, db.AddDecisionParams{Verdict: "hand", Revision: out.Revision}, lines); err != nil {
		return out, err
	}
	return out, a.planMoved(in.Learner)
}

// editable are the lines that a change by hand begins from, unmarked: the decided plan, or, while nothing was ever
// decided, what is open to the learner meanwhile.
func (u *learnerUnit) editable(l *Look) ([]plan.Line, error) {
	lines := slices.Clone(u.decided.Lines)
	if u.decided.Revision == 0 {
		today, err := l.today()
		if err != nil {
			return nil, err
		}
		steps, _, err := u.today(l, today)
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

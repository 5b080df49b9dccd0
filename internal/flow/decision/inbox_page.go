package decision

import (
	"math"
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/standing"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// InboxIn names the class.
type InboxIn struct {
	Class roster.ClassID `path:"class"`
}

// InboxPage is what waits for a teacher's word: plans that look alike folded into one card, the others one by one.
type InboxPage struct {
	Class  roster.ClassID `json:"class"`
	Name   string         `json:"name"`
	On     bool           `json:"on"` // the class runs with proposals
	Same   []InboxFold    `json:"same"`
	Single []InboxPlan    `json:"single"` // those with a wish first
	With   []InboxUnsent  `json:"with"`   // proposed and still with their learners: not in the way
	Puts   []PutChoices   `json:"puts"`   // what can be put into plans, one entry a unit

	Appeals int `json:"appeals"` // answers that wait for a look, on a page of their own
}

// InboxFold is plans that ask for the same lines and drop the same. What each learner would be credited may differ.
type InboxFold struct {
	Plans []InboxPlan `json:"plans"` // at least two, in class order; all have the same lines
}

// InboxPlan is one proposal as saying yes would decide it, marked against the plan that runs now.
type InboxPlan struct {
	ID          string              `json:"id"` // of the proposal
	Learner     roster.PersonID     `json:"learner"`
	Name        string              `json:"name"`
	ClassUnit   string              `json:"class_unit"`
	Unit        string              `json:"unit"` // title
	Cause       plan.Cause          `json:"cause" enum:"check_ended,ran_out,credit_doubted,asked"`
	MadeMs      int64               `json:"made_ms"`
	SentMs      int64               `json:"sent_ms"` // 0 = not sent yet
	First       bool                `json:"first"`   // no plan runs now
	Lines       []standing.StepLine `json:"lines"`
	Credited    []standing.StepLine `json:"credited"`
	Dropped     []standing.StepLine `json:"dropped"`
	MinutesBack int                 `json:"minutes_back"`
	Moved       []string            `json:"moved"`     // keys that the learner moved
	Asked       []string            `json:"asked"`     // keys that are there because the learner asked for them
	Contested   []string            `json:"contested"` // keys that the learner sees otherwise
	Word        string              `json:"word"`      // the learner's
	Ready       []ReadyShown        `json:"ready"`     // what was ready when it was made, ranked: why these steps and no others
}

// ReadyShown is a skill that is ready, with what it is worth to do now in plain terms.
type ReadyShown struct {
	Title   string `json:"title"`
	Toward  string `json:"toward"`  // the goal's skill that it leads to, "" = none that a person set; itself when it is one
	Minutes int    `json:"minutes"` // that it still takes, about
	Faded   bool   `json:"faded"`   // it is known, and only time has touched it
}

// InboxUnsent is a learner who has not sent a proposed plan yet.
type InboxUnsent struct {
	flow.Named
	MadeMs int64 `json:"made_ms"`
}

// PutChoices is what can be put into plans of one unit by hand.
type PutChoices struct {
	ClassUnit  string                 `json:"class_unit"`
	Lessons    []LessonChoice         `json:"lessons"`
	Skills     []standing.SkillChoice `json:"skills"`
	Objectives []GoalChoice           `json:"objectives"`
}

// LessonChoice is a lesson that may be chosen.
type LessonChoice struct {
	ID    content.LessonID `json:"id"`
	Title string           `json:"title"`
}

// GoalChoice is an objective with what may be chosen of it; Activity and Task are titles, "" where there is none.
type GoalChoice struct {
	ID       skill.ObjectiveID `json:"id"`
	Title    string            `json:"title"`
	Activity string            `json:"activity"`
	Task     string            `json:"task"`
}

// Inbox is the plan inbox of a class.
var Inbox = flow.View[InboxIn, InboxPage]{
	Name:  "inbox",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in InboxIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in InboxIn) (InboxPage, error) {
		class, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(in.Class)})
		if err != nil {
			return InboxPage{}, err
		}
		p := InboxPage{Class: in.Class, Name: class.Name, On: class.Proposals}
		if p.Appeals, err = ledger.ToLookAt(l, string(in.Class)); err != nil {
			return p, err
		}
		people, err := l.Learners(in.Class)
		if err != nil {
			return p, err
		}
		units, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(in.Class)})
		if err != nil {
			return p, err
		}
		for _, row := range units {
			if err := inboxOfUnit(l, &p, row.ID, people); err != nil {
				return p, err
			}
		}
		slices.SortStableFunc(p.Same, func(a, b InboxFold) int { return len(b.Plans) - len(a.Plans) })
		slices.SortStableFunc(p.Single, func(a, b InboxPlan) int { return wishFirst(b) - wishFirst(a) })
		return p, nil
	},
}

func wishFirst(p InboxPlan) int {
	if p.wished() {
		return 1
	}
	return 0
}

func (p InboxPlan) wished() bool {
	return len(p.Moved)+len(p.Asked)+len(p.Contested) > 0 || p.Word != ""
}

// inboxOfUnit adds what waits in one unit.
func inboxOfUnit(l *flow.Look, p *InboxPage, id string, people []flow.Named) error {
	rows, err := l.Q().OpenProposalsOfUnit(l.Ctx(), db.OpenProposalsOfUnitParams{SchoolID: l.School(), ClassUnitID: id})
	if err != nil || len(rows) == 0 {
		return err
	}
	g, err := standing.LoadGiven(l, id)
	if err != nil {
		return err
	}
	p.Puts = append(p.Puts, putChoices(g))
	folds := map[string][]InboxPlan{}
	var order []string
	for _, who := range people {
		at := slices.IndexFunc(rows, func(r db.Proposal) bool { return r.LearnerID == string(who.ID) })
		if at < 0 {
			continue
		}
		if rows[at].SentMs == 0 {
			p.With = append(p.With, InboxUnsent{who, rows[at].MadeMs})
			continue
		}
		u, err := standing.Load(l, g, who.ID)
		if err != nil {
			return err
		}
		one, look, err := inboxPlan(u, rows[at], who.Name)
		if err != nil {
			return err
		}
		if one.wished() { // what a learner says is read, never folded away
			p.Single = append(p.Single, one)
			continue
		}
		if folds[look] == nil {
			order = append(order, look)
		}
		folds[look] = append(folds[look], one)
	}
	for _, look := range order {
		if plans := folds[look]; len(plans) > 1 {
			p.Same = append(p.Same, InboxFold{plans})
		} else {
			p.Single = append(p.Single, plans[0])
		}
	}
	return nil
}

// inboxPlan words a proposal for a teacher, with the key under which it folds with others.
func inboxPlan(u *standing.LearnerUnit, row db.Proposal, name string) (InboxPlan, string, error) {
	s, err := sent(u, row)
	if err != nil {
		return InboxPlan{}, "", err
	}
	p := InboxPlan{ID: row.ID, Learner: u.Learner, Name: name, ClassUnit: u.Row.ID, Unit: u.Unit.Title, Cause: plan.Cause(row.Cause), MadeMs: row.MadeMs, SentMs: row.SentMs,
		First: u.Decided.Revision == 0, MinutesBack: s.MinutesBack, Moved: s.Moved, Asked: s.Asked, Contested: s.Wish.Contested, Word: s.Wish.Word}
	p.Lines, p.Credited, p.Dropped = u.Shown(s.Lines), u.Shown(s.Credited), u.Shown(s.Dropped)
	for _, c := range s.Choices {
		p.Ready = append(p.Ready, ReadyShown{Title: u.Course.Skill[c.Skill].Title, Toward: u.Course.Skill[c.Toward].Title, Minutes: int(math.Ceil(c.Minutes)), Faded: c.Urgency > 0})
	}
	return p, s.sameLook(), nil
}

// putChoices lists what a teacher can put into a plan of this unit.
func putChoices(u *standing.GivenUnit) PutChoices {
	c := PutChoices{ClassUnit: u.Row.ID}
	for _, les := range u.Lessons {
		c.Lessons = append(c.Lessons, LessonChoice{les.Line(), les.Title})
	}
	for _, id := range u.Skills {
		c.Skills = append(c.Skills, standing.SkillChoice{ID: id, Title: u.Course.Skill[id].Title})
	}
	for _, o := range u.Goals {
		part := u.Parts[o.ID]
		c.Objectives = append(c.Objectives, GoalChoice{o.ID, o.Title, part.Activity.Title, part.Task.Title})
	}
	return c
}

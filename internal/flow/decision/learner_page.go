package decision

import (
	"slices"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/standing"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// LearnerIn names the learner. Unit is the class unit to look at, "" for the one given last among the viewer's; Skill shows
// only its evidence; Shown is how many lines of evidence to show, 0 for the first page of them.
type LearnerIn struct {
	Learner roster.PersonID `path:"learner"`
	Unit    string          `query:"unit"`
	Skill   skill.ID        `query:"skill"`
	Shown   int             `query:"shown" minimum:"0" maximum:"2000"`
}

// LearnerPage is a teacher's page of one learner: the three answers as the learner reads them, the plan to edit, all the
// evidence, and what changed over time. Plan and what follows are nil or empty while the class has no unit.
type LearnerPage struct {
	Answers  standing.HomeAnswers `json:"answers"`
	Full     string               `json:"full"` // the whole name
	Units    []standing.UnitGiven `json:"units"`
	Class    roster.ClassID       `json:"class"` // of the unit shown
	Plan     *PlanEditor          `json:"plan,omitempty"`
	Proposal *InboxPlan           `json:"proposal,omitempty"` // waits for a decision, sent or not
	Puts     *PutChoices          `json:"puts,omitempty"`
	Dial     LearnerDialNow       `json:"dial"`
	On       bool                 `json:"on"` // the class runs with proposals
	Evidence EvidenceList         `json:"evidence"`
	Timeline []TimelineEntry      `json:"timeline"` // newest first
}

// LearnerDialNow is how much the learner chooses in the unit shown: Own is their own setting, "" for the class's.
type LearnerDialNow struct {
	Class plan.Dial `json:"class" enum:"required,pick,propose"`
	Own   plan.Dial `json:"own" enum:",required,pick,propose"`
}

// LearnerView is the teacher's page of one learner.
var LearnerView = flow.View[LearnerIn, LearnerPage]{
	Name:  "learner",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in LearnerIn) (access.Subject, error) { return access.OfPerson(in.Learner), nil },
	Load: func(l *flow.Look, in LearnerIn) (LearnerPage, error) {
		row, err := l.Q().Person(l.Ctx(), db.PersonParams{SchoolID: l.School(), ID: string(in.Learner)})
		if err != nil {
			return LearnerPage{}, err
		}
		p := LearnerPage{Full: flow.Person(row).Full()}
		units, err := unitsTaught(l, in.Learner)
		if err != nil {
			return p, err
		}
		at := 0
		for i, g := range units {
			p.Units = append(p.Units, *g.Named())
			if in.Unit == g.Row.ID {
				at = i
			}
		}
		if in.Unit != "" && (len(units) == 0 || units[at].Row.ID != in.Unit) {
			return p, fault.New(fault.NotFound, "fault.not_found")
		}
		if len(units) == 0 {
			p.Answers = standing.HomeAnswers{Learner: in.Learner, Name: row.Given, How: standing.HowDoIGetThere{State: standing.PlanNone}}
			return p, nil
		}
		u, err := standing.Load(l, units[at], in.Learner)
		if err != nil {
			return p, err
		}
		return p, learnerPage(u, l, in, &p)
	},
}

// unitsTaught are the units given to classes in which the viewer teaches this learner, newest first.
func unitsTaught(l *flow.Look, learner roster.PersonID) ([]*standing.GivenUnit, error) {
	classes, err := l.Q().ClassIDsOfLearner(l.Ctx(), db.ClassIDsOfLearnerParams{SchoolID: l.School(), PersonID: string(learner)})
	if err != nil {
		return nil, err
	}
	mine, err := l.Q().ClassesOfPerson(l.Ctx(), db.ClassesOfPersonParams{SchoolID: l.School(), PersonID: string(l.Who().Person)})
	if err != nil {
		return nil, err
	}
	var out []*standing.GivenUnit
	for _, c := range mine {
		if c.EnrolledAs != string(roster.Teacher) || !slices.Contains(classes, c.ID) {
			continue
		}
		rows, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: c.ID})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			g, err := standing.LoadGiven(l, r.ID)
			if err != nil {
				return nil, err
			}
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(a, b *standing.GivenUnit) int { return int(b.Row.GivenMs - a.Row.GivenMs) })
	return out, nil
}

func learnerPage(u *standing.LearnerUnit, l *flow.Look, in LearnerIn, p *LearnerPage) error {
	var err error
	if p.Answers, err = standing.Answers(l, u); err != nil {
		return err
	}
	for i := range p.Answers.Where.Objectives {
		for j, s := range p.Answers.Where.Objectives[i].Skills {
			p.Answers.Where.Objectives[i].Skills[j] = u.Explained(s)
		}
	}
	p.Class, p.On = roster.ClassID(u.Row.ClassID), u.Class.Proposals
	p.Dial.Class = plan.Dial(u.Row.Dial)
	if u.OwnDial {
		p.Dial.Own = u.Dial
	}
	editor, err := editor(u, l)
	if err != nil {
		return err
	}
	puts := putChoices(u.GivenUnit)
	p.Plan, p.Puts = &editor, &puts
	if row, ok := u.Open(); ok {
		one, _, err := inboxPlan(u, row, p.Answers.Name)
		if err != nil {
			return err
		}
		p.Proposal = &one
	}
	if p.Evidence, err = evidenceList(u, l, in); err != nil {
		return err
	}
	p.Timeline, err = timeline(u, l)
	return err
}

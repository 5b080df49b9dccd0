package flow

import (
	"slices"

	"kith/internal/access"
	"kith/internal/fault"
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
	Answers  HomeAnswers     `json:"answers"`
	Full     string          `json:"full"` // the whole name
	Units    []UnitGiven     `json:"units"`
	Class    roster.ClassID  `json:"class"` // of the unit shown
	Plan     *PlanEditor     `json:"plan,omitempty"`
	Proposal *InboxPlan      `json:"proposal,omitempty"` // waits for a decision, sent or not
	Puts     *PutChoices     `json:"puts,omitempty"`
	Dial     LearnerDialNow  `json:"dial"`
	On       bool            `json:"on"` // the class runs with proposals
	Evidence EvidenceList    `json:"evidence"`
	Timeline []TimelineEntry `json:"timeline"` // newest first
}

// LearnerDialNow is how much the learner chooses in the unit shown: Own is their own setting, "" for the class's.
type LearnerDialNow struct {
	Class plan.Dial `json:"class" enum:"required,pick,propose"`
	Own   plan.Dial `json:"own" enum:",required,pick,propose"`
}

// LearnerView is the teacher's page of one learner.
var LearnerView = View[LearnerIn, LearnerPage]{
	Name:  "learner",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *Look, in LearnerIn) (access.Subject, error) { return access.OfPerson(in.Learner), nil },
	Load: func(l *Look, in LearnerIn) (LearnerPage, error) {
		row, err := l.q.Person(l.ctx, db.PersonParams{SchoolID: l.school(), ID: string(in.Learner)})
		if err != nil {
			return LearnerPage{}, err
		}
		p := LearnerPage{Full: person(row).Full()}
		units, err := l.unitsTaught(in.Learner)
		if err != nil {
			return p, err
		}
		at := 0
		for i, g := range units {
			p.Units = append(p.Units, *g.named())
			if in.Unit == g.row.ID {
				at = i
			}
		}
		if in.Unit != "" && (len(units) == 0 || units[at].row.ID != in.Unit) {
			return p, fault.New(fault.NotFound, "fault.not_found")
		}
		if len(units) == 0 {
			p.Answers = HomeAnswers{Learner: in.Learner, Name: row.Given, How: HowDoIGetThere{State: PlanNone}}
			return p, nil
		}
		u, err := l.learnerUnit(units[at], in.Learner)
		if err != nil {
			return p, err
		}
		return p, u.learnerPage(l, in, &p)
	},
}

// unitsTaught are the units given to classes in which the viewer teaches this learner, newest first.
func (l *Look) unitsTaught(learner roster.PersonID) ([]*givenUnit, error) {
	classes, err := l.q.ClassIDsOfLearner(l.ctx, db.ClassIDsOfLearnerParams{SchoolID: l.school(), PersonID: string(learner)})
	if err != nil {
		return nil, err
	}
	mine, err := l.q.ClassesOfPerson(l.ctx, db.ClassesOfPersonParams{SchoolID: l.school(), PersonID: string(l.who.Person)})
	if err != nil {
		return nil, err
	}
	var out []*givenUnit
	for _, c := range mine {
		if c.EnrolledAs != string(roster.Teacher) || !slices.Contains(classes, c.ID) {
			continue
		}
		rows, err := l.q.UnitsOfClass(l.ctx, db.UnitsOfClassParams{SchoolID: l.school(), ClassID: c.ID})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			g, err := l.given(r.ID)
			if err != nil {
				return nil, err
			}
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(a, b *givenUnit) int { return int(b.row.GivenMs - a.row.GivenMs) })
	return out, nil
}

func (u *learnerUnit) learnerPage(l *Look, in LearnerIn, p *LearnerPage) error {
	var err error
	if p.Answers, err = l.answers(u); err != nil {
		return err
	}
	for i := range p.Answers.Where.Objectives {
		for j, s := range p.Answers.Where.Objectives[i].Skills {
			p.Answers.Where.Objectives[i].Skills[j] = u.explained(s)
		}
	}
	p.Class, p.On = roster.ClassID(u.row.ClassID), u.class.Proposals
	p.Dial.Class = plan.Dial(u.row.Dial)
	if u.ownDial {
		p.Dial.Own = u.dial
	}
	editor, err := u.editor(l)
	if err != nil {
		return err
	}
	puts := u.putChoices()
	p.Plan, p.Puts = &editor, &puts
	if row, ok := u.open(); ok {
		one, _, err := u.inboxPlan(row, p.Answers.Name)
		if err != nil {
			return err
		}
		p.Proposal = &one
	}
	if p.Evidence, err = u.evidenceList(l, in); err != nil {
		return err
	}
	p.Timeline, err = u.timeline(l)
	return err
}

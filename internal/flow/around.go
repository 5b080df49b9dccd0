package flow

import (
	"kith/internal/access"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// AroundIn is nothing: the frame is about whoever looks.
type AroundIn struct{}

// AroundOut is what stands around every page of a signed-in person.
type AroundOut struct {
	Classes []roster.Class
	Hand    *HandState     // learners only
	Now     *WhereNow      // learners only, while a class of theirs is running
	Waiting map[string]int // class id -> proposals that wait for this teacher
}

// HandState is a learner's raised hand: "" when it is down, waiting, or coming when a teacher is on the way.
type HandState struct {
	State  string
	Line   string
	Reader string // who reads the line: the teacher's name
}

// Around is the view behind the frame of every page.
var Around = View[AroundIn, AroundOut]{
	Name: "around",
	Rule: access.Allow(access.SignedIn),
	Load: func(l *Look, in AroundIn) (AroundOut, error) {
		out := AroundOut{Waiting: map[string]int{}}
		me := string(l.who.Person)
		rows, err := l.q.ClassesOfPerson(l.ctx, db.ClassesOfPersonParams{SchoolID: l.school(), PersonID: me})
		if err != nil {
			return out, err
		}
		for _, c := range rows {
			out.Classes = append(out.Classes, roster.Class{ID: roster.ClassID(c.ID), Name: c.Name, Code: c.Code})
			if c.EnrolledAs != string(roster.Teacher) {
				continue
			}
			n, err := l.q.WaitingProposals(l.ctx, db.WaitingProposalsParams{SchoolID: l.school(), ClassID: c.ID})
			if err != nil {
				return out, err
			}
			out.Waiting[c.ID] = int(n)
		}
		if l.who.Role != roster.Learner || len(out.Classes) == 0 {
			return out, nil
		}
		if out.Hand, err = l.hand(me, string(out.Classes[0].ID)); err != nil {
			return out, err
		}
		out.Now, err = l.whereNow(l.who.Person)
		return out, err
	},
}

func (l *Look) hand(learner, class string) (*HandState, error) {
	hand := &HandState{}
	teachers, err := l.q.TeachersOfClass(l.ctx, db.TeachersOfClassParams{SchoolID: l.school(), ClassID: class})
	if err != nil {
		return nil, err
	}
	if len(teachers) > 0 {
		hand.Reader = person(teachers[0]).Full()
	}
	open, err := l.q.OpenHelpOfLearner(l.ctx, db.OpenHelpOfLearnerParams{SchoolID: l.school(), LearnerID: learner})
	if err != nil || len(open) == 0 {
		return hand, err
	}
	hand.State, hand.Line = "waiting", open[0].Line
	if open[0].ClaimedMs > 0 {
		hand.State = "coming"
	}
	return hand, nil
}
